import type { Construct } from 'constructs';
import { ASSUMPTION_NAMES } from '../../model';
import { membersPerShard } from '../../model/redis/redis';
import { type Affinity, KubeStatefulSet, type TopologySpreadConstraint } from '../k8s';
import type { Labels } from '../labels';
import { quantity } from '../quantities';
import { handoverSeconds, memberPod } from './redis-member';
import {
  memberSelector,
  membersService,
  OUTSIDE_THE_MESH,
  type RedisClusterPlan,
  redisLabels,
  shardName,
  shardSelector,
} from './redis-plan';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

/** A member counts as back once it has been ready for this long; the next one is restarted no sooner. */
const MIN_READY_SECONDS = 10;

/**
 * One primary and its replicas, each in a zone of its own. The first member prefers the zone where its shard is at home.
 *
 * Pods start in parallel: a member must be able to come back while an earlier one cannot, for instance because its
 * volume lies in a zone that is gone. Updates still restart one member at a time, the last one first.
 * Volumes stay when pods or the set go. Their size cannot be changed here: expand the claims, then recreate the set
 * with `--cascade=orphan`.
 */
export function redisShard(
  scope: Construct,
  plan: RedisClusterPlan,
  shard: number,
  annotations: Labels,
): KubeStatefulSet {
  const name = shardName(plan, shard);
  const labels = { ...redisLabels(plan), ...shardSelector(plan, shard) };
  return new KubeStatefulSet(scope, `Shard${shard}`, {
    metadata: { name, labels, annotations: { [ASSUMPTION_NAMES.stopHook]: `${handoverSeconds(plan)}s` } },
    spec: {
      serviceName: membersService(plan),
      replicas: membersPerShard(plan),
      podManagementPolicy: 'Parallel',
      minReadySeconds: MIN_READY_SECONDS,
      revisionHistoryLimit: 3,
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels: shardSelector(plan, shard) },
      template: {
        metadata: { labels: { ...labels, ...OUTSIDE_THE_MESH }, annotations },
        spec: {
          ...memberPod(plan, shard),
          topologySpreadConstraints: [distinctZones(plan, shard)],
          affinity: affinity(plan, shard),
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels: shardSelector(plan, shard) },
          spec: {
            accessModes: ['ReadWriteOnce'],
            ...(plan.storageClass === undefined ? {} : { storageClassName: plan.storageClass }),
            resources: { requests: { storage: quantity(plan.storage) } },
          },
        },
      ],
    },
  });
}

/** Without `minDomains` a cluster that has nodes in a single zone would seat all members there: no skew. */
const distinctZones = (plan: RedisClusterPlan, shard: number): TopologySpreadConstraint => ({
  topologyKey: ZONE,
  maxSkew: 1,
  minDomains: membersPerShard(plan),
  whenUnsatisfiable: 'DoNotSchedule',
  nodeTaintsPolicy: 'Honor',
  labelSelector: { matchLabels: shardSelector(plan, shard) },
});

function affinity(plan: RedisClusterPlan, shard: number): Affinity {
  const inZones = (zones: readonly string[]) => ({
    matchExpressions: [{ key: ZONE, operator: 'In', values: [...zones] }],
  });
  const home = plan.zones.slice(shard % plan.zones.length).slice(0, 1);
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [inZones(plan.zones)] },
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: inZones(home) }],
    },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: HOST, labelSelector: { matchLabels: shardSelector(plan, shard) } },
      ],
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { topologyKey: HOST, labelSelector: { matchLabels: memberSelector(plan) } } },
      ],
    },
  };
}
