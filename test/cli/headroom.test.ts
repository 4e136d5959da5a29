import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '../..');
let folder: string;
let program: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-'));
  mkdirSync(join(folder, 'build/lib/cli'), { recursive: true });
  program = join(folder, 'build/lib/cli/headroom.js');
  writeFileSync(join(folder, 'package.json'), '{"version":"1.2.3"}');
  const entryPoints = [join(ROOT, 'lib/cli/headroom.ts')];
  buildSync({ entryPoints, bundle: true, platform: 'node', target: 'node20', logLevel: 'error', outfile: program });
});
afterAll(() => rmSync(folder, { recursive: true }));

const headroom = (words: readonly string[], input = '') =>
  spawnSync(process.execPath, [program, ...words], { input, encoding: 'utf8', timeout: 30_000, cwd: folder });

const deployments = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api-${index}, annotations: { headroom.dev/declared-load: "101", headroom.dev/rate-per-pod: "50" } }
spec: { replicas: 2, template: { spec: { containers: [{ name: api, image: api }] } } }
`,
  ).join('');

test('is a program with a status', () => {
  expect(headroom([]).status).toBe(0);
  expect(headroom(['check']).status).toBe(2);
  expect(headroom(['check', '--kubernetes', 'nowhere']).status).toBe(3);
  expect(headroom(['--version']).stdout).toBe('1.2.3\n');
});

test('reads what is piped in, and names it', () => {
  const { status, stdout, stderr } = headroom(['check', '--kubernetes', '-'], deployments(1));
  expect(status).toBe(1);
  expect(stderr).toBe('');
  expect(stdout).toContain('standard input:5  Deployment api-0 /spec/replicas');
  expect(stdout).not.toContain('\u001b');
});

test('writes all of a long report into a pipe', () => {
  const { status, stdout } = headroom(['check', '--kubernetes', '-', '--format', 'json'], deployments(400));
  expect(status).toBe(1);
  expect(JSON.parse(stdout).counts.errors).toBe(400);
});

test('the package offers it as a command', () => {
  const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(bin).toEqual({ headroom: 'build/lib/cli/headroom.js' });
});
