import { at, isMembers, listAt, textAt } from '../members';
import { count, type OperatedPods, type Operator, templated } from './operated-pods';
import { groupOf } from './view';

export const ofElastic = (container: string): Operator => ({
  group: /^[a-z]+\.k8s\.elastic\.co$/,
  pods: ({ apiVersion, kind, name, value }) => [
    {
      name: `${name}-${SHORT[kind] ?? kind.toLowerCase()}`,
      kind: kind === 'Logstash' ? 'StatefulSet' : 'Deployment',
      replicas: count(at(value, 'spec', 'count'), 1),
      ...templated(at(value, 'spec', 'podTemplate'), container, kind, { [`${groupOf(apiVersion)}/name`]: name }),
      claims: [],
      pointer: '/spec/count',
    },
  ],
});

const SHORT: Readonly<Record<string, string>> = { Kibana: 'kb', ApmServer: 'apm-server', Logstash: 'ls' };

export const elasticsearch: Operator = {
  group: /^elasticsearch\.k8s\.elastic\.co$/,
  pods: ({ name, value }) =>
    listAt(value, 'spec', 'nodeSets').map((set, index) => {
      const claims = listAt(set, 'volumeClaimTemplates').flatMap((claim) => textAt(claim, 'metadata', 'name') ?? []);
      return {
        name: `${name}-es-${textAt(set, 'name') ?? index}`,
        kind: 'StatefulSet',
        replicas: count(at(set, 'count'), 1),
        ...templated(at(set, 'podTemplate'), 'elasticsearch', 'Elasticsearch', {
          'elasticsearch.k8s.elastic.co/cluster-name': name,
          'elasticsearch.k8s.elastic.co/statefulset-name': `${name}-es-${textAt(set, 'name') ?? index}`,
        }),
        claims: claims.length > 0 ? claims : ['elasticsearch-data'],
        pointer: `/spec/nodeSets/${index}/count`,
      };
    }),
};

export const beat: Operator = {
  group: /^(beat|agent)\.k8s\.elastic\.co$/,
  pods: ({ name, value }) =>
    (['daemonSet', 'deployment'] as const).flatMap((way): OperatedPods[] => {
      const said = at(value, 'spec', way);
      if (!isMembers(said)) return [];
      const type = textAt(value, 'spec', 'type') ?? 'beat';
      return [
        {
          name: `${name}-beat-${type}`,
          kind: way === 'daemonSet' ? 'DaemonSet' : 'Deployment',
          replicas: count(at(said, 'replicas'), 1),
          ...templated(at(said, 'podTemplate'), type, 'Beat', { 'beat.k8s.elastic.co/name': name }),
          claims: [],
          pointer: `/spec/${way}`,
        },
      ];
    }),
};
