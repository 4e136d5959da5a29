import type { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { inspectPostgresServer } from '../../model/postgres/postgres-server-checks';
import { metricsAnnotations } from '../metrics-annotations';
import { POSTGRES_SCRIPTS, postgresConfig } from './postgres-server-files';
import {
  POSTGRES_EXPORTER_PORT,
  POSTGRES_SERVER_POD_CHECKS,
  type PostgresServerProps,
  postgresServerPlan,
} from './postgres-server-plan';
import { postgresServerPod, stopSeconds } from './postgres-server-pod';
import { singleMember } from './single-member';
import { Store } from './store';
import { inspectStorePlace } from './store-checks';

/**
 * One PostgreSQL that services find as they find RDS: the declared parameters, a certificate, and a role with its database for
 * each of them. For development: a restart is an outage, and what the volume loses is lost.
 *
 * Roles follow their Secrets within seconds, changed passwords and renewed certificates included, without a restart. The
 * superuser gets in from the pod itself only: `kubectl exec postgres-0 -c postgres -- psql -U postgres`, or with
 * its password through `kubectl port-forward`.
 *
 * @example
 * new PostgresServer(chart, 'Database', {
 *   kind: 'server',
 *   name: 'main',
 *   objectName: 'postgres',
 *   aliases: ['db-postgres'],
 *   databaseName: 'shop',
 *   maxConnections: 200,
 *   roles: [{ secretName: 'orders-main' }],
 *   clients: [{ pods: { 'app.kubernetes.io/name': 'orders' } }],
 * });
 */
export class PostgresServer extends Store {
  /** Findings about the declaration, its pod and everyone who may connect; builds nothing. */
  static inspect(path: string, props: PostgresServerProps): Finding[] {
    const plan = postgresServerPlan(props);
    return [
      ...inspectPostgresServer(path, props),
      ...inspect(path, plan, POSTGRES_SERVER_POD_CHECKS),
      ...inspectStorePlace(path, plan, plan.port, POSTGRES_EXPORTER_PORT),
    ];
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: PostgresServerProps) {
    const plan = postgresServerPlan(props);
    super(scope, id, plan);
    enforce(this, PostgresServer.inspect(this.node.path, props));

    const isMeasured = plan.exporterImage !== 'off';
    singleMember(this, {
      plan,
      component: 'postgres',
      ports: [
        { name: 'tcp-postgres', port: plan.port, for: 'clients' },
        ...(isMeasured ? [{ name: 'metrics', port: POSTGRES_EXPORTER_PORT, for: 'scrapers' } as const] : []),
      ],
      egress: [],
      pod: postgresServerPod(plan),
      claims: { data: plan.storage },
      files: { config: postgresConfig(plan), scripts: POSTGRES_SCRIPTS },
      annotations: isMeasured && plan.scrapers.length > 0 ? metricsAnnotations(POSTGRES_EXPORTER_PORT) : {},
      stopHook: stopSeconds(plan),
    });
  }
}
