import { Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import { WARNING_METADATA } from '../../../lib/check';
import { adapterConfig } from '../../../lib/config/metric-adapter';
import { HorizontalPodAutoscaler } from '../../../lib/kubernetes/autoscaling/horizontal-pod-autoscaler';
import { horizontalScaler, inspectScaler } from '../../../lib/kubernetes/autoscaling/horizontal-scaler';
import { ScaledObject } from '../../../lib/kubernetes/autoscaling/scaled-object';
import {
  SCALED_OBJECT_CHECKS,
  SCALED_OBJECT_PLACE_CHECKS,
  type ScaledObjectProps,
} from '../../../lib/kubernetes/autoscaling/scaled-object-props';
import type { CustomMetric, ScalingMetric, ScalingPolicy } from '../../../lib/model';
import { Cpu, Memory, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';
import { policies } from '../../support/policies';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'agent-core' };
const requests: CustomMetric = { name: 'http_requests_per_second', series: 'acgs_requests_total' };
const queue: CustomMetric = {
  name: 'queue_messages_ready',
  series: 'queue_messages_ready',
  kind: 'gauge',
  combine: 'max',
};
const cpu: ScalingMetric = { on: 'cpu', utilization: Percent.of(75) };
const perPod: ScalingMetric = { on: 'pods', metric: requests, average: 500 };

const valid: ScaledObjectProps = {
  name: 'agent-core-hpa',
  target,
  namespace: 'alfred',
  policy: { min: 2, max: 10, metrics: [cpu] },
};

const synth = (overrides: Partial<ScaledObjectProps> = {}, version?: string): Manifest =>
  only(
    manifests((chart) => {
      new ScaledObject(chart, 'Autoscaler', { ...valid, ...overrides });
    }, version),
    'ScaledObject',
  );

const withPolicy = (policy: Partial<ScalingPolicy>, version?: string): Manifest =>
  synth({ policy: { ...valid.policy, ...policy } }, version).spec;

const triggersOf = (...metrics: ScalingMetric[]): Manifest => withPolicy({ metrics }).triggers;

const PODS = 'namespace="alfred",pod=~"agent-core-[b-df-hj-np-tv-xz24-9]{1,10}-[b-df-hj-np-tv-xz24-9]{5}"';
const PROMETHEUS = 'http://prometheus-operated.monitoring.svc.cluster.local:9090';

describe('ScaledObject', () => {
  test('says what the policy says, and takes over the autoscaler of its name', () => {
    expect(synth()).toEqual({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: {
        name: 'agent-core-hpa',
        namespace: 'alfred',
        labels: {
          'app.kubernetes.io/name': 'agent-core-hpa',
          'app.kubernetes.io/instance': 'agent-core-hpa',
          'app.kubernetes.io/component': 'autoscaler',
          'app.kubernetes.io/managed-by': 'cdk-headroom',
        },
        annotations: { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' },
      },
      spec: {
        scaleTargetRef: target,
        minReplicaCount: 2,
        maxReplicaCount: 10,
        advanced: { horizontalPodAutoscalerConfig: { name: 'agent-core-hpa' } },
        triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '75' } }],
      },
    });
  });

  test.each<{ it: string; metric: ScalingMetric; expected: Manifest }>([
    {
      it: 'an amount of cpu',
      metric: { on: 'cpu', average: Cpu.millis(500) },
      expected: { type: 'cpu', metricType: 'AverageValue', metadata: { value: '500m' } },
    },
    {
      it: 'a share of memory',
      metric: { on: 'memory', utilization: Percent.of(80) },
      expected: { type: 'memory', metricType: 'Utilization', metadata: { value: '80' } },
    },
    {
      it: 'an amount of memory',
      metric: { on: 'memory', average: Memory.gib(1) },
      expected: { type: 'memory', metricType: 'AverageValue', metadata: { value: '1Gi' } },
    },
    {
      it: 'a share of one container',
      metric: { on: 'container', container: 'app', resource: 'cpu', utilization: Percent.of(60) },
      expected: { type: 'cpu', metricType: 'Utilization', metadata: { value: '60', containerName: 'app' } },
    },
    {
      it: 'a metric of pods',
      metric: perPod,
      expected: {
        type: 'prometheus',
        name: 'http_requests_per_second',
        metricType: 'AverageValue',
        metadata: {
          serverAddress: PROMETHEUS,
          query: `sum(rate(acgs_requests_total{${PODS}}[1m]))`,
          threshold: '500',
          ignoreNullValues: 'false',
        },
      },
    },
    {
      it: 'the value of an object',
      metric: {
        on: 'object',
        metric: requests,
        object: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' },
        target: { value: 2000 },
      },
      expected: {
        type: 'prometheus',
        name: 'http_requests_per_second',
        metricType: 'Value',
        metadata: {
          serverAddress: PROMETHEUS,
          query: 'sum(rate(acgs_requests_total{namespace="alfred",ingress="shop"}[1m]))',
          threshold: '2000',
          ignoreNullValues: 'false',
        },
      },
    },
    {
      it: 'a queue, divided by the pods',
      metric: { on: 'external', metric: queue, selector: { queue: 'alfred-tasks' }, target: { average: 30 } },
      expected: {
        type: 'prometheus',
        name: 'queue_messages_ready',
        metricType: 'AverageValue',
        metadata: {
          serverAddress: PROMETHEUS,
          query: 'max(queue_messages_ready{queue="alfred-tasks"})',
          threshold: '30',
          ignoreNullValues: 'false',
        },
      },
    },
  ])('reads $it', ({ metric, expected }) => {
    expect(triggersOf(metric)).toEqual([expected]);
  });

  test.each([
    [500, '500'],
    [0.5, '0.5'],
    [0.005, '0.005'],
    [0.1 + 0.2, '0.3'],
    [9_000_000_000, '9000000000'],
  ])('writes %p as %p', (average, text) => {
    expect(triggersOf({ ...perPod, average })[0].metadata.threshold).toBe(text);
  });

  test('tells triggers of one metric apart', () => {
    const measured = (queueName: string): ScalingMetric => ({
      on: 'external',
      metric: queue,
      selector: { queue: queueName },
      target: { average: 30 },
    });

    expect(triggersOf(measured('a'), cpu, perPod, measured('b')).map(({ name }: Manifest) => name)).toEqual([
      'queue_messages_ready-1',
      undefined,
      'http_requests_per_second',
      'queue_messages_ready-2',
    ]);
  });

  test('asks the Prometheus that it is told', () => {
    const { triggers } = synth({
      prometheus: 'https://thanos.monitoring.svc:9443/api/tenant',
      policy: { ...valid.policy, metrics: [perPod] },
    }).spec;

    expect(triggers[0].metadata.serverAddress).toBe('https://thanos.monitoring.svc:9443/api/tenant');
  });

  test('asks about the namespace of its chart, and leaves its own to that', () => {
    const chart = new Chart(Testing.app(), 'test', { disableResourceNameHashes: true, namespace: 'acgs' });
    const { namespace: _, ...props } = valid;
    new ScaledObject(chart, 'Autoscaler', { ...props, policy: { ...valid.policy, metrics: [perPod] } });
    const [object] = Testing.synth(chart);

    expect(object.metadata.namespace).toBe('acgs');
    expect(object.spec.triggers[0].metadata.query).toContain('{namespace="acgs",');
  });

  test('is named as the ScaledObject and its autoscaler', () => {
    manifests((chart) => {
      const scaled = new ScaledObject(chart, 'Autoscaler', valid);
      expect(scaled.node.defaultChild).toMatchObject({ kind: 'ScaledObject' });
      expect(scaled.name).toBe('agent-core-hpa');
    });
  });

  test('takes labels beside its own, which may replace them', () => {
    const { labels } = synth({ partOf: 'alfred', labels: { team: 'core', 'app.kubernetes.io/name': 'core' } }).metadata;

    expect(labels).toMatchObject({
      'app.kubernetes.io/part-of': 'alfred',
      'app.kubernetes.io/name': 'core',
      team: 'core',
    });
  });

  describe('while Prometheus does not answer', () => {
    test('does what an autoscaler beside an adapter does', () => {
      expect(withPolicy({ metrics: [perPod] })).not.toHaveProperty('fallback');
    });

    test('keeps as many pods as it is told, or more', () => {
      const policy = { ...valid.policy, metrics: [perPod] };

      expect(synth({ policy, fallback: { replicas: 6 } }).spec.fallback).toEqual({
        failureThreshold: 3,
        replicas: 6,
        behavior: 'currentReplicasIfHigher',
      });
      expect(synth({ policy, fallback: { replicas: 6, failureThreshold: 8 } }).spec.fallback.failureThreshold).toBe(8);
    });
  });

  describe('pace', () => {
    const scaleDown = { stabilizationSeconds: 60, tolerance: Percent.of(5) };
    const config = (version: string) =>
      withPolicy({ scaleUp: { select: 'Min' }, scaleDown }, version).advanced.horizontalPodAutoscalerConfig;

    test('comes with the tolerance from Kubernetes 1.35 on', () => {
      expect(config('1.35').behavior).toEqual({
        scaleUp: { selectPolicy: 'Min' },
        scaleDown: { stabilizationWindowSeconds: 60, tolerance: '50m' },
      });
    });

    test('and without, with a warning, before', () => {
      expect(config('1.34').behavior).toEqual({
        scaleUp: { selectPolicy: 'Min' },
        scaleDown: { stabilizationWindowSeconds: 60 },
      });
      const chart = Testing.chart();
      chart.node.setContext('cdk-headroom:kubernetes-version', '1.34');
      const scaled = new ScaledObject(chart, 'Autoscaler', { ...valid, policy: { ...valid.policy, scaleDown } });
      expect(scaled.node.metadata).toMatchObject([
        { type: WARNING_METADATA, data: { check: 'scaling-tolerance-is-known' } },
      ]);
    });
  });

  describe('beside the HorizontalPodAutoscaler of the same declaration', () => {
    const both = (policy: ScalingPolicy): readonly [Manifest, Manifest] => {
      const objects = manifests((chart) => {
        new HorizontalPodAutoscaler(chart, 'Kubernetes', { ...valid, policy });
        new ScaledObject(chart, 'Keda', { ...valid, policy });
      });
      return [only(objects, 'HorizontalPodAutoscaler').spec, only(objects, 'ScaledObject').spec];
    };

    test('bounds, pace, names and targets are the same', () => {
      fc.assert(
        fc.property(policies, (policy) => {
          const [kubernetes, keda] = both(policy);
          const { name, behavior } = keda.advanced.horizontalPodAutoscalerConfig;

          expect([keda.minReplicaCount, keda.maxReplicaCount]).toEqual([
            kubernetes.minReplicas,
            kubernetes.maxReplicas,
          ]);
          expect(behavior).toEqual(kubernetes.behavior);
          expect(name).toBe('agent-core-hpa');
          expect(keda.triggers.map(aim)).toEqual(kubernetes.metrics.map(aimed));
        }),
        { numRuns: 50 },
      );
    });

    test('each metric is asked of Prometheus by the expression of the adapter', () => {
      fc.assert(
        fc.property(policies, (policy) => {
          const [, { triggers }] = both(policy);
          const { rules, externalRules } = adapterConfig(policy.metrics);
          const asked = triggers.filter(({ type }: Manifest) => type === 'prometheus');

          for (const { name, metadata } of asked) {
            const rule = [...rules, ...externalRules].find((one) => one.name.as === name);
            const [start = '', end = ''] = (rule?.metricsQuery ?? '').split('<<.LabelMatchers>>');
            expect(metadata.query).toContain(start.replace('<<.Series>>', rule?.seriesQuery.split('{')[0] ?? ''));
            expect(metadata.query).toContain(end.replace(' by (<<.GroupBy>>)', ''));
          }
        }),
        { numRuns: 50 },
      );
    });
  });

  const fallback = { replicas: 3 };
  const asks = { ...valid.policy, metrics: [perPod] };
  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<ScaledObjectProps>])[] = [
    ['scaling-name-is-a-dns-label', 'a name in capitals', { name: 'Agent' }],
    ['scaling-target-has-replicas', 'a DaemonSet', { target: { ...target, kind: 'DaemonSet' } }],
    ['scaling-survives-a-drain', 'a policy that is unwise', { policy: { ...valid.policy, min: 1 } }],
    ['scaling-min-is-in-range', 'nothing at all', { policy: { ...valid.policy, min: 0 } }],
    ['scaled-object-prometheus-is-an-address', 'a host alone', { prometheus: 'prometheus:9090' }],
    ['scaled-object-prometheus-is-an-address', 'a slash at the end', { prometheus: 'http://prometheus:9090/' }],
    ['scaled-object-prometheus-is-an-address', 'a password', { prometheus: 'http://me:secret@prometheus:9090' }],
    ['scaled-object-prometheus-is-an-address', 'a query', { prometheus: 'http://prometheus:9090/api?x=1' }],
    [undefined, 'a path', { prometheus: 'https://aps.example.com/workspaces/ws-1' }],
    [undefined, 'no port', { prometheus: 'http://prometheus' }],
    ['scaled-object-namespace-is-a-dns-label', 'a namespace in capitals', { namespace: 'Alfred' }],
    ['scaled-object-pods-are-recognisable', 'another kind', { target: { ...target, kind: 'Ring' }, policy: asks }],
    [undefined, 'another kind by its CPU', { target: { ...target, kind: 'Ring' } }],
    [undefined, 'a StatefulSet', { target: { ...target, kind: 'StatefulSet' }, policy: asks }],
    ['scaled-object-fallback-has-a-trigger', 'a fallback of the CPU', { fallback }],
    ['scaled-object-fallback-is-within-bounds', 'less than min', { policy: asks, fallback: { replicas: 1 } }],
    ['scaled-object-fallback-is-within-bounds', 'more than max', { policy: asks, fallback: { replicas: 11 } }],
    ['scaled-object-fallback-is-within-bounds', 'half a pod', { policy: asks, fallback: { replicas: 2.5 } }],
    ['scaled-object-fallback-is-within-bounds', 'no number', { policy: asks, fallback: { replicas: Number.NaN } }],
    [undefined, 'min itself', { policy: asks, fallback: { replicas: 2 } }],
    [undefined, 'max itself', { policy: asks, fallback: { replicas: 10 } }],
    ['scaled-object-fallback-waits', 'no failure', { policy: asks, fallback: { ...fallback, failureThreshold: 0 } }],
    ['scaled-object-fallback-waits', 'too many', { policy: asks, fallback: { ...fallback, failureThreshold: 101 } }],
    [
      'scaled-object-fallback-waits',
      'no number',
      { policy: asks, fallback: { ...fallback, failureThreshold: Number.NaN } },
    ],
    [undefined, 'one failure', { policy: asks, fallback: { ...fallback, failureThreshold: 1 } }],
    [undefined, 'a hundred', { policy: asks, fallback: { ...fallback, failureThreshold: 100 } }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(ScaledObject.inspect('p', { ...valid, ...overrides }))).toEqual(check ? [check] : []);
  });

  test.each<[string[], string, ScalingMetric]>([
    [['scaled-object-namespace-is-known'], 'pods', perPod],
    [
      ['scaled-object-namespace-is-known'],
      'an object',
      {
        on: 'object',
        metric: requests,
        object: { apiVersion: 'v1', kind: 'Service', name: 'a' },
        target: { value: 1 },
      },
    ],
    [[], 'a queue', { on: 'external', metric: queue, target: { value: 1 } }],
    [[], 'the CPU', cpu],
  ])('%p: a metric of %s without a namespace', (expected, _, metric) => {
    const { namespace: __, ...props } = valid;
    const build = () =>
      manifests((chart) => {
        new ScaledObject(chart, 'Autoscaler', { ...props, policy: { ...valid.policy, metrics: [metric] } });
      });

    expect(refused(build)).toEqual(expected);
  });

  test('every check of its own has a failing row', () => {
    expect([...rows.map(([check]) => check), 'scaled-object-namespace-is-known']).toEqual(
      expect.arrayContaining(allIds(SCALED_OBJECT_CHECKS, SCALED_OBJECT_PLACE_CHECKS)),
    );
  });

  test('refuses what cannot work before anything is built', () => {
    expect(refused(() => synth({ prometheus: '', fallback: { replicas: 99 } }))).toEqual([
      'scaled-object-prometheus-is-an-address',
      'scaled-object-fallback-is-within-bounds',
      'scaled-object-fallback-has-a-trigger',
    ]);
  });

  test('a prop given as undefined counts as left out', () => {
    const nothing = {
      prometheus: undefined,
      fallback: undefined,
      resources: undefined,
      labels: undefined,
      partOf: undefined,
    };

    expect(synth(nothing as unknown as Partial<ScaledObjectProps>)).toEqual(synth());
  });
});

describe('the autoscaler of a workload', () => {
  const kinds = (keda?: { readonly namespace?: string }) =>
    manifests((chart) => {
      horizontalScaler(chart, 'Autoscaler', valid, keda);
    }).map(({ kind }) => kind);

  test('is a ScaledObject where KEDA is said to scale', () => {
    expect(kinds()).toEqual(['HorizontalPodAutoscaler']);
    expect(kinds({})).toEqual(['ScaledObject']);
  });

  test('is inspected as what it is', () => {
    const wrong = { prometheus: 'prometheus' };

    expect(inspectScaler('p', valid, undefined, '1.35')).toEqual([]);
    expect(ids(inspectScaler('p', valid, wrong, '1.35'))).toEqual(['scaled-object-prometheus-is-an-address']);
  });
});

/** How a trigger compares, and with which number. */
const aim = ({ metricType, metadata }: Manifest): readonly unknown[] => [
  metricType,
  number(metadata.threshold ?? metadata.value),
];

/** The same of a metric of the HorizontalPodAutoscaler. */
function aimed(metric: Manifest): readonly unknown[] {
  const { target: goal } =
    metric.resource ?? metric.containerResource ?? metric.pods ?? metric.object ?? metric.external;
  return [goal.type, number(`${goal.averageUtilization ?? goal.averageValue ?? goal.value}`)];
}

/** A quantity in units of its own, to a thousandth. */
function number(text: string): number {
  const [, digits = '', suffix = ''] = /^([\d.]+)(\D*)$/.exec(text) ?? [];
  const factor = { m: 1, Ki: 1024_000, Mi: 1024 ** 2 * 1000, Gi: 1024 ** 3 * 1000 }[suffix] ?? 1000;
  return Math.round(Number(digits) * factor) / 1000;
}
