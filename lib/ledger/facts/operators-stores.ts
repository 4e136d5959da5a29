import { at, isMembers, membersAt, numberAt, textAt } from '../members';
import { container, count, type Operator, placed } from './operated-pods';

export const rabbitmq: Operator = {
  group: /^rabbitmq\.com$/,
  pods: ({ name, value }) => [
    {
      name: `${name}-server`,
      kind: 'StatefulSet',
      replicas: count(at(value, 'spec', 'replicas'), 1),
      pod: placed(at(value, 'spec'), [container('rabbitmq', at(value, 'spec', 'resources'), 'RabbitmqCluster')]),
      labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'rabbitmq' },
      claims: numberAt(value, 'spec', 'persistence', 'storage') === 0 ? [] : ['persistence'],
      pointer: '/spec/replicas',
    },
  ],
};

/** PostgreSQL of CloudNativePG: a pod with a volume for each instance. */
export const postgres: Operator = {
  group: /^postgresql\.cnpg\.io$/,
  pods: ({ name, value }) => {
    const spec = membersAt(value, 'spec');
    const affinity = membersAt(spec, 'affinity');
    const isApart =
      textAt(affinity, 'podAntiAffinityType') === 'required' && at(affinity, 'enablePodAntiAffinity') !== false;
    const labels = { 'cnpg.io/cluster': name };
    const term = {
      labelSelector: { matchLabels: labels },
      topologyKey: textAt(affinity, 'topologyKey') ?? 'kubernetes.io/hostname',
    };
    return [
      {
        name,
        kind: 'StatefulSet',
        replicas: count(at(spec, 'instances'), 1),
        pod: {
          ...placed({ ...spec, ...affinity }, [container('postgres', at(spec, 'resources'))]),
          affinity: {
            nodeAffinity: at(affinity, 'nodeAffinity') ?? null,
            ...(isApart && { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } }),
          },
        },
        labels,
        claims: ['pgdata', ...(isMembers(at(spec, 'walStorage')) ? ['wal'] : [])],
        pointer: '/spec/instances',
      },
    ];
  },
};

/** Redis of OT-CONTAINER-KIT: so many leaders, and as many followers. */
export const redisCluster: Operator = {
  group: /^redis\.redis\.opstreelabs\.in$/,
  pods: ({ name, value }) => {
    const spec = membersAt(value, 'spec');
    const size = count(at(spec, 'clusterSize'), 3);
    return (['redisLeader', 'redisFollower'] as const).map((part) => ({
      name: `${name}-${part === 'redisLeader' ? 'leader' : 'follower'}`,
      kind: 'StatefulSet' as const,
      replicas: count(at(spec, part, 'replicas'), size),
      pod: placed({ ...spec, ...membersAt(spec, part) }, [
        container(
          'redis',
          at(spec, part, 'resources') ?? at(spec, 'kubernetesConfig', 'resources') ?? at(spec, 'resources'),
        ),
      ]),
      labels: {},
      claims: isMembers(at(spec, 'storage', 'volumeClaimTemplate')) ? [name] : [],
      pointer: at(spec, part, 'replicas') === undefined ? '/spec/clusterSize' : `/spec/${part}/replicas`,
    }));
  },
};
