import { HorizontalPodAutoscaler } from '../../lib/kubernetes/autoscaling/horizontal-pod-autoscaler';
import { VerticalPodAutoscaler } from '../../lib/kubernetes/autoscaling/vertical-pod-autoscaler';
import type { CustomMetric, ScalingMetric, ScalingPolicy, VerticalPolicy } from '../../lib/model';
import { inspectScaling } from '../../lib/model/scaling/scaling-checks';
import { inspectVertical } from '../../lib/model/scaling/vertical-checks';
import { Cpu, Memory, Percent } from '../../lib/units';
import { ids } from '../support/findings';
import { type Manifest, manifests, only } from '../support/manifests';

// Autoscalers as the source documents write them. Each expected object is copied from there by hand.

const cpu = (percent: number): ScalingMetric => ({ on: 'cpu', utilization: Percent.of(percent) });
const memory = (percent: number): ScalingMetric => ({ on: 'memory', utilization: Percent.of(percent) });
const pods = (metric: CustomMetric, average: number): ScalingMetric => ({ on: 'pods', metric, average });

const requests: CustomMetric = { name: 'http_requests_per_second', series: 'acgs_requests_total' };
const validations: CustomMetric = { name: 'jwt_validations_per_second', series: 'acgs_jwt_validations_total' };
const llm: CustomMetric = { name: 'llm_requests_per_second', series: 'acgs_llm_requests_total' };
const synthesis: CustomMetric = {
  name: 'policy_synthesis_queue_length',
  series: 'acgs_policy_synthesis_queue_length',
  kind: 'gauge',
  combine: 'max',
};
const ragRequests: CustomMetric = { name: 'requests_per_second', series: 'alfred_requests_total' };
const ragSearches: CustomMetric = { name: 'vector_searches_per_second', series: 'alfred_vector_searches_total' };
const ready: CustomMetric = {
  name: 'queue_messages_ready',
  series: 'queue_messages_ready',
  kind: 'gauge',
  combine: 'max',
};

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
  /** Warnings that come with values kept as they are. */
  readonly warns?: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    id: 'S000-10, S000-11, S000-22, C-03, T-24: constitutional-ai',
    name: 'acgs-constitutional-ai-hpa',
    target: 'constitutional-ai',
    policy: {
      min: 3,
      max: 10,
      metrics: [cpu(70), pods(requests, 500)],
      scaleUp: { stabilizationSeconds: 60, steps: [{ type: 'Percent', change: 100, periodSeconds: 15 }] },
      scaleDown: { stabilizationSeconds: 300, steps: [{ type: 'Percent', change: 10, periodSeconds: 60 }] },
    },
    spec: {
      minReplicas: 3,
      maxReplicas: 10,
      metrics: [resource('cpu', 70), perPod('http_requests_per_second', '500')],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 60, policies: [percent(100, 15)] },
        scaleDown: { stabilizationWindowSeconds: 300, policies: [percent(10, 60)] },
      },
    },
  },
  {
    id: 'S000-12: auth-service, without behaviour',
    name: 'acgs-auth-service-hpa',
    target: 'auth-service',
    policy: { min: 3, max: 8, metrics: [cpu(70), pods(requests, 600)] },
    spec: { minReplicas: 3, maxReplicas: 8, metrics: [resource('cpu', 70), perPod('http_requests_per_second', '600')] },
  },
  {
    id: 'C-02: auth-service in production, bounds of 000 with the metric and pace of 001',
    name: 'acgs-auth-service-hpa',
    target: 'auth-service',
    policy: {
      min: 3,
      max: 8,
      metrics: [cpu(70), pods(requests, 600), pods(validations, 200)],
      scaleUp: { stabilizationSeconds: 60, steps: [{ type: 'Percent', change: 100, periodSeconds: 60 }] },
      scaleDown: { stabilizationSeconds: 300, steps: [{ type: 'Percent', change: 25, periodSeconds: 120 }] },
    },
    spec: {
      minReplicas: 3,
      maxReplicas: 8,
      metrics: [
        resource('cpu', 70),
        perPod('http_requests_per_second', '600'),
        perPod('jwt_validations_per_second', '200'),
      ],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 60, policies: [percent(100, 60)] },
        scaleDown: { stabilizationWindowSeconds: 300, policies: [percent(25, 120)] },
      },
    },
  },
  {
    id: 'S000-13: agent-hitl',
    name: 'acgs-agent-hitl-hpa',
    target: 'agent-hitl',
    policy: { min: 5, max: 15, metrics: [cpu(60), pods(requests, 100)] },
    spec: {
      minReplicas: 5,
      maxReplicas: 15,
      metrics: [resource('cpu', 60), perPod('http_requests_per_second', '100')],
    },
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
  {
    id: 'S001-17, S001-18, T-04: governance-synthesis, its queue external and no scale-down given',
    name: 'governance-synthesis',
    target: 'governance-synthesis',
    policy: {
      min: 3,
      max: 12,
      metrics: [cpu(60), memory(75), pods(llm, 10), { on: 'external', metric: synthesis, target: { average: 50 } }],
      scaleUp: { stabilizationSeconds: 120, steps: [{ type: 'Pods', change: 2, periodSeconds: 120 }] },
    },
    spec: {
      minReplicas: 3,
      maxReplicas: 12,
      metrics: [
        resource('cpu', 60),
        resource('memory', 75),
        perPod('llm_requests_per_second', '10'),
        {
          type: 'External',
          external: {
            metric: { name: 'policy_synthesis_queue_length' },
            target: { type: 'AverageValue', averageValue: '50' },
          },
        },
      ],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 120, policies: [{ type: 'Pods', value: 2, periodSeconds: 120 }] },
      },
    },
  },
  {
    id: 'S003-07, S003-08: agent-core',
    name: 'agent-core-hpa',
    target: 'agent-core',
    policy: {
      min: 2,
      max: 10,
      metrics: [cpu(75), memory(80)],
      scaleDown: { stabilizationSeconds: 300, steps: [{ type: 'Percent', change: 50, periodSeconds: 60 }] },
      scaleUp: {
        stabilizationSeconds: 60,
        steps: [
          { type: 'Percent', change: 100, periodSeconds: 60 },
          { type: 'Pods', change: 4, periodSeconds: 60 },
        ],
        select: 'Max',
      },
    },
    spec: {
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [resource('cpu', 75), resource('memory', 80)],
      behavior: {
        scaleDown: { stabilizationWindowSeconds: 300, policies: [percent(50, 60)] },
        scaleUp: {
          stabilizationWindowSeconds: 60,
          policies: [percent(100, 60), { type: 'Pods', value: 4, periodSeconds: 60 }],
          selectPolicy: 'Max',
        },
      },
    },
  },
  {
    id: 'S003-09, S003-18, C-34: agent-rag, both definitions in one',
    name: 'agent-rag-hpa',
    target: 'agent-rag',
    policy: {
      min: 2,
      max: 8,
      metrics: [
        pods(ragRequests, 100),
        { on: 'external', metric: ready, selector: { queue: 'alfred-tasks' }, target: { average: 30 } },
        pods(ragSearches, 50),
      ],
    },
    spec: {
      minReplicas: 2,
      maxReplicas: 8,
      metrics: [
        perPod('requests_per_second', '100'),
        {
          type: 'External',
          external: {
            metric: { name: 'queue_messages_ready', selector: { matchLabels: { queue: 'alfred-tasks' } } },
            target: { type: 'AverageValue', averageValue: '30' },
          },
        },
        perPod('vector_searches_per_second', '50'),
      ],
    },
  },
  {
    id: 'C-35: agent-financial keeps its minimum of 1',
    name: 'agent-financial',
    target: 'agent-financial',
    policy: { min: 1, max: 6, metrics: [pods(ragRequests, 75)] },
    spec: { minReplicas: 1, maxReplicas: 6, metrics: [perPod('requests_per_second', '75')] },
    warns: ['scaling-survives-a-drain'],
  },
];

describe('HorizontalPodAutoscalers of the source documents', () => {
  test.each(ROWS)('$id', ({ name, target, policy, spec, warns }) => {
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
    expect(ids(inspectScaling(target, policy))).toEqual(warns ?? []);
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

describe('VerticalPodAutoscalers of the source documents', () => {
  const scaling: ScalingPolicy = { min: 3, max: 10, metrics: [cpu(70), pods(requests, 500)] };

  test('S000-14, T-01: beside an autoscaler on CPU, acgs-services-vpa as written is refused', () => {
    expect(ids(inspectVertical('acgs-services-vpa', bounded('Auto', ['cpu', 'memory']), scaling))).toEqual([
      'vertical-mode-is-current',
      'vertical-leaves-scaled-resources-alone',
    ]);
  });

  test('S000-14, T-01: it may size memory, inside the same bounds', () => {
    const spec = vertical('acgs-services-vpa', 'constitutional-ai', bounded('Recreate', ['memory']), scaling);

    expect(spec.updatePolicy).toEqual({ updateMode: 'Recreate' });
    expect(spec.resourcePolicy.containerPolicies[0]).toEqual({
      containerName: 'constitutional-ai',
      minAllowed: { memory: '128Mi' },
      maxAllowed: { memory: '4Gi' },
      controlledResources: ['memory'],
    });
  });

  test('S000-14, C-21: or recommend both, with requests inside the bounds', () => {
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

  test('C-35: beside a minimum of 1, evicting does nothing, and a warning says so', () => {
    const alone: ScalingPolicy = { min: 1, max: 6, metrics: [pods(ragRequests, 75)] };
    const policy: VerticalPolicy = { mode: 'Recreate', containers: [{ container: '*', resources: ['memory'] }] };

    expect(ids(inspectVertical('agent-financial-vpa', policy, alone))).toEqual(['vertical-has-pods-to-spare']);
  });
});
