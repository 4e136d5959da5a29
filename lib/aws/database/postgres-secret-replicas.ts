import type { Construct } from 'constructs';
import { EncryptionKey } from '../secrets/encryption-key';
import type { DatabasePlan } from './postgres-database-props';
import type { KeyedReplica } from './postgres-secret';

/**
 * A key in each region that keeps copies and names none. The stack of the secrets makes it there: the stacks of the other
 * region need not exist yet, and neither waits for the other. Terraform refuses to destroy it: a copy that was detached, for
 * the region that took over, lives on under it after the original and its stack are gone. To destroy a stack, take the
 * key and its alias out of the state first. To take a region off the list is to destroy its key: move it away before.
 */
export const keyedReplicas = (
  scope: Construct,
  { identifier, secretReplicas }: Pick<DatabasePlan, 'identifier' | 'secretReplicas'>,
): KeyedReplica[] =>
  secretReplicas.map(({ region, keyArn }) => ({ region, keyArn: keyArn ?? keyIn(scope, region, identifier) }));

const keyIn = (scope: Construct, region: string, identifier: string): string =>
  new EncryptionKey(scope, `Key-${region}`, {
    alias: `rds/${identifier}-secrets`,
    description: `Copies in ${region} of the secrets of the database ${identifier}`,
    region,
    keptOnDestroy: true,
  }).arn;
