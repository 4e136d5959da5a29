import { withDefaults } from '../../check';
import { MASTER_ROLE, type PostgresParameters, type PostgresPlan, type PostgresSpec, postgresPlan } from '../../model';
import { slotWalKeepSize } from '../../model/postgres/postgres-slot-checks';
import { Duration } from '../../units';
import { INSTANCE_DEFAULTS, type PostgresInstanceProps } from './postgres-instance-props';
import type { SecretReplica } from './postgres-secret';

/** Who keeps the master password. */
export type PostgresCredentials =
  /** A secret with a declared name, filled without a trace in state. Allows read replicas. */
  | { readonly kind: 'declared-secret' }
  /** A secret that RDS names, fills and rotates. RDS makes no read replica of such an instance. */
  | { readonly kind: 'rds-managed' };

/** A database as declared, with where it stands, who reaches it and how it is kept. */
export interface PostgresDatabaseProps extends PostgresSpec, PostgresInstanceProps {
  /** Day on which support calendars are read (ISO date). */
  readonly asOf: string;
  /** Who keeps the master password: a secret with a declared name, or RDS. @default { kind: 'declared-secret' } */
  readonly credentials?: PostgresCredentials;
  /**
   * Master user (1-63 letters, digits or underscores, a letter first). Applications never use it.
   * @default 'dbadmin'
   */
  readonly masterUsername?: string;
  /** Start of all secrets' names: letters, digits and `/_+=.@-`. @default - the identifier */
  readonly secretPrefix?: string;
  /**
   * Name of the declared master secret, of the same characters. A second one, `<secretName>/password`, holds the password
   * that instance and master secret take.
   * @default - `<secretPrefix>/master`
   */
  readonly secretName?: string;
  /**
   * Roles that applications use, by service name (DNS labels); each gets a secret `<secretPrefix>/<role>`.
   * @default - none
   */
  readonly roles?: readonly string[];
  /**
   * Versions of the passwords of single roles, by their names (whole numbers, 1 or more): raise one to draw it anew. Their
   * secrets also say which version they hold, as `version`. @default - `rolePasswordVersion` for all
   */
  readonly roleVersions?: Readonly<Record<string, number>>;
  /** Regions that keep copies of the secrets. @default - none */
  readonly secretReplicas?: readonly SecretReplica[];
  /**
   * Whether read replicas of this instance exist or are planned. `parameters.maxSlotWalKeepSize` is then a fifth of `storage`
   * unless it is declared: a replica that is gone for longer is lost, and does not fill the disk of the writer.
   * @default false
   */
  readonly readReplicas?: boolean;
  /**
   * Lets `version` name a newer major than the one that runs; the upgrade happens in the maintenance window.
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;
}

/** What the declaration leaves open, and the instance does not. */
type Settled = 'finalSnapshot' | 'secretRecoveryWindow' | 'passwordVersion' | 'rolePasswordVersion';

/** The props with their defaults. */
export type DatabasePlan = PostgresPlan &
  Required<Omit<PostgresDatabaseProps, 'key' | keyof PostgresSpec>> &
  Required<Pick<PostgresSpec, Settled>> &
  Pick<PostgresDatabaseProps, 'key'>;

/** The props with every default in place; names of snapshot and secrets follow the identifier. */
export function databasePlan(props: PostgresDatabaseProps): DatabasePlan {
  const secretPrefix = props.secretPrefix ?? props.identifier;
  const defaults = {
    credentials: { kind: 'declared-secret' },
    masterUsername: 'dbadmin',
    secretPrefix,
    secretName: roleSecretName({ secretPrefix }, MASTER_ROLE),
    passwordVersion: 1,
    roles: [],
    roleVersions: {},
    rolePasswordVersion: 1,
    secretRecoveryWindow: Duration.days(30),
    secretReplicas: [],
    readReplicas: false,
    finalSnapshot: `${props.identifier}-final`,
    ...INSTANCE_DEFAULTS,
    allowMajorVersionUpgrade: false,
  } satisfies Partial<PostgresDatabaseProps>;
  const plan = withDefaults<PostgresDatabaseProps, typeof defaults>(defaults, props);
  const { parameters, ...declared } = postgresPlan(props);
  return { ...plan, ...declared, parameters: withDefaults(keptForReplicas(plan), parameters) };
}

const keptForReplicas = ({
  readReplicas,
  storage,
}: Pick<PostgresDatabaseProps, 'readReplicas' | 'storage'>): PostgresParameters =>
  readReplicas ? { maxSlotWalKeepSize: slotWalKeepSize({ storage }) } : {};

/** Name of the secret of a role. */
export const roleSecretName = ({ secretPrefix }: Pick<DatabasePlan, 'secretPrefix'>, role: string): string =>
  `${secretPrefix}/${role}`;

/** Name of the secret that the master's password is drawn into, before the instance and the master secret take it. */
export const drawnSecretName = ({ secretName }: Pick<DatabasePlan, 'secretName'>): string => `${secretName}/password`;
