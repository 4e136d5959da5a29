import { type Check, type Finding, inspect, isWholeWithin } from '../../check';
import { Memory } from '../../units';
import { STORE_CHECKS } from '../store/store-checks';
import { BACKEND_MEMORY, POSTGRES_MEMORY_DEFAULTS as DEFAULTS } from './postgres-memory';
import {
  LEAST_SHARED_MEMORY,
  type PostgresServerPlan,
  type PostgresServerSpec,
  postgresServerPlan,
} from './postgres-server';
import { POSTGRES_RELATION_CHECKS, POSTGRES_SETTING_CHECKS } from './postgres-setting-checks';
import { postgresSettings } from './postgres-settings';
import { POSTGRES_SLOT_CHECKS } from './postgres-slot-checks';
import { isReservedWord } from './reserved-words';

/** Databases that every server has, or that RDS keeps: a name must work in both. */
const TAKEN_NAMES: readonly string[] = ['postgres', 'template0', 'template1', 'db', 'rdsadmin'];

/** The engine's default. */
const MAX_WAL_SIZE = Memory.gib(1);

const sharedBuffers = ({ parameters }: PostgresServerPlan): Memory =>
  parameters.sharedBuffers ?? DEFAULTS.sharedBuffers;
const workMem = ({ parameters }: PostgresServerPlan): Memory => parameters.workMem ?? DEFAULTS.workMem;
const maintenance = ({ parameters }: PostgresServerPlan): Memory =>
  (parameters.maintenanceWorkMem ?? DEFAULTS.maintenanceWorkMem).times(DEFAULTS.autovacuumWorkers);

/** What has a size before anybody connects. */
const fixed = (plan: PostgresServerPlan): number => sharedBuffers(plan).inBytes + plan.sharedMemory.inBytes;

/** Every connection in use, each with one sort, while every vacuum worker runs. */
const peak = (plan: PostgresServerPlan): number =>
  fixed(plan) + maintenance(plan).inBytes + plan.maxConnections * (BACKEND_MEMORY.inBytes + workMem(plan).inBytes);

const mib = (bytes: number): string => `${Math.ceil(bytes / Memory.mib(1).inBytes)}Mi`;

const smallestVolume = ({ parameters }: PostgresServerPlan): Memory =>
  (parameters.maxWalSize ?? MAX_WAL_SIZE).times(2).plus(Memory.gib(1));

/** What is said about the server beside its parameters and what every store has. */
export const POSTGRES_SERVER_CHECKS: readonly Check<PostgresServerPlan>[] = [
  {
    id: 'postgres-server-database-is-allowed',
    prop: 'databaseName',
    holds: ({ databaseName }) =>
      /^[A-Za-z]\w{0,62}$/.test(databaseName) &&
      !TAKEN_NAMES.includes(databaseName.toLowerCase()) &&
      !isReservedWord(databaseName),
    rule: `must be 1-63 letters, digits or underscores, a letter first, no key word and none of ${TAKEN_NAMES.join(', ')}`,
    remedy: 'use the name that the database has on RDS',
  },
  {
    id: 'postgres-server-shared-memory-is-in-range',
    prop: 'sharedMemory',
    holds: ({ sharedMemory, memory }) =>
      LEAST_SHARED_MEMORY.isAtMost(sharedMemory) && sharedMemory.isAtMost(memory.share(1, 2)),
    rule: ({ memory }) => `must be from ${LEAST_SHARED_MEMORY} to half of memory, ${memory.share(1, 2)}`,
    remedy: 'leave it out for an eighth of memory',
  },
  {
    id: 'postgres-server-starts-in-memory',
    prop: 'parameters.sharedBuffers',
    holds: (plan) => fixed(plan) < plan.memory.inBytes,
    rule: ({ memory, sharedMemory }) =>
      `must leave something of memory, ${memory}, of which ${sharedMemory} are for parallel workers`,
    received: sharedBuffers,
    remedy: 'use a quarter of memory',
  },
  {
    id: 'postgres-server-connections-fit-memory',
    prop: 'maxConnections',
    severity: 'warning',
    holds: (plan) => peak(plan) <= plan.memory.inBytes,
    rule: (plan) =>
      `should fit memory, ${plan.memory}, when all are used: shared buffers ${mib(sharedBuffers(plan).inBytes)}, ` +
      `parallel workers ${mib(plan.sharedMemory.inBytes)}, vacuum ${mib(maintenance(plan).inBytes)} and ` +
      `${plan.maxConnections} times ${mib(BACKEND_MEMORY.inBytes)} and ${mib(workMem(plan).inBytes)} to sort in ` +
      `are ${mib(peak(plan))}`,
    remedy: 'put a pooler in front, lower it, or take more memory',
  },
  {
    id: 'postgres-server-volume-holds-its-log',
    prop: 'storage',
    severity: 'warning',
    holds: (plan) => smallestVolume(plan).isAtMost(plan.storage),
    rule: (plan) =>
      `should be at least ${smallestVolume(plan)}, twice the write-ahead log between checkpoints and 1Gi: ` +
      'a full volume stops the server',
    remedy: 'raise it, or lower parameters.maxWalSize',
  },
  {
    id: 'postgres-server-role-password-version-counts',
    prop: 'rolePasswordVersion',
    holds: ({ rolePasswordVersion = 1 }) => isWholeWithin(rolePasswordVersion, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be a whole number of at least 1',
    remedy: 'start at 1 and add 1 for each set of new passwords',
  },
];

/** Everything that is wrong with a declared server. */
export function inspectPostgresServer(path: string, spec: PostgresServerSpec): Finding[] {
  const plan = postgresServerPlan(spec);
  return [
    ...inspect(path, plan, STORE_CHECKS),
    ...inspect<PostgresServerPlan>(path, plan, POSTGRES_SERVER_CHECKS),
    ...postgresSettings(plan).flatMap((setting) => inspect(path, setting, POSTGRES_SETTING_CHECKS)),
    ...inspect(path, plan.parameters, POSTGRES_RELATION_CHECKS),
    ...inspect(path, plan, POSTGRES_SLOT_CHECKS),
  ];
}
