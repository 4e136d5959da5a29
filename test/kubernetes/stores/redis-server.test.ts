import { RedisServer } from '../../../lib/kubernetes/stores/redis-server';
import { REDIS_SERVER_POD_CHECKS, type RedisServerProps } from '../../../lib/kubernetes/stores/redis-server-plan';
import { Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const valid: RedisServerProps = {
  kind: 'server',
  name: 'redis',
  memoryRequest: Memory.gib(1),
  clients: [{ pods: { app: 'orders' } }],
};

const synth = (props: Partial<RedisServerProps> = {}): Manifest[] =>
  manifests((chart) => new RedisServer(chart, 'Cache', { ...valid, ...props }));
const pod = (props?: Partial<RedisServerProps>) => only(synth(props), 'StatefulSet').spec.template.spec;
const container = (name: string, props?: Partial<RedisServerProps>) =>
  [...pod(props).containers, ...pod(props).initContainers].find((one: Manifest) => one.name === name);
const conf = (props?: Partial<RedisServerProps>): string[] =>
  only(synth(props), 'ConfigMap', 'redis-config').data['redis.conf'].split('\n');

describe('RedisServer', () => {
  test('has the documented settings in its file', () => {
    const alfred = { memory: Memory.mib(1200), maxmemory: Memory.mib(800), eviction: 'allkeys-lru' } as const;
    expect(conf(alfred)).toEqual(
      expect.arrayContaining(['appendonly yes', 'save 60 1', 'maxmemory 800mb', 'maxmemory-policy allkeys-lru']),
    );
  });

  test('is a single server, with a password and a certificate, and nothing in plain text', () => {
    expect(conf()).toEqual(
      expect.arrayContaining(['port 0', 'tls-port 6379', 'protected-mode yes', 'min-replicas-to-write 0']),
    );
    expect(conf().join('\n')).not.toContain('cluster');
    expect(conf({ tls: 'off' })).toEqual(expect.arrayContaining(['port 6379', 'protected-mode yes']));
  });

  test('is asked by its own scripts, with what they need', () => {
    const scripts = Object.keys(only(synth(), 'ConfigMap', 'redis-scripts').data);
    const server = container('redis');
    const asked = [server.startupProbe, server.readinessProbe, server.livenessProbe].map(({ exec }) => exec.command[1]);
    expect(asked).toEqual(['alive', 'server-ready', 'alive'].map((name) => `/etc/redis/scripts/${name}.sh`));
    expect(container('configure').command).toEqual(['sh', '/etc/redis/scripts/configure.sh']);
    expect(scripts.sort()).toEqual(['alive.sh', 'configure.sh', 'ready.sh', 'server-ready.sh']);
    const env = Object.fromEntries(server.env.map(({ name, value }: Manifest) => [name, value]));
    expect(env).toMatchObject({
      REDIS_AUTH_FILE: '/run/redis/password',
      REDIS_NEXT_AUTH_FILE: '/etc/redis/auth/password',
      REDIS_TLS_FOLDER: '/etc/redis/tls',
      REDIS_RUN_FOLDER: '/run/redis',
    });
    expect(server.volumeMounts).toContainEqual({ name: 'run', mountPath: '/run/redis' });
  });

  test('is known by its own name, whatever services call it', () => {
    const [hostname] = container('redis', { objectName: 'cache-0' }).env.filter(
      ({ name }: Manifest) => name === 'REDIS_HOSTNAME',
    );
    expect(hostname.value).toBe('$(POD_NAME).cache-0-members.$(POD_NAMESPACE).svc');
    expect(pod({ objectName: 'cache-0' }).volumes[0].configMap.name).toBe('cache-0-config');
  });

  test('writes a last snapshot before it goes, and hands nothing over', () => {
    expect(pod().terminationGracePeriodSeconds).toBe(60);
    expect(container('redis')).not.toHaveProperty('lifecycle');
  });

  test('opens its port alone: there is no cluster bus', () => {
    expect(container('redis').ports).toEqual([{ name: 'redis', containerPort: 6379, protocol: 'TCP' }]);
  });

  test('is measured by a sidecar, or not at all; without it the pod connects to nobody', () => {
    const egress = (props?: Partial<RedisServerProps>) => only(synth(props), 'NetworkPolicy').spec.egress ?? [];
    expect(container('exporter').ports[0].containerPort).toBe(9121);
    expect(egress()).toHaveLength(2);
    expect(container('exporter', { exporterImage: 'off' })).toBeUndefined();
    expect(egress({ exporterImage: 'off' })).toEqual([]);
    const { annotations } = only(synth({ exporterImage: 'off' }), 'StatefulSet').spec.template.metadata;
    expect(annotations).not.toHaveProperty(['prometheus.io/scrape']);
  });
});

const broken: readonly [check: string, props: Partial<RedisServerProps>][] = [
  ['redis-server-exporter-image-is-pinned', { exporterImage: 'exporter:latest' }],
  ['redis-server-exporter-image-is-pinned', { exporterImage: 'Exporter:1' }],
  ['redis-server-port-differs-from-the-exporters', { port: 9121 }],
];

describe('REDIS_SERVER_POD_CHECKS', () => {
  const inspected = (props: Partial<RedisServerProps>) =>
    ids(RedisServer.inspect('shop/redis', { ...valid, ...props }));

  test.each(broken)('%s is reported for %j', (check, props) => {
    expect(inspected(props)).toEqual([check]);
  });

  test.each<Partial<RedisServerProps>>([{}, { exporterImage: 'off', port: 9121 }, { port: 9122 }])(
    'accepts %j',
    (props) => {
      expect(inspected(props)).toEqual([]);
    },
  );

  test('reports what the model knows, too', () => {
    expect(inspected({ maxmemory: Memory.mib(800) })).toEqual(['redis-maxmemory-leaves-room-for-a-fork']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(REDIS_SERVER_POD_CHECKS));
  });
});
