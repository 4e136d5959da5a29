import { type Check, isRegion } from '../../check';
import { isRecoveryWindow, RECOVERY_WINDOW_RULE } from '../secrets/recovery-window';
import { isRdsIdentifier } from './postgres-instance-checks';
import { isInSourceRegion, type ReplicaInstancePlan } from './postgres-replica-props';

/** What RDS and Secrets Manager ask of a replica beside `POSTGRES_INSTANCE_CHECKS`. */
export const POSTGRES_REPLICA_PLACE_CHECKS: readonly Check<ReplicaInstancePlan>[] = [
  {
    id: 'postgres-replica-regions-are-well-formed',
    prop: ({ region }) => (isRegion(region) ? 'source.region' : 'region'),
    holds: ({ region, source }) => isRegion(region) && isRegion(source.region),
    rule: 'must be an AWS region such as us-east-1',
    received: ({ region, source }) => (isRegion(region) ? source.region : region),
    remedy: 'leave out the letter of the zone',
  },
  {
    id: 'postgres-replica-source-is-an-instance',
    prop: 'source.identifier',
    holds: (plan) =>
      isRdsIdentifier(plan.source.identifier) &&
      !(isInSourceRegion(plan) && plan.source.identifier === plan.identifier),
    rule: 'must name an instance, and not the replica itself',
    received: ({ source }) => source.identifier,
    remedy: 'use the identifier of the primary, such as acgs-production-main',
  },
  {
    id: 'postgres-replica-shares-its-regions-key',
    prop: 'key',
    holds: (plan) => !isInSourceRegion(plan) || plan.key !== undefined,
    rule: "must be the source's key in the source's region: RDS encrypts the replica with it and takes no other",
    remedy: 'pass the key of the primary',
  },
  {
    id: 'postgres-endpoint-secret-name-is-allowed',
    prop: 'endpointSecretName',
    holds: ({ endpointSecretName }) => /^[\w/+=.@-]{1,512}$/.test(endpointSecretName),
    rule: "must be 1-512 letters, digits, '/', '_', '+', '=', '.', '@' or '-'",
    remedy: 'use a path such as acgs/production-dr/main/endpoint',
  },
  {
    id: 'postgres-endpoint-secret-recovery-is-offered',
    prop: 'secretRecoveryWindow',
    holds: ({ secretRecoveryWindow }) => isRecoveryWindow(secretRecoveryWindow),
    rule: RECOVERY_WINDOW_RULE,
    remedy: 'use 30 days, or 0 where the name must be free at once',
  },
];
