// Synthesis of everything, side by side with the same objects through the stock libraries. See README.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { assertSameOutput, writePrograms } from './literals.mjs';
import { compare, usageOf } from './measure.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SYNTH = join(ROOT, 'build/synth.js');
/** Both halves and no documents, which literals do not write either. */
const HALVES = `
  import { join } from 'node:path';
  import { PLATFORMS } from './apps';
  import { synthesize } from './lib/platform';

  const [, , out] = process.argv;
  synthesize(PLATFORMS, { kubernetes: join(out, 'kubernetes'), terraform: join(out, 'terraform') });
`;
/** As `npm run synth` starts it. */
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const FLAGS = scripts.synth.split(' ').filter((word) => word.startsWith('--') && word !== '--silent');
const TEMPLATE = {
  cdk8s: { module: 'CommonJS', target: 'ES2017', lib: ['es2016'], strict: true, declaration: true },
  cdktf: { module: 'CommonJS', target: 'ES2018', lib: ['es2018'], strict: true, declaration: true, skipLibCheck: true },
};

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`--rounds must be a whole number above 0, got ${values.rounds}`);
if (!existsSync(SYNTH)) throw new Error('nothing is built: npm run build');

/** As the `bundle` script makes the program. */
function bundle(outfile) {
  const stdin = { contents: HALVES, resolveDir: ROOT, loader: 'ts' };
  const leftOut = join(ROOT, 'scripts/left-out.cjs');
  const small = { minifyWhitespace: true, minifySyntax: true, alias: { archiver: leftOut } };
  buildSync({ stdin, ...small, bundle: true, platform: 'node', target: 'node20', logLevel: 'warning', outfile });
  return outfile;
}

/** ts-node and its compiler are no dependencies of ours: they are fetched for the occasion. */
function tsNode(folder) {
  const packages = ['ts-node@10.9.2', 'typescript@5.9.3', '@types/node@14.18.63'];
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--prefer-offline', '--silent', ...packages];
  const { status } = spawnSync('npm', args, { stdio: 'ignore', timeout: 120_000 });
  if (status !== 0) return undefined;
  return { bin: join(folder, 'node_modules/ts-node/dist/bin.js'), compiler: join(folder, 'node_modules/typescript') };
}

// inside the repository, so that programs find the libraries, and outside what is published
mkdirSync(join(ROOT, 'build'), { recursive: true });
const scratch = mkdtempSync(join(ROOT, 'build/bench-'));
const tools = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const ours = { kubernetes: join(scratch, 'ours/kubernetes'), terraform: join(scratch, 'ours/terraform') };
  execFileSync(process.execPath, [SYNTH, '--out', join(scratch, 'ours')], { stdio: 'ignore' });
  writePrograms(scratch, ours.kubernetes, ours.terraform);
  writeFileSync(join(scratch, 'empty.js'), '');
  writeFileSync(join(scratch, 'both.js'), "require('./cdk8s.js');\nrequire('./cdktf.js');\n");

  const theirs = { kubernetes: join(scratch, 'theirs/kubernetes'), terraform: join(scratch, 'theirs/terraform') };
  const env = { CDK8S_OUTDIR: theirs.kubernetes, CDKTF_OUTDIR: theirs.terraform };
  const stock = (extension, args = []) =>
    ['cdk8s', 'cdktf'].map((name) => ({ args: [...args, join(scratch, `${name}.${extension}`)], cwd: scratch, env }));

  const halves = bundle(join(scratch, 'halves.js'));
  const contestants = [
    { name: 'this library', programs: [{ args: [...FLAGS, halves, join(scratch, 'measured')] }] },
    { name: 'npm run synth: documents, too', programs: [{ args: [...FLAGS, SYNTH, '--out', join(scratch, 'all')] }] },
    {
      name: 'literals, stock cdk8s and cdktf',
      programs: [{ args: [join(scratch, 'both.js')], cwd: scratch, env }],
    },
  ];
  const typescript = tsNode(tools);
  if (typescript === undefined) console.log('ts-node could not be installed: its row is left out');
  else {
    const programs = stock('ts', [typescript.bin]).map((program, index) => ({
      ...program,
      env: {
        ...env,
        TS_NODE_COMPILER: typescript.compiler,
        TS_NODE_COMPILER_OPTIONS: JSON.stringify({
          ...Object.values(TEMPLATE)[index],
          typeRoots: [join(tools, 'node_modules/@types')],
        }),
        TS_NODE_SKIP_PROJECT: 'true',
      },
    }));
    contestants.push({ name: 'the same by ts-node, as both templates run it', programs });
  }
  contestants.push({ name: 'an empty process', programs: [{ args: [join(scratch, 'empty.js')] }] });

  for (const program of stock('js')) usageOf(program, scratch);
  assertSameOutput(ours, theirs);

  const rows = compare(contestants, rounds, scratch);
  console.log(`Node.js ${process.version}, medians of ${rounds} rounds`);
  console.table(rows);
} finally {
  rmSync(scratch, { recursive: true });
  rmSync(tools, { recursive: true });
}
