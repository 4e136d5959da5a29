import { type Check, duplicates, type Finding, inspect, isDnsLabel, isWholeWithin, withDefaults } from '../../check';
import { Memory } from '../../units';
import type { NodeAutoscaler } from './cluster';
import { NODE_TYPE_CHECKS } from './node-types';
import { NODE_GROUP_LABEL, type NodeGroupSpec, type TaintEffect } from './nodes';

/** A group with every default filled in, and who changes its size. */
export interface NodeGroupPlan extends Required<NodeGroupSpec> {
  /** Who changes its size after creation; decides whether sizes of types may differ. */
  readonly autoscaler: NodeAutoscaler;
}

/** Length that leaves room for the suffix that makes a replacement's name unique (EKS: 63 in all). */
const MAX_NAME = 36;

/** Nodes of one managed group. Source: Amazon EKS service quotas. */
const MAX_NODES = 450;

const MIN_VOLUME = Memory.gib(20);
const MAX_VOLUME = Memory.gib(16384);

const EFFECTS: readonly TaintEffect[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

const isName = (text: string): boolean => /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(text);

const isValue = (text: string): boolean => text === '' || isName(text);

/** A name, with an optional DNS subdomain and a slash before it. */
function isQualifiedName(key: string): boolean {
  const [name = '', prefix, ...rest] = key.split('/').reverse();
  const isSubdomain = prefix === undefined || (prefix.length <= 253 && prefix.split('.').every(isDnsLabel));
  return isName(name) && isSubdomain && rest.length === 0;
}

/** Labels that a kubelet may not give itself, or that the group sets on its own. Source: NodeRestriction admission plug-in. */
function isReserved(key: string): boolean {
  const domain = key.includes('/') ? (key.split('/')[0] ?? '') : '';
  const isKubernetes =
    /(^|\.)(kubernetes|k8s)\.io$/.test(domain) && !/(^|\.)(node|kubelet)\.kubernetes\.io$/.test(domain);
  return isKubernetes || /(^|\.)eks\.amazonaws\.com$/.test(domain) || key === NODE_GROUP_LABEL;
}

const wrongLabels = ({ labels }: NodeGroupPlan): string[] =>
  Object.entries(labels)
    .filter(([key, value]) => !isQualifiedName(key) || isReserved(key) || !isValue(value))
    .map(([key, value]) => `${key}=${value}`);

const wrongTaints = ({ taints }: NodeGroupPlan): string[] =>
  taints
    .filter(({ key, value, effect }) => !isQualifiedName(key) || !isValue(value) || !EFFECTS.includes(effect))
    .map(({ key, value, effect }) => `${key}=${value}:${effect}`);

/** What is asked of name, bounds, volume, labels, taints and types of a group. */
export const NODE_GROUP_CHECKS: readonly Check<NodeGroupPlan>[] = [
  {
    id: 'node-group-name-is-short',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name.length <= MAX_NAME,
    rule: `must be a DNS label of at most ${MAX_NAME} characters`,
    remedy: 'use a name such as general',
  },
  {
    id: 'node-group-min-is-possible',
    prop: 'min',
    holds: ({ min }) => isWholeWithin(min, 0, MAX_NODES),
    rule: `must be a whole number of nodes from 0 to ${MAX_NODES}`,
    remedy: 'use 0 for a group that may be empty',
  },
  {
    id: 'node-group-max-is-possible',
    prop: 'max',
    holds: ({ max }) => isWholeWithin(max, 1, MAX_NODES),
    rule: `must be a whole number of nodes from 1 to ${MAX_NODES}`,
    remedy: 'split larger groups',
  },
  {
    id: 'node-group-desired-is-within-bounds',
    prop: 'desired',
    holds: ({ min, desired, max }) => isWholeWithin(desired, min, max),
    rule: ({ min, max }) => `must be a whole number from min ${min} to max ${max}`,
    remedy: 'move the bound or the number: EKS refuses the group otherwise',
  },
  {
    id: 'node-group-root-volume-is-possible',
    prop: 'rootVolume',
    holds: ({ rootVolume }) =>
      MIN_VOLUME.isAtMost(rootVolume) && rootVolume.isAtMost(MAX_VOLUME) && rootVolume.inBytes % 1024 ** 3 === 0,
    rule: 'must be a whole number of GiB from 20Gi to 16Ti',
    remedy: 'use 50Gi: it holds the system, images and logs',
  },
  {
    id: 'node-group-labels-are-allowed',
    prop: 'labels',
    holds: (plan) => wrongLabels(plan).length === 0,
    rule: 'must be Kubernetes labels outside kubernetes.io, k8s.io and eks.amazonaws.com',
    received: wrongLabels,
    remedy: 'use a domain of your own: a node that labels itself with a reserved one cannot join',
  },
  {
    id: 'node-group-taints-are-allowed',
    prop: 'taints',
    holds: (plan) => wrongTaints(plan).length === 0,
    rule: `must have a label's key, a label's value and an effect of ${EFFECTS.join(', ')}`,
    received: wrongTaints,
    remedy: 'use a taint such as dedicated=compute:NoSchedule',
  },
  {
    id: 'node-group-taint-keys-are-distinct',
    prop: 'taints',
    holds: ({ taints }) => duplicates(taints.map(({ key }) => key)).length === 0,
    rule: 'must have distinct keys',
    received: ({ taints }) => duplicates(taints.map(({ key }) => key)),
    remedy: 'keep the stronger effect: NoExecute implies NoSchedule',
  },
  ...NODE_TYPE_CHECKS,
];

const DEFAULTS = { capacity: 'on-demand', rootVolume: Memory.gib(50), labels: {}, taints: [], zones: 'all' } as const;

/** The group with every default filled in. */
export const nodeGroupPlan = (spec: NodeGroupSpec, autoscaler: NodeAutoscaler): NodeGroupPlan => ({
  ...withDefaults<NodeGroupSpec, typeof DEFAULTS>(DEFAULTS, spec),
  autoscaler,
});

/** Everything wrong with a declared group, seen by what changes its size. */
export const inspectNodeGroup = (
  path: string,
  spec: NodeGroupSpec,
  autoscaler: NodeAutoscaler = 'cluster-autoscaler',
): Finding[] => inspect(path, nodeGroupPlan(spec, autoscaler), NODE_GROUP_CHECKS);

/** Nodes of all groups together; a group of each zone counts once for every zone. */
export function nodeBounds(
  groups: readonly NodeGroupSpec[],
  zones: number,
): { readonly min: number; readonly desired: number; readonly max: number } {
  const sum = (bound: 'min' | 'desired' | 'max'): number =>
    groups.reduce((nodes, group) => nodes + group[bound] * (group.zones === 'each' ? zones : 1), 0);
  return { min: sum('min'), desired: sum('desired'), max: sum('max') };
}
