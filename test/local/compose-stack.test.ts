import Ajv from 'ajv';
import { parse } from 'yaml';
import { PLATFORMS } from '../../apps';
import { composeStack } from '../../lib/local';
import { localPlan } from '../../lib/local/local-plan';
import { reserved } from '../../lib/local/reservations';
import type { EnvironmentSpec, LocalSpec } from '../../lib/model';
import { Cpu, Memory } from '../../lib/units';
import { service } from '../support/environment';
import { COMPOSE_SCHEMA } from './compose-schema';
import { CACHE, LOCAL, POSTGRES, shop } from './samples';

const build = (local: LocalSpec = LOCAL, environment: EnvironmentSpec = shop()) =>
  composeStack('shop', environment, local);
const text = (local?: LocalSpec, environment?: EnvironmentSpec) =>
  build(local, environment).files.get('compose.yaml') ?? '';
const services = (local?: LocalSpec, environment?: EnvironmentSpec) => build(local, environment).file.services;

const stacks = PLATFORMS.flatMap(({ name, environments }) =>
  environments.flatMap((environment) =>
    environment.local ? [{ it: `${name}/${environment.name}`, name, environment, local: environment.local }] : [],
  ),
);

describe.each(stacks)('the stack of $it', ({ name, environment, local }) => {
  const { file, files } = composeStack(name, environment, local);
  const validate = new Ajv({ strict: false, allErrors: true }).compile(COMPOSE_SCHEMA);

  test('is valid, with no key that is obsolete or unknown', () => {
    const found = parse(files.get('compose.yaml') ?? '');
    expect([validate(found), validate.errors]).toEqual([true, null]);
    expect(found).toEqual(JSON.parse(JSON.stringify(file)));
  });

  test('waits only for what it starts, and uses only what it declares', () => {
    const names = Object.keys(file.services);
    const all = Object.values(file.services);
    const waited = all.flatMap(({ depends_on = {} }) => Object.keys(depends_on));
    const used = all.flatMap(({ secrets = [] }) => secrets.map(({ source }) => source));
    const volumes = all.flatMap(({ volumes: mounts = [] }) => mounts.filter((mount) => !mount.startsWith('./')));
    expect(waited.filter((one) => !names.includes(one))).toEqual([]);
    expect([...new Set(used)].sort()).toEqual(Object.keys(file.secrets ?? {}).sort());
    expect([...new Set(volumes.map((mount) => mount.split(':')[0]))].sort()).toEqual(
      Object.keys(file.volumes ?? {}).sort(),
    );
    expect([...new Set(all.flatMap(({ networks }) => Object.keys(networks)))].sort()).toEqual(
      Object.keys(file.networks).sort(),
    );
  });

  test('holds what its README and the check of the machine say', () => {
    const started = Object.values(file.services).filter(({ profiles }) => profiles === undefined);
    const sum = (of: (amounts: { cpus: string; memory: string }) => number) =>
      started.reduce((total, { deploy }) => total + deploy.replicas * of(deploy.resources.reservations), 0);
    const mib = (size: string) =>
      Number.parseFloat(size) * (size.endsWith('G') ? 1024 : size.endsWith('M') ? 1 : 2 ** -20);
    const { cpu, memory } = reserved(localPlan(name, environment, local));
    expect(sum(({ cpus }) => Math.round(Number(cpus) * 1000))).toBe(cpu.inMillis);
    expect(sum((amounts) => mib(amounts.memory))).toBeCloseTo(memory.inBytes / 2 ** 20, 3);
  });
});

describe('composeStack', () => {
  test('writes the same bytes every time', () => {
    expect([...build().files]).toEqual([...build().files]);
  });

  test('runs each service as declared: image, health, limits, least pods, time to end', () => {
    const { orders } = services();
    expect(orders).toMatchObject({
      image: 'shop/orders:1.0.0',
      healthcheck: {
        test: ['CMD', 'curl', '-f', 'http://localhost:8080/health'],
        interval: '30s',
        timeout: '10s',
        retries: 3,
        start_period: '2m',
      },
      deploy: {
        replicas: 2,
        resources: { limits: { cpus: '0.8', memory: '512M' }, reservations: { cpus: '0.2', memory: '256M' } },
      },
      stop_grace_period: '35s',
    });
  });

  test('gives a service what it has in a cluster: addresses in variables and files, passwords in files', () => {
    const { orders } = services();
    const { files } = build();
    expect(orders?.environment).toEqual({
      CACHE_NODES: 'cache-1:6379,cache-2:6379,cache-3:6379',
      CACHE_NODES_FILE: '/var/run/secrets/shop/cache/nodes',
      PRICE: '$5',
    });
    expect(orders?.secrets).toEqual([
      { source: 'main-orders', target: '/var/run/secrets/shop/main/password' },
      { source: 'cache-auth', target: '/var/run/secrets/shop/cache/password' },
    ]);
    const database = (file: string) => files.get(`connect/orders/main/${file}`);
    expect(['username', 'host', 'port', 'dbname'].map(database)).toEqual([
      'orders\n',
      'pgbouncer\n',
      '6432\n',
      'shop\n',
    ]);
    expect(orders?.depends_on).toEqual({
      pgbouncer: { condition: 'service_healthy' },
      'cache-cluster': { condition: 'service_healthy' },
    });
  });

  test('lets every value mean itself: Compose finds no variable', () => {
    expect(text()).toContain('PRICE: $$5');
  });

  test('holds no password, and none has a default', () => {
    const { file, files } = build();
    expect(Object.values(file.secrets ?? {}).map((secret) => secret.file)).toEqual(
      ['main-superuser', 'main-orders', 'cache-auth'].map((name) => `../../../../secrets/shop-production/${name}`),
    );
    const environments = Object.values(file.services).flatMap(({ environment = {} }) => Object.keys(environment));
    expect(environments.filter((name) => /PASSWORD$|^POSTGRES_PASSWORD|SECRET$/.test(name))).toEqual([]);
    const written = [...files].filter(([path]) => !path.endsWith('.sh')).map(([, content]) => content);
    expect(written.join('')).not.toMatch(/password *[=:] *['"]?[A-Za-z0-9]{3}/i);
  });

  test('a stack that is kept elsewhere has its passwords where it says', () => {
    const { file, files } = build({ ...LOCAL, secretsFolder: './secrets' });
    expect(file.secrets?.['cache-auth']).toEqual({ file: './secrets/cache-auth' });
    expect(files.get('make-secrets.sh')).toContain('$(dirname "$0")/./secrets}');
  });

  test('stores have no way out, and services that need none cannot see them', () => {
    const { file } = build();
    expect(file.networks).toEqual({ services: {}, stores: { internal: true } });
    const inStores = Object.entries(file.services).filter(([, { networks }]) => 'stores' in networks);
    expect(inStores.map(([name]) => name)).not.toContain('search-engine');
    expect(Object.keys(file.services['search-engine']?.networks ?? {})).toEqual(['services']);
  });

  test('a service answers to its other names, too', () => {
    expect(services()['search-engine']?.networks.services).toEqual({ aliases: ['finder', 'search_engine'] });
  });

  test('the gateway lists every container of each public service by name', () => {
    const conf = build().files.get('nginx/nginx.conf');
    expect(conf?.match(/^ +server .*/gm)?.filter((line) => line.includes(':80'))).toEqual([
      '        server shop-production-orders-1:8080 resolve max_fails=3 fail_timeout=30s;',
      '        server shop-production-orders-2:8080 resolve max_fails=3 fail_timeout=30s;',
      '        server shop-production-search-engine-1:8090 resolve max_fails=3 fail_timeout=30s;',
      '        server shop-production-search-engine-2:8090 resolve max_fails=3 fail_timeout=30s;',
    ]);
    expect(conf).toContain('resolver 127.0.0.11 ');
    expect(build().files.get('.env')).toBe('COMPOSE_PROJECT_NAME=shop-production\n');
  });

  test('one more replica is one more server, one more pool, and nothing else', () => {
    const more: LocalSpec = { ...LOCAL, services: [{ name: 'orders', replicas: 3 }, { name: 'search-engine' }] };
    const [before, after] = [
      build({ ...LOCAL, services: [{ name: 'orders' }, { name: 'search-engine' }] }),
      build(more),
    ];
    const changed = [...after.files]
      .filter(([path, content]) => before.files.get(path) !== content)
      .map(([path]) => path);
    expect(changed.sort()).toEqual(['README.md', 'compose.yaml', 'nginx/nginx.conf', 'pgbouncer/pgbouncer.ini']);
    // three containers of two processes with ten connections each, and twenty more
    expect(after.files.get('pgbouncer/pgbouncer.ini')).toContain('max_client_conn = 80\n');
    expect(before.files.get('pgbouncer/pgbouncer.ini')).toContain('max_client_conn = 60\n');
  });

  test('services that are not chosen start with a profile, and nothing that starts waits for them', () => {
    const stack = services({ ...LOCAL, services: [{ name: 'orders' }] });
    expect(stack['search-engine']?.profiles).toEqual(['all']);
    expect(stack.orders?.profiles).toBeUndefined();
    expect(stack.gateway?.depends_on).toEqual({ orders: { condition: 'service_healthy' } });
  });

  test('ports are opened where declared, on this machine alone unless said otherwise', () => {
    const local: LocalSpec = {
      ...LOCAL,
      services: [{ name: 'orders', replicas: 1, publish: 32768 }],
      gateway: { http: 80, https: 443 },
      publishStores: { main: 5439 },
    };
    expect(services(local).orders?.ports).toEqual(['127.0.0.1:32768:8080']);
    expect(services(local).gateway?.ports).toEqual(['127.0.0.1:80:8080', '127.0.0.1:443:8443']);
    expect(services(local).postgres?.ports).toEqual(['127.0.0.1:5439:5432']);
    expect(Object.keys(services(local).postgres?.networks ?? {})).toEqual(['stores', 'published']);
    expect(services({ ...local, publishOn: '0.0.0.0' }).gateway?.ports).toEqual([
      '0.0.0.0:80:8080',
      '0.0.0.0:443:8443',
    ]);
    expect(services().gateway?.ports).toEqual(['127.0.0.1:8080:8080']);
  });

  test('without TLS there is no certificate, with it one is made', () => {
    const tls = build({ ...LOCAL, gateway: { http: 80, https: 443 } });
    expect(build().files.get('make-secrets.sh')).not.toContain('openssl');
    expect(tls.files.get('make-secrets.sh')).toContain('DNS:shop.example.com');
    expect(tls.file.services.gateway?.secrets).toEqual([
      { source: 'tls-crt', target: '/etc/nginx/tls/tls.crt' },
      { source: 'tls-key', target: '/etc/nginx/tls/tls.key' },
    ]);
  });

  test('without a pool services connect to the database itself, once it has their roles', () => {
    const { pooler: _, ...local } = LOCAL;
    const stack = build(local);
    expect(stack.file.services.pgbouncer).toBeUndefined();
    expect(stack.files.get('connect/orders/main/host')).toBe('postgres\n');
    expect(stack.files.get('connect/orders/main/port')).toBe('5432\n');
    expect(stack.file.services.orders?.depends_on?.['postgres-roles']).toEqual({ condition: 'service_healthy' });
  });

  test('PostgreSQL has memory for parallel workers, and is stopped in a hurry that loses nothing', () => {
    const { postgres } = services({ ...LOCAL, databases: [{ ...POSTGRES, sharedMemory: Memory.gib(1) }] });
    expect([postgres?.shm_size, postgres?.stop_signal, postgres?.stop_grace_period]).toEqual(['1G', 'SIGINT', '1m']);
    expect(postgres?.deploy.resources).toEqual({
      limits: { cpus: '4', memory: '8G' },
      reservations: { cpus: '2', memory: '4G' },
    });
  });

  test('a member of a Redis Cluster has its data set aside, and may reach what forks need', () => {
    expect(services()['cache-1']?.deploy.resources).toEqual({
      limits: { cpus: '1', memory: '768M' },
      reservations: { cpus: '0.25', memory: '512M' },
    });
  });

  test('a Redis Cluster has its primaries first, and who keeps its shape knows the shards', () => {
    const stack = services({ ...LOCAL, memberNames: { cache: 'redis' } });
    expect(Object.keys(stack).filter((name) => name.startsWith('redis'))).toEqual([
      'redis-1',
      'redis-4',
      'redis-2',
      'redis-5',
      'redis-3',
      'redis-6',
      'redis-cluster',
    ]);
    expect(stack['redis-cluster']?.environment?.REDIS_SHARDS).toBe(
      'redis-1:6379,redis-4:6379 redis-2:6379,redis-5:6379 redis-3:6379,redis-6:6379',
    );
    expect(stack['redis-2']?.networks.stores).toEqual({ aliases: ['redis-node-2'] });
    expect(stack.orders?.environment?.CACHE_NODES).toBe('redis-1:6379,redis-2:6379,redis-3:6379');
  });

  test('a single Redis is one container, whose data and password have names of their own', () => {
    const stack = build({ ...LOCAL, caches: [{ kind: 'server', name: 'cache', objectName: 'redis' }] });
    expect(stack.file.services.redis?.volumes?.at(-1)).toBe('redis-data:/data');
    expect(stack.file.services.orders?.environment?.CACHE_NODES).toBe('redis:6379');
    expect(stack.file.services['cache-1']).toBeUndefined();
  });

  test('a vector database is reached by its name, with its key', () => {
    const environment = shop({
      vectorDatabases: [{ name: 'vectors' }],
      services: [service('search', { isPublic: true, connections: [{ to: 'vector-database', name: 'vectors' }] })],
    });
    const { pooler: _, ...local } = LOCAL;
    const stack = build(local, environment);
    expect(stack.file.services.search?.secrets).toEqual([
      { source: 'vectors-auth', target: '/var/run/secrets/shop/vectors/password' },
    ]);
    expect(stack.files.get('connect/search/vectors/port')).toBe('6333\n');
    expect(stack.files.get('qdrant/vectors/config/config.yaml')).toContain('http_port: 6333');
    expect(stack.file.services.vectors?.healthcheck?.test.at(-1)).toContain('/dev/tcp/127.0.0.1/6333');
  });

  test.each([
    ['curl', ['CMD', 'curl', '-f', 'http://localhost:8080/health']],
    ['wget', ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://localhost:8080/health']],
    [
      'python',
      [
        'CMD',
        'python3',
        '-c',
        "import urllib.request as request; request.urlopen('http://localhost:8080/health', timeout=8).close()",
      ],
    ],
  ] as const)('health is asked with what the image has: %s', (probe, expected) => {
    expect(services({ ...LOCAL, probe }).orders?.healthcheck?.test).toEqual(expected);
  });

  test('sizes are written in the units of Compose', () => {
    const sized = shop({
      services: [
        service('orders', {
          isPublic: true,
          resources: {
            requests: { cpu: Cpu.millis(50), memory: Memory.mib(768), ephemeralStorage: Memory.gib(1) },
            limits: { cpu: Cpu.cores(2), memory: Memory.mib(1536), ephemeralStorage: Memory.gib(1) },
          },
        }),
      ],
    });
    expect(services(LOCAL, sized).orders?.deploy.resources).toEqual({
      limits: { cpus: '2', memory: '1.5G' },
      reservations: { cpus: '0.05', memory: '768M' },
    });
  });

  test('images of the services come from a registry only if one is named', () => {
    expect(services({ ...LOCAL, registry: 'registry.example.com' }).orders?.image).toBe(
      'registry.example.com/shop/orders:1.0.0',
    );
  });

  test('images of stores are those of the declaration', () => {
    const images = {
      postgres: 'a/postgres:16.1',
      redis: 'b/redis:7.2',
      nginx: 'c/nginx:1.30',
      pgbouncer: 'd/pgbouncer:1.25',
    };
    const stack = services({ ...LOCAL, images });
    expect(
      ['postgres', 'postgres-roles', 'cache-1', 'cache-cluster', 'gateway', 'pgbouncer'].map(
        (name) => stack[name]?.image,
      ),
    ).toEqual(['a/postgres:16.1', 'a/postgres:16.1', 'b/redis:7.2', 'b/redis:7.2', 'c/nginx:1.30', 'd/pgbouncer:1.25']);
  });

  test('an environment whose stores all run in a cluster needs no others', () => {
    const environment = shop({ databases: [POSTGRES], caches: [CACHE] });
    expect(Object.keys(services({ pooler: { serverConnections: 40 } }, environment))).toContain('postgres');
  });
});
