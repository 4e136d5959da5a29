import { HorizontalPodAutoscaler } from '../../lib/kubernetes/autoscaling/horizontal-pod-autoscaler';
import { VerticalPodAutoscaler } from '../../lib/kubernetes/autoscaling/vertical-pod-autoscaler';
import type { CustomMetric, ScalingMetric, ScalingPolicy, VerticalPolicy } from '../../lib/model';
import { inspectScaling } from '../../lib/model/scaling/scaling-checks';
import { inspectVertical } from '../../lib/model/scaling/vertical-checks';
import { Cpu, Memory, Percent } from '../../lib/units';
import { ids } from '../support/findings';
import { type Manifest, manifests, only } from '../support/manifests';

// Autoscalers that production does not have, as the source documents write them: a caller can still declare them.
// Each expected object is copied from there by hand.

const cpu = (percent: number): ScalingMetric => ({ on: 'cpu', utilization: Percent.of(percent) });
const memory = (percent: number): ScalingMetric => ({ on: 'memory', utilization: Percent.of(percent) });
const pods = (metric: CustomMetric, average: number): ScalingMetric => ({ on: 'pods', metric, average });

const requests: CustomMetric = { name: 'http_requests_per_second', series: 'acgs_requests_total' };
const validations: CustomMetric = { name: 'jwt_validations_per_second', series: 'acgs_jwt_validations_total' };

const resource = (name: string, averageUtilization: number) => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});
const perPod = (name: string, averageValue: string) => ({
  type: 'Pods',
  pods: { metric: { name }, target: { type: 'AverageValue', averageValue } },
});
const percent = (value: number, periodSeconds: number) => ({ type: 'Percent', value, periodSeconds });

interface Row {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly policy: ScalingPolicy;
  readonly spec: Manifest;
}

const ROWS: readonly Row[] = [
  {
    id: 'S000-12: auth-service, without behaviour',
    name: 'acgs-auth-service-hpa',
    target: 'auth-service',
    policy: { min: 3, max: 8, metrics: [cpu(70), pods(requests, 600)] },
    spec: { minReplicas: 3, maxReplicas: 8, metrics: [resource('cpu', 70), perPod('http_requests_per_second', '600')] },
  },
  {
    id: 'S001-15, S001-16: auth-service of ACGS-1',
    name: 'auth-service',
    target: 'auth-service',
    policy: {
      min: 3,
      max: 15,
      metrics: [cpu(60), memory(70), pods(requests, 100), pods(validations, 200)],
      scaleUp: { stabilizationSeconds: 60, steps: [{ type: 'Percent', change: 100, periodSeconds: 60 }] },
      scaleDown: { stabilizationSeconds: 300, steps: [{ type: 'Percent', change: 25, periodSeconds: 120 }] },
    },
    spec: {
      minReplicas: 3,
      maxReplicas: 15,
      metrics: [
        resource('cpu', 60),
        resource('memory', 70),
        perPod('http_requests_per_second', '100'),
        perPod('jwt_validations_per_second', '200'),
      ],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 60, policies: [percent(100, 60)] },
        scaleDown: { stabilizationWindowSeconds: 300, policies: [percent(25, 120)] },
      },
    },
  },
];

describe('literal HorizontalPodAutoscalers', () => {
  test.each(ROWS)('$id', ({ name, target, policy, spec }) => {
    const reference = { apiVersion: 'apps/v1', kind: 'Deployment', name: target };
    const emitted = only(
      manifests((chart) => {
        new HorizontalPodAutoscaler(chart, 'Autoscaler', { name, target: reference, policy });
      }),
      'HorizontalPodAutoscaler',
      name,
    );

    expect(emitted.apiVersion).toBe('autoscaling/v2');
    expect(emitted.spec).toEqual({ scaleTargetRef: reference, ...spec });
    expect(ids(inspectScaling(target, policy))).toEqual([]);
  });
});

const bounded = (mode: VerticalPolicy['mode'], resources: readonly ('cpu' | 'memory')[]): VerticalPolicy => ({
  mode,
  containers: [
    {
      container: 'constitutional-ai',
      resources,
      min: { ...(resources.includes('cpu') && { cpu: Cpu.millis(100) }), memory: Memory.mib(128) },
      max: { ...(resources.includes('cpu') && { cpu: Cpu.millis(2000) }), memory: Memory.gib(4) },
    },
  ],
});

const vertical = (name: string, target: string, policy: VerticalPolicy, scaling?: ScalingPolicy): Manifest =>
  only(
    manifests((chart) => {
      new VerticalPodAutoscaler(chart, 'Sizing', {
        name,
        target: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
        policy,
        ...(scaling && { scaling }),
      });
    }),
    'VerticalPodAutoscaler',
    name,
  ).spec;

describe('literal VerticalPodAutoscalers', () => {
  const scaling: ScalingPolicy = { min: 3, max: 10, metrics: [cpu(70), pods(requests, 500)] };

  test('S000-14, T-01: beside an autoscaler on CPU, acgs-services-vpa as written is refused', () => {
    expect(ids(inspectVertical('acgs-services-vpa', bounded('Auto', ['cpu', 'memory']), scaling))).toEqual([
      'vertical-mode-is-current',
      'vertical-leaves-scaled-resources-alone',
    ]);
  });

  test('S000-14, C-21: it may recommend both, with requests inside the bounds', () => {
    const requested = { cpu: Cpu.millis(500), memory: Memory.gib(1), ephemeralStorage: Memory.gib(1) };
    const resources = { requests: requested, limits: requested };

    expect(inspectVertical('acgs-services-vpa', bounded('Off', ['cpu', 'memory']), scaling, resources)).toEqual([]);
  });

  test('S000-14, T-02: alone, it is as written, with a warning about Auto', () => {
    const policy = bounded('Auto', ['cpu', 'memory']);
    const spec = vertical('acgs-services-vpa', 'constitutional-ai', policy);

    expect(spec).toMatchObject({
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'constitutional-ai' },
      updatePolicy: { updateMode: 'Auto' },
    });
    expect(spec.resourcePolicy.containerPolicies[0]).toEqual({
      containerName: 'constitutional-ai',
      minAllowed: { cpu: '100m', memory: '128Mi' },
      maxAllowed: { cpu: '2', memory: '4Gi' },
      controlledResources: ['cpu', 'memory'],
    });
    expect(ids(inspectVertical('p', policy))).toEqual(['vertical-mode-is-current']);
  });

  test('S003-11: agent-financial-vpa is as written', () => {
    const spec = vertical('agent-financial-vpa', 'agent-financial', {
      mode: 'Auto',
      containers: [
        {
          container: '*',
          resources: ['cpu', 'memory'],
          min: { cpu: Cpu.millis(100), memory: Memory.mib(512) },
          max: { cpu: Cpu.cores(4), memory: Memory.gib(8) },
        },
      ],
    });

    expect(spec).toEqual({
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'agent-financial' },
      updatePolicy: { updateMode: 'Auto' },
      resourcePolicy: {
        containerPolicies: [
          {
            containerName: '*',
            minAllowed: { cpu: '100m', memory: '512Mi' },
            maxAllowed: { cpu: '4', memory: '8Gi' },
            controlledResources: ['cpu', 'memory'],
          },
        ],
      },
    });
  });
});
