import { Chart, Testing } from 'cdk8s';
import { CANARY_ROLLOUT_CHECKS, CanaryRollout } from '../../../lib/kubernetes/rollout/canary-rollout';
import type { CanaryRolloutProps } from '../../../lib/kubernetes/rollout/rollout-props';
import { Duration, Percent } from '../../../lib/units';
import { allIds, refused } from '../../support/findings';
import { violations } from '../../support/hardening';
import { type Manifest, only } from '../../support/manifests';
import { publishedTypeFaults } from '../../support/published-types';
import {
  asDeployment,
  balanced,
  canary,
  jobs,
  type Loose,
  linted,
  synthBalanced,
  synthCanary,
  unexcused,
} from '../../support/rollouts';
import { scaling } from '../../support/web-service';

const CUSTOM = ['Rollout', 'AnalysisTemplate', 'VirtualService'];

const strategy = (props: Loose<CanaryRolloutProps> = {}): Manifest =>
  only(synthCanary(props), 'Rollout').spec.strategy.canary;
const balancedStrategy = (): Manifest => only(synthBalanced(), 'Rollout').spec.strategy.canary;

const changed = (before: Manifest[], after: Manifest[]): string[] =>
  after
    .filter((object, index) => JSON.stringify(object) !== JSON.stringify(before[index]))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);

describe('CanaryRollout', () => {
  test('makes a service, its two versions, their weights and what tests them', () => {
    expect(synthCanary().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ServiceAccount api',
      'VirtualService api',
      'AnalysisTemplate api-smoke',
      'ServiceAccount api-smoke',
      'NetworkPolicy api-smoke',
      'AnalysisTemplate api-analysis',
      'Rollout api',
      'Service api',
      'Service api-stable',
      'Service api-canary',
      'PodDisruptionBudget api',
      'NetworkPolicy api',
      'HorizontalPodAutoscaler api',
    ]);
  });

  test('promoting a release changes the image of the pods and nothing else', () => {
    const image = 'registry.example.com/shop/api:1.5.0';
    const after = synthCanary({ image });
    expect(changed(synthCanary(), after)).toEqual(['Rollout api']);
    const again = JSON.parse(JSON.stringify(only(after, 'Rollout')));
    again.spec.template.spec.containers[0].image = canary.image;
    expect(again).toEqual(only(synthCanary(), 'Rollout'));
  });

  test('a higher maximum changes the autoscaler and nothing else', () => {
    const more = synthCanary({ scaling: { ...scaling, max: 20 } });
    expect(changed(synthCanary(), more)).toEqual(['HorizontalPodAutoscaler api']);
  });

  test.each(['1.28', '1.35'])('passes the linters for %s, with its Jobs and without excuses', (version) => {
    for (const objects of [synthCanary({}, version), synthBalanced({}, version)]) {
      expect(violations(unexcused(linted(objects)))).toEqual([]);
    }
  });

  test('its parts are what the types of the API say, its pods those of a Deployment', () => {
    const objects = [...synthCanary({}, '1.28'), ...synthBalanced({}, '1.28')];
    const known = objects.filter(({ kind }) => !CUSTOM.includes(kind));
    const pods = objects.filter(({ kind }) => kind === 'Rollout').map(asDeployment);
    expect(publishedTypeFaults([...known, ...pods, ...jobs(objects)])).toEqual([]);
  });

  test('says what others compose with', () => {
    const made = (props: CanaryRolloutProps) => new CanaryRollout(new Chart(Testing.app(), 'test'), 'Api', props);
    expect(made(canary)).toMatchObject({
      name: 'api',
      port: 8080,
      selector: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' },
      serviceName: 'api',
      stableServiceName: 'api-stable',
      previewServiceName: 'api-canary',
      target: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'api' },
    });
    expect(made(balanced)).toMatchObject({ stableServiceName: 'api-ping', previewServiceName: 'api-pong' });
    expect(made(canary).requests.cpu.inMillis).toBe(100);
  });
});

test('versions are spread and held apart each for itself', () => {
  const { topologySpreadConstraints, affinity } = only(synthCanary({}, '1.31'), 'Rollout').spec.template.spec;
  const [{ podAffinityTerm }] = affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
  for (const term of [...topologySpreadConstraints, podAffinityTerm]) {
    expect(term.matchLabelKeys).toEqual(['rollouts-pod-template-hash']);
  }
});

describe('the steps', () => {
  test('are a test of the first share of pods without users, then 10 %, 50 % and everybody for 30 minutes', () => {
    expect(strategy().steps).toEqual([
      { setCanaryScale: { weight: 10 } },
      { analysis: { templates: [{ templateName: 'api-smoke' }], args: ARGS } },
      { setWeight: 10 },
      { setCanaryScale: { matchTrafficWeight: true } },
      { pause: { duration: '10m' } },
      { setWeight: 50 },
      { pause: { duration: '10m' } },
      { setWeight: 100 },
      { pause: { duration: '30m' } },
    ]);
  });

  test('have an analysis beside them from the first pause, however many come before', () => {
    expect(strategy().analysis).toEqual({ templates: [{ templateName: 'api-analysis' }], args: ARGS, startingStep: 4 });
    expect(strategy({ smokeTest: undefined }).analysis.startingStep).toBe(1);
    expect(strategy({ analysisFrom: 3 }).analysis.startingStep).toBe(6);
    expect(strategy({ analysisFrom: 0 }).analysis.startingStep).toBe(2);
    for (const analysisFrom of [1, 3, 5]) {
      const { steps, analysis } = strategy({ analysisFrom });
      expect(steps[analysis.startingStep]).toHaveProperty('pause');
    }
    expect(strategy({ analysis: undefined }).analysis).toBeUndefined();
  });

  test('never let the tested pods go before users come to them, whatever stands before the first share', () => {
    const steps = [
      { pause: Duration.minutes(1) },
      { weight: Percent.of(20) },
      { weight: Percent.of(100) },
      { pause: Duration.minutes(30) },
    ] as const;
    expect(strategy({ steps, analysisFrom: 2 })).toMatchObject({
      steps: [
        { setCanaryScale: { weight: 20 } },
        { analysis: {} },
        { pause: { duration: '1m' } },
        { setWeight: 20 },
        { setCanaryScale: { matchTrafficWeight: true } },
        { setWeight: 100 },
        { pause: { duration: '30m' } },
      ],
      analysis: { startingStep: 5 },
    });
  });

  test('may be others, and wait for a person', () => {
    const steps = [
      { weight: Percent.of(5) },
      { pause: 'until-promoted' },
      { weight: Percent.of(100) },
      { pause: Duration.minutes(60) },
    ] as const;
    expect(strategy({ steps, smokeTest: undefined }).steps).toEqual([
      { setWeight: 5 },
      { pause: {} },
      { setWeight: 100 },
      { pause: { duration: '1h' } },
    ]);
  });

  test('follow the watch', () => {
    expect(strategy({ watch: Duration.minutes(45) }).steps.at(-1)).toEqual({ pause: { duration: '45m' } });
  });

  test('leave the old pods in full, so that going back starts none', () => {
    expect(strategy()).toMatchObject({
      dynamicStableScale: false,
      scaleDownDelaySeconds: 300,
      scaleDownDelayRevisionLimit: 1,
      abortScaleDownDelaySeconds: 300,
      maxSurge: '25%',
      maxUnavailable: 0,
    });
    const slow = strategy({ rollbackWithin: Duration.minutes(10), abortScaleDownDelay: Duration.minutes(20) });
    expect(slow).toMatchObject({ scaleDownDelaySeconds: 600, abortScaleDownDelaySeconds: 1200 });
  });

  test('and their analysis have no end but the steps', () => {
    const [metric] = only(synthCanary(), 'AnalysisTemplate', 'api-analysis').spec.metrics;
    expect(metric).toMatchObject({ interval: '1m', failureLimit: 2 });
    expect(metric.count).toBeUndefined();
  });

  test.each([
    [undefined, 600],
    [{ paths: ['/'] }, 900],
  ])('with a smoke test of %j are given %d s without progress', (smokeTest, seconds) => {
    expect(only(synthCanary({ smokeTest }), 'Rollout').spec.progressDeadlineSeconds).toBe(seconds);
  });
});

describe('through Istio', () => {
  test('sidecars send everybody to the old version until the weights move', () => {
    expect(only(synthCanary(), 'VirtualService')).toMatchObject({
      apiVersion: 'networking.istio.io/v1',
      metadata: { name: 'api', namespace: 'shop' },
      spec: {
        hosts: ['api'],
        http: [
          {
            name: 'primary',
            retries: { attempts: 2, retryOn: 'connect-failure,refused-stream' },
            route: [
              { destination: { host: 'api-stable' }, weight: 100 },
              { destination: { host: 'api-canary' }, weight: 0 },
            ],
          },
        ],
      },
    });
  });

  test('repeats requests on a route of their own, whose weights move with the other', () => {
    const objects = synthCanary({ retries: { attempts: 1 } });
    const { http } = only(objects, 'VirtualService').spec;
    expect(http.map(({ name, timeout }: Manifest) => [name, timeout])).toEqual([
      ['retried', '2s'],
      ['primary', undefined],
    ]);
    expect(http[0].route).toEqual(http[1].route);
    const { trafficRouting } = only(objects, 'Rollout').spec.strategy.canary;
    expect(trafficRouting.istio.virtualService.routes).toEqual(['retried', 'primary']);
  });

  test('the Rollout knows route and Services, and nothing of an ALB', () => {
    const { trafficRouting, stableService, canaryService, pingPong } = strategy();
    expect(trafficRouting).toEqual({ istio: { virtualService: { name: 'api', routes: ['primary'] } } });
    expect([stableService, canaryService, pingPong]).toEqual(['api-stable', 'api-canary', undefined]);
    expect(synthCanary().filter(({ kind }) => kind === 'Ingress')).toEqual([]);
  });
});

describe('through an ALB', () => {
  test('two Services take turns behind an action of the plain name', () => {
    const { trafficRouting, pingPong, stableService, canaryService } = balancedStrategy();
    expect(trafficRouting).toEqual({ alb: { ingress: 'api', rootService: 'api', servicePort: 8080 } });
    expect(pingPong).toEqual({ pingService: 'api-ping', pongService: 'api-pong' });
    expect([stableService, canaryService]).toEqual([undefined, undefined]);
    const services = synthBalanced().filter(({ kind }) => kind === 'Service');
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['api', 'api-ping', 'api-pong']);
  });

  const ingress = (traffic: object = {}, props: Loose<CanaryRolloutProps> = {}): Manifest =>
    only(synthBalanced({ traffic: { through: 'alb', host: 'api.example.com', ...traffic }, ...props }), 'Ingress');

  test('the Ingress takes TLS alone, finds its certificate by host and its weights by annotation', () => {
    const { metadata, spec } = ingress();
    expect(spec).toEqual({
      ingressClassName: 'alb',
      tls: [{ hosts: ['api.example.com'] }],
      rules: [
        {
          host: 'api.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'api', port: { name: 'use-annotation' } } },
              },
            ],
          },
        },
      ],
    });
    expect(metadata.annotations).toEqual({
      'alb.ingress.kubernetes.io/scheme': 'internal',
      'alb.ingress.kubernetes.io/target-type': 'ip',
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP": 80}, {"HTTPS": 443}]',
      'alb.ingress.kubernetes.io/ssl-redirect': '443',
      'alb.ingress.kubernetes.io/ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      'alb.ingress.kubernetes.io/healthcheck-path': '/health',
      'alb.ingress.kubernetes.io/healthcheck-port': 'traffic-port',
      'alb.ingress.kubernetes.io/load-balancer-attributes':
        'deletion_protection.enabled=true,routing.http.drop_invalid_header_fields.enabled=true',
      'alb.ingress.kubernetes.io/target-group-attributes': 'deregistration_delay.timeout_seconds=15',
    });
  });

  test('what differs is said', () => {
    const { annotations } = ingress(
      {
        scheme: 'internet-facing',
        tlsPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
        inboundCidrs: ['198.51.100.0/24', '203.0.113.0/24'],
        deletionProtection: 'off',
      },
      { deregisterWithin: Duration.seconds(60), health: { readinessPath: '/ready' } },
    ).metadata;
    expect(annotations).toMatchObject({
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/ssl-policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06',
      'alb.ingress.kubernetes.io/inbound-cidrs': '198.51.100.0/24,203.0.113.0/24',
      'alb.ingress.kubernetes.io/healthcheck-path': '/ready',
      'alb.ingress.kubernetes.io/load-balancer-attributes':
        'deletion_protection.enabled=false,routing.http.drop_invalid_header_fields.enabled=true',
      'alb.ingress.kubernetes.io/target-group-attributes': 'deregistration_delay.timeout_seconds=60',
    });
  });
});

describe('CanaryRollout.inspect', () => {
  const rows: [id: string, received: string, props: Loose<CanaryRolloutProps>][] = [
    ['rollout-canary-is-in-the-mesh', 'nothing', { mesh: undefined }],
    ['rollout-canary-is-in-the-mesh', 'ambient', { mesh: 'ambient' }],
    ['rollout-load-balancer-may-connect', 'none', { ...balanced, smokeTest: undefined, ingressFrom: undefined }],
    [
      'rollout-load-balancer-may-connect',
      'none',
      { ...balanced, smokeTest: undefined, ingressFrom: [{ pods: { app: 'gateway' } }] },
    ],
    [
      'rollout-load-balancer-may-connect',
      '10.0.0.0/20',
      { ...balanced, smokeTest: undefined, ingressFrom: [{ cidr: '10.0.0.0/20', port: 9090 }] },
    ],
    ['rollout-canary-repeats-through-the-mesh', '{"attempts":2}', { ...balanced, retries: { attempts: 2 } }],
  ];

  test.each(rows)('fails %s, got %s', (check, received, props) => {
    const found = CanaryRollout.inspect('shop/Api', { ...canary, ...props } as CanaryRolloutProps);
    expect(found).toContainEqual(expect.objectContaining({ check, received, severity: 'error' }));
    expect(refused(() => synthCanary(props))).toContain(check);
  });

  test('lets a load balancer in by the port of the service as well', () => {
    const ingressFrom = [{ cidr: '10.0.0.0/20', port: 8080 }];
    expect(CanaryRollout.inspect('shop/Api', { ...balanced, ingressFrom })).toEqual([]);
  });

  test('reports how requests are repeated', () => {
    const found = CanaryRollout.inspect('shop/Api', { ...canary, retries: { attempts: 0 } } as CanaryRolloutProps);
    expect(found.map(({ check, prop }) => `${check} ${prop}`)).toEqual(['mesh-retries-are-counted retries.attempts']);
  });

  test('reports workload and release together', () => {
    const found = CanaryRollout.inspect('shop/Api', { ...canary, port: 80, analysisFrom: 9 });
    expect(found.map(({ check }) => check)).toEqual([
      'service-port-is-unprivileged',
      'rollout-canary-analysis-starts-at-a-step',
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([id]) => id))].sort()).toEqual(allIds(CANARY_ROLLOUT_CHECKS));
  });

  test('a prop that is given as undefined counts as left out', () => {
    const nothing = { rolloutName: undefined, steps: undefined, analysisFrom: undefined, watch: undefined };
    expect(synthCanary({ ...nothing, rollbackWithin: undefined })).toEqual(synthCanary());
  });
});

const ARGS = [
  { name: 'version', valueFrom: { podTemplateHashValue: 'Latest' } },
  { name: 'namespace', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
];
