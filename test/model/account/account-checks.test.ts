import { isError } from '../../../lib/check';
import type { AccountSpec, EnvironmentSpec, PlatformSpec, StateBackend } from '../../../lib/model';
import {
  ACCOUNT_CHECKS,
  copyRegionOf,
  ecrPlace,
  homeRegions,
  inspectAccountSpecs,
  keptStates,
  PLATFORM_ACCOUNT_CHECKS,
  platformStackNames,
  regionsOf,
  stateBucketsOf,
} from '../../../lib/model';
import { environment } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const ID = '123456789012';

const kept = (bucket: string, region: string): StateBackend => ({
  kind: 's3',
  bucket,
  region,
  kmsKeyAlias: `s3/${bucket}`,
});

const main = environment({ name: 'production', state: kept('states-west', 'eu-west-1') });
const standby = environment({
  name: 'dr',
  region: 'eu-central-1',
  standbyFor: 'production',
  state: kept('states-central', 'eu-central-1'),
});

const account: AccountSpec = {
  name: 'production',
  id: ID,
  region: 'eu-central-1',
  state: kept('states-central', 'eu-central-1'),
};

const shop = (
  accounts: readonly AccountSpec[] = [account],
  environments: readonly EnvironmentSpec[] = [main, standby],
  rest: Partial<PlatformSpec> = {},
): PlatformSpec => ({ name: 'shop', environments, accounts, ...rest });

const zone = { zone: 'example.com', account: ID, region: 'us-east-1', state: kept('states-zone', 'us-east-1') };

describe('where an account has something', () => {
  test('its environments are in their regions, each once', () => {
    expect(homeRegions(shop(), account)).toEqual(['eu-west-1', 'eu-central-1']);
    expect(homeRegions(shop([account], [main, { ...main, name: 'two' }]), account)).toEqual(['eu-west-1']);
    expect(homeRegions(shop(), { ...account, id: '999999999999' })).toEqual([]);
  });

  test('states are its own, its environments’ and its zones’, in buckets only', () => {
    const local = environment({ name: 'local' });
    const other = environment({ name: 'other', account: '999999999999', state: kept('theirs', 'eu-west-1') });
    const platform = shop([account], [main, standby, local, other], { dns: zone });
    expect(keptStates(platform, account).map(({ of, state }) => `${of}: ${state.bucket}`)).toEqual([
      'the account production: states-central',
      'production: states-west',
      'dr: states-central',
      'example.com: states-zone',
    ]);
    expect(stateBucketsOf(platform, account)).toEqual([
      { bucket: 'states-central', region: 'eu-central-1', copyRegion: 'eu-west-1' },
      { bucket: 'states-west', region: 'eu-west-1', copyRegion: 'eu-central-1' },
      { bucket: 'states-zone', region: 'us-east-1', copyRegion: 'eu-west-1' },
    ]);
  });

  test('copies of states go to another region: the declared one, or the next of its environments', () => {
    expect(copyRegionOf(shop(), account, 'eu-west-1')).toBe('eu-central-1');
    expect(copyRegionOf(shop(), account, 'eu-central-1')).toBe('eu-west-1');
    expect(copyRegionOf(shop(), { ...account, copyRegion: 'eu-north-1' }, 'eu-west-1')).toBe('eu-north-1');
    expect(copyRegionOf(shop(), { ...account, copyRegion: 'eu-north-1' }, 'eu-north-1')).toBe('eu-west-1');
    expect(copyRegionOf(shop([account], [main]), account, 'eu-west-1')).toBeUndefined();
  });

  test('regions are all of those, and those of backups', () => {
    const backed = { ...main, backups: { copyRegion: 'eu-south-1' } };
    expect(regionsOf(shop([account], [backed]), { ...account, copyRegion: 'eu-north-1', region: 'us-east-1' })).toEqual(
      ['eu-west-1', 'us-east-1', 'eu-south-1', 'eu-central-1', 'eu-north-1'],
    );
  });

  test.each([
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', { account: ID, region: 'eu-west-1', folder: '' }],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', { account: ID, region: 'cn-north-1', folder: '' }],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/team', { account: ID, region: 'eu-west-1', folder: 'team/' }],
    ['registry.example.com/shop', undefined],
    ['12345678901.dkr.ecr.eu-west-1.amazonaws.com', undefined],
  ])('the registry %s', (registry, place) => {
    expect(ecrPlace(registry)).toEqual(place);
  });
});

test('stacks are named once each, whatever is declared', () => {
  const names = platformStackNames(
    shop([account], [main], { dns: { ...zone, delegated: [{ ...zone, zone: 'a.example.com' }] } }),
  );
  expect(names.filter((name) => !name.startsWith('shop-production-')).sort()).toEqual([
    'shop-account-production',
    'shop-dns',
    'shop-dns-a-example-com',
    'shop-failover',
  ]);
  expect(names).toEqual(expect.arrayContaining(['shop-production-network', 'shop-production-operations']));
  expect(new Set(names).size).toBe(names.length);
});

describe('inspectAccountSpecs', () => {
  test('is silent about a sound platform, and about one that declares no accounts', () => {
    expect(inspectAccountSpecs(shop())).toEqual([]);
    expect(inspectAccountSpecs({ name: 'shop', environments: [main] })).toEqual([]);
  });

  const one = (part: Partial<AccountSpec>, environments?: readonly EnvironmentSpec[]) =>
    shop([{ ...account, ...part }], environments);
  const pipeline = { kind: 'github', source: { repository: 'example/shop' } } as const;
  const { kmsKeyAlias: _, ...keyless } = account.state as Extract<StateBackend, { kind: 's3' }>;
  const elsewhere = environment({ account: '999999999999' });

  const rows: readonly (readonly [checks: readonly string[], it: string, platform: PlatformSpec])[] = [
    [['account-name-is-dns-label'], 'a name with a capital', one({ name: 'Production' })],
    [
      ['account-id-has-12-digits', 'account-has-something-in-it', 'platform-accounts-are-all-declared'],
      'an id of 11 digits',
      one({ id: '12345678901' }),
    ],
    [
      ['account-region-is-well-formed', 'account-state-is-beside-its-stack'],
      'a zone',
      one({ region: 'eu-central-1a' }),
    ],
    [
      ['account-outlives-what-it-stands-by-for', 'account-state-is-beside-its-stack'],
      'the region that may be lost',
      one({ region: 'eu-west-1' }),
    ],
    [['account-state-is-beside-its-stack'], 'a third region', one({ region: 'us-east-1' })],
    [[], 'a local state anywhere', one({ region: 'us-east-1', state: { kind: 'local' } })],
    [
      ['account-states-are-under-the-key-of-their-bucket'],
      'a key of another bucket',
      one({ state: { ...keyless, kmsKeyAlias: 's3/states-west' } }),
    ],
    [['account-states-are-under-a-key'], 'a state without a key', one({ state: keyless })],
    [
      ['account-state-buckets-have-one-region'],
      'a bucket in two regions',
      one({}, [{ ...main, state: kept('states-central', 'eu-west-1') }, standby]),
    ],
    [['account-copy-region-is-well-formed'], 'a copy in a zone', one({ copyRegion: 'eu-north-1a' })],
    [[], 'a copy in a third region', one({ copyRegion: 'eu-north-1' })],
    [
      ['account-pipeline-finds-states'],
      'a pipeline without states',
      one({ pipeline, state: { kind: 'local' } }, [environment()]),
    ],
    [[], 'a pipeline with states', one({ pipeline })],
    [
      ['account-quotas-are-of-its-regions'],
      'quotas where nothing runs',
      one({ quotas: { 'us-east-1': { elasticIps: 10 } } }),
    ],
    [[], 'a quota of nothing', one({ quotas: { 'eu-west-1': { spotVcpus: 0 } } })],
    [['account-quotas-are-whole-numbers'], 'less than nothing', one({ quotas: { 'eu-west-1': { elasticIps: -1 } } })],
    [['account-quotas-are-whole-numbers'], 'no number', one({ quotas: { 'eu-west-1': { elasticIps: Number.NaN } } })],
    [
      ['account-quotas-are-whole-numbers'],
      'a quota that nobody knows',
      one({ quotas: { 'eu-west-1': { elasticIp: 10 } as object } }),
    ],
    [
      ['account-has-something-in-it'],
      'an account that nothing is in',
      shop([account, { ...account, name: 'other', id: '999999999999', region: 'eu-central-1' }]),
    ],
    [
      [],
      'an account for the zone alone',
      shop([{ ...account, region: 'us-east-1', state: zone.state }], [], { dns: zone }),
    ],
    [
      ['platform-accounts-have-distinct-names', 'platform-account-stacks-have-names-of-their-own'],
      'two of one name',
      shop([account, { ...account, id: '999999999999' }], [main, standby, { ...elsewhere, name: 'x' }]),
    ],
    [['platform-accounts-have-distinct-ids'], 'two of one id', shop([account, { ...account, name: 'again' }])],
    [['platform-accounts-are-all-declared'], 'an environment elsewhere', one({}, [main, standby, elsewhere])],
    [
      ['platform-accounts-are-all-declared'],
      'a zone elsewhere',
      shop(undefined, undefined, { dns: { ...zone, account: '999999999999' } }),
    ],
    [
      ['platform-account-stacks-have-names-of-their-own'],
      'an environment called account',
      shop([{ ...account, name: 'network' }], [{ ...main, name: 'account' }]),
    ],
    [
      ['platform-account-stacks-have-names-of-their-own'],
      'an environment that starts like an account',
      shop([{ ...account, name: 'x-data' }], [{ ...main, name: 'account-x' }]),
    ],
  ];

  test.each(rows)('%s: %s', (checks, _it, platform) => {
    expect(ids(inspectAccountSpecs(platform)).sort()).toEqual([...checks].sort());
  });

  test('only what AWS or Terraform would refuse is an error', () => {
    const warnings = rows.flatMap(([, , platform]) => inspectAccountSpecs(platform).filter((one) => !isError(one)));
    expect([...new Set(ids(warnings))].sort()).toEqual([
      'account-has-something-in-it',
      'account-outlives-what-it-stands-by-for',
      'account-state-is-beside-its-stack',
      'account-states-are-under-a-key',
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([checks]) => checks))].sort()).toEqual(
      [...allIds(ACCOUNT_CHECKS), ...allIds(PLATFORM_ACCOUNT_CHECKS)].sort(),
    );
  });
});
