import { parse } from 'yaml';
import { NginxProxy } from '../../../lib/kubernetes/nginx/nginx-proxy';
import { MESH_POD_CHECKS, OUTSIDE_THE_MESH } from '../../../lib/kubernetes/workload/mesh-pod';
import { WebService } from '../../../lib/kubernetes/workload/web-service';
import { type WebServiceProps, webServicePlan } from '../../../lib/kubernetes/workload/web-service-props';
import { SIDECAR_CHECKS } from '../../../lib/model/mesh/sidecar';
import { Cpu, Duration, Memory, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';
import { deployment, full, least, policy, scaling, synth } from '../../support/web-service';

const sidecar = { mesh: 'sidecar' } as const;
const template = (props: Partial<WebServiceProps> = {}, version?: string): Manifest =>
  deployment(props, version).spec.template;
const annotations = (props: Partial<WebServiceProps> = {}): Manifest =>
  template({ ...sidecar, ...props }).metadata.annotations;
const proxyConfig = (props: Partial<WebServiceProps> = {}): Manifest =>
  parse(annotations(props)['proxy.istio.io/config']);
const metrics = (props: Partial<WebServiceProps>): Manifest =>
  only(synth(props), 'HorizontalPodAutoscaler').spec.metrics;

const amounts = (cpu: number, mib: number) => ({ cpu: Cpu.millis(cpu), memory: Memory.mib(mib) });

describe('a pod that a sidecar joins', () => {
  test('asks for it by itself, so that its namespace need not', () => {
    expect(template(sidecar).metadata.labels['sidecar.istio.io/inject']).toBe('true');
  });

  test('asks for it whatever else it is labelled', () => {
    const labels = { 'sidecar.istio.io/inject': 'false' };

    expect(template({ ...sidecar, labels }).metadata.labels['sidecar.istio.io/inject']).toBe('true');
  });

  test('is selected as it was', () => {
    expect(deployment(sidecar).spec.selector).toEqual(deployment().spec.selector);
  });

  test.each([
    ['by default', {}, { proxyCPU: '100m', proxyCPULimit: '500m', proxyMemory: '128Mi', proxyMemoryLimit: '256Mi' }],
    [
      'as declared',
      { requests: amounts(50, 64), limits: amounts(2000, 1024) },
      { proxyCPU: '50m', proxyCPULimit: '2', proxyMemory: '64Mi', proxyMemoryLimit: '1Gi' },
    ],
  ])('says %s what the sidecar holds', (_, spec, expected) => {
    const prefixed = Object.fromEntries(
      Object.entries(expected).map(([key, value]) => [`sidecar.istio.io/${key}`, value]),
    );
    expect(annotations({ sidecar: spec })).toMatchObject(prefixed);
  });

  test('is reached past it where callers are outside the mesh, on ports in order, and nowhere else', () => {
    const key = 'traffic.sidecar.istio.io/excludeInboundPorts';
    expect(annotations({ plainInbound: [8443, 8080] })[key]).toBe('8080,8443');
    expect(annotations()).not.toHaveProperty([key]);
    expect(annotations({ plainInbound: [] })).not.toHaveProperty([key]);
  });

  test('starts after the sidecar, and ends before it', () => {
    expect(proxyConfig()).toEqual({
      holdApplicationUntilProxyStarts: true,
      drainDuration: '45s',
      proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true', MINIMUM_DRAIN_DURATION: '15s' },
    });
  });

  test('keeps the sidecar for as long as requests still arrive and are answered', () => {
    expect(proxyConfig({ deregisterWithin: Duration.minutes(5), drainFor: Duration.seconds(90) })).toMatchObject({
      drainDuration: '390s',
      proxyMetadata: { MINIMUM_DRAIN_DURATION: '300s' },
    });
  });

  test('gets AWS credentials without the sidecar', () => {
    expect(annotations()['traffic.sidecar.istio.io/excludeOutboundIPRanges']).toBe('169.254.170.23/32');
  });

  test('reaches the ports past it that have TLS of their own, in a fixed order', () => {
    const key = 'traffic.sidecar.istio.io/excludeOutboundPorts';

    expect(annotations({ bypassMesh: [10_000, 6379, 5432] })[key]).toBe('5432,6379,10000');
    expect(annotations()).not.toHaveProperty([key]);
    expect(annotations({ bypassMesh: [] })).not.toHaveProperty([key]);
  });

  test('may be told otherwise by annotations', () => {
    const own = { 'sidecar.istio.io/proxyCPU': '1' };

    expect(annotations({ annotations: own })).toMatchObject(own);
  });

  test('is no other pod in what the restricted level looks at', () => {
    expect(template(sidecar).spec).toEqual(template().spec);
  });

  test('holds the sidecar too', () => {
    const requests: string[] = [];
    manifests((chart) => {
      for (const mesh of [{}, sidecar, { mesh: 'ambient' as const }]) {
        const service = new WebService(chart, `Api${requests.length}`, { ...least, ...mesh });
        requests.push(`${service.requests.cpu} ${service.requests.memory}`);
      }
    });

    expect(requests).toEqual(['100m 128Mi', '200m 256Mi', '100m 128Mi']);
  });

  test('opens the sidecar to Prometheus and to istiod, and its own port to callers as before', () => {
    const ports = (rules: Manifest[]): number[] => rules.flatMap((rule) => rule.ports.map((one: Manifest) => one.port));
    const { ingress, egress } = policy({ ...sidecar, ingressFrom: [{ pods: { app: 'gateway' } }] });

    expect(ports(ingress)).toEqual([8080, 15020]);
    expect(ports(egress)).toEqual([53, 53, 80, 15012]);
  });
});

describe('scaling beside a sidecar', () => {
  test('measures the share of the container that it measured of the pod', () => {
    const given = {
      ...scaling,
      metrics: [
        { on: 'cpu', utilization: Percent.of(70) },
        { on: 'memory', utilization: Percent.of(80) },
      ],
    } as const;

    expect(metrics({ ...sidecar, scaling: given })).toEqual([
      {
        type: 'ContainerResource',
        containerResource: { name: 'cpu', container: 'api', target: { type: 'Utilization', averageUtilization: 70 } },
      },
      {
        type: 'ContainerResource',
        containerResource: {
          name: 'memory',
          container: 'api',
          target: { type: 'Utilization', averageUtilization: 80 },
        },
      },
    ]);
    expect(metrics({ scaling: given }).map(({ type }: Manifest) => type)).toEqual(['Resource', 'Resource']);
    expect(metrics({ mesh: 'ambient', scaling: given })).toEqual(metrics({ scaling: given }));
  });

  test('leaves every other metric, bound and pace as it is', () => {
    const given = {
      ...scaling,
      scaleDown: { stabilizationSeconds: 60 },
      metrics: [
        { on: 'container', container: 'helper', resource: 'cpu', utilization: Percent.of(70) },
        { on: 'cpu', average: Cpu.millis(500) },
        { on: 'pods', metric: { name: 'rps', series: 'requests_total' }, average: 5 },
      ],
    } as const;
    const spec = (props: Partial<WebServiceProps>) => only(synth(props), 'HorizontalPodAutoscaler').spec;

    expect(spec({ ...sidecar, scaling: given })).toEqual(spec({ scaling: given }));
  });

  test('refuses one share of pod and container alike, which would be the same twice', () => {
    const twice = {
      ...scaling,
      metrics: [
        { on: 'cpu', utilization: Percent.of(70) },
        { on: 'container', container: 'api', resource: 'cpu', utilization: Percent.of(60) },
      ],
    } as const;
    const found = (props: Partial<WebServiceProps>) =>
      ids(WebService.inspect('p', { ...least, ingressFrom: [], scaling: twice, ...props }));

    expect(found(sidecar)).toEqual(['scaling-metrics-are-distinct']);
    expect(found({})).toEqual([]);
  });

  test('lets the sidecar’s own request be moved, which nothing measures by', () => {
    const vertical = { mode: 'Recreate', containers: [{ container: 'istio-proxy', resources: ['cpu'] }] } as const;
    const found = (props: Partial<WebServiceProps>) =>
      ids(WebService.inspect('p', { ...least, ingressFrom: [], scaling, vertical, ...props }));

    expect(found(sidecar)).toEqual([]);
    expect(found({})).toContain('vertical-leaves-scaled-resources-alone');
  });

  test('is KEDA’s where KEDA owns the external metrics, by the same container', () => {
    const objects = synth({ ...sidecar, scaling, keda: {} });

    expect(objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler')).toEqual([]);
    expect(only(objects, 'ScaledObject').spec.triggers).toEqual([
      { type: 'cpu', metricType: 'Utilization', metadata: { value: '70', containerName: 'api' } },
    ]);
  });
});

describe('without a sidecar', () => {
  test.each([
    ['no mesh', {}],
    ['an ambient one', { mesh: 'ambient' as const }],
  ])('%s: what is said about sidecars changes nothing', (_, props) => {
    const said = { bypassMesh: [5432], plainInbound: [8080], sidecar: { requests: amounts(200, 128) } };

    expect(synth({ ...full, ...props, ...said })).toEqual(synth({ ...full, ...props }));
    expect(JSON.stringify(deployment({ ...full, ...props }))).not.toContain('istio');
  });

  test('pods that must not have one can say so in a namespace that injects them', () => {
    expect(template({ labels: OUTSIDE_THE_MESH }).metadata.labels).toMatchObject({
      'sidecar.istio.io/inject': 'false',
      'istio.io/dataplane-mode': 'none',
    });
  });
});

test('a gateway of nginx takes a sidecar as any web service does', () => {
  const objects = manifests((chart) => {
    new NginxProxy(chart, 'Gateway', {
      ...sidecar,
      name: 'gateway',
      namespace: 'shop',
      upstreams: [{ name: 'shop', service: 'shop', port: 8001 }],
      routes: [{ path: '/', upstream: 'shop' }],
      trustedProxies: ['10.0.0.0/20'],
      sidecar: { limits: amounts(1000, 256) },
    });
  });
  const { metadata } = only(objects, 'Deployment').spec.template;

  expect(metadata.labels['sidecar.istio.io/inject']).toBe('true');
  expect(metadata.annotations['sidecar.istio.io/proxyCPULimit']).toBe('1');
});

describe('a sidecar’s pod', () => {
  const egressTo = [{ cidr: '10.0.0.0/20', port: 5432 }];
  const average = { ...scaling, metrics: [{ on: 'memory', average: Memory.mib(100) }] } as const;
  const rows: readonly [check: string | undefined, it: string, props: Partial<WebServiceProps>][] = [
    [undefined, 'nothing more', sidecar],
    ['mesh-pod-port-is-free', 'the first port of Envoy', { ...sidecar, port: 15_000 }],
    ['mesh-pod-port-is-free', 'the last port of Envoy', { ...sidecar, port: 15_090 }],
    [undefined, 'the port before', { ...sidecar, port: 14_999 }],
    [undefined, 'the port after', { ...sidecar, port: 15_091 }],
    [undefined, 'such a port without a sidecar', { port: 15_000 }],
    ['mesh-pod-bypass-is-ports', 'port 0', { bypassMesh: [0] }],
    ['mesh-pod-bypass-is-ports', 'port 65536', { bypassMesh: [65_536] }],
    ['mesh-pod-bypass-is-ports', 'no number', { bypassMesh: [Number.NaN] }],
    ['mesh-pod-bypass-is-ports', 'a port twice', { bypassMesh: [5432, 5432] }],
    [undefined, 'ports 1 and 65535', { bypassMesh: [1, 65_535] }],
    ['mesh-pod-plain-ports-are-ports', 'port 0 in plain', { plainInbound: [0] }],
    ['mesh-pod-plain-ports-are-ports', 'port 65536 in plain', { plainInbound: [65_536] }],
    ['mesh-pod-plain-ports-are-ports', 'no number in plain', { plainInbound: [Number.NaN] }],
    ['mesh-pod-plain-ports-are-ports', 'a port twice in plain', { plainInbound: [8080, 8080] }],
    [undefined, 'ports 1 and 65535 in plain', { plainInbound: [1, 65_535] }],
    [
      'mesh-pod-plain-ports-are-for-callers-outside',
      'pods that call it in plain',
      { ...sidecar, plainInbound: [8080], ingressFrom: [{ pods: { app: 'web' } }] },
    ],
    [
      'mesh-pod-plain-ports-are-for-callers-outside',
      'pods that call another port of it in plain',
      { ...sidecar, plainInbound: [8081], ingressFrom: [{ pods: { app: 'web' }, port: 8081 }] },
    ],
    [
      undefined,
      'pods that call a port of the mesh',
      { ...sidecar, plainInbound: [8081], ingressFrom: [{ pods: { app: 'web' } }] },
    ],
    [
      undefined,
      'addresses that call it in plain',
      { ...sidecar, plainInbound: [8080], ingressFrom: [{ cidr: '10.0.0.0/20' }] },
    ],
    ['mesh-pod-bypass-is-open', 'a port that is closed', { ...sidecar, egressTo, bypassMesh: [5432, 6379] }],
    [undefined, 'a port that is open', { ...sidecar, egressTo, bypassMesh: [5432] }],
    ['mesh-pod-averages-leave-the-sidecar-out', 'an amount of memory', { ...sidecar, scaling: average }],
    [undefined, 'an amount of memory without a sidecar', { scaling: average }],
    ['sidecar-requests-are-set', 'nothing requested', { ...sidecar, sidecar: { requests: amounts(0, 128) } }],
    ['sidecar-requests-fit-limits', 'much requested', { ...sidecar, sidecar: { requests: amounts(501, 128) } }],
    [
      'sidecar-memory-holds-its-configuration',
      'little memory',
      { ...sidecar, sidecar: { requests: amounts(1, 1), limits: amounts(1, 1) } },
    ],
  ];

  test.each(rows)('%s: %s', (check, _, props) => {
    expect(ids(WebService.inspect('p', { ...least, ingressFrom: [], ...props }))).toEqual(check ? [check] : []);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([check]) => check ?? []))].sort()).toEqual(
      allIds(MESH_POD_CHECKS, SIDECAR_CHECKS),
    );
  });

  test('has its findings under the prop that they are about', () => {
    const [finding] = WebService.inspect('p', { ...least, ingressFrom: [], sidecar: { requests: amounts(0, 0) } });

    expect(finding?.prop).toBe('sidecar.requests');
  });

  test('warns of what works and refuses what does not', () => {
    const severities = WebService.inspect('p', {
      ...least,
      ...sidecar,
      ingressFrom: [],
      port: 15_001,
      bypassMesh: [7],
      scaling: average,
    }).map(({ check, severity }) => [check, severity]);

    expect(severities).toEqual([
      ['mesh-pod-port-is-free', 'error'],
      ['mesh-pod-bypass-is-open', 'warning'],
      ['mesh-pod-averages-leave-the-sidecar-out', 'warning'],
    ]);
  });

  test('keeps the declared policy in its props', () => {
    expect(webServicePlan({ ...least, ...sidecar }).scaling).toBeUndefined();
    expect(webServicePlan({ ...least, scaling }).scaling).toBe(scaling);
  });
});
