import type { Construct } from 'constructs';
import { EncryptionKey } from '../secrets/encryption-key';
import { type InstancePlan, leavesBackups } from './postgres-instance-props';

/** The key of an instance that was given none, `Key` below `scope`; kept from destruction where backups need it later. */
export function postgresKey(
  scope: Construct,
  plan: Pick<InstancePlan, 'identifier' | 'finalSnapshot' | 'keySharedWith'>,
): EncryptionKey {
  return new EncryptionKey(scope, 'Key', {
    alias: `rds/${plan.identifier}`,
    description: `Storage, insights, logs and secrets of the database ${plan.identifier}`,
    users: ['logs'],
    sharedWith: plan.keySharedWith,
    keptOnDestroy: leavesBackups(plan),
  });
}
