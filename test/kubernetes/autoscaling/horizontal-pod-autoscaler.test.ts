import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import fc from 'fast-check';
import { WARNING_METADATA } from '../../../lib/check';
import {
  HORIZONTAL_POD_AUTOSCALER_CHECKS,
  HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerProps,
} from '../../../lib/kubernetes/autoscaling/horizontal-pod-autoscaler';
import type { CustomMetric, ScalingBehavior, ScalingMetric } from '../../../lib/model';
import { Cpu, Memory, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';
import { policies } from '../../support/policies';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'agent-core' };
const requests: CustomMetric = { name: 'http_requests_per_second', series: 'acgs_requests_total' };
const queue: CustomMetric = { name: 'queue_messages_ready', series: 'queue_messages_ready', kind: 'gauge' };
const share = (percent: number): ScalingMetric => ({ on: 'cpu', utilization: Percent.of(percent) });

const valid: HorizontalPodAutoscalerProps = {
  name: 'agent-core-hpa',
  target,
  policy: { min: 2, max: 10, metrics: [share(75)] },
};

const synth = (overrides: Partial<HorizontalPodAutoscalerProps> = {}, version?: string): Manifest =>
  only(
    manifests((chart) => {
      new HorizontalPodAutoscaler(chart, 'Autoscaler', { ...valid, ...overrides });
    }, version),
    'HorizontalPodAutoscaler',
  );

const withMetric = (metric: ScalingMetric): Manifest =>
  synth({ policy: { ...valid.policy, metrics: [metric] } }).spec.metrics[0];

const withScaleUp = (scaleUp: ScalingBehavior, version?: string): Manifest =>
  synth({ policy: { ...valid.policy, scaleUp } }, version).spec.behavior;

describe('HorizontalPodAutoscaler', () => {
  test('says what the policy says and nothing else', () => {
    expect(synth()).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: {
        name: 'agent-core-hpa',
        labels: {
          'app.kubernetes.io/name': 'agent-core-hpa',
          'app.kubernetes.io/instance': 'agent-core-hpa',
          'app.kubernetes.io/component': 'autoscaler',
          'app.kubernetes.io/managed-by': 'cdk-headroom',
        },
      },
      spec: {
        scaleTargetRef: target,
        minReplicas: 2,
        maxReplicas: 10,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 75 } } },
        ],
      },
    });
  });

  test.each<{ it: string; metric: ScalingMetric; expected: Manifest }>([
    {
      it: 'an amount of cpu',
      metric: { on: 'cpu', average: Cpu.millis(500) },
      expected: { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } } },
    },
    {
      it: 'an amount of memory',
      metric: { on: 'memory', average: Memory.gib(1) },
      expected: {
        type: 'Resource',
        resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } },
      },
    },
    {
      it: 'a share of one container, so that a sidecar does not count',
      metric: { on: 'container', container: 'app', resource: 'memory', utilization: Percent.of(60) },
      expected: {
        type: 'ContainerResource',
        containerResource: {
          name: 'memory',
          container: 'app',
          target: { type: 'Utilization', averageUtilization: 60 },
        },
      },
    },
    {
      it: 'a metric of pods',
      metric: { on: 'pods', metric: requests, average: 500 },
      expected: {
        type: 'Pods',
        pods: { metric: { name: 'http_requests_per_second' }, target: { type: 'AverageValue', averageValue: '500' } },
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
        type: 'Object',
        object: {
          describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' },
          metric: { name: 'http_requests_per_second' },
          target: { type: 'Value', value: '2000' },
        },
      },
    },
    {
      it: 'a queue, divided by the pods',
      metric: { on: 'external', metric: queue, selector: { queue: 'alfred-tasks' }, target: { average: 30 } },
      expected: {
        type: 'External',
        external: {
          metric: { name: 'queue_messages_ready', selector: { matchLabels: { queue: 'alfred-tasks' } } },
          target: { type: 'AverageValue', averageValue: '30' },
        },
      },
    },
    {
      it: 'a queue, whole',
      metric: { on: 'external', metric: queue, target: { value: 30 } },
      expected: {
        type: 'External',
        external: { metric: { name: 'queue_messages_ready' }, target: { type: 'Value', value: '30' } },
      },
    },
  ])('reads $it', ({ metric, expected }) => {
    expect(withMetric(metric)).toEqual(expected);
  });

  test.each([
    [500, '500'],
    [0.5, '500m'],
    [1.5, '1500m'],
    [0.005, '5m'],
    [0.1 + 0.2, '300m'],
    [1_000_000, '1000000'],
  ])('writes %p as %p', (average, text) => {
    expect(withMetric({ on: 'pods', metric: requests, average }).pods.target.averageValue).toBe(text);
  });

  test('writes a whole direction', () => {
    const behavior = withScaleUp({
      stabilizationSeconds: 0,
      steps: [
        { type: 'Percent', change: 100, periodSeconds: 15 },
        { type: 'Pods', change: 4, periodSeconds: 60 },
      ],
      select: 'Min',
    });

    expect(behavior).toEqual({
      scaleUp: {
        stabilizationWindowSeconds: 0,
        policies: [
          { type: 'Percent', value: 100, periodSeconds: 15 },
          { type: 'Pods', value: 4, periodSeconds: 60 },
        ],
        selectPolicy: 'Min',
      },
    });
  });

  test('leaves a direction to Kubernetes that the policy does not mention', () => {
    const scaleDown: ScalingBehavior = { select: 'Disabled' };

    expect(synth().spec).not.toHaveProperty('behavior');
    expect(synth({ policy: { ...valid.policy, scaleDown } }).spec.behavior).toEqual({
      scaleDown: { selectPolicy: 'Disabled' },
    });
  });

  describe('tolerance', () => {
    test.each([
      [5, '50m'],
      [0, '0'],
      [0.25, '2500u'],
      [12.5, '125m'],
    ])('of %p %% is %p from Kubernetes 1.35 on', (percent, text) => {
      expect(withScaleUp({ tolerance: Percent.of(percent) }, '1.35')).toEqual({ scaleUp: { tolerance: text } });
    });

    test('stands beside what else the direction says', () => {
      expect(withScaleUp({ select: 'Max', tolerance: Percent.of(5) })).toEqual({
        scaleUp: { selectPolicy: 'Max', tolerance: '50m' },
      });
    });

    test('is left out before, with a warning', () => {
      const chart = Testing.chart();
      chart.node.setContext('cdk-headroom:kubernetes-version', '1.34');
      const autoscaler = new HorizontalPodAutoscaler(chart, 'Autoscaler', {
        ...valid,
        policy: { ...valid.policy, scaleDown: { stabilizationSeconds: 60, tolerance: Percent.of(5) } },
      });

      expect(Testing.synth(chart)[0].spec.behavior).toEqual({ scaleDown: { stabilizationWindowSeconds: 60 } });
      expect(autoscaler.node.metadata).toMatchObject([
        { type: WARNING_METADATA, data: { check: 'scaling-tolerance-is-known' } },
      ]);
    });
  });

  test('any sound policy keeps all its numbers', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const { spec } = synth({ policy });

        expect([spec.minReplicas, spec.maxReplicas]).toEqual([policy.min, policy.max]);
        expect(spec.metrics.map(numberOf)).toEqual(policy.metrics.map(declaredNumber));
        for (const direction of ['scaleUp', 'scaleDown'] as const) {
          const rules = spec.behavior?.[direction];
          const declared = policy[direction];
          expect(rules?.stabilizationWindowSeconds).toBe(declared?.stabilizationSeconds);
          expect(rules?.selectPolicy).toBe(declared?.select);
          expect(
            rules?.policies?.map(({ type, value, periodSeconds }: Manifest) => [type, value, periodSeconds]),
          ).toEqual(declared?.steps?.map(({ type, change, periodSeconds }) => [type, change, periodSeconds]));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('scales a construct of another library as it stands', () => {
    const chart = new Chart(Testing.app(), 'test', { disableResourceNameHashes: true });
    const deployment = new Deployment(chart, 'Shop', { containers: [{ image: 'shop:1.4.0', portNumber: 8080 }] });
    new HorizontalPodAutoscaler(chart, 'Autoscaler', { ...valid, target: deployment });

    expect(only(Testing.synth(chart), 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: deployment.name,
    });
  });

  test('takes labels beside its own, which may replace them', () => {
    const { labels } = synth({
      partOf: 'alfred',
      labels: { team: 'core', 'app.kubernetes.io/name': 'agent-core' },
    }).metadata;

    expect(labels).toMatchObject({
      'app.kubernetes.io/part-of': 'alfred',
      'app.kubernetes.io/name': 'agent-core',
      team: 'core',
    });
  });

  test("its default child is the API object, and its name the object's", () => {
    manifests((chart) => {
      const autoscaler = new HorizontalPodAutoscaler(chart, 'Autoscaler', valid);
      expect(autoscaler.node.defaultChild).toMatchObject({ kind: 'HorizontalPodAutoscaler' });
      expect(autoscaler.name).toBe('agent-core-hpa');
    });
  });

  const rows: readonly (readonly [
    check: string | undefined,
    it: string,
    overrides: Partial<HorizontalPodAutoscalerProps>,
  ])[] = [
    ['scaling-name-is-a-dns-label', 'a name in capitals', { name: 'Agent' }],
    ['scaling-target-has-replicas', 'a DaemonSet', { target: { ...target, kind: 'DaemonSet' } }],
    ['scaling-target-has-replicas', 'a target without a name', { target: { ...target, name: '' } }],
    ['scaling-target-has-replicas', 'a target without a version', { target: { ...target, apiVersion: 'apps' } }],
    [undefined, 'a Rollout', { target: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'agent-core' } }],
    [undefined, 'a StatefulSet', { target: { ...target, kind: 'StatefulSet' } }],
    ['scaling-survives-a-drain', 'a policy that is unwise', { policy: { ...valid.policy, min: 1 } }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(HorizontalPodAutoscaler.inspect('p', { ...valid, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('every check of its own has a failing row', () => {
    expect(rows.map(([check]) => check)).toEqual(expect.arrayContaining(allIds(HORIZONTAL_POD_AUTOSCALER_CHECKS)));
  });

  test('refuses a policy that cannot work, with what is known of its container', () => {
    const none = { cpu: Cpu.millis(0), memory: Memory.gib(1), ephemeralStorage: Memory.gib(1) };

    expect(
      refused(() =>
        synth({ name: '-', resources: { requests: none, limits: none }, policy: { ...valid.policy, min: 11 } }),
      ),
    ).toEqual(['scaling-name-is-a-dns-label', 'scaling-min-is-at-most-max', 'scaling-utilization-has-a-request']);
  });
});

/** The number of an emitted target, in units of its own. */
function numberOf(metric: Manifest): number {
  const { target: aim } =
    metric.resource ?? metric.containerResource ?? metric.pods ?? metric.object ?? metric.external;
  const text: string = aim.averageValue ?? aim.value ?? `${aim.averageUtilization}`;
  const [, digits = '', suffix = ''] = /^(\d+)(\D*)$/.exec(text) ?? [];
  return (Number(digits) * ({ m: 1, Ki: 1024_000, Mi: 1024 ** 2 * 1000, Gi: 1024 ** 3 * 1000 }[suffix] ?? 1000)) / 1000;
}

function declaredNumber(metric: ScalingMetric): number {
  if ('utilization' in metric) return metric.utilization.toPercent();
  if ('target' in metric) return 'value' in metric.target ? metric.target.value : metric.target.average;
  if (metric.on === 'cpu') return metric.average.inMillis / 1000;
  return metric.on === 'memory' ? metric.average.inBytes : metric.average;
}
