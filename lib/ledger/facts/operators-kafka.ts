import { at, isMembers, numberAt, textAt } from '../members';
import type { KubernetesObject } from '../source';
import { container, count, type OperatedPods, type Operator, placed } from './operated-pods';

/** Pods that Strimzi makes of one part, as its `template.pod` places them. */
const ofKafka = (object: KubernetesObject, path: readonly string[], suffix: string): readonly OperatedPods[] => {
  const part = at(object.value, ...path);
  const replicas = numberAt(part, 'replicas');
  if (!isMembers(part) || replicas === undefined) return [];
  const stored = textAt(part, 'storage', 'type');
  return [
    {
      name: `${object.name}${suffix}`,
      kind: 'StatefulSet',
      replicas: count(replicas, 1),
      pod: placed(at(part, 'template', 'pod'), [container('kafka', at(part, 'resources'))]),
      labels: { 'strimzi.io/name': `${object.name}${suffix}` },
      claims: stored === undefined || stored === 'ephemeral' ? [] : ['data'],
      pointer: `/${path.join('/')}/replicas`,
    },
  ];
};

export const kafka: Operator = {
  group: /^kafka\.strimzi\.io$/,
  pods: (object) => {
    const operator = at(object.value, 'spec', 'entityOperator');
    const parts = ['topicOperator', 'userOperator'].filter((part) => isMembers(at(operator, part)));
    return [
      ...ofKafka(object, ['spec', 'kafka'], '-kafka'),
      ...ofKafka(object, ['spec', 'zookeeper'], '-zookeeper'),
      ...(parts.length === 0
        ? []
        : [
            {
              name: `${object.name}-entity-operator`,
              kind: 'Deployment' as const,
              replicas: 1,
              pod: placed(
                at(operator, 'template', 'pod'),
                parts.map((part) => container(part, at(operator, part, 'resources'))),
              ),
              labels: {},
              claims: [],
              pointer: '/spec/entityOperator',
            },
          ]),
    ];
  },
};

export const kafkaPart: Operator = { group: /^kafka\.strimzi\.io$/, pods: (object) => ofKafka(object, ['spec'], '') };
