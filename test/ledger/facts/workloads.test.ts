import { factsOf, NO_ASSUMPTIONS, readAssumptions, readKubernetes } from '../../../lib/ledger';
import type { Json } from '../../../lib/ledger/source';

const MIB = 1024 ** 2;

const facts = (objects: readonly Json[], assumptions = NO_ASSUMPTIONS) => {
  const { objects: read, skipped } = readKubernetes(
    'x.json',
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 1),
  );
  return factsOf({ kubernetes: read, terraform: [], skipped }, assumptions);
};

const pod = (more: Record<string, Json> = {}): Record<string, Json> => ({
  containers: [{ name: 'app', image: 'shop/api:1', resources: { requests: { cpu: '100m', memory: '64Mi' } } }],
  ...more,
});

const template = (more: Record<string, Json> = {}, metadata: Record<string, Json> = {}): Json => ({
  metadata: { labels: { app: 'api' }, ...metadata },
  spec: pod(more),
});

const object = (apiVersion: string, kind: string, spec: Json, metadata: Record<string, Json> = {}): Json => ({
  apiVersion,
  kind,
  metadata: { name: 'api', namespace: 'shop', ...metadata },
  spec,
});

const deployment = (more: Record<string, Json> = {}, metadata: Record<string, Json> = {}): Json =>
  object('apps/v1', 'Deployment', { template: template(more) }, metadata);

test.each([
  {
    it: 'a Deployment',
    given: object('apps/v1', 'Deployment', { replicas: 3, template: template() }),
    kind: 'Deployment',
    replicas: 3,
  },
  {
    it: 'one without replicas',
    given: object('apps/v1', 'Deployment', { template: template() }),
    kind: 'Deployment',
    replicas: 1,
  },
  {
    it: 'one with none',
    given: object('apps/v1', 'Deployment', { replicas: 0, template: template() }),
    kind: 'Deployment',
    replicas: 0,
  },
  {
    it: 'a StatefulSet',
    given: object('apps/v1', 'StatefulSet', { replicas: 2, template: template() }),
    kind: 'StatefulSet',
    replicas: 2,
  },
  {
    it: 'a DaemonSet',
    given: object('apps/v1', 'DaemonSet', { template: template() }),
    kind: 'DaemonSet',
    replicas: 1,
  },
  {
    it: 'a ReplicaSet',
    given: object('apps/v1', 'ReplicaSet', { replicas: 2, template: template() }),
    kind: 'ReplicaSet',
    replicas: 2,
  },
  {
    it: 'a Rollout',
    given: object('argoproj.io/v1alpha1', 'Rollout', { replicas: 2, template: template() }),
    kind: 'Rollout',
    replicas: 2,
  },
  { it: 'a Job', given: object('batch/v1', 'Job', { parallelism: 4, template: template() }), kind: 'Job', replicas: 4 },
  {
    it: 'a Job with fewer completions',
    given: object('batch/v1', 'Job', { parallelism: 4, completions: 3, template: template() }),
    kind: 'Job',
    replicas: 3,
  },
  {
    it: 'a CronJob',
    given: object('batch/v1', 'CronJob', { jobTemplate: { spec: { parallelism: 2, template: template() } } }),
    kind: 'CronJob',
    replicas: 2,
  },
  {
    it: 'a ScaledJob',
    given: object('keda.sh/v1alpha1', 'ScaledJob', {
      maxReplicaCount: 5,
      jobTargetRef: { parallelism: 2, template: template() },
    }),
    kind: 'Job',
    replicas: 10,
  },
  { it: 'a Pod', given: object('v1', 'Pod', pod()), kind: 'Pod', replicas: 1 },
])('$it runs pods', ({ given, kind, replicas }) => {
  const { workloads, skipped } = facts([given]);
  expect(workloads).toMatchObject([
    { kind, replicas, name: 'api', namespace: 'shop', shape: { requests: { cpuMillis: 100, memoryBytes: 64 * MIB } } },
  ]);
  expect(skipped).toEqual([]);
});

test('a workload says where its fields are written', () => {
  const [workload] = facts([deployment()]).workloads;
  expect(workload?.id).toBe('Deployment shop/api');
  expect(workload?.podPointer).toBe('/spec/template/spec');
  const evidence = workload?.evidence('/spec/template/spec/containers/0/resources');
  expect(evidence).toEqual({
    of: 'Deployment shop/api',
    field: '/spec/template/spec/containers/0/resources',
    place: { file: 'x.json', line: 24 },
  });
});

test.each([
  {
    it: 'another kind with pods',
    given: object('apps.kruise.io/v1alpha1', 'CloneSet', { template: template() }),
    why: /not understood/,
  },
  {
    it: 'a workload without containers',
    given: object('apps/v1', 'Deployment', { template: { spec: {} } }),
    why: /no containers/,
  },
  {
    it: 'a Rollout of a Deployment that was not given',
    given: object('argoproj.io/v1alpha1', 'Rollout', { workloadRef: { kind: 'Deployment', name: 'x' } }),
    why: /not given/,
  },
])('$it is named, so that sums of pods are known to lack it', ({ given, why }) => {
  const { workloads, skipped } = facts([given]);
  expect(workloads).toEqual([]);
  expect(skipped).toMatchObject([{ view: 'workloads', why: expect.stringMatching(why) }]);
});

test('a Rollout that takes its pods from a Deployment counts in place of it', () => {
  const rollout = object('argoproj.io/v1alpha1', 'Rollout', {
    replicas: 4,
    workloadRef: { kind: 'Deployment', name: 'api' },
  });
  const { workloads } = facts([deployment(), rollout]);
  expect(workloads).toMatchObject([
    { id: 'Rollout shop/api', replicas: 4, shape: { requests: { cpuMillis: 100 }, labels: { app: 'api' } } },
  ]);
  expect(workloads[0]?.evidence('/spec/template/spec/containers').of).toBe('Deployment shop/api');
  expect(workloads[0]?.evidence('/spec/replicas').of).toBe('Rollout shop/api');
  const kept = object('argoproj.io/v1alpha1', 'Rollout', { workloadRef: { name: 'api', scaleDown: 'never' } });
  expect(facts([deployment(), kept]).workloads).toHaveLength(2);
});

test('what is applied twice counts once, as it was written last', () => {
  const { workloads, skipped } = facts([
    object('apps/v1', 'Deployment', { replicas: 1, template: template() }),
    object('apps/v1', 'Deployment', { replicas: 5, template: template() }),
  ]);
  expect(workloads).toMatchObject([{ replicas: 5 }]);
  expect(skipped).toMatchObject([{ what: 'Deployment shop/api', why: expect.stringContaining('written again') }]);
  expect(
    facts([
      object('batch/v1', 'Job', { template: template() }, { name: null, generateName: 'x-' }),
      object('batch/v1', 'Job', { template: template() }, { name: null, generateName: 'x-' }),
    ]).workloads,
  ).toHaveLength(2);
});

test('what a pod asks of the scheduler is read from its spec', () => {
  const term = {
    matchExpressions: [
      { key: 'zone', operator: 'In', values: ['a', 'b'] },
      { key: 'gpu', operator: 'DoesNotExist' },
    ],
  };
  const [workload] = facts([
    object('apps/v1', 'StatefulSet', {
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
      template: template({
        nodeSelector: { pool: 'x' },
        affinity: {
          nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term, {}] } },
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'host', labelSelector: { matchLabels: { app: 'api' } } },
            ],
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 1,
                podAffinityTerm: {
                  topologyKey: 'zone',
                  labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['api'] }] },
                },
              },
            ],
          },
        },
        topologySpreadConstraints: [
          {
            topologyKey: 'zone',
            maxSkew: 2,
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { app: 'api' } },
          },
          { topologyKey: 'host', whenUnsatisfiable: 'ScheduleAnyway' },
          { topologyKey: 'rack' },
        ],
        tolerations: [{ operator: 'Exists' }, { key: 'a', value: 'b', effect: 'NoSchedule' }],
        containers: [{ name: 'app', ports: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 81 }] }],
        volumes: [
          { name: 'x', persistentVolumeClaim: { claimName: 'shared' } },
          { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: {} } } },
          { name: 'tmp', emptyDir: {} },
        ],
        serviceAccountName: 'runner',
        priorityClassName: 'high',
        terminationGracePeriodSeconds: 90,
      }),
    }),
  ]).workloads;
  expect(workload?.shape).toMatchObject({
    nodeSelector: { pool: 'x' },
    nodeAffinity: [
      [
        { key: 'zone', operator: 'In', values: ['a', 'b'] },
        { key: 'gpu', operator: 'DoesNotExist', values: [] },
      ],
      [],
    ],
    spread: [
      { kind: 'spread', topologyKey: 'zone', maxSkew: 2, required: true, matchLabels: { app: 'api' } },
      { kind: 'spread', topologyKey: 'host', maxSkew: 1, required: false },
      { kind: 'spread', topologyKey: 'rack', maxSkew: 1, required: true },
      { kind: 'anti-affinity', topologyKey: 'host', required: true, matchLabels: { app: 'api' } },
      { kind: 'anti-affinity', topologyKey: 'zone', required: false, matchLabels: { app: 'api' } },
    ],
    tolerations: [{ operator: 'Exists' }, { operator: 'Equal', key: 'a', value: 'b', effect: 'NoSchedule' }],
    hostNetwork: false,
    hostPorts: [8080],
    volumeClaims: ['data', 'shared', 'scratch'],
    serviceAccount: 'runner',
    priorityClass: 'high',
    terminationGraceSeconds: 90,
  });
});

test('on the network of its node a pod takes every port of its containers', () => {
  const containers = [{ ports: [{ containerPort: 9100 }, { containerPort: 80, hostPort: 80 }] }];
  const [workload] = facts([deployment({ hostNetwork: true, containers })]).workloads;
  expect(workload?.shape).toMatchObject({ hostNetwork: true, hostPorts: [80, 9100], terminationGraceSeconds: 30 });
});

test('a selector that is left out of account is named', () => {
  const constraint = { topologyKey: 'zone', labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } };
  const { skipped } = facts([deployment({ topologySpreadConstraints: [constraint] })]);
  expect(skipped).toMatchObject([{ view: 'workloads', why: expect.stringContaining('left out of account') }]);
});

const mesh = (labels: Record<string, Json>): Json => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels },
});

test.each([
  {
    it: 'by label of its namespace',
    objects: [mesh({ 'istio-injection': 'enabled' }), deployment()],
    expected: [200, 192],
  },
  {
    it: 'by revision of its namespace',
    objects: [mesh({ 'istio.io/rev': 'stable' }), deployment()],
    expected: [200, 192],
  },
  { it: 'not in another namespace', objects: [deployment()], expected: [100, 64] },
  {
    it: 'not against a label of its own',
    objects: [
      mesh({ 'istio-injection': 'enabled' }),
      object('apps/v1', 'Deployment', { template: template({}, { labels: { 'sidecar.istio.io/inject': 'false' } }) }),
    ],
    expected: [100, 64],
  },
  {
    it: 'of the size that its annotations say',
    objects: [
      object('apps/v1', 'Deployment', {
        template: template(
          {},
          {
            labels: { 'sidecar.istio.io/inject': 'true' },
            annotations: { 'sidecar.istio.io/proxyCPU': '50m', 'sidecar.istio.io/proxyMemory': '36Mi' },
          },
        ),
      }),
    ],
    expected: [150, 100],
  },
  {
    it: 'not on the network of the node',
    objects: [mesh({ 'istio-injection': 'enabled' }), deployment({ hostNetwork: true })],
    expected: [100, 64],
  },
])('a mesh puts its proxy into a pod: $it', ({ objects, expected }) => {
  const [workload] = facts(objects).workloads;
  expect([workload?.shape.requests.cpuMillis, (workload?.shape.requests.memoryBytes ?? 0) / MIB]).toEqual(expected);
});

test('a LimitRange of the namespace fills in requests, one of another does not', () => {
  const range = (namespace: string): Json =>
    object(
      'v1',
      'LimitRange',
      { limits: [{ type: 'Container', defaultRequest: { cpu: '30m' } }] },
      { namespace, name: 'defaults' },
    );
  const bare = deployment({ containers: [{ name: 'app' }] });
  expect(facts([range('shop'), bare]).workloads[0]?.shape.requests.cpuMillis).toBe(30);
  expect(facts([range('other'), bare]).workloads[0]?.shape.requests.cpuMillis).toBe(0);
});

const annotated = (annotations: Record<string, Json>): Json => deployment({}, { annotations });

test('annotations say what manifests cannot', () => {
  const { assumptions, workloads } = facts([
    annotated({
      'headroom.dev/rate-per-pod': '50',
      'headroom.dev/declared-load': '400.5',
      'headroom.dev/pool': 'main=4x10, audit=1x5',
      'headroom.dev/start-up': '1m30s',
      'headroom.dev/sidecar': 'cpu=200m,memory=36Mi',
    }),
  ]);
  const id = 'Deployment shop/api';
  expect(assumptions.ratePerPod.get(id)).toBe(50);
  expect(assumptions.declaredLoad.get(id)).toBe(400.5);
  expect(assumptions.pools.get(id)).toEqual([
    { database: 'main', processes: 4, size: 10 },
    { database: 'audit', processes: 1, size: 5 },
  ]);
  expect(assumptions.startSeconds.get(id)).toBe(90);
  expect(assumptions.sidecar.get(id)).toEqual({ cpuMillis: 200, memoryBytes: 36 * MIB, ephemeralBytes: 0 });
  expect(workloads[0]?.shape.requests).toMatchObject({ cpuMillis: 300, memoryBytes: 100 * MIB });
});

test.each([
  ['rate-per-pod', 'many'],
  ['rate-per-pod', '0'],
  ['declared-load', '-1'],
  ['pool', '10'],
  ['pool', 'main=4x10,oops'],
  ['start-up', 'soon'],
  ['sidecar', 'cpu=much'],
  ['sidecar', 'gpu=1'],
])('headroom.dev/%s: %s is named, and not assumed', (name, text) => {
  const { assumptions, skipped } = facts([annotated({ [`headroom.dev/${name}`]: text })]);
  expect(
    [
      assumptions.ratePerPod,
      assumptions.declaredLoad,
      assumptions.pools,
      assumptions.startSeconds,
      assumptions.sidecar,
    ].map(({ size }) => size),
  ).toEqual([0, 0, 0, 0, 0]);
  expect(skipped).toMatchObject([
    { view: 'assumptions', why: expect.stringContaining(`headroom.dev/${name}: ${text}`) },
  ]);
});

test('a file of assumptions overrules annotations, by name or by namespace and name or by id', () => {
  for (const name of ['api', 'shop/api', 'Deployment shop/api']) {
    const file = {
      file: 'a.yaml',
      text: `asOf: 2026-11-21\nservices:\n  ${name}:\n    ratePerPod: 70\n    sidecar: { cpu: 1 }\n`,
    };
    const { assumptions, workloads } = facts(
      [annotated({ 'headroom.dev/rate-per-pod': '50' })],
      readAssumptions([file]).assumptions,
    );
    expect(assumptions.asOf).toBe('2026-11-21');
    expect([...assumptions.ratePerPod]).toEqual([['Deployment shop/api', 70]]);
    expect(workloads[0]?.shape.requests.cpuMillis).toBe(1100);
  }
});

test('a file that names a service that is not there is told so', () => {
  const { skipped } = facts(
    [deployment()],
    readAssumptions([{ file: 'a.yaml', text: 'services: { web: { declaredLoad: 1 } }' }]).assumptions,
  );
  expect(skipped).toMatchObject([{ what: 'web', view: 'assumptions' }]);
});

test('later files and the day that is given overrule', () => {
  const text = (rate: number) =>
    `asOf: 2026-01-01\nservices: { api: { ratePerPod: ${rate}, startSeconds: 40s, pools: [{ database: main, processes: 2, size: 5 }] } }`;
  const { assumptions, skipped } = readAssumptions(
    [
      { file: 'a', text: text(1) },
      { file: 'b', text: text(2) },
    ],
    '2026-11-21',
  );
  expect(skipped).toEqual([]);
  expect(assumptions).toEqual({
    ...NO_ASSUMPTIONS,
    asOf: '2026-11-21',
    ratePerPod: new Map([['api', 2]]),
    startSeconds: new Map([['api', 40]]),
    pools: new Map([['api', [{ database: 'main', processes: 2, size: 5 }]]]),
  });
});

test.each([
  { it: 'no YAML', text: 'a: [', what: 'a.yaml' },
  { it: 'a list', text: '- a', what: 'a.yaml' },
  { it: 'a member that is not known', text: 'service: {}', what: '/service' },
  { it: 'a day that is none', text: 'asOf: 2026-02-30', what: '/asOf' },
  { it: 'a rate of 0', text: 'services: { api: { ratePerPod: 0 } }', what: '/services/api/ratePerPod' },
  {
    it: 'a pool without a size',
    text: 'services: { api: { pools: [{ database: main }] } }',
    what: '/services/api/pools',
  },
  {
    it: 'half a connection',
    text: 'services: { api: { pools: [{ database: main, size: 0.5 }] } }',
    what: '/services/api/pools',
  },
  { it: 'a time that is none', text: 'services: { api: { startSeconds: soon } }', what: '/services/api/startSeconds' },
  {
    it: 'a sidecar that cannot be read',
    text: 'services: { api: { sidecar: { cpu: x } } }',
    what: '/services/api/sidecar',
  },
  { it: 'a member of a service that is not known', text: 'services: { api: { rate: 1 } }', what: '/services/api/rate' },
  { it: 'a service that says nothing', text: 'services: { api: 1 }', what: '/services/api' },
])('a file of assumptions with $it is told so', ({ text, what }) => {
  expect(readAssumptions([{ file: 'a.yaml', text }]).skipped).toMatchObject([{ what, place: { file: 'a.yaml' } }]);
});

test('what deploys unseen objects is named', () => {
  const { skipped } = facts([
    object('argoproj.io/v1alpha1', 'Application', {}),
    object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', {}),
    object('app.k8s.io/v1', 'Application', {}),
  ]);
  expect(skipped.map(({ what }) => what)).toEqual(['Application shop/api', 'HelmRelease shop/api']);
});

test.each([
  { hook: 'test', expected: 0 },
  { hook: 'pre-install,pre-upgrade', expected: 1 },
])('of hooks of Helm, $hook makes $expected workloads', ({ hook, expected }) => {
  const { workloads, skipped } = facts([object('v1', 'Pod', pod(), { annotations: { 'helm.sh/hook': hook } })]);
  expect([workloads.length, skipped.length]).toEqual([expected, 1 - expected]);
});
