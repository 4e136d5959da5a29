import type { EnvironmentSpec } from '../../../lib/model';
import { quotaInput } from '../../../lib/platform/plan/plan-quotas';
import { Memory } from '../../../lib/units';
import { reachable } from '../../support/edge';
import { environment } from '../../support/environment';

const input = (overrides: Partial<EnvironmentSpec> = {}) => quotaInput(environment(overrides));

describe('quotaInput', () => {
  test('counts what an environment declares', () => {
    const { zones, nat, loadBalancers, databaseInstances, cacheNodes, otherVcpus } = input();
    expect({ zones, nat, loadBalancers, databaseInstances, cacheNodes, otherVcpus }).toEqual({
      zones: 3,
      nat: 'per-zone',
      loadBalancers: 0,
      databaseInstances: 1,
      cacheNodes: 0,
      // the host that Session Manager opens a way through
      otherVcpus: { onDemand: 2 },
    });
  });

  test('counts no host where the API is public', () => {
    const apiAccess = { through: 'internet', from: ['198.51.100.0/24'] } as const;
    const cluster = { ...environment().cluster, apiAccess } as unknown as EnvironmentSpec['cluster'];
    expect(input({ cluster }).otherVcpus).toBeUndefined();
  });

  test('counts the load balancer of an edge, and each that weighs a canary', () => {
    expect(quotaInput(reachable()).loadBalancers).toBe(1);
    const services = reachable().services.map((service) => ({
      ...service,
      rollout: { strategy: 'canary', traffic: { through: 'alb', host: 'shop.example.com' } },
    })) as unknown as EnvironmentSpec['services'];
    expect(quotaInput(reachable({ services })).loadBalancers).toBe(2);
  });

  test('counts every node of managed caches, and no server that is a pod', () => {
    const caches: EnvironmentSpec['caches'] = [
      { kind: 'replication-group', name: 'one', nodeType: 'cache.m7g.large', shards: 3, replicasPerShard: 1 },
      { kind: 'replication-group', name: 'two', nodeType: 'cache.m7g.large', replicasPerShard: 2 },
      { kind: 'server', name: 'three' },
    ];
    expect(input({ caches }).cacheNodes).toBe(9);
    const databases: EnvironmentSpec['databases'] = [
      ...environment().databases,
      { kind: 'server', name: 'other', databaseName: 'other', maxConnections: 100 },
    ];
    expect(input({ databases }).databaseInstances).toBe(1);
  });

  test.each<[it: string, overrides: Partial<EnvironmentSpec>, gib: number]>([
    ['none without stores', { caches: [], databases: [] }, 0],
    // three shards of two, twice the memory each
    ['of all members of a cluster', { caches: [{ name: 'cache', memory: Memory.gib(1) }] }, 12],
    ['of a server', { caches: [{ kind: 'server', name: 'redis', storage: Memory.gib(5) }] }, 5],
    [
      'of a database that is a pod',
      {
        caches: [],
        databases: [
          { kind: 'server', name: 'main', databaseName: 'shop', maxConnections: 100, storage: Memory.gib(30) },
        ],
      },
      30,
    ],
    [
      'of a vector database and its snapshots',
      { caches: [], vectorDatabases: [{ name: 'vectors', storage: Memory.gib(20), snapshots: Memory.gib(10) }] },
      30,
    ],
    ['none of numbers that cannot be', { caches: [{ name: 'cache', memory: Memory.gib(1), shards: Number.NaN }] }, 0],
    ['none of fewer than no members', { caches: [{ name: 'cache', memory: Memory.gib(1), shards: -1 }] }, 0],
  ])('counts volumes: %s', (_, overrides, gib) => {
    expect(input(overrides).volumes?.inBytes).toBe(Memory.gib(gib).inBytes);
  });
});
