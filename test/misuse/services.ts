import { Cpu, Duration, Memory, Percent } from '../../lib/units';
import { service } from '../support/environment';
import { inCluster, inEnvironment, inScaling, inService, type Misuse, REQUESTS } from './rows';

const amounts = (cpu: number, mib: number) => ({
  cpu: Cpu.millis(cpu),
  memory: Memory.mib(mib),
  ephemeralStorage: Memory.gib(1),
});

const external = (reason: string, cidr: string, port = 443) =>
  inService({ connections: [{ to: 'network', cidr, port, reason }] });

/** Slips in services by themselves and in what they name. */
export const SERVICE_ROWS: readonly Misuse[] = [
  {
    fault: 'name with an underscore',
    slip: inEnvironment({ services: [service('order_service')] }),
    errors: ['scaling-name-is-a-dns-label', 'scaling-target-has-replicas', 'service-name-is-a-dns-label'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'name of sixty-four characters',
    slip: inEnvironment({ services: [service('s'.repeat(64))] }),
    errors: ['scaling-name-is-a-dns-label', 'scaling-target-has-replicas', 'service-name-is-a-dns-label'],
    warnings: ['redis-has-a-client'],
  },
  { fault: 'privileged port', slip: inService({ port: 80 }), errors: ['service-port-is-unprivileged'] },
  {
    fault: 'port that is no number',
    slip: inService({ port: Number.NaN }),
    errors: ['network-peer-port-is-real', 'service-port-is-unprivileged'],
  },
  {
    fault: 'probe with a query',
    slip: inService({ health: { readinessPath: '/health?deep=1' } }),
    errors: ['service-readiness-is-a-path'],
  },
  {
    fault: 'restart for what only keeps requests away',
    slip: inService({ health: { readinessPath: '/health', livenessPath: '/health' } }),
    errors: ['service-liveness-differs-from-readiness'],
  },
  {
    fault: 'no time to start',
    slip: inService({ health: { readinessPath: '/health', startWithin: Duration.seconds(9) } }),
    errors: ['service-start-is-bounded'],
  },
  {
    fault: 'drain of hours',
    slip: inService({ drainFor: Duration.hours(2) }),
    errors: ['service-drain-is-bounded', 'web-service-grace-covers-the-drain'],
  },
  {
    fault: 'metrics at another host',
    slip: inService({ metricsPath: 'http://localhost/metrics' }),
    errors: ['service-metrics-are-a-path'],
  },
  {
    fault: 'more requested than allowed',
    slip: inService({ resources: { requests: amounts(900, 256), limits: amounts(800, 512) } }),
    errors: ['service-requests-fit-limits'],
  },
  {
    fault: 'nothing requested',
    slip: inService({ resources: { requests: amounts(0, 256), limits: amounts(800, 512) } }),
    errors: ['scaling-utilization-has-a-request', 'service-requests-are-set'],
  },
  {
    fault: 'pods that no node seats',
    slip: inService({ resources: { requests: amounts(200, 16_384), limits: amounts(800, 16_384) } }),
    errors: ['pod-fits-a-node'],
  },
  {
    fault: 'image by latest',
    slip: inService({ image: { repository: 'shop/orders', tag: 'latest' } }),
    errors: ['service-image-is-pinned', 'web-service-image-is-pinned'],
  },
  {
    fault: 'digest with a digit missing',
    slip: inService({ image: { repository: 'shop/orders', tag: '1.0.0', digest: `sha256:${'0'.repeat(63)}` } }),
    errors: ['service-digest-is-sha256', 'web-service-image-is-a-reference', 'web-service-image-is-pinned'],
  },
  {
    fault: 'repository with its registry',
    slip: inService({ image: { repository: 'registry.example.com/shop/orders', tag: '1.0.0' } }),
    errors: ['service-repository-has-no-registry'],
  },
  {
    fault: 'password among the settings',
    slip: inService({ settings: { ORDERS_PASSWORD: 'hunter2' } }),
    errors: ['service-settings-hold-no-secrets'],
  },
  {
    fault: 'setting that is no variable',
    slip: inService({ settings: { 'log-level': 'info' } }),
    errors: ['service-settings-are-variables'],
  },
  {
    fault: 'measured rate that is no number',
    slip: inService({ measuredRps: Number.NaN }),
    errors: ['service-measurement-is-positive'],
  },
  { fault: 'half a process', slip: inService({ processes: 0.5 }), errors: ['service-processes-are-counted'] },
  {
    fault: 'pool that is no number',
    slip: inService({ connections: [{ to: 'database', name: 'main', pool: Number.NaN }] }),
    errors: ['service-pools-are-counted'],
    warnings: ['database-connections-cover-pools', 'redis-has-a-client'],
  },
  {
    fault: 'more connections than the database takes',
    slip: inService({ connections: [{ to: 'database', name: 'main', pool: 100 }] }),
    errors: [],
    warnings: ['database-connections-cover-pools', 'redis-has-a-client'],
  },
  { fault: 'alias that is the name', slip: inService({ aliases: ['orders'] }), errors: ['service-aliases-are-new'] },
  {
    fault: 'database that does not exist',
    slip: inService({ connections: [{ to: 'database', name: 'other' }] }),
    errors: ['service-databases-exist'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'cache that does not exist',
    slip: inService({ connections: [{ to: 'cache', name: 'other' }] }),
    errors: ['service-caches-exist'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'vector database that does not exist',
    slip: inService({ connections: [{ to: 'vector-database', name: 'vectors' }] }),
    errors: ['service-vector-databases-exist'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'service that does not exist',
    slip: inService({ connections: [{ to: 'service', name: 'stock' }] }),
    errors: ['service-services-exist'],
    warnings: ['redis-has-a-client'],
  },
  { fault: 'node group that does not exist', slip: inService({ nodes: 'gpu' }), errors: ['service-nodes-exist'] },
  {
    fault: 'destination twice',
    slip: inService({
      connections: [
        { to: 'database', name: 'main' },
        { to: 'database', name: 'main' },
      ],
    }),
    errors: ['service-connections-are-named-once', 'web-service-mounts-are-apart'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'address without a reason',
    slip: external(' ', '203.0.113.0/24'),
    errors: ['service-address-has-a-reason'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'address that is a host',
    slip: external('an API', 'api.example.com'),
    errors: ['network-peer-range-is-ipv4'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'port beyond the last',
    slip: external('an API', '203.0.113.0/24', 65_536),
    errors: ['network-peer-port-is-real'],
    warnings: ['redis-has-a-client'],
  },
];

/** Slips in scaling policies of both directions. */
export const SCALING_ROWS: readonly Misuse[] = [
  { fault: 'more pods at least than at most', slip: inScaling({ min: 7 }), errors: ['scaling-min-is-at-most-max'] },
  {
    fault: 'bounds that are no numbers',
    slip: inScaling({ min: Number.NaN, max: Number.NaN }),
    errors: ['scaling-max-is-in-range', 'scaling-min-is-at-most-max', 'scaling-min-is-in-range'],
  },
  { fault: 'no pod at least', slip: inScaling({ min: 0 }), errors: ['scaling-min-is-in-range'] },
  { fault: 'half a pod at most', slip: inScaling({ max: 6.5 }), errors: ['scaling-max-is-in-range'] },
  {
    fault: 'more pods than a policy may ask for',
    slip: inScaling({ max: 10_001 }),
    errors: ['scaling-max-is-in-range'],
  },
  { fault: 'nothing to move between', slip: inScaling({ max: 2 }), errors: [], warnings: ['scaling-has-room-to-move'] },
  {
    fault: 'one pod, gone while its node drains',
    slip: inScaling({ min: 1 }),
    errors: [],
    warnings: ['scaling-survives-a-drain'],
  },
  { fault: 'no metric', slip: inScaling({ metrics: [] }), errors: ['scaling-has-a-metric'] },
  {
    fault: 'one metric twice',
    slip: inScaling({
      metrics: [
        { on: 'cpu', utilization: Percent.of(70) },
        { on: 'cpu', utilization: Percent.of(80) },
      ],
    }),
    errors: ['scaling-metrics-are-distinct'],
  },
  {
    fault: 'target of nothing',
    slip: inScaling({ metrics: [{ on: 'cpu', utilization: Percent.of(0) }] }),
    errors: ['scaling-utilization-is-whole-percent'],
  },
  {
    fault: 'share of a percent',
    slip: inScaling({ metrics: [{ on: 'cpu', utilization: Percent.of(70.5) }] }),
    errors: ['scaling-utilization-is-whole-percent'],
  },
  {
    fault: 'mean that is no number',
    slip: inScaling({ metrics: [{ on: 'pods', metric: REQUESTS, average: Number.NaN }] }),
    errors: ['scaling-target-is-positive'],
  },
  {
    fault: 'metric without a name',
    slip: inScaling({ metrics: [{ on: 'pods', metric: { ...REQUESTS, name: '' }, average: 100 }] }),
    errors: ['metric-name-is-a-path-segment'],
  },
  {
    fault: 'metric without a source',
    slip: inScaling({ metrics: [{ on: 'pods', metric: { ...REQUESTS, series: '' }, average: 100 }] }),
    errors: ['metric-series-is-a-prometheus-name'],
    warnings: ['metric-kind-fits-series'],
  },
  {
    fault: 'one metric with two meanings',
    slip: inScaling({
      metrics: [
        { on: 'pods', metric: REQUESTS, average: 100 },
        { on: 'external', metric: { ...REQUESTS, series: 'other_total' }, target: { value: 5 } },
      ],
    }),
    errors: ['metric-has-one-meaning'],
  },
  {
    fault: 'quantile of all',
    slip: inScaling({
      metrics: [
        {
          on: 'pods',
          metric: { name: 'p100', series: 'shop_duration_bucket', kind: 'quantile', quantile: Percent.of(100) },
          average: 1,
        },
      ],
    }),
    errors: ['metric-quantile-is-given'],
  },
  {
    fault: 'window of one scrape',
    slip: inScaling({ metrics: [{ on: 'pods', metric: { ...REQUESTS, windowSeconds: 14 }, average: 100 }] }),
    errors: ['metric-window-is-in-range'],
    warnings: ['metric-window-holds-four-scrapes'],
  },
  {
    fault: 'container that the pod does not have',
    slip: inScaling({
      metrics: [{ on: 'container', container: 'sidecar', resource: 'cpu', utilization: Percent.of(70) }],
    }),
    errors: ['service-scales-on-its-own-containers'],
  },
  {
    fault: 'selector without a label',
    slip: inScaling({
      metrics: [
        { on: 'external', metric: { ...REQUESTS, combine: 'max' }, selector: { 'a b': 'c' }, target: { value: 5 } },
      ],
    }),
    errors: ['scaling-selector-matches-labels'],
  },
  {
    fault: 'object that cannot be',
    slip: inScaling({
      metrics: [
        {
          on: 'object',
          metric: REQUESTS,
          object: { apiVersion: 'apps', kind: 'deployment', name: 'orders' },
          target: { value: 5 },
        },
      ],
    }),
    errors: ['scaling-object-is-named'],
  },
  {
    fault: 'step of no time',
    slip: inScaling({ scaleUp: { steps: [{ type: 'Pods', change: 4, periodSeconds: 0 }] } }),
    errors: ['scaling-period-is-in-range'],
  },
  {
    fault: 'step of no pods',
    slip: inScaling({ scaleUp: { steps: [{ type: 'Pods', change: 0, periodSeconds: 60 }] } }),
    errors: ['scaling-change-moves-a-pod'],
  },
  {
    fault: 'empty list of steps',
    slip: inScaling({ scaleDown: { steps: [] } }),
    errors: ['scaling-steps-are-declared-or-left-out'],
  },
  {
    fault: 'memory of more than an hour',
    slip: inScaling({ scaleDown: { stabilizationSeconds: 3601 } }),
    errors: ['scaling-stabilization-is-in-range'],
  },
  {
    fault: 'tolerance of everything',
    slip: inScaling({ scaleUp: { tolerance: Percent.of(100) } }),
    errors: ['scaling-tolerance-leaves-a-target'],
  },
  {
    fault: 'both autoscalers on one resource',
    slip: inService({ vertical: { mode: 'Recreate', containers: [{ container: '*', resources: ['cpu'] }] } }),
    errors: ['vertical-leaves-scaled-resources-alone'],
  },
  {
    fault: 'vertical autoscaler without a container',
    slip: inService({ vertical: { mode: 'Off', containers: [] } }),
    errors: ['vertical-has-a-container'],
  },
  {
    fault: 'vertical autoscaler of another container',
    slip: inService({ vertical: { mode: 'Off', containers: [{ container: 'sidecar', resources: ['memory'] }] } }),
    errors: ['web-service-vertical-container-exists'],
  },
  {
    fault: 'least request above the greatest',
    slip: inService({
      vertical: {
        mode: 'Off',
        containers: [
          { container: '*', resources: ['memory'], min: { memory: Memory.gib(2) }, max: { memory: Memory.gib(1) } },
        ],
      },
    }),
    errors: ['vertical-min-is-at-most-max', 'vertical-requests-are-within-bounds'],
  },
  {
    fault: 'resizing in place before Kubernetes can',
    slip: (valid) =>
      inCluster({ version: '1.32', supportType: 'EXTENDED' })(
        inService({ vertical: { mode: 'InPlaceOrRecreate', containers: [{ container: '*', resources: ['memory'] }] } })(
          valid,
        ),
      ),
    errors: ['vertical-mode-is-known'],
  },
  {
    fault: 'evictions down to no pod',
    slip: inService({
      vertical: { mode: 'Off', containers: [{ container: '*', resources: ['memory'] }], minReplicas: 0 },
    }),
    errors: ['vertical-min-replicas-is-positive'],
  },
];
