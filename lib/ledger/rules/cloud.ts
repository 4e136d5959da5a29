import type { Rule } from '../rule';
import { autoscalerTotalsCoverNodeGroups } from './autoscaler-totals-cover-node-groups';
import { serviceQuotasCoverThePeak } from './service-quotas-cover-the-peak';

/** Rules about limits of AWS, of its volumes and of versions. */
export const CLOUD_RULES: readonly Rule[] = [serviceQuotasCoverThePeak, autoscalerTotalsCoverNodeGroups];
