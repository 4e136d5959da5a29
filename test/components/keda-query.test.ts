import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { kedaQuery } from '../../lib/config/keda-query';
import { adapterConfig } from '../../lib/config/metric-adapter';
import type { MeasuredMetric } from '../../lib/config/metric-query';
import type { CustomMetric } from '../../lib/model';
import { Percent } from '../../lib/units';

const available = spawnSync('promtool', ['--version']).status === 0;
const describeWith = available ? describe : describe.skip;

const place = { namespace: 'shop', target: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' } };

const ONE = 'api-7c9d8b6f5d-x2kqz';
const TWO = 'api-7c9d8b6f5d-bcdfg';
const THREE = 'api-7c9d8b6f5d-55555';

/** Series as Prometheus scraped them every 15 s: a name with labels, and what each scrape adds or finds. */
const scraped = (series: string, values: string) => ({ series, values });

const counter = (pod: string, perScrape: number, more = '') =>
  scraped(`requests_total{namespace="shop",pod="${pod}"${more}}`, `0+${perScrape}x20`);

const buckets = (pod: string, perScrape: number) =>
  [
    ['0.1', 0.5],
    ['0.2', 1],
    ['+Inf', 1],
  ].map(([le, share]) =>
    scraped(`took_seconds_bucket{namespace="shop",pod="${pod}",le="${le}"}`, `0+${perScrape * Number(share)}x20`),
  );

/** Three pods of the workload at 100, 200 and 300 requests a second, and others that are none of it. */
const SERIES = [
  counter(ONE, 1500),
  counter(TWO, 1000, ',path="/a"'),
  counter(TWO, 2000, ',path="/b"'),
  counter(THREE, 4500),
  counter('api-v2-7c9d8b6f5d-x2kqz', 9000),
  counter('api-0', 9000),
  scraped(`requests_total{namespace="other",pod="${ONE}"}`, '0+9000x20'),
  scraped(`workers{namespace="shop",pod="${ONE}",pool="a"}`, '4x20'),
  scraped(`workers{namespace="shop",pod="${ONE}",pool="b"}`, '8x20'),
  scraped(`workers{namespace="shop",pod="${TWO}",pool="a"}`, '6x20'),
  scraped('queue_ready{namespace="mq",pod="mq-0",queue="tasks"}', '120x20'),
  scraped('queue_ready{namespace="mq",pod="mq-1",queue="tasks"}', '120x20'),
  scraped('queue_ready{namespace="mq",pod="mq-0",queue="mail"}', '999x20'),
  scraped('edge_total{namespace="shop",ingress="shop"}', '0+30000x20'),
  scraped('edge_total{namespace="shop",ingress="admin"}', '0+30000x20'),
  ...buckets(ONE, 150),
  ...buckets(TWO, 150),
  ...buckets(THREE, 0),
  ...['0.1', '+Inf'].map((le) => scraped(`idle_seconds_bucket{namespace="shop",pod="${ONE}",le="${le}"}`, '7x20')),
];

const requests: CustomMetric = { name: 'rps', series: 'requests_total' };
const workers: CustomMetric = { name: 'workers', series: 'workers', kind: 'gauge' };
const median = (series: string): CustomMetric => ({
  name: 'p50',
  series,
  kind: 'quantile',
  quantile: Percent.of(50),
});

interface Row {
  readonly it: string;
  readonly use: MeasuredMetric;
  /** The one number, or nothing. */
  readonly expected: number | undefined;
}

const rows: readonly Row[] = [
  {
    it: 'the load of three pods is three times their mean of 200',
    use: { on: 'pods', metric: requests, average: 200 },
    expected: 600,
  },
  {
    it: 'only series with declared labels count',
    use: { on: 'pods', metric: { ...requests, labels: { path: '/b' } }, average: 200 },
    expected: 2000 / 15,
  },
  { it: 'gauges of a pod add up', use: { on: 'pods', metric: workers, average: 9 }, expected: 18 },
  {
    it: 'or their mean counts for the pod',
    use: { on: 'pods', metric: { ...workers, combine: 'avg' }, average: 6 },
    expected: 12,
  },
  {
    it: 'or the greatest of them',
    use: { on: 'pods', metric: { ...workers, combine: 'max' }, average: 7 },
    expected: 14,
  },
  {
    it: 'two pods have a median of 100 ms, and the idle one none',
    use: { on: 'pods', metric: median('took_seconds_bucket'), average: 0.05 },
    expected: 0.2,
  },
  {
    it: 'the median of all together is 100 ms',
    use: { on: 'external', metric: median('took_seconds_bucket'), target: { value: 0.05 } },
    expected: 0.1,
  },
  {
    it: 'a workload that is idle has a median of zero, so that it may shrink',
    use: { on: 'pods', metric: median('idle_seconds_bucket'), average: 0.05 },
    expected: 0,
  },
  {
    it: 'a queue that two exporters report is counted once',
    use: {
      on: 'external',
      metric: { name: 'queue', series: 'queue_ready', kind: 'gauge', combine: 'max' },
      selector: { queue: 'tasks' },
      target: { average: 30 },
    },
    expected: 120,
  },
  {
    it: 'one Ingress is not the other',
    use: {
      on: 'object',
      metric: { name: 'edge', series: 'edge_total' },
      object: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' },
      target: { value: 2000 },
    },
    expected: 2000,
  },
  {
    it: 'a rate that is missing stays missing',
    use: { on: 'pods', metric: { name: 'none', series: 'none_total' }, average: 1 },
    expected: undefined,
  },
  {
    it: 'a quantile that is missing stays missing',
    use: { on: 'pods', metric: median('none_bucket'), average: 1 },
    expected: undefined,
  },
];

describeWith('Prometheus, asked by KEDA', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keda-query-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Whether each expression has its one number after five minutes, as promtool sees it. */
  const evaluate = (expectations: readonly { readonly expr: string; readonly expected: number | undefined }[]) => {
    const file = join(folder, 'test.yaml');
    const promql = expectations.map(({ expr, expected }) => ({
      expr,
      eval_time: '5m',
      exp_samples: expected === undefined ? [] : [{ labels: '{}', value: expected }],
    }));
    writeFileSync(
      file,
      stringify({
        tests: [{ interval: '15s', input_series: SERIES, promql_expr_test: promql }],
      }),
    );
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { status, text: `${stdout}${stderr}` };
  };

  test.each(rows)('$it', ({ use, expected }) => {
    expect(evaluate([{ expr: round(kedaQuery(use, place)), expected: expected && rounded(expected) }])).toEqual(PASSES);
  });

  test('answers as the sum of what the adapter is told of each pod', () => {
    const differences = rows
      .filter(({ use, expected }) => use.on === 'pods' && expected !== undefined && use.metric.kind !== 'quantile')
      .map(({ use }) => {
        const [rule] = adapterConfig([use]).rules;
        const adapter = (rule?.metricsQuery ?? '')
          .replace('<<.Series>>', use.metric.series)
          .replace('<<.LabelMatchers>>', `namespace="shop",pod=~"${[ONE, TWO, THREE].join('|')}"`)
          .replace('<<.GroupBy>>', 'pod');
        return { expr: `${round(`sum(${adapter})`)} - ${round(kedaQuery(use, place))}`, expected: 0 };
      });

    expect(differences).toHaveLength(5);
    expect(evaluate(differences)).toEqual(PASSES);
  });

  test('would have noticed another number', () => {
    expect(evaluate([{ expr: kedaQuery({ on: 'pods', metric: requests, average: 1 }, place), expected: 601 }])).toEqual(
      {
        status: 1,
        text: expect.stringContaining('6E+02'),
      },
    );
  });
});

/** What promtool says when every number is as expected. */
const PASSES = { status: 0, text: expect.stringContaining('SUCCESS') };

/** To a thousandth, as autoscalers count. */
const round = (query: string): string => `round(${query}, 0.001)`;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
