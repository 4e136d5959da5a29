import { ASSUMPTION_NAMES } from '../../model/assumption-names';
import { configuredTexts } from '../configured';
import type { Facts, Workload } from '../facts';
import { bytes } from '../facts/amounts';
import { evidenceOf, groupOf } from '../facts/view';
import { at, listAt, textAt, textMembersAt, textsAt } from '../members';
import { podTemplateOf } from '../pod-template';
import type { Evidence } from '../rule';
import { grouped, podsMounting } from '../rules/behind';
import { type Json, type KubernetesObject, objectName } from '../source';
import { chartsNamed } from './chart-values';
import { claimsOf } from './claims';
import { runsImage } from './images';

/** Annotation of what makes a Prometheus: `250000` series that it keeps at once. */
export const SERIES_ANNOTATION = ASSUMPTION_NAMES.series;

/** A Prometheus, and what it keeps. */
export interface MetricsStore {
  readonly subject: string;
  /** How long, as it is written. */
  readonly retention: string;
  /** How much at most, as it is written. */
  readonly retentionSize: string | undefined;
  readonly interval: string;
  /** Bytes of its volume; undefined where it has none of a known size. */
  readonly volume: number | undefined;
  readonly series: string | undefined;
  readonly evidence: readonly Evidence[];
}

/** Every Prometheus: of the operator, of charts, in pods. */
export const metricsStores = (facts: Facts): MetricsStore[] => [
  ...facts.objects.flatMap(ofOperator),
  ...ofCharts(facts),
  ...inPods(facts),
];

/** What the operator's Prometheus and the chart of it say alike. Defaults are the operator's. */
const specified = (spec: Json | undefined, storage: Json | undefined, retention: string) => ({
  retention: textAt(spec, 'retention') ?? retention,
  retentionSize: textAt(spec, 'retentionSize') || undefined,
  interval: textAt(spec, 'scrapeInterval') || '30s',
  volume:
    bytes(at(storage, 'volumeClaimTemplate', 'spec', 'resources', 'requests', 'storage')) ??
    bytes(at(storage, 'emptyDir', 'sizeLimit')),
});

function ofOperator(object: KubernetesObject): MetricsStore[] {
  const { kind, apiVersion, value } = object;
  if (kind !== 'Prometheus' || groupOf(apiVersion) !== 'monitoring.coreos.com') return [];
  const spec = at(value, 'spec');
  const evidence = evidenceOf(object);
  // with a size and no time the size alone counts
  const retention = textAt(spec, 'retentionSize') ? '' : '24h';
  return [
    {
      subject: objectName(object),
      ...specified(spec, at(spec, 'storage'), retention),
      series: textMembersAt(value, 'metadata', 'annotations')[SERIES_ANNOTATION],
      evidence: [evidence('/spec/retention'), evidence('/spec/storage')],
    },
  ];
}

const ofCharts = (facts: Facts): MetricsStore[] => [
  ...chartsNamed(facts, (chart) => chart === 'kube-prometheus-stack')
    .filter(({ get }) => get('prometheus', 'enabled') !== false)
    .map(({ subject, source, get, evidence }) => {
      const spec = ['prometheus', 'prometheusSpec'];
      return {
        subject,
        ...specified(get(...spec) ?? {}, get(...spec, 'storageSpec'), '10d'),
        series: textAt(get('prometheus', 'annotations'), SERIES_ANNOTATION) ?? annotationOf(source.value),
        evidence: [evidence(...spec, 'retention'), evidence(...spec, 'storageSpec')],
      };
    }),
  ...chartsNamed(facts, (chart) => chart === 'prometheus').map(({ subject, source, get, evidence }) => ({
    subject,
    retention: text(get('server', 'retention')) ?? '15d',
    retentionSize: text(get('server', 'retentionSize')),
    interval: text(get('server', 'global', 'scrape_interval')) ?? '1m',
    volume:
      get('server', 'persistentVolume', 'enabled') === false
        ? undefined
        : bytes(get('server', 'persistentVolume', 'size') ?? '8Gi'),
    series: annotationOf(source.value),
    evidence: [evidence('server', 'retention'), evidence('server', 'persistentVolume')],
  })),
];

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const annotationOf = (value: Json): string | undefined =>
  textMembersAt(value, 'metadata', 'annotations')[SERIES_ANNOTATION];

const IMAGE = /(^|\/)prometheus([:@]|$)/;

/** Prometheus in a container, by its arguments; how often it looks is in the configuration that it mounts. */
function inPods(facts: Facts): MetricsStore[] {
  const servers = facts.workloads
    .filter((workload) => runsImage(workload, IMAGE))
    .flatMap((workload) =>
      (podTemplateOf(workload.object)?.containers ?? [])
        .filter(({ value, isInit }) => !isInit && IMAGE.test(textAt(value, 'image') ?? ''))
        .slice(0, 1)
        .map((container) => ({ workload, container })),
    );
  if (servers.length === 0) return [];
  const mounting = podsMounting(facts);
  const intervals = new Map<Workload, string>();
  for (const { object, text: written } of configuredTexts(facts.objects)) {
    const interval = /^\s*scrape_interval:\s*["']?([\w]+)/m.exec(written)?.[1];
    if (interval !== undefined) for (const workload of mounting(object)) intervals.set(workload, interval);
  }
  const claims = grouped(claimsOf(facts), ({ workload }) => [workload.id]);
  return servers.map(({ workload, container }) => {
    const words = [...textsAt(container.value, 'command'), ...textsAt(container.value, 'args')];
    const flag = (name: string) => words.find((word) => word.startsWith(`--${name}=`))?.split('=')[1];
    const limits = listAt(workload.pod, 'volumes').flatMap(
      (volume) => bytes(at(volume, 'emptyDir', 'sizeLimit')) ?? [],
    );
    const sizes = (claims.get(workload.id) ?? []).map((claim) => claim.bytes).filter((size) => size > 0);
    const retentionSize = flag('storage.tsdb.retention.size');
    return {
      subject: workload.id,
      retention: flag('storage.tsdb.retention.time') ?? (retentionSize === undefined ? '15d' : ''),
      retentionSize,
      interval: intervals.get(workload) ?? '1m',
      volume: [...sizes, ...limits].length === 0 ? undefined : Math.max(...(sizes.length > 0 ? sizes : limits)),
      series: annotationOf(workload.object.value),
      evidence: [workload.evidence(`${container.pointer}/args`)],
    };
  });
}
