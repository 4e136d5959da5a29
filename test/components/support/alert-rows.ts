/** A series and its samples, as promtool writes them: `0+5x10` rises by 5, ten times, each 15 s after the one before. */
export type Samples = readonly [series: string, values: string];

/** What makes an alert ring, when, and what is close to it and does not. */
export interface AlertRow {
  readonly alert: string;
  /** Labels that the alert in question has. */
  readonly where?: string;
  /** Each of these makes it ring. */
  readonly fires: readonly (readonly Samples[])[];
  /** Seconds at which it rings, and does not 15 s earlier. */
  readonly at: number;
  /** With each of these it never rings. */
  readonly quiet: readonly (readonly Samples[])[];
}

/** Names and numbers of a platform, by hand. */
export interface Names {
  readonly namespace: string;
  readonly prefix: string;
  /** A service, its autoscaler, and one of its pods. */
  readonly service: string;
  readonly autoscaler: string;
  readonly pod: string;
  /** A service that is scaled by requests, one of its pods, and the target of each. */
  readonly scaled: string;
  readonly scaledPod: string;
  readonly target: number;
}

/** As many equal samples as the longest row needs. */
const LONG = 'x60';

/** Requests of 15 s that are answered within each bound, of a thousand. */
const histogram = (
  name: string,
  labels: string,
  within: readonly (readonly [le: string, requests: number])[],
): Samples[] => [
  ...within.map(([le, requests]): Samples => [`${name}_bucket{${labels},le="${le}"}`, `0+${requests}${LONG}`]),
  [`${name}_bucket{${labels},le="+Inf"}`, `0+1000${LONG}`],
  [`${name}_count{${labels}}`, `0+1000${LONG}`],
];

const BLIND: readonly Samples[] = [['up{job="kube-state-metrics"}', `0${LONG}`]];
const SEES: readonly Samples[] = [['up{job="kube-state-metrics"}', `1${LONG}`]];

/** Rows of every environment. */
export function commonRows(
  names: Names,
  latency: readonly [le: string, next: string, slow: readonly number[]],
): AlertRow[] {
  const { namespace, prefix, service, autoscaler, pod, scaled, scaledPod, target } = names;
  const of = `namespace="${namespace}",service="${service}",pod="${pod}"`;
  const hpa = `namespace="${namespace}",horizontalpodautoscaler="${autoscaler}"`;
  const container = `namespace="${namespace}",pod="${pod}",container="${service}"`;
  const where = `service="${service}"`;
  const ready = (name: string, values: string): Samples => [
    `kube_pod_status_ready{namespace="${namespace}",pod="${name}",condition="true"}`,
    values,
  ];
  const requests = (good: number, bad: number): Samples[] => [
    [`${prefix}_requests_total{${of},status="200"}`, `0+${good}${LONG}`],
    [`${prefix}_requests_total{${of},status="503"}`, `0+${bad}${LONG}`],
  ];
  const durations = (labels: string, fast: number): Samples[] =>
    histogram(`${prefix}_request_duration_seconds`, labels, [
      [latency[0], fast],
      [latency[1], 1000],
    ]);
  const scaledOf = `namespace="${namespace}",service="${scaled}",pod="${scaledPod}"`;
  /** That many requests a second, and that many of a thousand within the objective. */
  const load = (perSecond: number, fast: number): Samples[] => [
    ready(scaledPod, `1${LONG}`),
    [`${prefix}_requests_total{${scaledOf},status="200"}`, `0+${perSecond * 15}${LONG}`],
    ...durations(scaledOf, fast),
  ];
  const scaler = (current: number, most: number, least: number, limited: number): Samples[] => [
    [`kube_horizontalpodautoscaler_status_current_replicas{${hpa}}`, `${current}${LONG}`],
    [`kube_horizontalpodautoscaler_spec_max_replicas{${hpa}}`, `${most}${LONG}`],
    [`kube_horizontalpodautoscaler_spec_min_replicas{${hpa}}`, `${least}${LONG}`],
    [
      `kube_horizontalpodautoscaler_status_condition{${hpa},condition="ScalingLimited",status="true"}`,
      `${limited}${LONG}`,
    ],
  ];
  const failing = (condition: string, value: number): Samples[] => [
    [
      `kube_horizontalpodautoscaler_status_condition{${hpa},condition="${condition}",status="false"}`,
      `${value}${LONG}`,
    ],
  ];
  const wanted = (values: string): Samples => [`kube_horizontalpodautoscaler_status_desired_replicas{${hpa}}`, values];
  const budget = (alert: string, fires: readonly Samples[], quiet: readonly Samples[]): AlertRow => ({
    alert,
    where,
    fires: [fires],
    at: 15,
    quiet: [quiet],
  });
  const [fast, middle, slow, none] = latency[2];
  return [
    {
      alert: 'ServiceDown',
      where,
      fires: [[...SEES, ready(pod, '1x3 0x60')]],
      at: 120,
      quiet: [
        [...SEES, ready(pod, `1${LONG}`)],
        [...SEES, ready(pod, '1x3 0x2 1x60')],
        [...BLIND, ready(pod, `0${LONG}`)],
      ],
    },
    {
      alert: 'ServiceMetricsMissing',
      where,
      fires: [[ready(pod, `1${LONG}`), [`up{job="pods",${of}}`, `0${LONG}`]], [ready(pod, `1${LONG}`)]],
      at: 300,
      quiet: [[ready(pod, `1${LONG}`), [`up{job="pods",${of}}`, `1${LONG}`]], [ready(pod, `0${LONG}`)]],
    },
    {
      alert: 'HighErrorRate',
      where,
      fires: [requests(949, 51)],
      at: 135,
      quiet: [requests(951, 49), requests(1000, 0)],
    },
    {
      alert: 'ScalingRequired',
      where: `service="${scaled}"`,
      fires: [load(target + 1, 900)],
      // a counter that starts at zero has its full rate after a minute
      at: 180,
      quiet: [
        load(target - 1, 900),
        load(target + 1, 995),
        // another service is slow
        [...load(target + 1, 995), ...durations(`namespace="${namespace}",service="other",pod="other"`, 900)],
      ],
    },
    {
      alert: 'AutoscalerAtCeiling',
      where: `horizontalpodautoscaler="${autoscaler}"`,
      fires: [scaler(8, 8, 3, 1)],
      at: 300,
      quiet: [scaler(8, 8, 3, 0), scaler(3, 8, 3, 1), scaler(8, 8, 8, 1)],
    },
    {
      alert: 'AutoscalingFailure',
      where: `horizontalpodautoscaler="${autoscaler}"`,
      fires: [failing('ScalingActive', 1), failing('AbleToScale', 1)],
      at: 120,
      quiet: [failing('ScalingActive', 0), failing('ScalingLimited', 1)],
    },
    {
      alert: 'ScalingEventsFrequent',
      fires: [[wanted('1 2 1 2 1 2 1 2 1 2 1 2x40')]],
      at: 165,
      quiet: [[wanted('1 2 1 2 1 2 1 2 1 2 1x40')]],
    },
    {
      alert: 'ScaleUpSlow',
      where,
      fires: [[wanted(`2${LONG}`), ready(pod, `1${LONG}`)]],
      at: 120,
      quiet: [[wanted(`1${LONG}`), ready(pod, `1${LONG}`)]],
    },
    {
      alert: 'PodsPending',
      fires: [[[`kube_pod_status_phase{namespace="${namespace}",pod="${pod}",phase="Pending"}`, `1${LONG}`]]],
      at: 300,
      quiet: [
        [[`kube_pod_status_phase{namespace="${namespace}",pod="${pod}",phase="Pending"}`, `0${LONG}`]],
        [[`kube_pod_status_phase{namespace="${namespace}",pod="${pod}",phase="Running"}`, `1${LONG}`]],
      ],
    },
    budget('AvailabilityBudgetBurnsFast', requests(980, 20), requests(990, 10)),
    budget('AvailabilityBudgetBurns', requests(990, 10), requests(995, 5)),
    budget('AvailabilityBudgetBurnsSlowly', requests(995, 5), requests(998, 2)),
    budget('LatencyBudgetBurnsFast', durations(of, fast ?? 0), durations(of, middle ?? 0)),
    budget('LatencyBudgetBurns', durations(of, middle ?? 0), durations(of, slow ?? 0)),
    budget('LatencyBudgetBurnsSlowly', durations(of, slow ?? 0), durations(of, none ?? 0)),
    {
      alert: 'VolumeFilling',
      fires: [
        [
          [`kubelet_volume_stats_used_bytes{namespace="${namespace}",persistentvolumeclaim="data"}`, `81${LONG}`],
          [`kubelet_volume_stats_capacity_bytes{namespace="${namespace}",persistentvolumeclaim="data"}`, `100${LONG}`],
        ],
      ],
      at: 600,
      quiet: [
        [
          [`kubelet_volume_stats_used_bytes{namespace="${namespace}",persistentvolumeclaim="data"}`, `80${LONG}`],
          [`kubelet_volume_stats_capacity_bytes{namespace="${namespace}",persistentvolumeclaim="data"}`, `100${LONG}`],
        ],
      ],
    },
    {
      alert: 'PodCrashLooping',
      fires: [
        [[`kube_pod_container_status_waiting_reason{${container},reason="CrashLoopBackOff"}`, '1 0 0 0 1 0 0 0 1x40']],
      ],
      at: 300,
      quiet: [
        [[`kube_pod_container_status_waiting_reason{${container},reason="ContainerCreating"}`, `1${LONG}`]],
        [[`kube_pod_container_status_waiting_reason{${container},reason="CrashLoopBackOff"}`, `0${LONG}`]],
      ],
    },
    { alert: 'MonitoringBlind', fires: [BLIND, []], at: 300, quiet: [SEES] },
  ];
}

/** Use of a container against its limit, at and above which it rings. */
export function usageRows(
  { namespace, service, pod }: Names,
  cpu: readonly [number, number],
  memory: readonly [number, number],
): AlertRow[] {
  const container = `namespace="${namespace}",pod="${pod}",container="${service}"`;
  const limit = (resource: string, amount: number): Samples => [
    `kube_pod_container_resource_limits{${container},resource="${resource}"}`,
    `${amount}${LONG}`,
  ];
  /** Thousandths of the limit. */
  const cpuUse = (share: number): Samples[] => [
    [`container_cpu_usage_seconds_total{${container}}`, `0+${(share * 15) / 1000}${LONG}`],
    limit('cpu', 1),
  ];
  const memoryUse = (share: number): Samples[] => [
    [`container_memory_working_set_bytes{${container}}`, `${share}${LONG}`],
    limit('memory', 1000),
  ];
  return [
    { alert: 'CpuExhaustion', fires: [cpuUse(cpu[1])], at: 360, quiet: [cpuUse(cpu[0])] },
    { alert: 'MemoryExhaustion', fires: [memoryUse(memory[1])], at: 180, quiet: [memoryUse(memory[0])] },
  ];
}

/** A pool of connections, and the use at which it does not and does ring. */
export function poolRows(
  { namespace, prefix, service, pod }: Names,
  [most, tooMany]: readonly [number, number],
): AlertRow[] {
  const of = `namespace="${namespace}",service="${service}",pod="${pod}",database="main"`;
  /** One connection of another process of the same pod. */
  const use = (connections: number): Samples[] => [
    [`${prefix}_db_pool_connections{${of},pid="1"}`, `${connections - 1}${LONG}`],
    [`${prefix}_db_pool_connections{${of},pid="2"}`, `1${LONG}`],
  ];
  return [{ alert: 'ConnectionPoolExhausted', fires: [use(tooMany)], at: 120, quiet: [use(most)] }];
}
