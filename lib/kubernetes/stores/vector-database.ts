import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding } from '../../check';
import { storeCertificateNames, storeHost } from '../../model/store/store';
import { VECTOR_METRICS_PORT } from '../../model/vector/vector-database';
import { inspectVectorDatabase } from '../../model/vector/vector-database-checks';
import type { Labels } from '../labels';
import { metricsAnnotations } from '../metrics-annotations';
import { singleMember, storeSelector } from './single-member';
import { inspectStorePlace } from './store-checks';
import { type VectorDatabaseProps, vectorDatabasePlan } from './vector-database-plan';
import { VECTOR_SCRIPTS, vectorConfig, vectorDatabasePod, vectorPorts } from './vector-database-pod';

/**
 * One Qdrant whose vectors outlive its pod, asked with a key over TLS. Data and snapshots have a volume each. While the pod
 * restarts nobody is served: for more, run several with Qdrant's own replication.
 *
 * A changed key or a renewed certificate ends the process, which starts again with the new one within a minute: its gRPC
 * interface reads neither twice. Metrics need no key but speak TLS, with the same certificate, so that no annotation
 * offers them to a Prometheus that could not verify it; with `tls: 'off'` one does.
 *
 * @example
 * new VectorDatabase(chart, 'Vectors', {
 *   name: 'vector-db',
 *   clients: [{ pods: { 'app.kubernetes.io/name': 'search' } }],
 * });
 */
export class VectorDatabase extends Construct {
  /** Findings about the declaration, its pod and everyone who may connect; builds nothing. */
  static inspect(path: string, props: VectorDatabaseProps): Finding[] {
    const plan = vectorDatabasePlan(props);
    return [...inspectVectorDatabase(path, props), ...inspectStorePlace(path, plan, plan.port, VECTOR_METRICS_PORT)];
  }

  /** Name of the StatefulSet; its pod is `<name>-0`. */
  readonly name: string;
  /** Service that leads to it. */
  readonly serviceName: string;
  /** What clients connect to, with the namespace if the chart has one. */
  readonly host: string;
  /** Port of its HTTP interface. */
  readonly port: number;
  /** Port of its gRPC interface. */
  readonly grpcPort: number;
  /** Names that its certificate must be valid for. */
  readonly certificateNames: readonly string[];
  /** Labels of its pod, for what may connect to it. */
  readonly selector: Labels;

  constructor(scope: Construct, id: string, props: VectorDatabaseProps) {
    super(scope, id);
    const plan = vectorDatabasePlan(props);
    enforce(this, VectorDatabase.inspect(this.node.path, props));

    const { namespace } = Chart.of(this);
    this.name = plan.objectName;
    this.serviceName = plan.objectName;
    this.host = storeHost(plan, namespace);
    this.port = plan.port;
    this.grpcPort = plan.grpcPort;
    this.certificateNames = storeCertificateNames(plan, namespace);
    this.selector = storeSelector(plan);

    const names = vectorPorts(plan);
    singleMember(this, {
      plan,
      component: 'vector-database',
      ports: [
        { name: names.http, port: plan.port, for: 'clients' },
        { name: names.grpc, port: plan.grpcPort, for: 'clients' },
        { name: names.metrics, port: VECTOR_METRICS_PORT, for: 'scrapers' },
      ],
      egress: [],
      pod: vectorDatabasePod(plan),
      claims: { storage: plan.storage, snapshots: plan.snapshots },
      files: { config: vectorConfig(plan), scripts: VECTOR_SCRIPTS },
      annotations: plan.tls === 'off' && plan.scrapers.length > 0 ? metricsAnnotations(VECTOR_METRICS_PORT) : {},
    });
  }
}
