import { withDefaults } from '../../check';
import { MASTER_ROLE, type PostgresPlan, type PostgresSpec, postgresPlan } from '../../model';
import { Duration } from '../../units';
import type { EncryptionKey } from '../secrets/encryption-key';
import type { PostgresClient } from './postgres-access';
import type { SecretReplica } from './postgres-secret';

/** Who keeps the master password. */
export type PostgresCredentials =
  /** A secret with a declared name, filled without a trace in state. Allows read replicas. */
  | { readonly kind: 'declared-secret' }
  /** A secret that RDS names, fills and rotates. RDS makes no read replica of such an instance. */
  | { readonly kind: 'rds-managed' };

/** A database as declared, with where it stands, who reaches it and how it is kept. */
export interface PostgresDatabaseProps extends PostgresSpec {
  /**
   * Name of the instance in RDS (1-63 lower-case letters, digits and single hyphens, a letter first), for example
   * `acgs-production-main`.
   */
  readonly identifier: string;
  /** VPC of the subnets, where the security group of the database is made. */
  readonly vpcId: string;
  /** Private subnets in at least two zones. */
  readonly subnetIds: readonly string[];
  /** Clients that may connect; each description is unique. */
  readonly allowedFrom: readonly PostgresClient[];
  /** Day on which support calendars are read (ISO date). */
  readonly asOf: string;
  /**
   * Encrypts storage, backups, insights, logs and secrets; its users include `logs`. Another key means another instance.
   * @default - a key of its own, which Terraform does not destroy while it leaves backups
   */
  readonly key?: EncryptionKey;
  /** Who keeps the master password: a secret with a declared name, or RDS. @default { kind: 'declared-secret' } */
  readonly credentials?: PostgresCredentials;
  /**
   * Master user (1-63 letters, digits or underscores, a letter first). Applications never use it.
   * @default 'dbadmin'
   */
  readonly masterUsername?: string;
  /** Start of all secrets' names: letters, digits and `/_+=.@-`. @default - the identifier */
  readonly secretPrefix?: string;
  /** Name of the declared master secret, of the same characters. @default - `<secretPrefix>/master` */
  readonly secretName?: string;
  /**
   * Raise it to give the master a new password (whole number, 1 or more). Raise it as well after a run that ended
   * between instance and secret, which then hold different ones.
   * @default 1
   */
  readonly passwordVersion?: number;
  /**
   * Roles that applications use, by service name (DNS labels); each gets a secret `<secretPrefix>/<role>`.
   * @default - none
   */
  readonly roles?: readonly string[];
  /**
   * Raise it to write new passwords for all roles (whole number, 1 or more); who creates the roles then sets them.
   * @default 1
   */
  readonly rolePasswordVersion?: number;
  /** Regions that keep copies of the secrets. @default - none */
  readonly secretReplicas?: readonly SecretReplica[];
  /** Whether read replicas of this instance exist or are planned. @default false */
  readonly readReplicas?: boolean;
  /** Daily, UTC, 30 minutes or more: `07:00-08:00`. @default - RDS picks one in the region's night */
  readonly backupWindow?: string;
  /**
   * Weekly, UTC, 30 minutes or more, apart from backups: `sun:09:00-sun:10:00`.
   * @default - RDS picks one in the region's night
   */
  readonly maintenanceWindow?: string;
  /** Database Insights; `advanced` costs per vCPU and keeps 465 days. @default 'standard' */
  readonly insights?: 'standard' | 'advanced';
  /** How often the operating system is measured (1, 5, 10, 15, 30 or 60 s). @default Duration.seconds(60) */
  readonly monitoringInterval?: Duration;
  /** How long logs are kept in CloudWatch (days that it offers). @default Duration.days(365) */
  readonly logRetention?: Duration;
  /**
   * Lets `version` name a newer major than the one that runs; the upgrade happens in the maintenance window.
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;
}

type Derived = 'key' | 'backupWindow' | 'maintenanceWindow' | keyof PostgresSpec;

/** The props with their defaults. */
export type DatabasePlan = PostgresPlan &
  Required<Omit<PostgresDatabaseProps, Derived>> &
  Required<Pick<PostgresSpec, 'finalSnapshot' | 'secretRecoveryWindow'>> &
  Pick<PostgresDatabaseProps, 'key' | 'backupWindow' | 'maintenanceWindow'>;

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
    rolePasswordVersion: 1,
    secretRecoveryWindow: Duration.days(30),
    secretReplicas: [],
    readReplicas: false,
    finalSnapshot: `${props.identifier}-final`,
    insights: 'standard',
    monitoringInterval: Duration.seconds(60),
    logRetention: Duration.days(365),
    allowMajorVersionUpgrade: false,
  } satisfies Partial<PostgresDatabaseProps>;
  return { ...withDefaults<PostgresDatabaseProps, typeof defaults>(defaults, props), ...postgresPlan(props) };
}

/** Whether deletion leaves backups, and with them a need for the key. */
export const leavesBackups = ({ finalSnapshot }: Pick<DatabasePlan, 'finalSnapshot'>): boolean =>
  typeof finalSnapshot === 'string';

/** Name of the secret of a role. */
export const roleSecretName = ({ secretPrefix }: Pick<DatabasePlan, 'secretPrefix'>, role: string): string =>
  `${secretPrefix}/${role}`;
