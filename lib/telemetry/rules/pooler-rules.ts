import { databasePoolerPlan } from '../../model';
import { Duration } from '../../units';
import type { AlertDefinition, DefinedGroup } from './alert';
import { inNamespace, ofStores } from './promql';
import type { Watched } from './watched';

/** How long clients may have waited for a connection before it counts, in parts of how long they wait at all. */
const PART = 6;

function alertsOf(watched: Watched, pooler: ReturnType<typeof databasePoolerPlan>): AlertDefinition[] {
  const { name, replicas, database, waitFor } = pooler;
  const labels = { namespace: watched.environment.namespace, service: name };
  const of = inNamespace(watched, ofStores([name]));
  const most = waitFor.inMillis / 1000 / PART;
  return [
    {
      alert: 'PoolerDown',
      expr: `(sum(pgbouncer_up${of}) or vector(0)) == 0`,
      for: Duration.minutes(1),
      severity: 'critical',
      labels,
      summary: `No pod of ${name} answers`,
      description: `For a minute nobody has reached ${database} through ${name}.`,
      dashboard: 'stores',
      steps: [
        'See whether its pods run, and read their logs: a Secret that is missing keeps them from starting.',
        `Services reach ${database} directly again once the pooler leaves out their names, with \`except\`.`,
      ],
    },
    {
      alert: 'PoolerPodDown',
      expr: `sum(pgbouncer_up${of}) < ${replicas} > 0`,
      for: Duration.minutes(5),
      severity: 'warning',
      labels,
      summary: `A pod of ${name} is missing`,
      description: `{{ $value }} of ${replicas} pods answer: each holds an equal part of the connections.`,
      dashboard: 'stores',
      steps: ['See which pod is missing and why.'],
    },
    {
      alert: 'PoolerClientsWait',
      expr: `max by (namespace, service, database, user) (pgbouncer_pools_client_maxwait_seconds${of}) > ${most}`,
      for: Duration.minutes(1),
      severity: 'warning',
      escalation: '5m',
      summary: `{{ $labels.user }} waits for connections of ${name}`,
      description: `A client has waited for {{ $value }} s; after ${waitFor} it is refused.`,
      dashboard: 'stores',
      steps: [
        'See whether its transactions have become slow, or are left open: each holds a connection.',
        'Raise `serverConnections` of the pooler; synthesis says whether the database takes them.',
      ],
    },
  ];
}

/** Whether poolers answer, and whether anybody waits for a connection of theirs. */
export const poolerRules = (watched: Watched): DefinedGroup => ({
  name: 'poolers',
  records: [],
  alerts: (watched.environment.poolers ?? []).map(databasePoolerPlan).flatMap((pooler) => alertsOf(watched, pooler)),
});
