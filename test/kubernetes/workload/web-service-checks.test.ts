import { isError } from '../../../lib/check';
import { WebService } from '../../../lib/kubernetes/workload/web-service';
import { WEB_SERVICE_CHECKS, WEB_SERVICE_TARGET_CHECKS } from '../../../lib/kubernetes/workload/web-service-checks';
import type { WebServiceProps } from '../../../lib/kubernetes/workload/web-service-props';
import type { ScalingPolicy } from '../../../lib/model';
import { Duration, Memory, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const valid: WebServiceProps = {
  name: 'api',
  image: 'registry.example.com/shop/api:1.4.0',
  port: 8080,
  ingressFrom: [],
};

const scaling: ScalingPolicy = { min: 2, max: 10, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] };

const secrets = (...pairs: [secret: string, mountPath: string][]) => ({
  secretFiles: pairs.map(([secret, mountPath]) => ({ secret, mountPath })),
});

const onSpot = (seconds: number): Partial<WebServiceProps> => ({
  nodes: { capacity: 'spot' },
  gracePeriod: Duration.seconds(seconds),
});

const chain = (leave: number, drain: number, grace: number): Partial<WebServiceProps> => ({
  deregisterWithin: Duration.seconds(leave),
  drainFor: Duration.seconds(drain),
  gracePeriod: Duration.seconds(grace),
});

describe('WebService.inspect', () => {
  test.each<[string, Partial<WebServiceProps>]>([
    ['the least', {}],
    ['a digest', { image: `shop/api@sha256:${'a'.repeat(64)}` }],
    ['two replicas', { replicas: 2 }],
    ['1000 replicas', { replicas: 1000 }],
    ['scaling from two', { scaling }],
    ['the shortest deregistration', { deregisterWithin: Duration.seconds(1) }],
    ['the longest deregistration', { deregisterWithin: Duration.seconds(900) }],
    ['a grace period of exactly the drain', chain(15, 30, 45)],
    ['the longest grace period', chain(15, 30, 7200)],
    ['119 s on spot', onSpot(119)],
    ['any time on demand', { gracePeriod: Duration.seconds(600) }],
    ['no time to settle', { minReady: Duration.seconds(0) }],
    ['the longest time to settle', { minReady: Duration.seconds(600) }],
    ['all disk as temporary space', { temporarySpace: Memory.mib(512) }],
    ['a byte of temporary space', { temporarySpace: Memory.bytes(1) }],
    ['the lowest user', { runAs: 10_000 }],
    ['the highest user', { runAs: 65_535 }],
    ['a Secret name of 56', secrets(['a'.repeat(56), '/etc/a'])],
    ['folders that only start alike', secrets(['a', '/etc/a'], ['b', '/etc/ab'], ['c', '/tmpfiles'])],
    ['a label of 63', { labels: { 'example.com/team': 'a'.repeat(63), empty: '' } }],
    ['free text in an annotation', { annotations: { 'example.com/note': 'Any text: at all' } }],
    ['a priority class', { priorityClassName: 'critical' }],
  ])('accepts %s', (_what, props) => {
    expect(WebService.inspect('shop/Api', { ...valid, ...props })).toEqual([]);
  });

  const sized = (...containers: string[]): Partial<WebServiceProps> => ({
    vertical: { mode: 'Off', containers: containers.map((container) => ({ container, resources: ['cpu'] })) },
  });

  const errors: [id: string, received: string, props: Partial<WebServiceProps>][] = [
    ['web-service-image-is-pinned', 'shop/api:latest', { image: 'shop/api:latest' }],
    ['web-service-image-is-pinned', 'shop/api', { image: 'shop/api' }],
    ['web-service-image-is-a-reference', 'Shop/api:1', { image: 'Shop/api:1' }],
    ['web-service-image-is-a-reference', 'shop api:1', { image: 'shop api:1' }],
    ['web-service-replicas-have-one-owner', '3', { scaling, replicas: 3 }],
    ['web-service-replicas-are-whole', '1001', { replicas: 1001 }],
    ['web-service-replicas-are-whole', '2.5', { replicas: 2.5 }],
    ['web-service-deregistration-is-bounded', '0s', { deregisterWithin: Duration.seconds(0) }],
    ['web-service-deregistration-is-bounded', '901s', { deregisterWithin: Duration.seconds(901) }],
    ['web-service-grace-covers-the-drain', '44s', chain(15, 30, 44)],
    ['web-service-grace-covers-the-drain', '7201s', chain(15, 30, 7201)],
    ['web-service-grace-covers-the-drain', '60500ms', { gracePeriod: Duration.millis(60_500) }],
    ['web-service-readiness-settles', '601s', { minReady: Duration.seconds(601) }],
    ['web-service-readiness-settles', '500ms', { minReady: Duration.millis(500) }],
    ['web-service-temporary-space-fits-limit', '513Mi', { temporarySpace: Memory.mib(513) }],
    ['web-service-temporary-space-fits-limit', '0', { temporarySpace: Memory.bytes(0) }],
    ['web-service-runs-unprivileged', '9999', { runAs: 9999 }],
    ['web-service-runs-unprivileged', '65536', { runAs: 65_536 }],
    ['web-service-runs-unprivileged', 'NaN', { runAs: Number.NaN }],
    ['web-service-mounts-are-named', 'a'.repeat(57), secrets(['a'.repeat(57), '/etc/a'])],
    ['web-service-mounts-are-named', 'a.b', { configMaps: [{ name: 'a.b', mountPath: '/etc/a' }] }],
    ['web-service-mounts-are-apart', '/etc/a/b', secrets(['a', '/etc/a'], ['b', '/etc/a/b'])],
    ['web-service-mounts-are-apart', '/etc/a, /etc/a', secrets(['a', '/etc/a'], ['b', '/etc/a'])],
    ['web-service-mounts-are-apart', '/tmp/a', secrets(['a', '/tmp/a'])],
    ['web-service-mounts-are-apart', 'etc/a', secrets(['a', 'etc/a'])],
    ['web-service-mounts-are-apart', '/', secrets(['a', '/'])],
    ['web-service-mounts-are-apart', '/etc/../tmp', secrets(['a', '/etc/../tmp'])],
    ['web-service-mounts-leave-the-system-alone', '/etc', secrets(['a', '/etc'])],
    ['web-service-mounts-leave-the-system-alone', '/usr', secrets(['a', '/usr'])],
    ['web-service-mounts-leave-the-system-alone', '/bin', secrets(['a', '/bin'])],
    ['web-service-mounts-leave-the-system-alone', '/var', secrets(['a', '/var'])],
    ['web-service-mounts-leave-the-system-alone', '/proc/self', secrets(['a', '/proc/self'])],
    ['web-service-mounts-leave-the-system-alone', '/dev/shm, /sys', secrets(['a', '/dev/shm'], ['b', '/sys'])],
    ['web-service-spread-is-known', 'some', { spread: 'some' as unknown as 'required' }],
    ['web-service-vertical-container-exists', 'web', sized('api', 'web')],
    ['web-service-vertical-container-exists', 'istio-proxy', sized('istio-proxy')],
    ['web-service-spreads-over-labels', 'a b', { spreadOver: ['a b'] }],
    ['web-service-spreads-over-labels', 'rack, rack', { spreadOver: ['rack', 'rack'] }],
    ['web-service-spreads-over-labels', 'kubernetes.io/hostname', { spreadOver: ['kubernetes.io/hostname'] }],
    ['web-service-labels-are-valid', 'team=a b', { labels: { team: 'a b' } }],
    ['web-service-labels-are-valid', 'a b=c', { labels: { 'a b': 'c' } }],
    ['web-service-labels-are-valid', `team=${'a'.repeat(64)}`, { labels: { team: 'a'.repeat(64) } }],
    ['web-service-labels-are-valid', 'app.kubernetes.io/part-of=the shop', { partOf: 'the shop' }],
    ['web-service-annotations-are-valid', 'a note', { annotations: { 'a note': 'x' } }],
    ['web-service-workload-annotations-are-valid', 'a note', { workloadAnnotations: { 'a note': 'x' } }],
    ['web-service-priority-class-is-named', 'Critical', { priorityClassName: 'Critical' }],
  ];

  const warnings: [id: string, received: string, props: Partial<WebServiceProps>, version: string][] = [
    ['web-service-outlives-a-drain', '1', { replicas: 1 }, '1.35'],
    ['web-service-stops-before-spot-reclaim', '2m', onSpot(120), '1.35'],
    ['web-service-cluster-knows-app-armor', 'RuntimeDefault', { appArmor: 'RuntimeDefault' }, '1.29'],
    ['web-service-cluster-knows-traffic-distribution', 'PreferClose', { trafficDistribution: 'PreferClose' }, '1.30'],
  ];

  const findings = (props: Partial<WebServiceProps>, version?: string) =>
    WebService.inspect('shop/Api', { ...valid, ...props }, version).filter(({ path }) => path === 'shop/Api');

  test.each(errors)('refuses: %s, %s', (id, received, props) => {
    expect(findings(props)).toMatchObject([{ check: id, received, severity: 'error' }]);
  });

  test.each(warnings)('warns: %s, %s', (id, received, props, version) => {
    expect(findings(props, version)).toMatchObject([{ check: id, received, severity: 'warning' }]);
  });

  test('no replicas at all are refused', () => {
    expect(ids(findings({ replicas: 0 }).filter(isError))).toEqual(['web-service-replicas-are-whole']);
    expect(ids(findings({ replicas: Number.NaN }).filter(isError))).toEqual(['web-service-replicas-are-whole']);
  });

  test('callers that nobody declared are warned of, an empty list is a decision', () => {
    const { ingressFrom: _none, ...undeclared } = valid;
    expect(ids(WebService.inspect('shop/Api', undeclared))).toEqual(['web-service-callers-are-declared']);
    expect(WebService.inspect('shop/Api', valid)).toEqual([]);
  });

  test('every check has a failing row', () => {
    const rows = [...errors.map(([id]) => id), ...warnings.map(([id]) => id), 'web-service-callers-are-declared'];
    expect([...new Set(rows)].sort()).toEqual(allIds(WEB_SERVICE_CHECKS, WEB_SERVICE_TARGET_CHECKS));
  });

  test("the floor of an autoscaler is its own finding, not the service's", () => {
    expect(findings({ scaling: { ...scaling, min: 1 } })).toEqual([]);
  });

  test('findings of peers name the prop and the place', () => {
    const wrong = { cidr: '10.0.0.1/16', port: 80 };
    expect(findings({ ingressFrom: [wrong] })).toMatchObject([{ prop: 'ingressFrom[0].cidr' }]);
    expect(findings({ scrapedBy: [wrong] })).toMatchObject([{ prop: 'scrapedBy[0].cidr' }]);
    expect(findings({ egressTo: [{ cidr: '10.0.0.0/16', port: 80 }, wrong] })).toMatchObject([
      { prop: 'egressTo[1].cidr' },
    ]);
  });

  test('any container of the pod may be sized', () => {
    expect(findings(sized('api', '*'))).toEqual([]);
    expect(findings({ ...sized('api', 'istio-proxy'), mesh: 'sidecar' })).toEqual([]);
  });

  test('findings of the placement name the prop', () => {
    expect(findings({ nodes: { labels: { pool: 'a b' } } })).toMatchObject([{ prop: 'nodes.labels' }]);
  });

  test('findings of the service model are its own', () => {
    const health = { readinessPath: '/health', livenessPath: '/health' };
    expect(ids(findings({ health }))).toEqual(['service-liveness-differs-from-readiness']);
  });

  test('findings of autoscalers carry their path', () => {
    const paths = (props: Partial<WebServiceProps>) =>
      WebService.inspect('shop/Api', { ...valid, ...props }).map(({ path }) => path);
    expect(new Set(paths({ scaling: { ...scaling, max: Number.NaN } }))).toEqual(new Set(['shop/Api/Autoscaler']));
    const vertical = { mode: 'Recreate', containers: [{ container: 'api', resources: ['cpu'] }] } as const;
    expect(paths({ scaling, vertical })).toContain('shop/Api/VerticalAutoscaler');
  });

  test('autoscalers are inspected for the same release', () => {
    const tolerant = { scaling: { ...scaling, scaleUp: { tolerance: Percent.of(5) } } };
    const vertical = { mode: 'InPlaceOrRecreate', containers: [{ container: 'api', resources: ['memory'] }] } as const;
    const paths = (props: Partial<WebServiceProps>, version: string) =>
      WebService.inspect('shop/Api', { ...valid, ...props }, version).map(({ path }) => path);
    expect(paths(tolerant, '1.35')).toEqual([]);
    expect(paths(tolerant, '1.34')).toEqual(['shop/Api/Autoscaler']);
    expect(paths({ vertical }, '1.35')).toEqual([]);
    expect(paths({ vertical }, '1.32')).toEqual(['shop/Api/VerticalAutoscaler']);
  });

  test('every wrong prop is reported at once', () => {
    const all = findings({ port: 80, runAs: 0, image: 'x', priorityClassName: '_' });
    expect(ids(all)).toEqual([
      'service-port-is-unprivileged',
      'web-service-image-is-pinned',
      'web-service-runs-unprivileged',
      'web-service-priority-class-is-named',
    ]);
  });
});
