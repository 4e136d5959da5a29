import type { Rule } from '../rule';
import { serviceQuotasCoverThePeak } from './service-quotas-cover-the-peak';

/** Rules about limits of AWS, of its volumes and of versions. */
export const CLOUD_RULES: readonly Rule[] = [serviceQuotasCoverThePeak];
