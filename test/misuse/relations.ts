import type { AnalysisSpec, EnvironmentSpec, GatewaySpec } from '../../lib/model';
import { Duration, Memory, Percent, Rate } from '../../lib/units';
import { service } from '../support/environment';
import { BLUE_GREEN, CANARY, following, inEnvironment, inRelease, inService, type Misuse } from './rows';

const analysis = (part: object): AnalysisSpec => ({
  metrics: [{ name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99), ...part }],
});
const watched = (after: AnalysisSpec) => inRelease({ ...BLUE_GREEN, after });
const inMesh = { mesh: 'istio' } as const;
const weights = (...shares: readonly number[]) =>
  shares.flatMap((share) => [{ weight: Percent.of(share) }, { pause: Duration.minutes(30) }]);
const query =
  'sum(rate(errors_total{rollouts_pod_template_hash="{{args.version}}",namespace="{{args.namespace}}"}[2m]))';

/** Slips in releases. */
export const RELEASE_ROWS: readonly Misuse[] = [
  {
    fault: 'roles that are looked after every seven minutes',
    slip: inEnvironment({ databaseRoles: { every: Duration.minutes(7) } }),
    errors: ['database-roles-are-looked-after-evenly'],
  },
  {
    fault: 'a migration of no database',
    slip: inService({ migration: { command: ['migrate'] }, connections: [] }),
    errors: ['service-migration-has-a-database'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'a migration that starts the service',
    slip: inService({ migration: { command: [] } }),
    errors: ['database-migration-has-a-program'],
  },
  {
    fault: 'a migration without end',
    slip: inService({ migration: { command: ['migrate'], within: Duration.hours(7) } }),
    errors: ['database-migration-ends'],
  },
  {
    fault: 'an emergency without a gateway',
    slip: inEnvironment({ emergencyLimit: {} }),
    errors: ['emergency-limit-has-a-gateway'],
  },
  {
    fault: 'images from anywhere',
    slip: inEnvironment({ admission: { images: ['*'] } }),
    errors: ['admission-images-have-a-registry'],
  },
  {
    fault: 'rules that nobody enforces',
    slip: inEnvironment({ admission: { mode: 'enforce' as 'deny' } }),
    errors: ['admission-mode-is-known'],
  },
  {
    fault: 'a policy for a mesh that is not there',
    slip: inEnvironment({ meshPolicy: {} }),
    errors: ['mesh-policy-has-a-mesh'],
  },
  {
    fault: 'mutual TLS by another name',
    slip: inEnvironment({ ...inMesh, meshPolicy: { mtls: 'STRICT' as 'strict' } }),
    errors: ['mesh-policy-encryption-is-known', 'mesh-access-encryption-is-known'],
  },
  {
    fault: 'callers by another name',
    slip: inEnvironment({ ...inMesh, meshPolicy: { callers: 'all' as 'any' } }),
    errors: ['mesh-policy-callers-are-known', 'mesh-access-callers-are-known'],
  },
  {
    fault: 'callers without certificates among declared ones',
    slip: inEnvironment({ ...inMesh, meshPolicy: { mtls: 'permissive' } }),
    errors: [],
    warnings: ['mesh-policy-callers-show-certificates'],
  },
  {
    fault: 'orders that are repeated',
    slip: inEnvironment({ ...inMesh, meshPolicy: { retries: { methods: ['POST' as 'PUT'] } } }),
    errors: ['mesh-retries-are-of-idempotent-methods'],
  },
  {
    fault: 'retries without number',
    slip: inEnvironment({ ...inMesh, meshPolicy: { retries: { attempts: Number.NaN } } }),
    errors: ['mesh-retries-are-counted'],
  },
  {
    fault: 'a try of nothing',
    slip: inEnvironment({ ...inMesh, meshPolicy: { retries: { perTry: Duration.seconds(0) } } }),
    errors: ['mesh-retries-tries-are-bounded'],
  },
  {
    fault: 'a deadline before the first try ends',
    slip: inEnvironment({ ...inMesh, meshPolicy: { retries: { deadline: Duration.seconds(1) } } }),
    errors: ['mesh-retries-deadline-holds-a-try'],
  },
  {
    fault: 'retries that the mesh knows nothing of',
    slip: inService({ retries: { attempts: 2 } }),
    errors: ['mesh-policy-covers-retries'],
  },
  {
    fault: 'blue-green behind a load balancer',
    slip: inRelease({ ...BLUE_GREEN, behind: 'load-balancer' }),
    errors: ['rollout-blue-green-is-not-behind-a-load-balancer'],
  },
  {
    fault: 'watch longer than the old pods stay',
    slip: inRelease({ ...BLUE_GREEN, watch: Duration.minutes(30), scaleDownDelay: Duration.minutes(30) }),
    errors: ['rollout-blue-green-outlives-its-watch'],
  },
  {
    fault: 'watch of a second',
    slip: inRelease({ ...BLUE_GREEN, watch: Duration.seconds(1) }),
    errors: ['analysis-fits-the-watch', 'rollout-watch-is-bounded'],
  },
  {
    fault: 'promotion at once',
    slip: inRelease({ ...BLUE_GREEN, promotion: { after: Duration.seconds(0) } }),
    errors: ['rollout-promotion-is-bounded'],
  },
  {
    fault: 'both versions behind one Service',
    slip: inRelease({ ...BLUE_GREEN, activeServiceName: 'web', previewServiceName: 'web' }),
    errors: ['environment-workloads-have-distinct-names', 'rollout-services-differ'],
  },
  {
    fault: 'canary without a mesh',
    slip: inRelease(CANARY),
    errors: ['release-weights-have-a-mesh', 'rollout-canary-is-in-the-mesh'],
  },
  {
    fault: 'two owners of weights',
    slip: (valid) => ({
      ...valid,
      ...inMesh,
      services: [
        service('first', { rollout: CANARY }),
        service('second', {
          rollout: {
            strategy: 'canary',
            traffic: { through: 'alb', host: 'shop.example.com' },
            analysis: BLUE_GREEN.after,
          },
        }),
      ],
    }),
    errors: ['release-weights-have-one-owner'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'smoke test that no Service leads to',
    slip: inRelease({ ...CANARY, traffic: { through: 'alb', host: 'shop.example.com' } }),
    errors: ['rollout-smoke-test-has-a-service'],
  },
  {
    fault: 'load balancer without a host',
    slip: inRelease({
      strategy: 'canary',
      traffic: { through: 'alb', host: 'https://shop' },
      analysis: BLUE_GREEN.after,
    }),
    errors: ['rollout-load-balancer-host-is-a-name'],
  },
  {
    fault: 'shares that fall',
    slip: inRelease({ ...CANARY, steps: weights(50, 10, 100) }, inMesh),
    errors: ['rollout-canary-weights-rise'],
  },
  {
    fault: 'users who never all get it',
    slip: inRelease({ ...CANARY, steps: weights(10, 50) }, inMesh),
    errors: ['rollout-canary-ends-with-a-watch'],
  },
  {
    fault: 'no steps',
    slip: inRelease({ ...CANARY, steps: [] }, inMesh),
    errors: ['rollout-canary-analysis-starts-at-a-step', 'rollout-canary-ends-with-a-watch'],
  },
  {
    fault: 'analysis of nothing',
    slip: watched({ metrics: [] }),
    errors: ['analysis-measures-something'],
    warnings: ['rollout-release-is-watched'],
  },
  {
    fault: 'analysis that never ends',
    slip: inRelease({ ...BLUE_GREEN, before: analysis({ interval: Duration.minutes(1) }) }),
    errors: ['analysis-ends-by-itself'],
  },
  {
    fault: 'analysis that outlasts the watch',
    slip: watched(analysis({ interval: Duration.minutes(1), count: 60 })),
    errors: ['analysis-fits-the-watch'],
  },
  {
    fault: 'analysis that bears every failure',
    slip: watched(analysis({ count: 2, interval: Duration.minutes(1), failureLimit: 2 })),
    errors: ['analysis-can-fail'],
  },
  {
    fault: 'share of nothing',
    slip: watched(analysis({ atLeast: Percent.of(0) })),
    errors: ['analysis-share-is-above-nothing'],
  },
  {
    fault: 'count that is no number',
    slip: watched(analysis({ count: Number.NaN })),
    errors: ['analysis-count-is-whole', 'analysis-fits-the-watch'],
  },
  {
    fault: 'failures that are no number',
    slip: watched(analysis({ failureLimit: Number.NaN })),
    errors: ['analysis-failure-limit-is-whole'],
  },
  {
    fault: 'bound that is no number',
    slip: watched({ metrics: [{ name: 'errors', measures: 'query', query, accepts: { atMost: Number.NaN } }] }),
    errors: ['analysis-bound-is-a-number'],
  },
  {
    fault: 'query of every version',
    slip: watched({ metrics: [{ name: 'errors', measures: 'query', query: 'sum(errors)', accepts: { atMost: 1 } }] }),
    errors: ['analysis-query-is-of-the-version'],
    warnings: ['analysis-query-is-of-the-namespace'],
  },
  {
    fault: 'Prometheus without a scheme',
    slip: watched({ ...BLUE_GREEN.after, prometheus: 'prometheus:9090' }),
    errors: ['analysis-address-is-a-url'],
  },
  {
    fault: 'way back slower than promised',
    slip: watched(analysis({ interval: Duration.minutes(5) })),
    errors: ['rollout-rolls-back-within'],
  },
  {
    fault: 'smoke test of no path',
    slip: inRelease({ ...BLUE_GREEN, smokeTest: { paths: ['health'] } }),
    errors: ['rollout-smoke-paths-are-paths'],
  },
  {
    fault: 'smoke test by latest',
    slip: inRelease({ ...BLUE_GREEN, smokeTest: { image: 'shop/smoke:latest', command: ['run'] } }),
    errors: ['rollout-smoke-image-is-pinned'],
  },
  {
    fault: 'no history to go back in',
    slip: inRelease({ ...BLUE_GREEN, revisionHistoryLimit: 2 }),
    errors: ['rollout-history-is-kept', 'rollout-window-is-in-the-history'],
  },
  {
    fault: 'nobody watches',
    slip: inRelease({ strategy: 'blue-green', smokeTest: { paths: ['/health'] } }),
    errors: [],
    warnings: ['rollout-release-is-watched'],
  },
];

const gateway = (part: Partial<GatewaySpec> = {}): GatewaySpec => ({
  name: 'gateway',
  scaling: { min: 2, max: 6, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
  ...part,
});
const open = (part: Partial<GatewaySpec> = {}) =>
  inEnvironment({ services: [service('orders', { isPublic: true })], gateway: gateway(part) });

/** Slips in gateways. */
export const GATEWAY_ROWS: readonly Misuse[] = [
  { fault: 'nothing to forward to', slip: inEnvironment({ gateway: gateway() }), errors: ['gateway-has-routes'] },
  {
    fault: 'named like a service',
    slip: open({ name: 'orders' }),
    errors: ['environment-autoscalers-have-distinct-names', 'environment-workloads-have-distinct-names'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'limit that lets nothing through',
    slip: open({ limits: [{ name: 'client', rate: Rate.perMinute(0) }] }),
    errors: ['limit-rate-lets-something-through'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'burst that is no number',
    slip: open({ limits: [{ name: 'client', rate: Rate.perMinute(600), burst: Number.NaN }] }),
    errors: ['limit-burst-is-whole'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'header with a quote',
    slip: open({ headers: { 'X-Shop': 'a"b' } }),
    errors: ['gateway-headers-are-literal'],
    warnings: ['gateway-has-a-content-policy', 'gateway-hsts-lasts', 'redis-has-a-client'],
  },
  {
    fault: 'two listeners on one port',
    slip: open({ port: 8081 }),
    errors: ['gateway-ports-differ'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'bodies of no size',
    slip: open({ maxBody: Memory.bytes(0) }),
    errors: ['gateway-body-limit-is-whole-kib'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'failures that are no number',
    slip: open({ upstream: { maxFails: Number.NaN } }),
    errors: ['upstream-max-fails-is-whole'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'connections that end after those of the load balancer',
    slip: open({ clientKeepalive: Duration.seconds(60) }),
    errors: ['gateway-outlasts-the-load-balancer'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'blue-green without pods to balance over',
    slip: inEnvironment({
      services: [service('orders', { isPublic: true, rollout: { ...BLUE_GREEN, activeService: 'cluster-ip' } })],
      gateway: gateway(),
    }),
    errors: ['release-gateway-sees-the-active-version'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'blue-green behind a gateway in a mesh',
    slip: inEnvironment({
      services: [service('orders', { isPublic: true, rollout: BLUE_GREEN })],
      gateway: gateway(),
      mesh: 'istio',
    }),
    errors: ['release-gateway-in-a-mesh-sends-to-canaries'],
    warnings: ['redis-has-a-client'],
  },
];

const standby =
  (part: Partial<EnvironmentSpec>): Misuse['slip'] =>
  (valid, twin) => [valid, { ...following(valid, twin), ...part }];
const replica =
  (part: object): Misuse['slip'] =>
  (valid, twin) => {
    const copy = following(valid, twin);
    return [
      valid,
      {
        ...copy,
        databases: copy.databases.map((database) => ({ ...database, ...part })) as EnvironmentSpec['databases'],
      },
    ];
  };

/** Slips that two environments make together. */
export const STANDBY_ROWS: readonly Misuse[] = [
  {
    fault: 'replica of nothing',
    slip: replica({ of: { environment: 'nowhere', database: 'main' } }),
    errors: ['replica-follows-a-declared-database'],
  },
  {
    fault: 'replica with fewer connections',
    slip: replica({ maxConnections: 499 }),
    errors: ['postgres-replica-has-its-primarys-room'],
  },
  {
    fault: 'replica with a smaller class',
    slip: replica({ instanceClass: 'db.t4g.medium' }),
    errors: ['postgres-replica-starts-with-its-primarys-room', 'standby-database-carries-the-load'],
    warnings: ['postgres-connections-fit-memory'],
  },
  {
    fault: 'replica that is written to',
    slip: standby({ standbyFor: undefined as never }),
    errors: ['replica-clients-only-read'],
  },
  {
    fault: 'reader without a role',
    slip: (valid, twin) => [
      valid,
      {
        ...following(valid, twin),
        services: [service('orders'), service('reader', { connections: [{ to: 'database', name: 'main' }] })],
      },
    ],
    errors: ['replica-clients-have-roles-at-the-primary', 'standby-serves-what-exists'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'standby that cannot grow',
    slip: (valid, twin) => [
      valid,
      inService({ scaling: { min: 2, max: 5, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] } })(
        following(valid, twin),
      ),
    ],
    errors: ['standby-grows-to-the-load'],
  },
  {
    fault: 'standby in the same region',
    slip: (valid, twin) => [valid, { ...following(valid, twin), region: valid.region, zones: valid.zones }],
    errors: ['postgres-replica-shares-its-regions-key', 'standby-is-in-another-region'],
  },
  { fault: 'standby for nobody', slip: standby({ standbyFor: 'nowhere' }), errors: ['standby-names-an-environment'] },
  {
    fault: 'standby with a service of its own',
    slip: (valid, twin) => [valid, { ...following(valid, twin), services: [...twin.services, service('extra')] }],
    errors: ['standby-serves-what-exists'],
  },
];
