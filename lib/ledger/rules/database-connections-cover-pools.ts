import type { Database, Facts } from '../facts';
import type { Rule, Scenario, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { type ConnectionRoom, connectionRoom } from './connection-room';
import { connectionsOpened } from './connections-opened';
import { lostPool, waysToOpenFewer } from './pool-demand';
import { type Pooler, poolersOf } from './poolers';

const POOLS_NEEDED = 'the pools of its clients (annotation headroom.dev/pool, or pools of a workload in --assumptions)';

/** Every process and pool at once, also while a release doubles them, stays within what the server grants. */
export const databaseConnectionsCoverPools: Rule = {
  id: 'database-connections-cover-pools',
  severity: 'error',
  protects: 'pods that scaled out or are being released are refused by the database, and so is everybody else',
  formula:
    'sum of pods x processes x pool size, at maxima and with the largest release (all releases in a promotion), behind a ' +
    'PgBouncer its pods x server connections instead, <= max_connections - reserved connections',
  source:
    'PostgreSQL 17, 20.3 Connections and Authentication; RDS user guide, maximum number of connections; pgbouncer.org config.html',
  scenarios: ['ordinary', 'promotion'],
  judge: (facts, scenario) => {
    const poolers = poolersOf(facts);
    return facts.databases.map((database) => verdictOf(facts, database, poolers, scenario));
  },
};

function verdictOf(facts: Facts, database: Database, poolers: readonly Pooler[], scenario: Scenario): Verdict {
  const opened = connectionsOpened(facts, database, poolers, scenario);
  if (opened === undefined) return unknown(database.id, POOLS_NEEDED);
  const { users, own, total: needed, pooled, words } = opened;
  const open = own.find(({ isOpenEnded }) => isOpenEnded);
  if (open !== undefined) return unknown(database.id, `max_db_connections in the configuration of ${open.workload.id}`);
  const room = connectionRoom(database);
  if (room === undefined)
    return unknown(database.id, 'max_connections in its parameter group, or a class that is known');
  const available = room.max - room.reserved;
  const lost = lostPool(facts);
  if (lost !== undefined && needed <= available) return unknown(database.id, lost);
  return compared({
    subject: database.id,
    evidence: [
      database.evidence('/parameter_group_name'),
      ...own.map(({ evidence }) => evidence),
      ...users.map(({ autoscaler, workload }) =>
        autoscaler === undefined ? workload.evidence('/spec/replicas') : autoscaler.evidence('/spec/maxReplicas'),
      ),
    ],
    arithmetic: `${words} = ${needed} of ${available} connections (${roomWords(room)})`,
    margin: { of: `connections of ${database.id}`, needed, available, unit: 'connections' },
    remedy: () =>
      [
        `raise max_connections from ${room.max} to ${needed + room.reserved} where memory allows it`,
        ...waysToOpenFewer(users, available - pooled, scenario),
        ...(own.length === 0 ? ['put a PgBouncer in between'] : []),
      ].join(', or '),
    ...(scenario === 'promotion' && { severity: 'warning' as const }),
  });
}

const roomWords = ({ max, reserved, isWritten }: ConnectionRoom): string =>
  `${max}${isWritten ? '' : ' of the memory that its formula sees'} less ${reserved} reserved`;
