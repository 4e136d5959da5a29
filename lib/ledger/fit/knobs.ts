import { RDS_CLASSES, rdsClass } from '../../catalog';
import type { Assumptions, Autoscaler, Database, Facts, NodeGroup, Workload } from '../facts';
import { at, isMembers, type Members, numberAt } from '../members';
import { targetKey } from '../pack/demand';
import { blockName, type Json, type KubernetesObject, type Sources, type TerraformBlock } from '../source';

/** What a check reads, as it would be with one number changed. */
export interface Given {
  readonly sources: Sources;
  readonly assumptions: Assumptions;
}

/** A number that somebody chose, and what else it could be. */
export interface Knob {
  /** `max_size of general`. */
  readonly of: string;
  /** Whether less of it costs less, or more of it promises more. */
  readonly sought: 'least' | 'most';
  /** What it may be, cheapest or most modest first. */
  readonly choices: readonly (number | string)[];
  /** What is written now. */
  readonly now: number | string;
  /** What would be read with another choice. */
  readonly with: (choice: number | string) => Given;
}

/** Tried beyond what is written: twice as much, and at least so many more. */
const BEYOND = 32;

const upTo = (from: number, now: number): number[] => {
  const last = Math.max(2 * now, now + BEYOND);
  return Array.from({ length: Math.max(last - from + 1, 0) }, (_, index) => from + index);
};

/** Every number that may be fitted: maxima of node groups and autoscalers, classes of databases, pools. */
export const knobsOf = (given: Given, facts: Facts): readonly Knob[] => [
  ...facts.nodeGroups.flatMap((group) => groupKnob(given, group)),
  ...facts.databases.flatMap((database) => classKnob(given, database)),
  ...autoscalerKnobs(given, facts),
  ...facts.workloads.flatMap((workload) => poolKnobs(given, facts, workload)),
];

function groupKnob(given: Given, group: NodeGroup): Knob[] {
  const block = given.sources.terraform.find((one) => blockName(one) === group.id);
  if (block === undefined) return [];
  const path = [['scaling_config', 'max_size'], ['scaling_config', 0, 'max_size'], ['max_size']].find(
    (way) => numberAt(block.value, ...way) === group.max,
  );
  if (path === undefined) return [];
  return [
    {
      of: `max_size of ${group.name}`,
      sought: 'least',
      choices: upTo(Math.max(group.min, 1), group.max),
      now: group.max,
      with: (choice) => written(given, block, path, choice),
    },
  ];
}

/** Classes of the family that is used, by memory. */
function classKnob(given: Given, { id, name, instanceClass }: Database): Knob[] {
  const block = given.sources.terraform.find((one) => blockName(one) === id);
  if (block === undefined || instanceClass === undefined || rdsClass(instanceClass) === undefined) return [];
  if (at(block.value, 'instance_class') !== instanceClass) return [];
  const family = instanceClass.slice(0, instanceClass.lastIndexOf('.') + 1);
  const choices = [...RDS_CLASSES.facts.values()]
    .filter((one) => one.name.startsWith(family))
    .sort((one, other) => one.memoryMib - other.memoryMib)
    .map((one) => one.name);
  return [
    {
      of: `instance_class of ${name}`,
      sought: 'least',
      choices,
      now: instanceClass,
      with: (choice) => written(given, block, ['instance_class'], choice),
    },
  ];
}

function autoscalerKnobs(given: Given, { autoscalers, workloads }: Facts): Knob[] {
  const known = new Set(workloads.map(targetKey));
  return autoscalers
    .filter(({ target }) => known.has(targetKey(target)))
    .flatMap((autoscaler): Knob[] => {
      const { object, min, max, target } = autoscaler;
      const path = ['spec', object.kind === 'ScaledObject' ? 'maxReplicaCount' : 'maxReplicas'];
      if (numberAt(object.value, ...path) !== max) return [];
      return [
        {
          of: `${path[1]} of ${nameOf(target)}`,
          sought: 'most',
          choices: upTo(Math.max(min, 1), max),
          now: max,
          with: (choice) => written(given, object, path, choice),
        },
      ];
    });
}

function poolKnobs(given: Given, { assumptions }: Facts, workload: Workload): Knob[] {
  const pools = assumptions.pools.get(workload.id) ?? [];
  return pools.map((pool, index) => ({
    of: `pool of ${nameOf(workload)} to ${pool.database}`,
    sought: 'most',
    choices: upTo(1, pool.size),
    now: pool.size,
    with: (choice) => ({
      ...given,
      assumptions: {
        ...given.assumptions,
        pools: new Map([
          ...given.assumptions.pools,
          [workload.id, pools.map((one, place) => (place === index ? { ...one, size: Number(choice) } : one))],
        ]),
      },
    }),
  }));
}

const nameOf = ({ namespace, name }: Autoscaler['target'] | Workload): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

/** What was read, with another value in one place. */
const written = (
  { sources, assumptions }: Given,
  source: KubernetesObject | TerraformBlock,
  path: readonly (string | number)[],
  value: Json,
): Given => {
  const instead = <T extends KubernetesObject | TerraformBlock>(one: T): T =>
    one === source ? { ...one, value: put(one.value, path, value) as Members } : one;
  const { kubernetes, terraform } = sources;
  return {
    assumptions,
    sources: { ...sources, kubernetes: kubernetes.map(instead), terraform: terraform.map(instead) },
  };
};

/** The same value with another at the end of a path that is there. */
function put(value: Json, [step, ...path]: readonly (string | number)[], end: Json): Json {
  if (step === undefined) return end;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? put(item, path, end) : item));
  return isMembers(value) ? { ...value, [step]: put(value[step] ?? null, path, end) } : value;
}
