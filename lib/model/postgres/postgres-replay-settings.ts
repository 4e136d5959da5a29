import { rdsClass } from '../../catalog';
import { Memory } from '../../units';
import type { PostgresPlan } from './postgres';
import { defaultMaxConnections } from './postgres-setting-checks';
import { postgresMajor } from './postgres-version-checks';

/** What decides the settings that a server replays a log with. */
export type ReplaySettings = Pick<PostgresPlan, 'maxConnections' | 'parameters' | 'instanceClass' | 'version'>;

/** What RDS gives a server that runs with `default.postgresNN`. */
type Bare = Pick<ReplaySettings, 'instanceClass' | 'version'>;

/** One setting that must be at least as large at a replica as at its primary. */
export interface ReplaySetting {
  /** Where it is declared: `parameters.maxWalSenders`. */
  readonly prop: string;
  /** The declared value, or RDS' own. */
  readonly inForce: (settings: ReplaySettings) => number;
  /** RDS' own, as far as the class is known: at least `least`, and at most `most`. */
  readonly byDefault: (server: Bare) => { readonly least: number; readonly most: number } | undefined;
}

const exactly = (value: number) => ({ least: value, most: value });

/** RDS reckons with the memory that the operating system leaves of the nominal one, in percent. */
const MEMORY_LEFT = 94;

function connections({ instanceClass }: Bare) {
  const known = rdsClass(instanceClass);
  if (known === undefined) return undefined;
  const memory = Memory.mib(known.memoryMib);
  return { least: defaultMaxConnections(memory.share(MEMORY_LEFT, 100)), most: defaultMaxConnections(memory) };
}

/** `GREATEST(2 * vCPU, 8)`. */
function workers({ instanceClass }: Bare) {
  const known = rdsClass(instanceClass);
  return known && exactly(Math.max(8, 2 * known.vcpus));
}

/** 20 up to PostgreSQL 15, 35 from 16 on. */
const senders = ({ version }: Bare) => exactly(Number(postgresMajor(version)) >= 16 ? 35 : 20);

/**
 * Source: PostgreSQL manual, "Hot Standby", administrator's overview; Amazon RDS user guide, "How streaming replication works
 * for different RDS for PostgreSQL versions", for the defaults.
 */
export const REPLAY_SETTINGS: readonly ReplaySetting[] = [
  { prop: 'maxConnections', inForce: ({ maxConnections }) => maxConnections, byDefault: connections },
  {
    prop: 'parameters.maxWorkerProcesses',
    inForce: (settings) => settings.parameters.maxWorkerProcesses ?? workers(settings)?.most ?? 8,
    byDefault: workers,
  },
  {
    prop: 'parameters.maxWalSenders',
    inForce: (settings) => settings.parameters.maxWalSenders ?? senders(settings).most,
    byDefault: senders,
  },
  {
    prop: 'parameters.maxPreparedTransactions',
    inForce: ({ parameters }) => parameters.maxPreparedTransactions ?? 0,
    byDefault: () => exactly(0),
  },
  {
    prop: 'parameters.maxLocksPerTransaction',
    inForce: ({ parameters }) => parameters.maxLocksPerTransaction ?? 64,
    byDefault: () => exactly(64),
  },
];
