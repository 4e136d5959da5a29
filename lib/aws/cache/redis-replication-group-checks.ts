import { Token } from 'cdktf';
import { type Check, duplicates, isWholeWithin } from '../../check';
import { POSTGRES_CLIENT_CHECKS } from '../database/postgres-client-checks';
import { backupSpan, maintenanceSpan, overlap, type WeekSpan } from '../database/rds-window';
import { clientId, clientSource } from '../network/store-clients';
import { isRecoveryWindow, RECOVERY_WINDOW_RULE } from '../secrets/recovery-window';
import { tagsAreAllowed } from '../tags';
import { type CacheClient, type CachePlan, leavesSnapshot, userSecretName } from './redis-replication-group-props';

/** Letters, digits and single inner hyphens, a letter first. Source: ElastiCache API reference, CreateReplicationGroup. */
const isName = (name: string, longest: number): boolean => name.length <= longest && /^[a-z](-?[a-z0-9])*$/.test(name);

/** Shortest window of snapshots and of maintenance (minutes). Source: ElastiCache API reference. */
const SHORTEST = 60;

const isLongEnough = (span: WeekSpan | undefined): boolean => span !== undefined && span.minutes >= SHORTEST;

/** Each client by itself: ranges and descriptions are EC2's affair, whatever stands behind them. */
export const CACHE_CLIENT_CHECKS: readonly Check<CacheClient>[] = POSTGRES_CLIENT_CHECKS.map((check) => ({
  ...check,
  id: check.id.replace('postgres', 'cache'),
}));

/** What ElastiCache, EC2 and Secrets Manager ask of the group; `REPLICATION_GROUP_CHECKS` ask the rest. */
export const REDIS_REPLICATION_GROUP_CHECKS: readonly Check<CachePlan>[] = [
  {
    id: 'cache-identifier-is-allowed',
    prop: 'identifier',
    holds: ({ identifier }) => isName(identifier, 40),
    rule: 'must be 1-40 lower-case letters, digits and single inner hyphens, a letter first',
    remedy: 'use a name such as acgs-production-cache',
  },
  {
    id: 'cache-identifier-is-not-reserved',
    prop: 'identifier',
    holds: ({ identifier }) => identifier !== 'default',
    rule: 'must not be default, the id of a user that ElastiCache keeps',
    remedy: 'use a name such as acgs-production-cache',
  },
  {
    id: 'cache-has-subnets-in-two-zones',
    prop: 'subnetIds',
    holds: ({ subnetIds, multiAz }) => Token.isUnresolved(subnetIds) || new Set(subnetIds).size >= (multiAz ? 2 : 1),
    rule: ({ multiAz }) => (multiAz ? 'must name at least 2 subnets, in different zones' : 'must name a subnet'),
    remedy: 'add a subnet of another zone',
  },
  {
    id: 'cache-clients-are-told-apart',
    prop: 'allowedFrom',
    holds: ({ allowedFrom }) => duplicates(allowedFrom.map(({ description }) => clientId(description))).length === 0,
    rule: 'must have descriptions that differ in letters or digits',
    received: ({ allowedFrom }) => duplicates(allowedFrom.map(({ description }) => clientId(description))),
    remedy: 'name each client by what it is',
  },
  {
    id: 'cache-client-sources-differ',
    prop: 'allowedFrom',
    holds: ({ allowedFrom }) => duplicates(allowedFrom.map(clientSource)).length === 0,
    rule: 'must name each range or security group once: EC2 refuses a second rule for it',
    received: ({ allowedFrom }) => duplicates(allowedFrom.map(clientSource)),
    remedy: 'describe both in one entry',
  },
  {
    id: 'cache-secret-name-is-allowed',
    prop: 'secretName',
    holds: (plan) => /^[\w/+=.@-]+$/.test(plan.secretName) && userSecretName(plan).length <= 512,
    rule: 'must be 1-507 letters, digits and / _ + = . @ -',
    remedy: 'use a path such as acgs/production/cache/auth',
  },
  {
    id: 'cache-password-version-counts',
    prop: 'passwordVersion',
    holds: ({ passwordVersion }) => isWholeWithin(passwordVersion, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be a whole number of at least 1',
    remedy: 'start at 1 and add 1 for each new password',
  },
  {
    id: 'cache-previous-password-exists',
    prop: 'acceptedPasswords',
    holds: ({ acceptedPasswords, passwordVersion }) => acceptedPasswords === 'current' || passwordVersion > 1,
    rule: 'must be current while passwordVersion is 1: there is no previous password',
    remedy: 'raise passwordVersion in the same change',
  },
  {
    id: 'cache-secret-recovery-is-offered',
    prop: 'secretRecoveryWindow',
    holds: ({ secretRecoveryWindow }) => isRecoveryWindow(secretRecoveryWindow),
    rule: RECOVERY_WINDOW_RULE,
    remedy: 'use 30 days; a secret of the same name can be restored, not made anew, until they are over',
  },
  {
    id: 'cache-snapshot-window-is-well-formed',
    prop: 'snapshotWindow',
    holds: ({ snapshotWindow }) => snapshotWindow === undefined || isLongEnough(backupSpan(snapshotWindow)),
    rule: `must be hh:mm-hh:mm in UTC, ${SHORTEST} minutes or more`,
    remedy: 'use a value such as 07:00-08:00',
  },
  {
    id: 'cache-maintenance-window-is-well-formed',
    prop: 'maintenanceWindow',
    holds: ({ maintenanceWindow }) =>
      maintenanceWindow === undefined || isLongEnough(maintenanceSpan(maintenanceWindow)),
    rule: `must be ddd:hh:mm-ddd:hh:mm in UTC, ${SHORTEST} minutes or more and under a day`,
    remedy: 'use a value such as sun:09:00-sun:10:00',
  },
  {
    id: 'cache-windows-are-apart',
    prop: 'maintenanceWindow',
    holds: ({ snapshotWindow = '', maintenanceWindow = '' }) => {
      const daily = backupSpan(snapshotWindow);
      const weekly = maintenanceSpan(maintenanceWindow);
      return daily === undefined || weekly === undefined || !overlap(daily, weekly);
    },
    rule: ({ snapshotWindow }) => `must not overlap the snapshot window, ${snapshotWindow}`,
    remedy: 'move it an hour or two',
  },
  {
    id: 'cache-final-snapshot-is-named',
    prop: 'finalSnapshot',
    holds: ({ finalSnapshot, identifier }) =>
      typeof finalSnapshot !== 'string' || finalSnapshot === `${identifier}-final` || isName(finalSnapshot, 255),
    rule: 'must be 1-255 lower-case letters, digits and single inner hyphens, a letter first',
    remedy: 'leave it out for <identifier>-final',
  },
  {
    id: 'cache-protected-group-leaves-a-snapshot',
    prop: 'finalSnapshot',
    holds: (plan) => leavesSnapshot(plan) || !plan.deletionProtection,
    rule: 'must not be given up while deletionProtection is on: what may not be deleted may not be lost either',
    remedy: 'leave it out, or switch deletionProtection off where data can be made anew',
  },
  {
    id: 'cache-missing-snapshot-is-explained',
    prop: 'finalSnapshot.noneBecause',
    holds: ({ finalSnapshot }) => typeof finalSnapshot === 'string' || /\S/.test(finalSnapshot.noneBecause),
    rule: 'must say why nothing is lost',
    received: ({ finalSnapshot }) => (typeof finalSnapshot === 'string' ? finalSnapshot : finalSnapshot.noneBecause),
    remedy: 'say where the data comes from, for example made anew from the database',
  },
  {
    id: 'cache-notification-topic-is-an-arn',
    prop: 'notificationTopicArn',
    holds: ({ notificationTopicArn: arn }) =>
      arn === undefined || Token.isUnresolved(arn) || /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/.test(arn),
    rule: 'must be the ARN of an SNS topic (ElastiCache takes no FIFO topic)',
    remedy: 'use a value such as arn:aws:sns:us-west-2:123456789012:alarms',
  },
  tagsAreAllowed('cache-tags-are-allowed'),
];
