import { type Check, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import type { Memory } from '../../units';
import {
  type NoFinalSnapshot,
  type PostgresParameters,
  type PostgresPlan,
  type PostgresSpec,
  postgresPlan,
} from './postgres';
import { inspectTuning, POSTGRES_CHECKS } from './postgres-checks';
import { REPLAY_SETTINGS } from './postgres-replay-settings';
import { postgresMajor } from './postgres-version-checks';

/** What a replica may say for itself in the words of its primary. */
type Own =
  | 'name'
  | 'instanceClass'
  | 'maxConnections'
  | 'multiAz'
  | 'roleRotation'
  | 'port'
  | 'backupRetention'
  | 'deletionProtection'
  | 'secretRecoveryWindow'
  | 'backupWindow'
  | 'maintenanceWindow';

/**
 * A copy of an RDS database that follows it, for a region that reads or takes over. It has the primary's version, data and
 * storage; whatever else it leaves out follows the primary's declaration, but for the final snapshot, the passwords and the
 * windows, which lie in the night of its own region.
 */
export interface PostgresReplicaSpec extends Pick<PostgresSpec, Own> {
  /** Tells it from a database of its own. */
  readonly kind: 'replica';
  /** What it follows: a database with a writer, by the names of its environment and of itself (DNS labels). */
  readonly of: { readonly environment: string; readonly database: string };
  /**
   * Storage it may grow to by itself (whole GiB), at least the primary's: a full replica stops following.
   * @default - the primary's
   */
  readonly maxStorage?: Memory;
  /** Server parameters that differ from the primary's. @default - the primary's */
  readonly parameters?: PostgresParameters;
  /**
   * It takes writes and follows nothing any more. RDS turns no database back into a replica: a new one is made instead.
   * @default false
   */
  readonly promoted?: boolean;
  /**
   * It stands and runs with its own parameters, so that settings of its primary may exceed those that RDS creates a replica
   * of another region with. One that is made anew says `false` again.
   * @default false
   */
  readonly established?: boolean;
  /**
   * Name of the snapshot that remains after deletion once it is promoted; RDS makes none of a replica, whose data is the
   * primary's. `{ noneBecause }` leaves nothing behind, and is refused beside `deletionProtection`.
   * @default - the name of the instance and `-final`
   */
  readonly finalSnapshot?: string | NoFinalSnapshot;
}

/** A declared replica, with all that it takes over. */
export type ReplicaPlan = Omit<PostgresPlan, 'kind' | Primarys> &
  Required<Pick<PostgresReplicaSpec, 'of' | 'promoted' | 'established'>>;

/** What only the primary has. */
type Primarys = 'passwordVersion' | 'rolePasswordVersion';

/** What a replica is, next to its primary: its own words first, then the primary's, then the defaults of both. */
export function replicaPlan(replica: PostgresReplicaSpec, primary: PostgresSpec): ReplicaPlan {
  const { kind: _replica, of, promoted = false, established = false, ...own } = replica;
  const {
    kind: _instance,
    finalSnapshot: _snapshot,
    passwordVersion: _password,
    rolePasswordVersion: _rolePassword,
    backupWindow: _backup,
    maintenanceWindow: _maintenance,
    ...followed
  } = primary;
  const parameters = withDefaults(primary.parameters ?? {}, replica.parameters ?? {});
  const spec = withDefaults<Partial<PostgresSpec>, typeof followed>(followed, own);
  return { ...postgresPlan({ ...spec, parameters }), of, promoted, established };
}

/** A replica and what it follows, each with its defaults. */
interface Pair {
  readonly replica: ReplicaPlan;
  readonly primary: PostgresPlan;
}

/** One setting that sizes what replay needs. */
interface SharedSetting {
  readonly prop: string;
  readonly here: number;
  readonly there: number;
}

/** What is asked of each setting that a server replays its primary's log with. */
export const POSTGRES_REPLICA_SETTING_CHECKS: readonly Check<SharedSetting>[] = [
  {
    id: 'postgres-replica-has-its-primarys-room',
    prop: ({ prop }) => prop,
    holds: ({ here, there }) => here >= there,
    rule: ({ there }) => `must be at least the primary's, ${there}, or replay stops and the server with it`,
    received: ({ here }) => here,
    remedy: 'raise it here first, and at the primary when the replica has restarted',
  },
];

/** What is asked of a replica by what it follows. */
export const POSTGRES_REPLICA_CHECKS: readonly Check<Pair>[] = [
  {
    id: 'postgres-replica-source-is-named',
    prop: 'of',
    holds: ({ replica: { of } }) => isDnsLabel(of.environment) && isDnsLabel(of.database),
    rule: 'must name an environment and a database of it, both DNS labels',
    received: ({ replica: { of } }) => `${of.environment}/${of.database}`,
    remedy: "use names such as { environment: 'production', database: 'main' }",
  },
  {
    id: 'postgres-replica-grows-with-its-primary',
    prop: 'maxStorage',
    holds: ({ replica, primary }) =>
      primary.maxStorage === undefined ||
      (replica.maxStorage !== undefined && primary.maxStorage.isAtMost(replica.maxStorage)),
    rule: ({ primary }) => `must be at least the primary's, ${primary.maxStorage}: a full replica stops following`,
    received: ({ replica }) => replica.maxStorage,
    remedy: "leave it out for the primary's",
  },
  {
    id: 'postgres-replica-can-be-backed-up',
    prop: 'of',
    holds: ({ primary }) => Number(postgresMajor(primary.version)) >= 14,
    rule: 'must be PostgreSQL 14 or newer: RDS keeps no automated backups of older replicas',
    received: ({ primary }) => `version ${primary.version}`,
    remedy: 'upgrade the primary first',
  },
];

/** Everything that is wrong with a replica by itself and against its primary; what it takes over is inspected there. */
export function inspectReplica(path: string, replica: PostgresReplicaSpec, primary: PostgresSpec): Finding[] {
  const pair: Pair = { replica: replicaPlan(replica, primary), primary: postgresPlan(primary) };
  const declared = Object.entries(replica).flatMap(([prop, value]) => (value === undefined ? [] : [prop]));
  const settings = REPLAY_SETTINGS.map(
    ({ prop, inForce }): SharedSetting => ({ prop, here: inForce(pair.replica), there: inForce(pair.primary) }),
  );
  return [
    ...inspect<PostgresPlan>(path, pair.replica, POSTGRES_CHECKS).filter(({ prop }) => declared.includes(prop)),
    ...inspectTuning(path, pair.replica),
    ...settings.flatMap((setting) => inspect(path, setting, POSTGRES_REPLICA_SETTING_CHECKS)),
    ...inspect(path, pair, POSTGRES_REPLICA_CHECKS),
  ];
}
