import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PLATFORMS } from '../../../apps';
import { loadScripts } from '../../../lib/local';
import type { EnvironmentSpec, LoadSpec, LoadTestSpec } from '../../../lib/model';
import { Duration, Percent } from '../../../lib/units';
import { environment, service } from '../../support/environment';

jest.setTimeout(60_000);

const root = resolve(__dirname, '../../..');

const loads = PLATFORMS.flatMap(({ name, environments }) =>
  environments.flatMap((one) => (one.load ? [{ it: `${name}/${one.name}`, environment: one, load: one.load }] : [])),
);
const scriptsOf = (it: string): ReadonlyMap<string, string> => {
  const found = loads.find((one) => one.it === it);
  if (found === undefined) throw new Error(`no load tests in ${it}`);
  return loadScripts(found.environment, found.load);
};

/** What the compiler says of scripts, with the types of k6; nothing if they are sound. */
function compiled(scripts: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'k6-'));
  try {
    mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
    symlinkSync(join(root, 'node_modules/@types/k6'), join(folder, 'node_modules/@types/k6'));
    for (const [file, text] of scripts) writeFileSync(join(folder, file), text);
    const options = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--types', 'k6', '--module', 'esnext'];
    const resolution = ['--moduleResolution', 'bundler', '--target', 'es2022', '--lib', 'es2022'];
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), [...options, ...resolution, ...scripts.keys()], {
      cwd: folder,
      encoding: 'utf8',
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Options of a script, as k6 evaluates them. */
function options(script: string | undefined) {
  const [, text = 'null'] = /export const options = ([\s\S]*?);\n\n/.exec(script ?? '') ?? [];
  return new Function(`return ${text}`)();
}

describe('scripts of the apps', () => {
  test.each(loads)('those of $it are sound to the compiler with the types of k6', ({ environment: one, load }) => {
    expect(compiled(loadScripts(one, load))).toBe('');
  });

  test('the compiler would notice a slip', () => {
    const [[file = '', text = ''] = []] = scriptsOf('alfred/production');
    const slips = ['http.get', 'constant-arrival-rate', "duration: '"].filter((word) => text.includes(word));
    const wrong = new Map([
      [file, text.replace('http.get', 'http.gett')],
      [
        'executor.js',
        (scriptsOf('acgs/production').get('steady-rate.js') ?? '').replace(
          "'constant-arrival-rate'",
          "'constant-rate'",
        ),
      ],
    ]);
    expect(slips.length).toBeGreaterThan(0);
    expect(compiled(wrong)).toMatch(/executor\.js[\s\S]*gett/);
  });

  test('the documented test has the documented stages, thresholds, requests and pause', () => {
    const script = scriptsOf('alfred/production').get('tasks.js') ?? '';
    expect(options(script)).toEqual({
      stages: [
        { duration: '5m', target: 100 },
        { duration: '10m', target: 100 },
        { duration: '5m', target: 200 },
        { duration: '10m', target: 200 },
        { duration: '5m', target: 0 },
      ],
      thresholds: { http_req_duration: ['p(95)<500'], http_req_failed: ['rate<0.01'] },
    });
    expect(script).toContain("const AGENT_CORE_URL = __ENV.AGENT_CORE_URL || 'http://agent-core:8011';");
    expect(script).toMatch(/http\.get\(`\$\{AGENT_CORE_URL\}\/api\/health`\)/);
    expect(script).toMatch(/http\.post\(`\$\{AGENT_CORE_URL\}\/api\/tasks`/);
    expect(script).toContain("intent: 'test_scaling',\n    content: { test: 'data' },");
    expect(script).toContain("'Content-Type': 'application/json'");
    expect(script).toContain('  sleep(1);\n');
  });

  test.each([
    ['validation', { vus: 100, duration: '5m' }],
    ['baseline', { vus: 1000, duration: '30m' }],
    ['peak', { vus: 2000, duration: '1h' }],
    ['stress', { vus: 5000, duration: '15m' }],
    ['spike', { stages: [{ duration: '5m', target: 3000 }] }],
    ['endurance', { vus: 1500, duration: '8h' }],
  ])('%s loads as the documents say', (name, expected) => {
    const { thresholds: _, ...load } = options(scriptsOf('acgs/production').get(`${name}.js`));
    expect(load).toEqual(expected);
  });

  test.each([
    ['steady-rate', 50, '1h'],
    ['stress-rate', 100, '15m'],
    ['endurance-rate', 50, '24h'],
  ])('%s begins %d iterations of three requests a second for %s', (name, rate, duration) => {
    expect(options(scriptsOf('acgs/production').get(`${name}.js`)).scenarios.load).toMatchObject({
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration,
    });
  });

  test('every autoscaler of production has a script that makes it act', () => {
    for (const { it, environment: one } of loads) {
      const scripts = [...scriptsOf(it).keys()].filter((file) => file.startsWith('scale-'));
      expect(scripts.sort()).toEqual(one.services.map(({ name }) => `scale-${name}.js`).sort());
    }
  });

  test.each([
    ['acgs/production', 'constitutional-ai', 1651, 5000],
    ['acgs/production', 'auth-service', 661, 1600],
    ['acgs/production', 'agent-hitl', 551, 1541],
    ['acgs/production', 'governance-synthesis', 34, 122],
    ['acgs/production', 'integrity-service', 3804, 13_832],
    ['alfred/production', 'agent-rag', 111, 400],
    ['alfred/production', 'agent-financial', 83, 450],
  ])('%s: %s is asked for %d, then %d requests a second', (it, name, first, full) => {
    const { startRate, stages } = options(scriptsOf(it).get(`scale-${name}.js`)).scenarios.scale;
    expect(startRate).toBe(1);
    expect(stages.map(({ target }: { target: number }) => target)).toEqual([first, first, full, full, 0]);
  });

  test('an iteration of two requests begins half as often', () => {
    // 2 x 500 x 1.1 = 1100 requests a second are 550 iterations
    const { stages } = options(scriptsOf('alfred/production').get('scale-agent-core.js')).scenarios.scale;
    expect(stages[0].target).toBe(551);
    expect(scriptsOf('alfred/production').get('scale-agent-core.js')).toContain(
      "'http://agent-core-active.alfred-platform.svc:8011'",
    );
  });
});

const test1: LoadTestSpec = {
  name: 'one',
  purpose: 'tries it',
  load: { users: 5, during: Duration.minutes(1) },
  requests: [{ service: 'orders', path: "/o'clock" }],
  thresholds: { failed: Percent.of(1) },
};
const shop = (overrides: Partial<EnvironmentSpec> = {}) => environment({ services: [service('orders')], ...overrides });
const one = (part: Partial<LoadTestSpec>, load: Partial<LoadSpec> = {}) =>
  loadScripts(shop(), { tests: [{ ...test1, ...part }], ...load }).get('one.js') ?? '';

describe('a described test', () => {
  test.each([
    [{ mean: Duration.millis(450) }, { http_req_duration: ['avg<=450'] }],
    [{ p95: Duration.millis(500), p99: Duration.seconds(1) }, { http_req_duration: ['p(95)<500', 'p(99)<1000'] }],
    [{ failed: Percent.of(1) }, { http_req_failed: ['rate<0.01'] }],
    [{ checks: Percent.of(100) }, { checks: ['rate>=1'] }],
    [{ perSecond: 3500 }, { http_reqs: ['rate>3500'] }],
  ])('thresholds %j are k6 thresholds %j', (thresholds, expected) => {
    expect(options(one({ thresholds })).thresholds).toEqual(expected);
  });

  test('a rate that the generator cannot keep fails the run', () => {
    const { scenarios, thresholds } = options(one({ load: { perSecond: 101, during: Duration.hours(2) } }));
    expect(thresholds).toMatchObject({ dropped_iterations: ['count<1'] });
    expect(scenarios.load).toEqual({
      executor: 'constant-arrival-rate',
      rate: 101,
      timeUnit: '1s',
      duration: '2h',
      preAllocatedVUs: 51,
      maxVUs: 204,
    });
  });

  test('headers go with every request, and are looked for in every answer', () => {
    const script = one({
      headers: { 'X-Hash': "it's" },
      expectedHeaders: { 'X-Hash': "it's" },
      pause: Duration.millis(250),
    });
    expect(script).toContain("headers: { 'X-Hash': 'it\\'s' }");
    expect(script).toContain("({ headers }) => headers['X-Hash'] === 'it\\'s'");
    expect(script).toContain('  sleep(0.25);\n');
    expect(compiled(new Map([['one.js', script]]))).toBe('');
  });

  test('without a pause nothing sleeps, without scaling nothing scales', () => {
    expect(one({})).not.toContain('sleep');
    expect([...loadScripts(shop(), { tests: [test1] }).keys()]).toEqual(['one.js']);
  });
});
