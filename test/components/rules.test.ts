import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { PLATFORMS } from '../../apps';
import { HEARTBEAT_ALERT, isAlert, promqlNames, type Rule, type RuleGroup } from '../../lib/model';
import { environmentRules, ruleFile } from '../../lib/telemetry';
import { type AlertRow, commonRows, type Names, poolRows, usageRows } from './support/alert-rows';
import { ACGS_ROWS, ALFRED_ROWS } from './support/alert-rows-declared';
import { poolerPodRows, REDIS_CLUSTER_ROWS, SINGLE_STORE_ROWS } from './support/alert-rows-stores';

const available = spawnSync('promtool', ['--version']).status === 0;
const describeWith = available ? describe : describe.skip;

const ACGS: Names = {
  namespace: 'acgs',
  prefix: 'acgs',
  service: 'auth-service',
  autoscaler: 'acgs-auth-service-hpa',
  pod: 'auth-service-5d4b9c6f5d-x2x4z',
  scaled: 'auth-service',
  scaledPod: 'auth-service-5d4b9c6f5d-x2x4z',
  target: 600,
};

const ALFRED: Names = {
  namespace: 'alfred-platform',
  prefix: 'alfred',
  service: 'agent-core',
  autoscaler: 'agent-core-hpa',
  pod: 'agent-core-rollout-5d4b9c6f5d-x2x4z',
  scaled: 'agent-rag',
  scaledPod: 'agent-rag-5d4b9c6f5d-x2x4z',
  target: 100,
};

/** Of a thousand requests, one in a hundred may be slow: 14.4, 6 and 3 times as many are too many. */
const ACGS_COMMON: readonly AlertRow[] = [
  ...commonRows(ACGS, ['0.005', '0.01', [855, 857, 941, 971]]),
  ...usageRows(ACGS, [899, 901], [950, 951]),
  ...poolRows(ACGS, [45, 46]),
  ...ACGS_ROWS,
  ...poolerPodRows('acgs'),
];

/** One in twenty may be. */
const ALFRED_COMMON: readonly AlertRow[] = [
  ...commonRows(ALFRED, ['0.5', '1', [279, 281, 701, 851]]),
  ...usageRows(ALFRED, [849, 851], [900, 901]),
  ...poolRows(ALFRED, [14, 15]),
  ...ALFRED_ROWS,
];

const ROWS: Readonly<Record<string, readonly AlertRow[]>> = {
  'acgs/development': [...ACGS_COMMON, ...REDIS_CLUSTER_ROWS],
  'acgs/staging': [...ACGS_COMMON, ...REDIS_CLUSTER_ROWS],
  'acgs/production': [...ACGS_COMMON, ...REDIS_CLUSTER_ROWS],
  'acgs/production-dr': ACGS_COMMON,
  'alfred/development': [...ALFRED_COMMON, ...SINGLE_STORE_ROWS],
  'alfred/production': [...ALFRED_COMMON, ...poolerPodRows('alfred-platform')],
  'alfred/production-us-east-1': [...ALFRED_COMMON, ...poolerPodRows('alfred-platform')],
  'alfred/production-eu-central-1': [...ALFRED_COMMON, ...poolerPodRows('alfred-platform')],
};

const environments = PLATFORMS.flatMap((platform) =>
  platform.environments.map((environment) => ({
    name: `${platform.name}/${environment.name}`,
    groups: environmentRules(platform.name, environment),
  })),
);

const alertsOf = (name: string): string[] => {
  const groups = environments.find((one) => one.name === name)?.groups ?? [];
  const alerts = groups.flatMap(({ rules }) => rules.filter(isAlert).map(({ alert }) => alert));
  // what always holds has a test of its own
  return [...new Set(alerts)].filter((alert) => alert !== HEARTBEAT_ALERT).sort();
};

const folder = mkdtempSync(join(tmpdir(), 'rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Seconds after which nothing new happens to the longest of the rows. */
const END = 660;

/** Alerts that ring, or rang at any time before. */
const rang = ({ alert, where }: AlertRow): string =>
  `count(count_over_time(ALERTS{${[`alertname="${alert}"`, 'alertstate="firing"', where].filter(Boolean).join(',')}}[1h])) > bool 0`;

const expected = (row: AlertRow, time: number, rings: boolean) => ({
  expr: rang(row),
  eval_time: `${time}s`,
  exp_samples: rings ? [{ labels: '{}', value: 1 }] : [],
});

const unitTests = (rows: readonly AlertRow[]) =>
  rows.flatMap((row) => {
    const given = (samples: AlertRow['quiet'][number]) => samples.map(([series, values]) => ({ series, values }));
    return [
      ...row.fires.map((samples, index) => ({
        name: `${row.alert} ${row.where ?? ''} rings ${index}`,
        interval: '15s',
        input_series: given(samples),
        promql_expr_test: [expected(row, row.at - 15, false), expected(row, row.at, true)],
      })),
      ...row.quiet.map((samples, index) => ({
        name: `${row.alert} ${row.where ?? ''} is quiet ${index}`,
        interval: '15s',
        input_series: given(samples),
        promql_expr_test: [expected(row, END, false)],
      })),
    ];
  });

/** The rules of an alert, and those that record what they read: all the others cost time alone. */
function needed(alert: string, groups: readonly RuleGroup[]): RuleGroup[] {
  const rules = groups.flatMap((group) => group.rules);
  const wanted = new Set<Rule>(rules.filter((rule) => isAlert(rule) && rule.alert === alert));
  for (const rule of wanted) {
    const names = promqlNames(rule.expr);
    for (const other of rules) if (!isAlert(other) && names.includes(other.record)) wanted.add(other);
  }
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => wanted.has(rule)) }))
    .filter((group) => group.rules.length > 0);
}

/** What promtool says of tests of an environment's alerts. */
function run(name: string, groups: readonly RuleGroup[], rows: readonly AlertRow[]) {
  const files = [...new Set(rows.map(({ alert }) => alert))].map((alert) => {
    const path = join(folder, `${name.replace('/', '-')}-${alert}`);
    writeFileSync(`${path}.rules.yaml`, ruleFile(needed(alert, groups)));
    const tests = unitTests(rows.filter((row) => row.alert === alert));
    const file = { rule_files: [`${path}.rules.yaml`], evaluation_interval: '15s', tests };
    writeFileSync(`${path}.test.yaml`, stringify(file, { aliasDuplicateObjects: false }));
    return `${path}.test.yaml`;
  });
  const { stdout, stderr, status } = spawnSync('promtool', ['test', 'rules', ...files], {
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 1 << 24,
  });
  const faults = `${stdout}${stderr}`
    .split('\n')
    .filter((line) => /^ +(name|expr|exp|got|error|line)|FAILED:/i.test(line));
  return { faults, status };
}

test('every environment has its rows', () => {
  expect(Object.keys(ROWS).sort()).toEqual(environments.map(({ name }) => name).sort());
});

test.each(Object.entries(ROWS))(
  '%s: every alert has series with which it rings, and some with which it does not',
  (name, rows) => {
    const told = rows.filter(({ fires, quiet }) => fires.length > 0 && quiet.length > 0).map(({ alert }) => alert);
    expect([...new Set(told)].sort()).toEqual(alertsOf(name));
  },
);

describeWith('Prometheus', () => {
  test.each(environments)('reads the rules of $name', ({ name, groups }) => {
    const file = join(folder, `${name.replace('/', '-')}.yaml`);
    writeFileSync(file, ruleFile(groups));
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', '--lint=all', '--lint-fatal', file], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  test.each(environments)(
    'each alert of $name rings at its time and not before, and never where it should not',
    ({ name, groups }) => {
      expect(run(name, groups, ROWS[name] ?? [])).toEqual({ faults: [], status: 0 });
    },
    120_000,
  );

  test('the heartbeat rings at once, without any series, and goes on', () => {
    const groups = environments.find(({ name }) => name === 'acgs/production')?.groups ?? [];
    const rules = join(folder, 'heartbeat.rules.yaml');
    writeFileSync(rules, ruleFile(needed(HEARTBEAT_ALERT, groups)));
    const ringing = (time: string) => ({
      expr: `ALERTS{alertname="Watchdog"}`,
      eval_time: time,
      exp_samples: [
        {
          labels:
            'ALERTS{alertname="Watchdog",alertstate="firing",environment="production",escalation="none",platform="acgs",severity="info"}',
          value: 1,
        },
      ],
    });
    const test = {
      rule_files: [rules],
      evaluation_interval: '15s',
      tests: [{ interval: '15s', input_series: [], promql_expr_test: ['0s', '15s', '5m', '2h'].map(ringing) }],
    };
    const file = join(folder, 'heartbeat.test.yaml');
    writeFileSync(file, stringify(test, { aliasDuplicateObjects: false }));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  test('an environment whose silence nobody would hear has no heartbeat', () => {
    const beating = environments.filter(({ groups }) =>
      groups.some(({ rules }) => rules.some((rule) => isAlert(rule) && rule.alert === HEARTBEAT_ALERT)),
    );
    expect(beating.map(({ name }) => name)).toEqual([
      'acgs/staging',
      'acgs/production',
      'acgs/production-dr',
      'alfred/production',
      'alfred/production-us-east-1',
      'alfred/production-eu-central-1',
    ]);
  });

  /** Requests a minute of one service, good and bad, from 15 s to 15 s. */
  const requests = (good: string, bad: string) =>
    [
      ['200', good],
      ['503', bad],
    ].map(([status, values]) => ({
      series: `acgs_requests_total{namespace="acgs",service="auth-service",status="${status}"}`,
      values,
    }));

  const at = (expr: string, time: string, value?: number) => ({
    expr,
    eval_time: time,
    exp_samples: value === undefined ? [] : [{ labels: '{}', value }],
  });

  const FAST = 'count(ALERTS{alertname="AvailabilityBudgetBurnsFast",alertstate="firing"})';

  test.each([
    {
      it: 'a fire that is out ends its alert within minutes, however long its window',
      input_series: requests('0x8 0+100x60', '0+100x8 800x60'),
      promql_expr_test: [at(FAST, '2m', 1), at(FAST, '8m')],
    },
    {
      it: 'a short fire after a good hour is no fast one',
      input_series: requests('0+100x240', '0x220 0+20x8 160x12'),
      promql_expr_test: [at(FAST, '57m'), at(FAST, '60m')],
    },
    {
      it: 'a service without a single error has a rate of errors, which is none',
      input_series: requests('0+100x20', '_x20').slice(0, 1),
      promql_expr_test: [
        at('sum(service:request_errors:ratio1m)', '2m', 0),
        at('sum(service:slo_errors:ratio_rate5m{slo="availability"})', '2m', 0),
      ],
    },
    {
      it: 'a service without requests breaks no promise',
      input_series: requests('100x60', '7x60'),
      promql_expr_test: [at('count(service:request_errors:ratio1m)', '10m'), at(FAST, '10m')],
    },
  ])(
    '$it',
    ({ input_series, promql_expr_test }) => {
      const groups = environments.find(({ name }) => name === 'acgs/production')?.groups ?? [];
      const rules = join(folder, 'windows.rules.yaml');
      const tests = join(folder, 'windows.test.yaml');
      writeFileSync(rules, ruleFile(groups.filter(({ name }) => /services|objectives/.test(name))));
      const file = {
        rule_files: [rules],
        evaluation_interval: '15s',
        tests: [{ interval: '15s', input_series, promql_expr_test }],
      };
      writeFileSync(tests, stringify(file, { aliasDuplicateObjects: false }));
      const { stdout, stderr } = spawnSync('promtool', ['test', 'rules', tests], { encoding: 'utf8', timeout: 60_000 });
      expect(`${stdout}${stderr}`).toContain('SUCCESS');
    },
    60_000,
  );
});
