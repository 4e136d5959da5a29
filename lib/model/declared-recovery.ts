import { Duration } from '../units';
import { regionPairs } from './edge/edge-names';
import { ALIAS_TTL, timeToDetect } from './edge/failover';
import type { EnvironmentSpec, PlatformSpec } from './environment';
import { databaseThresholds } from './operations/database-thresholds';
import { type PostgresPlan, postgresPlan } from './postgres/postgres';
import { type PostgresReplicaSpec, replicaPlan } from './postgres/postgres-replica';
import type { BackupsSpec } from './recovery/backups';
import type { DeclaredCopy, RecoverySpec } from './recovery/recovery';
import { primaryOf } from './replica-relation-checks';
import { isInstance, isReplica } from './stores';

/** An RDS database that takes writes: an instance, or a replica that was promoted. */
export type WriterSpec = Pick<
  PostgresPlan,
  'name' | 'multiAz' | 'backupRetention' | 'backupWindow' | 'maintenanceWindow'
>;

/** Databases of an environment that take writes, which alone can be backed up; in the order of declaration. */
export const writersIn = (platform: PlatformSpec, { databases }: EnvironmentSpec): WriterSpec[] =>
  databases.flatMap((database): WriterSpec[] => {
    if (isInstance(database)) return [postgresPlan(database)];
    if (!isReplica(database) || database.promoted !== true) return [];
    const primary = primaryOf(platform, database)?.database;
    return primary === undefined ? [] : [replicaPlan(database, primary)];
  });

/** An environment that goes on when another one's region is lost, and the replica that it promotes, if it has one. */
export interface Successor {
  readonly environment: EnvironmentSpec;
  readonly replica?: PostgresReplicaSpec;
}

const replicaIn = ({ databases }: EnvironmentSpec, of: EnvironmentSpec, database: string) =>
  databases
    .filter(isReplica)
    .find(
      ({ of: source, promoted = false }) => !promoted && source.environment === of.name && source.database === database,
    );

/**
 * What takes over for a database: the environment that stands by for its own, else one of another region that reads a copy,
 * the region of the backups' copies first.
 */
export function successorOf(
  { environments }: PlatformSpec,
  environment: EnvironmentSpec,
  database: string,
): Successor | undefined {
  const elsewhere = environments.filter(({ region }) => region !== environment.region);
  const readers = elsewhere.filter((other) => replicaIn(other, environment, database) !== undefined);
  const successor =
    elsewhere.find(({ standbyFor }) => standbyFor === environment.name) ??
    readers.find(({ region }) => region === environment.backups?.copyRegion) ??
    readers[0];
  if (successor === undefined) return undefined;
  const replica = replicaIn(successor, environment, database);
  return { environment: successor, ...(replica && { replica }) };
}

/** Whether its services run already: none waits for its first pod. */
const isWarm = ({ services }: EnvironmentSpec): boolean =>
  services.length > 0 && services.every(({ scaling }) => scaling.min > 0);

/** Time in which AWS Backup starts what is due. */
export const BACKUP_START_WINDOW = Duration.hours(1);

/** Time between backups of databases, and how long they are kept, unless the declaration says otherwise. */
export const BACKUP_INTERVAL = Duration.hours(6);
export const BACKUP_RETENTION = Duration.days(30);

const copiesOf = ({ copyRegion, lock, otherAccount }: BackupsSpec, region: string): DeclaredCopy[] => [
  { region: copyRegion, locked: lock?.mode === 'compliance' },
  ...(otherAccount === undefined
    ? []
    : [{ region, otherAccount: true, locked: otherAccount.lock?.mode === 'compliance' }]),
];

/** Whether DNS asks after an environment and leads its users elsewhere, once it is told to. */
export const isFailedOver = (platform: PlatformSpec, { name }: EnvironmentSpec): boolean =>
  platform.dns !== undefined && regionPairs(platform).some(({ primary }) => primary.name === name);

/** Lag of a replica at which somebody is woken. */
const lagOf = ({ operations }: EnvironmentSpec): Duration =>
  databaseThresholds(operations?.thresholds?.databases).replicaLag;

/** What brings a database back, as platform and environment declare it: what is claimed of a loss follows from nothing else. */
export function declaredRecovery(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  backups: BackupsSpec,
  { name, multiAz, backupRetention }: WriterSpec,
): RecoverySpec {
  const { region } = environment;
  const { interval = BACKUP_INTERVAL, retention = BACKUP_RETENTION, goal, noticedWithin, measured } = backups;
  const successor = successorOf(platform, environment, name);
  return {
    region,
    multiAz,
    pointInTime: { retention: backupRetention },
    replicatedBackups: { region: backups.copyRegion, retention: backupRetention },
    backups: { interval, startWithin: BACKUP_START_WINDOW, retention, copies: copiesOf(backups, region) },
    ...(successor && { standby: { region: successor.environment.region, warm: isWarm(successor.environment) } }),
    ...(successor?.replica && {
      replica: { region: successor.environment.region, lag: lagOf(successor.environment) },
    }),
    ...(isFailedOver(platform, environment) && { dns: { detection: timeToDetect(), ttl: ALIAS_TTL } }),
    ...(goal && { goal }),
    ...(noticedWithin && { noticedWithin }),
    ...(measured && { measured }),
  };
}
