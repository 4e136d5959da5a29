import { at, isMembers, listAt, membersAt, textAt } from '../members';
import { container, count, type Operator, placed } from './operated-pods';

/** What the Prometheus operator makes: the program, its reloader, and what is put beside it. */
export const monitoring = (program: string): Operator => ({
  group: /^monitoring\.coreos\.com$/,
  pods: ({ kind, name, value }) => {
    const spec = membersAt(value, 'spec');
    const claim = at(spec, 'storage', 'volumeClaimTemplate');
    const thanos = at(spec, 'thanos');
    const beside = listAt(spec, 'containers').filter(isMembers);
    const own = [
      container(program, at(spec, 'resources'), kind === 'Alertmanager' ? kind : undefined),
      container('config-reloader', undefined, 'config-reloader'),
      ...(isMembers(thanos) ? [container('thanos-sidecar', at(thanos, 'resources'))] : []),
    ];
    const patched = own.map((one) => ({ ...one, ...beside.find((other) => at(other, 'name') === at(one, 'name')) }));
    const ownNames = new Set(own.map((one) => at(one, 'name')));
    const added = beside.filter((one) => !ownNames.has(at(one, 'name')));
    return [
      {
        name: `${program}-${name}`,
        kind: textAt(spec, 'mode') === 'DaemonSet' ? 'DaemonSet' : 'StatefulSet',
        replicas: count(at(spec, 'replicas'), 1) * count(at(spec, 'shards'), 1),
        pod: placed(spec, [...patched, ...added]),
        labels: {
          ...membersAt(spec, 'podMetadata', 'labels'),
          'app.kubernetes.io/name': program,
          'app.kubernetes.io/instance': name,
        },
        claims: isMembers(claim) ? [textAt(claim, 'metadata', 'name') ?? `${program}-${name}-db`] : [],
        pointer: '/spec/replicas',
      },
    ];
  },
});

/** Parts of Jaeger's first operator; the store is not its own. */
export const jaeger: Operator = {
  group: /^jaegertracing\.io$/,
  pods: ({ name, value }) => {
    const spec = membersAt(value, 'spec');
    const parts =
      (textAt(spec, 'strategy') ?? 'allInOne').toLowerCase() === 'allinone'
        ? [['allInOne', '']]
        : [
            ['collector', '-collector'],
            ['query', '-query'],
            ...(textAt(spec, 'strategy') === 'streaming' ? [['ingester', '-ingester']] : []),
          ];
    return parts.map(([part = '', suffix = '']) => ({
      name: `${name}${suffix}`,
      kind: 'Deployment' as const,
      replicas: count(at(spec, part, 'maxReplicas') ?? at(spec, part, 'replicas'), 1),
      pod: placed({ ...spec, ...membersAt(spec, part) }, [
        container('jaeger', at(spec, part, 'resources') ?? at(spec, 'resources')),
      ]),
      labels: {},
      claims: [],
      pointer: `/spec/${part}`,
    }));
  },
};
