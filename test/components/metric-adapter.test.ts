import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type AdapterRule, adapterConfig } from '../../lib/config/metric-adapter';
import type { CustomMetric, ScalingMetric } from '../../lib/model';
import { Percent } from '../../lib/units';

const available = spawnSync('promtool', ['--version']).status === 0;
const describeWith = available ? describe : describe.skip;

const base: CustomMetric = { name: 'm', series: 'acgs_requests_total' };
const METRICS: readonly CustomMetric[] = [
  base,
  { ...base, windowSeconds: 90, combine: 'avg' },
  { ...base, labels: { status: '200', path: '/"a"\\b' } },
  { ...base, series: 'acgs_queue_length', kind: 'gauge', combine: 'max' },
  { ...base, series: 'acgs_request_duration_seconds_bucket', kind: 'quantile', quantile: Percent.of(99.9) },
];

/** The query as the adapter fills it in. An external metric without a selector has no matchers of its own. */
const filled = ({ metricsQuery, seriesQuery }: AdapterRule, matchers: string): string =>
  metricsQuery
    .replace('<<.Series>>', seriesQuery.replace(/\{.*/s, ''))
    .replace('<<.LabelMatchers>>', matchers)
    .replace('<<.GroupBy>>', 'pod');

describeWith('Prometheus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'metric-adapter-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What promtool says about expressions, as one rule file. */
  const check = (expressions: readonly string[]) => {
    const file = join(folder, 'rules.yaml');
    const rules = expressions.map((expr, index) => ({ record: `query:${index}`, expr }));
    writeFileSync(file, stringify({ groups: [{ name: 'adapter', rules }] }));
    return spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8', timeout: 20_000 });
  };

  const queries = METRICS.flatMap((metric): string[] => {
    const uses: ScalingMetric[] = [
      { on: 'pods', metric, average: 1 },
      { on: 'external', metric, target: { value: 1 } },
    ];
    const { rules, externalRules } = adapterConfig(uses);
    return [
      ...rules.flatMap((rule) => [rule.seriesQuery, filled(rule, 'namespace="acgs",pod=~"a|b"')]),
      ...externalRules.flatMap((rule) => [rule.seriesQuery, filled(rule, ''), filled(rule, 'queue="a"')]),
    ];
  });

  test('reads every query that the adapter will send', () => {
    const { status, stdout, stderr } = check(queries);

    expect(stderr).toBe('');
    expect(stdout).toContain(`${queries.length} rules found`);
    expect(status).toBe(0);
  });

  test('would have refused a query that it cannot read', () => {
    expect(check(['sum(rate(a{,b="c"}[1m]))']).status).not.toBe(0);
  });
});
