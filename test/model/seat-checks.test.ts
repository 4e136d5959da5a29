import type { EnvironmentSpec } from '../../lib/model';
import { inspectSeats, SEAT_CHECKS, WORKLOAD_CHECKS } from '../../lib/model/seat-checks';
import { Cpu, Memory } from '../../lib/units';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';

/** m6i.large seats 1930m CPU and 6012 MiB: 8192 less 7.5 % (615), 255 + 11 * 110 (1465) and 100. Its disk of 50 GiB leaves 44. */
const asking = (cpu: number, mib: number, gib: number) => {
  const amounts = { cpu: Cpu.millis(cpu), memory: Memory.mib(mib), ephemeralStorage: Memory.gib(gib) };
  return service('orders', { resources: { requests: amounts, limits: amounts } });
};
const stores = (zones: 'all' | 'each') => ({
  cluster: {
    apiAccess: { through: 'session-manager' } as const,
    nodeGroups: [{ name: 'stores', instanceTypes: ['r6i.large'], min: 1, max: 3, desired: 1, zones }],
  },
  caches: environment().caches.map((cache) => ({ ...cache, nodes: 'stores' })),
});
const gateway = { name: 'gateway', scaling: service('x').scaling };

const broken: [check: string, overrides: Partial<EnvironmentSpec>][] = [
  ['pod-fits-a-node', { services: [asking(1931, 6012, 44)] }],
  ['pod-fits-a-node', { services: [asking(1930, 6013, 44)] }],
  ['pod-fits-a-node', { services: [asking(1930, 6012, 45)] }],
  ['environment-workloads-have-distinct-names', { services: [service('cache')] }],
  ['environment-workloads-have-distinct-names', { services: [service('cache-members')] }],
  [
    'environment-workloads-have-distinct-names',
    { services: [service('a', { isPublic: true }), service('a-pods')], gateway },
  ],
  ['environment-workloads-have-distinct-names', { services: [service('default-deny')] }],
  [
    'environment-workloads-have-distinct-names',
    { services: [service('a', { rollout: { strategy: 'blue-green' } }), service('a-active')] },
  ],
  [
    'environment-workloads-have-distinct-names',
    {
      services: [service('a', { rollout: { strategy: 'canary', traffic: { through: 'istio' } } }), service('a-canary')],
    },
  ],
  [
    'environment-workloads-have-distinct-names',
    { services: [service('vectors-members')], vectorDatabases: [{ name: 'vectors' }] },
  ],
  [
    'environment-workloads-have-distinct-names',
    { services: [service('db')], vectorDatabases: [{ name: 'vectors', aliases: ['db'] }] },
  ],
  ['environment-stores-have-distinct-names', { vectorDatabases: [{ name: 'cache', objectName: 'vectors' }] }],
  ['environment-stores-have-distinct-names', { caches: [{ name: 'main', memory: Memory.mib(768) }], services: [] }],
  ['environment-autoscalers-have-distinct-names', { services: [service('a', { autoscalerName: 'b' }), service('b')] }],
  ['environment-volumes-have-nodes-in-their-zone', stores('all')],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(inspectSeats('shop/production', environment(overrides)))).toEqual([check]);
});

test.each([
  ['a pod as large as its node', { services: [asking(1930, 6012, 44)] }],
  [
    'a node whose type is unknown',
    { services: [asking(99_000, 6012, 44)], cluster: { ...environment().cluster, nodeGroups: [] } },
  ],
  ['a headless Service that nobody makes', { services: [service('a'), service('a-pods')], gateway }],
  ['a group in each zone', stores('each')],
] satisfies [string, Partial<EnvironmentSpec>][])('%s is accepted', (_, overrides) => {
  expect(inspectSeats('shop/production', environment(overrides))).toEqual([]);
});

test('a pod that names a group is measured against that group alone', () => {
  const group = { name: 'large', instanceTypes: ['m6i.4xlarge'], min: 0, max: 1, desired: 0 };
  const { cluster } = environment();
  const nodeGroups = [
    ...cluster.nodeGroups,
    { ...group, taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] },
  ] as const;
  const large = asking(8000, 6012, 44);
  const on = (services: EnvironmentSpec['services']) => environment({ cluster: { ...cluster, nodeGroups }, services });
  expect(ids(inspectSeats('shop', on([large])))).toEqual(['pod-fits-a-node']);
  expect(ids(inspectSeats('shop', on([{ ...large, nodes: 'large' }])))).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(SEAT_CHECKS, WORKLOAD_CHECKS));
});
