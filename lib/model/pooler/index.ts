export {
  connectionsPerPod,
  type DatabasePoolerPlan,
  type DatabasePoolerSpec,
  databasePoolerPlan,
  pooledServices,
  poolerDemand,
  poolerMemory,
  poolerOf,
  poolerPeak,
} from './database-pooler';
export { DATABASE_POOLER_CHECKS, inspectDatabasePooler } from './database-pooler-checks';
