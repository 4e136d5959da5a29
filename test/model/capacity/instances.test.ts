import type { EnvironmentSpec, InstancesSpec } from '../../../lib/model';
import { asNodeGroup, instanceCapacity, instanceGroupName, withInstances } from '../../../lib/model/capacity/instances';
import {
  INSTANCES_CHECKS,
  INSTANCES_PLACE_CHECKS,
  inspectInstances,
} from '../../../lib/model/capacity/instances-checks';
import { Memory, Percent, Rate } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const legal = service('legal', { measuredRps: 100, rollout: { strategy: 'canary', traffic: { through: 'istio' } } });

const group: InstancesSpec = { service: legal, instanceTypes: ['m5.large'], min: 2, max: 10, desired: 2 };

const place = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({
    edge: { healthPath: '/orders/health' },
    gateway: { name: 'gateway', scaling: { min: 2, max: 4, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] } },
    instances: [group],
    ...overrides,
  });

describe('a service on instances', () => {
  test('is named after cluster and service', () => {
    expect(instanceGroupName('alfred-production', group)).toBe('alfred-production-legal');
  });

  test('serves what a pod was measured to serve, or nobody knows what', () => {
    expect(instanceCapacity(group)).toEqual(Rate.perSecond(100));
    expect(instanceCapacity({ ...group, service: service('legal') })).toBeUndefined();
  });

  test('is a client of stores between its own bounds, and is released by nobody', () => {
    const [, added] = withInstances(place()).services;
    expect(added).toMatchObject({ name: 'legal', scaling: { min: 2, max: 10 } });
    expect(added).not.toHaveProperty('rollout');
  });

  test('changes nothing where none is declared', () => {
    const plain = environment();
    expect(withInstances(plain)).toBe(plain);
  });

  test('is billed and counted like a group of nodes', () => {
    expect(asNodeGroup({ ...group, rootVolume: Memory.gib(40) })).toEqual({
      name: 'legal',
      instanceTypes: ['m5.large'],
      min: 2,
      max: 10,
      desired: 2,
      rootVolume: Memory.gib(40),
    });
  });
});

const gone: unique symbol = Symbol('left out');
const without = (key: 'edge' | 'gateway'): EnvironmentSpec => {
  const { [key]: _left = gone, ...rest } = place();
  return rest;
};

const connecting = (to: 'service' | 'cache' | 'vector-database', name: string): EnvironmentSpec =>
  place({ instances: [{ ...group, service: service('legal', { connections: [{ to, name }] }) }] });

const broken: readonly (readonly [string, EnvironmentSpec])[] = [
  ['instances-have-distinct-names', place({ instances: [group, group] })],
  ['instances-have-a-door', without('edge')],
  ['instances-have-a-door', without('gateway')],
  ['instances-have-a-door', place({ edge: { healthPath: '/orders/health', delivery: 'cloudfront' } })],
  ['instances-serve-what-pods-do-not', place({ services: [service('legal')] })],
  ['instances-reach-their-stores', connecting('service', 'orders')],
  ['instances-reach-their-stores', connecting('cache', 'cache')],
  ['instances-reach-their-stores', connecting('vector-database', 'vectors')],
  ['instances-have-a-short-name', place({ instances: [{ ...group, service: service('a'.repeat(40)) }] })],
  ['instances-have-a-short-name', place({ instances: [{ ...group, service: service('9lives') }] })],
];

describe('checks of instances', () => {
  test.each(broken)('%s', (check, given) => {
    expect(ids(inspectInstances('test', given))).toEqual([check]);
  });

  test('nothing is said of what reaches RDS, ElastiCache and networks', () => {
    const connections = [
      { to: 'database', name: 'main' },
      { to: 'cache', name: 'sessions' },
      { to: 'network', cidr: '203.0.113.0/24', port: 443, reason: 'models' },
    ] as const;
    const sound = place({
      caches: [{ kind: 'replication-group', name: 'sessions', nodeType: 'cache.m6g.large' }],
      instances: [{ ...group, service: service('a'.repeat(39), { connections }) }],
    });
    expect(inspectInstances('test', sound)).toEqual([]);
    expect(inspectInstances('test', environment())).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(
      allIds(INSTANCES_CHECKS, INSTANCES_PLACE_CHECKS),
    );
  });
});
