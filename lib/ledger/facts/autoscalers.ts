import type { Autoscaler, ScalingTarget } from '../facts';
import { at, isMembers, listAt, numberAt, textAt } from '../members';
import { type Json, type KubernetesObject, objectName, type Skipped } from '../source';
import { thousandths } from './amounts';
import { evidenceOf, groupOf, leftOut, type View } from './view';

/** What Kubernetes scales by where an autoscaler names no metric. */
const DEFAULT_CPU_UTILIZATION = 80;

/** KEDA's own defaults. */
const KEDA_LEAST = 0;
const KEDA_MOST = 100;

/** Autoscalers of Kubernetes in all versions of their API, and KEDA's. */
export function autoscalersOf(objects: readonly KubernetesObject[]): View<Autoscaler> {
  const skipped: Skipped[] = [];
  const found: Autoscaler[] = [];
  for (const object of objects) {
    const group = groupOf(object.apiVersion);
    const read =
      object.kind === 'HorizontalPodAutoscaler' && group === 'autoscaling'
        ? horizontal(object)
        : object.kind === 'ScaledObject' && group === 'keda.sh'
          ? scaledObject(object)
          : undefined;
    if (read === undefined) continue;
    if (typeof read === 'string') skipped.push(leftOut(object, 'autoscalers', read, '/spec'));
    else found.push(read);
  }
  return { found, skipped };
}

function horizontal(object: KubernetesObject): Autoscaler | string {
  const spec = at(object.value, 'spec');
  const target = textAt(spec, 'scaleTargetRef', 'name');
  const max = numberAt(spec, 'maxReplicas');
  if (target === undefined) return 'names nothing that it scales';
  if (max === undefined) return 'has no maxReplicas';
  const written = listAt(spec, 'metrics').map(metric);
  const v1 = numberAt(spec, 'targetCPUUtilizationPercentage');
  const metrics =
    written.length > 0
      ? written
      : [
          {
            on: 'cpu' as const,
            name: 'cpu',
            utilization: v1 ?? DEFAULT_CPU_UTILIZATION,
            pointer: v1 === undefined ? '/spec' : '/spec/targetCPUUtilizationPercentage',
          },
        ];
  return {
    object,
    id: objectName(object),
    target: { kind: textAt(spec, 'scaleTargetRef', 'kind') ?? 'Deployment', name: target, namespace: object.namespace },
    min: numberAt(spec, 'minReplicas') ?? 1,
    max,
    metrics,
    evidence: evidenceOf(object),
  };
}

/** One entry of `metrics`, of `v2` or of the betas before it. */
function metric(entry: Json, index: number): ScalingTarget {
  const type = textAt(entry, 'type') ?? '';
  const source = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  const body = at(entry, source);
  const name = textAt(body, 'name') ?? textAt(body, 'metric', 'name') ?? textAt(body, 'metricName') ?? source;
  const utilization = numberAt(body, 'target', 'averageUtilization') ?? numberAt(body, 'targetAverageUtilization');
  const amount = [
    at(body, 'target', 'averageValue'),
    at(body, 'target', 'value'),
    at(body, 'targetAverageValue'),
    at(body, 'targetValue'),
  ].find((value) => value !== undefined && value !== null);
  const value = thousandths(amount);
  return {
    on: sourceOf(source, name),
    name,
    ...(utilization === undefined ? {} : { utilization }),
    ...(value === undefined ? {} : { value: value / 1000 }),
    pointer: `/spec/metrics/${index}`,
  };
}

function sourceOf(source: string, name: string): ScalingTarget['on'] {
  if (source === 'resource') return name === 'memory' ? 'memory' : 'cpu';
  if (source === 'containerResource') return 'container';
  return source === 'pods' || source === 'object' ? source : 'external';
}

function scaledObject(object: KubernetesObject): Autoscaler | string {
  const spec = at(object.value, 'spec');
  const target = textAt(spec, 'scaleTargetRef', 'name');
  if (target === undefined) return 'names nothing that it scales';
  return {
    object,
    id: objectName(object),
    target: { kind: textAt(spec, 'scaleTargetRef', 'kind') ?? 'Deployment', name: target, namespace: object.namespace },
    min: numberAt(spec, 'minReplicaCount') ?? KEDA_LEAST,
    max: numberAt(spec, 'maxReplicaCount') ?? KEDA_MOST,
    metrics: listAt(spec, 'triggers').map(trigger),
    evidence: evidenceOf(object),
  };
}

function trigger(written: Json, index: number): ScalingTarget {
  const type = textAt(written, 'type') ?? 'unknown';
  const pointer = `/spec/triggers/${index}`;
  const value = numberAt(written, 'metadata', 'value');
  if (type === 'cpu' || type === 'memory') {
    const kind = textAt(written, 'metricType') ?? textAt(written, 'metadata', 'type') ?? 'Utilization';
    const amount = thousandths(at(written, 'metadata', 'value'));
    if (kind === 'Utilization')
      return { on: type, name: type, ...(value === undefined ? {} : { utilization: value }), pointer };
    return { on: type, name: type, ...(amount === undefined ? {} : { value: amount / 1000 }), pointer };
  }
  const metadata = at(written, 'metadata');
  const threshold = isMembers(metadata)
    ? [
        'threshold',
        'value',
        'queueLength',
        'lagThreshold',
        'targetMetricValue',
        'targetValue',
        'listLength',
        'desiredReplicas',
      ]
        .map((name) => thousandths(at(metadata, name)))
        .find((amount) => amount !== undefined)
    : undefined;
  return {
    on: 'external',
    name: textAt(written, 'name') ?? type,
    ...(threshold === undefined ? {} : { value: threshold / 1000 }),
    pointer,
  };
}
