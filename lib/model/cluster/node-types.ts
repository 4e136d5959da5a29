import { type Architecture, INSTANCE_TYPES, type InstanceType, instanceType } from '../../catalog';
import { type Check, duplicates } from '../../check';
import { podsByPrefix } from './allocatable';
import type { NodeAutoscaler } from './cluster';
import type { CapacityType } from './nodes';

/** What is asked of the instance types of one group. */
export interface NodeTypes {
  /** EC2 types, preferred first. */
  readonly instanceTypes: readonly string[];
  /** How the nodes are bought; spot asks for a choice of types. */
  readonly capacity: CapacityType;
  /** What plans with the types: Cluster Autoscaler takes them all for one size. */
  readonly autoscaler: NodeAutoscaler;
}

/** With fewer types than this, one shortage takes all spot nodes at once. */
const SPOT_CHOICE = 3;

/** How far a name may be from the one that was meant (letters changed, added or left out). */
const TYPO_DISTANCE = 2;

/** Xen families: no prefix delegation, hence no pod density that a plan could rely on. */
const isXen = (type: string): boolean =>
  /^(?:[cmrt]1|t2|[cmr][34]|cc2|cr1|d2|f1|g[23]|h1|hs1|i[23]|p[23]|x1e?)\./.test(type);

const knownTypes = (names: readonly string[]): InstanceType[] => names.flatMap((name) => instanceType(name) ?? []);

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

const architectures = (names: readonly string[]): Architecture[] =>
  distinct(knownTypes(names).map(({ architecture }) => architecture));

/** The one architecture of the types, or undefined if they have none or several. */
export function nodeArchitecture(names: readonly string[]): Architecture | undefined {
  const [first, ...others] = architectures(names);
  return others.length === 0 ? first : undefined;
}

/** Pods each node seats: the lowest count of any type holds for all, as EKS writes one number into the group. */
export const nodePods = (names: readonly string[]): number => Math.min(...knownTypes(names).map(podsByPrefix));

/** Insertions, deletions and substitutions that turn one text into the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** Known types with almost that name, closest first, at most three. */
export const nearestTypes = (name: string): string[] =>
  [...INSTANCE_TYPES.facts.keys()]
    .map((known) => ({ known, steps: distance(name, known) }))
    .filter(({ steps }) => steps <= TYPO_DISTANCE)
    .sort((one, other) => one.steps - other.steps || (one.known < other.known ? -1 : 1))
    .slice(0, 3)
    .map(({ known }) => known);

const unknownTypes = ({ instanceTypes }: NodeTypes): string[] =>
  instanceTypes.filter((name) => !isXen(name) && instanceType(name) === undefined);

const shape = ({ vcpus, memoryMib }: InstanceType): string => `${vcpus} vCPU and ${memoryMib / 1024} GiB`;

const shapes = ({ instanceTypes }: NodeTypes): string[] => distinct(knownTypes(instanceTypes).map(shape));

/** What is asked of the types of a group, a part of `NODE_GROUP_CHECKS`. */
export const NODE_TYPE_CHECKS: readonly Check<NodeTypes>[] = [
  {
    id: 'node-group-types-are-distinct',
    prop: 'instanceTypes',
    holds: ({ instanceTypes }) => instanceTypes.length > 0 && duplicates(instanceTypes).length === 0,
    rule: 'must name at least one type, and each once',
    remedy: 'list the types in the order you prefer them',
  },
  {
    id: 'node-group-types-are-nitro',
    prop: 'instanceTypes',
    holds: ({ instanceTypes }) => !instanceTypes.some(isXen),
    rule: 'must be Nitro-based, as prefix delegation needs',
    received: ({ instanceTypes }) => instanceTypes.filter(isXen),
    remedy: 'use a current generation, such as m5, c5, r5, t3 or later',
  },
  {
    id: 'node-group-types-are-known',
    prop: 'instanceTypes',
    holds: (subject) => unknownTypes(subject).length === 0,
    rule: 'must be in the catalog, which knows how many pods they seat',
    received: unknownTypes,
    remedy: (subject) => {
      const near = distinct(unknownTypes(subject).flatMap(nearestTypes));
      return near.length === 0
        ? 'use a type of the catalog, or add its row there'
        : `did you mean ${near.join(' or ')}?`;
    },
  },
  {
    id: 'node-group-types-share-an-architecture',
    prop: 'instanceTypes',
    holds: ({ instanceTypes }) => architectures(instanceTypes).length <= 1,
    rule: 'must share one architecture, as a group has one machine image',
    remedy: 'make one group for amd64 and one for arm64',
  },
  {
    id: 'node-group-types-have-one-shape',
    severity: 'warning',
    prop: 'instanceTypes',
    holds: (subject) => subject.autoscaler !== 'cluster-autoscaler' || shapes(subject).length <= 1,
    rule: 'should agree in CPU and memory: Cluster Autoscaler plans with one of them for all',
    received: (subject) => `${subject.instanceTypes.join(', ')} with ${shapes(subject).join(' or ')}`,
    remedy: 'split the group by size',
  },
  {
    id: 'node-group-spot-has-a-choice',
    severity: 'warning',
    prop: 'instanceTypes',
    holds: ({ capacity, instanceTypes }) => capacity !== 'spot' || instanceTypes.length >= SPOT_CHOICE,
    rule: `should name at least ${SPOT_CHOICE} types for spot capacity`,
    remedy: 'add types of the same size from other families',
  },
];
