import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformSpec } from '../../lib/model';
import { BrokenRulesError, synthesize } from '../../lib/platform';
import { rehearsalOf } from '../../lib/platform/headroom';
import { environment, service } from '../support/environment';
import { contents } from '../support/output';
import { PLATFORMS } from '../support/platforms';

/** A shop whose one service may grow to that many pods. */
const shop = (max: number): PlatformSpec => {
  const orders = service('orders');
  return {
    name: 'shop',
    environments: [environment({ services: [{ ...orders, scaling: { ...orders.scaling, max } }] })],
  };
};

let folder: string;
const targets = () => ({
  kubernetes: join(folder, 'kubernetes'),
  terraform: join(folder, 'terraform'),
  headroom: join(folder, 'headroom'),
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('each environment of both platforms keeps what its halves promise together', () => {
  const { headroom } = synthesize(PLATFORMS, targets());
  expect(headroom.map(({ environment: name }) => name)).toEqual(
    PLATFORMS.flatMap(({ name, environments }) => environments.map((one) => `${name}/${one.name}`)),
  );
  for (const { report } of headroom) {
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.held.length).toBeGreaterThan(50);
    expect(report.held.map(({ rule }) => rule)).toContain('peak-pods-have-seats');
  }
  expect(readFileSync(join(folder, 'headroom/acgs/production/headroom.txt'), 'utf8')).toContain('Headroom  ');
  // also with a zone gone, with all spot nodes taken back and while everything is released
  const seated = headroom.filter(({ environment: name }) => !name.endsWith('/development'));
  for (const { report } of seated)
    expect(report.findings.filter(({ rule }) => rule === 'peak-pods-have-seats')).toEqual([]);
  // what the stack of its account asks for is what an environment has
  const production = headroom.find(({ environment: name }) => name === 'acgs/production');
  const quotas = production?.report.held.filter(({ rule }) => rule === 'service-quotas-cover-the-peak');
  expect(quotas?.find(({ subject }) => subject.startsWith('on-demand vCPUs'))?.arithmetic).toContain('from the stacks');
});

test('output that cannot seat its pods is not published, and the last good one stays', () => {
  synthesize([shop(4)], targets());
  const good = contents(folder);
  let thrown: unknown;
  try {
    synthesize([shop(400)], targets());
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(BrokenRulesError);
  expect(String(thrown)).toMatch(
    /peak-pods-have-seats[\s\S]*raise max_size of \w+ from \d+ to \d+, or lower maxReplicas/,
  );
  expect(contents(folder)).toEqual(good);
});

test('the same output is judged alike', () => {
  synthesize([shop(4)], targets());
  const first = contents(join(folder, 'headroom'));
  synthesize([shop(4)], targets());
  expect(contents(join(folder, 'headroom'))).toEqual(first);
});

test('production is held to where it is rehearsed: staging, and for further regions the first one', () => {
  const rehearsals = PLATFORMS.flatMap((platform) =>
    platform.environments.map((one) => [`${platform.name}/${one.name}`, rehearsalOf(platform, one)?.name]),
  );
  expect(Object.fromEntries(rehearsals)).toEqual({
    'acgs/development': undefined,
    'acgs/staging': undefined,
    'acgs/production': 'staging',
    'acgs/production-dr': undefined,
    'alfred/development': undefined,
    'alfred/production': undefined,
    'alfred/production-us-east-1': 'production',
    'alfred/production-eu-central-1': 'production',
  });
});

test('what is not rehearsed is said of production, and of nothing else', () => {
  const orders = service('orders');
  const platform: PlatformSpec = {
    name: 'shop',
    environments: [
      environment({
        name: 'staging',
        stage: 'staging',
        network: { cidr: '10.1.0.0/16', nat: 'single' },
        services: [orders],
      }),
      environment({ services: [{ ...orders, settings: { NEW: '1' } }] }),
    ],
  };
  const said = synthesize([platform], targets()).headroom.map(({ environment: name, report }) => [
    name,
    report.findings.filter(({ rule }) => rule === 'environments-agree').map(({ arithmetic }) => arithmetic),
  ]);
  expect(said).toEqual([
    ['shop/staging', []],
    ['shop/production', ['variables of orders: only here NEW']],
  ]);
});
