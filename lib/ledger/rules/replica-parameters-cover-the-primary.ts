import type { Database } from '../facts';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { connectionRoom } from './connection-room';

/** A hot standby does not start, or stops to replay, with less of any of these than its primary has. */
const COVERED = [
  'max_connections',
  'max_worker_processes',
  'max_wal_senders',
  'max_prepared_transactions',
  'max_locks_per_transaction',
] as const;

/** A replica of PostgreSQL has at least its primary's share of what replay needs. */
export const replicaParametersCoverThePrimary: Rule = {
  id: 'replica-parameters-cover-the-primary',
  severity: 'error',
  protects: 'a replica with less than its primary pauses its replay, or does not come up when it is needed',
  formula: `${COVERED.join(', ')}: replica >= primary`,
  source: "PostgreSQL 17, 26.4.3 Administrator's Overview of hot standby",
  scenarios: ['ordinary'],
  judge: ({ databases }) =>
    databases.flatMap((replica) => {
      const primary = replica.replicaOf === undefined ? undefined : primaryOf(replica, databases);
      if (replica.replicaOf === undefined) return [];
      if (primary === undefined) return [unknown(replica.id, `its primary ${replica.replicaOf} among what is read`)];
      return primary.engine.includes('postgres') ? COVERED.map((name) => verdictOf(name, replica, primary)) : [];
    }),
};

/** By identifier, by address, or at the end of an ARN. */
const primaryOf = ({ replicaOf = '', id }: Database, databases: readonly Database[]): Database | undefined =>
  databases.find(
    (database) =>
      database.id !== id &&
      (database.name === replicaOf || database.id === replicaOf || replicaOf.endsWith(`:db:${database.name}`)),
  );

/** A number of its own, or what RDS works out of memory; undefined where nothing is written. */
function figureOf(name: (typeof COVERED)[number], database: Database, engine: string): number | undefined {
  const written = database.parameters[name];
  if (written !== undefined && /^\d+$/.test(written)) return Number(written);
  if (name !== 'max_connections' || written !== undefined) return undefined;
  return connectionRoom({ ...database, engine })?.max;
}

function verdictOf(name: (typeof COVERED)[number], replica: Database, primary: Database): Verdict {
  const subject = `${replica.id} ${name}`;
  const needed = figureOf(name, primary, primary.engine);
  const available = figureOf(name, replica, primary.engine);
  const evidence = [primary.evidence('/parameter_group_name'), replica.evidence('/parameter_group_name')];
  if (needed === undefined && available === undefined && isUnwritten(name, replica) && isUnwritten(name, primary)) {
    return replica.instanceClass === primary.instanceClass
      ? { outcome: 'holds', subject, evidence, arithmetic: `${name} is not written on either side of one class` }
      : unknown(subject, `${name} in both parameter groups: classes differ`);
  }
  if (needed === undefined || available === undefined) return unknown(subject, `${name} in both parameter groups`);
  return compared({
    subject,
    evidence,
    arithmetic: `${name} is ${available} here and ${needed} on ${primary.id}`,
    margin: {
      of: `${name} of ${replica.id}`,
      needed,
      available,
      unit: name === 'max_connections' ? 'connections' : 'slots',
    },
    remedy: () =>
      `raise ${name} of the replica from ${available} to ${needed} first, and after that of the primary whenever it grows`,
  });
}

const isUnwritten = (name: string, { parameters }: Database): boolean => parameters[name] === undefined;
