import { Duration } from '../../units';
import type { DefinedGroup } from './alert';
import { inNamespace } from './promql';
import type { Watched } from './watched';

const BY_CONTAINER = 'namespace, pod, container';
const BY_VOLUME = 'namespace, persistentvolumeclaim';

/** How close containers and volumes are to what they may reach. */
export function resourceRules(watched: Watched): DefinedGroup {
  const { cpu, memory, storage } = watched.plan.utilization;
  const limit = (resource: string): string =>
    `max by (${BY_CONTAINER}) (kube_pod_container_resource_limits${inNamespace(watched, `resource="${resource}"`)})`;
  const volume = (name: string): string =>
    `max by (${BY_VOLUME}) (kubelet_volume_stats_${name}_bytes${inNamespace(watched)})`;
  return {
    name: 'resources',
    records: [
      {
        record: 'container:cpu_of_limit:ratio',
        expr:
          `sum by (${BY_CONTAINER}) (rate(container_cpu_usage_seconds_total${inNamespace(watched, 'container!=""')}[1m]))` +
          ` / ${limit('cpu')}`,
      },
      {
        record: 'container:memory_of_limit:ratio',
        expr:
          `max by (${BY_CONTAINER}) (container_memory_working_set_bytes${inNamespace(watched, 'container!=""')})` +
          ` / ${limit('memory')}`,
      },
      { record: 'volume:used:ratio', expr: `${volume('used')} / ${volume('capacity')}` },
    ],
    alerts: [
      {
        alert: 'CpuExhaustion',
        expr: `container:cpu_of_limit:ratio > ${cpu.toRatio()}`,
        for: Duration.minutes(5),
        severity: 'warning',
        summary: '{{ $labels.container }} of {{ $labels.pod }} is about to be throttled',
        description: `It uses {{ $value | humanizePercentage }} of the processor that it may, more than ${cpu}.`,
        dashboard: 'services',
        steps: [
          'See whether all pods of the service are alike: if only one is, a client or a key is hot.',
          'See whether its autoscaler can add pods; else raise its limit.',
        ],
      },
      {
        alert: 'MemoryExhaustion',
        expr: `container:memory_of_limit:ratio > ${memory.toRatio()}`,
        for: Duration.minutes(3),
        severity: 'warning',
        summary: '{{ $labels.container }} of {{ $labels.pod }} is about to be killed',
        description: `It uses {{ $value | humanizePercentage }} of the memory that it may, more than ${memory}.`,
        dashboard: 'services',
        steps: [
          'If memory only ever grows, it leaks: restart the pod, keep a profile.',
          'If it follows load, raise request and limit together.',
        ],
      },
      {
        alert: 'VolumeFilling',
        expr: `volume:used:ratio > ${storage.toRatio()}`,
        for: Duration.minutes(10),
        severity: 'warning',
        summary: 'The volume {{ $labels.persistentvolumeclaim }} fills up',
        description: `{{ $value | humanizePercentage }} of it are used, more than ${storage}.`,
        dashboard: 'stores',
        steps: ['Make it larger in the declaration of the store: volumes of the class can grow while they are used.'],
      },
      {
        alert: 'PodCrashLooping',
        expr:
          `max by (${BY_CONTAINER}) (max_over_time(kube_pod_container_status_waiting_reason` +
          `${inNamespace(watched, 'reason="CrashLoopBackOff"')}[5m])) == 1`,
        for: Duration.minutes(5),
        severity: 'warning',
        summary: '{{ $labels.container }} of {{ $labels.pod }} ends again and again',
        description: 'It has been restarted with growing pauses for 5 minutes.',
        dashboard: 'services',
        steps: [
          'Read the last words of the run before: `kubectl logs --previous`.',
          'If it was killed for memory, see MemoryExhaustion.',
        ],
      },
      {
        alert: 'MonitoringBlind',
        expr: 'absent(up{job="kube-state-metrics"} == 1)',
        for: Duration.minutes(5),
        severity: 'critical',
        summary: 'Prometheus does not know what runs in the cluster',
        description:
          'kube-state-metrics has not been scraped for 5 minutes: alerts on pods and autoscalers are silent.',
        dashboard: 'scaling',
        steps: ['See that the pod of kube-state-metrics runs in the monitoring namespace, and why it is not scraped.'],
      },
    ],
  };
}
