import { ACGS } from '../../apps/acgs';
import { ALFRED } from '../../apps/alfred';
import { type EnvironmentSpec, isReplica, type PlatformSpec } from '../../lib/model';
import type { Manifest } from '../support/manifests';
import { type Output, output } from '../support/output';
import { type Block, resources } from '../support/terraform';

/** A place that may go on naming what is lost. */
interface Exemption {
  /** Stack or environment, and where in it. */
  readonly on: RegExp;
  /** The text there. */
  readonly says: RegExp;
  readonly because: string;
}

/** A region that is lost, and who goes on in another one. */
interface Loss {
  readonly platform: PlatformSpec;
  readonly lost: EnvironmentSpec;
  readonly successor: EnvironmentSpec;
}

const environmentOf = ({ environments }: PlatformSpec, wanted: string): EnvironmentSpec => {
  const [found] = environments.filter(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`there is no ${wanted}`);
  return found;
};

const loss = (platform: PlatformSpec, lost: string, successor: string): Loss => ({
  platform,
  lost: environmentOf(platform, lost),
  successor: environmentOf(platform, successor),
});

const FOLLOWING: Exemption = {
  on: /-data aws_db_instance\..+\.replicate_source_db/,
  says: /:rds:us-west-2:.+:db:\w+-production-main$/,
  because: 'a replica names what it follows; once promoted it does not, which is tested below',
};

const PRIMARY_DOOR: Exemption = {
  on: /^acgs-failover aws_route53_(health_check|record)\./,
  says: /^us-west-2\.acgs\.example\.com$/,
  because: 'the name of the door that users leave: DNS asks whether it answers, and answers in both cases',
};

const EXEMPTIONS: readonly Exemption[] = [FOLLOWING, PRIMARY_DOOR];

/** Stacks that are deployed after one of the lost region. Only the order is meant: that no state is read is tested. */
const ORDER: Readonly<Record<string, string>> = {
  'acgs-production-dr-data after acgs-production-data':
    'a replica is made after what it follows; promoted, it waits for nothing',
  'acgs-failover after acgs-production-edge':
    'names lead to doors that stand; moving users is a command, and deploys nothing',
  'alfred-production-us-east-1-data after alfred-production-data':
    'a replica is made after what it follows; promoted, it waits for nothing',
};

const regionOf = (stack: Block): string => stack.provider.aws[0].region;
const stateOf = (stack: Block): Block => stack.terraform.backend.s3 ?? {};

/** What failover needs: the successor's stacks, and those that lead users there. */
function needed({ stacks }: Output, { platform: { name, environments }, successor }: Loss): string[] {
  const stem = (environment: string) => `${name}-${environment}-`;
  const longer = environments
    .map((one) => stem(one.name))
    .filter((other) => other.length > stem(successor.name).length);
  return stacks.filter(
    (stack) =>
      (stack.startsWith(stem(successor.name)) && !longer.some((other) => stack.startsWith(other))) ||
      [`${name}-dns`, `${name}-failover`].includes(stack),
  );
}

/** Stacks that stand in the lost region, or whose state does. */
const lostStacks = ({ stacks, stack }: Output, { region }: EnvironmentSpec): string[] =>
  stacks.filter((name) => regionOf(stack(name)) === region || stateOf(stack(name)).region === region);

/** What others would find it by, of each kind of thing that stands in one region. */
const NAMED_BY: Readonly<Record<string, string>> = {
  aws_backup_vault: 'name',
  aws_cloudwatch_log_group: 'name',
  aws_db_instance: 'identifier',
  aws_ecr_repository: 'name',
  aws_eks_cluster: 'name',
  aws_elasticache_replication_group: 'replication_group_id',
  aws_kms_alias: 'name',
  aws_s3_bucket: 'bucket',
  aws_secretsmanager_secret: 'name',
  aws_sns_topic: 'name',
};

const copiedTo = (body: Block): string[] => (body.replica ?? []).map(({ region }: Block) => region);

/** Names of things by the regions that they stand in. */
function namesIn({
  stacks,
  stack,
}: Output): { readonly type: string; readonly name: string; readonly regions: string[] }[] {
  return stacks.flatMap((of) =>
    Object.entries(NAMED_BY).flatMap(([type, argument]) =>
      resources(stack(of), type)
        .filter((body) => typeof body[argument] === 'string' && !body[argument].includes('${'))
        .map((body) => ({
          type,
          name: body[argument] as string,
          regions: [body.region ?? regionOf(stack(of)), ...copiedTo(body)],
        })),
    ),
  );
}

/** Names that mean nothing any more, buckets of state included. */
function lostNames(emitted: Output, { lost: { region } }: Loss): string[] {
  const all = namesIn(emitted);
  const surviving = new Set(all.filter(({ regions }) => regions.some((one) => one !== region)).map(({ name }) => name));
  const states = emitted.stacks.flatMap((name) => {
    const state = stateOf(emitted.stack(name));
    return state.region === region ? [state.bucket] : [];
  });
  return [...new Set([...all.map(({ name }) => name).filter((name) => !surviving.has(name)), ...states])];
}

/** Every text below a value, under its path. */
function texts(value: unknown, path: string): { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== '//')
    .flatMap(([key, member]) => [{ path, text: key }, ...texts(member, `${path}.${key}`)]);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const mentions = (name: string): RegExp => new RegExp(`(?<![\\w./-])${escaped(name)}(?![\\w/-])`);

/** Texts of what failover needs, each with where it stands. */
function neededTexts(emitted: Output, of: Loss) {
  const { platform, successor } = of;
  const environment = `${platform.name}/${successor.name}`;
  return [
    ...needed(emitted, of).flatMap((name) => {
      const { resource = {}, ...rest } = emitted.stack(name);
      return [
        ...Object.entries<Block>(resource).flatMap(([type, bodies]) => texts(bodies, `${name} ${type}`)),
        ...texts(rest, name),
      ];
    }),
    ...emitted
      .objects(environment)
      .flatMap((object: Manifest) => texts(object, `${environment} ${object.kind}/${object.metadata.name}`)),
  ];
}

const isExempt = ({ path, text }: { readonly path: string; readonly text: string }): boolean =>
  EXEMPTIONS.some(({ on, says }) => on.test(path) && says.test(text));

/** Where what failover needs names the lost region, or a thing that was in it alone. */
function references(emitted: Output, of: Loss) {
  const lost = [new RegExp(escaped(of.lost.region)), ...lostNames(emitted, of).map(mentions)];
  return neededTexts(emitted, of)
    .map((one) => ({ ...one, names: lost.flatMap((name) => name.exec(one.text) ?? []) }))
    .filter(({ names }) => names.length > 0);
}

const LOSSES: readonly (readonly [string, Loss])[] = [
  ['ACGS loses us-west-2 and goes on in production-dr', loss(ACGS, 'production', 'production-dr')],
  ['Alfred loses us-west-2 and goes on in production-us-east-1', loss(ALFRED, 'production', 'production-us-east-1')],
];

const emitted = output(ACGS, ALFRED);

describe.each(LOSSES)('%s', (_, of) => {
  const { lost, successor } = of;
  const stacks = needed(emitted, of);
  const gone = lostStacks(emitted, lost);

  test('stacks of all layers are needed, and none of them stands or is remembered in the lost region', () => {
    for (const layer of ['network', 'cluster', 'gitops', 'data']) {
      expect(stacks).toContain(`${of.platform.name}-${successor.name}-${layer}`);
    }
    expect(stacks.filter((name) => gone.includes(name))).toEqual([]);
    expect(gone).toContain(`${of.platform.name}-${lost.name}-data`);
  });

  test('none of them reads a state that is lost', () => {
    const places = gone.map((name) => stateOf(emitted.stack(name))).map(({ bucket, key }) => `${bucket}/${key}`);
    const read = stacks.flatMap((name) =>
      Object.values<Block>(emitted.stack(name).data?.terraform_remote_state ?? {}).map(({ config }) => ({
        name,
        state: `${config.bucket}/${config.key}`,
        region: config.region,
      })),
    );
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter(({ state, region }) => region === lost.region || places.includes(state))).toEqual([]);
  });

  test('what is deployed after a lost stack waits for it in order only', () => {
    const { stacks: all } = JSON.parse(emitted.terraform['manifest.json'] ?? '{}');
    const waits = stacks.flatMap((name) =>
      (all[name].dependencies as string[])
        .filter((other) => gone.includes(other))
        .map((other) => `${name} after ${other}`),
    );
    expect(waits.filter((wait) => !(wait in ORDER))).toEqual([]);
  });

  test('nothing in them or in the cluster names the region, or what is in it alone', () => {
    const named = references(emitted, of).filter((reference) => !isExempt(reference));
    expect(named.map(({ path, names }) => `${path} names ${names.join(', ')}`)).toEqual([]);
  });

  test('every secret that its pods read is kept in its region: made there, or copied there', () => {
    const there = namesIn(emitted)
      .filter(({ type, regions }) => type === 'aws_secretsmanager_secret' && regions.includes(successor.region))
      .map(({ name }) => name);
    const read = emitted
      .objects(`${of.platform.name}/${successor.name}`)
      .filter(({ kind }) => kind === 'ExternalSecret')
      .flatMap(({ spec }) => [...(spec.data ?? []).map((one: Block) => one.remoteRef), ...(spec.dataFrom ?? [])])
      .map((from: Block) => from.extract?.key ?? from.key);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((key) => !there.includes(key))).toEqual([]);
  });

  test('images come from a registry of its region, and what is pushed elsewhere is copied to it', () => {
    const pulled = JSON.stringify(emitted.objects(`${of.platform.name}/${successor.name}`)).match(
      /\d{12}\.dkr\.ecr\.[\w-]+/g,
    );
    expect([...new Set(pulled)]).toEqual([`${successor.account}.dkr.ecr.${successor.region}`]);
    const ofAccount = emitted.stacks.filter((name) =>
      emitted.stack(name).provider.aws[0].allowed_account_ids.includes(successor.account),
    );
    const pushed = ofAccount.some((name) =>
      resources(emitted.stack(name), 'aws_ecr_repository').some(
        (body) => (body.region ?? regionOf(emitted.stack(name))) === lost.region,
      ),
    );
    const copied = ofAccount.flatMap((name) =>
      JSON.stringify(resources(emitted.stack(name), 'aws_ecr_replication_configuration')).includes(successor.region)
        ? [name]
        : [],
    );
    expect(pushed && copied.length === 0).toBe(false);
  });

  test('backups of what is lost are in a region that is not', () => {
    const recovery = emitted.stack(`${of.platform.name}-${lost.name}-recovery`);
    const regions = (type: string) => resources(recovery, type).map(({ region = lost.region }) => region);
    for (const type of ['aws_backup_vault', 'aws_s3_bucket', 'aws_kms_key']) {
      expect(regions(type)).toEqual(expect.arrayContaining([successor.region]));
    }
    expect(regions('aws_db_instance_automated_backups_replication')).toEqual([successor.region]);
    for (const { rule } of resources(recovery, 'aws_backup_plan')) {
      expect(rule[0].copy_action[0].destination_vault_arn).toMatch(/aws_backup_vault\.Copies_/);
    }
  });
});

test('every exemption and every order is one that is needed', () => {
  const found = LOSSES.flatMap(([, of]) => references(emitted, of));
  expect(
    EXEMPTIONS.filter(({ on, says }) => !found.some(({ path, text }) => on.test(path) && says.test(text))),
  ).toEqual([]);
  const { stacks: all } = JSON.parse(emitted.terraform['manifest.json'] ?? '{}');
  const unused = Object.keys(ORDER).filter((wait) => {
    const [name = '', other = ''] = wait.split(' after ');
    return !all[name]?.dependencies.includes(other);
  });
  expect(unused).toEqual([]);
});

describe('the test itself', () => {
  const [, of] = LOSSES[0] ?? [];
  if (of === undefined) throw new Error('there is no loss');
  const { platform, successor } = of;
  const found = (change: Partial<EnvironmentSpec>) => {
    const changed = {
      ...platform,
      environments: platform.environments.map((one) => (one.name === successor.name ? { ...one, ...change } : one)),
    };
    const after = output(changed);
    const there = { ...of, platform: changed };
    return references(after, there)
      .filter((reference) => !isExempt(reference))
      .map(({ text }) => text);
  };

  test('notices the region in a manifest, and what is in it alone by its name', () => {
    const door = 'https://s3.us-west-2.amazonaws.com';
    const bucket = 'acgs-production-velero-333333333333';
    const named = found({ annotations: { 'acgs.example.com/door': door }, tags: { keeper: bucket } });
    expect([...new Set(named)].sort()).toEqual([bucket, door]);
  });
});

describe('once the replica is promoted', () => {
  const environments = ACGS.environments.map((environment) =>
    environment.name === 'production-dr'
      ? {
          ...environment,
          databases: environment.databases.map((database) =>
            isReplica(database) ? { ...database, promoted: true } : database,
          ),
        }
      : environment,
  );
  const promoted = output({ ...ACGS, environments });
  const recovery = promoted.stack('acgs-production-dr-recovery');

  test('its data stack names and awaits nothing of the lost region', () => {
    const found = references(promoted, loss({ ...ACGS, environments }, 'production', 'production-dr'));
    expect(found.filter(({ path }) => path.startsWith('acgs-production-dr'))).toEqual([]);
    const { stacks } = JSON.parse(promoted.terraform['manifest.json'] ?? '{}');
    const waitsFor: readonly string[] = stacks['acgs-production-dr-data'].dependencies;
    expect(waitsFor).toContain('acgs-production-dr-network');
    expect(waitsFor.filter((name) => regionOf(promoted.stack(name)) === 'us-west-2')).toEqual([]);
  });

  test('it is backed up itself, to a third region', () => {
    const [selection] = resources(recovery, 'aws_backup_selection').filter(({ name }) => name === 'Databases');
    expect(selection.resources).toEqual([expect.stringMatching(/:db:acgs-production-dr-main$/)]);
    expect(resources(recovery, 'aws_db_instance_automated_backups_replication')).toEqual([
      expect.objectContaining({ region: 'us-east-2', retention_period: 30 }),
    ]);
    expect(JSON.stringify(recovery)).not.toContain('us-west-2');
  });

  test('its runbook is one of its own, without a standby', () => {
    const text = promoted.documents['runbooks/acgs/production-dr/recovery.md'] ?? '';
    expect(text).toContain('production-dr is built anew in us-east-2');
    expect(text).not.toContain('us-west-2');
  });
});
