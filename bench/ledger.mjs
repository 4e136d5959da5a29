// What `headroom check` takes for many workloads on many node groups, as a process, and how that grows. See README.md.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ledgerInput } from './ledger-input.mjs';
import { median, usageOf } from './measure.mjs';

const PROGRAM = fileURLToPath(new URL('../build/lib/cli/headroom.js', import.meta.url));
const GROUPS = 40;
const SIZES = [125, 250, 500, 1000, 2000];
/** What is promised for the size that is named. */
const PROMISE = { workloads: 1000, cpu: 2, rss: 200 };

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new Error(`--rounds must be a whole number above 0, got ${values.rounds}`);
}
if (!existsSync(PROGRAM)) throw new Error('nothing is built: npm run build');

/** n log n between two sizes, as a factor. */
const expected = (from, to) => (to * Math.log2(to)) / (from * Math.log2(from));

const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const rows = SIZES.map((workloads) => {
    const { manifests, terraform } = ledgerInput(workloads, GROUPS);
    const [yaml, json] = [join(scratch, `${workloads}.yaml`), join(scratch, `${workloads}.tf.json`)];
    writeFileSync(yaml, manifests);
    writeFileSync(json, terraform);
    const args = [PROGRAM, 'check', '--kubernetes', yaml, '--terraform', json, '--as-of', '2026-11-21'];
    const all = Array.from({ length: rounds }, () => usageOf({ args }, scratch));
    return { workloads, cpu: median(all.map(({ cpu }) => cpu)), rss: median(all.map(({ rss }) => rss)) };
  });
  const empty = median(Array.from({ length: rounds }, () => usageOf({ args: ['--eval', '0'] }, scratch).cpu));
  console.log(
    `Node.js ${process.version}, ${GROUPS} node groups, medians of ${rounds} rounds; an empty process: ${empty.toFixed(2)} s`,
  );
  console.table(
    rows.map(({ workloads, cpu, rss }, index) => ({
      workloads,
      'CPU s': cpu.toFixed(2),
      growth: index === 0 ? '' : (cpu / rows[index - 1].cpu).toFixed(2),
      'n log n': index === 0 ? '' : expected(rows[index - 1].workloads, workloads).toFixed(2),
      'RSS MiB': rss.toFixed(0),
    })),
  );
  const promised = rows.find(({ workloads }) => workloads === PROMISE.workloads);
  const isKept = promised.cpu < PROMISE.cpu && promised.rss < PROMISE.rss;
  console.log(
    `${PROMISE.workloads} workloads: ${promised.cpu.toFixed(2)} of ${PROMISE.cpu} s CPU, ` +
      `${promised.rss.toFixed(0)} of ${PROMISE.rss} MiB: ${isKept ? 'kept' : 'not kept'}`,
  );
  process.exitCode = isKept ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true });
}
