import { factsOf, readKubernetes } from '../../../lib/ledger';
import type { Json } from '../../../lib/ledger/source';

const facts = (...objects: Json[]) => {
  const { objects: read, skipped } = readKubernetes(
    'x.json',
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );
  return factsOf({ kubernetes: read, terraform: [], skipped });
};

const of = (apiVersion: string, kind: string, spec: Json): Json => ({
  apiVersion,
  kind,
  metadata: { name: 'one', namespace: 'shop' },
  spec,
});

const target = { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' } };

test.each([
  {
    it: 'v1',
    version: 'autoscaling/v1',
    spec: { targetCPUUtilizationPercentage: 60 },
    expected: [{ on: 'cpu', utilization: 60, pointer: '/spec/targetCPUUtilizationPercentage' }],
  },
  { it: 'v1 without a target', version: 'autoscaling/v1', spec: {}, expected: [{ on: 'cpu', utilization: 80 }] },
  {
    it: 'v2beta1',
    version: 'autoscaling/v2beta1',
    spec: { metrics: [{ type: 'Resource', resource: { name: 'memory', targetAverageUtilization: 70 } }] },
    expected: [{ on: 'memory', utilization: 70, pointer: '/spec/metrics/0' }],
  },
  {
    it: 'v2',
    version: 'autoscaling/v2',
    spec: {
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } } },
        {
          type: 'ContainerResource',
          containerResource: { name: 'memory', container: 'app', target: { averageUtilization: 75 } },
        },
        { type: 'Pods', pods: { metric: { name: 'requests' }, target: { averageValue: '100' } } },
        { type: 'Object', object: { metric: { name: 'hits' }, target: { value: '2k' } } },
        { type: 'External', external: { metric: { name: 'queue' }, target: { averageValue: 30 } } },
      ],
    },
    expected: [
      { on: 'cpu', name: 'cpu', value: 0.5 },
      { on: 'container', name: 'memory', utilization: 75 },
      { on: 'pods', name: 'requests', value: 100 },
      { on: 'object', name: 'hits', value: 2000 },
      { on: 'external', name: 'queue', value: 30, pointer: '/spec/metrics/4' },
    ],
  },
])('an autoscaler of $it is read', ({ version, spec, expected }) => {
  const [autoscaler] = facts(
    of(version, 'HorizontalPodAutoscaler', { ...target, maxReplicas: 7, ...spec }),
  ).autoscalers;
  expect(autoscaler).toMatchObject({ min: 1, max: 7, target: { kind: 'Deployment', name: 'api', namespace: 'shop' } });
  expect(autoscaler?.metrics).toMatchObject(expected);
});

test('a ScaledObject of KEDA is an autoscaler, with defaults of its own', () => {
  const triggers = [
    { type: 'cpu', metricType: 'Utilization', metadata: { value: '60' } },
    { type: 'prometheus', metadata: { threshold: '100' } },
    { type: 'aws-sqs-queue', name: 'orders', metadata: { queueLength: '5' } },
  ];
  const [autoscaler] = facts(
    of('keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { name: 'api' }, triggers }),
  ).autoscalers;
  expect(autoscaler).toMatchObject({
    min: 0,
    max: 100,
    target: { kind: 'Deployment', name: 'api' },
    metrics: [
      { on: 'cpu', utilization: 60 },
      { on: 'external', name: 'prometheus', value: 100 },
      { on: 'external', name: 'orders', value: 5, pointer: '/spec/triggers/2' },
    ],
  });
});

test.each([
  {
    it: 'a maximum',
    kind: 'HorizontalPodAutoscaler',
    version: 'autoscaling/v2',
    spec: { ...target },
    view: 'autoscalers',
  },
  {
    it: 'a target',
    kind: 'HorizontalPodAutoscaler',
    version: 'autoscaling/v2',
    spec: { maxReplicas: 3 },
    view: 'autoscalers',
  },
  { it: 'a target', kind: 'ScaledObject', version: 'keda.sh/v1alpha1', spec: {}, view: 'autoscalers' },
  { it: 'a target', kind: 'VerticalPodAutoscaler', version: 'autoscaling.k8s.io/v1', spec: {}, view: 'verticals' },
])('a $kind without $it is named, and no view has it', ({ kind, version, spec, view }) => {
  const { skipped, autoscalers, verticals } = facts(of(version, kind, spec as Json));
  expect([...autoscalers, ...verticals]).toEqual([]);
  expect(skipped).toMatchObject([{ what: `${kind} shop/one`, view }]);
});

test('kinds of other groups with the same name are not taken for them', () => {
  const { autoscalers, budgets, workloads } = facts(
    of('example.com/v1', 'HorizontalPodAutoscaler', { ...target, maxReplicas: 3 }),
    of('example.com/v1', 'PodDisruptionBudget', {}),
    of('example.com/v1', 'Deployment', {}),
  );
  expect([...autoscalers, ...budgets, ...workloads]).toEqual([]);
});

test('a vertical autoscaler acts on everything unless it says what', () => {
  const policies = [
    { containerName: 'app', mode: 'Off' },
    { controlledResources: ['memory'], maxAllowed: { cpu: '1', memory: '1Gi' } },
  ];
  const spec = { targetRef: { kind: 'StatefulSet', name: 'db' }, resourcePolicy: { containerPolicies: policies } };
  expect(facts(of('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', spec)).verticals).toMatchObject([
    {
      mode: 'Auto',
      target: { kind: 'StatefulSet', name: 'db' },
      policies: [
        { container: 'app', mode: 'Off', controlled: ['cpu', 'memory'], min: {}, max: {} },
        { container: '*', mode: 'Auto', controlled: ['memory'], max: { cpuMillis: 1000, memoryBytes: 1024 ** 3 } },
      ],
    },
  ]);
});

test.each([
  { it: 'a number that must stay', spec: { minAvailable: 2 }, allowed: { 1: 0, 2: 0, 3: 1, 10: 8 } },
  { it: 'a share that must stay, rounded up', spec: { minAvailable: '50%' }, allowed: { 1: 0, 2: 1, 3: 1, 10: 5 } },
  { it: 'all that must stay', spec: { minAvailable: '100%' }, allowed: { 3: 0 } },
  { it: 'a number that may go', spec: { maxUnavailable: 1 }, allowed: { 0: 0, 1: 1, 10: 1 } },
  { it: 'a share that may go, rounded up', spec: { maxUnavailable: '30%' }, allowed: { 1: 1, 3: 1, 4: 2, 10: 3 } },
  { it: 'none that may go', spec: { maxUnavailable: 0 }, allowed: { 3: 0 } },
  { it: 'no word, so that none may go', spec: {}, allowed: { 3: 0 } },
  { it: 'text that is neither, so that none may go', spec: { minAvailable: 'most' }, allowed: { 3: 0 } },
])('a budget with $it allows as many evictions as its controller', ({ spec, allowed }) => {
  const [budget] = facts(of('policy/v1', 'PodDisruptionBudget', spec as Json)).budgets;
  for (const [pods, expected] of Object.entries(allowed)) expect(budget?.allowed(Number(pods))).toBe(expected);
});

test.each([
  { it: 'labels', selector: { matchLabels: { app: 'api' } }, matches: true },
  { it: 'another label', selector: { matchLabels: { app: 'web' } }, matches: false },
  { it: 'all, with none written', selector: {}, matches: true },
  { it: 'nothing, without a selector', selector: null, matches: false },
  {
    it: 'one of values',
    selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] },
    matches: true,
  },
  {
    it: 'none of values',
    selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['api'] }] },
    matches: false,
  },
  {
    it: 'values of a label that is not there',
    selector: { matchExpressions: [{ key: 'x', operator: 'NotIn', values: ['y'] }] },
    matches: true,
  },
  { it: 'a label that is there', selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, matches: true },
  {
    it: 'a label that is not there',
    selector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] },
    matches: false,
  },
  {
    it: 'by an operator that is not known',
    selector: { matchExpressions: [{ key: 'app', operator: 'Like' }] },
    matches: false,
  },
])('a budget selects $it', ({ selector, matches }) => {
  const [budget] = facts(of('policy/v1', 'PodDisruptionBudget', { selector } as Json)).budgets;
  expect(budget?.matches({ app: 'api', tier: 'x' })).toBe(matches);
});
