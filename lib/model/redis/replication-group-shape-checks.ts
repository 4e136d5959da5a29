import { cacheNode } from '../../catalog';
import { type Check, isWholeWithin } from '../../check';
import { nodesOf, type ReplicationGroupPlan } from './replication-group';

/** Nodes of one group without a quota request, and with the largest one. Source: ElastiCache user guide, shards. */
const DEFAULT_NODES = 90;
const MOST_NODES = 500;

const isBurstable = (nodeType: string): boolean => cacheNode(nodeType)?.burstable ?? /^cache\.t\d/.test(nodeType);

/** What ElastiCache asks of nodes, shards and replicas, and what they survive. */
export const REPLICATION_GROUP_SHAPE_CHECKS: readonly Check<ReplicationGroupPlan>[] = [
  {
    id: 'replication-group-node-type-is-well-formed',
    prop: 'nodeType',
    holds: ({ nodeType }) => /^cache\.[a-z]\d+[a-z]*\.(micro|small|medium|\d*x?large)$/.test(nodeType),
    rule: 'must be an ElastiCache node type',
    remedy: 'use one such as cache.r7g.large',
  },
  {
    id: 'replication-group-node-type-can-be-backed-up',
    prop: 'nodeType',
    holds: ({ nodeType }) => !nodeType.startsWith('cache.t1.'),
    rule: 'must not be of the T1 generation, which takes neither snapshots nor Multi-AZ',
    remedy: 'use cache.t4g.micro or larger',
  },
  {
    id: 'replication-group-node-type-keeps-data-in-memory',
    prop: 'nodeType',
    holds: ({ nodeType }) => !/^cache\.[a-z]\d+[a-z]*d\./.test(nodeType),
    rule: 'must not tier data to disks: a group would need data tiering, which is not declared here',
    remedy: ({ nodeType }) => `use ${nodeType.replace('gd.', 'g.')}`,
  },
  {
    id: 'replication-group-node-type-is-known',
    prop: 'nodeType',
    severity: 'warning',
    holds: ({ nodeType }) => cacheNode(nodeType) !== undefined,
    rule: 'should be a type of the catalog: memory for data cannot be worked out',
    remedy: 'make sure that ElastiCache offers it in the region',
  },
  {
    id: 'replication-group-node-type-is-not-throttled',
    prop: 'nodeType',
    severity: 'warning',
    holds: ({ nodeType }) => !isBurstable(nodeType),
    rule: 'should not be burstable: once its credits are spent, every command waits for a baseline of processor',
    remedy: 'use cache.m7g.large or larger where people wait for answers',
  },
  {
    id: 'replication-group-shards-are-in-range',
    prop: 'shards',
    holds: ({ shards }) => isWholeWithin(shards, 1, MOST_NODES),
    rule: `must be a whole number from 1 to ${MOST_NODES}`,
    remedy: 'use 1, or 3 to spread writes',
  },
  {
    id: 'replication-group-shards-speak-the-cluster-protocol',
    prop: 'clusterMode',
    holds: ({ shards, clusterMode }) => clusterMode || !(shards > 1),
    rule: ({ shards }) => `must be on for ${shards} shards: without it there is exactly one`,
    remedy: 'leave it out, or use one shard',
  },
  {
    id: 'replication-group-replicas-are-in-range',
    prop: 'replicasPerShard',
    holds: ({ replicasPerShard }) => isWholeWithin(replicasPerShard, 0, 5),
    rule: 'must be a whole number from 0 to 5',
    remedy: 'use 1',
  },
  {
    id: 'replication-group-nodes-can-exist',
    prop: 'shards',
    holds: (plan) => nodesOf(plan) <= MOST_NODES,
    rule: (plan) => `must make at most ${MOST_NODES} nodes with their replicas, not ${nodesOf(plan)}`,
    remedy: 'use larger nodes',
  },
  {
    id: 'replication-group-nodes-are-within-the-default-quota',
    prop: 'shards',
    severity: 'warning',
    holds: (plan) => nodesOf(plan) <= DEFAULT_NODES || nodesOf(plan) > MOST_NODES,
    rule: (plan) => `should make at most ${DEFAULT_NODES} nodes, not ${nodesOf(plan)}: more take a raised quota`,
    remedy: 'ask for nodes per cluster per instance type before the first apply, or use larger nodes',
  },
  {
    id: 'replication-group-multi-az-has-a-replica',
    prop: 'replicasPerShard',
    holds: ({ multiAz, replicasPerShard }) => !multiAz || replicasPerShard >= 1,
    rule: 'must be at least 1 with multiAz: a standby in another zone is a replica',
    remedy: 'use 1, or multiAz: false where an outage may last',
  },
  {
    id: 'replication-group-survives-a-zone',
    prop: 'multiAz',
    severity: 'warning',
    holds: ({ multiAz }) => multiAz,
    rule: 'should be on: without it the loss of a node or zone is an outage, and loses what was not in a snapshot',
    remedy: 'leave it out where the data matters',
  },
];
