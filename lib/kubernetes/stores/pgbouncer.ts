import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, inspectEach } from '../../check';
import { inspectPgBouncer } from '../../config/pgbouncer/pgbouncer-checks';
import { DATABASE_POOLER_CHECKS, storeHost } from '../../model';
import { DNS } from '../cluster/network-peers';
import { NETWORK_PEER_CHECKS, NetworkPolicy } from '../cluster/network-policy';
import { KubeConfigMap, KubeDeployment, KubeService, KubeServiceAccount } from '../k8s';
import { type Labels, selectorLabels, standardLabels } from '../labels';
import { metricsAnnotations } from '../metrics-annotations';
import { intOrString } from '../quantities';
import { DisruptionBudget } from '../workload/disruption-budget';
import { OUTSIDE_THE_MESH } from '../workload/mesh-pod';
import { configChecksum } from '../workload/mounts';
import { PGBOUNCER_POD_CHECKS, type PgBouncerProps, pgBouncerPlan, podPool } from './pgbouncer-plan';
import { POOLER_METRICS_PORT, POOLER_PORT, poolerConfig, poolerPod } from './pgbouncer-pod';

const COMPONENT = 'pgbouncer';

/**
 * PgBouncer between services and one database: however many clients come, the server holds the declared connections and no
 * more. Transactions share them, each role has a share of its own, and ten of each role stay open from its first client on.
 *
 * Clients speak TLS with the pooler, and it with the server, whose name it compares with its certificate. Passwords are read
 * from Secrets into memory: a changed one, a renewed certificate or a server at another address is taken within a
 * minute, and no client is cut off for it. A pod that has to go lets transactions end first.
 *
 * @example
 * new PgBouncer(chart, 'Pooler', {
 *   name: 'main-pooler',
 *   databaseName: 'shop',
 *   serverConnections: 100,
 *   maxConnections: 400,
 *   demand: 600,
 *   roles: ['orders-main', 'billing-main'],
 *   serverSecret: 'main-pooler-server',
 *   serverAuthority: 'own',
 *   clients: [{ pods: { 'app.kubernetes.io/name': 'orders' } }, { pods: { 'app.kubernetes.io/name': 'billing' } }],
 *   server: [{ cidr: '10.0.48.0/24', port: 5432 }],
 * });
 */
export class PgBouncer extends Construct {
  /** Findings about pools, pods and peers, with defaults applied; builds nothing. */
  static inspect(path: string, props: PgBouncerProps): Finding[] {
    const plan = pgBouncerPlan(props);
    const { pool, database } = podPool(plan);
    return [
      ...inspect(path, { ...plan, database: '', except: [] }, DATABASE_POOLER_CHECKS),
      ...inspect(path, plan, PGBOUNCER_POD_CHECKS),
      ...inspectPgBouncer(path, pool, [database]),
      ...inspectEach(path, 'server', plan.server, NETWORK_PEER_CHECKS),
      ...inspectEach(
        path,
        'clients',
        plan.clients.map((peer) => ({ ...peer, port: plan.port })),
        NETWORK_PEER_CHECKS,
      ),
    ];
  }

  /** What clients connect to, with the namespace if the chart has one. */
  readonly host: string;
  /** Port of Service and pods. */
  readonly port: number;
  /** Labels of its pods. */
  readonly selector: Labels;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: PgBouncerProps) {
    super(scope, id);
    const plan = pgBouncerPlan(props);
    enforce(this, PgBouncer.inspect(this.node.path, props));

    const { name, port } = plan;
    const labels = standardLabels(name, COMPONENT, plan.partOf);
    const selector = selectorLabels(name);
    this.host = storeHost({ name }, Chart.of(this).namespace);
    this.port = port;
    this.selector = selector;

    const config = { name: `${name}-config`, mountPath: '', content: poolerConfig(plan) };
    new KubeServiceAccount(this, 'ServiceAccount', { metadata: { name, labels }, automountServiceAccountToken: false });
    new KubeConfigMap(this, 'Config', { metadata: { name: config.name, labels }, data: config.content });
    new KubeService(this, 'Service', {
      metadata: { name, labels },
      spec: {
        type: 'ClusterIP',
        selector,
        ports: [{ name: POOLER_PORT, port, targetPort: intOrString(POOLER_PORT), protocol: 'TCP' }],
      },
    });
    const measured = plan.exporterImage !== 'off';
    new NetworkPolicy(this, 'Policy', {
      name,
      labels,
      selector,
      ingress: [
        ...plan.clients.map((peer) => ({ ...peer, port })),
        ...(measured ? plan.scrapers.map((peer) => ({ ...peer, port: POOLER_METRICS_PORT })) : []),
      ],
      egress: [...DNS, ...plan.server],
    });
    new DisruptionBudget(this, 'Budget', { name, selector, labels });
    new KubeDeployment(this, 'Resource', {
      metadata: { name, labels },
      spec: {
        replicas: plan.replicas,
        revisionHistoryLimit: 3,
        progressDeadlineSeconds: 600,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: intOrString(1), maxUnavailable: intOrString(0) },
        },
        selector: { matchLabels: selector },
        template: {
          metadata: {
            labels: { ...labels, ...OUTSIDE_THE_MESH },
            annotations: {
              ...(measured ? metricsAnnotations(POOLER_METRICS_PORT) : {}),
              ...configChecksum([config]),
            },
          },
          spec: poolerPod(plan),
        },
      },
    });
  }
}
