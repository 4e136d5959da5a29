import { ASSUMPTION_NAMES, factsOf, readAssumptions, readKubernetes } from '../../../lib/ledger';

const read = (text: string) => readAssumptions([{ file: 'a.yaml', text }]);

test('a file tells stop hooks, calls, rates of stores, and what is promised', () => {
  const { assumptions, skipped } = read(`
services:
  cache: { stopHookSeconds: 90s }
  api: { calls: { main: 2.5, vectors: 1 } }
stores:
  main: { rate: 2000 }
promises: { rpo: 5m, rto: 1h, survives: [region, zone] }
`);
  expect(skipped).toEqual([]);
  expect(assumptions.stopHookSeconds).toEqual(new Map([['cache', 90]]));
  expect(assumptions.calls).toEqual(
    new Map([
      [
        'api',
        [
          { store: 'main', calls: 2.5 },
          { store: 'vectors', calls: 1 },
        ],
      ],
    ]),
  );
  expect(assumptions.storeRates).toEqual(new Map([['main', 2000]]));
  expect(assumptions.promises).toEqual({ rpoSeconds: 300, rtoSeconds: 3600, survives: ['zone', 'region'] });
});

test('a promise without a list is about every loss, and half a promise is one', () => {
  expect(read('promises: { rpo: 0 }').assumptions.promises).toEqual({
    rpoSeconds: 0,
    rtoSeconds: undefined,
    survives: ['zone', 'region'],
  });
});

test.each([
  ['no calls', 'services: { api: { calls: {} } }', '/services/api/calls'],
  ['calls of 0', 'services: { api: { calls: { main: 0 } } }', '/services/api/calls'],
  ['a hook of unknown length', 'services: { api: { stopHookSeconds: long } }', '/services/api/stopHookSeconds'],
  ['a store without a rate', 'stores: { main: {} }', '/stores/main/rate'],
  ['a store with a rate of 0', 'stores: { main: { rate: 0 } }', '/stores/main/rate'],
  ['a promise of nothing', 'promises: { survives: [zone] }', '/promises'],
  ['a time that is none', 'promises: { rpo: soon }', '/promises'],
  ['a loss that is none', 'promises: { rpo: 5m, survives: [planet] }', '/promises'],
  ['no loss at all', 'promises: { rpo: 5m, survives: [] }', '/promises'],
  ['a member that is not known', 'promises: { rpo: 5m, rta: 1h }', '/promises'],
  ['a promise that is a word', 'promises: soon', '/promises'],
])('%s is refused', (_, text, what) => {
  const { assumptions, skipped } = read(text);
  expect(skipped.map((one) => one.what)).toEqual([what]);
  expect(assumptions).toMatchObject({
    promises: undefined,
    calls: new Map(),
    stopHookSeconds: new Map(),
    storeRates: new Map(),
  });
});

const annotated = (name: string, text: string) => {
  const { objects } = readKubernetes(
    'api.yaml',
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop, annotations: { ${name}: "${text}" } }
spec: { template: { spec: { containers: [{ name: api, image: api:1 }] } } }
`,
  );
  return factsOf({ kubernetes: objects, terraform: [], skipped: [] });
};

test('annotations tell stop hooks and calls', () => {
  const { stopHookSeconds } = annotated(ASSUMPTION_NAMES.stopHook, '1m30s').assumptions;
  expect([...stopHookSeconds]).toEqual([['Deployment shop/api', 90]]);
  const { calls } = annotated(ASSUMPTION_NAMES.calls, 'vector-db=1, main=2.5').assumptions;
  expect([...calls]).toEqual([
    [
      'Deployment shop/api',
      [
        { store: 'vector-db', calls: 1 },
        { store: 'main', calls: 2.5 },
      ],
    ],
  ]);
});

test.each([
  [ASSUMPTION_NAMES.stopHook, 'long'],
  [ASSUMPTION_NAMES.calls, 'main'],
  [ASSUMPTION_NAMES.calls, 'main=0'],
  [ASSUMPTION_NAMES.calls, 'main=1,'],
  [ASSUMPTION_NAMES.calls, 'main=-1'],
])('an annotation %s: %s is named, and counts for nothing', (name, text) => {
  const { assumptions, skipped } = annotated(name, text);
  expect(skipped).toMatchObject([{ what: 'Deployment shop/api', view: 'assumptions' }]);
  expect(assumptions.calls.size + assumptions.stopHookSeconds.size).toBe(0);
});
