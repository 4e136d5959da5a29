import {
  ACCOUNT_GUARD_CHECKS,
  AccountGuards,
  type AccountGuardsProps,
} from '../../../lib/aws/bootstrap/account-guards';
import {
  DEFAULT_VOLUME_ENCRYPTION_CHECKS,
  DefaultVolumeEncryption,
  type DefaultVolumeEncryptionProps,
} from '../../../lib/aws/bootstrap/default-volume-encryption';
import {
  SERVICE_LINKED_ROLE_CHECKS,
  ServiceLinkedRoles,
  type ServiceLinkedRolesProps,
} from '../../../lib/aws/bootstrap/service-linked-roles';
import { LINKED_SERVICES, type LinkedService } from '../../../lib/model';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const REGIONS = ['us-west-2', 'us-east-1'];

const regionsOf = (json: Block, type: string): string[] =>
  resources(json, type)
    .map(({ region }) => region)
    .sort();

describe('ServiceLinkedRoles', () => {
  const services = (props: ServiceLinkedRolesProps = {}): string[] =>
    resources(
      terraform((stack) => {
        new ServiceLinkedRoles(stack, 'Roles', props);
      }),
      'aws_iam_service_linked_role',
    )
      .map(({ aws_service_name }) => aws_service_name)
      .sort();

  test('makes the roles of every service that our stacks use', () => {
    expect(services()).toEqual(
      [
        'autoscaling.amazonaws.com',
        'backup.amazonaws.com',
        'eks-nodegroup.amazonaws.com',
        'eks.amazonaws.com',
        'elasticache.amazonaws.com',
        'elasticloadbalancing.amazonaws.com',
        'pullthroughcache.ecr.amazonaws.com',
        'rds.amazonaws.com',
        'replication.ecr.amazonaws.com',
        'spot.amazonaws.com',
      ].sort(),
    );
  });

  test('leaves alone what the account has, and what it does not use', () => {
    expect(services({ existing: LINKED_SERVICES.filter((one) => one !== 'spot') })).toEqual(['spot.amazonaws.com']);
    expect(services({ services: ['rds', 'eks'], existing: ['rds'] })).toEqual(['eks.amazonaws.com']);
  });

  test('offers the roles that it made', () => {
    terraform((stack) => {
      expect(
        new ServiceLinkedRoles(stack, 'Roles', { services: ['rds', 'eks'], existing: ['rds'] }).roles,
      ).toHaveLength(1);
    });
  });

  const rows: readonly (readonly [check: string | undefined, it: string, props: ServiceLinkedRolesProps])[] = [
    ['service-linked-roles-are-known', 'a full name', { services: ['rds.amazonaws.com' as LinkedService] }],
    ['service-linked-roles-are-known', 'a role that exists for nobody', { existing: ['lambda' as LinkedService] }],
    ['service-linked-roles-are-distinct', 'a service twice', { services: ['rds', 'rds'] }],
    [undefined, 'no service', { services: [] }],
  ];

  test.each(rows)('%s: %s', (check, _, props) => {
    expect(ids(ServiceLinkedRoles.inspect('Roles', props))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => services({ services: ['rds', 'rds'] }))).toEqual(['service-linked-roles-are-distinct']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].filter(Boolean).sort()).toEqual(
      allIds(SERVICE_LINKED_ROLE_CHECKS),
    );
  });
});

describe('DefaultVolumeEncryption', () => {
  const synth = (overrides: Partial<DefaultVolumeEncryptionProps> = {}) =>
    terraform((stack) => {
      new DefaultVolumeEncryption(stack, 'Volumes', { regions: REGIONS, ...overrides });
    });

  test('switches encryption on in each region, with a key of that region', () => {
    const json = synth();
    for (const type of ['aws_ebs_encryption_by_default', 'aws_ebs_default_kms_key', 'aws_kms_key', 'aws_kms_alias'])
      expect(regionsOf(json, type)).toEqual(['us-east-1', 'us-west-2']);

    expect(resources(json, 'aws_ebs_encryption_by_default').map(({ enabled }) => enabled)).toEqual([true, true]);
    for (const chosen of resources(json, 'aws_ebs_default_kms_key')) {
      const [, key = ''] = /\$\{aws_kms_key\.([\w-]+)\.arn\}/.exec(chosen.key_arn) ?? [];
      expect(json.resource.aws_kms_key[key].region).toBe(chosen.region);
    }
  });

  test('Auto Scaling may use the key and grant it on, and so may all others by way of EC2', () => {
    const key = resources(synth({ regions: ['us-east-1'] }), 'aws_kms_key')[0];
    const statements: Block[] = JSON.parse(readable(key.policy)).Statement;

    expect(statements.map(({ Sid }) => Sid)).toEqual([
      'AccountDecidesThroughIam',
      'ForAutoscaling',
      'ForAutoscalingVolumes',
      'ForEbs',
      'ForEbsVolumes',
    ]);
    expect(statements[2]?.Action).toEqual(['kms:CreateGrant']);
    expect(JSON.stringify(statements[3])).toContain('ec2.us-east-1.amazonaws.com');
  });

  test('comes after the role that its key names', () => {
    const json = terraform((stack) => {
      const { roles } = new ServiceLinkedRoles(stack, 'Roles', { services: ['autoscaling'] });
      new DefaultVolumeEncryption(stack, 'Volumes', { regions: ['us-west-2'], after: roles });
    });
    expect(onlyResource(json, 'aws_kms_key').depends_on).toEqual([
      expect.stringMatching(/^aws_iam_service_linked_role\./),
    ]);
    expect(onlyResource(json, 'aws_ebs_encryption_by_default').depends_on).toEqual([
      expect.stringMatching(/^aws_ebs_default_kms_key\./),
    ]);
  });

  test('the keys outlive it, as volumes do', () => {
    expect(resources(synth(), 'aws_kms_key').map(({ lifecycle }) => lifecycle)).toEqual([
      { prevent_destroy: true },
      { prevent_destroy: true },
    ]);
  });

  test('offers the keys by region', () => {
    terraform((stack) => {
      const { keyArns } = new DefaultVolumeEncryption(stack, 'Volumes', { regions: REGIONS });
      expect(Object.keys(keyArns)).toEqual(REGIONS);
    });
  });

  test('is hardened as checkov wants it', () => {
    expect(brokenAwsRules('test', synth(), AWS_RULES)).toEqual([]);
  });

  const rows: readonly (readonly [check: string, it: string, overrides: Partial<DefaultVolumeEncryptionProps>])[] = [
    ['default-volume-encryption-has-regions', 'no region', { regions: [] }],
    ['default-volume-encryption-has-regions', 'a region twice', { regions: ['us-west-2', 'us-west-2'] }],
    ['default-volume-encryption-has-regions', 'a zone', { regions: ['us-west-2a'] }],
    ['key-alias-is-allowed', 'an alias that AWS keeps', { alias: 'aws/ebs' }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(DefaultVolumeEncryption.inspect('Volumes', { regions: REGIONS, ...overrides }))).toEqual([check]);
    expect(refused(() => synth(overrides))).toEqual([check]);
  });

  test('every check has a failing row', () => {
    const found = rows.map(([check]) => check);
    expect(allIds(DEFAULT_VOLUME_ENCRYPTION_CHECKS).filter((id) => !found.includes(id))).toEqual([]);
  });
});

describe('AccountGuards', () => {
  const synth = (overrides: Partial<AccountGuardsProps> = {}) =>
    terraform((stack) => {
      new AccountGuards(stack, 'Guards', { regions: REGIONS, ...overrides });
    });

  test('closes buckets, snapshots and instance metadata, looks for what others reach, and asks for long passwords', () => {
    const json = synth();

    expect(onlyResource(json, 'aws_s3_account_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(onlyResource(json, 'aws_iam_account_password_policy')).toMatchObject({
      minimum_password_length: 16,
      password_reuse_prevention: 24,
      require_symbols: true,
      require_numbers: true,
      require_lowercase_characters: true,
      require_uppercase_characters: true,
    });
    for (const type of [
      'aws_accessanalyzer_analyzer',
      'aws_ebs_snapshot_block_public_access',
      'aws_ec2_instance_metadata_defaults',
    ])
      expect(regionsOf(json, type)).toEqual(['us-east-1', 'us-west-2']);

    expect(resources(json, 'aws_ebs_snapshot_block_public_access')[0]).toMatchObject({ state: 'block-all-sharing' });
    expect(resources(json, 'aws_accessanalyzer_analyzer')[0]).toMatchObject({
      analyzer_name: 'account',
      type: 'ACCOUNT',
    });
    expect(resources(json, 'aws_ec2_instance_metadata_defaults')[0]).toMatchObject({
      http_endpoint: 'enabled',
      http_tokens: 'required',
      http_put_response_hop_limit: 1,
    });
  });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<AccountGuardsProps>])[] = [
    ['account-guards-have-regions', 'no region', { regions: [] }],
    ['account-guards-analyzer-name-is-allowed', 'a digit first', { analyzerName: '1' }],
    ['account-guards-analyzer-name-is-allowed', '256 characters', { analyzerName: 'a'.repeat(256) }],
    ['account-guards-passwords-are-long', '13 characters', { passwordLength: 13 }],
    [undefined, '14 characters', { passwordLength: 14 }],
    [undefined, '128 characters', { passwordLength: 128 }],
    ['account-guards-passwords-are-long', '129 characters', { passwordLength: 129 }],
    ['account-guards-passwords-are-long', 'no number', { passwordLength: Number.NaN }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(AccountGuards.inspect('Guards', { regions: REGIONS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ regions: [] }))).toEqual(['account-guards-have-regions']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].filter(Boolean).sort()).toEqual(allIds(ACCOUNT_GUARD_CHECKS));
  });
});
