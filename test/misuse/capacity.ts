import type { ClusterSpec, EnvironmentSpec, InstancesSpec, NodePoolSpec } from '../../lib/model';
import { Cpu, Duration, Memory, Percent } from '../../lib/units';
import { EDGE, GATEWAY } from '../support/edge';
import { service } from '../support/environment';
import { inCluster, inEnvironment, type Misuse } from './rows';

const TYPES = ['m5.large', 'm6i.large', 'm6a.large'];

/** Nodes for the cache, which must not stand on spot. */
const data = {
  name: 'data',
  instanceTypes: ['r5.large'],
  min: 1,
  max: 2,
  desired: 1,
  zones: 'each',
  taints: [{ key: 'dedicated', value: 'data', effect: 'NoSchedule' }],
} as const;

/** A cluster that is sound with spot nodes and with pools. */
const sized =
  (part: Partial<ClusterSpec>, more: Partial<EnvironmentSpec> = {}) =>
  (valid: EnvironmentSpec): EnvironmentSpec => ({
    ...valid,
    caches: valid.caches.map((cache) => ({ ...cache, nodes: 'data' })) as EnvironmentSpec['caches'],
    ...more,
    cluster: { ...valid.cluster, nodeGroups: [...valid.cluster.nodeGroups, data], ...part },
  });

const spot = { instanceTypes: TYPES };
const pool: NodePoolSpec = {
  name: 'jobs',
  instanceTypes: ['c5.2xlarge'],
  limits: { cpu: Cpu.cores(32), memory: Memory.gib(64) },
};
const karpenter = (pools: readonly NodePoolSpec[] = [pool]) => ({ imageVersion: 'v20260818', pools });

/** Instances behind a door whose name no zone answers for. */
const onInstances =
  (part: Partial<InstancesSpec>, domain: string, more: Partial<EnvironmentSpec> = {}) =>
  (valid: EnvironmentSpec): EnvironmentSpec => ({
    ...valid,
    services: valid.services.map((one) => ({ ...one, isPublic: true })),
    gateway: GATEWAY,
    edge: { ...EDGE, healthPath: '/orders/health' },
    domain,
    instances: [{ service: service('legal'), instanceTypes: ['m5.large'], min: 2, max: 4, desired: 2, ...part }],
    ...more,
  });

const NO_ZONE = 'edge-domain-lies-in-a-zone';

/** Slips in how nodes and instances are bought and made. */
export const CAPACITY_ROWS: readonly Misuse[] = [
  {
    fault: 'spot without an autoscaler',
    slip: sized({ spot, autoscaler: 'none' }),
    errors: ['cluster-spot-has-its-autoscaler'],
  },
  {
    fault: 'spot beside a group that is not there',
    slip: sized({ spot: { ...spot, beside: ['general', 'compute'] } }),
    errors: ['cluster-spot-stands-beside-declared-groups'],
  },
  {
    fault: 'spot beside nothing',
    slip: sized({ spot: { ...spot, beside: [] } }),
    errors: ['spot-share-stands-on-demand'],
  },
  {
    fault: 'all on spot',
    slip: sized({ spot: { ...spot, share: Percent.of(100) } }),
    errors: ['spot-share-is-a-part'],
  },
  {
    fault: 'spot with the name of a group',
    slip: sized({ spot: { ...spot, name: 'general' } }),
    errors: ['spot-share-name-is-free'],
  },
  {
    fault: 'spot of one type',
    slip: sized({ spot: { instanceTypes: ['m5.large'] } }),
    errors: [],
    warnings: ['node-group-spot-has-a-choice'],
  },
  {
    fault: 'a wait of an hour for spot',
    slip: sized({ spot: { ...spot, provisionTimeout: Duration.hours(1) } }),
    errors: ['spot-share-turns-away-in-time'],
  },
  { fault: 'a cache on spot', slip: inCluster({ spot }), errors: ['redis-members-have-lasting-nodes'] },
  {
    fault: 'a service on spot alone',
    slip: sized({ spot }, { services: [service('orders', { nodes: 'spot' })] }),
    errors: ['service-nodes-exist'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'pods that leave spot too slowly',
    slip: sized({ spot }, { services: [service('orders', { drainFor: Duration.minutes(3) })] }),
    errors: [],
    warnings: ['redis-has-a-client', 'web-service-stops-before-spot-reclaim'],
  },
  {
    fault: 'more than on demand can take over',
    slip: sized(
      { spot },
      {
        services: [
          service('orders', {
            scaling: { min: 2, max: 60, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
          }),
        ],
      },
    ),
    errors: ['spot-share-can-fall-back'],
    warnings: ['redis-has-a-client', 'spot-share-leaves-room-for-a-release'],
  },
  {
    fault: 'pools beside Cluster Autoscaler',
    slip: inCluster({ karpenter: karpenter() }),
    errors: ['cluster-karpenter-is-the-autoscaler'],
  },
  {
    fault: 'Karpenter without pools',
    slip: inCluster({ autoscaler: 'karpenter' }),
    errors: ['cluster-karpenter-has-pools'],
    warnings: ['cluster-services-karpenter-has-rights'],
  },
  {
    fault: 'Karpenter on nodes of its own',
    slip: inCluster({
      autoscaler: 'karpenter',
      karpenter: karpenter(),
      nodeGroups: [{ name: 'general', instanceTypes: ['m6i.large'], min: 1, max: 6, desired: 1 }],
    }),
    errors: [],
    warnings: ['cluster-karpenter-starts-on-other-nodes'],
  },
  {
    fault: 'a pool with the name of a group',
    slip: inCluster({ autoscaler: 'karpenter', karpenter: karpenter([{ ...pool, name: 'general' }]) }),
    errors: ['cluster-pools-have-names-of-their-own'],
  },
  {
    fault: 'an image that is no release',
    slip: inCluster({ autoscaler: 'karpenter', karpenter: { ...karpenter(), imageVersion: '1.35' } }),
    errors: ['node-class-image-is-a-release'],
  },
  {
    fault: 'nothing to reserve',
    slip: inEnvironment({ reserved: { share: Percent.of(0) } }),
    errors: ['reserved-share-is-a-part'],
  },
  {
    fault: 'a reservation of two years',
    slip: inEnvironment({ reserved: { share: Percent.of(50), termYears: 2 as 1 } }),
    errors: ['reserved-term-is-offered'],
  },
  {
    fault: 'instances without a door',
    slip: inEnvironment({
      instances: [{ service: service('legal'), instanceTypes: ['m5.large'], min: 2, max: 4, desired: 2 }],
    }),
    errors: ['instances-have-a-door'],
  },
  {
    fault: 'instances of what runs as pods',
    slip: onInstances({ service: service('orders') }, 'instances-one.example.com'),
    errors: [NO_ZONE, 'instances-serve-what-pods-do-not'],
  },
  {
    fault: 'instances that call a pod',
    slip: onInstances(
      { service: service('legal', { connections: [{ to: 'service', name: 'orders' }] }) },
      'instances-two.example.com',
    ),
    errors: [NO_ZONE, 'instances-reach-their-stores'],
  },
  {
    fault: 'more instances at first than at most',
    slip: onInstances({ desired: 5 }, 'instances-three.example.com'),
    errors: ['asg-desired-is-within-bounds', NO_ZONE],
  },
  {
    fault: 'instances held at no CPU',
    slip: onInstances({ cpu: Percent.of(0) }, 'instances-four.example.com'),
    errors: ['asg-cpu-target-is-possible', NO_ZONE],
  },
  {
    fault: 'requests a second for a minute',
    slip: onInstances(
      { service: service('legal', { measuredRps: 500 }), requestsPerMinute: 1000 },
      'instances-five.example.com',
    ),
    errors: [NO_ZONE],
    warnings: ['asg-request-target-uses-its-instances'],
  },
];
