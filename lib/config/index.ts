export { type AdapterRule, type AdapterConfig, METRIC_ADAPTER_CHECKS, inspectAdapterMetrics, adapterConfig, adapterYaml } from './metric-adapter';
export { type ListedServers, type ClusterServices, type ResolvedPods, type Surroundings, LISTED_SERVERS_CHECKS, LISTED_SERVER_CHECKS, CLUSTER_SOURCE_CHECKS, SURROUNDINGS_CHECKS } from './nginx/nginx-servers';
export { NginxUpstreams } from './nginx/nginx-upstreams';
export { type RdsParameter, rdsParameters, postgresqlConf, postgresFlags } from './postgres-parameters';
export { REDIS_BOOTSTRAP } from './redis/redis-bootstrap';
export { type RedisConfSettings, type RedisClusterSettings, redisConf } from './redis/redis-conf';
export { yamlText } from './yaml-text';
