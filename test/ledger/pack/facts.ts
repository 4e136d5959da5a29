import type {
  Assumptions,
  Autoscaler,
  Budget,
  Facts,
  NodeGroup,
  PodShape,
  VerticalAutoscaler,
  Workload,
} from '../../../lib/ledger/facts';
import { NO_ASSUMPTIONS } from '../../../lib/ledger/facts/assumed';
import type { Evidence } from '../../../lib/ledger/rule';
import type { Json, KubernetesObject, TerraformBlock } from '../../../lib/ledger/source';

export const MIB = 2 ** 20;

/** An object as it would have been read from a file of its own. */
export const objectOf = (
  kind: string,
  name: string,
  value: { readonly [member: string]: Json } = {},
  namespace: string | undefined = 'shop',
  apiVersion = 'v1',
): KubernetesObject => ({
  side: 'kubernetes',
  apiVersion,
  kind,
  name,
  namespace,
  value: { apiVersion, kind, metadata: { name }, ...value },
  at: () => ({ file: `${name}.yaml`, line: 1 }),
});

export const blockOf = (
  type: string,
  name: string,
  value: { readonly [member: string]: Json },
  stack = 'shop',
  mode: 'resource' | 'data' = 'resource',
): TerraformBlock => ({
  side: 'terraform',
  stack,
  mode,
  type,
  name,
  value,
  at: () => ({ file: `${stack}/cdk.tf.json`, line: 1 }),
});

const evidenceOf =
  (of: string) =>
  (field: string): Evidence => ({ of, field, place: { file: 'x.yaml', line: 1 } });

export const shapeOf = (shape: Partial<PodShape> = {}): PodShape => ({
  requests: { cpuMillis: 100, memoryBytes: 100 * MIB, ephemeralBytes: 0 },
  limits: {},
  labels: {},
  nodeSelector: {},
  nodeAffinity: [],
  tolerations: [],
  spread: [],
  hostNetwork: false,
  hostPorts: [],
  terminationGraceSeconds: 30,
  priorityClass: undefined,
  serviceAccount: undefined,
  volumeClaims: [],
  ...shape,
});

/** CPU in millicores, memory in MiB. */
export const requests = (cpuMillis: number, memoryMib: number, ephemeralMib = 0) => ({
  cpuMillis,
  memoryBytes: memoryMib * MIB,
  ephemeralBytes: ephemeralMib * MIB,
});

export const workloadOf = (name: string, more: Partial<Workload> = {}): Workload => {
  const kind = more.kind ?? 'Deployment';
  const namespace = 'namespace' in more ? more.namespace : 'shop';
  const id = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return {
    object: objectOf(kind, name, {}, namespace),
    kind,
    id,
    namespace,
    name,
    replicas: 1,
    surge: () => 0,
    unavailable: () => 0,
    doubles: false,
    shape: shapeOf({ labels: { app: name } }),
    selector: { app: name },
    pod: {},
    podPointer: '/spec/template/spec',
    evidence: evidenceOf(id),
    ...more,
  };
};

export const autoscalerOf = (
  workload: Workload,
  min: number,
  max: number,
  more: Partial<Autoscaler> = {},
): Autoscaler => {
  const id = `HorizontalPodAutoscaler shop/${workload.name}`;
  return {
    object: objectOf('HorizontalPodAutoscaler', workload.name),
    id,
    target: { kind: workload.kind, name: workload.name, namespace: workload.namespace },
    min,
    max,
    metrics: [{ on: 'cpu', name: 'cpu', utilization: 70, pointer: '/spec/metrics/0' }],
    evidence: evidenceOf(id),
    ...more,
  };
};

export const verticalOf = (workload: Workload, more: Partial<VerticalAutoscaler> = {}): VerticalAutoscaler => {
  const id = `VerticalPodAutoscaler shop/${workload.name}`;
  return {
    object: objectOf('VerticalPodAutoscaler', workload.name),
    id,
    target: { kind: workload.kind, name: workload.name, namespace: workload.namespace },
    mode: 'Recreate',
    policies: [],
    evidence: evidenceOf(id),
    ...more,
  };
};

export const budgetOf = (name: string, more: Partial<Budget> = {}): Budget => {
  const id = `PodDisruptionBudget shop/${name}`;
  return {
    object: objectOf('PodDisruptionBudget', name),
    id,
    namespace: 'shop',
    matchLabels: { app: name },
    matches: ({ app }) => app === name,
    allowed: () => 1,
    evidence: evidenceOf(id),
    ...more,
  };
};

/** Nodes with 4 CPU, 16000 MiB and 58 pods, up to 6 of them in three zones. */
export const groupOf = (name: string, more: Partial<NodeGroup> = {}): NodeGroup => {
  const id = `aws_eks_node_group.${name} in shop`;
  return {
    id,
    name,
    cluster: 'shop',
    min: 0,
    max: 6,
    desired: 3,
    allocatable: { cpuMillis: 4000, memoryBytes: 16_000 * MIB, ephemeralBytes: 100_000 * MIB, pods: 58 },
    instanceTypes: ['t3.xlarge'],
    architecture: 'amd64',
    labels: {},
    taints: [],
    capacity: 'on-demand',
    zones: ['a', 'b', 'c'],
    subnets: [],
    updateUnavailable: 1,
    evidence: evidenceOf(id),
    ...more,
  };
};

export const factsWith = (more: Partial<Facts> = {}): Facts => ({
  workloads: [],
  implied: [],
  autoscalers: [],
  verticals: [],
  budgets: [],
  nodeGroups: [],
  databases: [],
  assumptions: NO_ASSUMPTIONS,
  objects: [],
  blocks: [],
  skipped: [],
  ...more,
});

export const assuming = (more: Partial<Assumptions>): Assumptions => ({ ...NO_ASSUMPTIONS, ...more });
