import { type Check, duplicates, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import { Cpu, Memory } from '../../units';
import { POOLER_CHECKS } from '../local/pooler';
import { type DatabasePoolerPlan, type DatabasePoolerSpec, databasePoolerPlan } from './database-pooler';

const seconds = ({ inMillis }: { readonly inMillis: number }): number => inMillis / 1000;

/** What is said about a pooler in the cluster by itself, beside `POOLER_CHECKS`. */
export const DATABASE_POOLER_CHECKS: readonly Check<DatabasePoolerPlan>[] = [
  {
    id: 'database-pooler-name-is-a-short-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name.length <= 40,
    rule: 'must be 1-40 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of the database and -pooler',
  },
  {
    id: 'database-pooler-outlives-a-pod',
    prop: 'replicas',
    holds: ({ replicas }) => isWholeWithin(replicas, 2, 20),
    rule: 'must be 2-20: with one pod, each drain of its node cuts everybody off',
    remedy: 'leave it out for 2',
  },
  {
    id: 'database-pooler-has-a-connection-for-each-pod',
    prop: 'serverConnections',
    holds: ({ serverConnections, replicas }) => serverConnections >= replicas,
    rule: ({ replicas }) => `must be at least ${replicas}, one for each pod`,
    remedy: 'use a few for each core of the database',
  },
  {
    id: 'database-pooler-exceptions-are-distinct',
    prop: 'except',
    holds: ({ except }) => duplicates(except).length === 0,
    rule: 'must name each service once',
    received: ({ except }) => duplicates(except),
    remedy: 'remove the second one',
  },
  {
    id: 'database-pooler-leaves-in-time',
    prop: 'leaveAfter',
    holds: ({ leaveAfter }) => isWholeWithin(seconds(leaveAfter), 1, 300),
    rule: 'must be 1 s to 5 min in whole seconds',
    remedy: 'leave it out for 15 s',
  },
  {
    id: 'database-pooler-drain-is-bounded',
    prop: 'drainFor',
    holds: ({ drainFor }) => isWholeWithin(seconds(drainFor), 1, 3600),
    rule: 'must be 1 s to 1 h in whole seconds',
    remedy: 'use what the longest transaction takes',
  },
  {
    id: 'database-pooler-uses-one-core',
    prop: 'cpu',
    holds: ({ cpu }) => Cpu.millis(10).isAtMost(cpu) && cpu.isAtMost(Cpu.cores(1)),
    rule: 'must be 10 millicores to 1 core: PgBouncer has one thread',
    remedy: 'raise replicas instead',
  },
  {
    id: 'database-pooler-has-memory',
    prop: 'memory',
    holds: ({ memory }) => memory === undefined || Memory.mib(64).isAtMost(memory),
    rule: 'must be 64 MiB or more',
    remedy: 'leave it out: it follows from the clients',
  },
];

/** Everything that is wrong with a declared pooler by itself. */
export function inspectDatabasePooler(path: string, spec: DatabasePoolerSpec): Finding[] {
  const plan = databasePoolerPlan(spec);
  return [...inspect(path, plan, POOLER_CHECKS), ...inspect(path, plan, DATABASE_POOLER_CHECKS)];
}
