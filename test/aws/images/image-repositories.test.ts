import {
  IMAGE_REPOSITORY_CHECKS,
  ImageRepositories,
  type ImageRepositoriesProps,
} from '../../../lib/aws/images/image-repositories';
import { Duration } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable } from '../../support/references';
import { onlyResource, resources, terraform } from '../../support/terraform';

const PROPS: ImageRepositoriesProps = { repositories: ['acgs/auth-service'] };

const synth = (overrides: Partial<ImageRepositoriesProps> = {}) =>
  terraform((stack) => {
    new ImageRepositories(stack, 'Images', { ...PROPS, ...overrides });
  });

describe('ImageRepositories', () => {
  test('in another region, all of it is told so', () => {
    const json = synth({ region: 'eu-west-1', pullingAccounts: ['210987654321'] });
    for (const type of [
      'aws_ecr_repository',
      'aws_ecr_lifecycle_policy',
      'aws_ecr_repository_policy',
      'aws_kms_key',
      'aws_kms_alias',
    ]) {
      expect([type, ...new Set(resources(json, type).map(({ region }) => region))]).toEqual([type, 'eu-west-1']);
      expect(resources(synth({ pullingAccounts: ['210987654321'] }), type)[0]).not.toHaveProperty('region');
    }
  });

  test('tags never move, images are scanned and encrypted with one key, and none goes unless empty', () => {
    const json = synth({ repositories: ['acgs/auth-service', 'acgs/audit-service'] });

    expect(
      resources(json, 'aws_ecr_repository')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['acgs/audit-service', 'acgs/auth-service']);
    for (const repository of resources(json, 'aws_ecr_repository')) {
      expect(repository).toMatchObject({
        image_tag_mutability: 'IMMUTABLE',
        image_scanning_configuration: { scan_on_push: true },
        force_delete: false,
      });
      expect(repository.encryption_configuration.map(({ kms_key }: { kms_key: string }) => readable(kms_key))).toEqual([
        '<aws_kms_key.arn>',
      ]);
    }
    expect(onlyResource(json, 'aws_kms_key').lifecycle).toEqual({ prevent_destroy: true });
    expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/ecr/images');
  });

  test('keeps the newest releases, and what has no tag for a while', () => {
    const { rules } = JSON.parse(onlyResource(synth(), 'aws_ecr_lifecycle_policy').policy);
    expect(rules).toEqual([
      {
        rulePriority: 1,
        description: 'Images without a tag go after 7 days',
        selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: 'The newest 100 releases stay',
        selection: { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber: 100 },
        action: { type: 'expire' },
      },
    ]);
    const told = JSON.parse(
      onlyResource(synth({ releases: 20, untagged: Duration.days(1) }), 'aws_ecr_lifecycle_policy').policy,
    );
    expect(told.rules.map(({ selection }: { selection: { countNumber: number } }) => selection.countNumber)).toEqual([
      1, 20,
    ]);
  });

  test('other accounts may pull and do no more; without them there is no policy', () => {
    const json = synth({ pullingAccounts: ['210987654321'] });
    expect(JSON.parse(readable(onlyResource(json, 'aws_ecr_repository_policy').policy)).Statement).toEqual([
      {
        Sid: 'OtherAccountsPull',
        Effect: 'Allow',
        Principal: { AWS: ['arn:<aws_partition.partition>:iam::210987654321:root'] },
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      },
    ]);
    expect(resources(synth(), 'aws_ecr_repository_policy')).toEqual([]);
  });

  test('names that differ by a slash and a hyphen are two repositories', () => {
    expect(resources(synth({ repositories: ['a/b-c', 'a-b/c'] }), 'aws_ecr_repository')).toHaveLength(2);
  });

  test('a repository that is added changes no other', () => {
    const one = synth().resource.aws_ecr_repository;
    const two = synth({ repositories: ['acgs/new', 'acgs/auth-service'] }).resource.aws_ecr_repository;
    expect(two).toMatchObject(one);
  });

  test('takes a key of others, and can be emptied', () => {
    const json = synth({ keyArn: 'arn:aws:kms:us-west-2:123456789012:key/1', emptiedOnDestroy: true });
    expect(resources(json, 'aws_kms_key')).toEqual([]);
    expect(onlyResource(json, 'aws_ecr_repository')).toMatchObject({
      force_delete: true,
      encryption_configuration: [{ encryption_type: 'KMS', kms_key: 'arn:aws:kms:us-west-2:123456789012:key/1' }],
    });
  });

  test('offers URLs and ARNs by name', () => {
    terraform((stack) => {
      const { urls, arns } = new ImageRepositories(stack, 'Images', PROPS);
      expect([Object.keys(urls), Object.keys(arns)]).toEqual([['acgs/auth-service'], ['acgs/auth-service']]);
    });
  });

  test('is hardened as checkov wants it', () => {
    expect(brokenAwsRules('test', synth(), AWS_RULES)).toEqual([]);
  });

  const rows: readonly (readonly [
    check: string | undefined,
    it: string,
    overrides: Partial<ImageRepositoriesProps>,
  ])[] = [
    ['image-repositories-have-names', 'no repository', { repositories: [] }],
    ['image-repositories-have-names', 'a repository twice', { repositories: ['ab', 'ab'] }],
    ['image-repositories-have-names', 'a capital letter', { repositories: ['Auth'] }],
    ['image-repositories-have-names', 'a tag', { repositories: ['auth:1'] }],
    ['image-repositories-have-names', 'one letter', { repositories: ['a'] }],
    [undefined, '256 letters', { repositories: ['a'.repeat(256)] }],
    ['image-repositories-have-names', '257 letters', { repositories: ['a'.repeat(257)] }],
    ['image-repositories-keep-releases', '9 releases', { releases: 9 }],
    [undefined, '10 releases', { releases: 10 }],
    [undefined, '10000 releases', { releases: 10_000 }],
    ['image-repositories-keep-releases', '10001 releases', { releases: 10_001 }],
    ['image-repositories-keep-releases', 'no number', { releases: Number.NaN }],
    ['image-repositories-forget-in-days', 'no day', { untagged: Duration.days(0) }],
    ['image-repositories-forget-in-days', '36 hours', { untagged: Duration.hours(36) }],
    [undefined, '3650 days', { untagged: Duration.days(3650) }],
    ['image-repositories-forget-in-days', '3651 days', { untagged: Duration.days(3651) }],
    ['image-repositories-accounts-are-ids', 'every account', { pullingAccounts: ['*'] }],
    ['image-repositories-accounts-are-ids', 'an account twice', { pullingAccounts: ['210987654321', '210987654321'] }],
    ['key-alias-is-allowed', 'an alias that AWS keeps', { keyAlias: 'aws/ecr' }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(ImageRepositories.inspect('Images', { ...PROPS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ repositories: [] }))).toEqual(['image-repositories-have-names']);
  });

  test('every check has a failing row', () => {
    const found = rows.map(([check]) => check);
    expect(allIds(IMAGE_REPOSITORY_CHECKS).filter((id) => !found.includes(id))).toEqual([]);
  });
});
