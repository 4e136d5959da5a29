export {
  type VectorDatabasePlan,
  type VectorDatabaseSpec,
  vectorDatabasePlan,
} from './vector-database';
export { inspectVectorDatabase, VECTOR_DATABASE_CHECKS } from './vector-database-checks';
