import type { Rule } from '../rule';
import { autoscalerTotalsCoverNodeGroups } from './autoscaler-totals-cover-node-groups';
import { databaseStorageCanGrow } from './database-storage-can-grow';
import { databasesSurviveAZone } from './databases-survive-a-zone';
import { entrancesSurviveAZone } from './entrances-survive-a-zone';
import { exitsSurviveAZone } from './exits-survive-a-zone';
import { metricsStorageCoversRetention } from './metrics-storage-covers-retention';
import { nodeGroupsSpanZones } from './node-groups-span-zones';
import { peakStaysWithinTheNodeTotal } from './peak-stays-within-the-node-total';
import { redisClientsFitMaxclients } from './redis-clients-fit-maxclients';
import { replicationSlotsAreBounded } from './replication-slots-are-bounded';
import { serviceQuotasCoverThePeak } from './service-quotas-cover-the-peak';
import { volumesAttachToNodes } from './volumes-attach-to-nodes';
import { volumesHaveNodesInTheirZone } from './volumes-have-nodes-in-their-zone';

/** Rules about limits of AWS, of its volumes and of versions. */
export const CLOUD_RULES: readonly Rule[] = [
  serviceQuotasCoverThePeak,
  autoscalerTotalsCoverNodeGroups,
  peakStaysWithinTheNodeTotal,
  volumesAttachToNodes,
  volumesHaveNodesInTheirZone,
  replicationSlotsAreBounded,
  databaseStorageCanGrow,
  metricsStorageCoversRetention,
  redisClientsFitMaxclients,
  databasesSurviveAZone,
  exitsSurviveAZone,
  entrancesSurviveAZone,
  nodeGroupsSpanZones,
];
