import { Token } from 'cdktf';
import { type Check, duplicates, isRegion, isWholeWithin } from '../../check';
import { MASTER_ROLE } from '../../model';
import { isRecoveryWindow, RECOVERY_WINDOW_RULE } from '../secrets/recovery-window';
import { type DatabasePlan, drawnSecretName, roleSecretName } from './postgres-database-props';
import type { SecretReplica } from './postgres-secret';

/** What is declared of the secrets of a database. */
export type SecretsPlan = Pick<
  DatabasePlan,
  | 'credentials'
  | 'passwordVersion'
  | 'rolePasswordVersion'
  | 'roles'
  | 'roleVersions'
  | 'secretName'
  | 'secretPrefix'
  | 'secretRecoveryWindow'
  | 'secretReplicas'
>;

/** Names of all secrets that the database has. */
const secretNames = (plan: SecretsPlan): string[] => [
  ...(plan.credentials.kind === 'declared-secret' ? [plan.secretName] : []),
  ...plan.roles.map((role) => roleSecretName(plan, role)),
];

const isSecretName = (name: string): boolean => /^[\w/+=.@-]{1,512}$/.test(name);

/** An ARN that only Terraform knows is believed. */
const isKeyIn = (region: string, keyArn: string): boolean =>
  Token.isUnresolved(keyArn) ||
  /^arn:aws[\w-]*:kms:([a-z0-9-]+):\d{12}:(?:key|alias)\/[\w/-]+$/.exec(keyArn)?.[1] === region;

/** A region, and the ARN of a key in it if it names one. */
const isSecretReplica = ({ region, keyArn }: SecretReplica): boolean =>
  isRegion(region) && (keyArn === undefined || isKeyIn(region, keyArn));

const isVersion = (version: number): boolean => isWholeWithin(version, 1, Number.MAX_SAFE_INTEGER);

/** Names, passwords and copies of the secrets of any server. */
export const POSTGRES_DECLARED_SECRET_CHECKS: readonly Check<SecretsPlan>[] = [
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
    id: 'postgres-role-versions-count',
    prop: 'roleVersions',
    holds: ({ roleVersions, roles }) =>
      Object.entries(roleVersions).every(([role, version]) => roles.includes(role) && isVersion(version)),
    rule: 'must be whole numbers of at least 1, of roles that are declared',
    received: ({ roleVersions }) => roleVersions,
    remedy: 'start at 1 and add 1 for each new password',
  },
  {
    id: 'postgres-secret-recovery-is-offered',
    prop: 'secretRecoveryWindow',
    holds: ({ secretRecoveryWindow }) => isRecoveryWindow(secretRecoveryWindow),
    rule: RECOVERY_WINDOW_RULE,
    remedy: 'use 30 days; a secret of the same name can be restored, not made anew, until they are over',
  },
  {
    id: 'postgres-secret-copies-have-region-and-key',
    prop: 'secretReplicas',
    holds: ({ secretReplicas }) => secretReplicas.every(isSecretReplica),
    rule: 'must each name a region and, if any, the ARN of a KMS key in that region',
    received: ({ secretReplicas }) => secretReplicas.filter((replica) => !isSecretReplica(replica)),
    remedy: 'use a region such as us-east-1 and an ARN such as arn:aws:kms:us-east-1:123456789012:key/…',
  },
  {
    id: 'postgres-secret-copies-are-in-distinct-regions',
    prop: 'secretReplicas',
    holds: ({ secretReplicas }) => duplicates(secretReplicas.map(({ region }) => region)).length === 0,
    rule: 'must name each region once',
    received: ({ secretReplicas }) => duplicates(secretReplicas.map(({ region }) => region)),
    remedy: 'remove the repetition',
  },
];

/** What a database keeps in Secrets Manager, by itself or through RDS. */
export const POSTGRES_SECRET_CHECKS: readonly Check<DatabasePlan>[] = [
  ...POSTGRES_DECLARED_SECRET_CHECKS,
  {
    id: 'postgres-drawn-password-has-its-own-secret',
    prop: 'secretName',
    holds: (plan) => {
      const name = drawnSecretName(plan);
      const fits = isSecretName(name) || !isSecretName(plan.secretName);
      return plan.credentials.kind !== 'declared-secret' || (fits && !secretNames(plan).includes(name));
    },
    rule: 'must have at most 503 characters, and /password after it must be no secret of a role',
    remedy: 'leave it out for <secretPrefix>/master',
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
      credentials.kind === 'declared-secret' ||
      (secretName === roleSecretName({ secretPrefix }, MASTER_ROLE) && passwordVersion === 1),
    rule: 'must be left out when RDS keeps the password: it names and rotates that secret itself',
    remedy: "leave it out, or use { kind: 'declared-secret' }",
  },
];
