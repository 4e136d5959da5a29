import { clusterServices } from '../../../lib/kubernetes/gitops/cluster-services-plan';
import type { ClusterServicesProps } from '../../../lib/kubernetes/gitops/cluster-services-props';
import type { ObservabilityServices } from '../../../lib/kubernetes/gitops/observability-services';
import { serviceNamespaces } from '../../../lib/kubernetes/gitops/service-namespaces';
import { type ObservabilitySpec, observabilityPlan } from '../../../lib/model';
import { Duration, Memory, Percent } from '../../../lib/units';
import type { Manifest } from '../../support/manifests';

const spec: ObservabilitySpec = {
  metrics: { series: 100_000, storage: Memory.gib(50), longTerm: {} },
  logs: { perDay: Memory.gib(1), storage: Memory.gib(100) },
  traces: { spansPerSecond: 1000 },
};

const services = (given: ObservabilitySpec = spec): ObservabilityServices => ({
  plan: observabilityPlan(given),
  storageClass: 'gp3',
  placement: { labels: { group: 'stateful' }, tolerates: [{ key: 'group', value: 'stateful', effect: 'NoSchedule' }] },
  ...(given.metrics.longTerm && { bucket: 'shop-metrics' }),
  grafanaSecret: 'grafana-admin',
  userSecrets: { agent: 'agent-password', traces: 'jaeger-password', reader: 'reader-password' },
  authoritySecrets: { agent: 'agent-tls', traces: 'jaeger-tls', reader: 'reader-tls' },
});

const base: ClusterServicesProps = { clusterName: 'shop', region: 'eu-west-1', replicas: 3 };
const charts = (given?: ObservabilitySpec, more: Partial<ClusterServicesProps> = {}): ReadonlyMap<string, Manifest> =>
  new Map(
    clusterServices({ ...base, ...(given && { observability: services(given) }), ...more }).map(({ name, values }) => [
      name,
      values,
    ]),
  );
const values = (chart: string, given: ObservabilitySpec = spec, more: Partial<ClusterServicesProps> = {}): Manifest =>
  charts(given, more).get(chart);

const METRICS_ONLY: ObservabilitySpec = { metrics: { series: 10_000, storage: Memory.gib(10) } };

describe('charts', () => {
  const added = (given: ObservabilitySpec): string[] => {
    const without = charts();
    return [...charts(given).keys()].filter((name) => !without.has(name)).sort();
  };

  test.each([
    ['measurements on a volume', METRICS_ONLY, []],
    ['a bucket', { metrics: { ...METRICS_ONLY.metrics, longTerm: {} } }, ['thanos']],
    ['logs', { ...METRICS_ONLY, logs: spec.logs }, ['eck-operator', 'eck-operator-crds', 'fluent-bit']],
    ['all of it', spec, ['eck-operator', 'eck-operator-crds', 'fluent-bit', 'jaeger', 'thanos']],
  ] as const)('%s: those that it takes', (_, given, expected) => {
    expect(added(given as ObservabilitySpec)).toEqual(expected);
  });

  test('without a declaration every chart is told what it was told before', () => {
    expect(values('kube-prometheus-stack', undefined)).toBeDefined();
    const { grafana, prometheus } = charts().get('kube-prometheus-stack');
    expect(grafana).toEqual({ enabled: false });
    expect(Object.keys(prometheus)).toEqual(['podDisruptionBudget', 'prometheusSpec']);
    expect(prometheus.prometheusSpec.retention).toBe('24h');
  });

  test('only the agent of each node reaches into its node', () => {
    const all = clusterServices({ ...base, observability: services() });
    const open = serviceNamespaces(all, 'argocd').filter(({ level }) => level !== 'restricted');
    expect(open.map(({ name, level }) => [name, level])).toEqual([['log-agents', 'privileged']]);
    expect(open[0]?.reason).toMatch(/log agent/);
  });
});

describe('Prometheus', () => {
  const { prometheus } = values('kube-prometheus-stack');

  test('keeps what is declared on a volume, of which it fills four fifths', () => {
    const { retention, retentionSize, storageSpec } = prometheus.prometheusSpec;
    expect(retention).toBe('30d');
    // four fifths of 50 GiB in MiB, which Prometheus writes MB
    expect(retentionSize).toBe('40960MB');
    expect(storageSpec.volumeClaimTemplate.spec).toEqual({
      storageClassName: 'gp3',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '50Gi' } },
    });
  });

  test('says how many series its volume was counted for, and nothing where nobody counted', () => {
    expect(prometheus.annotations).toEqual({ 'headroom.dev/series': '100000' });
    expect(charts().get('kube-prometheus-stack').prometheus).not.toHaveProperty('annotations');
  });

  test('no longer holds its node, and runs where volumes are', () => {
    expect(prometheus.prometheusSpec.podMetadata).toBeUndefined();
    expect(prometheus.prometheusSpec.nodeSelector).toEqual({ group: 'stateful' });
    expect(prometheus.prometheusSpec.tolerations).toEqual([
      { key: 'group', operator: 'Equal', value: 'stateful', effect: 'NoSchedule' },
    ]);
  });

  test('uploads to the bucket by the identity of its account, without a key, and joins no blocks itself', () => {
    expect(prometheus.prometheusSpec.thanos.objectStorageConfig.secret).toEqual({
      type: 'S3',
      config: {
        bucket: 'shop-metrics',
        region: 'eu-west-1',
        endpoint: 's3.eu-west-1.amazonaws.com',
        aws_sdk_auth: true,
      },
    });
    expect(prometheus.prometheusSpec.disableCompaction).toBe(true);
    expect(prometheus.serviceAccount).toEqual({ create: true, name: 'prometheus' });
    expect(prometheus.thanosService.enabled).toBe(true);
  });

  test('uploads nothing where nothing is to be kept for longer', () => {
    const local = values('kube-prometheus-stack', METRICS_ONLY).prometheus;
    expect(local.prometheusSpec).not.toHaveProperty('thanos');
    expect(local).not.toHaveProperty('serviceAccount');
    expect(local).not.toHaveProperty('thanosService');
  });

  test('has more memory with more series', () => {
    const room = (series: number) =>
      values('kube-prometheus-stack', { metrics: { series, storage: Memory.gib(500) } }).prometheus.prometheusSpec
        .resources;
    expect(room(100_000).requests.memory).toBe('2Gi');
    expect(room(1_000_000).requests.memory).toBe('7936Mi');
    expect(room(1_000_000).limits.memory).toBe('11904Mi');
  });
});

describe('Thanos', () => {
  const thanos = values('thanos');

  test('only the compactor deletes, after a year, whatever the resolution', () => {
    expect(thanos.compact.extraArgs).toEqual([
      '--retention.resolution-raw=365d',
      '--retention.resolution-5m=365d',
      '--retention.resolution-1h=365d',
    ]);
  });

  test('joins nothing that cannot be taken apart again, and shows each series once', () => {
    expect(thanos.compact.deduplication).toEqual({ enabled: false });
    expect(thanos.additionalReplicaLabels).toEqual(['prometheus_replica']);
  });

  test('asks each Prometheus by the Service that its chart makes', () => {
    expect(thanos.additionalEndpoints).toEqual([
      'dnssrv+_grpc._tcp.kube-prometheus-stack-thanos-discovery.monitoring.svc',
    ]);
  });

  test('finds the bucket as Prometheus does', () => {
    const { objectStorageConfig } = values('kube-prometheus-stack').prometheus.prometheusSpec.thanos;
    expect(thanos.objstoreConfig.value).toEqual(objectStorageConfig.secret);
  });

  test('runs as often as declared, but for the compactor', () => {
    expect([thanos.query.replicas, thanos.storeGateway.replicas, thanos.compact.replicas]).toEqual([3, 3, undefined]);
    for (const part of ['query', 'storeGateway']) {
      expect(thanos[part].podDisruptionBudget).toEqual({ enabled: true, maxUnavailable: 1 });
    }
  });
});

describe('Grafana', () => {
  const grafana = (given = spec) => values('kube-prometheus-stack', given).grafana;

  test('shows nothing to anybody without a password, which stands nowhere', () => {
    expect(grafana()['grafana.ini']['auth.anonymous']).toEqual({ enabled: false });
    expect(grafana()['grafana.ini'].users.allow_sign_up).toBe(false);
    expect(grafana().admin).toEqual({ existingSecret: 'grafana-admin', userKey: 'username', passwordKey: 'password' });
    expect(grafana()).not.toHaveProperty('adminPassword');
  });

  test('is one pod without a volume: all that it shows is provisioned', () => {
    expect([grafana().replicas, grafana().persistence]).toEqual([1, { enabled: false }]);
    expect(grafana().initChownData).toEqual({ enabled: false });
  });

  test('answers where the documents say', () => {
    expect([grafana().fullnameOverride, grafana().service.port]).toEqual(['monitoring-dashboard', 3000]);
  });

  test('finds dashboards by a label, with a role that reads no Secrets', () => {
    expect(grafana().sidecar.dashboards).toMatchObject({
      enabled: true,
      label: 'grafana_dashboard',
      labelValue: '1',
      searchNamespace: 'monitoring',
      resource: 'configmap',
    });
    expect(grafana().rbac).toMatchObject({ namespaced: true, useExistingRole: 'dashboard-reader' });
  });

  const sources = (given?: ObservabilitySpec): Manifest[] => grafana(given).datasources['datasources.yaml'].datasources;

  test.each([
    [METRICS_ONLY, ['Prometheus']],
    [{ ...METRICS_ONLY, logs: spec.logs }, ['Prometheus', 'Logs']],
    [spec, ['Thanos', 'Prometheus', 'Logs', 'Traces']],
  ] as const)('knows what there is to look at', (given, expected) => {
    const found = sources(given as ObservabilitySpec);
    expect(found.map(({ name }) => name)).toEqual(expected);
    expect(found.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual([expected[0]]);
  });

  test('reads logs by its own user, over TLS that is verified', () => {
    const logs = sources().find(({ name }) => name === 'Logs');
    expect(logs).toMatchObject({
      url: 'https://logs-es-http.logging.svc:9200',
      basicAuthUser: 'log-reader',
      jsonData: { index: 'pod-logs', tlsAuthWithCACert: true },
      secureJsonData: { basicAuthPassword: '$LOG_READER_PASSWORD', tlsCACert: '$LOG_STORE_AUTHORITY' },
    });
    expect(grafana().envValueFrom).toEqual({
      LOG_READER_PASSWORD: { secretKeyRef: { name: 'reader-password', key: 'password' } },
      LOG_STORE_AUTHORITY: { secretKeyRef: { name: 'reader-tls', key: 'ca.crt' } },
    });
  });

  test('is not there where dashboards are off', () => {
    expect(grafana({ ...spec, dashboards: 'off' })).toEqual({ enabled: false });
  });
});

describe('Fluent Bit', () => {
  const agent = values('fluent-bit');

  test('runs on every node, and goes last', () => {
    expect(agent.kind).toBe('DaemonSet');
    expect(agent.tolerations).toEqual([{ operator: 'Exists' }]);
    expect(agent.priorityClassName).toBe('system-node-critical');
  });

  test('is root without the powers of root, and writes to one folder alone', () => {
    expect(agent.securityContext).toEqual({
      runAsUser: 0,
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const mounts: Manifest[] = [...agent.daemonSetVolumeMounts, ...agent.extraVolumeMounts];
    expect(mounts.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath)).toEqual([
      '/var/lib/fluent-bit',
    ]);
  });

  test('has its password from a Secret', () => {
    expect(agent.env[0]).toEqual({
      name: 'LOG_STORE_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'agent-password', key: 'password' } },
    });
    expect(agent.config.outputs).toContain(['$', '{LOG_STORE_PASSWORD}'].join(''));
  });
});

describe('Jaeger', () => {
  test('has indices of traces go after the declared days', () => {
    expect(values('jaeger').esIndexCleaner).toMatchObject({ enabled: true, numberOfDays: 7 });
    const traces = { spansPerSecond: 1000, retention: Duration.days(3) };
    expect(values('jaeger', { ...spec, traces }).esIndexCleaner.numberOfDays).toBe(3);
  });

  test('keeps copies only where another member can have them', () => {
    const copies = (members: number) =>
      values('jaeger', { ...spec, logs: { perDay: Memory.gib(1), storage: Memory.gib(100), members } }).userconfig
        .extensions.jaeger_storage.backends.elasticsearch.elasticsearch.indices.spans.replicas;
    expect([copies(1), copies(3)]).toEqual([0, 1]);
  });

  test('lets one pod go at a time, where there are several', () => {
    expect(values('jaeger').extraObjects[0].spec.maxUnavailable).toBe(1);
    expect(values('jaeger', spec, { replicas: 1, stage: 'development' })).not.toHaveProperty('extraObjects');
  });

  test('holds no password', () => {
    expect(values('jaeger').storage.elasticsearch).toEqual({
      url: 'https://logs-es-http.logging.svc:9200',
      user: 'jaeger',
    });
  });
});

describe('the mesh', () => {
  const mesh = (given: ObservabilitySpec | undefined): Manifest =>
    charts(given, { mesh: 'istio' }).get('istiod').meshConfig;

  test('knows where spans go only where something is traced', () => {
    expect(mesh(spec)).toMatchObject({
      enableTracing: true,
      extensionProviders: [
        { name: 'traces', opentelemetry: { service: 'jaeger.tracing.svc.cluster.local', port: 4317 } },
      ],
    });
    expect(mesh(METRICS_ONLY)).toEqual(mesh(undefined));
  });
});

test('the operator of Elasticsearch looks after one namespace, and brings no definitions', () => {
  expect(values('eck-operator')).toMatchObject({
    installCRDs: false,
    managedNamespaces: ['logging'],
    replicaCount: 3,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  });
});

test('all that ask for something have a limit', () => {
  const objectsIn = (value: Manifest): Manifest[] =>
    typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
  const names = ['kube-prometheus-stack', 'thanos', 'fluent-bit', 'jaeger', 'eck-operator'];
  const rooms = names
    .flatMap((name) => objectsIn(values(name)))
    .filter((object) => 'limits' in object || ('requests' in object && !('storage' in object.requests)));
  expect(rooms.length).toBeGreaterThan(12);
  for (const { requests, limits } of rooms) {
    expect([Object.keys(requests), Object.keys(limits)]).toEqual([
      ['cpu', 'memory'],
      ['cpu', 'memory'],
    ]);
  }
});

test('a share of one in a thousand stays what it is', () => {
  expect(
    observabilityPlan({ ...spec, traces: { spansPerSecond: 1, sampling: Percent.of(0.1) } }).traces?.sampling.toRatio(),
  ).toBe(0.001);
});
