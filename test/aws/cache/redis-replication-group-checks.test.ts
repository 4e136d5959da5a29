import { Token } from 'cdktf';
import { RedisReplicationGroup } from '../../../lib/aws/cache/redis-replication-group';
import {
  CACHE_CLIENT_CHECKS,
  REDIS_REPLICATION_GROUP_CHECKS,
} from '../../../lib/aws/cache/redis-replication-group-checks';
import type { RedisReplicationGroupProps } from '../../../lib/aws/cache/redis-replication-group-props';
import { LOG_GROUP_CHECKS } from '../../../lib/aws/log-group';
import { Duration } from '../../../lib/units';
import { CACHE } from '../../support/cache';
import { allIds, ids, refused } from '../../support/findings';
import { terraform } from '../../support/terraform';

type Parts = Partial<RedisReplicationGroupProps>;

const found = (parts: Parts) => ids(RedisReplicationGroup.inspect('Cache', { ...CACHE, ...parts }));

const client = (cidr: string, description = 'pods') => ({ cidr, description });
const pods = client('10.0.0.0/18');

const topic = (notificationTopicArn: string): Parts => ({ notificationTopicArn });
const windows = (snapshotWindow: string, maintenanceWindow: string): Parts => ({ snapshotWindow, maintenanceWindow });

const broken: readonly (readonly [check: string, it: string, parts: Parts])[] = [
  ['cache-identifier-is-allowed', 'a capital', { identifier: 'Cache' }],
  ['cache-identifier-is-allowed', 'two hyphens', { identifier: 'a--b' }],
  ['cache-identifier-is-allowed', 'a hyphen at the end', { identifier: 'a-' }],
  ['cache-identifier-is-allowed', 'a digit first', { identifier: '1a' }],
  ['cache-identifier-is-allowed', '41 characters', { identifier: 'a'.repeat(41) }],
  ['cache-identifier-is-not-reserved', 'a user of ElastiCache', { identifier: 'default' }],
  ['cache-has-subnets-in-two-zones', 'one', { subnetIds: ['subnet-0a'] }],
  ['cache-has-subnets-in-two-zones', 'one twice', { subnetIds: ['subnet-0a', 'subnet-0a'] }],
  ['cache-clients-are-told-apart', 'the same letters', { allowedFrom: [pods, client('10.1.0.0/18', 'pods')] }],
  ['cache-client-sources-differ', 'a range twice', { allowedFrom: [pods, client('10.0.0.0/18', 'nodes')] }],
  ['cache-client-is-described', 'nothing', { allowedFrom: [client('10.0.0.0/18', '')] }],
  ['cache-client-is-a-range', 'a host', { allowedFrom: [client('10.0.0.1')] }],
  ['cache-client-is-not-everyone', 'the world', { allowedFrom: [client('0.0.0.0/0')] }],
  ['cache-secret-name-is-allowed', 'a space', { secretName: 'a b' }],
  ['cache-secret-name-is-allowed', 'nothing', { secretName: '' }],
  ['cache-secret-name-is-allowed', '508 characters', { secretName: 'a'.repeat(508) }],
  ['cache-password-version-counts', '0', { passwordVersion: 0 }],
  ['cache-password-version-counts', 'a half', { passwordVersion: 1.5 }],
  ['cache-previous-password-exists', 'the first', { acceptedPasswords: 'current-and-previous' }],
  ['cache-secret-recovery-is-offered', '6 days', { secretRecoveryWindow: Duration.days(6) }],
  ['cache-secret-recovery-is-offered', '31 days', { secretRecoveryWindow: Duration.days(31) }],
  ['cache-snapshot-window-is-well-formed', 'a word', { snapshotWindow: 'night' }],
  ['cache-snapshot-window-is-well-formed', '59 minutes', { snapshotWindow: '07:00-07:59' }],
  ['cache-maintenance-window-is-well-formed', 'no day', { maintenanceWindow: '09:00-10:00' }],
  ['cache-maintenance-window-is-well-formed', '59 minutes', { maintenanceWindow: 'sun:09:00-sun:09:59' }],
  ['cache-windows-are-apart', 'one minute shared', windows('07:00-08:01', 'sun:08:00-sun:09:00')],
  ['cache-final-snapshot-is-named', 'a capital', { finalSnapshot: 'Last' }],
  ['cache-final-snapshot-is-named', '256 characters', { finalSnapshot: 'a'.repeat(256) }],
  ['cache-protected-group-leaves-a-snapshot', 'none', { finalSnapshot: { noneBecause: 'a copy' } }],
  [
    'cache-missing-snapshot-is-explained',
    'a blank',
    { finalSnapshot: { noneBecause: ' ' }, deletionProtection: false },
  ],
  ['cache-notification-topic-is-an-arn', 'a name', topic('alarms')],
  ['cache-notification-topic-is-an-arn', 'a FIFO topic', topic('arn:aws:sns:us-west-2:123456789012:alarms.fifo')],
  ['cache-notification-topic-is-an-arn', 'a queue', topic('arn:aws:sqs:us-west-2:123456789012:alarms')],
  ['cache-tags-are-allowed', 'a key of AWS', { tags: { 'aws:team': 'core' } }],
  ['log-retention-is-offered', '8 days', { logRetention: Duration.days(8) }],
];

describe('each check', () => {
  test.each(broken)('%s: %s', (check, _, parts) => {
    expect(found(parts)).toEqual([check]);
  });

  test('has a failing row', () => {
    const own = allIds(REDIS_REPLICATION_GROUP_CHECKS, CACHE_CLIENT_CHECKS);
    const [retention] = allIds(LOG_GROUP_CHECKS).filter((id) => id.includes('retention'));
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual([...own, retention].sort());
  });

  test('NaN fails closed', () => {
    expect(found({ passwordVersion: Number.NaN })).toContain('cache-password-version-counts');
  });

  test.each<[string, Parts]>([
    ['the props as they are', {}],
    ['an identifier of 40 characters', { identifier: 'a'.repeat(40) }],
    ['one subnet without Multi-AZ', { subnetIds: ['subnet-0a'], multiAz: false }],
    ['subnets that only Terraform knows', { subnetIds: Token.asList({ resolve: () => ['a'] }) }],
    ['no client', { allowedFrom: [] }],
    ['a secret name of 507 characters', { secretName: 'a'.repeat(507) }],
    ['the previous password after a second one', { acceptedPasswords: 'current-and-previous', passwordVersion: 2 }],
    ['7 days of recovery', { secretRecoveryWindow: Duration.days(7) }],
    ['no recovery', { secretRecoveryWindow: Duration.days(0) }],
    ['windows of an hour that touch', windows('07:00-08:00', 'sun:08:00-sun:09:00')],
    ['a snapshot name of 255 characters', { finalSnapshot: 'a'.repeat(255) }],
    ['no snapshot of what may be deleted', { finalSnapshot: { noneBecause: 'a copy' }, deletionProtection: false }],
    ['a topic', topic('arn:aws:sns:us-west-2:123456789012:alarms')],
    ['a topic that only Terraform knows', topic(Token.asString({ resolve: () => 'x' }))],
  ])('accepts %s', (_, parts) => {
    expect(found(parts).filter((id) => id !== 'replication-group-survives-a-zone')).toEqual([]);
  });

  test('of the declaration itself is asked too, on its day', () => {
    expect(found({ shards: 0 })).toEqual(['replication-group-shards-are-in-range']);
    expect(found({ engine: 'redis', version: '6.2', asOf: '2027-02-01' })).toContain(
      'replication-group-version-is-in-standard-support',
    );
  });

  test('stops the construct before anything is made', () => {
    let made = -1;
    const errors = refused(() =>
      terraform((stack) => {
        try {
          new RedisReplicationGroup(stack, 'Cache', { ...CACHE, identifier: 'Cache', port: 0 });
        } finally {
          made = stack.node.findAll().length;
        }
      }),
    );
    expect(errors).toEqual(['replication-group-port-is-free', 'cache-identifier-is-allowed']);
    expect(made).toBe(2);
  });

  test('inspect gives the findings with the path it was given', () => {
    const [finding] = RedisReplicationGroup.inspect('acgs/production/cache', { ...CACHE, allowedFrom: [client('x')] });
    expect(finding).toMatchObject({ path: 'acgs/production/cache', prop: 'allowedFrom[0].cidr' });
  });
});
