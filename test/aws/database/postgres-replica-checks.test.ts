import { ref, Token } from 'cdktf';
import { POSTGRES_CLIENT_CHECKS } from '../../../lib/aws/database/postgres-client-checks';
import { POSTGRES_INSTANCE_CHECKS } from '../../../lib/aws/database/postgres-instance-checks';
import { PostgresReplica } from '../../../lib/aws/database/postgres-replica';
import { POSTGRES_REPLICA_PLACE_CHECKS } from '../../../lib/aws/database/postgres-replica-checks';
import type { PostgresReplicaProps } from '../../../lib/aws/database/postgres-replica-props';
import { Duration } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { DECLARED } from '../../support/postgres';
import { STANDBY } from '../../support/postgres-replica';

const findings = (parts: Partial<PostgresReplicaProps>) =>
  PostgresReplica.inspect('acgs/Database', { ...STANDBY, ...parts });

const client = (description: string, cidr = '10.1.0.0/18') => ({ description, cidr });

const source = (identifier: string, region = 'us-west-2') => ({ identifier, region });

const broken: { check: string; it: string; parts: Partial<PostgresReplicaProps> }[] = [
  { check: 'postgres-replica-regions-are-well-formed', it: 'a zone', parts: { region: 'us-east-1a' } },
  {
    check: 'postgres-replica-regions-are-well-formed',
    it: 'a source nowhere',
    parts: { source: source('acgs-production-main', '') },
  },
  {
    check: 'postgres-replica-source-is-an-instance',
    it: 'an ARN',
    parts: { source: source('arn:aws:rds:us-west-2:111122223333:db:acgs-production-main') },
  },
  { check: 'postgres-replica-source-is-an-instance', it: 'capitals', parts: { source: source('Acgs-main') } },
  { check: 'postgres-replica-source-is-an-instance', it: 'no name', parts: { source: source('') } },
  { check: 'postgres-endpoint-secret-name-is-allowed', it: 'a space', parts: { endpointSecretName: 'acgs main' } },
  { check: 'postgres-endpoint-secret-name-is-allowed', it: 'nothing', parts: { endpointSecretName: '' } },
  {
    check: 'postgres-endpoint-secret-name-is-allowed',
    it: '513 letters',
    parts: { endpointSecretName: 'a'.repeat(513) },
  },
  {
    check: 'postgres-endpoint-secret-recovery-is-offered',
    it: '6 days',
    parts: { secretRecoveryWindow: Duration.days(6) },
  },
  {
    check: 'postgres-endpoint-secret-recovery-is-offered',
    it: '31 days',
    parts: { secretRecoveryWindow: Duration.days(31) },
  },
  { check: 'postgres-identifier-is-allowed', it: 'capitals', parts: { identifier: 'Acgs' } },
  { check: 'postgres-tags-are-allowed', it: 'a key of AWS', parts: { tags: { 'aws:team': 'core' } } },
  { check: 'postgres-tags-are-text-that-rds-takes', it: 'a list', parts: { tags: { team: 'core,data' } } },
  { check: 'postgres-tags-are-text-that-rds-takes', it: 'a key with brackets', parts: { tags: { 'team[0]': 'core' } } },
  { check: 'postgres-tags-are-text-that-rds-takes', it: '257 letters', parts: { tags: { team: 'a'.repeat(257) } } },
  { check: 'postgres-key-is-shared-with-accounts', it: 'a name', parts: { keySharedWith: ['vault'] } },
  { check: 'postgres-has-two-subnets', it: 'one subnet', parts: { subnetIds: ['subnet-0c'] } },
  {
    check: 'postgres-clients-are-told-apart',
    it: 'the same text',
    parts: { allowedFrom: [client('pods'), client('pods', '10.2.0.0/18')] },
  },
  {
    check: 'postgres-client-sources-differ',
    it: 'two names of a range',
    parts: { allowedFrom: [client('pods'), client('nodes')] },
  },
  { check: 'postgres-client-is-described', it: 'no text', parts: { allowedFrom: [client('')] } },
  { check: 'postgres-client-is-a-range', it: 'an address', parts: { allowedFrom: [client('pods', '10.1.0.7')] } },
  { check: 'postgres-client-is-not-everyone', it: 'the world', parts: { allowedFrom: [client('all', '0.0.0.0/0')] } },
  { check: 'postgres-backup-window-is-well-formed', it: '29 minutes', parts: { backupWindow: '07:00-07:29' } },
  { check: 'postgres-maintenance-window-is-well-formed', it: 'no day', parts: { maintenanceWindow: '07:00-08:00' } },
  {
    check: 'postgres-windows-are-apart',
    it: 'a minute of each other',
    parts: { backupWindow: '07:00-08:00', maintenanceWindow: 'sun:07:59-sun:09:00' },
  },
  { check: 'postgres-final-snapshot-is-named', it: 'a path', parts: { finalSnapshot: 'acgs/final' } },
  {
    check: 'postgres-protected-database-leaves-a-snapshot',
    it: 'nothing left of what is protected',
    parts: { finalSnapshot: { noneBecause: 'made anew from the primary' } },
  },
  {
    check: 'postgres-missing-snapshot-is-explained',
    it: 'a blank reason',
    parts: { deletionProtection: false, finalSnapshot: { noneBecause: ' ' } },
  },
  { check: 'postgres-monitoring-interval-is-offered', it: '45 s', parts: { monitoringInterval: Duration.seconds(45) } },
  { check: 'log-retention-is-offered', it: '91 days', parts: { logRetention: Duration.days(91) } },
  { check: 'postgres-replica-has-its-primarys-room', it: 'fewer connections', parts: { maxConnections: 999 } },
  {
    check: 'postgres-replica-starts-with-its-primarys-room',
    it: 'more locks at the primary than a new replica has',
    parts: { primary: { ...DECLARED, parameters: { maxLocksPerTransaction: 65 } } },
  },
  {
    check: 'postgres-replica-starts-with-room-to-spare',
    it: 'about as many connections as a new replica has',
    parts: { primary: { ...DECLARED, maxConnections: 3500 }, maxConnections: 3500 },
  },
];

const atHome: typeof broken = [
  { check: 'postgres-replica-shares-its-regions-key', it: 'no key in the region of the source', parts: {} },
  {
    check: 'postgres-replica-source-is-an-instance',
    it: 'itself',
    parts: { source: source('acgs-production-dr-main', 'us-east-1') },
  },
];

test.each(broken)('fails $check and nothing else: $it', ({ check, parts }) => {
  expect(ids(findings(parts))).toEqual([check]);
});

test.each(atHome)('fails $check in the region of its source: $it', ({ check, parts }) => {
  expect(ids(findings({ source: source('acgs-production-main', 'us-east-1'), ...parts }))).toContain(check);
});

test('every check has a failing row', () => {
  const failing = new Set([...broken, ...atHome].map(({ check }) => check));
  const own = allIds(POSTGRES_REPLICA_PLACE_CHECKS, POSTGRES_INSTANCE_CHECKS, POSTGRES_CLIENT_CHECKS);
  expect(own.filter((id) => !failing.has(id))).toEqual([]);
});

test.each<{ it: string; parts: Partial<PostgresReplicaProps> }>([
  { it: 'what follows', parts: {} },
  { it: 'what is promoted', parts: { promoted: true } },
  { it: 'the name of its source, in another region', parts: { identifier: 'acgs-production-main' } },
  { it: 'a region of the government', parts: { region: 'us-gov-west-1' } },
  { it: 'the shortest recovery window', parts: { secretRecoveryWindow: Duration.days(7) } },
  { it: 'no recovery at all', parts: { secretRecoveryWindow: Duration.days(0) } },
  { it: 'a secret name of 512 letters', parts: { endpointSecretName: 'a'.repeat(512) } },
  { it: 'subnets that only Terraform knows', parts: { subnetIds: Token.asList(ref('aws_subnet.x[*].id')) } },
])('accepts $it', ({ parts }) => {
  expect(findings(parts)).toEqual([]);
});

test.each<{ it: string; parts: Partial<PostgresReplicaProps> }>([
  { it: 'in the region of its source', parts: { source: source('acgs-production-main', 'us-east-1') } },
  { it: 'that stands', parts: { established: true } },
  { it: 'that is promoted', parts: { promoted: true } },
])('a replica $it runs with its own group, whatever the primary has', ({ parts }) => {
  const primary = { ...DECLARED, parameters: { maxLocksPerTransaction: 65, maxPreparedTransactions: 1 } };
  const started = ids(findings({ primary, ...parts })).filter((id) => id.startsWith('postgres-replica-starts'));
  expect(started).toEqual([]);
});

test('a finding about a region names the one at fault', () => {
  expect(findings({ region: 'east' })).toEqual([expect.objectContaining({ prop: 'region', received: 'east' })]);
  expect(findings({ source: source('acgs-production-main', 'west') })).toEqual([
    expect.objectContaining({ prop: 'source.region', received: 'west' }),
  ]);
});
