import { readAssumptions } from '../../../lib/ledger';

const read = (text: string) => readAssumptions([{ file: 'a.yaml', text }]);

test('pods of deployers are one text or a list of entries', () => {
  const { assumptions, skipped } = read(
    'deployers:\n  argocd/velero: 1x cpu=100m; 2x\n  flux/shop: [3x memory=1Gi, each-node]\n  argocd/crds: none\n',
  );
  expect(skipped).toEqual([]);
  expect([...(assumptions.deployers ?? [])].map(([name, sets]) => [name, sets.map(({ count }) => count)])).toEqual([
    ['argocd/velero', [1, 2]],
    ['flux/shop', [3, 'each-node']],
    ['argocd/crds', []],
  ]);
});

test.each(['lots', '[1x, lots]', '7', '{}', '[7]', 'null'])('deployers do not take %s for pods', (written) => {
  const { assumptions, skipped } = read(`deployers: { argocd/velero: ${written} }`);
  expect(assumptions.deployers).toBeUndefined();
  expect(skipped.map(({ what, view }) => [what, view])).toEqual([['/deployers/argocd~1velero', 'assumptions']]);
  expect(skipped[0]?.why).toMatch(/^must look like agent: each-node .*, as one text or a list of entries$/);
});

test('clusters have a file or folder each', () => {
  expect(read('clusters: { east: kubernetes/east/, west: west.yaml }').assumptions.clusters).toEqual(
    new Map([
      ['east', 'kubernetes/east'],
      ['west', 'west.yaml'],
    ]),
  );
  const { assumptions, skipped } = read('clusters: { east: 7, west: "" }');
  expect(assumptions.clusters).toBeUndefined();
  expect(skipped.map(({ what }) => what)).toEqual(['/clusters/east', '/clusters/west']);
});
