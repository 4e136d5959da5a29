import { operatedOf } from '../../../lib/ledger/facts/operated';
import type { Json } from '../../../lib/ledger/source';
import { objectOf } from '../pack/facts';

const MIB = 2 ** 20;

/** Pods of one custom resource, as `name kind pods CPU memory claims`. */
const podsOf = (apiVersion: string, kind: string, spec: Json, name = 'main') =>
  operatedOf([objectOf(kind, name, { spec }, 'shop', apiVersion)], []).found.map(
    ({ name: called, kind: as, replicas, shape: { requests, volumeClaims } }) =>
      `${called} ${as} ${replicas} ${requests.cpuMillis}m ${requests.memoryBytes / MIB}Mi ${volumeClaims.length}`,
  );

const resources = { requests: { cpu: '500m', memory: '1Gi' } };
const claim = { volumeClaimTemplate: { spec: {} } };

test.each<readonly [string, string, string, Json, readonly string[]]>([
  [
    'node sets of Elasticsearch, with what the operator gives those that say nothing',
    'elasticsearch.k8s.elastic.co/v1',
    'Elasticsearch',
    {
      nodeSets: [
        { name: 'hot', count: 3, podTemplate: { spec: { containers: [{ name: 'elasticsearch', resources }] } } },
        { name: 'cold', count: 2 },
      ],
    },
    ['main-es-hot StatefulSet 3 500m 1024Mi 1', 'main-es-cold StatefulSet 2 0m 2048Mi 1'],
  ],
  ['Kibana', 'kibana.k8s.elastic.co/v1', 'Kibana', { count: 2 }, ['main-kb Deployment 2 0m 2048Mi 0']],
  [
    'a Beat on every node',
    'beat.k8s.elastic.co/v1beta1',
    'Beat',
    { type: 'filebeat', daemonSet: {} },
    ['main-beat-filebeat DaemonSet 1 100m 300Mi 0'],
  ],
  [
    'Prometheus: shards times replicas, its reloader, and Thanos beside it',
    'monitoring.coreos.com/v1',
    'Prometheus',
    { replicas: 2, shards: 3, resources, storage: claim, thanos: { resources } },
    ['prometheus-main StatefulSet 6 1010m 2098Mi 1'],
  ],
  [
    'Alertmanager, whose memory alone has a default',
    'monitoring.coreos.com/v1',
    'Alertmanager',
    { replicas: 3, resources: { requests: { cpu: '50m' } } },
    ['alertmanager-main StatefulSet 3 60m 250Mi 0'],
  ],
  [
    'a ruler',
    'monitoring.coreos.com/v1',
    'ThanosRuler',
    { resources },
    ['thanos-ruler-main StatefulSet 1 510m 1074Mi 0'],
  ],
  [
    'RabbitMQ',
    'rabbitmq.com/v1beta1',
    'RabbitmqCluster',
    { replicas: 3 },
    ['main-server StatefulSet 3 1000m 2048Mi 1'],
  ],
  [
    'Kafka, with what it keeps and what runs it',
    'kafka.strimzi.io/v1beta2',
    'Kafka',
    {
      kafka: { replicas: 3, resources, storage: { type: 'jbod' } },
      zookeeper: { replicas: 3, storage: { type: 'ephemeral' } },
      entityOperator: { topicOperator: { resources }, userOperator: { resources } },
    },
    [
      'main-kafka StatefulSet 3 500m 1024Mi 1',
      'main-zookeeper StatefulSet 3 0m 0Mi 0',
      'main-entity-operator Deployment 1 1000m 2048Mi 0',
    ],
  ],
  [
    'a node pool of Kafka',
    'kafka.strimzi.io/v1',
    'KafkaNodePool',
    { replicas: 5, resources, storage: { type: 'persistent-claim' } },
    ['main StatefulSet 5 500m 1024Mi 1'],
  ],
  [
    'PostgreSQL',
    'postgresql.cnpg.io/v1',
    'Cluster',
    { instances: 3, resources, walStorage: { size: '1Gi' } },
    ['main StatefulSet 3 500m 1024Mi 2'],
  ],
  [
    'Jaeger in parts, at the most that they scale to',
    'jaegertracing.io/v1',
    'Jaeger',
    { strategy: 'production', resources, collector: { maxReplicas: 4 }, query: { replicas: 2 } },
    ['main-collector Deployment 4 500m 1024Mi 0', 'main-query Deployment 2 500m 1024Mi 0'],
  ],
  [
    'Redis: leaders and as many followers',
    'redis.redis.opstreelabs.in/v1beta2',
    'RedisCluster',
    { clusterSize: 3, kubernetesConfig: { resources }, storage: claim },
    ['main-leader StatefulSet 3 500m 1024Mi 1', 'main-follower StatefulSet 3 500m 1024Mi 1'],
  ],
])('%s', (_, apiVersion, kind, spec, expected) => {
  expect(podsOf(apiVersion, kind, spec)).toEqual(expected);
});

test('a kind of the same name and another group is somebody else', () => {
  expect(podsOf('cluster.x-k8s.io/v1beta1', 'Cluster', { instances: 3 })).toEqual([]);
  expect(podsOf('example.com/v1', 'Kafka', { kafka: { replicas: 3 } })).toEqual([]);
});

test('instances of PostgreSQL that must lie apart do, and go where they are told', () => {
  const [pods] = operatedOf(
    [
      objectOf(
        'Cluster',
        'main',
        { spec: { instances: 3, affinity: { podAntiAffinityType: 'required', nodeSelector: { pool: 'data' } } } },
        'shop',
        'postgresql.cnpg.io/v1',
      ),
    ],
    [],
  ).found;
  expect(pods?.shape).toMatchObject({
    nodeSelector: { pool: 'data' },
    spread: [
      { kind: 'anti-affinity', topologyKey: 'kubernetes.io/hostname', matchLabels: { 'cnpg.io/cluster': 'main' } },
    ],
  });
});

test.each<Json>([null, 7, 'x', [], { nodeSets: 'x', count: -1, replicas: 'x', containers: [7], kafka: 3 }])(
  'says no more than it knows of %j',
  (spec) => {
    for (const [group, kind] of [
      ['elasticsearch.k8s.elastic.co', 'Elasticsearch'],
      ['kibana.k8s.elastic.co', 'Kibana'],
      ['beat.k8s.elastic.co', 'Beat'],
      ['monitoring.coreos.com', 'Prometheus'],
      ['rabbitmq.com', 'RabbitmqCluster'],
      ['kafka.strimzi.io', 'Kafka'],
      ['postgresql.cnpg.io', 'Cluster'],
      ['jaegertracing.io', 'Jaeger'],
      ['redis.redis.opstreelabs.in', 'RedisCluster'],
    ])
      expect(() => podsOf(`${group}/v1`, kind ?? '', spec)).not.toThrow();
  },
);
