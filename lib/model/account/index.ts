export type { AccountSpec } from './account';
export { ACCOUNT_CHECKS, type AccountSubject } from './account-checks';
export {
  copyRegionOf,
  ecrPlace,
  environmentsOf,
  homeRegions,
  type KeptState,
  keptStates,
  regionsOf,
  roleBoundaryOf,
  stateBucketsOf,
  zonesIn,
} from './account-places';
export { LINKED_SERVICES, type LinkedService } from './linked-services';
export type { CiJobs, CiSource, PipelineSpec } from './pipeline';
export { inspectAccountSpecs, PLATFORM_ACCOUNT_CHECKS } from './platform-account-checks';
export { combinedNeeds, type QuotaInput, type QuotaNeeds, type QuotaPlan, quotaNeeds } from './quota-needs';
export { type AccountQuotas, inspectQuotas, QUOTA_CHECKS, type QuotaSubject } from './quotas';
export { QUOTA_NAMES, type QuotaName, SERVICE_QUOTAS, type ServiceQuota, serviceQuota } from './service-quotas';
