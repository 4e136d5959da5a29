import { ref, Token } from 'cdktf';
import type { PostgresClient } from '../../../lib/aws/database/postgres-access';
import { POSTGRES_CLIENT_CHECKS } from '../../../lib/aws/database/postgres-client-checks';
import { PostgresDatabase } from '../../../lib/aws/database/postgres-database';
import { POSTGRES_DATABASE_CHECKS } from '../../../lib/aws/database/postgres-database-checks';
import type { PostgresDatabaseProps } from '../../../lib/aws/database/postgres-database-props';
import { Duration } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { INSTANCE } from '../../support/postgres';

const findings = (parts: Partial<PostgresDatabaseProps>) =>
  PostgresDatabase.inspect('acgs/Database', { ...INSTANCE, ...parts });

const client = (description: string, cidr = '10.0.0.0/18'): PostgresClient => ({ description, cidr });

const copy = (region: string, keyArn = `arn:aws:kms:${region}:111122223333:key/k`) => ({ region, keyArn });

const MANAGED = { kind: 'rds-managed' } as const;

const broken: { check: string; it: string; parts: Partial<PostgresDatabaseProps> }[] = [
  { check: 'postgres-identifier-is-allowed', it: 'capitals, which RDS lowers', parts: { identifier: 'Acgs' } },
  {
    check: 'postgres-identifier-is-allowed',
    it: 'two hyphens',
    parts: { identifier: 'acgs--main', finalSnapshot: 'f' },
  },
  {
    check: 'postgres-identifier-is-allowed',
    it: 'a hyphen at the end',
    parts: { identifier: 'acgs-', finalSnapshot: 'f' },
  },
  { check: 'postgres-identifier-is-allowed', it: 'a digit first', parts: { identifier: '1acgs', finalSnapshot: 'f' } },
  { check: 'postgres-identifier-is-allowed', it: 'what starts like a group', parts: { identifier: 'sg-main' } },
  { check: 'postgres-identifier-is-allowed', it: '64 letters', parts: { identifier: 'a'.repeat(64) } },
  { check: 'postgres-tags-are-allowed', it: 'a key of AWS', parts: { tags: { 'aws:team': 'core' } } },
  { check: 'postgres-tags-are-text-that-rds-takes', it: 'a list', parts: { tags: { team: 'core,data' } } },
  { check: 'postgres-tags-are-text-that-rds-takes', it: 'a key with brackets', parts: { tags: { 'team[0]': 'core' } } },
  { check: 'postgres-tags-are-text-that-rds-takes', it: '257 letters', parts: { tags: { team: 'a'.repeat(257) } } },
  { check: 'postgres-key-is-shared-with-accounts', it: 'a name', parts: { keySharedWith: ['vault'] } },
  {
    check: 'postgres-key-is-shared-with-accounts',
    it: 'one account twice',
    parts: { keySharedWith: ['111122223333', '111122223333'] },
  },
  { check: 'postgres-has-two-subnets', it: 'one subnet', parts: { subnetIds: ['subnet-0a'] } },
  { check: 'postgres-has-two-subnets', it: 'the same twice', parts: { subnetIds: ['subnet-0a', 'subnet-0a'] } },
  {
    check: 'postgres-clients-are-told-apart',
    it: 'the same text',
    parts: { allowedFrom: [client('pods'), client('pods', '10.1.0.0/18')] },
  },
  {
    check: 'postgres-clients-are-told-apart',
    it: 'but for signs',
    parts: { allowedFrom: [client('a pod'), client('a-pod', '10.1.0.0/18')] },
  },
  {
    check: 'postgres-client-sources-differ',
    it: 'two names of a range',
    parts: { allowedFrom: [client('pods'), client('nodes')] },
  },
  {
    check: 'postgres-client-sources-differ',
    it: 'two names of a group',
    parts: {
      allowedFrom: [
        { description: 'pods', securityGroupId: 'sg-0a' },
        { description: 'nodes', securityGroupId: 'sg-0a' },
      ],
    },
  },
  { check: 'postgres-client-is-described', it: 'no text', parts: { allowedFrom: [client('')] } },
  { check: 'postgres-client-is-described', it: 'only signs', parts: { allowedFrom: [client('---')] } },
  {
    check: 'postgres-client-is-described',
    it: 'a sign that EC2 refuses',
    parts: { allowedFrom: [client("the cluster's pods")] },
  },
  { check: 'postgres-client-is-described', it: '256 letters', parts: { allowedFrom: [client('a'.repeat(256))] } },
  { check: 'postgres-client-is-a-range', it: 'an address', parts: { allowedFrom: [client('pods', '10.0.0.7')] } },
  {
    check: 'postgres-client-is-a-range',
    it: 'bits beyond the length',
    parts: { allowedFrom: [client('pods', '10.0.0.1/18')] },
  },
  { check: 'postgres-client-is-not-everyone', it: 'the world', parts: { allowedFrom: [client('pods', '0.0.0.0/0')] } },
  { check: 'postgres-master-username-is-allowed', it: 'admin', parts: { masterUsername: 'admin' } },
  { check: 'postgres-master-username-is-allowed', it: 'rdsadmin', parts: { masterUsername: 'rdsadmin' } },
  { check: 'postgres-master-username-is-allowed', it: 'pg_master', parts: { masterUsername: 'pg_master' } },
  { check: 'postgres-master-username-is-allowed', it: 'a word of SQL', parts: { masterUsername: 'Grant' } },
  { check: 'postgres-master-username-is-allowed', it: 'a hyphen', parts: { masterUsername: 'db-admin' } },
  { check: 'postgres-master-username-is-allowed', it: '64 letters', parts: { masterUsername: 'a'.repeat(64) } },
  { check: 'postgres-roles-are-allowed', it: 'an underscore', parts: { roles: ['auth_service'] } },
  { check: 'postgres-roles-are-allowed', it: 'the master user', parts: { roles: ['dbadmin'] } },
  { check: 'postgres-roles-are-allowed', it: 'public', parts: { roles: ['public'] } },
  { check: 'postgres-secret-names-are-allowed', it: 'a space', parts: { secretPrefix: 'acgs production' } },
  { check: 'postgres-secret-names-are-allowed', it: 'a colon', parts: { secretName: 'acgs:master' } },
  { check: 'postgres-secret-names-are-allowed', it: '513 letters', parts: { secretName: 'a'.repeat(513) } },
  { check: 'postgres-secret-names-are-distinct', it: 'a role twice', parts: { roles: ['auth', 'auth'] } },
  { check: 'postgres-secret-names-are-distinct', it: 'a role called master', parts: { roles: ['master'] } },
  {
    check: 'postgres-drawn-password-has-its-own-secret',
    it: 'a role called password below the master secret',
    parts: { secretName: 'acgs/main', secretPrefix: 'acgs/main', roles: ['password'] },
  },
  {
    check: 'postgres-drawn-password-has-its-own-secret',
    it: '504 letters',
    parts: { secretName: 'a'.repeat(504) },
  },
  { check: 'postgres-password-version-counts', it: 'zero', parts: { passwordVersion: 0 } },
  { check: 'postgres-password-version-counts', it: 'a half', parts: { passwordVersion: 1.5 } },
  { check: 'postgres-password-version-counts', it: 'NaN', parts: { passwordVersion: Number.NaN } },
  { check: 'postgres-role-password-version-counts', it: 'zero', parts: { rolePasswordVersion: 0 } },
  {
    check: 'postgres-role-versions-count',
    it: 'zero of a role',
    parts: { roles: ['auth'], roleVersions: { auth: 0 } },
  },
  {
    check: 'postgres-role-versions-count',
    it: 'one of nobody',
    parts: { roles: ['auth'], roleVersions: { other: 1 } },
  },
  { check: 'postgres-secret-recovery-is-offered', it: '6 days', parts: { secretRecoveryWindow: Duration.days(6) } },
  { check: 'postgres-secret-recovery-is-offered', it: '31 days', parts: { secretRecoveryWindow: Duration.days(31) } },
  {
    check: 'postgres-secret-recovery-is-offered',
    it: 'seven and a half',
    parts: { secretRecoveryWindow: Duration.hours(180) },
  },
  ...[
    { it: 'a zone', replica: copy('us-east-1a') },
    { it: 'no region', replica: copy('') },
    { it: 'the id of a key', replica: copy('us-east-1', 'k') },
    { it: 'a key of another region', replica: copy('us-east-1', 'arn:aws:kms:us-west-2:111122223333:key/k') },
    { it: 'the ARN of something else', replica: copy('us-east-1', 'arn:aws:s3:us-east-1:111122223333:key/k') },
  ].map(({ it, replica }) => ({
    check: 'postgres-secret-copies-have-region-and-key',
    it,
    parts: { secretReplicas: [replica] },
  })),
  {
    check: 'postgres-secret-copies-are-in-distinct-regions',
    it: 'a region twice',
    parts: { secretReplicas: [copy('us-east-1'), copy('us-east-1')] },
  },
  {
    check: 'postgres-replicas-have-a-declared-secret',
    it: 'replicas of a managed password',
    parts: { credentials: MANAGED, readReplicas: true },
  },
  {
    check: 'postgres-managed-password-is-not-versioned',
    it: 'a name for the secret of RDS',
    parts: { credentials: MANAGED, secretName: 'acgs/master' },
  },
  {
    check: 'postgres-managed-password-is-not-versioned',
    it: 'a version for it',
    parts: { credentials: MANAGED, passwordVersion: 2 },
  },
  { check: 'postgres-backup-window-is-well-formed', it: '29 minutes', parts: { backupWindow: '07:00-07:29' } },
  { check: 'postgres-maintenance-window-is-well-formed', it: 'no day', parts: { maintenanceWindow: '07:00-08:00' } },
  {
    check: 'postgres-windows-are-apart',
    it: 'a minute of each other',
    parts: { backupWindow: '07:00-08:00', maintenanceWindow: 'sun:07:59-sun:09:00' },
  },
  { check: 'postgres-final-snapshot-is-named', it: 'two hyphens', parts: { finalSnapshot: 'acgs--final' } },
  { check: 'postgres-final-snapshot-is-named', it: 'a path', parts: { finalSnapshot: 'acgs/final' } },
  { check: 'postgres-final-snapshot-is-named', it: '256 letters', parts: { finalSnapshot: 'a'.repeat(256) } },
  {
    check: 'postgres-protected-database-leaves-a-snapshot',
    it: 'nothing left of what is protected',
    parts: { finalSnapshot: { noneBecause: 'made anew from fixtures' } },
  },
  {
    check: 'postgres-missing-snapshot-is-explained',
    it: 'a blank reason',
    parts: { deletionProtection: false, finalSnapshot: { noneBecause: ' ' } },
  },
  { check: 'postgres-monitoring-interval-is-offered', it: 'never', parts: { monitoringInterval: Duration.seconds(0) } },
  {
    check: 'postgres-monitoring-interval-is-offered',
    it: '45 seconds',
    parts: { monitoringInterval: Duration.seconds(45) },
  },
];

test.each(broken)('fails $check and nothing else: $it', ({ check, parts }) => {
  expect(ids(findings(parts))).toEqual([check]);
});

test('every check has a failing row', () => {
  const failing = [...new Set(broken.map(({ check }) => check))].sort();
  expect(failing).toEqual(allIds(POSTGRES_DATABASE_CHECKS, POSTGRES_CLIENT_CHECKS));
});

test.each<{ it: string; parts: Partial<PostgresDatabaseProps> }>([
  { it: 'the longest identifier', parts: { identifier: 'a'.repeat(63) } },
  { it: 'subnets that only Terraform knows', parts: { subnetIds: Token.asList(ref('aws_subnet.x[*].id')) } },
  {
    it: 'a range that only Terraform knows',
    parts: { allowedFrom: [client('pods', Token.asString(ref('aws_vpc.x.cidr_block')))] },
  },
  { it: 'a security group', parts: { allowedFrom: [{ description: 'nodes', securityGroupId: 'sg-0a' }] } },
  { it: 'no client yet', parts: { allowedFrom: [] } },
  {
    it: 'a role called master beside a master secret elsewhere',
    parts: { roles: ['master'], secretName: 'acgs/admin' },
  },
  {
    it: 'two groups that only Terraform knows',
    parts: {
      allowedFrom: ['one', 'two'].map((name) => ({
        description: name,
        securityGroupId: Token.asString(ref(`aws_security_group.${name}.id`)),
      })),
    },
  },
  {
    it: 'copies, under a key that only Terraform knows as well',
    parts: {
      secretReplicas: [
        copy('us-gov-west-1', 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-1'),
        copy('eu-west-1', Token.asString(ref('aws_kms_key.x.arn'))),
      ],
    },
  },
  { it: 'a copy whose key is made for it', parts: { secretReplicas: [{ region: 'us-east-1' }] } },
  { it: 'no recovery at all', parts: { secretRecoveryWindow: Duration.days(0) } },
  {
    it: 'nothing left of what is not protected',
    parts: { deletionProtection: false, finalSnapshot: { noneBecause: 'made anew from fixtures' } },
  },
  { it: 'the shortest recovery window', parts: { secretRecoveryWindow: Duration.days(7) } },
  { it: 'the longest', parts: { secretRecoveryWindow: Duration.days(30) } },
  { it: 'a managed password without replicas', parts: { credentials: MANAGED, roles: ['master'] } },
  { it: 'replicas beside a declared secret', parts: { readReplicas: true } },
  { it: 'windows that touch', parts: { backupWindow: '07:00-08:00', maintenanceWindow: 'sun:08:00-sun:09:00' } },
  { it: 'measuring each second', parts: { monitoringInterval: Duration.seconds(1) } },
  {
    it: 'tags of every character that RDS takes, one that Terraform alone knows, and the longest',
    parts: {
      tags: {
        'headroom.dev/rpo': '3600s',
        'a_b.c:/=+-@ é': 'a_b.c:/=+-@ é',
        owner: Token.asString(ref('aws_iam_role.x.name')),
        empty: '',
        note: 'a'.repeat(256),
      },
    },
  },
  { it: 'a final snapshot with capitals', parts: { finalSnapshot: 'Acgs-2026-11-21' } },
])('accepts $it', ({ parts }) => {
  expect(findings(parts)).toEqual([]);
});

test('a finding about a client names its place in the list', () => {
  expect(findings({ allowedFrom: [client('pods'), client('all', '0.0.0.0/0')] })).toEqual([
    expect.objectContaining({ prop: 'allowedFrom[1].cidr', received: '0.0.0.0/0' }),
  ]);
});

test('what is wrong with a secret name is said of the property it comes from', () => {
  expect(findings({ secretName: 'a b' })[0]?.prop).toBe('secretName');
  expect(findings({ secretName: 'acgs/master', secretPrefix: 'a b', roles: ['auth'] })[0]?.prop).toBe('secretPrefix');
});
