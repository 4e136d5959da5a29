import {
  appVersion,
  CHART_CHECKS,
  type ChartedPlatform,
  type ChartSpec,
  inspectChart,
  sharedCharts,
} from '../../lib/model';
import { allIds, ids } from '../support/findings';

const CHART: ChartSpec = { name: 'shop-platform', description: 'A shop', version: '1.0.0' };

const environment = (namespace: string, ...tags: readonly string[]): ChartedPlatform['environments'][number] => ({
  name: namespace,
  namespace,
  services: tags.map((tag) => ({ image: { tag } })),
});

const platform = (
  chart: Partial<ChartSpec> = {},
  ...environments: ChartedPlatform['environments']
): ChartedPlatform => ({
  name: 'shop',
  chart: { ...CHART, ...chart },
  environments: environments.length === 0 ? [environment('shop', '2.0.0')] : environments,
});

const broken: [check: string, ChartedPlatform][] = [
  ['chart-name-is-short-dns-label', platform({ name: 'Shop' })],
  ['chart-name-is-short-dns-label', platform({ name: '2shop' })],
  ['chart-name-is-short-dns-label', platform({ name: '' })],
  ['chart-name-is-short-dns-label', platform({ name: 's'.repeat(45) })],
  ['chart-is-described', platform({ description: ' ' })],
  ['chart-is-described', platform({ description: 'two\nlines' })],
  ['chart-version-is-semver', platform({ version: 'v1.0.0' })],
  ['chart-version-is-semver', platform({ version: '1.0' })],
  ['chart-version-is-semver', platform({ version: '1.0.01' })],
  ['chart-version-is-semver', platform({ version: '1.0.0-' })],
  ['chart-app-version-is-a-text', platform({ appVersion: ' ' })],
  ['chart-has-one-namespace', platform({}, environment('one', '1'), environment('two', '1'))],
  ['chart-maintainers-are-named', platform({ maintainers: [{ name: '' }] })],
];

test.each(broken)('%s fails (row %#)', (check, given) => {
  expect(ids(inspectChart(given))).toEqual([check]);
});

test.each([
  ['the shortest', platform()],
  ['a name as long as it may be', platform({ name: 's'.repeat(44) })],
  ['a release candidate with a build', platform({ version: '1.0.0-rc.1+build.5' })],
  ['services of several releases', platform({}, environment('shop', '2.0.0', '2.0.1'))],
  ['services of several releases that make up one', platform({ appVersion: '7' }, environment('shop', '1', '2'))],
  ['somebody to ask', platform({ maintainers: [{ name: 'Shop team', email: 'shop@example.com' }] })],
  ['no chart', { name: 'shop', environments: [environment('one', '1'), environment('two', '2')] }],
] satisfies [string, ChartedPlatform][])('%s is accepted', (_, given) => {
  expect(inspectChart(given)).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(CHART_CHECKS));
});

test('what a chart runs is the release of its services, unless it says another', () => {
  expect(appVersion(platform())).toBe('2.0.0');
  expect(appVersion(platform({ appVersion: '7' }))).toBe('7');
  expect(appVersion(platform({ version: '1.2.3' }, environment('shop', '2.0.0', '2.0.1')))).toBe('1.2.3');
});

test('two platforms share a chart if either of both charts has one name', () => {
  expect(sharedCharts([platform(), platform({ name: 'other' })])).toEqual([]);
  expect(sharedCharts([platform(), platform()])).toEqual(['shop-platform', 'shop-platform-policies']);
  expect(sharedCharts([platform(), platform({ name: 'shop-platform-policies' })])).toEqual(['shop-platform-policies']);
});
