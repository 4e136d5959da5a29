export {
  type AdapterConfig,
  type AdapterRule,
  adapterConfig,
  adapterYaml,
  inspectAdapterMetrics,
  METRIC_ADAPTER_CHECKS,
} from './metric-adapter';
export {
  CLUSTER_SOURCE_CHECKS,
  type ClusterServices,
  LISTED_SERVER_CHECKS,
  LISTED_SERVERS_CHECKS,
  type ListedServers,
  type ResolvedPods,
  type ServerSource,
  SURROUNDINGS_CHECKS,
  type Surroundings,
} from './nginx/nginx-servers';
export { NginxUpstreams } from './nginx/nginx-upstreams';
export { postgresFlags, postgresqlConf, type RdsParameter, rdsParameters } from './postgres-parameters';
export { REDIS_BOOTSTRAP } from './redis/redis-bootstrap';
export { type RedisClusterSettings, type RedisConfSettings, redisConf } from './redis/redis-conf';
export { yamlText } from './yaml-text';
