import type { Rule } from '../rule';
import { ceilingsCoverDeclaredLoad } from './ceilings-cover-declared-load';
import { databaseConnectionsCoverPools } from './database-connections-cover-pools';
import { databaseMemoryCoversItsConnections } from './database-memory-covers-its-connections';
import { metricsHaveSources } from './metrics-have-sources';
import { nginxConnectionsOutlastAStall, nginxFilesCoverConnections } from './nginx-connections';
import { podSecurityAdmitsPods } from './pod-security-admits-pods';
import { poolerLetsClientsIn } from './pooler-lets-clients-in';
import { rateLimitsCoverDeclaredLoad, rateLimitsSeeClients } from './rate-limits';
import { redisMajoritySurvivesAZone } from './redis-majority-survives-a-zone';
import { redisMemoryLeavesRoomForAFork } from './redis-memory-leaves-room-for-a-fork';
import { redisShardsHaveAReplica, redisWritesSurviveALostReplica } from './redis-replicas';
import { replicaParametersCoverThePrimary } from './replica-parameters-cover-the-primary';
import { graceCoversTheStopHook, graceFitsTheSpotNotice, podsOutliveTheirTargets } from './shutdown-chain';
import { progressDeadlineOutlastsStartUp, startUpFitsItsProbes } from './start-up';
import { loadBalancerClosesIdleConnectionsFirst, outerTimeoutsOutlastInner } from './timeout-chain';
import { versionsAreSupported } from './versions-are-supported';
import { webhooksSpareKubeSystem } from './webhooks-spare-kube-system';

/** Rules about databases, caches, the way of a request, and what lets pods in. */
export const STORE_AND_TRAFFIC_RULES: readonly Rule[] = [
  databaseConnectionsCoverPools,
  databaseMemoryCoversItsConnections,
  poolerLetsClientsIn,
  replicaParametersCoverThePrimary,
  redisMemoryLeavesRoomForAFork,
  redisShardsHaveAReplica,
  redisWritesSurviveALostReplica,
  redisMajoritySurvivesAZone,
  ceilingsCoverDeclaredLoad,
  metricsHaveSources,
  startUpFitsItsProbes,
  progressDeadlineOutlastsStartUp,
  graceCoversTheStopHook,
  podsOutliveTheirTargets,
  graceFitsTheSpotNotice,
  loadBalancerClosesIdleConnectionsFirst,
  outerTimeoutsOutlastInner,
  nginxFilesCoverConnections,
  nginxConnectionsOutlastAStall,
  rateLimitsSeeClients,
  rateLimitsCoverDeclaredLoad,
  webhooksSpareKubeSystem,
  podSecurityAdmitsPods,
  versionsAreSupported,
];
