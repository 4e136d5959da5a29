import { Token } from 'cdktf';
import { type Check, duplicates } from '../../check';
import { clientId, clientSource } from '../network/store-clients';
import { tagsAreAllowed } from '../tags';
import { type InstancePlan, leavesBackups } from './postgres-instance-props';
import { backupSpan, maintenanceSpan, overlap } from './rds-window';

/** RDS' shape of a name: a letter first, hyphens alone and inside. */
const isRdsName = (name: string, longest: number): boolean =>
  name.length <= longest && /^[a-z](-?[a-z0-9])*$/i.test(name);

/** The name of an instance, which RDS would lower silently. */
export const isRdsIdentifier = (identifier: string): boolean =>
  isRdsName(identifier, 63) && /^(?!sg-)[a-z0-9-]+$/.test(identifier);

const INTERVALS: readonly number[] = [1, 5, 10, 15, 30, 60];

/** What keys and values of tags may have. Source: RDS API reference, data type `Tag`. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const isTagText = (text: string): boolean => Token.isUnresolved(text) || (text.length <= 256 && TAG_TEXT.test(text));

const wrongTags = ({ tags }: InstancePlan): string[] =>
  Object.entries(tags).flatMap(([key, value]) => (isTagText(key) && isTagText(value) ? [] : [key]));

/** What RDS and EC2 ask of any instance, with a writer or without. */
export const POSTGRES_INSTANCE_CHECKS: readonly Check<InstancePlan>[] = [
  tagsAreAllowed('postgres-tags-are-allowed'),
  {
    id: 'postgres-tags-are-text-that-rds-takes',
    prop: 'tags',
    holds: (plan) => wrongTags(plan).length === 0,
    rule: 'must have only letters, digits, spaces and _ . : / = + - @ in keys and values, and values of at most 256',
    received: wrongTags,
    remedy: 'RDS refuses commas, quotes and brackets: use spaces',
  },
  {
    id: 'postgres-identifier-is-allowed',
    prop: 'identifier',
    holds: ({ identifier }) => isRdsIdentifier(identifier),
    rule: 'must be 1-63 lower-case letters, digits and single inner hyphens, a letter first, and not start with sg-',
    remedy: 'use a name such as acgs-production-main',
  },
  {
    id: 'postgres-key-is-shared-with-accounts',
    prop: 'keySharedWith',
    holds: ({ keySharedWith, key }) =>
      keySharedWith.every((account) => /^\d{12}$/.test(account)) &&
      duplicates(keySharedWith).length === 0 &&
      (key === undefined || keySharedWith.length === 0),
    rule: 'must be account ids of 12 digits, each once, and none beside a key that is given',
    remedy: 'name the account that keeps copies of backups; a given key names it in its own sharedWith',
  },
  {
    id: 'postgres-has-two-subnets',
    prop: 'subnetIds',
    holds: ({ subnetIds }) => Token.isUnresolved(subnetIds) || new Set(subnetIds).size >= 2,
    rule: 'must name at least 2 subnets, in different zones',
    remedy: 'add a subnet of another zone: RDS asks for it also without a standby',
  },
  {
    id: 'postgres-clients-are-told-apart',
    prop: 'allowedFrom',
    holds: ({ allowedFrom }) => duplicates(allowedFrom.map(({ description }) => clientId(description))).length === 0,
    rule: 'must have descriptions that differ in letters or digits',
    received: ({ allowedFrom }) => duplicates(allowedFrom.map(({ description }) => clientId(description))),
    remedy: 'name each client by what it is',
  },
  {
    id: 'postgres-client-sources-differ',
    prop: 'allowedFrom',
    holds: ({ allowedFrom }) => duplicates(allowedFrom.map(clientSource)).length === 0,
    rule: 'must name each range or security group once: EC2 refuses a second rule for it',
    received: ({ allowedFrom }) => duplicates(allowedFrom.map(clientSource)),
    remedy: 'describe both in one entry',
  },
  {
    id: 'postgres-backup-window-is-well-formed',
    prop: 'backupWindow',
    holds: ({ backupWindow }) => backupWindow === undefined || backupSpan(backupWindow) !== undefined,
    rule: 'must be hh:mm-hh:mm in UTC, 30 minutes or more',
    remedy: 'use a value such as 07:00-08:00',
  },
  {
    id: 'postgres-maintenance-window-is-well-formed',
    prop: 'maintenanceWindow',
    holds: ({ maintenanceWindow }) =>
      maintenanceWindow === undefined || maintenanceSpan(maintenanceWindow) !== undefined,
    rule: 'must be ddd:hh:mm-ddd:hh:mm in UTC, 30 minutes or more and under a day',
    remedy: 'use a value such as sun:09:00-sun:10:00',
  },
  {
    id: 'postgres-windows-are-apart',
    prop: 'maintenanceWindow',
    holds: ({ backupWindow = '', maintenanceWindow = '' }) => {
      const daily = backupSpan(backupWindow);
      const weekly = maintenanceSpan(maintenanceWindow);
      return daily === undefined || weekly === undefined || !overlap(daily, weekly);
    },
    rule: ({ backupWindow }) => `must not overlap the backup window, ${backupWindow}`,
    remedy: 'move it an hour or two',
  },
  {
    id: 'postgres-final-snapshot-is-named',
    prop: 'finalSnapshot',
    holds: ({ finalSnapshot }) => typeof finalSnapshot !== 'string' || isRdsName(finalSnapshot, 255),
    rule: 'must be 1-255 letters, digits and single inner hyphens, a letter first',
    remedy: 'leave it out for <identifier>-final',
  },
  {
    id: 'postgres-protected-database-leaves-a-snapshot',
    prop: 'finalSnapshot',
    holds: (plan) => leavesBackups(plan) || !plan.deletionProtection,
    rule: 'must not be given up while deletionProtection is on: what may not be deleted may not be lost either',
    remedy: 'leave it out, or switch deletionProtection off where data can be made anew',
  },
  {
    id: 'postgres-missing-snapshot-is-explained',
    prop: 'finalSnapshot.noneBecause',
    holds: ({ finalSnapshot }) => typeof finalSnapshot === 'string' || /\S/.test(finalSnapshot.noneBecause),
    rule: 'must say why nothing is lost',
    received: ({ finalSnapshot }) => (typeof finalSnapshot === 'string' ? finalSnapshot : finalSnapshot.noneBecause),
    remedy: 'say where the data comes from, for example made anew from fixtures',
  },
  {
    id: 'postgres-monitoring-interval-is-offered',
    prop: 'monitoringInterval',
    holds: ({ monitoringInterval }) => INTERVALS.includes(monitoringInterval.inMillis / 1000),
    rule: `must be ${INTERVALS.join(', ')} seconds`,
    remedy: 'use 60 seconds',
  },
];
