import {
  type EnvironmentSpec,
  inspectRoleRotation,
  loginInUse,
  loginVersions,
  type PlatformSpec,
  ROLE_ROTATION_CHECKS,
} from '../../../lib/model';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

test.each([
  [1, 'orders', 1, 1],
  [2, 'orders', 1, 2],
  [3, 'orders-b', 1, 2],
  [4, 'orders-b', 2, 2],
  [5, 'orders', 2, 2],
  [6, 'orders', 2, 3],
  [7, 'orders-b', 2, 3],
  [8, 'orders-b', 3, 3],
  [9, 'orders', 3, 3],
])('at step %i services use %s', (step, used, first, second) => {
  expect(loginInUse({ roleRotation: step }, 'orders')).toBe(used);
  expect(loginVersions(step)).toEqual({ first, second });
});

test('no step changes the password of a login that is used before or after it', () => {
  for (let step = 1; step < 400; step += 1) {
    const [before, after] = [loginVersions(step), loginVersions(step + 1)];
    for (const login of [loginInUse({ roleRotation: step }, 'x'), loginInUse({ roleRotation: step + 1 }, 'x')]) {
      const which = login === 'x' ? 'first' : 'second';
      expect(after[which]).toBe(before[which]);
    }
  }
});

test('turning it on changes no password', () => {
  expect(loginInUse({}, 'orders')).toBe('orders');
  expect(loginVersions(1, 7)).toEqual({ first: 7, second: 1 });
});

const [database] = environment().databases;
const rotated = (roleRotation: number | undefined, changes: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({
    databases: [{ ...database, roleRotation }] as EnvironmentSpec['databases'],
    databaseRoles: {},
    ...changes,
  });
const replica = (roleRotation?: number): EnvironmentSpec =>
  environment({
    name: 'reader',
    databases: [
      {
        kind: 'replica',
        name: 'main',
        of: { environment: 'production', database: 'main' },
        instanceClass: 'db.m6g.large',
        maxConnections: 500,
        ...(roleRotation !== undefined && { roleRotation }),
      },
    ],
  });
const found = (...environments: readonly EnvironmentSpec[]): string[] => {
  const platform: PlatformSpec = { name: 'shop', environments };
  return ids(environments.flatMap((one) => inspectRoleRotation(`shop/${one.name}`, platform, one)));
};

test.each<[string, readonly EnvironmentSpec[], readonly string[]]>([
  ['the first step', [rotated(1)], []],
  ['none', [rotated(undefined)], []],
  ['a primary and its replica', [rotated(3), replica(3)], []],
  ['step 0', [rotated(0)], ['role-rotation-is-a-step']],
  ['half a step', [rotated(1.5)], ['role-rotation-is-a-step']],
  [
    'a step that is no number',
    [rotated(Number.NaN)],
    ['role-rotation-is-a-step', 'replica-rotation-is-that-of-its-primary'],
  ],
  [
    'nobody who makes logins',
    [environment({ databases: rotated(1).databases })],
    ['role-rotation-has-somebody-to-make-logins'],
  ],
  [
    'a service that is called like a second login',
    [rotated(1, { services: [service('orders'), service('orders-b')] })],
    ['role-rotation-has-free-names'],
  ],
  ['a replica that lags behind', [rotated(3), replica(2)], ['replica-rotation-is-that-of-its-primary']],
  ['a replica that says nothing', [rotated(1), replica()], ['replica-rotation-is-that-of-its-primary']],
])('%s', (_, environments, expected) => {
  expect(found(...environments)).toEqual(expected);
});

test('every check has a failing row', () => {
  expect(allIds(ROLE_ROTATION_CHECKS)).toEqual([
    'replica-rotation-is-that-of-its-primary',
    'role-rotation-has-free-names',
    'role-rotation-has-somebody-to-make-logins',
    'role-rotation-is-a-step',
  ]);
});
