import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, isWholeWithin, withDefaults } from '../../check';
import { clusterScoped } from '../cluster-scoped';
import { KubePriorityClass } from '../k8s';

/** Rank of a kind of pods: where room runs out, higher ones push lower ones out. */
export interface Priority {
  /** -10 to 1000000000; below -10 Cluster Autoscaler adds no node for a pod. */
  readonly value: number;
  /** Which pods it is meant for. */
  readonly description: string;
  /** `Never` waits in the queue, ahead of lower ones, and pushes nobody out. @default 'PreemptLowerPriority' */
  readonly preemption?: 'PreemptLowerPriority' | 'Never';
}

/** What most platforms need, widely spaced so that others fit in between. */
export const PRIORITIES = {
  critical: { value: 1_000_000, description: 'Stores, gateways and controllers that others depend on' },
  standard: { value: 100_000, description: 'Services that answer users' },
  batch: { value: 1_000, description: 'Work that can wait or start again', preemption: 'Never' },
  placeholder: { value: -10, description: 'Pods that hold room free and give it up first', preemption: 'Never' },
} as const satisfies Readonly<Record<string, Priority>>;

/** The ranks of a cluster, and the one that pods get by default. */
export interface PriorityClassesProps {
  /** Classes by name (DNS label). @default PRIORITIES */
  readonly classes?: Readonly<Record<string, Priority>>;
  /** Class of pods that name none, in every namespace. @default - none, they rank at 0 */
  readonly globalDefault?: string;
}

type Plan = PriorityClassesProps & Required<Pick<PriorityClassesProps, 'classes'>>;

const planned = (props: PriorityClassesProps): Plan => withDefaults({ classes: PRIORITIES }, props);

const isName = (name: string): boolean => isDnsLabel(name) && !name.startsWith('system-');

const outOfRange = ({ classes }: Plan): string[] =>
  Object.entries(classes)
    .filter(([, { value }]) => !isWholeWithin(value, -10, 1_000_000_000))
    .map(([name, { value }]) => `${name} ${value}`);

/** What is said about all classes together. */
export const PRIORITY_CLASS_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'priority-class-names-are-free',
    prop: 'classes',
    holds: ({ classes }) => Object.keys(classes).every(isName),
    rule: 'must have names of 1-63 of a-z, 0-9 and inner hyphens that do not start with system-',
    received: ({ classes }) => Object.keys(classes).filter((name) => !isName(name)),
    remedy: 'rename it',
  },
  {
    id: 'priority-class-values-are-in-range',
    prop: 'classes',
    holds: (plan) => outOfRange(plan).length === 0,
    rule: 'must have whole values from -10 to 1000000000',
    received: outOfRange,
    remedy: 'higher ones belong to Kubernetes; for lower ones no node is ever added',
  },
  {
    id: 'priority-class-default-exists',
    prop: 'globalDefault',
    holds: ({ classes, globalDefault }) => globalDefault === undefined || Object.hasOwn(classes, globalDefault),
    rule: ({ classes }) => `must be one of ${Object.keys(classes).join(', ')}`,
    remedy: 'name one of them, or leave it out',
  },
];

/**
 * The ranks of a cluster. A value cannot be changed once made: give the class another name.
 *
 * @example
 * new PriorityClasses(chart, 'Priorities', {
 *   classes: { ...PRIORITIES, search: { value: 50_000, description: 'Answers that may be late' } },
 *   globalDefault: 'standard',
 * });
 */
export class PriorityClasses extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: PriorityClassesProps): Finding[] {
    return inspect(path, planned(props), PRIORITY_CLASS_CHECKS);
  }

  constructor(scope: Construct, id: string, props: PriorityClassesProps = {}) {
    super(scope, id);
    const { classes, globalDefault } = planned(props);
    enforce(this, PriorityClasses.inspect(this.node.path, props));

    for (const [name, { value, description, preemption = 'PreemptLowerPriority' }] of Object.entries(classes)) {
      const object = new KubePriorityClass(this, name, {
        metadata: { name },
        value,
        description,
        preemptionPolicy: preemption,
        globalDefault: name === globalDefault,
      });
      clusterScoped(object);
    }
  }
}
