import { INSTANCE_TYPES, type InstanceType } from '../../catalog';
import type { NodeGroup, NodeRequirement } from '../facts';
import { at, listAt, numberAt, textAt, textMembersAt } from '../members';
import { type KubernetesObject, objectName, type Skipped } from '../source';
import { bytes, cpuMillis, GIB, MIB } from './amounts';
import { architectureOf, DEFAULT_DISK_GIB, ownLabels } from './node-parts';
import { podsOf, smallestRoom } from './node-room';
import { requirements } from './pod-shape';
import { evidenceOf, leftOut } from './view';

/** A pool of Karpenter as a group: of the smallest of the types it may take, as many as its limits allow. */
export function nodePool(
  pool: KubernetesObject,
  objects: readonly KubernetesObject[],
  prefixes: boolean,
): readonly NodeGroup[] | Skipped {
  const template = at(pool.value, 'spec', 'template');
  const wanted = requirements(at(template, 'spec', 'requirements'));
  const types = [...INSTANCE_TYPES.facts.values()].filter((type) => isTaken(type, wanted));
  if (types.length === 0)
    return leftOut(pool, 'nodeGroups', 'takes no instance type of the catalog', '/spec/template/spec/requirements');
  const className = textAt(template, 'spec', 'nodeClassRef', 'name');
  const nodeClass = objects.find(({ kind, name }) => kind === 'EC2NodeClass' && name === className);
  const maxPods = numberAt(nodeClass?.value, 'spec', 'kubelet', 'maxPods');
  const device = listAt(nodeClass?.value, 'spec', 'blockDeviceMappings')[0];
  const volume = bytes(at(device, 'ebs', 'volumeSize'));
  const gib = volume === undefined ? DEFAULT_DISK_GIB : volume / GIB;
  const fixed = numberAt(pool.value, 'spec', 'replicas');
  const choice = types.map((type) => ({
    instanceType: type.name,
    max: fixed ?? nodesWithin(pool, type),
    allocatable: smallestRoom([type], { prefixes, maxPods }, gib),
  }));
  const smallest = types.reduce((least, type) =>
    type.memoryMib * type.vcpus < least.memoryMib * least.vcpus ? type : least,
  );
  const zones = valuesOf(wanted, 'topology.kubernetes.io/zone');
  const isSpot = valuesOf(wanted, 'karpenter.sh/capacity-type').includes('spot');
  return [
    {
      id: objectName(pool),
      name: pool.name,
      cluster: '',
      min: fixed ?? 0,
      max: fixed ?? nodesWithin(pool, smallest),
      desired: fixed ?? 0,
      allocatable: {
        ...smallestRoom(types, { prefixes, maxPods }, gib),
        pods: Math.min(...types.map((type) => podsOf(type, { prefixes, maxPods }))),
      },
      instanceTypes: types.map(({ name }) => name),
      choice,
      architecture: architectureOf(types),
      labels: {
        ...ownLabels(types, zones),
        'karpenter.sh/nodepool': pool.name,
        'karpenter.sh/capacity-type': isSpot ? 'spot' : 'on-demand',
        ...singleValues(wanted),
        ...textMembersAt(template, 'metadata', 'labels'),
      },
      taints: listAt(template, 'spec', 'taints').flatMap((taint) => {
        const effect = textAt(taint, 'effect');
        return effect === 'NoSchedule' || effect === 'PreferNoSchedule' || effect === 'NoExecute'
          ? [{ key: textAt(taint, 'key') ?? '', value: textAt(taint, 'value') ?? '', effect }]
          : [];
      }),
      capacity: isSpot ? 'spot' : 'on-demand',
      zones,
      subnets: [],
      updateUnavailable: 1,
      evidence: evidenceOf(pool),
    },
  ];
}

/** Nodes of a type that the limits of a pool allow. */
function nodesWithin({ value }: KubernetesObject, { vcpus, memoryMib }: InstanceType): number {
  const limits = at(value, 'spec', 'limits');
  const cpu = cpuMillis(at(limits, 'cpu'));
  const memory = bytes(at(limits, 'memory'));
  return Math.min(
    cpu === undefined ? Number.POSITIVE_INFINITY : Math.floor(cpu / (vcpus * 1000)),
    memory === undefined ? Number.POSITIVE_INFINITY : Math.floor(memory / (memoryMib * MIB)),
    numberAt(limits, 'nodes') ?? Number.POSITIVE_INFINITY,
  );
}

/** What Karpenter calls the properties of a type. Amounts are in its units: vCPUs and MiB. */
function propertiesOf({ name, architecture, vcpus, memoryMib }: InstanceType): Readonly<Record<string, string>> {
  const [family = '', size = ''] = name.split('.');
  return {
    'node.kubernetes.io/instance-type': name,
    'kubernetes.io/arch': architecture,
    'kubernetes.io/os': 'linux',
    'karpenter.k8s.aws/instance-family': family,
    'karpenter.k8s.aws/instance-size': size,
    'karpenter.k8s.aws/instance-category': /^[a-z]+/.exec(family)?.[0] ?? '',
    'karpenter.k8s.aws/instance-generation': /\d+/.exec(family)?.[0] ?? '',
    'karpenter.k8s.aws/instance-cpu': String(vcpus),
    'karpenter.k8s.aws/instance-memory': String(memoryMib),
    'karpenter.k8s.aws/instance-hypervisor': 'nitro',
  };
}

/** Whether a pool may take a type. Without a word on the architecture it is amd64, which pods are built for. */
function isTaken(type: InstanceType, wanted: readonly NodeRequirement[]): boolean {
  const properties = propertiesOf(type);
  if (!wanted.some(({ key }) => key === 'kubernetes.io/arch') && type.architecture !== 'amd64') return false;
  return wanted.every(({ key, operator, values }) => {
    const value = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (value === undefined) return true;
    switch (operator) {
      case 'In':
        return values.includes(value);
      case 'NotIn':
        return !values.includes(value);
      case 'Gt':
        return Number(value) > Number(values[0]);
      case 'Lt':
        return Number(value) < Number(values[0]);
      case 'DoesNotExist':
        return false;
      default:
        return true;
    }
  });
}

const valuesOf = (wanted: readonly NodeRequirement[], key: string): readonly string[] =>
  wanted.find((requirement) => requirement.key === key && requirement.operator === 'In')?.values ?? [];

/** Requirements that leave one value are labels of every node. */
const singleValues = (wanted: readonly NodeRequirement[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    wanted.flatMap(({ key, operator, values: [value, ...others] }) =>
      operator === 'In' && value !== undefined && others.length === 0 ? [[key, value]] : [],
    ),
  );
