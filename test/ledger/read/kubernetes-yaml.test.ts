import { readKubernetes } from '../../../lib/ledger/read/kubernetes-yaml';

const named = (text: string) =>
  readKubernetes('shop.yaml', text).objects.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);

const config = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: shop\n${more}`;

test('every object of a file is read, with the line of each field', () => {
  const { objects, skipped } = readKubernetes(
    'shop.yaml',
    `# Source: shop\n${config('a')}---\n${config('b', 'data:\n  x: |\n    1\n  z: "2"\n')}`,
  );
  expect(objects.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(skipped).toEqual([]);
  const [first, second] = objects;
  expect(first?.at('')).toEqual({ file: 'shop.yaml', line: 2 });
  expect(first?.at('/metadata/name')).toEqual({ file: 'shop.yaml', line: 5 });
  expect(second?.at('/data/z')).toEqual({ file: 'shop.yaml', line: 16 });
  expect(second?.at('/data/missing/further')).toEqual({ file: 'shop.yaml', line: 13 });
});

test.each([
  {
    it: 'documents behind one another',
    text: `---\n${config('a')}---\n---\n${config('b')}---\n`,
    expected: ['a', 'b'],
  },
  {
    it: 'line ends of Windows',
    text: `${config('a')}---\n${config('b')}`.replaceAll('\n', '\r\n'),
    expected: ['a', 'b'],
  },
  { it: 'a byte order mark', text: `\uFEFF${config('a')}`, expected: ['a'] },
  { it: 'explicit ends of documents', text: `${config('a')}...\n---\n${config('b')}`, expected: ['a', 'b'] },
  { it: 'comments behind markers', text: `--- # one\n${config('a')}--- # two\n${config('b')}`, expected: ['a', 'b'] },
  {
    it: 'anchors and merges',
    text: `x: &meta\n  name: a\n  namespace: shop\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  <<: *meta\n`,
    expected: ['a'],
  },
  {
    it: 'JSON',
    text: '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"shop"}}',
    expected: ['a'],
  },
])('it reads $it', ({ text, expected }) => {
  expect(named(text)).toEqual(expected.map((name) => `ConfigMap shop/${name}`));
});

test('objects of a list are objects, at their own lines', () => {
  const items = ['a', 'b'].map(
    (name) => `- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: ${name}\n    namespace: shop\n`,
  );
  const { objects } = readKubernetes('shop.yaml', `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`);
  expect(objects.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(objects.map((object) => object.at('/metadata/name').line)).toEqual([7, 12]);
  expect(objects[1]?.at('').line).toBe(9);
});

test('typed lists within lists are gone through', () => {
  const list = (kind: string, items: unknown[]) => ({ apiVersion: 'v1', kind, items });
  const one = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } };
  expect(named(JSON.stringify(list('List', [list('ConfigMapList', [one]), one])))).toHaveLength(2);
});

test('an object without a namespace has none, and one with a name to be generated is called so', () => {
  const { objects } = readKubernetes(
    'x.yaml',
    'apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: migrate-\n',
  );
  expect(objects).toMatchObject([{ name: 'migrate-', namespace: undefined, apiVersion: 'batch/v1' }]);
});

test('values are those that kubectl sends', () => {
  const [object] = readKubernetes(
    'x.yaml',
    config('a', 'data:\n  on: x\n  a: yes\n  b: 0644\n  c: 1:30\n  d: 2026-11-21\n  e: E0\n'),
  ).objects;
  expect(object?.value.data).toEqual({ true: 'x', a: true, b: 420, c: '1:30', d: '2026-11-21', e: 'E0' });
});

test.each([
  { it: 'values of a chart', text: 'image:\n  tag: 1.2.3\n', why: /no apiVersion and kind/ },
  {
    it: 'a template',
    text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-x\n  labels: {{- include "x" . }}\n',
    why: /helm template/,
  },
  { it: 'broken text', text: 'apiVersion: v1\nkind: "ConfigMap\n', why: /is not YAML/ },
  { it: 'an object without a name', text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n', why: /no metadata.name/ },
  {
    it: 'a name that is no text',
    text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: 12 }\n',
    why: /no metadata.name/,
  },
  {
    it: 'kustomizations',
    text: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n',
    why: /kustomize build/,
  },
  { it: 'a scalar', text: 'just text\n', why: /is not an object/ },
  { it: 'a list', text: '- a\n', why: /is not an object/ },
])('$it is no object, and is named as such beside the objects around it', ({ text, why }) => {
  const { objects, skipped } = readKubernetes('x.yaml', `${config('before')}---\n${text}---\n${config('after')}`);
  expect(objects.map(({ name }) => name)).toEqual(['before', 'after']);
  expect(skipped).toMatchObject([{ place: { file: 'x.yaml' }, why: expect.stringMatching(why) }]);
  expect(skipped[0]?.place.line).toBeGreaterThan(6);
});

test('a key that is written twice is named, and its last value counts as with kubectl', () => {
  const { objects, skipped } = readKubernetes('x.yaml', config('a', 'data:\n  x: one\n  x: two\n'));
  expect(objects[0]?.value.data).toEqual({ x: 'two' });
  expect(skipped).toMatchObject([{ what: '/data/x', place: { line: 8 }, why: expect.stringContaining('twice') }]);
});

test.each([
  { it: 'holds itself', text: `${config('a')}data: &d\n  x: *d\n` },
  {
    it: 'doubles itself with each line',
    text: `${config('a')}x0: &x0 [a, a]\n${Array.from({ length: 30 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}]`).join('\n')}\n`,
  },
  { it: 'is nested ten thousand deep', text: `apiVersion: ${'['.repeat(10_000)}` },
  {
    it: 'is nested deep in the plain style',
    text: Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  },
])('a document that $it is refused in short time', ({ text }) => {
  const { objects, skipped } = readKubernetes('x.yaml', text);
  expect(objects).toEqual([]);
  expect(skipped).toHaveLength(1);
});

test('nothing is read from nothing', () => {
  expect(readKubernetes('x.yaml', '')).toEqual({ objects: [], skipped: [] });
  expect(readKubernetes('x.yaml', '---\n# only words\n---\n')).toEqual({ objects: [], skipped: [] });
});
