import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Inside the package, so that `cdk-headroom/aws` means what it means to a user: the compiled package. */
const ROOT = resolve(__dirname, '..');
const folder = join(ROOT, 'build/readme');

const blocks = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
  ([, code = '']) => code,
);
const compilerOptions = {
  target: 'es2022',
  module: 'node16',
  moduleResolution: 'node16',
  strict: true,
  skipLibCheck: true,
  types: [],
};
const [single, platform] = blocks.map((_, at) => join(folder, `example-${at}`));
const runs = (example: string | undefined): string => {
  mkdirSync(example ?? '', { recursive: true });
  execFileSync('node', [`${example}.js`], { cwd: example, encoding: 'utf8' });
  return example ?? '';
};

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [at, code] of blocks.entries()) writeFileSync(join(folder, `example-${at}.ts`), code);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('both examples of the README compile', () => {
  expect(blocks.map((_, at) => existsSync(join(folder, `example-${at}.js`)))).toEqual([true, true]);
});

test('the single construct synthesizes a Multi-AZ database', () => {
  const stack = readFileSync(join(runs(single), 'cdktf.out/stacks/orders/cdk.tf.json'), 'utf8');
  expect(Object.values(JSON.parse(stack).resource.aws_db_instance)).toEqual([
    expect.objectContaining({ multi_az: true, engine_version: '17' }),
  ]);
});

test('the platform of its own synthesizes both sides, in about 40 lines', () => {
  const out = runs(platform);
  expect(existsSync(join(out, 'dist/kubernetes/shop/production/30-workloads/orders.yaml'))).toBe(true);
  expect(existsSync(join(out, 'dist/terraform/stacks/shop-production-data/cdk.tf.json'))).toBe(true);
  expect(blocks[1]?.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(45);
});
