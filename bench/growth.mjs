// How the cost of a synthesis grows with the number of services. See README.md.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, usageOf } from './measure.mjs';

const PROGRAM = fileURLToPath(new URL('platform-of.cjs', import.meta.url));
/** The smallest platform: what it takes is no growth. */
const START = 1;
const SIZES = [10, 30, 100, 300, 1000];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  throw new Error(`--rounds must be a whole number above 0, got ${values.rounds}`);
}
if (!existsSync(new URL('../build/lib/platform/index.js', import.meta.url)))
  throw new Error('nothing is built: npm run build');

/** Slope of the straight line through the logarithms: 1 is linear, 2 quadratic. */
function exponent(points) {
  const logs = points.map(({ added, above }) => [Math.log(added), Math.log(above)]);
  const [meanX, meanY] = [0, 1].map((axis) => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length);
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const run = (services) => usageOf({ args: [PROGRAM, `${services}`, join(scratch, 'out')] }, scratch);
  const runs = Array.from({ length: rounds + 1 }, () => [START, ...SIZES].map(run)).slice(1);
  const [start, ...usages] = [START, ...SIZES].map((_, index) => ({
    cpu: median(runs.map((round) => round[index].cpu)),
    rss: median(runs.map((round) => round[index].rss)),
  }));
  const points = SIZES.map((services, index) => ({
    services,
    added: services - START,
    above: usages[index].cpu - start.cpu,
    rss: usages[index].rss,
  }));

  console.log(
    `Node.js ${process.version}, medians of ${rounds} rounds; one service takes ${start.cpu.toFixed(2)} s CPU`,
  );
  console.table(
    points.map(({ services, added, above, rss }) => ({
      services,
      'CPU s above one': above.toFixed(2),
      'ms each': ((1000 * above) / added).toFixed(2),
      'RSS MiB': rss.toFixed(0),
    })),
  );
  // below 100 services the difference to one is smaller than the noise of a busy machine
  const steep = points.filter(({ services }) => services >= 100);
  console.log(`exponent of growth from 100 services on: ${exponent(steep).toFixed(2)}`);
} finally {
  rmSync(scratch, { recursive: true });
}
