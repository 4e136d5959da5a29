import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { Chart, Testing } from 'cdk8s';
import { RedisCluster } from '../../../lib/kubernetes/redis/redis-cluster';
import { REDIS_CLUSTER_CHECKS } from '../../../lib/kubernetes/redis/redis-cluster-checks';
import type { RedisClusterProps } from '../../../lib/kubernetes/redis/redis-plan';
import { Cpu, Duration, Memory } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const valid: RedisClusterProps = {
  name: 'cache',
  memory: Memory.gib(3),
  zones: ['a', 'b', 'c'],
  clients: [{ pods: { app: 'orders' } }],
};

const synth = (props: Partial<RedisClusterProps> = {}): Manifest[] =>
  manifests((chart) => new RedisCluster(chart, 'Cache', { ...valid, ...props }));

const cluster = (namespace?: string) =>
  new RedisCluster(new Chart(Testing.app(), 'test', namespace === undefined ? {} : { namespace }), 'Cache', {
    ...valid,
    port: 6389,
  });

/** What a client sees of a certificate for those names. */
const certificateFor = (names: readonly string[]) =>
  ({ subject: {}, subjectaltname: names.map((name) => `DNS:${name}`).join(', ') }) as unknown as PeerCertificate;

const all = (objects: readonly Manifest[], kind: string): Manifest[] =>
  objects.filter((object) => object.kind === kind);
const shard = (objects: readonly Manifest[], number = 0) => only(objects, 'StatefulSet', `cache-shard-${number}`);
const pod = (objects: readonly Manifest[]) => shard(objects).spec.template.spec;
const container = (objects: readonly Manifest[], name: string) =>
  [...pod(objects).containers, ...pod(objects).initContainers].find((one: Manifest) => one.name === name);
const env = (one: Manifest, name: string) => one.env.find((variable: Manifest) => variable.name === name)?.value;
const conf = (objects: readonly Manifest[]): string[] =>
  only(objects, 'ConfigMap', 'cache-config').data['redis.conf'].split('\n');
const job = (objects: readonly Manifest[]) => all(objects, 'Job')[0];
const reconciler = (object: Manifest) => object.spec.template.spec.containers[0];
const cron = (objects: readonly Manifest[]) => only(objects, 'CronJob', 'cache-reconciler');

/** Whether a selector means those labels. */
const means = (selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** `kind/name` of what differs between two syntheses. */
function changed(before: readonly Manifest[], after: readonly Manifest[]): string[] {
  const key = ({ kind, metadata }: Manifest) => `${kind}/${metadata.name}`;
  const old = new Map(before.map((object) => [key(object), JSON.stringify(object)]));
  return after.filter((object) => old.get(key(object)) !== JSON.stringify(object)).map(key);
}

const SHARDS = [0, 1, 2].map((number) => `StatefulSet/cache-shard-${number}`);

describe('RedisCluster', () => {
  test('is one StatefulSet for each shard, of a primary and its replicas', () => {
    const sets = all(synth({ shards: 5, replicasPerShard: 2 }), 'StatefulSet');
    expect(sets.map(({ metadata, spec }) => [metadata.name, spec.replicas])).toEqual([
      ['cache-shard-0', 3],
      ['cache-shard-1', 3],
      ['cache-shard-2', 3],
      ['cache-shard-3', 3],
      ['cache-shard-4', 3],
    ]);
  });

  test('holds the members of a shard in different zones, and each shard at home in the next zone', () => {
    const objects = synth({ shards: 4 });
    const spread = { maxSkew: 1, minDomains: 2, whenUnsatisfiable: 'DoNotSchedule' };
    for (const number of [0, 1, 2, 3]) {
      const { selector, template } = shard(objects, number).spec;
      const [zones] = template.spec.topologySpreadConstraints;
      expect(zones).toMatchObject({ ...spread, topologyKey: 'topology.kubernetes.io/zone', labelSelector: selector });
      const [apart] = template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
      expect(apart).toEqual({ topologyKey: 'kubernetes.io/hostname', labelSelector: selector });
      const { nodeAffinity } = template.spec.affinity;
      const [home] = nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution;
      expect(home.preference.matchExpressions[0].values).toEqual(['abca'[number]]);
      const [term] = nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
      expect(term.matchExpressions[0]).toMatchObject({ operator: 'In', values: ['a', 'b', 'c'] });
    }
  });

  test('lets members come back in any order, and updates them one by one', () => {
    expect(shard(synth()).spec).toMatchObject({
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      minReadySeconds: 10,
    });
  });

  test('keeps its volumes, sized for two copies of the data', () => {
    const { persistentVolumeClaimRetentionPolicy, volumeClaimTemplates } = shard(synth({ storageClass: 'gp3' })).spec;
    expect(persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
    expect(volumeClaimTemplates[0].spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'gp3',
      resources: { requests: { storage: '6Gi' } },
    });
    expect(shard(synth()).spec.volumeClaimTemplates[0].spec).not.toHaveProperty('storageClassName');
  });

  test('selectors of shards tell them apart; those of Services, budget and policy mean all members and no job', () => {
    const objects = synth();
    const members = [0, 1, 2].map((number) => shard(objects, number).spec.template.metadata.labels);
    const jobs = [job(objects).spec.template, cron(objects).spec.jobTemplate.spec.template];
    for (const number of [0, 1, 2]) {
      const { matchLabels } = shard(objects, number).spec.selector;
      expect(members.map((labels) => means(matchLabels, labels))).toEqual([0, 1, 2].map((other) => other === number));
    }
    const shared = [
      ...all(objects, 'Service').map(({ spec }) => spec.selector),
      only(objects, 'PodDisruptionBudget').spec.selector.matchLabels,
      only(objects, 'NetworkPolicy', 'cache').spec.podSelector.matchLabels,
    ];
    for (const selector of shared) {
      expect(members.every((labels) => means(selector, labels))).toBe(true);
      expect(jobs.some(({ metadata }) => means(selector, metadata.labels))).toBe(false);
    }
    const { matchLabels } = only(objects, 'NetworkPolicy', 'cache-reconciler').spec.podSelector;
    expect(jobs.every(({ metadata }) => means(matchLabels, metadata.labels))).toBe(true);
  });

  test('gives members names before they are ready, through the Service that governs them', () => {
    const objects = synth({ port: 6389 });
    const members = only(objects, 'Service', 'cache-members');
    expect(shard(objects).spec.serviceName).toBe('cache-members');
    expect(members.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(members.spec.ports.map(({ port }: Manifest) => port)).toEqual([6389, 16_389, 9121]);
    const { ports } = only(objects, 'Service', 'cache').spec;
    expect(ports).toEqual([{ name: 'redis', port: 6389, targetPort: 'redis', protocol: 'TCP' }]);
    expect(env(container(objects, 'redis'), 'REDIS_HOSTNAME')).toBe('$(POD_NAME).cache-members.$(POD_NAMESPACE).svc');
  });

  test('tells clients every member by name, with the namespace if that is known', () => {
    expect(cluster().clientAddresses).toHaveLength(6);
    expect(cluster().clientAddresses[0]).toBe('cache-shard-0-0.cache-members:6389');
    expect(cluster('shop').clientAddresses[5]).toBe('cache-shard-2-1.cache-members.shop.svc:6389');
  });

  test('names every name that a certificate needs', () => {
    expect(cluster().certificateNames).toEqual(['cache']);
    expect(cluster('shop').certificateNames).toEqual([
      'cache',
      '*.cache-members.shop',
      'cache.shop',
      '*.cache-members.shop.svc',
      'cache.shop.svc',
      '*.cache-members.shop.svc.cluster.local',
      'cache.shop.svc.cluster.local',
    ]);
  });

  test('a client that verifies names accepts each member by the address it is told', () => {
    const { certificateNames: names, clientAddresses: addresses } = cluster('shop');
    expect(addresses).toHaveLength(6);
    for (const host of ['cache', ...addresses.map((address) => address.replace(/:6389$/, ''))]) {
      expect(checkServerIdentity(host, certificateFor(names))).toBeUndefined();
    }
    const [short] = cluster().clientAddresses;
    expect(checkServerIdentity(`${short}`.replace(/:6389$/, ''), certificateFor(names))).toBeDefined();
  });

  test('no wildcard is refused by OpenSSL, which wants two dots behind it', () => {
    const wildcards = cluster('shop').certificateNames.filter((name) => name.includes('*'));
    expect(wildcards.filter((name) => !/^\*(\.[a-z0-9-]+){2,}$/.test(name))).toEqual([]);
    expect(wildcards).toHaveLength(3);
  });

  test('exposes what others compose with', () => {
    const { serviceName, port, selector } = cluster();
    expect({ serviceName, port, selector }).toEqual({
      serviceName: 'cache',
      port: 6389,
      selector: { 'app.kubernetes.io/name': 'cache', 'app.kubernetes.io/component': 'redis' },
    });
  });

  test('writes the declaration into redis.conf', () => {
    const objects = synth({
      port: 6389,
      nodeTimeout: Duration.seconds(5),
      requireFullCoverage: false,
      eviction: 'allkeys-lru',
      minReplicasToWrite: 1,
    });
    expect(conf(objects)).toEqual(
      expect.arrayContaining([
        'tls-port 6389',
        'maxmemory 2gb',
        'maxmemory-policy allkeys-lru',
        'cluster-node-timeout 5000',
        'cluster-require-full-coverage no',
        'min-replicas-to-write 1',
      ]),
    );
    expect(container(objects, 'redis').resources).toMatchObject({
      requests: { cpu: '250m', memory: '3Gi' },
      limits: { cpu: '1', memory: '3Gi' },
    });
  });

  test('a change of the configuration restarts the members, and touches nothing else', () => {
    const after = synth({ eviction: 'allkeys-lru' });
    expect(changed(synth(), after)).toEqual(['ConfigMap/cache-config', ...SHARDS]);
  });

  test('a change of clients opens the door, and restarts nobody', () => {
    const after = synth({ clients: [...valid.clients, { pods: { app: 'web' }, namespace: 'edge' }] });
    expect(changed(synth(), after)).toEqual(['NetworkPolicy/cache']);
  });

  test('another shard brings a Job of another name, as a Job cannot be changed', () => {
    const [before, after] = [synth(), synth({ shards: 4 })];
    expect(job(after).metadata.name).not.toBe(job(before).metadata.name);
    expect(changed(before, after)).toEqual([
      'StatefulSet/cache-shard-3',
      `Job/${job(after).metadata.name}`,
      'CronJob/cache-reconciler',
    ]);
  });

  test('lets members talk to each other, clients to the data port, and Prometheus to the exporter', () => {
    const policy = only(synth({ port: 6389 }), 'NetworkPolicy', 'cache').spec;
    const doors = (rules: Manifest[], side: 'from' | 'to') =>
      rules.map((rule) => {
        const [{ podSelector, namespaceSelector }] = rule[side];
        const who = podSelector.matchLabels['app.kubernetes.io/name'] ?? Object.values(podSelector.matchLabels)[0];
        const where = namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] ?? 'here';
        return `${who} ${where} ${rule.ports[0].port}`;
      });
    expect(doors(policy.ingress, 'from')).toEqual([
      'cache here 6389',
      'cache here 16389',
      'cache-reconciler here 6389',
      'orders here 6389',
      'prometheus monitoring 9121',
    ]);
    expect(doors(policy.egress, 'to')).toEqual([
      'cache here 6389',
      'cache here 16389',
      'kube-dns kube-system 53',
      'kube-dns kube-system 53',
    ]);
    const { ingress, egress } = only(synth({ port: 6389 }), 'NetworkPolicy', 'cache-reconciler').spec;
    expect(ingress).toEqual([]);
    expect(doors(egress, 'to')).toEqual(['cache here 6389', 'kube-dns kube-system 53', 'kube-dns kube-system 53']);
  });

  test('lets maintenance take one member of all at a time', () => {
    expect(only(synth(), 'PodDisruptionBudget').spec).toMatchObject({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('hands over before it stops, with time left to close its files', () => {
    const objects = synth();
    const redis = container(objects, 'redis');
    expect(redis.lifecycle.preStop.exec.command).toEqual(['timeout', '130', 'sh', '/etc/redis/scripts/handover.sh']);
    expect(pod(objects).terminationGracePeriodSeconds - env(redis, 'REDIS_HANDOVER_SECONDS')).toBe(30);
    expect(env(redis, 'REDIS_HANDOVER_SECONDS')).toBe('130');
    const patient = synth({ nodeTimeout: Duration.seconds(60) });
    expect(pod(patient).terminationGracePeriodSeconds).toBe(340);
    const sets = patient.filter(({ kind }) => kind === 'StatefulSet');
    expect(sets.map(({ metadata }) => metadata.annotations?.['headroom.dev/stop-hook'])).toEqual(
      sets.map(() => '310s'),
    );
  });

  test('shards that are rolled out together hand over one after the other', () => {
    const objects = synth();
    const delays = [0, 1, 2].map((number) =>
      env(shard(objects, number).spec.template.spec.containers[0], 'REDIS_HANDOVER_DELAY'),
    );
    expect(delays).toEqual(['0', '2', '4']);
  });

  test('asks three different questions: started, ready, alive', () => {
    const { startupProbe, readinessProbe, livenessProbe } = container(synth(), 'redis');
    const file = (probe: Manifest) => probe.exec.command.at(-1).split('/').at(-1);
    expect([startupProbe, readinessProbe, livenessProbe].map(file)).toEqual(['alive.sh', 'ready.sh', 'alive.sh']);
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) expect(probe.timeoutSeconds).toBeGreaterThan(5);
  });

  test('every container is hardened, limited and pinned', () => {
    const objects = synth();
    const pods = [pod(objects), job(objects).spec.template.spec, cron(objects).spec.jobTemplate.spec.template.spec];
    for (const spec of pods) {
      expect(spec).toMatchObject({ automountServiceAccountToken: false, serviceAccountName: 'cache' });
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10_001, fsGroup: 10_001 });
      for (const one of [...spec.containers, ...(spec.initContainers ?? [])]) {
        expect(one.securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
        expect(one.resources.requests.memory).toBe(one.resources.limits.memory);
        expect(one.resources.limits['ephemeral-storage']).toBeDefined();
        expect(one.imagePullPolicy).toBe('Always');
      }
    }
    expect(only(objects, 'ServiceAccount', 'cache').automountServiceAccountToken).toBe(false);
  });

  test('an image by digest is not asked for again', () => {
    const image = `redis:7.2@sha256:${'0'.repeat(64)}`;
    expect(container(synth({ image }), 'redis').imagePullPolicy).toBe('IfNotPresent');
  });

  test('passwords and certificates are files of Secrets, under declared names', () => {
    const objects = synth();
    const volumes = pod(objects).volumes;
    const secrets = volumes.flatMap(({ secret }: Manifest) => (secret ? [secret.secretName] : []));
    expect(secrets).toEqual(['cache-auth', 'cache-tls']);
    expect(JSON.stringify(objects)).not.toContain('secretKeyRef');
    const named = synth({ auth: { secretName: 'shared', key: 'redis' }, tls: { secretName: 'wild' } });
    expect(pod(named).volumes).toEqual(
      expect.arrayContaining([
        {
          name: 'auth',
          secret: { secretName: 'shared', items: [{ key: 'redis', path: 'password' }], defaultMode: 288 },
        },
        { name: 'tls', secret: { secretName: 'wild', defaultMode: 288 } },
      ]),
    );
  });

  test('a changed password is written where the server and its exporter find it, and read again by the exporter', () => {
    const objects = synth();
    const run = (name: string) =>
      container(objects, name).volumeMounts.find(({ mountPath }: Manifest) => mountPath === '/run/redis');
    expect(run('redis').readOnly).toBeUndefined();
    expect(run('exporter').readOnly).toBe(true);
    const alive = (props: Manifest) => container(synth(props), 'exporter').livenessProbe.httpGet.path;
    expect(alive({})).toBe('/-/reload');
    expect(alive({ auth: 'off' })).toBe('/');
  });

  test('without TLS and password nothing of either is left', () => {
    const objects = synth({ tls: 'off', auth: 'off' });
    expect(conf(objects)).toEqual(expect.arrayContaining(['port 6379', 'protected-mode no']));
    expect(pod(objects).volumes.some(({ secret }: Manifest) => secret)).toBe(false);
    const exporter = container(objects, 'exporter');
    expect(env(exporter, 'REDIS_ADDR')).toBe('redis://$(REDIS_HOSTNAME):6379');
    expect(JSON.stringify(exporter)).not.toMatch(/TLS|PASSWORD/);
    expect(env(container(objects, 'redis'), 'REDIS_AUTH_FILE')).toBe('');
    expect(env(container(objects, 'redis'), 'REDIS_TLS_FOLDER')).toBe('');
  });

  test('the exporter verifies whom it measures', () => {
    const exporter = container(synth(), 'exporter');
    expect(env(exporter, 'REDIS_ADDR')).toBe('rediss://$(REDIS_HOSTNAME):6379');
    expect(env(exporter, 'REDIS_EXPORTER_TLS_CA_CERT_FILE')).toBe('/etc/redis/tls/ca.crt');
    expect(env(exporter, 'REDIS_PASSWORD_FILE')).toBe('/run/redis/exporter.json');
  });

  test('without an exporter its port is nowhere', () => {
    const objects = synth({ exporterImage: 'off' });
    expect(container(objects, 'exporter')).toBeUndefined();
    expect(JSON.stringify(objects)).not.toContain('9121');
  });

  test('runs where it is told to', () => {
    expect(pod(synth({ nodes: 'stateful' })).nodeSelector).toEqual({ 'headroom.dev/node-group': 'stateful' });
    const placement = {
      labels: { disk: 'fast' },
      tolerates: [{ key: 'k', value: 'v', effect: 'NoSchedule' as const }],
    };
    expect(pod(synth({ nodes: 'stateful', placement }))).toMatchObject({
      nodeSelector: { disk: 'fast' },
      tolerations: [{ key: 'k', operator: 'Equal', value: 'v', effect: 'NoSchedule' }],
    });
    expect(pod(synth())).not.toHaveProperty('nodeSelector');
    expect(pod(synth({ priorityClass: 'critical' })).priorityClassName).toBe('critical');
  });

  test('its jobs have a rank of their own: they may wait', () => {
    const ranks = (props: Partial<RedisClusterProps>) => {
      const objects = synth(props);
      return [job(objects), cron(objects).spec.jobTemplate].map(({ spec }) => spec.template.spec.priorityClassName);
    };
    expect(ranks({ priorityClass: 'critical' })).toEqual([undefined, undefined]);
    expect(ranks({ priorityClass: 'critical', jobPriorityClass: 'batch' })).toEqual(['batch', 'batch']);
  });

  test('probes and hand-over know the password that the server was started with, the start the one of the Secret', () => {
    const objects = synth();
    const [start, server] = [container(objects, 'configure'), container(objects, 'redis')];
    expect(env(start, 'REDIS_AUTH_FILE')).toBe('/etc/redis/auth/password');
    expect(env(start, 'REDIS_NEXT_AUTH_FILE')).toBeUndefined();
    expect(env(server, 'REDIS_AUTH_FILE')).toBe('/run/redis/password');
    expect(env(server, 'REDIS_NEXT_AUTH_FILE')).toBe('/etc/redis/auth/password');
    expect(env(reconciler(job(objects)), 'REDIS_AUTH_FILE')).toBe('/etc/redis/auth/password');
    const run = pod(objects).volumes.find(({ name }: Manifest) => name === 'run');
    expect(run.emptyDir.medium).toBe('Memory');
  });

  test('Prometheus finds the exporter, and nothing where there is none', () => {
    const annotations = (props: Partial<RedisClusterProps>) => shard(synth(props)).spec.template.metadata.annotations;
    expect(annotations({})).toMatchObject({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '9121',
      'prometheus.io/path': '/metrics',
    });
    expect(JSON.stringify(annotations({ exporterImage: 'off' }))).not.toContain('prometheus.io');
    expect(JSON.stringify(annotations({ scrapers: [] }))).not.toContain('prometheus.io');
  });

  test('belongs to a product', () => {
    expect(shard(synth({ partOf: 'acgs' })).metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'acgs' });
  });

  test('stays outside the mesh', () => {
    const objects = synth();
    for (const { metadata } of [shard(objects).spec.template, job(objects).spec.template]) {
      expect(metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'false', 'istio.io/dataplane-mode': 'none' });
    }
  });
});

describe('the jobs that form and keep the cluster', () => {
  const list =
    'cache-shard-0-0.cache-members.$(POD_NAMESPACE).svc:6389,cache-shard-0-1.cache-members.$(POD_NAMESPACE).svc:6389 ' +
    'cache-shard-1-0.cache-members.$(POD_NAMESPACE).svc:6389,cache-shard-1-1.cache-members.$(POD_NAMESPACE).svc:6389 ' +
    'cache-shard-2-0.cache-members.$(POD_NAMESPACE).svc:6389,cache-shard-2-1.cache-members.$(POD_NAMESPACE).svc:6389';

  test('run the same script on the same members, the one at home first', () => {
    const objects = synth({ port: 6389 });
    const both = [reconciler(job(objects)), reconciler(cron(objects).spec.jobTemplate)];
    for (const one of both) {
      expect(one.command).toEqual(['sh', '/etc/redis/scripts/bootstrap.sh']);
      expect(env(one, 'REDIS_SHARDS')).toBe(list);
    }
    expect(both.map((one) => env(one, 'REDIS_WAIT_SECONDS'))).toEqual(['600', '10']);
  });

  test('end in time, are cleaned up, and never overlap themselves', () => {
    const objects = synth();
    expect(job(objects).spec).toMatchObject({
      backoffLimit: 6,
      activeDeadlineSeconds: 1800,
      ttlSecondsAfterFinished: 86_400,
      template: { spec: { restartPolicy: 'Never' } },
    });
    const { spec } = cron(objects);
    expect(spec).toMatchObject({
      schedule: '*/2 * * * *',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 60,
      jobTemplate: { spec: { backoffLimit: 0, activeDeadlineSeconds: 300 } },
    });
    expect(spec.jobTemplate.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  test.each([
    { every: Duration.minutes(1), schedule: '* * * * *' },
    { every: Duration.minutes(15), schedule: '*/15 * * * *' },
  ])('repeat on schedule $schedule', ({ every, schedule }) => {
    expect(cron(synth({ reconcileEvery: every })).spec.schedule).toBe(schedule);
  });

  test('the first is run and waited for by each sync of Argo CD', () => {
    expect(job(synth()).metadata.annotations['argocd.argoproj.io/hook']).toBe('Sync');
  });
});

test('two syntheses give the same bytes', () => {
  expect(JSON.stringify(synth())).toBe(JSON.stringify(synth()));
});

test('ids of what holds data never change', () => {
  const paths = cluster()
    .node.findAll()
    .map(({ node }) => node.path);
  expect(paths.filter((path) => /Shard|Members|Resource$/.test(path))).toEqual(
    expect.arrayContaining(['test/Cache/Members', 'test/Cache/Resource', 'test/Cache/Shard0', 'test/Cache/Shard2']),
  );
});

const digest = `redis@sha256:${'a'.repeat(64)}`;

const broken: readonly [check: string, props: Partial<RedisClusterProps>][] = [
  ['redis-image-is-pinned', { image: 'redis' }],
  ['redis-image-is-pinned', { image: 'redis:latest' }],
  ['redis-image-announces-names', { image: 'redis:6.2.20-alpine' }],
  ['redis-image-announces-names', { image: `redis:6.2@sha256:${'a'.repeat(64)}` }],
  ['redis-exporter-image-is-pinned', { exporterImage: 'redis_exporter' }],
  ['redis-speaks-tls', { tls: 'off' }],
  ['redis-tls-secret-is-named', { tls: { secretName: 'Cache TLS' } }],
  ['redis-asks-for-a-password', { auth: 'off' }],
  ['redis-auth-secret-is-named', { auth: { secretName: '', key: 'password' } }],
  ['redis-auth-secret-is-named', { auth: { secretName: 'cache-auth', key: 'a/b' } }],
  ['redis-has-a-client', { clients: [] }],
  ['redis-images-are-references', { image: 'Redis:7.2.11' }],
  ['redis-images-are-references', { exporterImage: 'redis exporter:1' }],
  ['redis-storage-class-is-named', { storageClass: 'Fast' }],
  ['redis-priority-classes-are-named', { priorityClass: 'a_b' }],
  ['redis-priority-classes-are-named', { jobPriorityClass: '' }],
  ['redis-port-differs-from-the-exporters', { port: 9121 }],
  ['redis-cpu-limit-covers-the-request', { cpu: Cpu.millis(500), cpuLimit: Cpu.millis(499) }],
  ['redis-reconciles-evenly', { reconcileEvery: Duration.seconds(90) }],
  ['redis-reconciles-evenly', { reconcileEvery: Duration.minutes(7) }],
  ['redis-reconciles-evenly', { reconcileEvery: Duration.minutes(60) }],
  ['redis-reconciles-evenly', { reconcileEvery: Duration.seconds(0) }],
];

describe('REDIS_CLUSTER_CHECKS', () => {
  const inspected = (props: Partial<RedisClusterProps>) =>
    ids(RedisCluster.inspect('shop/cache', { ...valid, ...props }));

  test.each(broken)('%s is reported for %j', (check, props) => {
    expect(inspected(props)).toEqual([check]);
  });

  test.each<Partial<RedisClusterProps>>([
    {},
    { image: digest },
    { image: 'registry.example.com:5000/redis:7.0' },
    { image: 'redis:8' },
    { image: 'redis:stable-alpine' },
    { exporterImage: 'off' },
    { exporterImage: 'off', port: 9121 },
    { storageClass: 'gp3.fast', priorityClass: 'critical' },
    { cpu: Cpu.millis(500), cpuLimit: Cpu.millis(500) },
    { reconcileEvery: Duration.minutes(30) },
    { reconcileEvery: Duration.minutes(1) },
  ])('accepts %j', (props) => {
    expect(inspected(props)).toEqual([]);
  });

  test('reports what peers and placement know, too', () => {
    const wrong = { pods: { app: 'a b' } };
    expect(inspected({ clients: [wrong] })).toEqual(['network-peer-labels-are-valid']);
    expect(inspected({ scrapers: [wrong] })).toEqual(['network-peer-labels-are-valid']);
    expect(inspected({ placement: { labels: wrong.pods } })).toEqual(['node-placement-labels-are-valid']);
  });

  test('reports what the model knows, too', () => {
    expect(inspected({ shards: 2 })).toContain('redis-shards-form-a-majority');
    expect(refused(() => synth({ shards: 2, image: 'redis' }))).toEqual([
      'redis-shards-form-a-majority',
      'redis-image-is-pinned',
    ]);
  });

  test('what is open on purpose only warns', () => {
    expect(refused(() => synth({ tls: 'off', auth: 'off', clients: [] }))).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(REDIS_CLUSTER_CHECKS));
  });
});
