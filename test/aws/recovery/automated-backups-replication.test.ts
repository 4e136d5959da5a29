import {
  AUTOMATED_BACKUPS_REPLICATION_CHECKS,
  AutomatedBackupsReplication,
  type AutomatedBackupsReplicationProps,
} from '../../../lib/aws/recovery/automated-backups-replication';
import { Duration } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable, referred } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const valid: AutomatedBackupsReplicationProps = {
  identifier: 'acgs-production-main',
  sourceArn: 'arn:aws:rds:us-west-2:123456789012:db:acgs-production-main',
  region: 'us-east-1',
};

const synth = (overrides: Partial<AutomatedBackupsReplicationProps> = {}): Block =>
  terraform((stack) => {
    new AutomatedBackupsReplication(stack, 'BackupsElsewhere', { ...valid, ...overrides });
  });

const TYPE = 'aws_db_instance_automated_backups_replication';

describe('AutomatedBackupsReplication', () => {
  test('stands in the other region with a key there that outlives the database', () => {
    const json = synth();
    expect(onlyResource(json, TYPE)).toMatchObject({
      region: 'us-east-1',
      source_db_instance_arn: 'arn:aws:rds:us-west-2:123456789012:db:acgs-production-main',
      retention_period: 30,
      timeouts: { create: '120m', delete: '120m' },
    });
    expect(readable(onlyResource(json, TYPE).kms_key_id)).toBe('<aws_kms_key.arn>');
    expect(onlyResource(json, 'aws_kms_key')).toMatchObject({
      region: 'us-east-1',
      lifecycle: { prevent_destroy: true },
    });
    expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/rds/acgs-production-main-backups');
    expect(brokenAwsRules('test', json, AWS_RULES)).toEqual([]);
  });

  test('takes a key and a retention that are given', () => {
    const json = synth({ keyArn: 'arn:aws:kms:us-east-1:123456789012:key/1', retention: Duration.days(7) });
    expect(onlyResource(json, TYPE)).toMatchObject({
      kms_key_id: 'arn:aws:kms:us-east-1:123456789012:key/1',
      retention_period: 7,
    });
    expect(resources(json, 'aws_kms_key')).toEqual([]);
  });

  test('says what a restore is given', () => {
    const { arn } = referred((stack) => {
      const made = new AutomatedBackupsReplication(stack, 'BackupsElsewhere', valid);
      expect(made.node.defaultChild).toMatchObject({ terraformResourceType: TYPE });
      return { arn: made.arn };
    });
    expect(arn).toBe(`<${TYPE}.id>`);
  });

  const rows: readonly (readonly [string | undefined, string, Partial<AutomatedBackupsReplicationProps>])[] = [
    ['automated-backups-replication-region-is-well-formed', 'a zone', { region: 'us-east-1a' }],
    ['automated-backups-replication-leaves-the-region', 'the same', { region: 'us-west-2' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
    [undefined, 'a reference', { sourceArn: '${aws_db_instance.Main.arn}' }],
    ['automated-backups-replication-identifier-is-literal', 'two hyphens', { identifier: 'acgs--main' }],
    [undefined, '63 characters', { identifier: 'a'.repeat(63) }],
    ['automated-backups-replication-identifier-is-literal', '64 characters', { identifier: 'a'.repeat(64) }],
    ['automated-backups-replication-keeps-for-days', 'no time', { retention: Duration.days(0) }],
    [undefined, 'a day', { retention: Duration.days(1) }],
    [undefined, '35 days', { retention: Duration.days(35) }],
    ['automated-backups-replication-keeps-for-days', '36 days', { retention: Duration.days(36) }],
    ['automated-backups-replication-keeps-for-days', 'hours', { retention: Duration.hours(30) }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(AutomatedBackupsReplication.inspect('B', { ...valid, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ region: 'us-west-2' }))).toEqual(['automated-backups-replication-leaves-the-region']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].filter(Boolean).sort()).toEqual(
      allIds(AUTOMATED_BACKUPS_REPLICATION_CHECKS),
    );
  });
});
