import {
  type EnvironmentSpec,
  inspectReplicas,
  inspectStandby,
  type PlatformSpec,
  type PostgresSpec,
  REPLICA_RELATION_CHECKS,
  STANDBY_CHECKS,
  STANDBY_NAME_CHECKS,
} from '../../lib/model';
import { Memory } from '../../lib/units';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';

const reads = (name: string, access?: 'read' | 'write') =>
  service(name, { connections: [{ to: 'database', name: 'main', ...(access && { access }) }] });

const primary: PostgresSpec = {
  name: 'main',
  databaseName: 'shop',
  version: '16',
  instanceClass: 'db.m6g.xlarge',
  storage: Memory.gib(100),
  maxConnections: 500,
};

const replica = {
  kind: 'replica',
  name: 'main',
  of: { environment: 'production', database: 'main' },
  instanceClass: 'db.m6g.xlarge',
  maxConnections: 500,
} as const;

/** Another region that reads production's database. */
const elsewhere = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({
    name: 'elsewhere',
    region: 'eu-central-1',
    zones: ['eu-central-1a', 'eu-central-1b'],
    databases: [replica],
    services: [reads('orders')],
    standbyFor: 'production',
    ...overrides,
  });

const platform = (other: EnvironmentSpec, ...more: EnvironmentSpec[]): PlatformSpec => ({
  name: 'shop',
  environments: [environment({ databases: [primary], services: [reads('orders')] }), other, ...more],
});

const found = (other: EnvironmentSpec, ...more: EnvironmentSpec[]): string[] => [
  ...ids(inspectStandby('shop/elsewhere', platform(other, ...more), other)),
  ...ids(inspectReplicas('shop/elsewhere', platform(other, ...more), other)),
];

const { scaling } = service('x');
const small = { ...replica, instanceClass: 'db.m6g.large' };

const broken: [check: string, other: EnvironmentSpec][] = [
  ['standby-names-an-environment', elsewhere({ standbyFor: 'nowhere' })],
  ['standby-names-an-environment', elsewhere({ standbyFor: 'elsewhere' })],
  ['standby-is-in-another-region', elsewhere({ region: 'eu-west-1', zones: ['eu-west-1a', 'eu-west-1b'] })],
  ['standby-keeps-its-own-state', elsewhere({ state: { kind: 's3', bucket: 'shop-state', region: 'eu-west-1' } })],
  ['standby-serves-what-exists', elsewhere({ services: [service('stranger')] })],
  ['standby-grows-to-the-load', elsewhere({ services: [{ ...reads('orders'), scaling: { ...scaling, max: 5 } }] })],
  ['standby-database-carries-the-load', elsewhere({ databases: [small] })],
  [
    'replica-follows-a-declared-database',
    elsewhere({ databases: [{ ...replica, of: { environment: 'production', database: 'other' } }] }),
  ],
  [
    'replica-follows-a-declared-database',
    elsewhere({ databases: [{ ...replica, of: { environment: 'staging', database: 'main' } }] }),
  ],
  ['replica-clients-only-read', withoutStandby({ services: [reads('orders')] })],
  ['replica-clients-only-read', withoutStandby({ services: [reads('orders', 'write')] })],
  ['replica-clients-have-roles-at-the-primary', withoutStandby({ services: [reads('stranger', 'read')] })],
];

/** A region that serves readers of its own. */
function withoutStandby(overrides: Partial<EnvironmentSpec>): EnvironmentSpec {
  const { standbyFor: _standby, ...rest } = elsewhere(overrides);
  return rest;
}

test.each(broken)('%s fails (row %#)', (check, other) => {
  expect(found(other)).toEqual([check]);
});

test.each([
  ['a standby with the same services', elsewhere()],
  ['a standby that starts smaller', elsewhere({ services: [{ ...reads('orders'), scaling: { ...scaling, min: 1 } }] })],
  ['a standby that grows further', elsewhere({ services: [{ ...reads('orders'), scaling: { ...scaling, max: 7 } }] })],
  [
    'a standby with its state beside it',
    elsewhere({ state: { kind: 's3', bucket: 'shop-state', region: 'eu-central-1' } }),
  ],
  ['a standby with fewer services', elsewhere({ services: [] })],
  ['a larger replica', elsewhere({ databases: [{ ...replica, instanceClass: 'db.m6g.2xlarge' }] })],
  ['a region that only reads', withoutStandby({ services: [reads('orders', 'read')] })],
])('%s is accepted', (_, other) => {
  expect(found(other)).toEqual([]);
});

test('a standby of a standby is refused', () => {
  const third = elsewhere({ name: 'third', standbyFor: 'elsewhere', databases: [], services: [] });
  expect(ids(inspectStandby('shop/third', platform(elsewhere(), third), third))).toEqual([
    'standby-names-an-environment',
  ]);
});

test('a replica of its own environment is refused', () => {
  const own = elsewhere({
    standbyFor: 'production',
    databases: [
      ...environment().databases,
      { ...replica, name: 'copy', of: { environment: 'elsewhere', database: 'main' } },
    ],
  });
  expect(ids(inspectReplicas('shop/elsewhere', platform(own), own))).toEqual(['replica-follows-another-environment']);
});

test('every check has a failing row', () => {
  const rows = [...new Set(broken.map(([check]) => check)), 'replica-follows-another-environment'];
  expect(rows.sort()).toEqual(allIds(REPLICA_RELATION_CHECKS, STANDBY_CHECKS, STANDBY_NAME_CHECKS));
});
