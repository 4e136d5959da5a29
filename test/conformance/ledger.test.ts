import { breakages, type EmittedRow, failures, type Json, type Locate, survivors, type Value } from './ledger';
import { broken, read } from './pointer';
import { nginxTree, settingLines } from './texts';

const document = {
  spec: {
    replicas: 3,
    paused: false,
    env: [
      { name: 'A', value: '1' },
      { name: 'B=C', value: '2' },
    ],
    metrics: [{ pods: { metric: { name: 'rps' } }, average: '5' }, { resource: { name: 'cpu' } }],
    twice: [{ name: 'x' }, { name: 'x' }],
    labels: { 'a/b~c': 'd' },
  },
};

describe('a pointer', () => {
  test.each<[path: string, found: unknown]>([
    ['', document],
    ['/spec/replicas', 3],
    ['/spec/paused', false],
    ['/spec/env/1/value', '2'],
    ['/spec/env/name=A/value', '1'],
    ['/spec/env/name=B=C/value', '2'],
    ['/spec/env/length', 2],
    ['/spec/metrics/pods.metric.name=rps/average', '5'],
    ['/spec/labels/a~1b~0c', 'd'],
    ['/spec/nothing', undefined],
    ['/spec/nothing/below', undefined],
    ['/spec/env/2/value', undefined],
    ['/spec/env/name=Z/value', undefined],
    ['/spec/twice/name=x/name', undefined],
    ['/spec/replicas/toString', undefined],
    ['/spec/toString', undefined],
  ])('%s', (path, found) => expect(read(document, path)).toEqual(found));

  test.each<[path: string, value: unknown, spec: object]>([
    ['/spec/replicas', 4, { ...document.spec, replicas: 4 }],
    ['/spec/labels', undefined, { ...document.spec, labels: undefined }],
    ['/spec/env/name=A/value', '9', { ...document.spec, env: [{ name: 'A', value: '9' }, document.spec.env[1]] }],
    ['/spec/env/0', undefined, { ...document.spec, env: [document.spec.env[1]] }],
    ['/spec/env/length', 1, { ...document.spec, env: [document.spec.env[0]] }],
    ['/spec/env/length', undefined, { ...document.spec, env: [document.spec.env[0]] }],
    ['/spec/added', 'x', { ...document.spec, added: 'x' }],
  ])('%s can be given %j in a copy', (path, value, spec) => {
    const before = JSON.stringify(document);
    expect(broken(document, path, value)).toEqual({ spec });
    expect(JSON.stringify(document)).toBe(before);
  });

  test.each(['/spec/nothing/below', '/spec/env/name=Z/value', '/spec/replicas/0'])('%s leads nowhere', (path) =>
    expect(broken(document, path, 'x')).toBeUndefined(),
  );
});

const place = { platform: 'acgs', environment: 'production', kind: 'Deployment', name: 'one' };
const locate: Locate = (at) => ('name' in at && at.name === 'one' ? { document } : { fault: 'nobody knows it' });
const row = (...values: readonly [path: string, is: Json | undefined][]): EmittedRow => ({
  id: 'S000-10',
  lines: '66-90',
  what: 'bounds',
  status: 'emitted',
  values: values.map(([path, is]): Value => ({ at: place, path, is })),
});

describe('a row', () => {
  test('holds if every value is there', () => {
    expect(failures(row(['/spec/replicas', 3], ['/spec/paused', false], ['/spec/nothing', undefined]), locate)).toEqual(
      [],
    );
  });

  test('says its id, its lines, where it looked, what it expected and what it found', () => {
    expect(failures(row(['/spec/replicas', '3'], ['/spec/gone', 1], ['/spec/paused', undefined]), locate)).toEqual([
      'S000-10 (document 000, lines 66-90: bounds): Deployment one of acgs/production at /spec/replicas: expected "3", found 3',
      'S000-10 (document 000, lines 66-90: bounds): Deployment one of acgs/production at /spec/gone: expected 1, found nothing',
      'S000-10 (document 000, lines 66-90: bounds): Deployment one of acgs/production at /spec/paused: expected nothing, found false',
    ]);
  });

  test('fails once where its place is not found', () => {
    const at = { ...place, name: 'two' };
    const lost: EmittedRow = {
      ...row(),
      lines: '66',
      values: [
        { at, path: '/a', is: 1 },
        { at, path: '/b', is: 2 },
      ],
    };
    expect(failures(lost, locate)).toEqual(['S000-10 (document 000, line 66: bounds): nobody knows it']);
    expect(survivors(lost, locate)).toHaveLength(4);
  });
});

describe('breaking by hand', () => {
  test.each<[is: Json | undefined, to: unknown[]]>([
    [3, [undefined, 4]],
    ['a', [undefined, 'ax']],
    [true, [undefined, false]],
    [null, [undefined, 'x']],
    [undefined, ['x']],
    [[], [undefined, ['x']]],
    [{}, [undefined, { x: 'x' }]],
    [[1], [undefined, [1, 'x'], undefined, 2]],
    [{ a: false }, [undefined, { a: false, x: 'x' }, undefined, true]],
  ])('%j becomes %j', (is, to) => expect(breakages('/at', is).map((breakage) => breakage.to)).toEqual(to));

  test('goes into each part of a value', () => {
    expect(breakages('/at', [{ 'a/b': 1 }]).map(({ path }) => path)).toEqual([
      '/at',
      '/at',
      '/at/0',
      '/at/0',
      '/at/0/a~1b',
      '/at/0/a~1b',
    ]);
  });

  test('leaves no survivor where the value is read', () => {
    expect(
      survivors(row(['/spec', document.spec], ['/spec/env/length', 2], ['/spec/none', undefined]), locate),
    ).toEqual([]);
  });

  test('finds a value that stands nowhere, whose absence proves nothing', () => {
    expect(survivors(row(['/spec/mistyped/replicas', undefined]), locate)).toEqual([
      'S000-10: Deployment one of acgs/production at /spec/mistyped/replicas turned into "x"',
    ]);
  });
});

describe('text files', () => {
  const conf = `
    # worker_processes 9;
    worker_processes 1;
    http {
        log_format json '{"a":"$b"; }';
        add_header X-XSS-Protection "1; mode=block" always;
        upstream one {
            least_conn;
            server a:80 resolve max_fails=3; # spare
            server b:80 max_fails=4;
        }
        upstream two { server c:80; }
    }`;

  test.each<[path: string, found: unknown]>([
    ['/worker_processes', [{ words: ['1'], set: {}, body: {} }]],
    ['/http/0/body/log_format/0/words/1', '{"a":"$b"; }'],
    ['/http/0/body/add_header/words.0=X-XSS-Protection/words/1', '1; mode=block'],
    ['/http/0/body/upstream/words.0=one/body/least_conn/0/words', []],
    ['/http/0/body/upstream/words.0=one/body/server/length', 2],
    ['/http/0/body/upstream/words.0=one/body/server/1/set', { max_fails: '4' }],
    ['/http/0/body/upstream/words.0=one/body/server/0/words', ['a:80', 'resolve', 'max_fails=3']],
    ['/http/0/body/upstream/words.0=two/body/server/0/words/0', 'c:80'],
  ])('nginx.conf at %s', (path, found) => expect(read(nginxTree(conf), path)).toEqual(found));

  test('settings are lines; what stands twice has both values', () => {
    expect(settingLines('# off\nport 0\nsave ""\nlimit a 1\nlimit b 2\nwork_mem = 4MB\n\nbare\n')).toEqual({
      port: '0',
      save: '""',
      limit: ['a 1', 'b 2'],
      work_mem: '4MB',
      bare: '',
    });
  });
});
