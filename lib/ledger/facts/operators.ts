import type { Operator } from './operated-pods';
import { beat, elasticsearch, ofElastic } from './operators-elastic';
import { kafka, kafkaPart } from './operators-kafka';
import { jaeger, monitoring } from './operators-monitoring';
import { postgres, rabbitmq, redisCluster } from './operators-stores';

/** Kinds whose pods are known. Sources of what they leave out: the catalog's `OPERATOR_DEFAULTS`. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  Elasticsearch: elasticsearch,
  Kibana: ofElastic('kibana'),
  ApmServer: ofElastic('apm-server'),
  Logstash: ofElastic('logstash'),
  Beat: beat,
  Prometheus: monitoring('prometheus'),
  PrometheusAgent: monitoring('prom-agent'),
  Alertmanager: monitoring('alertmanager'),
  ThanosRuler: monitoring('thanos-ruler'),
  RabbitmqCluster: rabbitmq,
  Kafka: kafka,
  KafkaNodePool: kafkaPart,
  KafkaConnect: kafkaPart,
  Cluster: postgres,
  Jaeger: jaeger,
  RedisCluster: redisCluster,
};
