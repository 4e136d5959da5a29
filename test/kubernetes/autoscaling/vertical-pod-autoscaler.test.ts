import { WARNING_METADATA } from '../../../lib/check';
import {
  VERTICAL_POD_AUTOSCALER_CHECKS,
  VerticalPodAutoscaler,
  type VerticalPodAutoscalerProps,
} from '../../../lib/kubernetes/autoscaling/vertical-pod-autoscaler';
import type { ScalingPolicy } from '../../../lib/model';
import { Cpu, Memory, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'constitutional-ai' };
const byCpu: ScalingPolicy = { min: 3, max: 10, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] };

const valid: VerticalPodAutoscalerProps = {
  name: 'acgs-services-vpa',
  target,
  policy: { mode: 'Off', containers: [{ container: '*', resources: ['cpu', 'memory'] }] },
};

const synth = (overrides: Partial<VerticalPodAutoscalerProps> = {}, version?: string): Manifest =>
  only(
    manifests((chart) => {
      new VerticalPodAutoscaler(chart, 'Sizing', { ...valid, ...overrides });
    }, version),
    'VerticalPodAutoscaler',
  );

describe('VerticalPodAutoscaler', () => {
  test('says what the policy says', () => {
    expect(synth()).toEqual({
      apiVersion: 'autoscaling.k8s.io/v1',
      kind: 'VerticalPodAutoscaler',
      metadata: {
        name: 'acgs-services-vpa',
        labels: {
          'app.kubernetes.io/name': 'acgs-services-vpa',
          'app.kubernetes.io/instance': 'acgs-services-vpa',
          'app.kubernetes.io/component': 'vertical-autoscaler',
          'app.kubernetes.io/managed-by': 'cdk-headroom',
        },
      },
      spec: {
        targetRef: target,
        updatePolicy: { updateMode: 'Off' },
        resourcePolicy: { containerPolicies: [{ containerName: '*', controlledResources: ['cpu', 'memory'] }] },
      },
    });
  });

  test('writes every field of a policy', () => {
    const { spec } = synth({
      policy: {
        mode: 'Recreate',
        minReplicas: 3,
        containers: [
          {
            container: 'app',
            resources: ['memory', 'cpu'],
            min: { cpu: Cpu.millis(100), memory: Memory.mib(128) },
            max: { cpu: Cpu.cores(2), memory: Memory.gib(4) },
            controls: 'RequestsOnly',
          },
          { container: '*', resources: ['memory'], max: { memory: Memory.mib(256) } },
        ],
      },
    });

    expect(spec.updatePolicy).toEqual({ updateMode: 'Recreate', minReplicas: 3 });
    expect(spec.resourcePolicy.containerPolicies).toEqual([
      {
        containerName: 'app',
        controlledResources: ['memory', 'cpu'],
        controlledValues: 'RequestsOnly',
        minAllowed: { cpu: '100m', memory: '128Mi' },
        maxAllowed: { cpu: '2', memory: '4Gi' },
      },
      { containerName: '*', controlledResources: ['memory'], maxAllowed: { memory: '256Mi' } },
    ]);
  });

  test('leaves containers alone that no policy names', () => {
    const { containerPolicies } = synth({
      policy: { mode: 'Recreate', containers: [{ container: 'app', resources: ['memory'] }] },
    }).spec.resourcePolicy;

    expect(containerPolicies).toEqual([
      { containerName: 'app', controlledResources: ['memory'] },
      { containerName: '*', mode: 'Off' },
    ]);
  });

  test.each(['Off', 'Initial', 'Recreate', 'InPlaceOrRecreate', 'Auto'] as const)(
    'keeps the mode %s as declared',
    (mode) => {
      expect(synth({ policy: { ...valid.policy, mode } }).spec.updatePolicy).toEqual({ updateMode: mode });
    },
  );

  test('warns that Auto is deprecated, and emits it', () => {
    manifests((chart) => {
      const sizing = new VerticalPodAutoscaler(chart, 'Sizing', {
        ...valid,
        policy: { ...valid.policy, mode: 'Auto' },
      });
      expect(sizing.node.metadata).toMatchObject([
        { type: WARNING_METADATA, data: { check: 'vertical-mode-is-current' } },
      ]);
    });
  });

  test('refuses to resize in place where pods cannot', () => {
    const policy = { ...valid.policy, mode: 'InPlaceOrRecreate' as const };

    expect(refused(() => synth({ policy }, '1.32'))).toEqual(['vertical-mode-is-known']);
    expect(refused(() => synth({ policy }, '1.33'))).toEqual([]);
  });

  // T-01
  test('never moves a request by which a HorizontalPodAutoscaler measures', () => {
    const policy = { ...valid.policy, mode: 'Recreate' as const };

    expect(refused(() => synth({ policy, scaling: byCpu }))).toEqual(['vertical-leaves-scaled-resources-alone']);
    expect(refused(() => synth({ policy: { ...policy, mode: 'Off' }, scaling: byCpu }))).toEqual([]);
    expect(
      refused(() =>
        synth({ policy: { ...policy, containers: [{ container: '*', resources: ['memory'] }] }, scaling: byCpu }),
      ),
    ).toEqual([]);
  });

  test('compares bounds with the requests it is told', () => {
    const amounts = { cpu: Cpu.millis(500), memory: Memory.gib(1), ephemeralStorage: Memory.gib(1) };
    const containers = [{ container: '*', resources: ['cpu' as const], max: { cpu: Cpu.millis(400) } }];

    expect(
      refused(() => synth({ policy: { mode: 'Off', containers }, resources: { requests: amounts, limits: amounts } })),
    ).toEqual(['vertical-requests-are-within-bounds']);
  });

  test('takes labels beside its own', () => {
    expect(synth({ partOf: 'acgs', labels: { team: 'core' } }).metadata.labels).toMatchObject({
      'app.kubernetes.io/part-of': 'acgs',
      team: 'core',
    });
  });

  test("its default child is the API object, and its name the object's", () => {
    manifests((chart) => {
      const sizing = new VerticalPodAutoscaler(chart, 'Sizing', valid);
      expect(sizing.node.defaultChild).toMatchObject({ kind: 'VerticalPodAutoscaler' });
      expect(sizing.name).toBe('acgs-services-vpa');
    });
  });

  const rows: readonly (readonly [check: string | undefined, overrides: Partial<VerticalPodAutoscalerProps>])[] = [
    ['vertical-name-is-a-dns-label', { name: 'a_b' }],
    ['vertical-target-is-named', { target: { ...target, name: '' } }],
    ['vertical-target-is-named', { target: { ...target, kind: 'deployments' } }],
    [undefined, { target: { ...target, kind: 'DaemonSet' } }],
  ];

  test.each(rows)('%s', (check, overrides) => {
    expect(ids(VerticalPodAutoscaler.inspect('p', { ...valid, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('every check of its own has a failing row', () => {
    expect(rows.map(([check]) => check)).toEqual(expect.arrayContaining(allIds(VERTICAL_POD_AUTOSCALER_CHECKS)));
  });
});
