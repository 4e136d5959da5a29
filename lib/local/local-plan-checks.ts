import { type Check, duplicates, isWholeWithin } from '../check';
import { isRedisServer, redisServerPlan } from '../model';
import type { LocalPlan } from './local-plan';
import { POOLER } from './pooler-container';
import { keeperName, memberNames } from './redis-containers';
import { reserved } from './reservations';

/** Ports of the machine, and what they lead to. */
function ports({ choices, services, environment }: LocalPlan): { readonly port: number; readonly to: string }[] {
  const { http, https } = { http: 8080, https: undefined, ...choices.gateway };
  return [
    ...services.flatMap(({ service, publish }) => (publish === undefined ? [] : [{ port: publish, to: service.name }])),
    ...(environment.gateway === undefined
      ? []
      : [http, https].flatMap((port) => (port === undefined ? [] : [{ port, to: environment.gateway?.name ?? '' }]))),
    ...Object.entries(choices.publishStores).map(([to, port]) => ({ port, to })),
  ];
}

/** Every service of the stack, by name and more than once if two have the same. */
const names = (plan: LocalPlan): string[] => [
  ...plan.services.map(({ service }) => service.name),
  ...(plan.environment.gateway ? [plan.environment.gateway.name] : []),
  ...plan.databases.flatMap(({ objectName }) => [objectName, `${objectName}-roles`]),
  ...(plan.pooler ? [POOLER] : []),
  ...plan.caches.flatMap((cache) =>
    isRedisServer(cache)
      ? [redisServerPlan(cache).objectName]
      : [...memberNames(plan, cache).flat(), keeperName(plan, cache)],
  ),
  ...plan.vectorDatabases.map(({ objectName }) => objectName),
];

/** Services behind one port of the machine, though they are several containers. */
const crowded = ({ services }: LocalPlan): string[] =>
  services
    .filter(({ publish, replicas }) => publish !== undefined && replicas !== 1)
    .map(({ service, publish, replicas }) => `${service.name}, ${replicas} on ${publish}`);

/** Redis Clusters whose members nobody outside of the stack could follow to. */
const publishedClusters = ({ caches, choices }: LocalPlan): string[] =>
  caches
    .filter((cache) => !isRedisServer(cache) && choices.publishStores[cache.name] !== undefined)
    .map(({ name }) => name);

/** What is said about all containers together. */
export const LOCAL_PLAN_CHECKS: readonly Check<LocalPlan>[] = [
  {
    id: 'local-ports-exist',
    prop: 'services, gateway, publishStores',
    holds: (plan) => ports(plan).every(({ port }) => isWholeWithin(port, 1, 65_535)),
    rule: 'must have ports of 1-65535',
    received: (plan) =>
      ports(plan)
        .filter(({ port }) => !isWholeWithin(port, 1, 65_535))
        .map(({ port, to }) => `${port} of ${to}`),
    remedy: 'use the port that users know',
  },
  {
    id: 'local-ports-differ',
    prop: 'services, gateway, publishStores',
    holds: (plan) => duplicates(ports(plan).map(({ port }) => port)).length === 0,
    rule: 'must open each port of the machine once',
    received: (plan) => duplicates(ports(plan).map(({ port }) => port)),
    remedy: 'choose another for one of them',
  },
  {
    id: 'local-published-services-run-once',
    prop: 'services',
    holds: (plan) => crowded(plan).length === 0,
    rule: 'must have one container where a port of the machine leads to it',
    received: crowded,
    remedy: 'leave out publish and go through the gateway, or set replicas to 1',
  },
  {
    id: 'local-published-stores-are-one-server',
    prop: 'publishStores',
    holds: (plan) => publishedClusters(plan).length === 0,
    rule: 'must not name a Redis Cluster: it sends clients on to names that only its stack knows',
    received: publishedClusters,
    remedy: 'use redis-cli in one of its containers',
  },
  {
    id: 'local-names-differ',
    prop: 'memberNames, databases, caches',
    holds: (plan) => duplicates(names(plan)).length === 0,
    rule: 'must give every container of the stack a name of its own',
    received: (plan) => duplicates(names(plan)),
    remedy: 'rename a store with objectName or memberNames',
  },
  {
    id: 'local-host-holds-what-is-reserved',
    prop: 'host',
    holds: (plan) => {
      const { host } = plan.choices;
      const { cpu, memory } = reserved(plan);
      return host === undefined || (cpu.isAtMost(host.cpu) && memory.isAtMost(host.memory));
    },
    rule: (plan) => {
      const { cpu, memory } = reserved(plan);
      return `must have what is reserved: ${cpu} processors and ${memory} of memory`;
    },
    received: ({ choices: { host } }) => `${host?.cpu} and ${host?.memory}`,
    remedy: 'take a larger machine, fewer replicas or smaller stores',
  },
];
