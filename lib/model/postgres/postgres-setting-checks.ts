import { POSTGRES_PARAMETERS, type PostgresParameter } from '../../catalog';
import type { Check } from '../../check';
import { Memory } from '../../units';
import type { PostgresPlan } from './postgres';
import { type PostgresSetting, settingAmount } from './postgres-settings';

const factOf = ({ name }: PostgresSetting): PostgresParameter => POSTGRES_PARAMETERS.facts[name];

const UNIT_NAMES: Readonly<Partial<Record<PostgresParameter['unit'], string>>> = {
  '8kB': ' pages of 8 kB',
  kB: ' kB',
  MB: ' MB',
  ms: ' ms',
};

const unitOf = (setting: PostgresSetting): string => UNIT_NAMES[factOf(setting).unit] ?? '';

/** Each declared parameter by itself. */
export const POSTGRES_SETTING_CHECKS: readonly Check<PostgresSetting>[] = [
  {
    id: 'postgres-parameter-is-in-range',
    prop: ({ prop }) => prop,
    holds: (setting) => {
      const { min, max } = factOf(setting);
      const amount = settingAmount(setting);
      return amount >= min && amount <= max;
    },
    rule: (setting) => `must be from ${factOf(setting).min} to ${factOf(setting).max}${unitOf(setting)}`,
    received: ({ value }) => value,
    remedy: "leave it out for the engine's own value",
  },
  {
    id: 'postgres-parameter-is-whole',
    prop: ({ prop }) => prop,
    holds: (setting) => factOf(setting).unit === 'ratio' || Number.isInteger(settingAmount(setting)),
    rule: (setting) =>
      `must be a whole number${unitOf(setting) && ` of${unitOf(setting)}`}: ${setting.name} has no parts of it`,
    received: ({ value }) => value,
    remedy: 'round it to a whole one',
  },
];

/** What RDS reckons one connection takes of the instance's memory, in its own default of `max_connections`. */
const BYTES_PER_CONNECTION = 9_531_392;

/** RDS' default for `max_connections` never exceeds this. */
const MOST_DEFAULT_CONNECTIONS = 5000;

/**
 * RDS' default for `max_connections`: `LEAST(memory / 9531392, 5000)`. It reads the memory that is left after the
 * operating system took its part, so that the true figure lies some percent below the one for nominal memory.
 */
export const defaultMaxConnections = (memory: Memory): number =>
  Math.min(Math.floor(memory.inBytes / BYTES_PER_CONNECTION), MOST_DEFAULT_CONNECTIONS);

/** A plan beside the memory it runs in. */
export interface PostgresInMemory {
  /** The database with its defaults. */
  readonly plan: PostgresPlan;
  /** Nominal memory of its instance class. */
  readonly memory: Memory;
}

/** Share of memory that `shared_buffers` may take before the system's own cache suffers. */
const SHARED_BUFFERS_SHARE = { numerator: 40, denominator: 100 };

/** RDS' default for `shared_buffers` is a quarter of memory. */
const sharedBuffers = ({ plan, memory }: PostgresInMemory): Memory =>
  plan.parameters.sharedBuffers ?? memory.share(1, 4);

/** The engine's default. */
const WORK_MEM = Memory.mib(4);

const sorts = ({ plan }: PostgresInMemory): number =>
  plan.maxConnections * (plan.parameters.workMem ?? WORK_MEM).inBytes;

const mib = (bytes: number): string => `${Math.ceil(bytes / Memory.mib(1).inBytes)}Mi`;

/** The declared parameters against the memory of the instance or container. */
export const POSTGRES_MEMORY_CHECKS: readonly Check<PostgresInMemory>[] = [
  {
    id: 'postgres-connections-fit-memory',
    prop: 'maxConnections',
    severity: 'warning',
    holds: ({ plan, memory }) => plan.maxConnections <= defaultMaxConnections(memory),
    rule: ({ memory }) =>
      `should be at most ${defaultMaxConnections(memory)}: ${memory} / ${BYTES_PER_CONNECTION} bytes, ` +
      `never above ${MOST_DEFAULT_CONNECTIONS}`,
    received: ({ plan }) => plan.maxConnections,
    remedy: 'put a pooler in front or take more memory',
  },
  {
    id: 'postgres-starts-in-memory',
    prop: 'parameters.sharedBuffers',
    holds: (subject) => sharedBuffers(subject).inBytes < subject.memory.inBytes,
    rule: ({ memory }) => `must be below the memory of ${memory}, or the server does not start`,
    received: sharedBuffers,
    remedy: 'use a quarter of the memory',
  },
  {
    id: 'postgres-leaves-memory-to-the-system',
    prop: 'parameters.sharedBuffers',
    severity: 'warning',
    holds: (subject) =>
      sharedBuffers(subject).isAtMost(
        subject.memory.share(SHARED_BUFFERS_SHARE.numerator, SHARED_BUFFERS_SHARE.denominator),
      ),
    rule: ({ memory }) => `should be at most 40 % of ${memory}`,
    received: sharedBuffers,
    remedy: 'use a quarter of the memory: pages are cached by the system as well',
  },
  {
    id: 'postgres-sorts-fit-memory',
    prop: 'parameters.workMem',
    severity: 'warning',
    holds: (subject) => sharedBuffers(subject).inBytes + sorts(subject) <= subject.memory.inBytes,
    rule: (subject) =>
      `should leave room for one sort in each connection: ${subject.plan.maxConnections} of them take ` +
      `${mib(sorts(subject))}, shared buffers ${mib(sharedBuffers(subject).inBytes)}, of ${subject.memory}`,
    received: ({ plan }) => plan.parameters.workMem ?? WORK_MEM,
    remedy: 'lower it, lower maxConnections or take more memory',
  },
];

/** The engine's defaults. */
const WORKERS = 8;

/** Parameters against one another. */
export const POSTGRES_RELATION_CHECKS: readonly Check<PostgresPlan['parameters']>[] = [
  {
    id: 'postgres-wal-bounds-are-ordered',
    prop: 'parameters.minWalSize',
    severity: 'warning',
    holds: ({ minWalSize, maxWalSize }) => !minWalSize || !maxWalSize || minWalSize.isAtMost(maxWalSize),
    rule: ({ maxWalSize }) => `should be at most maxWalSize, ${maxWalSize}`,
    received: ({ minWalSize }) => minWalSize,
    remedy: 'lower it, or raise maxWalSize',
  },
  {
    id: 'postgres-parallel-workers-have-processes',
    prop: 'parameters.maxParallelWorkers',
    severity: 'warning',
    holds: ({ maxParallelWorkers = 0, maxWorkerProcesses = WORKERS }) => maxParallelWorkers <= maxWorkerProcesses,
    rule: ({ maxWorkerProcesses = WORKERS }) =>
      `should be at most maxWorkerProcesses, ${maxWorkerProcesses}: more never start`,
    received: ({ maxParallelWorkers }) => maxParallelWorkers,
    remedy: 'raise maxWorkerProcesses',
  },
  {
    id: 'postgres-gathers-have-parallel-workers',
    prop: 'parameters.maxParallelWorkersPerGather',
    severity: 'warning',
    holds: ({ maxParallelWorkersPerGather = 0, maxParallelWorkers = WORKERS }) =>
      maxParallelWorkersPerGather <= maxParallelWorkers,
    rule: ({ maxParallelWorkers = WORKERS }) =>
      `should be at most maxParallelWorkers, ${maxParallelWorkers}: more never start`,
    received: ({ maxParallelWorkersPerGather }) => maxParallelWorkersPerGather,
    remedy: 'raise maxParallelWorkers',
  },
];
