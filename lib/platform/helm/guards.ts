import type { Aligned, Component } from './align-objects';
import { type Each, sameNames } from './values';

/** A switch of the chart: in which environments it is on, of those that know it. */
export interface Flag {
  readonly path: readonly string[];
  readonly component: string;
  readonly values: Each<boolean>;
}

/** What is there only while a flag is on, or off. */
export interface Guard {
  readonly flag: Flag;
  readonly when: boolean;
  /** Where what is guarded is. */
  readonly names: ReadonlySet<string>;
}

export const guardBy = (flag: Flag, when: boolean): Guard => ({
  flag,
  when,
  names: new Set([...flag.values].filter(([, on]) => on === when).map(([name]) => name)),
});

/** The guards of a component: of the whole of it, and of each object that not all of its environments have. */
export interface Guards {
  readonly component: Flag | undefined;
  readonly objects: ReadonlyMap<Aligned, Guard>;
  /** Those that tell forms of the component apart. */
  readonly own: readonly Guard[];
}

const flag = (
  component: Component,
  alias: readonly string[],
  on: ReadonlySet<string>,
  among: Iterable<string>,
): Flag => ({
  path: [component.key, ...alias, 'enabled'],
  component: component.key,
  values: new Map([...among].map((name) => [name, on.has(name)])),
});

/** Workloads give a form of their component its name, the first of these before others. */
const LEADERS: readonly string[] = ['Rollout', 'Deployment', 'StatefulSet', 'CronJob', 'Job'];

const rank = ({ kind }: Aligned): number => {
  const at = LEADERS.indexOf(kind);
  return at < 0 ? LEADERS.length : at;
};

/** What stands or falls with all of another component: its secret, its route. The longest name wins. */
const ownerOf = (object: Aligned, component: Component, all: readonly Component[]): Component | undefined =>
  all
    .filter(({ name }) => object.name === name || object.name.startsWith(`${name}-`))
    .toSorted((one, other) => other.name.length - one.name.length)
    .find((owner) => owner !== component);

const has = ({ objects }: Aligned): ReadonlySet<string> => new Set(objects.keys());

/** Environments of `component` that `other` is in, too. */
const within = (component: Component, other: Component): ReadonlySet<string> =>
  new Set([...other.environments].filter((name) => component.environments.has(name)));

/** Switches for whole components, by name. */
export const componentFlags = (all: readonly Component[], environments: readonly string[]): ReadonlyMap<string, Flag> =>
  new Map(
    all
      .filter((component) => component.environments.size < environments.length)
      .map((component) => [component.name, flag(component, [], component.environments, environments)]),
  );

/** Objects that appear together share a flag, and those that appear in the other environments are its opposite. */
export function guardsOf(component: Component, all: readonly Component[], flags: ReadonlyMap<string, Flag>): Guards {
  const guarded = new Map<Aligned, Guard>();
  const owned = new Map<Flag, Guard>();
  const groups: Aligned[][] = [];
  for (const object of component.objects) {
    if (object.objects.size === component.environments.size) continue;
    const owner = ownerOf(object, component, all);
    const known = owner && flags.get(owner.name);
    if (owner && known && sameNames(within(component, owner), has(object))) {
      const guard = owned.get(known) ?? guardBy(known, true);
      owned.set(known, guard);
      guarded.set(object, guard);
      continue;
    }
    const group = groups.find(([first]) => first !== undefined && sameNames(has(first), has(object)));
    if (group === undefined) groups.push([object]);
    else group.push(object);
  }

  const own: Guard[] = [];
  const led = groups.flatMap((group) => group.toSorted((one, other) => rank(one) - rank(other)).slice(0, 1));
  for (const first of led.toSorted((one, other) => rank(one) - rank(other))) {
    const group = groups.find((objects) => objects.includes(first)) ?? [];
    const guard =
      own.find((known) => sameNames(known.names, has(first))) ??
      guardBy(flag(component, [first.alias], has(first), component.environments), true);
    // what follows a workload is a form of its component; what follows a Service is just there as well
    if (!own.includes(guard) && LEADERS.includes(first.kind)) own.push(guard, guardBy(guard.flag, false));
    for (const object of group) guarded.set(object, guard);
  }
  return { component: flags.get(component.name), objects: guarded, own };
}
