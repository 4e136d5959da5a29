import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finding, InvalidPropsError, isError } from '../../lib/check';
import type { EnvironmentSpec, PlatformSpec } from '../../lib/model';
import { inspectPlatform, synthesize } from '../../lib/platform';
import { environment } from '../support/environment';
import { ids } from '../support/findings';
import { contents } from '../support/output';
import { ACCOUNT_SLIPS, IMAGE_ROWS } from './accounts';
import { BACKUP_ROWS } from './backups';
import { CAPACITY_ROWS } from './capacity';
import { DAILY_ROWS } from './daily';
import { DELIVERY_ROWS } from './delivery';
import { DNS_SLIPS, EDGE_ROWS } from './edge';
import { LOCAL_ROWS } from './local';
import { OBSERVABILITY_ROWS } from './observability';
import { OPERATIONS_ROWS } from './operations';
import { CLUSTER_ROWS, ENVIRONMENT_ROWS, NETWORK_ROWS } from './places';
import { GATEWAY_ROWS, RELEASE_ROWS, STANDBY_ROWS } from './relations';
import { type Misuse, validPair } from './rows';
import { SCALING_ROWS, SERVICE_ROWS } from './services';
import { CACHE_ROWS, DATABASE_ROWS } from './stores';
import { holdsNaN, isWellFormed } from './well-formed';

const TABLES: readonly [of: string, rows: readonly Misuse[]][] = [
  ['environment', ENVIRONMENT_ROWS],
  ['network', NETWORK_ROWS],
  ['cluster', CLUSTER_ROWS],
  ['service', SERVICE_ROWS],
  ['scaling', SCALING_ROWS],
  ['database', DATABASE_ROWS],
  ['cache', CACHE_ROWS],
  ['release', RELEASE_ROWS],
  ['gateway', GATEWAY_ROWS],
  ['standby', STANDBY_ROWS],
  ['operations', OPERATIONS_ROWS],
  ['backups', BACKUP_ROWS],
  ['edge', EDGE_ROWS],
  ['images', IMAGE_ROWS],
  ['local', LOCAL_ROWS],
  ['capacity', CAPACITY_ROWS],
  ['delivery', DELIVERY_ROWS],
  ['observability', OBSERVABILITY_ROWS],
  ['daily', DAILY_ROWS],
];

/** Every slip with the environments that have it, under names and addresses of their own. */
const SLIPS = TABLES.flatMap(([of, rows]) => rows.map((row) => ({ of, ...row }))).map((row, index) => {
  const environments: readonly EnvironmentSpec[] = [row.slip(...validPair(index + 1))].flat();
  return { it: `${row.of}: ${row.fault}`, warnings: [], ...row, environments };
});

const shop = (environments: readonly EnvironmentSpec[]): PlatformSpec => ({ name: 'shop', environments });

const split = (findings: readonly Finding[]) => ({
  errors: ids(findings.filter(isError)).sort(),
  warnings: ids(findings.filter((finding) => !isError(finding))).sort(),
});

const inOrder = ({ errors, warnings }: Pick<(typeof SLIPS)[number], 'errors' | 'warnings'>) => ({
  errors: [...errors].sort(),
  warnings: [...warnings].sort(),
});

test('there are two hundred kinds of slips, each once', () => {
  expect(SLIPS.length).toBeGreaterThanOrEqual(200);
  expect(new Set(SLIPS.map(({ it }) => it)).size).toBe(SLIPS.length);
});

test('without a slip nothing is said', () => {
  const [valid, twin] = validPair(1);
  expect(inspectPlatform(shop([valid, twin]))).toEqual([]);
});

describe.each(SLIPS)('$it', ({ environments, ...row }) => {
  const findings = inspectPlatform(shop(environments));

  test('is told by these checks and no others', () => {
    expect(split(findings)).toEqual(inOrder(row));
    expect(row.errors.length + row.warnings.length).toBeGreaterThan(0);
  });

  test('is told with its place, the value received and a way out', () => {
    expect(findings.filter((finding) => !isWellFormed(finding))).toEqual([]);
    const mayBeNaN = holdsNaN(environments);
    expect(findings.filter((finding) => !mayBeNaN && JSON.stringify(finding).includes('NaN'))).toEqual([]);
  });
});

describe('all slips in one platform', () => {
  const everything = shop(SLIPS.flatMap(({ environments }) => environments));
  const findings = inspectPlatform(everything);

  test('come back in one report, each under its environment', () => {
    const said = SLIPS.map(({ it, environments }) => {
      const paths = environments.map(({ name }) => `shop/${name}`);
      const own = findings.filter(({ path }) => paths.some((place) => path === place || path.startsWith(`${place}/`)));
      return { it, ...split(own) };
    });
    expect(said).toEqual(SLIPS.map((row) => ({ it: row.it, ...inOrder(row) })));
    expect(findings.filter(({ path }) => path === 'shop')).toEqual([]);
  });

  test('are all in the error that synthesis throws, which leaves the last good output as it was', () => {
    const folder = mkdtempSync(join(tmpdir(), 'misuse-'));
    const targets = { kubernetes: join(folder, 'kubernetes'), terraform: join(folder, 'terraform') };
    try {
      synthesize([shop([environment()])], targets);
      const good = contents(folder);
      let thrown: unknown;
      try {
        synthesize([everything], targets);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(InvalidPropsError);
      expect((thrown as InvalidPropsError).findings).toEqual(findings.filter(isError));
      expect((thrown as InvalidPropsError).message.split('\n').length).toBeGreaterThanOrEqual(
        findings.filter(isError).length,
      );
      expect(contents(folder)).toEqual(good);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const [valid, twin] = validPair(1);

test.each<[fault: string, platform: PlatformSpec, errors: readonly string[]]>([
  ['a name too long', { name: 'p'.repeat(21), environments: [valid] }, ['platform-name-is-short-dns-label']],
  [
    'two environments of one name',
    shop([valid, { ...twin, name: valid.name }]),
    ['platform-environments-have-distinct-names'],
  ],
  ['networks that overlap', shop([valid, { ...twin, network: valid.network }]), ['platform-networks-do-not-overlap']],
  ...DNS_SLIPS,
  ...ACCOUNT_SLIPS,
])('platform: %s', (_fault, platform, errors) => {
  const findings = inspectPlatform(platform);
  expect(ids(findings.filter(isError))).toEqual(expect.arrayContaining([...errors]));
  expect(findings.filter((finding) => !isWellFormed(finding))).toEqual([]);
});
