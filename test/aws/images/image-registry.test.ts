import { ImageRegistry } from '../../../lib/aws/images/image-registry';
import { IMAGE_REGISTRY_CHECKS } from '../../../lib/aws/images/image-registry-checks';
import type { ImageRegistryProps, PullThroughCache } from '../../../lib/aws/images/image-registry-props';
import type { UpstreamName } from '../../../lib/model';
import { Duration } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const COPIED: ImageRegistryProps = { replicateTo: ['us-east-1'], replicatedPrefixes: ['acgs/'] };
const HUB: PullThroughCache = { upstream: 'docker.io', credentialsSecret: 'ecr-pullthroughcache/docker-hub' };
const REGIONS = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `${letter}x-south-1`);
const ROLE = 'arn:aws:iam::123456789012:role/nodes';

/** References without the region in the name of what they are to. */
const plain = (text: string): string => readable(text.replaceAll('-us-east-1_', '_'));

const synth = (props: ImageRegistryProps = {}) =>
  terraform((stack) => {
    new ImageRegistry(stack, 'Registry', props);
  });

describe('ImageRegistry', () => {
  test('scans what is pushed, and again whenever a flaw becomes known if told so', () => {
    expect(onlyResource(synth(), 'aws_ecr_registry_scanning_configuration')).toMatchObject({
      scan_type: 'BASIC',
      rule: [{ scan_frequency: 'SCAN_ON_PUSH', repository_filter: [{ filter: '*', filter_type: 'WILDCARD' }] }],
    });
    expect(onlyResource(synth({ scanning: 'enhanced' }), 'aws_ecr_registry_scanning_configuration')).toMatchObject({
      scan_type: 'ENHANCED',
      rule: [{ scan_frequency: 'CONTINUOUS_SCAN' }],
    });
  });

  test('does nothing else unless told so', () => {
    expect(Object.keys(synth().resource)).toEqual(['aws_ecr_registry_scanning_configuration']);
  });

  test('copies what is ours to the other region, in this account', () => {
    const replication = onlyResource(synth(COPIED), 'aws_ecr_replication_configuration');
    const [rule] = replication.replication_configuration.rule;

    expect(rule.destination.map(({ region, registry_id }: Block) => [region, readable(registry_id)])).toEqual([
      ['us-east-1', '<aws_caller_identity.account_id>'],
    ]);
    expect(rule.repository_filter).toEqual([{ filter: 'acgs/', filter_type: 'PREFIX_MATCH' }]);
    expect(replication.depends_on).toEqual([expect.stringMatching(/^aws_ecr_repository_creation_template\./)]);
  });

  test('copies are as immutable and encrypted as what they are of, with a key of their region', () => {
    const json = synth(COPIED);
    const template = onlyResource(json, 'aws_ecr_repository_creation_template');

    expect(template).toMatchObject({
      region: 'us-east-1',
      prefix: 'acgs',
      applied_for: ['REPLICATION'],
      image_tag_mutability: 'IMMUTABLE',
    });
    expect(plain(template.encryption_configuration[0].kms_key)).toBe('<aws_kms_key.arn>');
    expect(readable(template.custom_role_arn)).toBe('<aws_iam_role.arn>');
    expect(template.depends_on).toEqual([expect.stringMatching(/^aws_iam_role_policy\./)]);
    expect(onlyResource(json, 'aws_kms_key')).toMatchObject({
      region: 'us-east-1',
      lifecycle: { prevent_destroy: true },
    });
    expect(JSON.parse(template.lifecycle_policy).rules).toHaveLength(2);
  });

  test('what makes the copies can make nothing else', () => {
    const policy = JSON.parse(plain(onlyResource(synth(COPIED), 'aws_iam_role_policy').policy));
    expect(policy.Statement).toMatchObject([
      {
        Action: ['ecr:CreateRepository', 'ecr:ReplicateImage', 'ecr:TagResource'],
        Resource: ['arn:<aws_partition.partition>:ecr:us-east-1:<aws_caller_identity.account_id>:repository/acgs/*'],
      },
      { Action: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'], Resource: ['<aws_kms_key.arn>'] },
    ]);
  });

  test('copies to several regions, with one role for all, and a key and a template in each', () => {
    const json = synth({ ...COPIED, replicateTo: ['us-east-1', 'eu-central-1'] });
    const [rule] = onlyResource(json, 'aws_ecr_replication_configuration').replication_configuration.rule;
    const regions = (type: string): string[] => resources(json, type).map(({ region }) => region);

    expect(rule.destination.map(({ region }: Block) => region)).toEqual(['us-east-1', 'eu-central-1']);
    expect(regions('aws_kms_key').sort()).toEqual(['eu-central-1', 'us-east-1']);
    expect(regions('aws_ecr_repository_creation_template').sort()).toEqual(['eu-central-1', 'us-east-1']);
    const [make, encrypt] = JSON.parse(readable(onlyResource(json, 'aws_iam_role_policy').policy)).Statement;
    expect(make.Resource.map((arn: string) => arn.split(':')[3])).toEqual(['us-east-1', 'eu-central-1']);
    expect(encrypt.Resource).toHaveLength(2);
  });

  test('in another region, everything but the copies and the roles is told so', () => {
    const json = synth({ ...COPIED, region: 'eu-west-1', caches: [HUB], pullers: [ROLE] });
    const told = (type: string): string[] => resources(json, type).map(({ region }) => region);
    for (const type of [
      'aws_ecr_registry_scanning_configuration',
      'aws_ecr_replication_configuration',
      'aws_ecr_pull_through_cache_rule',
      'aws_ecr_registry_policy',
    ]) {
      expect([type, told(type)]).toEqual([type, ['eu-west-1']]);
    }
    expect(told('aws_ecr_repository_creation_template').sort()).toEqual(['eu-west-1', 'us-east-1']);
    expect(Object.values<Block>(json.data.aws_secretsmanager_secret)).toMatchObject([{ region: 'eu-west-1' }]);
    expect(readable(onlyResource(json, 'aws_ecr_registry_policy').policy)).toContain(':ecr:eu-west-1:');
  });

  test('takes a key of others for the copies', () => {
    const json = synth({ ...COPIED, replicaKeyArns: { 'us-east-1': 'arn:aws:kms:us-east-1:123456789012:key/1' } });
    expect(resources(json, 'aws_kms_key')).toEqual([]);
    expect(onlyResource(json, 'aws_ecr_repository_creation_template').encryption_configuration).toEqual([
      { encryption_type: 'KMS', kms_key: 'arn:aws:kms:us-east-1:123456789012:key/1' },
    ]);
  });

  test.each<[UpstreamName, string, string]>([
    ['docker.io', 'docker-hub', 'registry-1.docker.io'],
    ['ghcr.io', 'github', 'ghcr.io'],
    ['public.ecr.aws', 'ecr-public', 'public.ecr.aws'],
    ['quay.io', 'quay', 'quay.io'],
    ['registry.k8s.io', 'kubernetes', 'registry.k8s.io'],
  ])('%s is fetched from below %s', (upstream, prefix, url) => {
    const json = synth({ caches: [{ ...HUB, upstream }] });
    expect(onlyResource(json, 'aws_ecr_pull_through_cache_rule')).toMatchObject({
      ecr_repository_prefix: prefix,
      upstream_registry_url: url,
      depends_on: [expect.stringMatching(/^aws_ecr_repository_creation_template\./)],
    });
    expect(onlyResource(json, 'aws_ecr_repository_creation_template')).toMatchObject({
      prefix,
      applied_for: ['PULL_THROUGH_CACHE'],
      image_tag_mutability: 'MUTABLE',
    });
  });

  test('user and token come from a secret that is named, and are in no file', () => {
    const json = synth({ caches: [HUB, { upstream: 'quay.io' }] });
    const byUrl = Object.fromEntries(
      resources(json, 'aws_ecr_pull_through_cache_rule').map((rule) => [rule.upstream_registry_url, rule]),
    );

    expect(Object.values<Block>(json.data.aws_secretsmanager_secret).map(({ name }) => name)).toEqual([
      'ecr-pullthroughcache/docker-hub',
    ]);
    expect(byUrl['registry-1.docker.io'].credential_arn).toMatch(/^\$\{data\.aws_secretsmanager_secret\..+\.arn\}$/);
    expect(byUrl['quay.io']).not.toHaveProperty('credential_arn');
  });

  test('named roles may fetch an image for the first time, below the caches only', () => {
    const json = synth({ caches: [{ upstream: 'quay.io' }], pullers: [ROLE] });
    expect(JSON.parse(readable(onlyResource(json, 'aws_ecr_registry_policy').policy)).Statement).toEqual([
      {
        Sid: 'FirstPullFetches',
        Effect: 'Allow',
        Principal: { AWS: [ROLE] },
        Action: ['ecr:CreateRepository', 'ecr:BatchImportUpstreamImage'],
        Resource: [
          'arn:<aws_partition.partition>:ecr:<aws_region.region>:<aws_caller_identity.account_id>:repository/quay/*',
        ],
      },
    ]);
    expect(resources(synth({ caches: [{ upstream: 'quay.io' }] }), 'aws_ecr_registry_policy')).toEqual([]);
    expect(resources(synth({ pullers: [ROLE] }), 'aws_ecr_registry_policy')).toEqual([]);
  });

  test('says what images of each registry start with here', () => {
    terraform((stack) => {
      const registry = new ImageRegistry(stack, 'Registry', {
        caches: [HUB, { upstream: 'quay.io', prefix: 'red/hat' }],
      });
      expect(registry.cachePrefixes).toEqual({ 'docker.io': 'docker-hub', 'quay.io': 'red/hat' });
    });
  });

  test('is hardened as checkov wants it', () => {
    expect(brokenAwsRules('test', synth({ ...COPIED, caches: [HUB], pullers: [ROLE] }), AWS_RULES)).toEqual([]);
  });

  const rows: readonly (readonly [checks: readonly string[], it: string, props: ImageRegistryProps])[] = [
    [['image-registry-region-is-well-formed'], 'a zone', { region: 'us-west-2a' }],
    [['image-registry-copies-go-elsewhere'], 'a copy in a zone', { ...COPIED, replicateTo: ['us-east-1a'] }],
    [['image-registry-copies-go-elsewhere'], 'a copy beside the image', { ...COPIED, region: 'us-east-1' }],
    [
      ['image-registry-copies-go-elsewhere'],
      'two copies in a region',
      { ...COPIED, replicateTo: ['us-east-1', 'us-east-1'] },
    ],
    [[], 'copies in 25 regions', { ...COPIED, replicateTo: REGIONS.slice(0, 25) }],
    [['image-registry-copies-go-elsewhere'], 'copies in 26 regions', { ...COPIED, replicateTo: REGIONS }],
    [['image-registry-copies-what-is-ours'], 'nothing to copy', { replicateTo: ['us-east-1'] }],
    [['image-registry-copies-what-is-ours'], 'nowhere to copy to', { replicatedPrefixes: ['acgs/'] }],
    [['image-registry-copies-what-is-ours'], 'everything', { ...COPIED, replicatedPrefixes: ['*'] }],
    [['image-registry-copies-what-is-ours'], 'a start twice', { ...COPIED, replicatedPrefixes: ['acgs/', 'acgs/'] }],
    [['image-registry-replica-keys-have-regions'], 'a key for no copy', { replicaKeyArns: { 'us-east-1': 'arn' } }],
    [
      ['image-registry-replica-keys-have-regions'],
      'a key of another region',
      { ...COPIED, replicaKeyArns: { 'eu-west-1': 'arn' } },
    ],
    [
      ['image-registry-upstreams-are-known'],
      'a registry that ECR does not know',
      { caches: [{ upstream: 'nvcr.io' as UpstreamName }] },
    ],
    [
      ['image-registry-caches-have-prefixes'],
      'a prefix twice',
      { caches: [HUB, { upstream: 'quay.io', prefix: 'docker-hub' }] },
    ],
    [
      ['image-registry-caches-have-prefixes'],
      'a capital letter',
      { caches: [{ upstream: 'quay.io', prefix: 'Quay' }] },
    ],
    [[], 'a prefix of 30 letters', { caches: [{ upstream: 'quay.io', prefix: 'q'.repeat(30) }] }],
    [
      ['image-registry-caches-have-prefixes'],
      'a prefix of 31 letters',
      { caches: [{ upstream: 'quay.io', prefix: 'q'.repeat(31) }] },
    ],
    [['image-registry-caches-say-who-asks'], 'Docker Hub for anybody', { caches: [{ upstream: 'docker.io' }] }],
    [['image-registry-caches-say-who-asks'], 'GitHub for anybody', { caches: [{ upstream: 'ghcr.io' }] }],
    [
      ['image-registry-credentials-are-found'],
      'a secret of another name',
      { caches: [{ ...HUB, credentialsSecret: 'docker-hub-credentials' }] },
    ],
    [['image-registry-pullers-are-roles'], 'everybody', { pullers: ['*'] }],
    [['image-registry-pullers-are-roles'], 'a role twice', { pullers: [ROLE, ROLE] }],
    [['image-registry-keeps-releases'], '9 releases', { releases: 9 }],
    [['image-registry-keeps-releases'], '10001 releases', { releases: 10_001 }],
    [['image-registry-forgets-in-days'], 'no day', { untagged: Duration.days(0) }],
    [[], '3650 days', { untagged: Duration.days(3650) }],
  ];

  test.each(rows)('%s: %s', (checks, _, props) => {
    expect(ids(ImageRegistry.inspect('Registry', props))).toEqual(checks);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ caches: [{ upstream: 'docker.io' }] }))).toEqual([
      'image-registry-caches-say-who-asks',
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([checks]) => checks))].sort()).toEqual(allIds(IMAGE_REGISTRY_CHECKS));
  });
});
