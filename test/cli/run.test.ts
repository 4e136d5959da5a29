import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../lib/cli';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string): string => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
  return join(folder, file);
};

function headroom(words: readonly string[], { hasColours = false, isWatched = false } = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const status = run(words, () => '1.2.3', {
    write: (text) => out.push(text),
    complain: (text) => err.push(text),
    hasColours,
    isWatched,
  });
  return { status, out: out.join(''), err: err.join('') };
}

/** A Deployment that bears 100 requests a second, and is promised for as many as told. */
const api = (load: number, name = 'api') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
  annotations: { headroom.dev/declared-load: "${load}", headroom.dev/rate-per-pod: "50" }
spec:
  replicas: 2
  template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: api, image: api }] } }
`;

/** Works, and is unwise: the stop hook behind a load balancer is short. */
const UNWISE = `apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, selector: { app: api }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 2
  template:
    metadata: { labels: { app: api } }
    spec:
      terminationGracePeriodSeconds: 300
      containers: [{ name: api, image: api, lifecycle: { preStop: { sleep: { seconds: 5 } } } }]
`;

describe('a check ends with', () => {
  test.each([
    { it: '0 where nothing is found', text: api(100), words: [], status: 0 },
    { it: '1 where an error is found', text: api(101), words: [], status: 1 },
    { it: '0 where only a warning is found', text: UNWISE, words: [], status: 0 },
    { it: '1 where warnings count too', text: UNWISE, words: ['--fail-on', 'warning'], status: 1 },
    { it: '3 where a document cannot be read', text: `${api(100)}---\na: [\n`, words: [], status: 3 },
    { it: '3 where there is no object', text: 'replicas: 2\n', words: [], status: 3 },
    { it: '3 where there is nothing', text: '', words: [], status: 3 },
  ])('$it', ({ text, words, status }) => {
    write('manifests/api.yaml', text);
    expect(headroom(['check', '--kubernetes', join(folder, 'manifests'), ...words]).status).toBe(status);
  });

  test.each([
    { it: '0 where it is rehearsed as it is', like: api(100), status: 0 },
    { it: '1 where it is not', like: api(100, 'other'), status: 1 },
    { it: '3 where that cannot be read', like: 'a: [', status: 3 },
    { it: '3 where there is nothing to compare with', like: 'replicas: 2', status: 3 },
  ])('$it', ({ like, status }) => {
    write('production/api.yaml', api(100));
    write('staging/api.yaml', like);
    const words = ['--like-kubernetes', join(folder, 'staging'), '--fail-on', 'warning'];
    const checked = headroom(['check', '--kubernetes', join(folder, 'production'), ...words]);
    expect(checked.status).toBe(status);
    expect(checked.out.includes('environments-agree')).toBe(status === 1);
  });

  test('2 where it is not understood, with usage beside the report', () => {
    const { status, out, err } = headroom(['chekc']);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^headroom: no command chekc\n\n/);
    expect(err).toContain('--kubernetes');
  });

  test.each([
    { it: 'UTF-16, as PowerShell redirects it', text: (words: string) => Buffer.from(`\uFEFF${words}`, 'utf16le') },
    { it: 'UTF-8 with a mark in front', text: (words: string) => Buffer.from(`\uFEFF${words}`) },
  ])('1 where an error is found in $it', ({ text }) => {
    const file = join(folder, 'api.yaml');
    writeFileSync(file, text(api(101)));
    expect(headroom(['check', '--kubernetes', file]).status).toBe(1);
    const groups = { type: 'aws_eks_node_group', mode: 'managed', name: 'general', values: {} };
    const plan = { format_version: '1.2', planned_values: { root_module: { resources: [groups] } } };
    const planFile = join(folder, 'plan.json');
    writeFileSync(planFile, text(JSON.stringify(plan)));
    expect(headroom(['check', '--terraform', planFile]).err).toBe('');
  });

  test('3 where a file is not there, naming each', () => {
    const { status, out, err } = headroom([
      ...['check', '--kubernetes', join(folder, 'nowhere'), '--assumptions', join(folder, 'neither')],
    ]);
    expect(status).toBe(3);
    expect(out).toBe('');
    expect(err).toMatch(/nowhere: ENOENT.*\n.*neither: ENOENT/);
  });
});

test('says its version and how it is used', () => {
  expect(headroom(['--version'])).toEqual({ status: 0, out: '1.2.3\n', err: '' });
  expect(headroom(['--help'])).toMatchObject({ status: 0, err: '', out: expect.stringContaining('Status: 0') });
});

test('reads folders with all that is in them, and leaves alone what tools keep', () => {
  write('deep/er/a.yaml', api(101, 'a'));
  write('deep/b.yml', api(101, 'b'));
  write('deep/c.json', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}');
  write('deep/notes.md', '# [');
  write('deep/.cache/d.yaml', 'a: [');
  write('deep/node_modules/e.yaml', 'a: [');
  const { status, out } = headroom(['check', '--kubernetes', join(folder, 'deep'), '--format', 'json']);
  expect(status).toBe(1);
  expect(JSON.parse(out).findings.map(({ subject }: { subject: string }) => subject)).toEqual([
    'Deployment shop/b',
    'Deployment shop/a',
  ]);
});

test('a link that leads round in a circle is no way', () => {
  write('deep/a.yaml', api(100));
  symlinkSync(join(folder, 'deep'), join(folder, 'deep', 'again.yaml'));
  expect(headroom(['check', '--kubernetes', join(folder, 'deep')])).toMatchObject({
    status: 3,
    err: expect.stringContaining('again.yaml: EISDIR'),
  });
});

test('reads one file once, however often it is named', () => {
  const file = write('a.yaml', api(101));
  const { out } = headroom(['check', '--kubernetes', file, file, '--format', 'json']);
  expect(JSON.parse(out)).toMatchObject({ counts: { errors: 1 }, skipped: [] });
});

test('of folders with Terraform only JSON configuration is read', () => {
  write('stacks/shop/cdk.tf.json', '{"resource":{"aws_eks_cluster":{"main":{"name":"shop","version":"1.31"}}}}');
  write('stacks/manifest.json', '{"stacks":{}}');
  const words = ['check', '--terraform', join(folder, 'stacks'), '--as-of', '2026-11-27', '--format', 'json'];
  const { status, out } = headroom(words);
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    asOf: '2026-11-27',
    findings: [{ rule: 'versions-are-supported' }],
    skipped: [],
  });
});

test('assumptions add what manifests cannot say', () => {
  const manifests = write('api.yaml', api(100).replace(/ {2}annotations.*\n/, ''));
  const assumptions = write('assumptions.yaml', 'services: { api: { declaredLoad: 101, ratePerPod: 50 } }');
  expect(headroom(['check', '--kubernetes', manifests]).status).toBe(0);
  expect(headroom(['check', '--kubernetes', manifests, '--assumptions', assumptions]).status).toBe(1);
});

test('suppressions take findings away until their day, and one that is not sound counts as a finding', () => {
  const manifests = write('api.yaml', api(101));
  const suppressions = write(
    'accepted.yaml',
    'suppressions:\n- { rule: ceilings-cover-declared-load, of: Deployment shop/api, until: 2027-01-31, reason: load test only }\n',
  );
  const on = (day: string) =>
    headroom(['check', '--kubernetes', manifests, '--suppressions', suppressions, '--as-of', day]).status;
  expect(on('2027-01-31')).toBe(0);
  expect(on('2027-02-01')).toBe(1);
  write('accepted.yaml', 'suppressions:\n- { rule: ceilings-cover-declared-load, of: Deployment shop/api }\n');
  expect(on('2027-01-31')).toBe(1);
  write('accepted.yaml', 'suppressions: [');
  expect(on('2027-01-31')).toBe(3);
});

test('writes SARIF', () => {
  const file = write('api.yaml', api(101));
  const { out } = headroom(['check', '--kubernetes', file, '--format', 'sarif']);
  expect(JSON.parse(out)).toMatchObject({
    version: '2.1.0',
    runs: [{ results: [{ ruleId: 'ceilings-cover-declared-load' }] }],
  });
});

test('shows colours only where they are seen', () => {
  const file = write('api.yaml', api(101));
  const words = ['check', '--kubernetes', file];
  expect(headroom(words).out).not.toContain('\u001b');
  expect(headroom(words, { hasColours: true }).out).toContain('\u001b[31merror\u001b[0m');
});

test.each([
  { it: 'tells who watches how far long input is', files: 50, isWatched: true, err: '\r\u001b[K' },
  { it: 'is silent about short input', files: 49, isWatched: true, err: '' },
  { it: 'is silent where nobody watches', files: 50, isWatched: false, err: '' },
])('$it', ({ files, isWatched, err }) => {
  for (let index = 0; index < files; index += 1) write(`m/${index}.yaml`, api(100, `api-${index}`));
  expect(headroom(['check', '--kubernetes', join(folder, 'm')], { isWatched }).err).toBe(err);
});

describe('fit', () => {
  const HPA = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }, minReplicas: 2, maxReplicas: 4 }
---
${api(100)}`;
  const suppress = 'headroom.dev/suppress: "ceilings-cover-declared-load until 2027-01-31: until the sale is over"';

  test('says what would do, and ends with 0', () => {
    write('manifests/api.yaml', HPA);
    const { status, out } = headroom(['fit', '--kubernetes', join(folder, 'manifests'), '--as-of', '2026-11-21']);
    expect(status).toBe(0);
    expect(out).toMatch(/^maxReplicas of shop\/api +4 +>= 36 +no rule changes its mind$/m);
  });

  test('ends with 1 where no number alone mends what is broken, for programs too', () => {
    const folderOf = join(folder, 'manifests');
    write('manifests/api.yaml', HPA.replace('declared-load: "100"', 'declared-load: "100000"'));
    const { status, out } = headroom(['fit', '--kubernetes', folderOf, '--as-of', '2026-11-21', '--format', 'json']);
    expect(status).toBe(1);
    expect(JSON.parse(out).unmet).toEqual([{ rule: 'ceilings-cover-declared-load', subject: 'Deployment shop/api' }]);
  });

  test('what is accepted is no reason', () => {
    write(
      'manifests/api.yaml',
      HPA.replace('declared-load: "100"', 'declared-load: "100000"').replace(
        'annotations: { ',
        `annotations: { ${suppress}, `,
      ),
    );
    expect(headroom(['fit', '--kubernetes', join(folder, 'manifests'), '--as-of', '2026-11-21']).status).toBe(0);
    expect(headroom(['fit', '--kubernetes', join(folder, 'manifests'), '--as-of', '2027-02-01']).status).toBe(1);
  });

  test('ends with 3 where a document cannot be read', () => {
    write('manifests/api.yaml', `${HPA}---\na: [\n`);
    expect(headroom(['fit', '--kubernetes', join(folder, 'manifests')]).status).toBe(3);
    expect(headroom(['fit', '--kubernetes', join(folder, 'nothing')]).status).toBe(3);
  });
});
