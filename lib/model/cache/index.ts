export {
  type CachePolicyPlan,
  type CachePolicySpec,
  cachePolicyPlan,
  cacheSettings,
  keyPrefix,
  sharedSettings,
} from './cache-policy';
export {
  type CacheWarmingSpec,
  WARMING_INTERVALS,
  warmingInterval,
  warmingLimit,
  warmingName,
  warmingSchedule,
} from './cache-warming';
