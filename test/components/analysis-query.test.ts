import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analysisQuery } from '../../lib/config/analysis-query';
import { curlCommand } from '../../lib/kubernetes/rollout/smoke-test';
import type { AnalysisMetric } from '../../lib/model/rollout/analysis';
import { Duration, Percent } from '../../lib/units';

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const withPromtool = has('promtool') ? describe : describe.skip;
const withCurl = has('curl') ? describe : describe.skip;

const LABELS = { versionLabel: 'rollouts_pod_template_hash', namespaceLabel: 'namespace' };

/** A query as Argo Rollouts sends it for the version `new` in the namespace `shop`. */
const asked = (metric: AnalysisMetric): string =>
  analysisQuery(metric, LABELS).replaceAll('{{args.version}}', 'new').replaceAll('{{args.namespace}}', 'shop');

const rate: AnalysisMetric = { name: 'rate', measures: 'success-rate', atLeast: Percent.of(99) };
const latency: AnalysisMetric = {
  name: 'latency',
  measures: 'latency',
  quantile: Percent.of(50),
  atMost: Duration.seconds(1),
};

const series = (name: string, labels: string, values: string) => ({ series: `${name}{${labels}}`, values });
const NEW = 'namespace="shop",rollouts_pod_template_hash="new"';
const OLD = 'namespace="shop",rollouts_pod_template_hash="old"';
const TWIN = 'namespace="other",rollouts_pod_template_hash="new"';
const requests = (labels: string, code: string, step: number) =>
  series('http_requests_total', `${labels},code="${code}"`, `0+${step}x20`);

/** Whether scraping reaches pods. */
const up = (labels: string, value: 0 | 1) => series('up', labels, `${value}+0x20`);

/** The value that Prometheus answers with after four minutes; none is an empty answer. */
function agrees(metric: AnalysisMetric, input: object[], value: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'analysis-'));
  try {
    const isNumber = value !== 'NaN';
    const query = asked(metric);
    // NaN is the one value that differs from itself, also to promtool.
    const expr = isNumber ? query : `count((${query}) != (${query}))`;
    const samples = value === undefined ? [] : [{ labels: '{}', value: isNumber ? value : '1' }];
    const tests = [
      {
        interval: '15s',
        input_series: input,
        promql_expr_test: [{ expr, eval_time: '4m', exp_samples: samples }],
      },
    ];
    // A number as YAML writes it.
    const text = JSON.stringify({ tests }).replace(/"value":"([^"]*)"/g, '"value": $1');
    writeFileSync(join(folder, 'test.yaml'), text);
    const { stdout, stderr, status } = spawnSync('promtool', ['test', 'rules', 'test.yaml'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
    });
    return status === 0 ? 'agrees' : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

withPromtool('Prometheus answers about the new version alone', () => {
  test.each<[string, AnalysisMetric, object[], string | undefined]>([
    ['all requests without an error', rate, [requests(NEW, '200', 60)], '1'],
    ['a tenth of errors', rate, [requests(NEW, '200', 54), requests(NEW, '503', 6)], '0.9'],
    ['errors of the old version', rate, [requests(NEW, '200', 60), requests(OLD, '500', 60)], '1'],
    ['errors of a twin in another namespace', rate, [requests(NEW, '200', 60), requests(TWIN, '500', 60)], '1'],
    ['errors alone', rate, [requests(NEW, '500', 6)], '0'],
    ['no request at all, which is no number', rate, [requests(NEW, '200', 0)], 'NaN'],
    ['no series of pods that are not seen, which is no answer', rate, [requests(OLD, '200', 60)], undefined],
    ['no series of pods that are seen, which is no number', rate, [up(NEW, 1), requests(OLD, '200', 60)], 'NaN'],
    ['no series of pods that do not answer', rate, [up(NEW, 0), requests(OLD, '200', 60)], undefined],
    ['no series where only old pods are seen', rate, [up(OLD, 1), up(TWIN, 1)], undefined],
    ['errors of two pods that are seen', rate, [up(NEW, 1), up(`${NEW},pod="b"`, 1), requests(NEW, '500', 6)], '0'],
    ['no latency of pods that are seen', latency, [up(NEW, 1)], 'NaN'],
    ['no latency of pods that are not', latency, [up(OLD, 1)], undefined],
    [
      'a latency of pods without requests',
      latency,
      [up(NEW, 1), series('http_request_duration_seconds_bucket', `${NEW},le="+Inf"`, '0+0x20')],
      'NaN',
    ],
    [
      'a latency between its buckets',
      latency,
      [
        series('http_request_duration_seconds_bucket', `${NEW},le="1"`, '0+30x20'),
        series('http_request_duration_seconds_bucket', `${NEW},le="2"`, '0+60x20'),
        series('http_request_duration_seconds_bucket', `${NEW},le="+Inf"`, '0+60x20'),
        series('http_request_duration_seconds_bucket', `${OLD},le="+Inf"`, '0+600x20'),
      ],
      '1',
    ],
  ])('%s', (_what, metric, input, value) => expect(agrees(metric, input, value)).toBe('agrees'));
});

withCurl('curl', () => {
  const answers: Readonly<Record<string, number>> = { '/health': 200, '/gone': 404, '/broken': 500, '/moved': 204 };

  async function ends(paths: readonly string[]): Promise<number | null> {
    const server = createServer((request, response) => {
      response.writeHead(answers[request.url ?? ''] ?? 404);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const [program = '', ...args] = curlCommand(`http://127.0.0.1:${port}`, paths);
    const quick = args.map((arg, index) => (args[index - 1] === '--retry' ? '0' : arg));
    try {
      return await new Promise((resolve, reject) => {
        const child = spawn(program, quick, { stdio: 'ignore', timeout: 10_000 });
        child.once('error', reject);
        child.once('exit', resolve);
      });
    } finally {
      server.close();
    }
  }

  test.each([
    ['succeeds when every path does', ['/health', '/moved'], 0],
    ['fails when the last one does', ['/health', '/gone'], 22],
    ['fails when the first one does, whatever comes after', ['/broken', '/health'], 22],
  ])('%s', async (_what, paths, code) => expect(await ends(paths)).toBe(code));
});
