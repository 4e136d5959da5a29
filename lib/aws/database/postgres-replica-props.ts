import { withDefaults } from '../../check';
import type { PostgresSpec } from '../../model';
import { type PostgresReplicaSpec, type ReplicaPlan, replicaPlan } from '../../model/postgres/postgres-replica';
import { Duration } from '../../units';
import type { EncryptionKey } from '../secrets/encryption-key';
import { INSTANCE_DEFAULTS, type InstancePlan, type PostgresInstanceProps } from './postgres-instance-props';

/** A replica as declared, with what it follows, where it stands and who reads it. */
export interface PostgresReplicaProps extends PostgresReplicaSpec, PostgresInstanceProps {
  /** What it follows, as declared there: what the replica leaves out is taken from here. */
  readonly primary: PostgresSpec;
  /** The instance it follows, by name and region. It is in the same account, and need not be in the same stack. */
  readonly source: { readonly identifier: string; readonly region: string };
  /** Region of the replica, that of its stack. */
  readonly region: string;
  /**
   * Encrypts insights, logs and the endpoint, and storage and backups in another region than the source's; its users
   * include `logs`. In the source's region it is the source's key: RDS takes no other there.
   * @default - a key of its own, which Terraform does not destroy while a promoted replica leaves backups
   */
  readonly key?: EncryptionKey;
  /**
   * Name of the secret that says where it answers: letters, digits and `/_+=.@-`.
   * @default - `<identifier>/endpoint`
   */
  readonly endpointSecretName?: string;
}

type Own = 'source' | 'region' | 'endpointSecretName' | 'secretRecoveryWindow';

/** The props with their defaults, and with what they take from the primary. */
export type ReplicaInstancePlan = ReplicaPlan & InstancePlan & Required<Pick<PostgresReplicaProps, Own>>;

/** The props with every default in place; names of snapshot and secret follow the identifier. */
export function replicaInstancePlan({ primary, ...replica }: PostgresReplicaProps): ReplicaInstancePlan {
  const defaults = {
    ...INSTANCE_DEFAULTS,
    finalSnapshot: `${replica.identifier}-final`,
    endpointSecretName: `${replica.identifier}/endpoint`,
    secretRecoveryWindow: Duration.days(30),
  } satisfies Partial<PostgresReplicaProps>;
  return {
    ...withDefaults<Omit<PostgresReplicaProps, 'primary'>, typeof defaults>(defaults, replica),
    ...replicaPlan(replica, primary),
  };
}

/** Whether it stands in the region of what it follows. */
export const isInSourceRegion = ({ region, source }: Pick<ReplicaInstancePlan, 'region' | 'source'>): boolean =>
  region === source.region;
