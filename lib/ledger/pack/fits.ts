import type { NodeGroup, NodeRequirement, PodShape, Taint, Toleration } from '../facts';
import { type Labels, labelOf, meets } from '../labels';
import type { Amounts } from './shapes';
import { AMOUNT_NAMES, written } from './shapes';

/** Labels of zones, the newer first; drivers of volumes have one of their own. */
export const ZONE_LABELS: readonly string[] = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
  'topology.ebs.csi.aws.com/zone',
];

const REGION_LABELS: readonly string[] = ['topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/region'];

const TYPE_LABELS: readonly string[] = ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type'];

export const HOSTNAME_LABEL = 'kubernetes.io/hostname';

/** Taints that a driver takes away as soon as it runs on the node. */
const isOfStartUp = ({ key }: Taint): boolean => key.endsWith('/agent-not-ready');

/** `us-west-2` of `us-west-2a` and of `us-west-2-lax-1a`. */
const regionOf = (zone: string): string | undefined => /^[a-z]+(-[a-z]+)+-\d+/.exec(zone)?.[0];

const each = (labels: readonly string[], value: string | undefined): Readonly<Record<string, string>> =>
  value === undefined ? {} : Object.fromEntries(labels.map((label) => [label, value]));

/**
 * Labels that every node of a group has in a zone, those of kubelet and EKS among them. Older names stand beside the newer:
 * Kubernetes keeps both (`labelReconcileInfo` of its node lifecycle controller, and the cloud node controller).
 */
export function labelsOf(group: NodeGroup, zone: string | undefined): Readonly<Record<string, string>> {
  const [type] = group.instanceTypes;
  return {
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': group.architecture,
    'beta.kubernetes.io/os': 'linux',
    'beta.kubernetes.io/arch': group.architecture,
    'eks.amazonaws.com/capacityType': group.capacity === 'spot' ? 'SPOT' : 'ON_DEMAND',
    'karpenter.sh/capacity-type': group.capacity,
    ...(group.instanceTypes.length === 1 && each(TYPE_LABELS, type)),
    ...(zone !== undefined && { ...each(ZONE_LABELS, zone), ...each(REGION_LABELS, regionOf(zone)) }),
    ...group.labels,
  };
}

/**
 * Whether a toleration accepts a taint, as `ToleratesTaint` of k8s.io/api decides: an empty effect is every effect, an
 * empty key with Exists is every key.
 */
export const tolerates = ({ key, operator, value, effect }: Toleration, taint: Taint): boolean =>
  (effect === undefined || effect === '' || effect === taint.effect) &&
  (key === undefined || key === '' ? operator === 'Exists' : key === taint.key) &&
  (operator === 'Exists' || (value ?? '') === taint.value);

/** Whether labels satisfy one requirement; NotIn and DoesNotExist accept nodes without the label. */
export function satisfies(labels: Labels, { key, operator, values }: NodeRequirement): boolean {
  const label = labelOf(labels, key);
  switch (operator) {
    case 'Gt':
      return label !== undefined && whole(label) > whole(values[0]);
    case 'Lt':
      return label !== undefined && whole(label) < whole(values[0]);
    default:
      return meets(label, operator, values) === true;
  }
}

const whole = (text: string | undefined): number => (/^-?\d+$/.test(text ?? '') ? Number(text) : Number.NaN);

/** Why nodes with these labels and taints refuse a pod whatever room they have; undefined where they do not. */
export function refusal(
  { nodeSelector, nodeAffinity, tolerations }: PodShape,
  labels: Readonly<Record<string, string>>,
  taints: readonly Taint[],
): string | undefined {
  for (const [key, value] of Object.entries(nodeSelector))
    if (!Object.hasOwn(labels, key) || labels[key] !== value) return `node selector ${key}=${value}`;
  if (
    nodeAffinity.length > 0 &&
    !nodeAffinity.some((all) => all.length > 0 && all.every((one) => satisfies(labels, one)))
  )
    return `node affinity on ${[...new Set(nodeAffinity.flat().map(({ key }) => key))].join(', ')}`;
  const taint = taints.find(
    (one) =>
      one.effect !== 'PreferNoSchedule' &&
      !isOfStartUp(one) &&
      !tolerations.some((toleration) => tolerates(toleration, one)),
  );
  return taint === undefined ? undefined : `taint ${taint.key}=${taint.value}:${taint.effect}`;
}

/** What an empty node has too little of for a pod; undefined where it has room. */
export function shortOf(free: Amounts, each: Amounts): string | undefined {
  const short = AMOUNT_NAMES.flatMap((name, index) => {
    const [has = 0, takes = 0] = [free[index], each[index]];
    return takes > 0 && takes > has ? [`${written(name, takes)} of ${written(name, Math.max(has, 0))}`] : [];
  });
  return short.length === 0 ? undefined : short.join(', ');
}
