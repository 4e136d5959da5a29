import {
  inspectObservability,
  LOG_STORE_CHECKS,
  type LogStoreSpec,
  type MetricsStoreSpec,
  OBSERVABILITY_CHECKS,
  OBSERVABILITY_RELATION_CHECKS,
  type ObservabilitySpec,
  TRACE_STORE_CHECKS,
  type TraceStoreSpec,
} from '../../../lib/model';
import { Duration, Memory, Percent } from '../../../lib/units';
import { environment } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const metrics: MetricsStoreSpec = { series: 100_000, storage: Memory.gib(50) };
const logs: LogStoreSpec = { perDay: Memory.gib(1), storage: Memory.gib(100) };
const traces: TraceStoreSpec = { spansPerSecond: 1000 };
const zoned = {
  name: 'stateful',
  instanceTypes: ['r5.large'],
  min: 1,
  max: 3,
  desired: 1,
  zones: 'each',
} as const;

const place = (overrides: Parameters<typeof environment>[0] = {}) => {
  const { cluster } = environment();
  return environment({ cluster: { ...cluster, nodeGroups: [...cluster.nodeGroups, zoned] }, ...overrides });
};

const of = (spec: Partial<ObservabilitySpec>, overrides: Parameters<typeof environment>[0] = {}): string[] =>
  ids(
    inspectObservability(
      'shop',
      place({
        observability: { metrics, logs, traces, nodes: 'stateful', dashboards: 'off', ...spec },
        ...overrides,
      }),
    ),
  );

const withMetrics = (spec: Partial<MetricsStoreSpec>) => of({ metrics: { ...metrics, ...spec } });
const withLogs = (spec: Partial<LogStoreSpec>) => of({ logs: { ...logs, ...spec } });
const withTraces = (spec: Partial<TraceStoreSpec>) => of({ traces: { ...traces, ...spec } });

/** Room for logs and traces of any number that is tried. */
const wide = { storage: Memory.gib(16_384) };

const rows: readonly (readonly [it: string, found: readonly string[], expected: readonly string[]])[] = [
  ['takes what is sound', of({}), []],
  ['asks nothing of an environment that keeps nothing', ids(inspectObservability('shop', environment())), []],
  [
    'refuses to keep metrics for no day',
    withMetrics({ retention: Duration.hours(23) }),
    ['observability-metrics-retention-is-offered'],
  ],
  ['takes one day', withMetrics({ retention: Duration.days(1) }), []],
  ['takes 90 days on a large volume', withMetrics({ retention: Duration.days(90), storage: Memory.gib(200) }), []],
  [
    'refuses 91',
    withMetrics({ retention: Duration.days(91), storage: Memory.gib(200) }),
    ['observability-metrics-retention-is-offered'],
  ],
  ['refuses 999 series', withMetrics({ series: 999 }), ['observability-series-are-counted']],
  ['takes 1000', withMetrics({ series: 1000 }), []],
  ['refuses half a series', withMetrics({ series: 1000.5 }), ['observability-series-are-counted']],
  [
    'refuses no number',
    withMetrics({ series: Number.NaN }),
    ['observability-series-are-counted', 'observability-metrics-fit-their-volume'],
  ],
  [
    'refuses a volume of 7 GiB',
    withMetrics({ series: 1000, storage: Memory.gib(7) }),
    ['observability-metrics-volume-is-offered'],
  ],
  ['takes one of 8', withMetrics({ series: 1000, storage: Memory.gib(8) }), []],
  ['refuses parts of a GiB', withMetrics({ storage: Memory.mib(51_201) }), ['observability-metrics-volume-is-offered']],
  ['takes one of 16 TiB', withMetrics({ storage: Memory.gib(16_384) }), []],
  ['refuses more', withMetrics({ storage: Memory.gib(16_385) }), ['observability-metrics-volume-is-offered']],
  // 100000 series * 30 days of 5760 samples of 2 bytes are 32.2 GiB, and 80 % of 41 GiB are 32.8
  ['takes the smallest volume that fits', withMetrics({ storage: Memory.gib(41) }), []],
  [
    'refuses the next smaller one',
    withMetrics({ storage: Memory.gib(40) }),
    ['observability-metrics-fit-their-volume'],
  ],
  [
    'refuses a bucket that keeps no longer than the volume',
    withMetrics({ longTerm: { retention: Duration.days(30) } }),
    ['observability-long-term-outlives-the-volume'],
  ],
  ['takes a day longer', withMetrics({ longTerm: { retention: Duration.days(31) } }), []],
  ['takes ten years', withMetrics({ longTerm: { retention: Duration.days(3650) } }), []],
  [
    'refuses a day more',
    withMetrics({ longTerm: { retention: Duration.days(3651) } }),
    ['observability-long-term-outlives-the-volume'],
  ],
  [
    'refuses half a day',
    withMetrics({ longTerm: { retention: Duration.hours(1000) } }),
    ['observability-long-term-outlives-the-volume'],
  ],
  [
    'refuses no retention of logs',
    withLogs({ retention: Duration.days(0) }),
    ['observability-logs-retention-is-offered'],
  ],
  ['takes a day of logs', withLogs({ retention: Duration.days(1) }), []],
  ['takes ten years of logs', withLogs({ ...wide, retention: Duration.days(3650) }), []],
  [
    'refuses more than ten years',
    withLogs({ ...wide, retention: Duration.days(3651) }),
    ['observability-logs-retention-is-offered'],
  ],
  ['refuses logs of nothing', withLogs({ perDay: Memory.bytes(0) }), ['observability-logs-are-counted']],
  [
    'takes one member in a development',
    of({ logs: { ...logs, members: 1, storage: Memory.gib(200) } }, { stage: 'development' }),
    [],
  ],
  [
    'refuses two members',
    withLogs({ members: 2, storage: Memory.gib(500) }),
    ['observability-log-members-agree', 'observability-logs-survive-a-zone'],
  ],
  ['takes 20 members', withLogs({ members: 20 }), []],
  ['refuses 21', withLogs({ members: 21 }), ['observability-log-members-agree']],
  [
    'refuses volumes of 7 GiB',
    withLogs({ storage: Memory.gib(7), perDay: Memory.mib(10), retention: Duration.days(1) }),
    ['observability-log-volumes-are-offered'],
  ],
  ['refuses members of 1 GiB', withLogs({ memory: Memory.gib(1) }), ['observability-log-memory-holds-a-heap']],
  ['takes members of 2 GiB', withLogs({ memory: Memory.gib(2) }), []],
  ['refuses half a GiB', withLogs({ memory: Memory.mib(2560) }), ['observability-log-memory-holds-a-heap']],
  [
    'refuses a heap of 32 GiB, which no node here seats',
    withLogs({ memory: Memory.gib(63) }),
    ['observability-log-memory-holds-a-heap', 'pod-fits-a-node'],
  ],
  // (1 GiB * 91 days * 1.1 + 10 spans * 86400 s * 8 days * 1 KiB) * 2 are 213.4 GiB, and 85 % of 3 * 84 are 214.2
  ['takes the smallest volumes that fit', withLogs({ storage: Memory.gib(84) }), []],
  ['refuses the next smaller ones', withLogs({ storage: Memory.gib(83) }), ['observability-logs-fit-their-volumes']],
  ['refuses no sampling', withTraces({ sampling: Percent.of(0) }), ['observability-sampling-is-a-share']],
  ['takes a hundredth of a percent', withTraces({ sampling: Percent.of(0.01) }), []],
  ['takes all', withTraces({ sampling: Percent.of(100), spansPerSecond: 10 }), []],
  [
    'refuses more than all',
    withTraces({ sampling: Percent.of(100.01), spansPerSecond: 10 }),
    ['observability-sampling-is-a-share'],
  ],
  [
    'refuses no retention of traces',
    withTraces({ retention: Duration.days(0) }),
    ['observability-traces-retention-is-offered'],
  ],
  [
    'takes 90 days of traces',
    of({ traces: { ...traces, retention: Duration.days(90) }, logs: { ...logs, storage: Memory.gib(200) } }),
    [],
  ],
  [
    'refuses 91 of traces',
    of({ traces: { ...traces, retention: Duration.days(91) }, logs: { ...logs, storage: Memory.gib(200) } }),
    ['observability-traces-retention-is-offered'],
  ],
  ['refuses no spans', withTraces({ spansPerSecond: 0 }), ['observability-spans-are-counted']],
  [
    'refuses spans that are no number',
    withTraces({ spansPerSecond: Number.NaN }),
    ['observability-logs-fit-their-volumes', 'observability-spans-are-counted'],
  ],
  [
    'refuses traces without logs',
    ids(inspectObservability('shop', place({ observability: { metrics, traces, dashboards: 'off' } }))),
    ['observability-traces-have-a-store'],
  ],
  ['refuses dashboards of nothing', of({ dashboards: 'on' }), ['observability-dashboards-have-telemetry']],
  ['refuses nodes that are not there', of({ nodes: 'elsewhere' }), ['observability-nodes-are-declared']],
  ['warns of nodes that span zones', of({ nodes: 'general' }), ['observability-volumes-have-nodes-in-their-zone']],
  ['takes any node', ids(inspectObservability('shop', place({ observability: { metrics, dashboards: 'off' } }))), []],
  [
    'refuses a namespace that is taken',
    of({}, { namespace: 'logging' }),
    ['observability-namespace-is-not-the-workloads'],
  ],
  [
    'warns of logs in two zones',
    of({}, { zones: ['eu-west-1a', 'eu-west-1b'] }),
    ['observability-logs-survive-a-zone'],
  ],
  [
    'warns of a single member',
    withLogs({ members: 1, storage: Memory.gib(200) }),
    ['observability-logs-survive-a-zone'],
  ],
];

test.each(rows)('%s', (_, found, expected) => {
  expect(found).toEqual(expected);
});

test('every check has a failing row', () => {
  const failing = rows.flatMap(([, , expected]) => expected).filter((id) => id !== 'pod-fits-a-node');
  expect([...new Set(failing)].sort()).toEqual(
    allIds(OBSERVABILITY_CHECKS, LOG_STORE_CHECKS, TRACE_STORE_CHECKS, OBSERVABILITY_RELATION_CHECKS),
  );
});

test('what is unwise but works is a warning', () => {
  const found = inspectObservability(
    'shop',
    place({
      observability: { metrics, logs, dashboards: 'off', nodes: 'general' },
      zones: ['eu-west-1a', 'eu-west-1b'],
    }),
  );
  expect(found.map(({ check, severity }) => [check, severity])).toEqual([
    ['observability-volumes-have-nodes-in-their-zone', 'warning'],
    ['observability-logs-survive-a-zone', 'warning'],
  ]);
});

test('a finding about room says how much is needed', () => {
  const [finding] = inspectObservability(
    'shop',
    place({ observability: { metrics: { ...metrics, storage: Memory.gib(40) }, dashboards: 'off' } }),
  );
  expect(finding?.rule).toBe(
    'must have room for 100000 series over 30 days, 2 bytes every 15 s: 32.2 GiB in four fifths of it',
  );
});
