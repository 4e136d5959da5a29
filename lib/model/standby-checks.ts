import { rdsClass } from '../catalog';
import { type Check, type Finding, inspect } from '../check';
import type { EnvironmentSpec, PlatformSpec } from './environment';
import { isInstance, isReplica } from './stores';

/** An environment that waits, and the one whose load it takes over. */
interface Standby {
  readonly environment: EnvironmentSpec;
  readonly original: EnvironmentSpec;
}

const names = (things: readonly { readonly name: string }[]): string[] => things.map(({ name }) => name);

const strangers = ({ environment, original }: Standby): string[] =>
  names(environment.services).filter((name) => !names(original.services).includes(name));

/** Services whose ceiling is lower than where they run now. */
const lower = ({ environment, original }: Standby): string[] =>
  environment.services.flatMap(({ name, scaling }) => {
    const there = original.services.find((service) => service.name === name);
    return there === undefined || there.scaling.max <= scaling.max
      ? []
      : [`${name} ${scaling.max} of ${there.scaling.max}`];
  });

/** Replicas that are smaller than the instance whose load they would take. Unknown classes have findings of their own. */
const smaller = ({ environment, original }: Standby): string[] =>
  environment.databases.filter(isReplica).flatMap(({ name, of, instanceClass }) => {
    const source = original.databases.filter(isInstance).find((database) => database.name === of.database);
    if (source === undefined || of.environment !== original.name) return [];
    const [here, there] = [rdsClass(instanceClass), rdsClass(source.instanceClass)];
    if (here === undefined || there === undefined) return [];
    return here.vcpus >= there.vcpus && here.memoryMib >= there.memoryMib
      ? []
      : [`${name} ${instanceClass} for ${source.instanceClass}`];
  });

/** What an environment must have to take over another one's load. */
export const STANDBY_CHECKS: readonly Check<Standby>[] = [
  {
    id: 'standby-is-in-another-region',
    prop: 'region',
    holds: ({ environment, original }) => environment.region !== original.region,
    rule: ({ original }) => `must be another region than that of ${original.name}, whose loss it is for`,
    received: ({ environment }) => environment.region,
    remedy: 'move it, or leave standbyFor out: zones protect within a region',
  },
  {
    id: 'standby-keeps-its-own-state',
    prop: 'state',
    holds: ({ environment: { state, region } }) => state.kind !== 's3' || state.region === region,
    rule: ({ environment }) =>
      `must be kept in ${environment.region}: without it nothing there can be changed once the other region is lost`,
    received: ({ environment: { state } }) => (state.kind === 's3' ? state.region : undefined),
    remedy: 'name a bucket in the region of the standby',
  },
  {
    id: 'standby-serves-what-exists',
    prop: 'services',
    holds: (standby) => strangers(standby).length === 0,
    rule: ({ original }) => `must be services of ${original.name}`,
    received: strangers,
    remedy: 'declare the service there too, or drop it here',
  },
  {
    id: 'standby-grows-to-the-load',
    prop: 'services',
    holds: (standby) => lower(standby).length === 0,
    rule: ({ original }) => `must be able to grow as far as in ${original.name}`,
    received: lower,
    remedy: 'raise scaling.max; scaling.min may stay low until the load comes',
  },
  {
    id: 'standby-database-carries-the-load',
    prop: 'databases',
    holds: (standby) => smaller(standby).length === 0,
    rule: ({ original }) => `must have the processors and memory of ${original.name}'s: it is promoted as it stands`,
    received: smaller,
    remedy: "use the primary's class",
  },
];

const originalOf = (
  { environments }: PlatformSpec,
  { standbyFor, name }: EnvironmentSpec,
): EnvironmentSpec | undefined =>
  environments.find((other) => other.name === standbyFor && other.name !== name && other.standbyFor === undefined);

/** Whether an environment's `standbyFor` names one that serves users. */
export const STANDBY_NAME_CHECKS: readonly Check<{
  readonly platform: PlatformSpec;
  readonly environment: EnvironmentSpec;
}>[] = [
  {
    id: 'standby-names-an-environment',
    prop: 'standbyFor',
    holds: ({ platform, environment }) =>
      environment.standbyFor === undefined || originalOf(platform, environment) !== undefined,
    rule: ({ platform }) => `must name another environment of ${platform.name} that is itself no standby`,
    received: ({ environment }) => environment.standbyFor,
    remedy: 'use the name of the environment whose load it takes over',
  },
];

/** Everything that keeps a standby from taking over. */
export function inspectStandby(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const original = originalOf(platform, environment);
  return [
    ...inspect(path, { platform, environment }, STANDBY_NAME_CHECKS),
    ...(original ? inspect(path, { environment, original }, STANDBY_CHECKS) : []),
  ];
}
