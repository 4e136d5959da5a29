// Runs programs side by side and compares what their whole processes use.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const USAGE = fileURLToPath(new URL('usage.cjs', import.meta.url));

export const median = (values) => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** CPU (user and system, seconds) and peak resident memory (MiB) of one run of a Node.js program. */
export function usageOf({ args, cwd, env = {} }, scratch) {
  const file = join(scratch, 'usage.json');
  const { status, stderr } = spawnSync(process.execPath, ['--require', USAGE, ...args], {
    cwd,
    env: { ...process.env, ...env, BENCH_USAGE: file },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stderr}`);
  const usage = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return usage;
}

/** Processes one after another count as one: their CPU adds up, their memory does not. */
function usageOfAll(programs, scratch) {
  const usages = programs.map((program) => usageOf(program, scratch));
  return { cpu: usages.reduce((sum, { cpu }) => sum + cpu, 0), rss: Math.max(...usages.map(({ rss }) => rss)) };
}

/**
 * Rounds of all contestants, one after another, so that whatever slows the machine slows them all. The first round warms
 * the caches and is not counted. Ratios are those of each round, to the first contestant.
 */
export function compare(contestants, rounds, scratch) {
  const results = [];
  for (let round = 0; round <= rounds; round += 1) {
    const usages = contestants.map(({ programs }) => usageOfAll(programs, scratch));
    if (round > 0) results.push(usages);
  }
  return contestants.map(({ name }, index) => {
    const of = (pick) => median(results.map((usages) => pick(usages[index], usages[0])));
    return {
      name,
      'CPU s': of(({ cpu }) => cpu).toFixed(2),
      'CPU ratio': of(({ cpu }, first) => cpu / first.cpu).toFixed(2),
      'RSS MiB': of(({ rss }) => rss).toFixed(0),
      'RSS ratio': of(({ rss }, first) => rss / first.rss).toFixed(2),
    };
  });
}
