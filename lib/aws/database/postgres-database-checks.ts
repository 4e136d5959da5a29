import { Token } from 'cdktf';
import { type Check, duplicates, isDnsLabel, isWholeWithin } from '../../check';
import { isIpv4Range } from '../../model/network/ipv4-range';
import { Duration } from '../../units';
import { clientId, type PostgresClient } from './postgres-access';
import { type DatabasePlan, roleSecretName } from './postgres-database-props';
import { backupSpan, maintenanceSpan, overlap } from './rds-window';

/** RDS' shape of a name: a letter first, hyphens alone and inside. */
const isRdsName = (name: string, longest: number): boolean =>
  name.length <= longest && /^[a-z](-?[a-z0-9])*$/i.test(name);

/** Role names that PostgreSQL or RDS keep for themselves, or that SQL reads as something else. */
const isTakenRole = (name: string): boolean => /^(pg_|rds)|^(admin|all|none|postgres|public|user)$/i.test(name);

/** Names of all secrets that the database has. */
const secretNames = (plan: DatabasePlan): string[] => [
  ...(plan.credentials.kind === 'declared-secret' ? [plan.secretName] : []),
  ...plan.roles.map((role) => roleSecretName(plan, role)),
];

const isSecretName = (name: string): boolean => /^[\w/+=.@-]{1,512}$/.test(name);

const INTERVALS: readonly number[] = [1, 5, 10, 15, 30, 60];

const isVersion = (version: number): boolean => isWholeWithin(version, 1, Number.MAX_SAFE_INTEGER);

export const POSTGRES_DATABASE_CHECKS: readonly Check<DatabasePlan>[] = [
  {
    id: 'postgres-identifier-is-allowed',
    prop: 'identifier',
    holds: ({ identifier }) => isRdsName(identifier, 63) && identifier === identifier.toLowerCase(),
    rule: 'must be 1-63 lower-case letters, digits and single inner hyphens, a letter first',
    remedy: 'use a name such as acgs-production-main',
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
    id: 'postgres-master-username-is-allowed',
    prop: 'masterUsername',
    holds: ({ masterUsername }) => /^[A-Za-z]\w{0,62}$/.test(masterUsername) && !isTakenRole(masterUsername),
    rule: 'must be 1-63 letters, digits or underscores, a letter first, and no name of PostgreSQL or RDS',
    remedy: 'leave it out for dbadmin',
  },
  {
    id: 'postgres-roles-are-allowed',
    prop: 'roles',
    holds: ({ roles, masterUsername }) =>
      roles.every((role) => isDnsLabel(role) && !isTakenRole(role) && role !== masterUsername),
    rule: 'must be DNS labels, none of them the master user or a name of PostgreSQL or RDS',
    remedy: 'use the names of the services',
  },
  {
    id: 'postgres-secret-names-are-allowed',
    prop: ({ secretName }) => (isSecretName(secretName) ? 'secretPrefix' : 'secretName'),
    holds: (plan) => secretNames(plan).every(isSecretName),
    rule: "must make names of 1-512 letters, digits, '/', '_', '+', '=', '.', '@' or '-'",
    remedy: 'use a path such as acgs/production/main',
  },
  {
    id: 'postgres-secret-names-are-distinct',
    prop: 'roles',
    holds: (plan) => duplicates(secretNames(plan)).length === 0,
    rule: 'must have one secret each, none with the name of the master secret',
    received: (plan) => duplicates(secretNames(plan)),
    remedy: 'remove the repetition, or move the master secret with secretName',
  },
  {
    id: 'postgres-password-version-counts',
    prop: 'passwordVersion',
    holds: ({ passwordVersion }) => isVersion(passwordVersion),
    rule: 'must be a whole number of at least 1',
    remedy: 'start at 1 and add 1 for each new password',
  },
  {
    id: 'postgres-role-password-version-counts',
    prop: 'rolePasswordVersion',
    holds: ({ rolePasswordVersion }) => isVersion(rolePasswordVersion),
    rule: 'must be a whole number of at least 1',
    remedy: 'start at 1 and add 1 for each set of new passwords',
  },
  {
    id: 'postgres-secrets-can-be-restored',
    prop: 'secretRecoveryWindow',
    holds: ({ secretRecoveryWindow }) =>
      isWholeWithin(secretRecoveryWindow.inMillis / Duration.days(1).inMillis, 7, 30),
    rule: 'must be 7 to 30 whole days',
    remedy: 'use 30 days; a secret of the same name can be restored, not made anew, until they are over',
  },
  {
    id: 'postgres-secret-copies-are-in-distinct-regions',
    prop: 'secretReplicas',
    holds: ({ secretReplicas }) => duplicates(secretReplicas.map(({ region }) => region)).length === 0,
    rule: 'must name each region once',
    received: ({ secretReplicas }) => duplicates(secretReplicas.map(({ region }) => region)),
    remedy: 'remove the repetition',
  },
  {
    id: 'postgres-replicas-have-a-declared-secret',
    prop: 'credentials',
    holds: ({ credentials, readReplicas }) => !readReplicas || credentials.kind === 'declared-secret',
    rule: 'must be a declared secret beside read replicas: RDS makes none of an instance whose password it manages',
    received: ({ credentials }) => credentials.kind,
    remedy: "use { kind: 'declared-secret' }",
  },
  {
    id: 'postgres-managed-password-is-not-versioned',
    prop: ({ passwordVersion }) => (passwordVersion === 1 ? 'secretName' : 'passwordVersion'),
    holds: ({ credentials, secretName, secretPrefix, passwordVersion }) =>
      credentials.kind === 'declared-secret' || (secretName === `${secretPrefix}/master` && passwordVersion === 1),
    rule: 'must be left out when RDS keeps the password: it names and rotates that secret itself',
    remedy: "leave it out, or use { kind: 'declared-secret' }",
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
    holds: ({ finalSnapshot }) => isRdsName(finalSnapshot, 255),
    rule: 'must be 1-255 letters, digits and single inner hyphens, a letter first',
    remedy: 'leave it out for <identifier>-final',
  },
  {
    id: 'postgres-monitoring-interval-is-offered',
    prop: 'monitoringInterval',
    holds: ({ monitoringInterval }) => INTERVALS.includes(monitoringInterval.inMillis / 1000),
    rule: `must be ${INTERVALS.join(', ')} seconds`,
    remedy: 'use 60 seconds',
  },
];

const ANYWHERE = /\/0$/;

/** The range of a client, unless it is a security group or known only to Terraform. */
const rangeOf = (client: PostgresClient): string | undefined =>
  'cidr' in client && !Token.isUnresolved(client.cidr) ? client.cidr : undefined;

/** Each client by itself. */
export const POSTGRES_CLIENT_CHECKS: readonly Check<PostgresClient>[] = [
  {
    id: 'postgres-client-is-described',
    prop: 'description',
    holds: ({ description }) => /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description) && /[A-Za-z]/.test(description),
    rule: 'must be 1-255 letters, digits, spaces or ._-:/()#,@[]+=&;{}!$*, with a letter',
    remedy: 'say what it is, for example pods of the cluster',
  },
  {
    id: 'postgres-client-is-a-range',
    prop: 'cidr',
    holds: (client) => isIpv4Range(rangeOf(client) ?? '10.0.0.0/8'),
    rule: 'must be an IPv4 range',
    remedy: 'write one host as 10.0.0.7/32',
  },
  {
    id: 'postgres-client-is-not-everyone',
    prop: 'cidr',
    holds: (client) => !ANYWHERE.test(rangeOf(client) ?? ''),
    rule: 'must not be every address',
    remedy: 'list the networks or security groups of the clients',
  },
];
