import { composeStack, inspectLocal, LOCAL_CHECKS, LOCAL_PLAN_CHECKS, LOCAL_SERVICE_CHECKS } from '../../lib/local';
import type { EnvironmentSpec, LocalSpec } from '../../lib/model';
import { Cpu, Memory } from '../../lib/units';
import { service } from '../support/environment';
import { allIds, ids, refused } from '../support/findings';
import { CACHE, LOCAL, POSTGRES, shop } from './samples';

const inspect = (local: LocalSpec, environment: EnvironmentSpec = shop()) =>
  inspectLocal('shop/production/local', 'shop', environment, local).filter(({ severity }) => severity === 'error');

/** What the sample reserves: two services twice, gateway, database, pool, their keepers, and six members of 512 MiB. */
const RESERVED = {
  cpu: Cpu.millis(4 * 200 + 250 + 2000 + 100 + 2 * 10 + 6 * 250),
  memory: Memory.mib(4 * 256 + 128 + 4096 + 64 + 2 * 32 + 6 * 512),
};

const rows: readonly [id: string, fault: string, local: LocalSpec, environment?: EnvironmentSpec][] = [
  ['local-services-are-declared', 'a service that is not there', { ...LOCAL, services: [{ name: 'order' }] }],
  [
    'local-services-are-named-once',
    'a service twice',
    { ...LOCAL, services: [{ name: 'orders' }, { name: 'orders' }] },
  ],
  [
    'local-stores-are-declared',
    'a stand-in for nothing',
    { ...LOCAL, databases: [POSTGRES, { ...POSTGRES, name: 'other', objectName: 'x' }] },
  ],
  ['local-stores-are-declared', 'a cache of no name', { ...LOCAL, caches: [{ ...CACHE, name: 'other' }] }],
  ['local-stores-are-declared', 'member names of no cache', { ...LOCAL, memberNames: { redis: 'redis' } }],
  ['local-stores-are-declared', 'a port for no store', { ...LOCAL, publishStores: { postgres: 5432 } }],
  ['local-stores-run-in-containers', 'a database of RDS alone', { images: LOCAL.images ?? {} }],
  ['local-postgres-is-of-the-same-major', 'the usual image for another major', { databases: [POSTGRES] }],
  [
    'local-pools-are-declared',
    'a pool nobody counted',
    LOCAL,
    shop({ services: [service('orders', { isPublic: true, connections: [{ to: 'database', name: 'main' }] })] }),
  ],
  ['local-address-is-ipv4', 'a name for an address', { ...LOCAL, publishOn: 'localhost' }],
  [
    'local-replicas-are-counted',
    'none',
    { ...LOCAL, services: [{ name: 'orders', replicas: 0 }, { name: 'search-engine' }] },
  ],
  [
    'local-replicas-are-counted',
    'too many',
    { ...LOCAL, services: [{ name: 'orders', replicas: 51 }, { name: 'search-engine' }] },
  ],
  [
    'local-replicas-are-counted',
    'no number',
    { ...LOCAL, services: [{ name: 'orders', replicas: Number.NaN }, { name: 'search-engine' }] },
  ],
  ['local-ports-exist', 'port 0', { ...LOCAL, gateway: { http: 0 } }],
  ['local-ports-exist', 'port 65536', { ...LOCAL, publishStores: { main: 65_536 } }],
  ['local-ports-differ', 'a port twice', { ...LOCAL, gateway: { http: 80, https: 80 } }],
  [
    'local-ports-differ',
    'the usual port of the gateway for a service',
    { ...LOCAL, services: [{ name: 'orders', replicas: 1, publish: 8080 }] },
  ],
  [
    'local-published-services-run-once',
    'a port for two containers',
    { ...LOCAL, services: [{ name: 'orders', publish: 9000 }] },
  ],
  ['local-published-stores-are-one-server', 'a port for a Redis Cluster', { ...LOCAL, publishStores: { cache: 6379 } }],
  [
    'local-names-differ',
    'a store named as a service',
    { ...LOCAL, databases: [{ ...POSTGRES, objectName: 'orders' }] },
  ],
  [
    'local-names-differ',
    'members named as another one is kept',
    { ...LOCAL, memberNames: { cache: 'postgres' }, databases: [{ ...POSTGRES, objectName: 'postgres-cluster' }] },
  ],
  [
    'local-host-holds-what-is-reserved',
    'a millicore too little',
    { ...LOCAL, host: { ...RESERVED, cpu: Cpu.millis(RESERVED.cpu.inMillis - 1) } },
  ],
  [
    'local-host-holds-what-is-reserved',
    'a MiB too little',
    { ...LOCAL, host: { ...RESERVED, memory: Memory.mib(RESERVED.memory.toMib() - 1) } },
  ],
];

describe('inspectLocal', () => {
  test('says nothing about a sound stack', () => {
    expect(inspect(LOCAL)).toEqual([]);
  });

  test.each(rows.map(([id, fault, local, environment = shop()]) => [id, fault, local, environment] as const))(
    '%s: %s',
    (id, _fault, local, environment) => {
      expect(ids(inspect(local, environment))).toEqual([id]);
      expect(refused(() => composeStack('shop', environment, local))).toEqual([id]);
    },
  );

  test('a machine that holds exactly what is reserved is large enough', () => {
    expect(inspect({ ...LOCAL, host: RESERVED })).toEqual([]);
  });

  test.each([1, 50])('%d containers are counted', (replicas) => {
    expect(inspect({ ...LOCAL, services: [{ name: 'orders', replicas }] })).toEqual([]);
  });

  test('faults of stores, gateway and pool are found with their places', () => {
    const faults: LocalSpec = {
      ...LOCAL,
      databases: [{ ...POSTGRES, port: 80 }],
      caches: [{ ...CACHE, shards: 2 }],
      pooler: { serverConnections: 96 },
    };
    const gateway = { ...shop().gateway, port: 8081 } as NonNullable<EnvironmentSpec['gateway']>;
    expect(inspect(faults, shop({ gateway })).map(({ path, check }) => `${path} ${check}`)).toEqual([
      'shop/production/local/main store-port-is-unprivileged',
      'shop/production/local/cache redis-shards-form-a-majority',
      'shop/production/local pooler-leaves-room-on-the-server',
      'shop/production/local/gateway gateway-ports-differ',
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([id]) => id))].sort()).toEqual(
      allIds(LOCAL_CHECKS, LOCAL_PLAN_CHECKS, LOCAL_SERVICE_CHECKS),
    );
  });
});
