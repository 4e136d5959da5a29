import type { Rule } from '../rule';
import { autoscalerTotalsCoverNodeGroups } from './autoscaler-totals-cover-node-groups';
import { databaseStorageCanGrow } from './database-storage-can-grow';
import { metricsStorageCoversRetention } from './metrics-storage-covers-retention';
import { replicationSlotsAreBounded } from './replication-slots-are-bounded';
import { serviceQuotasCoverThePeak } from './service-quotas-cover-the-peak';
import { volumesAttachToNodes } from './volumes-attach-to-nodes';
import { volumesHaveNodesInTheirZone } from './volumes-have-nodes-in-their-zone';

/** Rules about limits of AWS, of its volumes and of versions. */
export const CLOUD_RULES: readonly Rule[] = [
  serviceQuotasCoverThePeak,
  autoscalerTotalsCoverNodeGroups,
  volumesAttachToNodes,
  volumesHaveNodesInTheirZone,
  replicationSlotsAreBounded,
  databaseStorageCanGrow,
  metricsStorageCoversRetention,
];
