import { BACKEND_MEMORY, POSTGRES_MEMORY_DEFAULTS as DEFAULTS } from '../../model/postgres/postgres-memory';
import type { Database, Facts, Workload } from '../facts';
import { bytes, MIB } from '../facts/amounts';
import { at, listAt, textAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { postgresBytes } from '../texts/postgres-amounts';
import { compared, unknown } from './compared';
import { connectionsOpened } from './connections-opened';
import { lostPool } from './pool-demand';
import { type Pooler, poolersOf } from './poolers';

/** A server has memory for every connection that it grants. */
export const databaseMemoryCoversItsConnections: Rule = {
  id: 'database-memory-covers-its-connections',
  severity: 'warning',
  protects: 'once clients use the connections that were granted, the kernel ends the server, and all of them are gone',
  formula:
    'shared_buffers + volumes in memory + autovacuum workers x maintenance_work_mem + connections x (8 Mi of a process + work_mem) ' +
    '<= memory of the class, or limit of the container; connections: what pools open at most, else max_connections, where it is written',
  source: 'PostgreSQL 17, 20.4 Resource Consumption; RDS user guide, "RDS for PostgreSQL memory"',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const workloads = new Map(facts.workloads.map((workload) => [workload.id, workload]));
    const poolers = poolersOf(facts);
    return facts.databases
      .filter(({ engine, parameters }) => engine === 'postgres' && /^\d+$/.test(parameters.max_connections ?? ''))
      .map((database) => verdictOf(facts, database, workloads.get(database.id), poolers));
  },
};

/** Amounts of a server; undefined where one is written in a way that is not understood. */
interface Amounts {
  readonly shared: number;
  readonly volumes: number;
  readonly vacuum: number;
  readonly workers: number;
  readonly sort: number;
}

function verdictOf(
  facts: Facts,
  database: Database,
  workload: Workload | undefined,
  poolers: readonly Pooler[],
): Verdict {
  const { id: subject, memoryBytes: memory, parameters } = database;
  const inPod = workload !== undefined;
  if (memory === undefined)
    return unknown(subject, inPod ? 'a memory limit of its container' : 'a class that is known');
  const amounts = amountsOf(database, memory, workload);
  if (amounts === undefined) return unknown(subject, 'shared_buffers, work_mem and maintenance_work_mem as amounts');
  const granted = Number(parameters.max_connections);
  const opened = lostPool(facts) === undefined ? connectionsOpened(facts, database, poolers, 'promotion') : undefined;
  const isOpenEnded = opened?.own.some((pooler) => pooler.isOpenEnded) === true;
  const connections = opened === undefined || isOpenEnded ? granted : Math.min(granted, opened.total);
  const { shared, volumes, vacuum, workers, sort } = amounts;
  const fixed = shared + volumes + workers * vacuum;
  const each = BACKEND_MEMORY.inBytes + sort;
  const needed = fixed + connections * each;
  const terms = [
    `shared buffers ${mib(shared)} Mi`,
    ...(volumes > 0 ? [`volumes in memory ${mib(volumes)} Mi`] : []),
    `vacuum ${workers} x ${mib(vacuum)} Mi`,
    `${connections} connections${connections < granted ? ` of pools (${granted} are granted)` : ''} x (${mib(BACKEND_MEMORY.inBytes)} Mi of a process + ${mib(sort)} Mi to sort in)`,
  ];
  return compared({
    subject,
    evidence: [database.evidence(inPod ? '/args' : '/parameter_group_name')],
    arithmetic: `${terms.join(' + ')} = ${mib(needed)} of ${Math.floor(memory / MIB)} Mi`,
    margin: { of: `memory of ${subject}`, needed: mib(needed), available: Math.floor(memory / MIB), unit: 'Mi' },
    remedy: () => {
      const fitting = Math.floor((memory - fixed) / each);
      return [
        ...(fitting > 0 ? [`lower max_connections from ${granted} to ${fitting}`] : []),
        ...(opened !== undefined && opened.own.length > 0 ? [] : ['put a PgBouncer in between']),
        `give it ${mib(needed)} Mi`,
      ].join(', or ');
    },
  });
}

const mib = (amount: number): number => Math.ceil(amount / MIB);

function amountsOf(database: Database, memory: number, workload: Workload | undefined): Amounts | undefined {
  const { parameters, instanceClass } = database;
  const read = (name: string, otherwise: number): number | undefined => {
    const written = parameters[name];
    return written === undefined ? otherwise : postgresBytes(name, written, memory);
  };
  // RDS starts with a quarter of memory
  const shared = read('shared_buffers', instanceClass === undefined ? DEFAULTS.sharedBuffers.inBytes : memory / 4);
  const maintenance = read('maintenance_work_mem', DEFAULTS.maintenanceWorkMem.inBytes);
  const isOwn = parameters.autovacuum_work_mem !== undefined && parameters.autovacuum_work_mem !== '-1';
  const vacuum = isOwn ? read('autovacuum_work_mem', 0) : maintenance;
  const sort = read('work_mem', DEFAULTS.workMem.inBytes);
  if (shared === undefined || vacuum === undefined || sort === undefined) return undefined;
  const workers = Number(parameters.autovacuum_max_workers ?? DEFAULTS.autovacuumWorkers);
  if (!Number.isInteger(workers)) return undefined;
  return { shared, volumes: memoryVolumes(workload), vacuum, workers, sort };
}

/** Files in memory count against the limit of the container that writes them. */
const memoryVolumes = (workload: Workload | undefined): number =>
  listAt(workload?.pod, 'volumes')
    .filter((volume) => textAt(volume, 'emptyDir', 'medium') === 'Memory')
    .reduce<number>((sum, volume) => sum + (bytes(at(volume, 'emptyDir', 'sizeLimit')) ?? 0), 0);
