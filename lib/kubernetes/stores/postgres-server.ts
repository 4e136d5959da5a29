import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { inspectPostgresServer } from '../../model/postgres/postgres-server-checks';
import { storeCertificateNames, storeHost } from '../../model/store/store';
import type { Labels } from '../labels';
import { metricsAnnotations } from '../metrics-annotations';
import { POSTGRES_SCRIPTS, postgresConfig } from './postgres-server-files';
import {
  POSTGRES_EXPORTER_PORT,
  POSTGRES_SERVER_POD_CHECKS,
  type PostgresServerProps,
  postgresServerPlan,
} from './postgres-server-plan';
import { postgresServerPod } from './postgres-server-pod';
import { singleMember, storeSelector } from './single-member';
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
export class PostgresServer extends Construct {
  /** Findings about the declaration, its pod and everyone who may connect; builds nothing. */
  static inspect(path: string, props: PostgresServerProps): Finding[] {
    const plan = postgresServerPlan(props);
    return [
      ...inspectPostgresServer(path, props),
      ...inspect(path, plan, POSTGRES_SERVER_POD_CHECKS),
      ...inspectStorePlace(path, plan, plan.port, POSTGRES_EXPORTER_PORT),
    ];
  }

  /** Name of the StatefulSet; its pod is `<name>-0`. */
  readonly name: string;
  /** Service that leads to it. */
  readonly serviceName: string;
  /** What clients connect to, with the namespace if the chart has one. */
  readonly host: string;
  /** Port of Service and pod. */
  readonly port: number;
  /** Names that its certificate must be valid for. */
  readonly certificateNames: readonly string[];
  /** Labels of its pod, for what may connect to it. */
  readonly selector: Labels;

  constructor(scope: Construct, id: string, props: PostgresServerProps) {
    super(scope, id);
    const plan = postgresServerPlan(props);
    enforce(this, PostgresServer.inspect(this.node.path, props));

    const { namespace } = Chart.of(this);
    this.name = plan.objectName;
    this.serviceName = plan.objectName;
    this.host = storeHost(plan, namespace);
    this.port = plan.port;
    this.certificateNames = storeCertificateNames(plan, namespace);
    this.selector = storeSelector(plan);

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
    });
  }
}
