import fc from 'fast-check';
import { type Facts, factsOf, readAssumptions, readKubernetes, readTerraform } from '../../lib/ledger';

const ref = (expression: string): string => `\${${expression}}`;

/** Something of every kind that views read. */
const MANIFESTS = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
  annotations: { headroom.dev/pool: main=4x10, headroom.dev/start-up: 40s }
spec:
  replicas: 3
  strategy: { rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }
  template:
    metadata: { labels: { app: api } }
    spec:
      initContainers:
        - { name: proxy, restartPolicy: Always, resources: { requests: { cpu: 100m, memory: 128Mi } } }
      containers:
        - name: app
          image: postgres:17
          args: ["-c", max_connections=200]
          ports: [{ containerPort: 80, hostPort: 80 }]
          resources: { requests: { cpu: "1", memory: 1Gi }, limits: { memory: 2Gi } }
      nodeSelector: { pool: general }
      tolerations: [{ key: a, operator: Exists }]
      topologySpreadConstraints: [{ topologyKey: zone, maxSkew: 1, labelSelector: { matchLabels: { app: api } } }]
      volumes: [{ name: x, persistentVolumeClaim: { claimName: y } }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec:
  scaleTargetRef: { kind: Deployment, name: api }
  maxReplicas: 20
  metrics: [{ type: Resource, resource: { name: cpu, target: { averageUtilization: 70 } } }]
---
apiVersion: v1
kind: List
items:
  - { apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: api }, spec: { minAvailable: 50%, selector: {} } }
  - { apiVersion: v1, kind: LimitRange, metadata: { name: x, namespace: shop }, spec: { limits: [{ type: Container, max: { cpu: 2 } }] } }
  - { apiVersion: autoscaling.k8s.io/v1, kind: VerticalPodAutoscaler, metadata: { name: v }, spec: { targetRef: { name: api } } }
  - { apiVersion: batch/v1, kind: CronJob, metadata: { name: j }, spec: { jobTemplate: { spec: { template: { spec: { containers: [{}] } } } } } }
  - { apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: { name: k }, spec: { scaleTargetRef: { name: api }, triggers: [{ type: cpu }] } }
  - { apiVersion: karpenter.sh/v1, kind: NodePool, metadata: { name: p }, spec: { limits: { cpu: 8 }, template: { spec: { requirements: [] } } } }
  - { apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: r }, spec: { workloadRef: { name: api }, strategy: { blueGreen: {} } } }
`;

const TERRAFORM = JSON.stringify(
  {
    '//': { metadata: { stackName: 'shop' } },
    output: { subnet: { value: ref('aws_subnet.a.id') } },
    resource: {
      aws_subnet: { a: { availability_zone: 'us-west-2a' } },
      aws_launch_template: {
        t: {
          instance_type: 'm5.large',
          user_data: 'maxPods: 58',
          block_device_mappings: [{ ebs: { volume_size: 50 } }],
        },
      },
      aws_eks_node_group: {
        g: {
          scaling_config: { max_size: 6, min_size: 1 },
          subnet_ids: [ref('aws_subnet.a.id')],
          launch_template: { id: ref('aws_launch_template.t.id') },
          taint: [{ key: 'a', effect: 'NO_SCHEDULE' }],
        },
      },
      aws_autoscaling_group: {
        s: {
          max_size: 3,
          tag: [{ key: 'k8s.io/cluster-autoscaler/enabled', value: 'true' }],
          launch_template: { id: ref('aws_launch_template.t.id') },
        },
      },
      aws_db_parameter_group: { p: { parameter: [{ name: 'max_connections', value: '400' }] } },
      aws_db_instance: {
        d: {
          engine: 'postgres',
          instance_class: 'db.r5.large',
          count: 2,
          parameter_group_name: ref('aws_db_parameter_group.p.name'),
        },
      },
    },
  },
  null,
  2,
);

const PLAN = JSON.stringify({
  format_version: '1.2',
  planned_values: {
    root_module: {
      resources: [
        { mode: 'managed', type: 'aws_eks_node_group', name: 'g', values: { scaling_config: [{ max_size: 6 }] } },
      ],
      child_modules: [{ address: 'module.x', resources: [] }],
    },
  },
  configuration: {
    root_module: {
      resources: [
        {
          mode: 'managed',
          type: 'aws_eks_node_group',
          name: 'g',
          expressions: { subnet_ids: { references: ['aws_subnet.a'] } },
        },
      ],
    },
  },
});

const ASSUMPTIONS =
  'asOf: 2026-11-21\nservices:\n  api: { ratePerPod: 50, sidecar: { cpu: 100m }, pools: [{ database: main, size: 4 }] }\n';

/** Pieces that stand for something in one of the languages, or are of the wrong type where they land. */
const PIECES = [
  '',
  ' ',
  '\n',
  '  ',
  ':',
  '- ',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  'null',
  '-1',
  '1e999',
  '.nan',
  '100%',
  '&a ',
  '*a',
  '<<: ',
  '!!binary ',
  '#',
  '|',
  '\t',
  '\0',
  '\uFEFF',
  '---\n',
  '${',
  '__proto__',
  'constructor',
  '9'.repeat(30),
  '{}',
  '[]',
  'true',
];

/** A text with up to four pieces put in, taken out or exchanged. */
const mutilated = (text: string) =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(30), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 4 })
    .map((cuts) => cuts.reduce((left, [at, length, put]) => left.slice(0, at) + put + left.slice(at + length), text));

/** Everything that rules may ask of facts. */
function askAll(facts: Facts): void {
  for (const { surge, unavailable, evidence, shape, replicas, podPointer } of facts.workloads) {
    for (const pods of [0, 1, 3, 10]) {
      expect(surge(pods)).toBeGreaterThanOrEqual(0);
      expect(unavailable(pods)).toBeGreaterThanOrEqual(0);
    }
    expect(replicas).toBeGreaterThanOrEqual(0);
    for (const amount of Object.values(shape.requests)) expect(Number.isFinite(amount) && amount >= 0).toBe(true);
    expect(evidence(`${podPointer}/containers/0/resources`).place.file).toBeTruthy();
  }
  for (const { allowed, matches } of facts.budgets) {
    expect(allowed(3)).toBeGreaterThanOrEqual(0);
    matches({ app: 'api' });
  }
  for (const { min, max, desired, allocatable, evidence } of facts.nodeGroups) {
    for (const amount of [min, max, desired, ...Object.values(allocatable)]) expect(Number.isNaN(amount)).toBe(false);
    evidence('/scaling_config/max_size');
  }
  for (const { evidence } of [...facts.autoscalers, ...facts.verticals, ...facts.databases]) evidence('/spec');
  for (const { what, why, place } of facts.skipped)
    expect([what, why, place.file].every((text) => text !== '')).toBe(true);
}

const factsFrom = (manifests: string, terraform: string, assumptions: string): Facts => {
  const kubernetes = readKubernetes('shop.yaml', manifests);
  const blocks = readTerraform('shop/cdk.tf.json', terraform);
  const assumed = readAssumptions([{ file: 'assumptions.yaml', text: assumptions }]);
  const skipped = [...kubernetes.skipped, ...blocks.skipped, ...assumed.skipped];
  return factsOf({ kubernetes: kubernetes.objects, terraform: blocks.blocks, skipped }, assumed.assumptions);
};

test('each view finds what is of its kind', () => {
  const facts = factsFrom(MANIFESTS, TERRAFORM, ASSUMPTIONS);
  askAll(facts);
  expect(facts.workloads.map(({ id }) => id)).toEqual(['CronJob j', 'Deployment shop/api'].sort().reverse());
  expect(facts.autoscalers).toHaveLength(2);
  expect(facts.verticals).toHaveLength(1);
  expect(facts.budgets).toHaveLength(1);
  expect(facts.nodeGroups.map(({ name }) => name)).toEqual(['g', 'p', 's']);
  expect(facts.databases.map(({ name }) => name)).toEqual(['d[0]', 'd[1]', 'api']);
  expect(facts.assumptions.asOf).toBe('2026-11-21');
});

test.each([
  { it: 'manifests', texts: mutilated(MANIFESTS).map((text) => [text, TERRAFORM, ASSUMPTIONS] as const) },
  {
    it: 'configuration of Terraform',
    texts: mutilated(TERRAFORM).map((text) => [MANIFESTS, text, ASSUMPTIONS] as const),
  },
  { it: 'plans', texts: mutilated(PLAN).map((text) => [MANIFESTS, text, ASSUMPTIONS] as const) },
  { it: 'assumptions', texts: mutilated(ASSUMPTIONS).map((text) => [MANIFESTS, TERRAFORM, text] as const) },
])('mutilated $it never throw, and no number becomes none', ({ texts }) => {
  fc.assert(
    fc.property(texts, ([manifests, terraform, assumptions]) => askAll(factsFrom(manifests, terraform, assumptions))),
    { numRuns: 120 },
  );
});

/** The same structure with one member exchanged for a value of another type. */
const exchanged = (value: unknown) =>
  fc
    .tuple(fc.nat(), fc.constantFrom(null, [], {}, '', 'x', -1, 1.5, true, [null], { a: null }, 1e308))
    .map(([at, put]) => {
      const ways: (readonly (string | number)[])[] = [];
      const walk = (node: unknown, way: readonly (string | number)[]): void => {
        ways.push(way);
        if (typeof node === 'object' && node !== null)
          for (const name of Object.keys(node)) walk((node as Record<string, unknown>)[name], [...way, name]);
      };
      walk(value, []);
      const way = ways[at % ways.length] ?? [];
      const rebuilt = (node: unknown, depth: number): unknown => {
        const step = way[depth];
        if (step === undefined) return put;
        const copy: Record<string, unknown> = Array.isArray(node) ? ([...node] as never) : { ...(node as object) };
        copy[step] = rebuilt(copy[step], depth + 1);
        return copy;
      };
      return rebuilt(value, 0);
    });

test('members of another type than they should be never throw either', () => {
  const { objects } = readKubernetes('shop.yaml', MANIFESTS);
  const list = { apiVersion: 'v1', kind: 'List', items: objects.map(({ value }) => value) };
  const plan: unknown = JSON.parse(PLAN);
  const configuration: unknown = JSON.parse(TERRAFORM);
  fc.assert(
    fc.property(exchanged(list), exchanged(configuration), exchanged(plan), (manifests, terraform, planned) => {
      askAll(factsFrom(JSON.stringify(manifests), JSON.stringify(terraform), ASSUMPTIONS));
      askAll(factsFrom('', JSON.stringify(planned), ''));
    }),
    { numRuns: 200 },
  );
});

test('reading twice gives the same, and the order of files changes no number', () => {
  const numbers = ({ workloads, nodeGroups, databases }: Facts) => ({
    requests: new Map(workloads.map(({ id, shape }) => [id, shape.requests])),
    nodes: new Map(nodeGroups.map(({ id, max, allocatable }) => [id, [max, allocatable]])),
    connections: new Map(databases.map(({ id, maxConnections }) => [id, maxConnections])),
  });
  const documents = MANIFESTS.split('---\n');
  const forward = factsFrom(documents.join('---\n'), TERRAFORM, '');
  const backward = factsFrom([...documents].reverse().join('\n---\n'), TERRAFORM, '');
  expect(JSON.stringify(factsFrom(MANIFESTS, TERRAFORM, '').skipped)).toBe(JSON.stringify(forward.skipped));
  expect(numbers(backward)).toEqual(numbers(forward));
});
