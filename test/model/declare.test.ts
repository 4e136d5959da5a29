import { declareEnvironment, declareService } from '../../lib/model';
import { Cpu, Memory } from '../../lib/units';
import { environment, service } from '../support/environment';

const {
  databases: _databases,
  caches: _caches,
  vectorDatabases: _vectors,
  services: _services,
  cluster: _cluster,
  ...rest
} = environment();
const { name: _name, connections: _connections, nodes: _nodes, ...plain } = service('any');

const base = {
  ...rest,
  cluster: {
    apiAccess: { through: 'session-manager' },
    nodeGroups: [{ name: 'general', instanceTypes: ['m6i.large'], min: 3, max: 6, desired: 3 }],
  },
  databases: [
    {
      name: 'main',
      databaseName: 'shop',
      version: '16',
      instanceClass: 'db.m6g.large',
      storage: Memory.gib(100),
      maxConnections: 500,
    },
  ],
  caches: [{ name: 'cache', memory: Memory.mib(768) }],
} as const;

const orders = declareService({ ...plain, name: 'orders', connections: [{ to: 'database', name: 'main' }] });

describe('a declared environment', () => {
  test('is the declaration itself', () => {
    const cached = declareService({
      ...plain,
      name: 'carts',
      nodes: 'general',
      connections: [
        { to: 'cache', name: 'cache' },
        { to: 'service', name: 'orders' },
        { to: 'network', cidr: '203.0.113.0/24', port: 443, reason: 'payments' },
      ],
    });
    expect(declareEnvironment({ ...base, services: [orders, cached] })).toEqual({
      ...base,
      services: [orders, cached],
    });
  });

  test('may name a pool of Karpenter, and no other', () => {
    const pool = {
      name: 'jobs',
      instanceTypes: ['c5.2xlarge'],
      limits: { cpu: Cpu.cores(32), memory: Memory.gib(64) },
    } as const;
    const cluster = {
      ...base.cluster,
      autoscaler: 'karpenter',
      karpenter: { imageVersion: 'v20260818', pools: [pool] },
    } as const;
    const job = declareService({ ...plain, name: 'job', nodes: 'jobs', connections: [] });
    expect(declareEnvironment({ ...base, cluster, services: [job] }).services).toEqual([job]);
    // @ts-expect-error there is no such pool
    declareEnvironment({ ...base, cluster, services: [{ ...job, nodes: 'gpu' }] });
  });

  test('does not compile with a connection to what it lacks', () => {
    const lost = [
      declareService({ ...plain, name: 'lost', connections: [{ to: 'database', name: 'ledger' }] }),
      declareService({ ...plain, name: 'lost', connections: [{ to: 'cache', name: 'sessions' }] }),
      declareService({ ...plain, name: 'lost', connections: [{ to: 'service', name: 'payments' }] }),
      declareService({ ...plain, name: 'lost', connections: [{ to: 'vector-database', name: 'documents' }] }),
      declareService({ ...plain, name: 'lost', connections: [], nodes: 'gpu' }),
    ] as const;
    const [database, cache, other, vector, nodes] = lost;
    // @ts-expect-error there is no database `ledger`
    declareEnvironment({ ...base, services: [database] });
    // @ts-expect-error there is no cache `sessions`
    declareEnvironment({ ...base, services: [cache] });
    // @ts-expect-error there is no service `payments`
    declareEnvironment({ ...base, services: [other] });
    // @ts-expect-error there is no vector database at all
    declareEnvironment({ ...base, services: [vector] });
    // @ts-expect-error there is no node group `gpu`
    declareEnvironment({ ...base, services: [nodes] });
    expect(lost).toHaveLength(5);
  });
});
