import type { DatabaseAlarmsProps } from '../../aws';
import {
  type DatabaseSpec,
  databaseIdentifier,
  isDatabaseServer,
  isInstance,
  type PlatformSpec,
  postgresPlan,
  primaryOf,
  replicaPlan,
} from '../../model';
import { named, runbookOf, type Watched } from './watched';

/** What a database is, wherever it stands in a line of copies. */
type Sized = Pick<DatabaseAlarmsProps, 'instanceClass' | 'storage' | 'maxConnections'>;

/** What is watched, its size, and whom it follows. */
interface Instance {
  readonly size: Sized;
  /** What it follows; undefined for one that takes writes. */
  readonly follows: ReturnType<typeof primaryOf>;
}

/** A database as RDS has it; undefined for servers in the cluster, and for a replica of something that is not declared. */
function instanceOf(platform: PlatformSpec, database: DatabaseSpec): Instance | undefined {
  if (isDatabaseServer(database)) return undefined;
  if (isInstance(database)) return { size: postgresPlan(database), follows: undefined };
  const primary = primaryOf(platform, database);
  if (primary === undefined) return undefined;
  const size = replicaPlan(database, primary.database);
  return { size, follows: database.promoted === true ? undefined : primary };
}

/** Alarms of an RDS instance or replica; undefined where there is none. */
export function planDatabaseAlarms(
  platform: PlatformSpec,
  environment: Watched,
  database: DatabaseSpec,
  topicArns: readonly string[],
): DatabaseAlarmsProps | undefined {
  const instance = instanceOf(platform, database);
  if (instance === undefined) return undefined;
  const { size, follows } = instance;
  const { databases: thresholds } = environment.operations.thresholds ?? {};
  const identifier = databaseIdentifier(platform.name, environment.name, database.name);
  return {
    topicArns,
    name: identifier,
    identifier,
    role: follows ? 'replica' : 'primary',
    instanceClass: size.instanceClass,
    storage: size.storage,
    maxConnections: size.maxConnections,
    ...(thresholds && { thresholds }),
    ...(follows
      ? named(
          runbookOf(platform, environment, {
            of: follows.environment,
            database: follows.database.name,
            section: 'loss-of-a-region',
          }),
          'ReplicaLag',
        )
      : named(
          runbookOf(platform, environment, { of: environment, database: database.name, section: 'loss-of-a-zone' }),
          'Cpu',
        )),
  };
}
