import { type Check, duplicates, type Finding, inspect } from '../../check';
import type { EnvironmentSpec } from '../environment';
import { isInstance, isReplica, isReplicationGroup } from '../stores';
import type { InstancesSpec } from './instances';

/** Instances, and the environment that they stand in. */
interface Placed {
  readonly environment: EnvironmentSpec;
  readonly instances: InstancesSpec;
}

/** Stores that answer outside of the cluster. */
const managed = ({ databases, caches }: EnvironmentSpec): string[] => [
  ...databases.filter((database) => isInstance(database) || isReplica(database)).map(({ name }) => name),
  ...caches.filter(isReplicationGroup).map(({ name }) => name),
];

const outOfReach = ({ environment, instances }: Placed): string[] =>
  instances.service.connections.flatMap((connection) =>
    connection.to === 'network' || managed(environment).includes(connection.name) ? [] : [connection.name],
  );

const named = ({ instances = [] }: EnvironmentSpec): string[] => instances.map(({ service }) => service.name);

/** What is asked of all instances of an environment together. */
export const INSTANCES_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'instances-have-distinct-names',
    prop: 'instances',
    holds: (environment) => duplicates(named(environment)).length === 0,
    rule: 'must run a different service each: groups, roles and routes are named after it',
    received: (environment) => duplicates(named(environment)),
    remedy: 'make one group of the two',
  },
  {
    id: 'instances-have-a-door',
    prop: 'edge',
    holds: ({ instances = [], edge, gateway }) =>
      instances.length === 0 || (edge !== undefined && edge.delivery !== 'cloudfront' && gateway !== undefined),
    rule: 'must be a load balancer without CloudFront, in front of a gateway: instances are reached through it under names of their own, and it says whether they are well',
    received: ({ edge, gateway }) => [
      edge ? (edge.delivery ?? 'load-balancer') : 'no edge',
      ...(gateway ? [] : ['no gateway']),
    ],
    remedy: 'declare both, or run the service as pods',
  },
];

/** What is asked of each. */
export const INSTANCES_PLACE_CHECKS: readonly Check<Placed>[] = [
  {
    id: 'instances-serve-what-pods-do-not',
    prop: 'service',
    holds: ({ environment, instances }) => environment.services.every(({ name }) => name !== instances.service.name),
    rule: 'must not run as pods in the same environment: two autoscalers would each answer for half of its load',
    received: ({ instances }) => instances.service.name,
    remedy: 'take it out of services, or drop the instances',
  },
  {
    id: 'instances-reach-their-stores',
    prop: 'service.connections',
    holds: (placed) => outOfReach(placed).length === 0,
    rule: ({ environment }) =>
      `must lead to ${managed(environment).join(', ') || 'nothing'} or to a network: names inside the cluster mean nothing outside of it`,
    received: outOfReach,
    remedy: 'use RDS and ElastiCache, and reach other services by their public name',
  },
  {
    id: 'instances-have-a-short-name',
    prop: 'service.name',
    holds: ({ instances: { service } }) => /^[a-z][a-z0-9-]{0,38}$/.test(service.name),
    rule: 'must be 1-39 of a-z, 0-9 and hyphens, a letter first: a unit of the system, a folder and a role are named after it',
    remedy: 'shorten it',
  },
];

/** Everything wrong with where instances stand; their groups and services have checks of their own. */
export const inspectInstances = (path: string, environment: EnvironmentSpec): Finding[] => [
  ...inspect(path, environment, INSTANCES_CHECKS),
  ...(environment.instances ?? []).flatMap((instances) =>
    inspect(`${path}/${instances.service.name}`, { environment, instances }, INSTANCES_PLACE_CHECKS),
  ),
];
