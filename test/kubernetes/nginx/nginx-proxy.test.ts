import { ApiObject, Chart, Testing } from 'cdk8s';
import { WARNING_METADATA } from '../../../lib/check';
import { NginxProxy } from '../../../lib/kubernetes/nginx/nginx-proxy';
import { NGINX_PROXY_PLACE_CHECKS, NGINX_PROXY_POD_CHECKS } from '../../../lib/kubernetes/nginx/nginx-proxy-checks';
import type { NginxProxyProps } from '../../../lib/kubernetes/nginx/nginx-proxy-props';
import { Cpu, Duration, Memory, Percent, Rate } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';
import { blockOf, SHOP } from '../../support/nginx';

const valid: NginxProxyProps = {
  name: 'gateway',
  namespace: 'shop',
  upstreams: [SHOP],
  routes: [{ path: '/', upstream: 'shop_cluster' }],
  trustedProxies: ['10.0.0.0/20'],
};

const synth = (overrides: Partial<NginxProxyProps> = {}, version?: string): Manifest[] =>
  manifests((chart) => {
    new NginxProxy(chart, 'Gateway', { ...valid, ...overrides });
  }, version);

const podOf = (objects: Manifest[]) => only(objects, 'Deployment').spec.template;
const containerOf = (objects: Manifest[]) => podOf(objects).spec.containers[0];
const configOf = (objects: Manifest[]): string => only(objects, 'ConfigMap').data['nginx.conf'];
const volumesOf = (objects: Manifest[]) => podOf(objects).spec.volumes;

/** `from -> port` of each rule. */
const doors = (rules: Manifest[], side: 'from' | 'to') =>
  rules.flatMap((rule: Manifest) =>
    rule.ports.map(
      ({ port }: Manifest) =>
        `${rule[side][0].ipBlock?.cidr ?? Object.values(rule[side][0].podSelector.matchLabels)[0]} -> ${port}`,
    ),
  );

test('the pods read the configuration that the declaration renders', () => {
  const objects = synth();
  const { command, volumeMounts } = containerOf(objects);
  const config = volumeMounts.find(({ mountPath }: Manifest) => mountPath === '/etc/headroom-nginx');

  expect(command).toEqual(['nginx', '-e', 'stderr', '-c', '/etc/headroom-nginx/nginx.conf', '-g', 'daemon off;']);
  expect(volumesOf(objects).find(({ name }: Manifest) => name === config.name).configMap.name).toBe('gateway-config');
  expect(only(objects, 'ConfigMap').metadata.name).toBe('gateway-config');
  expect(blockOf(configOf(objects), 'location /')).toContain('proxy_pass http://shop_cluster');
});

test('a changed configuration rolls the pods, an unchanged one does not', () => {
  const annotations = (overrides: Partial<NginxProxyProps>) => podOf(synth(overrides)).metadata.annotations;

  expect(annotations({})).toEqual(annotations({}));
  expect(annotations({ maxBody: Memory.mib(2) })).not.toEqual(annotations({}));
});

describe('beside a sidecar', () => {
  const mesh = 'sidecar';
  const plain = (overrides: Partial<NginxProxyProps>): string | undefined =>
    podOf(synth(overrides)).metadata.annotations['traffic.sidecar.istio.io/excludeInboundPorts'];

  test('clients are seen by their own addresses: what load balancers connect to is not led through it', () => {
    expect(plain({ mesh })).toBe('8080,8081');
    expect(plain({ mesh, port: 9080, statusPort: 9081, tls: { secret: 'gateway-tls' } })).toBe('8443,9080,9081');
    expect(plain({ mesh, trustedProxies: [], ingressFrom: [{ cidr: '10.0.0.0/20' }] })).toBeUndefined();
    expect(plain({ mesh: 'ambient' })).toBeUndefined();
    expect(plain({})).toBeUndefined();
  });

  test('others may be chosen', () => {
    expect(plain({ mesh, plainInbound: [8081] })).toBe('8081');
    expect(plain({ mesh, plainInbound: [] })).toBeUndefined();
  });

  test('ports that are not led through it are as closed as before', () => {
    const { ingress } = only(synth({ mesh }), 'NetworkPolicy').spec;
    expect(ingress).toEqual(only(synth({ mesh, plainInbound: [] }), 'NetworkPolicy').spec.ingress);
  });
});

test('Prometheus is sent to the port with metrics, also through a sidecar', () => {
  const port = (overrides: Partial<NginxProxyProps>) =>
    podOf(synth(overrides)).metadata.annotations['prometheus.io/port'];

  expect(podOf(synth()).metadata.annotations).toMatchObject({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '8082',
    'prometheus.io/path': '/metrics',
  });
  expect(port({ metricsPort: 9082 })).toBe('9082');
  expect(port({ mesh: 'sidecar' })).toBe('8082');
  expect(port({ annotations: { 'prometheus.io/port': '1' } })).toBe('1');
  expect(port({ scrapedBy: [] })).toBeUndefined();
});

test('the proxy offers the configuration and the ports that others compose with', () => {
  const chart = new Chart(Testing.app(), 'test');
  const proxy = new NginxProxy(chart, 'Gateway', { ...valid, port: 9080, statusPort: 9081, metricsPort: 9082 });

  expect([proxy.port, proxy.statusPort, proxy.metricsPort]).toEqual([9080, 9081, 9082]);
  expect(proxy.config).toContain('listen 9080 default_server;');
  expect(proxy.workload.serviceName).toBe('gateway');
  expect(ApiObject.of(proxy).kind).toBe('Deployment');
});

describe('pods behind it', () => {
  const services = (objects: Manifest[]) =>
    objects
      .filter(({ kind, metadata }) => kind === 'Service' && metadata.name !== 'gateway')
      .map(({ metadata, spec }) => ({ name: metadata.name, ...spec }));

  test('are seen one by one through a headless Service', () => {
    expect(services(synth())).toEqual([
      {
        name: 'shop-pods',
        clusterIP: 'None',
        selector: { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop' },
        ports: [{ name: 'http-8001', port: 8001, targetPort: 8001, protocol: 'TCP', appProtocol: 'http' }],
      },
    ]);
    expect(blockOf(configOf(synth()), 'upstream shop_cluster')).toContain(
      'server shop-pods.shop.svc.cluster.local:8001 resolve max_fails=3 fail_timeout=30s',
    );
  });

  test('of one service have one Service, whatever the number of upstreams', () => {
    const upstreams = [SHOP, { ...SHOP, name: 'slow' }, { ...SHOP, name: 'admin', port: 9001 }];
    const routes = upstreams.map(({ name }) => ({ path: `/${name}`, upstream: name }));
    const [service, ...others] = services(synth({ upstreams, routes }));

    expect(others).toEqual([]);
    expect(service?.ports.map(({ port }: Manifest) => port)).toEqual([8001, 9001]);
  });

  test('may be behind a Service that exists already', () => {
    const objects = synth({ podsServices: { shop_cluster: 'shop-active' }, resolver: '10.100.0.10' });

    expect(services(objects)).toEqual([]);
    expect(configOf(objects)).toContain('server shop-active.shop.svc.cluster.local:8001 resolve');
    expect(configOf(objects)).toContain('resolver 10.100.0.10 valid=10s');
  });

  test('are the business of the mesh where there is one', () => {
    const objects = synth({ mesh: 'sidecar' });

    expect(services(objects)).toEqual([]);
    expect(blockOf(configOf(objects), 'upstream shop_cluster')).toContain('server shop.shop.svc.cluster.local:8001');
    expect(configOf(objects)).not.toContain('resolve');
  });

  test('may still be chosen by nginx in an ambient mesh', () => {
    expect(configOf(synth({ mesh: 'ambient', balancedBy: 'nginx' }))).toContain(
      'server shop-pods.shop.svc.cluster.local',
    );
    expect(configOf(synth({ mesh: 'ambient' }))).toContain('server shop.shop.svc.cluster.local');
  });
});

describe('limits', () => {
  const limits = [{ name: 'per_client', rate: Rate.perMinute(6000), burst: 1000 }];
  const rate = (overrides: Partial<NginxProxyProps>) =>
    /rate=(\d+r\/m)/.exec(configOf(synth({ limits, ...overrides })))?.[1];
  const scaling = (min: number) => ({
    min,
    max: 20,
    metrics: [{ on: 'cpu', utilization: Percent.of(60) } as const],
  });

  test.each([
    { it: 'three by default', given: {}, expected: '2000r/m' },
    { it: 'as many as declared', given: { replicas: 5 }, expected: '1200r/m' },
    { it: 'the fewest that an autoscaler keeps', given: { scaling: scaling(4) }, expected: '1500r/m' },
  ])('are shared by the proxies that always run: $it', ({ given, expected }) => {
    expect(rate(given)).toBe(expected);
  });

  test('the number of pods is the one that shares', () => {
    expect(only(synth(), 'Deployment').spec.replicas).toBe(3);
    expect(only(synth({ replicas: 5 }), 'Deployment').spec.replicas).toBe(5);
    expect(only(synth({ scaling: scaling(4) }), 'Deployment').spec).not.toHaveProperty('replicas');
    expect(only(synth({ scaling: scaling(4) }), 'HorizontalPodAutoscaler').spec.minReplicas).toBe(4);
  });
});

describe('probes', () => {
  test('ask nginx itself, at paths of their own, on the port that asks no upstream', () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(synth());

    expect([startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet)).toEqual([
      { path: '/healthz', port: 'status', scheme: 'HTTP' },
      { path: '/readyz', port: 'status', scheme: 'HTTP' },
      { path: '/livez', port: 'status', scheme: 'HTTP' },
    ]);
  });

  test('find the port declared', () => {
    expect(containerOf(synth({ port: 9080, statusPort: 9081, metricsPort: 9082 })).ports).toEqual([
      { name: 'http', containerPort: 9080, protocol: 'TCP' },
      { name: 'status', containerPort: 9081, protocol: 'TCP' },
      { name: 'metrics', containerPort: 9082, protocol: 'TCP' },
    ]);
  });
});

test.each(['1.28', '1.35'])(
  'on the way out nginx first waits, then drains within the grace period (Kubernetes %s)',
  (version) => {
    const objects = synth({ drainFor: Duration.seconds(50), deregisterWithin: Duration.seconds(20) }, version);
    const { preStop } = containerOf(objects).lifecycle;

    expect(preStop).toEqual(version === '1.28' ? { exec: { command: ['sleep', '20'] } } : { sleep: { seconds: 20 } });
    expect(configOf(objects)).toContain('worker_shutdown_timeout 50s;');
    expect(podOf(objects).spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(70);
  },
);

test('workers are the cores of the CPU limit, rounded up, unless they are declared', () => {
  const resources = (cpu: Cpu) => {
    const amounts = { cpu, memory: Memory.mib(256), ephemeralStorage: Memory.mib(512) };
    return { requests: amounts, limits: amounts };
  };
  const workers = (overrides: Partial<NginxProxyProps>) =>
    /worker_processes (\d+);/.exec(configOf(synth(overrides)))?.[1];

  expect(workers({})).toBe('1');
  expect(workers({ resources: resources(Cpu.millis(1001)) })).toBe('2');
  expect(workers({ resources: resources(Cpu.cores(4)) })).toBe('4');
  expect(workers({ resources: resources(Cpu.cores(4)), workers: 3 })).toBe('3');
});

describe('the network', () => {
  const policy = (overrides: Partial<NginxProxyProps> = {}) => only(synth(overrides), 'NetworkPolicy', 'gateway').spec;

  test('lets the load balancer send and probe, Prometheus scrape, and nobody else in', () => {
    expect(doors(policy().ingress, 'from')).toEqual([
      '10.0.0.0/20 -> 8080',
      '10.0.0.0/20 -> 8081',
      'prometheus -> 8082',
    ]);
  });

  test('lets nginx out to the pods of its upstreams', () => {
    expect(doors(policy().egress, 'to')).toContain('shop -> 8001');
  });

  test('lets named callers in instead, to TLS too', () => {
    const ingressFrom = [{ pods: { app: 'web' } }, { pods: { app: 'ops' }, port: 8081 }];
    expect(doors(policy({ ingressFrom, tls: { secret: 'gateway-tls' } }).ingress, 'from')).toEqual([
      'web -> 8080',
      'web -> 8443',
      'ops -> 8081',
      'prometheus -> 8082',
    ]);
  });

  test('in a sidecar mesh Prometheus asks the sidecar', () => {
    expect(doors(policy({ mesh: 'sidecar' }).ingress, 'from')).toContain('prometheus -> 15020');
  });
});

test('TLS takes the certificate of a Secret, and a port of the Service', () => {
  const objects = synth({ tls: { secret: 'gateway-tls', port: 9443 } });
  const mount = containerOf(objects).volumeMounts.find(({ mountPath }: Manifest) => mountPath === '/etc/nginx/tls');

  expect(volumesOf(objects).find(({ name }: Manifest) => name === mount.name).secret.secretName).toBe('gateway-tls');
  expect(containerOf(objects).ports).toContainEqual({ name: 'https', containerPort: 9443, protocol: 'TCP' });
  expect(
    only(objects, 'Service', 'gateway').spec.ports.map(({ name, port, targetPort }: Manifest) => [
      name,
      port,
      targetPort,
    ]),
  ).toEqual([
    ['http', 8080, 'http'],
    ['https', 9443, 'https'],
  ]);
  expect(configOf(objects)).toContain('listen 9443 ssl default_server;');
  expect(configOf(objects)).toContain('ssl_certificate /etc/nginx/tls/tls.crt;');
});

test('nginx may write to its temporary space alone, as nobody a node knows', () => {
  const { securityContext, volumeMounts } = containerOf(synth());

  expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true, runAsUser: 10001, runAsGroup: 10001 });
  expect(
    volumeMounts.filter(({ readOnly }: Manifest) => readOnly !== true).map(({ mountPath }: Manifest) => mountPath),
  ).toEqual(['/tmp']);
});

const RESOURCES = {
  requests: { cpu: Cpu.millis(100), memory: Memory.mib(64), ephemeralStorage: Memory.mib(256) },
  limits: { cpu: Cpu.cores(1), memory: Memory.mib(64), ephemeralStorage: Memory.mib(512) },
};

const limitOf = (zoneSize: Memory) => [{ name: 'per_client', rate: Rate.perMinute(60), zoneSize }];

const broken: { it: string; check: string; given: Partial<NginxProxyProps> }[] = [
  {
    it: 'nginx 1.27.2',
    check: 'nginx-proxy-image-resolves-names',
    given: { image: 'nginxinc/nginx-unprivileged:1.27.2' },
  },
  { it: 'nginx 1.26.9', check: 'nginx-proxy-image-resolves-names', given: { image: 'nginx:1.26.9-alpine' } },
  { it: 'nginx 0.28.0', check: 'nginx-proxy-image-resolves-names', given: { image: 'nginx:0.28.4' } },
  {
    it: 'pods by address beside a sidecar',
    check: 'nginx-proxy-mesh-balances-for-sidecars',
    given: { mesh: 'sidecar', balancedBy: 'nginx' },
  },
  { it: 'a mesh that does not exist', check: 'nginx-proxy-mesh-exists-to-balance', given: { balancedBy: 'mesh' } },
  { it: 'a privileged status port', check: 'nginx-proxy-ports-are-unprivileged', given: { statusPort: 1023 } },
  { it: 'a privileged metrics port', check: 'nginx-proxy-ports-are-unprivileged', given: { metricsPort: 82 } },
  {
    it: 'a privileged TLS port',
    check: 'nginx-proxy-ports-are-unprivileged',
    given: { tls: { secret: 'tls', port: 443 } },
  },
  {
    it: 'a service of 59',
    check: 'nginx-proxy-services-are-dns-labels',
    given: { upstreams: [{ ...SHOP, service: 's'.repeat(59) }] },
  },
  {
    it: 'a Service of a service',
    check: 'nginx-proxy-services-are-of-upstreams',
    given: { podsServices: { shop: 'shop-active' } },
  },
  {
    it: 'zones above half of the memory',
    check: 'nginx-proxy-memory-holds-zones',
    given: { resources: RESOURCES, limits: limitOf(Memory.kib(32 * 1024 - 255)) },
  },
  { it: '31 bodies of space', check: 'nginx-proxy-space-holds-bodies', given: { temporarySpace: Memory.mib(31) } },
  {
    it: '31 bodies of a route',
    check: 'nginx-proxy-space-holds-bodies',
    given: { routes: [{ path: '/', upstream: 'shop_cluster', maxBody: Memory.kib(8193) }] },
  },
];

test.each(broken)('$it breaks $check', ({ check, given }) => {
  expect(ids(NginxProxy.inspect('Gateway', { ...valid, ...given }))).toEqual([check]);
});

test.each<{ it: string; given: Partial<NginxProxyProps> }>([
  { it: 'the default', given: {} },
  { it: 'nginx 1.27.3', given: { image: 'nginx:1.27.3' } },
  { it: 'nginx 1.28', given: { image: 'docker.io/nginxinc/nginx-unprivileged:1.28-alpine' } },
  { it: 'nginx 2.0.0', given: { image: 'nginx:2.0.0' } },
  { it: 'an image by another name', given: { image: 'registry.example.com/edge:1.2.3' } },
  { it: 'an old nginx behind a mesh', given: { image: 'nginx:1.26.0', mesh: 'ambient' } },
  { it: 'a name of 49', given: { name: 'g'.repeat(49) } },
  { it: 'a service of 58', given: { upstreams: [{ ...SHOP, service: 's'.repeat(58) }] } },
  { it: 'a long service behind a mesh', given: { upstreams: [{ ...SHOP, service: 's'.repeat(63) }], mesh: 'ambient' } },
  { it: 'status port 1024', given: { statusPort: 1024 } },
  { it: 'zones of half the memory', given: { resources: RESOURCES, limits: limitOf(Memory.kib(32 * 1024 - 256)) } },
  { it: '32 bodies of space', given: { temporarySpace: Memory.mib(32) } },
])('$it is sound', ({ given }) => {
  expect(ids(NginxProxy.inspect('Gateway', { ...valid, ...given }))).toEqual([]);
});

test('it stands in the chart of its services', () => {
  const put = (namespace: string) => () =>
    new NginxProxy(new Chart(Testing.app(), 'test', { namespace }), 'Gateway', valid);

  expect(refused(put('cart'))).toEqual(['nginx-proxy-namespace-is-the-charts']);
  expect(refused(put('shop'))).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(({ check }) => check))].sort()).toEqual(allIds(NGINX_PROXY_POD_CHECKS as never));
  expect(allIds(NGINX_PROXY_PLACE_CHECKS as never)).toEqual(['nginx-proxy-namespace-is-the-charts']);
});

test('what is wrong with the declaration, its rendering and its pods is said at once', () => {
  const given = { maxBody: Memory.bytes(0), namespace: 'Shop', image: 'nginx' };
  expect(refused(() => synth(given))).toEqual([
    'gateway-body-limit-is-whole-kib',
    'resolved-namespace-is-a-dns-label',
    'web-service-image-is-pinned',
  ]);
});

test('who sends requests must be said, or it is a warning', () => {
  const { trustedProxies, ...closed } = valid;
  const proxy = new NginxProxy(new Chart(Testing.app(), 'test'), 'Gateway', closed);

  expect(trustedProxies).toHaveLength(1);
  expect(proxy.node.metadata.filter(({ type }) => type === WARNING_METADATA).map(({ data }) => data.check)).toEqual([
    'web-service-callers-are-declared',
  ]);
});
