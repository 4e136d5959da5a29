export type { AccountSpec } from './account';
export { combinedNeeds, type QuotaInput, type QuotaNeeds, type QuotaPlan, quotaNeeds } from './quota-needs';
export { type AccountQuotas, inspectQuotas, QUOTA_CHECKS, type QuotaSubject } from './quotas';
export { QUOTA_NAMES, type QuotaName, SERVICE_QUOTAS, type ServiceQuota, serviceQuota } from './service-quotas';
