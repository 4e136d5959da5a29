import type { PostgresPlan, PostgresSpec } from '../../model';
import { Duration } from '../../units';
import type { EncryptionKey } from '../secrets/encryption-key';
import type { PostgresClient } from './postgres-access';

/** Where an instance stands, who reaches it and how it is watched, with a writer or without. */
export interface PostgresInstanceProps {
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
  /**
   * Encrypts storage, backups, insights, logs and secrets; its users include `logs`. Another key means another instance.
   * @default - a key of its own, which Terraform does not destroy while it leaves backups
   */
  readonly key?: EncryptionKey;
  /**
   * Ids of other accounts (12 digits) that its own key lets copy its backups, to keep them under keys of theirs. A given key
   * says so itself. @default - none
   */
  readonly keySharedWith?: readonly string[];
  /** Database Insights; `advanced` costs per vCPU and keeps 465 days. @default 'standard' */
  readonly insights?: 'standard' | 'advanced';
  /** How often the operating system is measured (1, 5, 10, 15, 30 or 60 s). @default Duration.seconds(60) */
  readonly monitoringInterval?: Duration;
  /** How long logs are kept in CloudWatch (days that it offers). @default Duration.days(365) */
  readonly logRetention?: Duration;
  /**
   * Tags of the instance and its snapshots, beside the provider's (keys of 1-128 without `aws:`, values of at most 256; letters,
   * digits, spaces and `_.:/=+-@`). @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What an instance is watched with unless it says otherwise. */
export const INSTANCE_DEFAULTS = {
  keySharedWith: [],
  insights: 'standard',
  monitoringInterval: Duration.seconds(60),
  logRetention: Duration.days(365),
  tags: {},
} as const;

/** The props with their defaults, beside what the declaration says of windows and deletion. */
export type InstancePlan = Required<Omit<PostgresInstanceProps, 'key'>> &
  Pick<PostgresInstanceProps, 'key'> &
  Pick<PostgresPlan, 'deletionProtection' | 'backupWindow' | 'maintenanceWindow'> &
  Required<Pick<PostgresSpec, 'finalSnapshot'>>;

/** Whether deletion leaves backups, and with them a need for the key. */
export const leavesBackups = ({ finalSnapshot }: Pick<InstancePlan, 'finalSnapshot'>): boolean =>
  typeof finalSnapshot === 'string';
