export {
  type NoFinalSnapshot,
  type PostgresParameters,
  type PostgresPlan,
  type PostgresSpec,
  postgresPlan,
} from './postgres';
export { inspectPostgres, POSTGRES_CHECKS } from './postgres-checks';
export {
  inspectReplica,
  POSTGRES_REPLICA_CHECKS,
  POSTGRES_REPLICA_SETTING_CHECKS,
  type PostgresReplicaSpec,
  type ReplicaPlan,
  replicaPlan,
} from './postgres-replica';
export { inspectFirstStart, POSTGRES_REPLICA_START_CHECKS } from './postgres-replica-start';
export { type PostgresServerPlan, type PostgresServerSpec, postgresServerPlan } from './postgres-server';
export { inspectPostgresServer, POSTGRES_SERVER_CHECKS } from './postgres-server-checks';
export {
  defaultMaxConnections,
  POSTGRES_MEMORY_CHECKS,
  POSTGRES_RELATION_CHECKS,
  POSTGRES_SETTING_CHECKS,
  type PostgresInMemory,
} from './postgres-setting-checks';
export {
  type PostgresSetting,
  type PostgresTuning,
  postgresSettings,
  settingAmount,
} from './postgres-settings';
export { POSTGRES_SLOT_CHECKS, slotWalKeepSize } from './postgres-slot-checks';
export { type DatedVersion, POSTGRES_VERSION_CHECKS, postgresMajor } from './postgres-version-checks';
export { isRotationStep, loginInUse, loginVersions, type RoleRotation, secondLogin } from './role-rotation';
