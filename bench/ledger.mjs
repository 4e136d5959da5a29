// What the ledger takes to check many workloads on many node groups, and how that grows. See README.md.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, usageOf } from './measure.mjs';

const PROGRAM = fileURLToPath(new URL('ledger-of.cjs', import.meta.url));
const GROUPS = 40;
const SIZES = [125, 250, 500, 1000, 2000];
/** What is promised for the size that is named. */
const PROMISE = { workloads: 1000, cpu: 2, rss: 200 };

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new Error(`--rounds must be a whole number above 0, got ${values.rounds}`);
}
if (!existsSync(new URL('../build/lib/ledger/index.js', import.meta.url)))
  throw new Error('nothing is built: npm run build');

/** n log n between two sizes, as a factor. */
const expected = (from, to) => (to * Math.log2(to)) / (from * Math.log2(from));

const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const run = (size, ...only) => usageOf({ args: [PROGRAM, `${size}`, `${GROUPS}`, ...only] }, scratch);
  const rows = SIZES.map((workloads) => {
    const all = Array.from({ length: rounds }, () => ({ read: run(workloads, 'read'), whole: run(workloads) }));
    return {
      workloads,
      cpu: median(all.map(({ whole }) => whole.cpu)),
      judged: median(all.map(({ read, whole }) => whole.cpu - read.cpu)),
      rss: median(all.map(({ whole }) => whole.rss)),
    };
  });
  console.log(`Node.js ${process.version}, ${GROUPS} node groups, medians of ${rounds} rounds`);
  console.table(
    rows.map(({ workloads, cpu, judged, rss }, index) => ({
      workloads,
      'CPU s': cpu.toFixed(2),
      'of it judging': judged.toFixed(2),
      'growth of judging': index === 0 ? '' : (judged / rows[index - 1].judged).toFixed(2),
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
