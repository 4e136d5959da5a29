import { lockImages, type PlatformSpec } from '../../lib/model';
import type { Manifest } from '../support/manifests';
import { output } from '../support/output';
import { everyOutput, PLATFORMS } from '../support/platforms';
import { type Block, onlyResource, resources } from '../support/terraform';

/** What accounts give is what their environments take. */
const emitted = everyOutput();

const ACCOUNTS = PLATFORMS.flatMap(({ name, accounts = [], environments }) =>
  accounts.map((account) => ({
    stack: `${name}-account-${account.name}`,
    platform: name,
    account,
    environments: environments.filter((environment) => environment.account === account.id),
  })),
);

const stacksIn = (id: string): string[] =>
  emitted.stacks.filter((name) => emitted.stack(name).provider.aws[0].allowed_account_ids.includes(id));

const statementsOf = (stack: string, role: string): Block[] => {
  const json = emitted.stack(stack);
  const [id] = Object.entries<Block>(json.resource.aws_iam_role ?? {}).flatMap(([key, { name }]) =>
    name === role ? [key] : [],
  );
  return resources(json, 'aws_iam_role_policy')
    .filter((policy) => policy.role === `\${aws_iam_role.${id}.name}`)
    .flatMap(({ policy }) => JSON.parse(policy).Statement);
};

const images = (folder: string): string[] => {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (key === 'image' && typeof item === 'string') found.push(item);
      visit(item);
    }
  };
  emitted.objects(folder).forEach(visit);
  return [...new Set(found)].sort();
};

/** Prefix of the actions on resources of a type, where it is not the word after `aws_`. */
const PREFIXES: Readonly<Record<string, string>> = {
  acm: 'acm',
  autoscaling: 'autoscaling',
  budgets: 'budgets',
  db: 'rds',
  eip: 'ec2',
  flow: 'ec2',
  instance: 'ec2',
  internet: 'ec2',
  launch: 'ec2',
  lb: 'elasticloadbalancing',
  nat: 'ec2',
  network: 'ec2',
  rds: 'rds',
  route: 'ec2',
  security: 'ec2',
  subnet: 'ec2',
  vpc: 'ec2',
  default: 'ec2',
};

const prefixOf = (type: string): string => {
  const [, word = ''] = type.split('_');
  if (/^aws_cloudwatch_log_/.test(type)) return 'logs';
  if (/^aws_cloudwatch_event_/.test(type)) return 'events';
  return PREFIXES[word] ?? word;
};

test('every account of an environment is declared, and made ready by a stack', () => {
  for (const { name, environments, accounts = [] } of PLATFORMS) {
    for (const { account } of environments) {
      const [spec] = accounts.filter(({ id }) => id === account);
      expect(emitted.stacks).toContain(`${name}-account-${spec?.name}`);
    }
  }
});

describe.each(ACCOUNTS)('$stack', ({ stack, platform, account, environments }) => {
  const json = emitted.stack(stack);
  const of = (type: string): Block[] => resources(json, type);

  test('makes every bucket and key that a state of the account is in', () => {
    const kept = stacksIn(account.id).flatMap((name) => emitted.stack(name).terraform.backend.s3 ?? []);
    const made = of('aws_s3_bucket').map(({ bucket, region }) => `${bucket} in ${region}`);
    const keys = of('aws_kms_alias').map(({ name, region }) => `${name} in ${region}`);
    for (const { bucket, region, kms_key_id } of kept) {
      expect(made).toContain(`${bucket} in ${region}`);
      expect(keys).toContain(`${kms_key_id} in ${region}`);
    }
  });

  test('makes every log bucket that another stack of the account writes to', () => {
    const made = of('aws_s3_bucket').map(({ bucket }) => bucket);
    const text = stacksIn(account.id)
      .filter((name) => name !== stack)
      .map((name) => JSON.stringify(emitted.stack(name)))
      .join();
    const used =
      text.match(/(aws-waf-logs-)?\w+-logs-\d{12}-[a-z]+-[a-z]+-\d(-(s3|load-balancers|cloudfront))?/g) ?? [];
    expect([...new Set(used)].filter((name) => !made.includes(name))).toEqual([]);
  });

  test('has a repository for each image of ours, where it is pushed and where it is pulled', () => {
    const repositories = of('aws_ecr_repository').map(({ name, region }) => `${name} in ${region}`);
    const copied = of('aws_ecr_replication_configuration').flatMap((one) =>
      one.replication_configuration.rule[0].destination.map(({ region }: Block) => region),
    );
    const [home] = of('aws_ecr_repository').map(({ region }) => region);
    for (const environment of environments) {
      const ours = environment.services.map(({ image }) => image.repository);
      expect(ours.filter((name) => !repositories.includes(`${name} in ${home}`))).toEqual([]);
      expect([home, ...copied]).toContain(environment.region);
    }
  });

  test('has a cache for each image of others that comes through the registry, and nodes may fill it', () => {
    for (const environment of environments) {
      const { registry, region, name } = environment;
      const cached = images(`${platform}/${name}/30-workloads`)
        .filter((image) => image.startsWith(`${registry}/`) && !image.startsWith(`${registry}/${platform}/`))
        .map((image) => image.slice(registry.length + 1).split('/')[0]);
      const rules = of('aws_ecr_pull_through_cache_rule').filter((rule) => rule.region === region);
      expect(rules.map((rule) => rule.ecr_repository_prefix).sort()).toEqual([...new Set(cached)].sort());
      const nodes = JSON.stringify(resources(emitted.stack(`${platform}-${name}-cluster`), 'aws_iam_role_policy'));
      for (const prefix of cached) expect(nodes).toContain(`repository/${prefix}/*`);
      if (environment.imageCache === 'pull-through') expect(cached).not.toEqual([]);
    }
  });

  test('asks for every quota above what AWS grants, and for no other', () => {
    const declared = Object.entries(account.quotas ?? {}).flatMap(([region, quotas]) =>
      Object.values(quotas).map((value) => `${value} in ${region}`),
    );
    const asked = of('aws_servicequotas_service_quota').map(({ value, region }) => `${value} in ${region}`);
    expect(asked.sort()).toEqual(declared.sort());
  });

  test('encrypts volumes in each region that it has nodes in', () => {
    const regions = [...new Set(environments.map(({ region }) => region))].sort();
    expect(
      of('aws_ebs_encryption_by_default')
        .map(({ region }) => region)
        .sort(),
    ).toEqual(regions);
  });
});

describe.each(ACCOUNTS.filter(({ account }) => account.pipeline))(
  'pipelines of $stack',
  ({ stack, platform, account }) => {
    const own = stacksIn(account.id).filter((name) => name !== stack);
    const apply = statementsOf(stack, `${platform}-ci-apply`);
    const plan = statementsOf(stack, `${platform}-ci-plan`);
    const allowed = apply.filter(({ Sid }) => Sid === 'MakeInRegions');

    test('may make everything that the stacks of its environments declare', () => {
      const services = allowed.flatMap(({ Action }) => Action);
      const types = own.flatMap((name) =>
        Object.keys(emitted.stack(name).resource ?? {}).filter((type) => /^aws_(?!iam_)/.test(type)),
      );
      const missing = [...new Set(types)].filter((type) => !services.includes(`${prefixOf(type)}:*`));
      expect(missing).toEqual([]);
    });

    test('may do so in every region that anything of them is in', () => {
      const regions = allowed.flatMap(({ Condition }) => Condition.StringEquals['aws:RequestedRegion']);
      const used = own.flatMap((name) => [
        emitted.stack(name).provider.aws[0].region,
        ...(JSON.stringify(emitted.stack(name).resource ?? {}).match(/(?<="region":")[a-z0-9-]+(?=")/g) ?? []),
      ]);
      expect([...new Set(used)].filter((region) => !regions.includes(region))).toEqual([]);
    });

    test('may hand roles to every service that the roles are for, and make none of another name', () => {
      const passed = apply.filter(({ Sid }) => Sid === 'HandOverRoles');
      const to = passed.flatMap(({ Condition }) => Condition.StringEquals['iam:PassedToService']);
      const roles = own.flatMap((name) => resources(emitted.stack(name), 'aws_iam_role'));
      const trusted = roles.flatMap(({ assume_role_policy: trust }) =>
        JSON.parse(trust).Statement.flatMap(({ Principal }: Block) => Principal.Service ?? []),
      );
      expect([...new Set<string>(trusted)].filter((service) => !to.includes(service))).toEqual([]);
      expect(roles.filter(({ name, name_prefix }) => name !== undefined || name_prefix !== undefined)).toEqual([]);
    });

    test.each([
      ['plan', plan],
      ['apply', apply],
    ])('%s reads every secret that a run opens, and no other', (_purpose, statements) => {
      const opened = own.flatMap((name) => {
        const json = emitted.stack(name);
        return Object.values<Block>(json.ephemeral?.aws_secretsmanager_secret_version ?? {}).map(
          ({ secret_id }) => `${json.provider.aws[0].region} ${secret_id}`,
        );
      });
      const granted = statements
        .filter(({ Sid }) => Sid === 'ReadSecrets')
        .flatMap(({ Resource }) => Resource)
        .map((arn: string) => arn.replaceAll(/\$\{[^}]+\}/g, 'x').split(':'))
        .map((parts: string[]) => `${parts[3]} ${parts[6]?.replace(/-\*$/, '')}`);
      expect([...new Set(opened)].sort()).toEqual(granted.sort());
      expect(opened.length).toBeGreaterThanOrEqual(1);
    });

    test('fit into what IAM takes inline once references are filled in', () => {
      const length = (statements: readonly Block[]): number =>
        JSON.stringify(statements)
          .replaceAll(/\$\{aws_s3_bucket[^}]+\}/g, `arn:aws:s3:::${'b'.repeat(63)}`)
          .replaceAll(/\$\{aws_kms_key[^}]+\}/g, `arn:aws:kms:ap-southeast-1:123456789012:key/${'k'.repeat(36)}`)
          .replaceAll(/\$\{data\.aws_caller_identity[^}]+\}/g, '123456789012')
          .replaceAll(/\$\{data\.aws_partition[^}]+\}/g, 'aws-us-gov').length;
      expect(length(apply)).toBeLessThan(10_000);
      expect(length(plan)).toBeLessThan(10_000);
    });
  },
);

describe('a lock', () => {
  const digest = (index: number): string => `sha256:${index.toString(16).padStart(64, '0')}`;
  const [acgs] = PLATFORMS;
  if (acgs === undefined) throw new Error('there is no platform');
  const before = images('acgs/production/30-workloads');
  const lock = Object.fromEntries(
    before
      .map((image) => image.replace(/^333333333333\.dkr\.ecr\.us-west-2\.amazonaws\.com\//, ''))
      .map((image) => image.replace(/^docker-hub\//, 'docker.io/').replace(/^ecr-public\//, 'public.ecr.aws/'))
      .map((image) => image.replace(/^quay\//, 'quay.io/'))
      .map((image, index) => [image, digest(index)]),
  );
  const locked: PlatformSpec = {
    ...acgs,
    environments: acgs.environments.map((environment) =>
      environment.name === 'production' ? lockImages(environment, lock) : environment,
    ),
  };

  test('pins everything that runs in production by digest, through the same registry', () => {
    const after = output(locked)
      .objects('acgs/production/30-workloads')
      .map((object: Manifest) => JSON.stringify(object))
      .join();
    const references = [...new Set(after.match(/"image":"[^"]+"/g) ?? [])];
    expect(references.filter((text) => !text.includes('@sha256:'))).toEqual([]);
    expect(references.length).toBe(before.length);
    expect(references.filter((text) => !text.includes('333333333333.dkr.ecr.us-west-2.amazonaws.com/'))).toEqual([]);
  });

  test('changes no stack', () => {
    const { stacks } = output(locked);
    expect(stacks).toEqual(emitted.stacks.filter((name) => name.startsWith('acgs-')));
    expect(onlyResource(output(locked).stack('acgs-production-network'), 'aws_vpc')).toEqual(
      onlyResource(emitted.stack('acgs-production-network'), 'aws_vpc'),
    );
  });
});
