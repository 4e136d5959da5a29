import { type Check, type Finding, inspect } from '../../check';
import { type PostgresSpec, postgresPlan } from './postgres';
import { REPLAY_SETTINGS } from './postgres-replay-settings';
import { type PostgresReplicaSpec, replicaPlan } from './postgres-replica';
import { postgresMajor } from './postgres-version-checks';

/** One setting of a primary, and what a replica of it starts with. */
interface FirstStart {
  readonly prop: string;
  /** PostgreSQL major, which names the group. */
  readonly major: string;
  /** What the primary has. */
  readonly there: number;
  /** What the replica surely has. */
  readonly least: number;
  /** What the replica has at best. */
  readonly most: number;
}

const REMEDY =
  'lower it until the replica stands; then raise it at the replica, say established there, and raise it here again';

/**
 * RDS creates a PostgreSQL replica of another region with `default.postgresNN` and takes no group in that call; Terraform
 * applies the declared one afterwards. A standby with less room than its primary stops recovery, and so is never created.
 */
export const POSTGRES_REPLICA_START_CHECKS: readonly Check<FirstStart>[] = [
  {
    id: 'postgres-replica-starts-with-its-primarys-room',
    prop: ({ prop }) => prop,
    holds: ({ there, most }) => there <= most,
    rule: ({ major, most }) =>
      `must be at most ${most} while a replica is created in another region: RDS starts it under default.postgres${major}, ` +
      'and with less than its primary it stops',
    received: ({ there }) => there,
    remedy: REMEDY,
  },
  {
    id: 'postgres-replica-starts-with-room-to-spare',
    prop: ({ prop }) => prop,
    severity: 'warning',
    holds: ({ there, least, most }) => !(there > least && there <= most),
    rule: ({ major, least }) =>
      `should be at most ${least} while a replica is created in another region: RDS starts it under ` +
      `default.postgres${major}, which reckons with the memory that the operating system leaves`,
    received: ({ there }) => there,
    remedy: REMEDY,
  },
];

/** What keeps a replica in another region than its primary from being created; nothing once it is established or promoted. */
export function inspectFirstStart(path: string, replica: PostgresReplicaSpec, primary: PostgresSpec): Finding[] {
  const [plan, source] = [replicaPlan(replica, primary), postgresPlan(primary)];
  if (plan.established || plan.promoted) return [];
  return REPLAY_SETTINGS.flatMap(({ prop, inForce, byDefault }) => {
    const start = byDefault(plan);
    if (start === undefined) return [];
    const setting = { prop: `primary.${prop}`, major: postgresMajor(plan.version), there: inForce(source), ...start };
    return inspect<FirstStart>(path, setting, POSTGRES_REPLICA_START_CHECKS);
  });
}
