import { inspectMeshRetries, MESH_RETRY_CHECKS, type MeshRetrySpec, meshRetryPlan } from '../../../lib/model';
import { Duration } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const broken: [check: string, spec: MeshRetrySpec][] = [
  ['mesh-retries-are-counted', { attempts: 0 }],
  ['mesh-retries-are-counted', { attempts: 11 }],
  ['mesh-retries-are-counted', { attempts: 1.5 }],
  ['mesh-retries-are-counted', { attempts: Number.NaN }],
  ['mesh-retries-tries-are-bounded', { perTry: Duration.millis(9) }],
  ['mesh-retries-tries-are-bounded', { perTry: Duration.millis(60_001) }],
  ['mesh-retries-deadline-holds-a-try', { deadline: Duration.millis(1999) }],
  ['mesh-retries-deadline-holds-a-try', { deadline: Duration.millis(300_001) }],
  ['mesh-retries-are-of-idempotent-methods', { methods: [] }],
  ['mesh-retries-are-of-idempotent-methods', { methods: ['GET', 'GET'] }],
  ['mesh-retries-are-of-idempotent-methods', { methods: ['GET', 'POST' as 'PUT'] }],
  ['mesh-retries-are-of-idempotent-methods', { methods: ['PATCH' as 'PUT'] }],
  ['mesh-retries-are-of-idempotent-methods', { methods: ['get' as 'GET'] }],
];

test('three requests more of two seconds each, but nobody waits longer than six; nothing that changes anything', () => {
  const { perTry, deadline, ...plan } = meshRetryPlan({});
  expect(plan).toEqual({ attempts: 3, methods: ['GET', 'HEAD', 'OPTIONS'] });
  expect([perTry.toSeconds(), deadline.toSeconds()]).toEqual([2, 6]);
});

test('the deadline follows attempts and tries until it is declared', () => {
  const deadline = (spec: MeshRetrySpec) => meshRetryPlan(spec).deadline.toSeconds();
  expect(deadline({ attempts: 2, perTry: Duration.seconds(5) })).toBe(10);
  expect(deadline({ attempts: 2, perTry: Duration.seconds(5), deadline: Duration.seconds(7) })).toBe(7);
});

test.each(broken)('%s fails (row %#)', (check, spec) => {
  expect(ids(inspectMeshRetries('shop/production', spec))).toEqual([check]);
});

test.each([
  [{ attempts: 1, perTry: Duration.millis(10) }],
  [{ attempts: 10, perTry: Duration.seconds(30) }],
  [{ attempts: 1, perTry: Duration.seconds(60) }],
  [{ perTry: Duration.seconds(2), deadline: Duration.seconds(2) }],
  [{ deadline: Duration.minutes(5) }],
  [{ methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'] }],
] satisfies [MeshRetrySpec][])('the bounds themselves are accepted (row %#)', (spec) => {
  expect(inspectMeshRetries('shop/production', spec)).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(MESH_RETRY_CHECKS));
});
