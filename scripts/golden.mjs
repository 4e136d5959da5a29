// Writes the reviewed picture of what is emitted, in test/golden/: npm run golden
// Names of what holds data are only added to; `--forget` also drops those that are gone.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GOLDEN = join(ROOT, 'test/golden');

const SOURCE = `
  export { goldenFile, goldenText, subjects } from './test/support/golden';
  export { everyOutput } from './test/support/platforms';
  export { LOSS, lost, statefulIds } from './test/support/stateful';
`;

/** The same code that the tests run, from the sources as they are. */
function load() {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  try {
    const outfile = join(folder, 'golden.cjs');
    const stdin = { contents: SOURCE, resolveDir: ROOT, loader: 'ts' };
    buildSync({ stdin, bundle: true, platform: 'node', target: 'node20', logLevel: 'warning', outfile });
    return createRequire(import.meta.url)(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { goldenFile, goldenText, subjects, everyOutput, LOSS, lost, statefulIds } = load();
const output = everyOutput();

function write(name, text) {
  const file = join(GOLDEN, name);
  const changed = !existsSync(file) || readFileSync(file, 'utf8') !== text;
  if (changed) writeFileSync(file, text);
  console.log(`${changed ? 'changed' : 'same   '} test/golden/${name}`);
}

for (const subject of subjects(output)) write(goldenFile(subject), goldenText(output, subject));

const file = join(GOLDEN, 'stateful.txt');
const before = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
const now = statefulIds(output);
const gone = lost(before, now);
if (gone.length > 0 && !process.argv.includes('--forget')) {
  console.error(['', ...gone.map((line) => `gone: ${line}`), '', LOSS].join('\n'));
  process.exitCode = 1;
} else {
  write('stateful.txt', `${now.join('\n')}\n`);
}
