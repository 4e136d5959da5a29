import { isError } from '../../lib/check';
import type { AccountSpec, EnvironmentSpec, PlatformSpec, StateBackend } from '../../lib/model';
import { inspectPlatform } from '../../lib/platform';
import { planPipelineRoles } from '../../lib/platform/plan/plan-account';
import { environment, service } from '../support/environment';
import { ids } from '../support/findings';
import { output } from '../support/output';
import { type Block, resources } from '../support/terraform';

const ID = '123456789012';
const WEST = 'eu-west-1';
const CENTRAL = 'eu-central-1';

const kept = (bucket: string, region: string): StateBackend => ({
  kind: 's3',
  bucket,
  region,
  kmsKeyAlias: `s3/${bucket}`,
});

const registry = (region: string): string => `${ID}.dkr.ecr.${region}.amazonaws.com`;

const production = environment({
  registry: registry(WEST),
  state: kept('shop-states', WEST),
});
const standby = environment({
  name: 'dr',
  region: CENTRAL,
  zones: ['a', 'b', 'c'].map((zone) => `${CENTRAL}${zone}`),
  registry: registry(CENTRAL),
  standbyFor: 'production',
  network: { cidr: '10.21.0.0/16', nat: 'per-zone' },
  services: [service('orders')],
  databases: [],
  caches: [],
  state: kept('shop-states-central', CENTRAL),
});
const account: AccountSpec = {
  name: 'main',
  id: ID,
  region: CENTRAL,
  state: kept('shop-states-central', CENTRAL),
};

const shop = (part: Partial<AccountSpec> = {}, environments: readonly EnvironmentSpec[] = [production, standby]) => ({
  name: 'shop',
  environments,
  accounts: [{ ...account, ...part }],
});

const synthesized = (platform: PlatformSpec) => {
  const all = output(platform);
  const json = all.stack('shop-account-main');
  const of = (type: string): Block[] => resources(json, type);
  return {
    ...all,
    json,
    of,
    regions: (type: string): string[] =>
      of(type)
        .map(({ region }) => region)
        .sort(),
  };
};

const policyOf = (json: Block, sid: string): Block | undefined =>
  resources(json, 'aws_iam_role_policy')
    .flatMap(({ policy }) => JSON.parse(policy).Statement)
    .find(({ Sid }: Block) => Sid === sid);

const plain = (text: string): string =>
  text.replaceAll(/\$\{data\.aws_partition\.[^}]+\}/g, 'aws').replaceAll(/\$\{data\.aws_caller_identity\.[^}]+\}/g, ID);

describe('without accounts', () => {
  test('there is no stack of one, and no stack waits for it', () => {
    const { terraform, stacks } = output({ name: 'shop', environments: [production] });
    expect(stacks.filter((name) => name.includes('account'))).toEqual([]);
    expect(terraform['manifest.json']).not.toContain('account');
  });

  test('nothing is said of them', () => {
    const findings = inspectPlatform({ name: 'shop', environments: [production] });
    expect(ids(findings).filter((id) => /account|log-bucket|state-bucket|image-reg/.test(id))).toEqual([]);
  });
});

describe('a stack for each account', () => {
  const { json, of, regions, terraform } = synthesized(shop());

  test('is applied in its account and region, with its own state and tags', () => {
    expect(json.provider.aws).toMatchObject([{ region: CENTRAL, allowed_account_ids: [ID] }]);
    expect(json.provider.aws[0].default_tags[0].tags).toEqual({
      platform: 'shop',
      account: 'main',
      stack: 'account',
      'managed-by': 'cdk-headroom',
    });
    expect(json.terraform.backend.s3).toEqual({
      bucket: 'shop-states-central',
      region: CENTRAL,
      key: 'shop-account-main.tfstate',
      encrypt: true,
      kms_key_id: 'alias/s3/shop-states-central',
      use_lockfile: true,
    });
  });

  test('comes before every stack of its environments', () => {
    const { stacks } = JSON.parse(terraform['manifest.json'] ?? '{}');
    const waiting = Object.entries<Block>(stacks).filter(([, { dependencies }]) =>
      dependencies.includes('shop-account-main'),
    );
    expect(waiting.map(([name]) => name).sort()).toEqual(
      Object.keys(stacks)
        .filter((name) => name !== 'shop-account-main')
        .sort(),
    );
  });

  test('makes each bucket that a state of the account is in, with the key that the state is under', () => {
    const backends = ['shop-production-network', 'shop-dr-network', 'shop-account-main'].map(
      (name) => JSON.parse(terraform[`stacks/${name}/cdk.tf.json`] ?? '{}').terraform.backend.s3,
    );
    const made = of('aws_s3_bucket').map(({ bucket, region }) => `${bucket} ${region}`);
    const keys = of('aws_kms_alias').map(({ name, region }) => `${name} ${region}`);
    for (const { bucket, region, kms_key_id } of backends) {
      expect(made).toContain(`${bucket} ${region}`);
      expect(keys).toContain(`${kms_key_id} ${region}`);
    }
  });

  test('copies every state to the other region, and records who asks for states and copies', () => {
    expect(regions('aws_s3_bucket_replication_configuration')).toEqual([CENTRAL, WEST]);
    const buckets = of('aws_s3_bucket').filter(({ bucket }) => bucket.startsWith('shop-states'));
    expect(buckets.map(({ bucket, region }) => `${bucket} ${region}`).sort()).toEqual([
      `shop-states ${WEST}`,
      `shop-states-central ${CENTRAL}`,
      `shop-states-central-copy ${WEST}`,
      `shop-states-copy ${CENTRAL}`,
    ]);
    expect(of('aws_s3_bucket_logging').map(({ target_bucket, region }) => `${target_bucket} ${region}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/Logs-eu-west-1_s3_.* eu-west-1$/)]),
    );
    expect(of('aws_s3_bucket_logging')).toHaveLength(4);
    // a reference: the bucket that records comes first
    expect(
      of('aws_s3_bucket_logging').filter(({ target_bucket }) => !target_bucket.startsWith('${aws_s3_bucket.Logs-')),
    ).toEqual([]);
  });

  test('guards, encrypts volumes and keeps logs in every region of its environments', () => {
    for (const type of [
      'aws_ebs_encryption_by_default',
      'aws_ebs_default_kms_key',
      'aws_accessanalyzer_analyzer',
      'aws_ecr_registry_scanning_configuration',
    ]) {
      expect([type, regions(type)]).toEqual([type, [CENTRAL, WEST]]);
    }
    const logs = of('aws_s3_bucket').map(({ bucket }) => bucket);
    for (const region of [CENTRAL, WEST]) {
      expect(logs).toEqual(
        expect.arrayContaining([
          `shop-logs-${ID}-${region}-s3`,
          `shop-logs-${ID}-${region}-load-balancers`,
          `shop-logs-${ID}-${region}-cloudfront`,
          `aws-waf-logs-shop-logs-${ID}-${region}`,
        ]),
      );
    }
  });

  test('the key of volumes and what ECR does wait for the roles that AWS works with', () => {
    const volumes = of('aws_kms_key').filter(({ description }) => description.startsWith('Volumes'));
    expect(volumes).toHaveLength(2);
    for (const waiting of [...volumes, ...of('aws_ecr_replication_configuration')]) {
      expect(waiting.depends_on).toEqual(expect.arrayContaining([expect.stringMatching(/service_linked_role\./)]));
    }
  });

  test('asks for no quota, trusts no pipeline and breaks down no bill unless told so', () => {
    for (const type of [
      'aws_servicequotas_service_quota',
      'aws_iam_openid_connect_provider',
      'aws_ce_cost_allocation_tag',
    ]) {
      expect([type, of(type)]).toEqual([type, []]);
    }
  });
});

describe('images', () => {
  test('there is a repository for each service where images are pushed, and a copy where others pull', () => {
    const { of } = synthesized(shop());
    expect(of('aws_ecr_repository').map(({ name, region }) => [name, region])).toEqual([['shop/orders', WEST]]);
    const [replication] = of('aws_ecr_replication_configuration');
    expect(replication).toMatchObject({ region: WEST });
    const [rule] = replication.replication_configuration.rule;
    expect(rule.destination.map(({ region }: Block) => region)).toEqual([CENTRAL]);
    expect(rule.repository_filter).toEqual([{ filter: 'shop/', filter_type: 'PREFIX_MATCH' }]);
  });

  test('one more service is one more repository, in whichever environment', () => {
    const more = { ...production, services: [...production.services, service('carts')] };
    const { of } = synthesized(shop({}, [more, standby]));
    expect(
      of('aws_ecr_repository')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['shop/carts', 'shop/orders']);
  });

  test('where a standby is declared first, images are still pushed to the region it stands by for', () => {
    const { of } = synthesized(shop({}, [standby, production]));
    expect(of('aws_ecr_repository').map(({ region }) => region)).toEqual([WEST]);
  });

  test('images in a registry of somebody else have no repository here', () => {
    const elsewhere = { ...production, registry: 'registry.example.com' };
    const { of } = synthesized(shop({ region: WEST, state: { kind: 'local' } }, [elsewhere]));
    expect(of('aws_ecr_repository')).toEqual([]);
    expect(of('aws_ecr_registry_scanning_configuration')).toEqual([]);
  });

  test('who pulls from another account is let in', () => {
    const other = environment({
      name: 'other',
      account: '999999999999',
      registry: registry(WEST),
      network: { cidr: '10.22.0.0/16', nat: 'single' },
      services: [service('orders')],
      databases: [],
      caches: [],
    });
    const second = { ...account, name: 'second', id: '999999999999', region: WEST, state: { kind: 'local' } as const };
    const platform = { ...shop({}, [production, standby, other]), accounts: [account, second] };
    const { of } = synthesized(platform);
    const [policy] = of('aws_ecr_repository_policy');
    expect(JSON.parse(plain(policy.policy)).Statement[0].Principal).toEqual({
      AWS: ['arn:aws:iam::999999999999:root'],
    });
    expect(resources(output(platform).stack('shop-account-second'), 'aws_ecr_repository')).toEqual([]);
  });

  test('public registries are fetched from where an environment has a cache, and only those it uses', () => {
    const cached = { ...production, imageCache: 'pull-through' } as const;
    const { of, json } = synthesized(shop({}, [cached, standby]));
    expect(of('aws_ecr_pull_through_cache_rule').map((rule) => [rule.region, rule.ecr_repository_prefix])).toEqual([
      [WEST, 'docker-hub'],
    ]);
    expect(Object.values<Block>(json.data.aws_secretsmanager_secret)).toMatchObject([
      { region: WEST, name: 'ecr-pullthroughcache/docker-hub' },
    ]);
  });

  test('credentials have the name that is declared', () => {
    const cached = { ...production, imageCache: 'pull-through' } as const;
    const registrySecrets = { 'docker.io': 'ecr-pullthroughcache/hub-of-shop' } as const;
    const { json } = synthesized(shop({ registrySecrets }, [cached, standby]));
    expect(Object.values<Block>(json.data.aws_secretsmanager_secret)).toMatchObject([
      { name: 'ecr-pullthroughcache/hub-of-shop' },
    ]);
    const wrong = shop({ registrySecrets: { 'docker.io': 'hub' } }, [cached, standby]);
    expect(ids(inspectPlatform(wrong).filter(isError))).toEqual(['image-registry-credentials-are-found']);
  });
});

describe('quotas', () => {
  test('what AWS does not grant unasked is asked for, in its region', () => {
    const quotas = {
      [WEST]: { onDemandVcpus: 200, elasticIps: 5, spotVcpus: 0, podIdentityAssociations: 9000 },
      [CENTRAL]: { vpcs: 6 },
    };
    const { of } = synthesized(shop({ quotas }));
    const asked = of('aws_servicequotas_service_quota').map(({ region, quota_code, value }) => [
      region,
      quota_code,
      value,
    ]);
    expect(asked.sort()).toEqual([
      [CENTRAL, 'L-F678F1CE', 6],
      [WEST, 'L-1216C47A', 200],
    ]);
  });

  test('without anything to ask for nothing is asked', () => {
    expect(synthesized(shop({ quotas: { [WEST]: { vpcs: 5 } } })).of('aws_servicequotas_service_quota')).toEqual([]);
  });
});

describe('pipelines', () => {
  const pipeline = { kind: 'github', source: { repository: 'example/shop' } } as const;
  const { of, json } = synthesized(shop({ pipeline }));

  test('there is one role to plan what is proposed, and one to apply what was merged', () => {
    const roles = of('aws_iam_role').filter(({ name }) => name !== undefined);
    const subjects = roles.map(({ name, assume_role_policy: trust }) => [
      name,
      JSON.parse(trust).Statement[0].Condition.StringEquals['token.actions.githubusercontent.com:sub'],
    ]);
    expect(subjects.sort()).toEqual([
      ['shop-ci-apply', 'repo:example/shop:ref:refs/heads/main'],
      ['shop-ci-plan', 'repo:example/shop:pull_request'],
    ]);
  });

  test('they know the states of every region, and make things in all regions of the account', () => {
    const states = policyOf(json, 'WriteStates')?.Resource.map((arn: string) => /States-([\w-]+?)_/.exec(arn)?.[1]);
    expect(states?.sort()).toEqual(['shop-states', 'shop-states-central']);
    expect(policyOf(json, 'MakeInRegions')?.Condition.StringEquals['aws:RequestedRegion']).toEqual([
      WEST,
      CENTRAL,
      'us-east-1',
    ]);
  });

  test('they may open exactly the secrets that each run reads', () => {
    const allowed: string[] = policyOf(json, 'ReadSecrets')?.Resource.map(plain);
    expect(allowed).toEqual([`arn:aws:secretsmanager:${WEST}:${ID}:secret:shop/production/main/master/password-*`]);
  });

  test('declared jobs apply, within declared bounds, through a provider that exists', () => {
    const bounded = synthesized(
      shop({
        pipeline: {
          ...pipeline,
          providerExists: true,
          applyJobs: { on: 'environment', environment: 'production' },
          permissionsBoundaryArn: `arn:aws:iam::${ID}:policy/pipelines`,
        },
      }),
    );
    const [apply] = bounded.of('aws_iam_role').filter(({ name }) => name === 'shop-ci-apply');
    expect(apply.permissions_boundary).toBe(`arn:aws:iam::${ID}:policy/pipelines`);
    expect(apply.assume_role_policy).toContain('repo:example/shop:environment:production');
    expect(bounded.of('aws_iam_openid_connect_provider')).toEqual([]);
  });

  test('one’s own GitLab signs at its own host', () => {
    const lab = { kind: 'gitlab', host: 'git.example.com', source: { project: 'example/shop' } } as const;
    expect(synthesized(shop({ pipeline: lab })).of('aws_iam_openid_connect_provider')).toMatchObject([
      { url: 'https://git.example.com' },
    ]);
  });

  test('a source that is not of the service is refused before anything is built', () => {
    const wrong = shop({ pipeline: { kind: 'gitlab', source: { repository: 'example/shop' } } });
    expect(ids(inspectPlatform(wrong).filter(isError))).toContain('ci-role-source-is-one-repository');
  });

  test('profiles of nodes that Karpenter makes are made by name, where all others are drawn', () => {
    const cluster = { ...production.cluster, karpenter: { imageVersion: 'v20261101', pools: [] } };
    const rolesOf = (environments: readonly EnvironmentSpec[]) =>
      planPipelineRoles(
        shop({}, environments),
        { ...account, pipeline },
        {
          provider: { arn: 'provider', kind: 'github', host: 'token.example.com', audience: 'sts.amazonaws.com' },
          states: [],
          roleBoundaryArn: 'arn:aws:iam::123456789012:policy/shop-boundary',
          arn: (service, resource, region) => `arn:aws:${service}:${region}:${ID}:${resource}`,
        },
      );
    const statements = (environments: readonly EnvironmentSpec[]) =>
      rolesOf(environments).map(({ purpose, statements: more }) => [purpose, more?.map(({ resources: on }) => on)]);
    expect(statements([production])).toEqual([
      ['plan', undefined],
      ['apply', []],
    ]);
    expect(statements([{ ...production, cluster }])).toEqual([
      ['plan', undefined],
      ['apply', [[`arn:aws:iam::${ID}:instance-profile/shop-production-karpenter-node`]]],
    ]);
  });
});

test('roles that exist already are left alone', () => {
  const names = (platform: PlatformSpec) =>
    synthesized(platform)
      .of('aws_iam_service_linked_role')
      .map(({ aws_service_name: name }) => name);
  expect(names(shop())).toContain('rds.amazonaws.com');
  expect(names(shop({ existingRoles: ['rds'] }))).not.toContain('rds.amazonaws.com');
});

test('a bill is broken down by the declared tags', () => {
  const { of } = synthesized(shop({ costTags: ['platform', 'stack'] }));
  expect(of('aws_ce_cost_allocation_tag').map(({ tag_key }) => tag_key)).toEqual(['platform', 'stack']);
});

test('tags of the account are on everything, and do not hide ours', () => {
  const { json } = synthesized(shop({ tags: { owner: 'ops', stack: 'mine' } }));
  expect(json.provider.aws[0].default_tags[0].tags).toMatchObject({ owner: 'ops', stack: 'account' });
});

test('without a second region a state has no copy, which is said', () => {
  const platform = shop({ region: WEST, state: kept('shop-states', WEST) }, [production]);
  expect(ids(inspectPlatform(platform))).toContain('state-bucket-outlives-its-region');
  expect(synthesized(platform).of('aws_s3_bucket_replication_configuration')).toEqual([]);
  const copied = { ...platform, accounts: [{ ...platform.accounts[0], copyRegion: 'eu-north-1' } as AccountSpec] };
  expect(ids(inspectPlatform(copied))).not.toContain('state-bucket-outlives-its-region');
  const { regions, of } = synthesized(copied);
  expect(regions('aws_s3_bucket_replication_configuration')).toEqual([WEST]);
  expect(of('aws_s3_bucket').map(({ bucket }) => bucket)).toContain(`shop-logs-${ID}-eu-north-1-s3`);
  expect(of('aws_s3_bucket').map(({ bucket }) => bucket)).not.toContain(`shop-logs-${ID}-eu-north-1-load-balancers`);
  expect(regions('aws_ebs_encryption_by_default')).toEqual([WEST]);
});

test.each<[fault: string, errors: readonly string[], platform: PlatformSpec]>([
  ['a bucket whose name AWS refuses', ['bucket-name'], shop({ state: kept('Shop_States', CENTRAL) })],
  ['a platform whose log buckets are too long', ['log-buckets-name-is-a-prefix'], { ...shop(), name: 'a'.repeat(20) }],
  ['a role of nobody', ['service-linked-roles-are-known'], shop({ existingRoles: ['redshift' as 'rds'] })],
  ['a tag of AWS', ['cost-allocation-keys-are-allowed'], shop({ costTags: ['aws:createdBy'] })],
])('what constructs find of an account comes back with the rest: %s', (_fault, errors, platform) => {
  const found = ids(inspectPlatform(platform).filter(isError));
  for (const id of errors) expect(found.join()).toContain(id);
});
