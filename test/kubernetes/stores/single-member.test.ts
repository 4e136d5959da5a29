import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { podResources } from '../../../lib/kubernetes/pod-resources';
import { PostgresServer } from '../../../lib/kubernetes/stores/postgres-server';
import { postgresServerPlan } from '../../../lib/kubernetes/stores/postgres-server-plan';
import { postgresServerPod } from '../../../lib/kubernetes/stores/postgres-server-pod';
import { RedisServer } from '../../../lib/kubernetes/stores/redis-server';
import { redisServerPlan } from '../../../lib/kubernetes/stores/redis-server-plan';
import { redisServerPod } from '../../../lib/kubernetes/stores/redis-server-pod';
import { STORE_PLACE_CHECKS } from '../../../lib/kubernetes/stores/store-checks';
import type { StoreProps } from '../../../lib/kubernetes/stores/store-props';
import { VectorDatabase } from '../../../lib/kubernetes/stores/vector-database';
import { vectorDatabasePlan } from '../../../lib/kubernetes/stores/vector-database-plan';
import { vectorDatabasePod } from '../../../lib/kubernetes/stores/vector-database-pod';
import type { StoreSpec } from '../../../lib/model/store/store';
import { STORE_CHECKS } from '../../../lib/model/store/store-checks';
import { Cpu, Memory } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { violations } from '../../support/hardening';
import { type Manifest, manifests, only } from '../../support/manifests';

type Common = StoreProps & StoreSpec;

const common: Common = { name: 'main', priorityClass: 'critical', clients: [{ pods: { app: 'orders' } }] };

const postgres = (props: Partial<Common>) => ({
  ...common,
  kind: 'server' as const,
  databaseName: 'shop',
  maxConnections: 200,
  roles: [{ secretName: 'orders-main' }],
  ...props,
});
const redis = (props: Partial<Common>) => ({ ...common, kind: 'server' as const, ...props });
const vectors = (props: Partial<Common>) => ({ ...common, ...props });

/** The three kinds, by what is different about them here. */
const KINDS = [
  {
    kind: 'PostgresServer',
    port: 5432,
    metricsPort: 9187,
    claims: { data: '20Gi' },
    requests: ['2', '4Gi'],
    limits: ['4', '8Gi'],
    build: (scope: Construct, props: Partial<Common>) => new PostgresServer(scope, 'Store', postgres(props)),
    inspect: (props: Partial<Common>) => PostgresServer.inspect('shop/main', postgres(props)),
    pod: (props: Partial<Common>) => postgresServerPod(postgresServerPlan(postgres(props))),
  },
  {
    kind: 'RedisServer',
    port: 6379,
    metricsPort: 9121,
    claims: { data: '2Gi' },
    requests: ['500m', '512Mi'],
    limits: ['1', '1Gi'],
    build: (scope: Construct, props: Partial<Common>) => new RedisServer(scope, 'Store', redis(props)),
    inspect: (props: Partial<Common>) => RedisServer.inspect('shop/main', redis(props)),
    pod: (props: Partial<Common>) => redisServerPod(redisServerPlan(redis(props))),
  },
  {
    kind: 'VectorDatabase',
    port: 6333,
    metricsPort: 6336,
    claims: { storage: '20Gi', snapshots: '20Gi' },
    requests: ['1', '2Gi'],
    limits: ['2', '4Gi'],
    build: (scope: Construct, props: Partial<Common>) => new VectorDatabase(scope, 'Store', vectors(props)),
    inspect: (props: Partial<Common>) => VectorDatabase.inspect('shop/main', vectors(props)),
    pod: (props: Partial<Common>) => vectorDatabasePod(vectorDatabasePlan(vectors(props))),
  },
];

const all = (objects: readonly Manifest[], kind: string): Manifest[] =>
  objects.filter((object) => object.kind === kind);

describe.each(KINDS)('$kind', ({ kind, port, metricsPort, claims, requests, limits, build, inspect, pod }) => {
  const synth = (props: Partial<Common> = {}): Manifest[] => manifests((chart) => build(chart, props));
  const set = (props?: Partial<Common>) => only(synth(props), 'StatefulSet');
  const spec = (props?: Partial<Common>) => set(props).spec.template.spec;

  test('is a StatefulSet of one pod behind a headless Service, which comes back however broken its update was', () => {
    const objects = synth();
    const { metadata, spec } = only(objects, 'StatefulSet');
    expect(metadata.name).toBe('main');
    expect(spec).toMatchObject({ serviceName: 'main-members', replicas: 1, podManagementPolicy: 'Parallel' });
    expect(only(objects, 'Service', 'main-members').spec).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
    });
  });

  test('is what `node.defaultChild` leads to', () => {
    const store = build(new Chart(Testing.app(), 'test'), {});
    expect(store.node.defaultChild).toMatchObject({ kind: 'StatefulSet' });
  });

  test('keeps its objects apart from the name that services use, and answers to aliases', () => {
    const objects = synth({ objectName: 'postgres', aliases: ['db-postgres', 'db'] });
    expect(only(objects, 'StatefulSet').metadata.name).toBe('postgres');
    const services = all(objects, 'Service');
    expect(services.map(({ metadata }) => metadata.name)).toEqual([
      'postgres-members',
      'postgres',
      'db-postgres',
      'db',
    ]);
    const [, own, ...aliases] = services;
    for (const alias of aliases) expect(alias.spec).toEqual(own.spec);
  });

  test('tells clients and certificates its names, with the namespace if that is known', () => {
    const inChart = (namespace?: string) => {
      const chart = new Chart(Testing.app(), 'test', namespace === undefined ? {} : { namespace });
      return build(chart, { objectName: 'store', aliases: ['old'] });
    };
    expect(inChart()).toMatchObject({ name: 'store', serviceName: 'store', host: 'store', port });
    expect(inChart().certificateNames).toEqual(['store', 'old']);
    const { host, certificateNames } = inChart('shop');
    expect(host).toBe('store.shop.svc');
    const certificate = {
      subject: {},
      subjectaltname: certificateNames.map((name) => `DNS:${name}`).join(', '),
    } as unknown as PeerCertificate;
    for (const name of [
      'store',
      'old.shop',
      'store.shop.svc',
      'old.shop.svc.cluster.local',
      'store-0.store-members.shop.svc',
    ]) {
      expect(checkServerIdentity(name, certificate)).toBeUndefined();
    }
    expect(checkServerIdentity('store.other.svc', certificate)).toBeDefined();
  });

  test('is open to its clients and, for metrics, to Prometheus; itself it goes nowhere it need not', () => {
    const { spec } = only(synth(), 'NetworkPolicy');
    const doors = spec.ingress.map(({ from, ports }: Manifest) => [
      from[0].podSelector.matchLabels.app ?? from[0].podSelector.matchLabels['app.kubernetes.io/name'],
      ports[0].port,
    ]);
    expect(doors).toContainEqual(['orders', port]);
    expect(doors).toContainEqual(['prometheus', metricsPort]);
    expect(doors).not.toContainEqual(['orders', metricsPort]);
    expect(doors).not.toContainEqual(['prometheus', port]);
    expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
    const out = (spec.egress ?? []).flatMap(({ ports }: Manifest) => ports.map((one: Manifest) => one.port));
    expect(new Set(out)).toEqual(new Set(kind === 'RedisServer' ? [53] : []));
  });

  test('never keeps a node from being drained', () => {
    expect(only(synth(), 'PodDisruptionBudget').spec).toMatchObject({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('keeps its volumes unless told otherwise, of the class that is named', () => {
    const kept = set({ storageClass: 'gp3' }).spec;
    expect(kept.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
    const sizes = kept.volumeClaimTemplates.map(({ metadata, spec }: Manifest) => {
      expect(spec).toMatchObject({ accessModes: ['ReadWriteOnce'], storageClassName: 'gp3' });
      return [metadata.name, spec.resources.requests.storage];
    });
    expect(Object.fromEntries(sizes)).toEqual(claims);

    const dropped = set({ whenDeleted: 'Delete' }).spec;
    expect(dropped.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Delete', whenScaled: 'Retain' });
    expect(dropped.volumeClaimTemplates[0].spec).not.toHaveProperty('storageClassName');
  });

  test('every volume of the pod is mounted, and every mount has a volume', () => {
    for (const tls of [undefined, 'off'] as const) {
      const { spec } = set(tls === undefined ? {} : { tls });
      const { containers, initContainers = [], volumes } = spec.template.spec;
      const mounted = [...containers, ...initContainers].flatMap(({ volumeMounts }: Manifest) =>
        volumeMounts.map(({ name }: Manifest) => name),
      );
      const there = [...volumes, ...spec.volumeClaimTemplates.map(({ metadata }: Manifest) => metadata)];
      expect([...new Set(mounted)].sort()).toEqual(there.map(({ name }: Manifest) => name).sort());
    }
  });

  test('has the documented resources', () => {
    const [{ resources }] = spec().containers;
    expect([resources.requests.cpu, resources.requests.memory]).toEqual(requests);
    expect([resources.limits.cpu, resources.limits.memory]).toEqual(limits);
  });

  test('takes the resources that it is given, and lowers the request with the limit', () => {
    const [{ resources }] = spec({
      cpu: Cpu.millis(100),
      cpuLimit: Cpu.millis(200),
      memory: Memory.mib(500),
    }).containers;
    expect(resources.requests).toMatchObject({ cpu: '100m', memory: '500Mi' });
    expect(resources.limits).toMatchObject({ cpu: '200m', memory: '500Mi' });
  });

  test('tells what its pod holds before it is built', () => {
    const { requests: held } = podResources(pod({}));
    const sum = spec().containers.reduce(
      (total: Memory, { resources }: Manifest) => total.plus(Memory.parse(resources.requests.memory)),
      Memory.bytes(0),
    );
    expect(`${held.memory}`).toBe(`${sum}`);
  });

  test('runs where it is placed: on the declared group, or as the placement says', () => {
    expect(spec()).not.toHaveProperty('nodeSelector');
    expect(spec({ nodes: 'stateful' }).nodeSelector).toEqual({ 'headroom.dev/node-group': 'stateful' });
    const taint = { key: 'kind', value: 'stateful', effect: 'NoSchedule' } as const;
    expect(spec({ nodes: 'stateful', placement: { labels: { zone: 'a' }, tolerates: [taint] } })).toMatchObject({
      nodeSelector: { zone: 'a' },
      tolerations: [{ ...taint, operator: 'Equal' }],
    });
  });

  test('keeps certificate and password in files of their Secrets, and nothing of them in its manifests', () => {
    const secrets = (props?: Partial<Common>) =>
      spec(props).volumes.flatMap(({ secret }: Manifest) => (secret ? [[secret.secretName, secret.items?.[0]]] : []));
    expect(secrets()).toEqual([
      ['main-auth', { key: 'password', path: 'password' }],
      ['main-tls', undefined],
    ]);
    expect(secrets({ auth: { secretName: 'a', key: 'b' }, tls: { secretName: 'c' } })).toEqual([
      ['a', { key: 'b', path: 'password' }],
      ['c', undefined],
    ]);
    expect(secrets({ tls: 'off' })).toEqual([['main-auth', { key: 'password', path: 'password' }]]);
  });

  test('is closed to the mesh, which could only break what is encrypted already', () => {
    expect(set().spec.template.metadata.labels).toMatchObject({
      'sidecar.istio.io/inject': 'false',
      'istio.io/dataplane-mode': 'none',
    });
  });

  test('a changed configuration restarts the pod, and changes nothing else but the configuration', () => {
    const before = new Map(synth().map((object) => [`${object.kind}/${object.metadata.name}`, JSON.stringify(object)]));
    const after = synth({ tls: 'off', auth: { secretName: 'main-auth', key: 'password' } });
    const changed = after
      .map((object) => [`${object.kind}/${object.metadata.name}`, JSON.stringify(object)])
      .filter(([key, text]) => before.get(key ?? '') !== text)
      .map(([key]) => key);
    const services = kind === 'VectorDatabase' ? ['Service/main-members', 'Service/main'] : [];
    expect(changed).toEqual(['ConfigMap/main-config', ...services, 'StatefulSet/main']);
    const checksum = (objects: readonly Manifest[]) =>
      only(objects, 'StatefulSet').spec.template.metadata.annotations['headroom.dev/config-checksum'];
    expect(checksum(after)).not.toBe(checksum(synth()));
  });

  test('linters have nothing to say about it', () => {
    const client = {
      kind: 'Job',
      metadata: { name: 'orders' },
      spec: { template: { metadata: { labels: { app: 'orders' } }, spec: { containers: [] } } },
    };
    const said = (props?: Partial<Common>) =>
      violations([...synth(props), client]).filter((line) => !line.startsWith('Job/orders'));
    // The exporter of Redis reads the name of the file with its password from a variable with a telling name.
    const known = kind === 'RedisServer' ? ['StatefulSet/main: env-var-secret'] : [];
    expect(said()).toEqual(known);
    expect(said({ tls: 'off', scrapers: [], aliases: ['other'] })).toEqual(known);
  });

  describe('its checks', () => {
    const digest = `registry.example.com/store@sha256:${'a'.repeat(64)}`;

    const broken: readonly [check: string, props: Partial<Common>][] = [
      [
        'store-name-is-a-dns-label',
        { name: 'Main', objectName: 'main', tls: { secretName: 'a' }, auth: { secretName: 'a', key: 'b' } },
      ],
      ['store-object-name-is-a-short-service-name', { objectName: 'a'.repeat(41) }],
      ['store-object-name-is-a-short-service-name', { objectName: '1st' }],
      ['store-object-name-is-a-short-service-name', { objectName: '' }],
      ['store-aliases-are-service-names', { aliases: ['ok', 'not ok'] }],
      ['store-services-have-different-names', { aliases: ['a', 'a'] }],
      ['store-services-have-different-names', { aliases: ['main'] }],
      ['store-services-have-different-names', { aliases: ['main-members'] }],
      ['store-password-version-counts', { passwordVersion: 0 }],
      ['store-password-version-counts', { passwordVersion: 1.5 }],
      ['store-password-version-counts', { passwordVersion: Number.NaN }],
      ['store-port-is-unprivileged', { port: 1023 }],
      ['store-port-is-unprivileged', { port: 65_536 }],
      ['store-port-is-unprivileged', { port: Number.NaN }],
      ['store-cpu-is-enough', { cpu: Cpu.millis(9) }],
      ['store-cpu-limit-covers-the-request', { cpu: Cpu.millis(101), cpuLimit: Cpu.millis(100) }],
      ['store-memory-limit-covers-the-request', { memoryRequest: Memory.mib(8193), memory: Memory.gib(8) }],
      ['store-memory-limit-covers-the-request', { memoryRequest: Memory.bytes(0) }],
      ['store-volume-is-offered', { storage: Memory.mib(1023) }],
      ['store-volume-is-offered', { storage: Memory.gib(16_385) }],
      ['store-measured-rate-is-one', { measuredRps: 0 }],
      ['store-measured-rate-is-one', { measuredRps: 1.5 }],
      ['store-image-is-a-reference', { image: 'Store:1' }],
      ['store-image-is-pinned', { image: 'store' }],
      ['store-image-is-pinned', { image: 'store:latest' }],
      ['store-speaks-tls', { tls: 'off' }],
      ['store-tls-secret-is-named', { tls: { secretName: 'Main TLS' } }],
      ['store-auth-secret-is-named', { auth: { secretName: '', key: 'password' } }],
      ['store-auth-secret-is-named', { auth: { secretName: 'main-auth', key: 'a/b' } }],
      ['store-has-a-client', { clients: [] }],
      ['store-storage-class-is-named', { storageClass: 'Fast' }],
      ['store-retention-is-known', { whenDeleted: 'Keep' as 'Retain' }],
      ['store-stays-on-its-node', { placement: { capacity: 'spot' } }],
      ['store-priority-class-is-named', { priorityClass: 'a_b' }],
      ['store-product-is-a-label', { partOf: 'a b' }],
      ['store-product-is-a-label', { partOf: '' }],
    ];

    test.each(broken)('%s is reported for %j', (check, props) => {
      const found = ids(inspect(props));
      expect(found.filter((id) => id.startsWith('store-'))).toEqual([check]);
    });

    test('store-memory-is-enough is reported below 128Mi', () => {
      expect(ids(inspect({ memory: Memory.mib(127) }))).toContain('store-memory-is-enough');
      expect(ids(inspect({ memory: Memory.mib(128) }))).not.toContain('store-memory-is-enough');
    });

    test.each<Partial<Common>>([
      {},
      { image: digest },
      { objectName: 'a'.repeat(40), aliases: ['a'.repeat(39)] },
      { port: 1024 },
      { port: 65_535 },
      { cpu: Cpu.millis(10), cpuLimit: Cpu.millis(10) },
      { memory: Memory.gib(8), memoryRequest: Memory.gib(8) },
      { storage: Memory.gib(16_384) },
      { measuredRps: 1 },
      { storageClass: 'gp3.fast', placement: { capacity: 'on-demand' }, whenDeleted: 'Delete' },
    ])('accepts %j', (props) => {
      expect(ids(inspect(props)).filter((id) => id.startsWith('store-'))).toEqual([]);
    });

    test('reports what peers and placement know, too', () => {
      const wrong = { pods: { app: 'a b' } };
      const found = (props: Partial<Common>) => ids(inspect(props)).filter((id) => /^(network|node)-/.test(id));
      expect(found({ clients: [wrong] })).toEqual(['network-peer-labels-are-valid']);
      expect(found({ scrapers: [wrong] })).toEqual(['network-peer-labels-are-valid']);
      expect(found({ placement: { labels: wrong.pods } })).toEqual(['node-placement-labels-are-valid']);
    });

    test('errors keep it from being built, warnings do not', () => {
      expect(refused(() => synth({ image: 'store', storage: Memory.mib(1) }))).toEqual([
        'store-volume-is-offered',
        ...(kind === 'RedisServer' ? ['redis-storage-holds-two-copies'] : []),
        ...(kind === 'VectorDatabase' ? ['vector-database-snapshot-volume-is-offered'] : []),
        'store-image-is-pinned',
      ]);
      expect(refused(() => synth({ tls: 'off', clients: [] }))).toEqual([]);
    });

    test('every check has a failing row', () => {
      const rows = [...broken.map(([check]) => check), 'store-memory-is-enough'];
      expect([...new Set(rows)].sort()).toEqual(allIds(STORE_CHECKS, STORE_PLACE_CHECKS));
    });
  });
});
