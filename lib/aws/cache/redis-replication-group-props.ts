import { withDefaults } from '../../check';
import {
  type RedisReplicationGroupSpec,
  type ReplicationGroupPlan,
  replicationGroupPlan,
} from '../../model/redis/replication-group';
import { Duration } from '../../units';
import type { StoreClient } from '../network/store-clients';
import type { EncryptionKey } from '../secrets/encryption-key';

/** Who may open connections: a range or a security group, and a description that is unique in its list. */
export type CacheClient = StoreClient;

/** A group as declared, with where it stands, who reaches it and how it is kept. */
export interface RedisReplicationGroupProps extends RedisReplicationGroupSpec {
  /**
   * Name of the group in ElastiCache (1-40 lower-case letters, digits and single hyphens, a letter first), for example
   * `acgs-production-cache`. Its user, user group and subnet group have the same.
   */
  readonly identifier: string;
  /** VPC of the subnets, where the security group is made. */
  readonly vpcId: string;
  /** Private subnets, in at least two zones with `multiAz`. Others mean another subnet group, and so another group. */
  readonly subnetIds: readonly string[];
  /** Clients that may connect; each description is unique. */
  readonly allowedFrom: readonly CacheClient[];
  /** Name of the secret with `host`, `port`, `nodes` and `password`: letters, digits and `/_+=.@-`. */
  readonly secretName: string;
  /** Day on which support calendars are read (ISO date). */
  readonly asOf: string;
  /**
   * Encrypts data, snapshots, logs and secrets; its users include `logs`. Another key means another group.
   * @default - a key of its own, which Terraform does not destroy while a last snapshot remains
   */
  readonly key?: EncryptionKey;
  /** How long logs are kept in CloudWatch (days that it offers). @default Duration.days(365) */
  readonly logRetention?: Duration;
  /** ARN of an SNS topic that hears of failovers, replacements and scaling. @default - nobody is told */
  readonly notificationTopicArn?: string;
  /** Tags of the group, beside those of the provider. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

const DEFAULTS = {
  passwordVersion: 1,
  acceptedPasswords: 'current',
  logRetention: Duration.days(365),
  changes: 'maintenance-window',
  tags: {},
} as const satisfies Partial<RedisReplicationGroupProps>;

/** The props with their defaults. */
export type CachePlan = RedisReplicationGroupProps &
  ReplicationGroupPlan &
  Required<Pick<RedisReplicationGroupProps, keyof typeof DEFAULTS | 'finalSnapshot'>>;

/** The props with every default in place; the name of the last snapshot follows the identifier. */
export const cachePlan = (props: RedisReplicationGroupProps): CachePlan => ({
  ...withDefaults<RedisReplicationGroupProps, typeof DEFAULTS & { finalSnapshot: string }>(
    { ...DEFAULTS, finalSnapshot: `${props.identifier}-final` },
    props,
  ),
  ...replicationGroupPlan(props),
});

/** Whether deletion leaves a snapshot, and with it a need for the key. */
export const leavesSnapshot = ({ finalSnapshot }: Pick<CachePlan, 'finalSnapshot'>): boolean =>
  typeof finalSnapshot === 'string';

/** Secret that the group's user is made from, in the hands of CloudFormation only. */
export const userSecretName = ({ secretName }: Pick<CachePlan, 'secretName'>): string => `${secretName}/user`;
