import type { Construct } from 'constructs';
import { enforce, type Finding } from '../../check';
import { VECTOR_METRICS_PORT } from '../../model/vector/vector-database';
import { inspectVectorDatabase } from '../../model/vector/vector-database-checks';
import { metricsAnnotations } from '../metrics-annotations';
import { singleMember } from './single-member';
import { Store } from './store';
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
export class VectorDatabase extends Store {
  /** Findings about the declaration, its pod and everyone who may connect; builds nothing. */
  static inspect(path: string, props: VectorDatabaseProps): Finding[] {
    const plan = vectorDatabasePlan(props);
    return [...inspectVectorDatabase(path, props), ...inspectStorePlace(path, plan, plan.port, VECTOR_METRICS_PORT)];
  }

  /** Port of its gRPC interface, beside `port` for HTTP. */
  readonly grpcPort: number;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: VectorDatabaseProps) {
    const plan = vectorDatabasePlan(props);
    super(scope, id, plan);
    enforce(this, VectorDatabase.inspect(this.node.path, props));

    this.grpcPort = plan.grpcPort;
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
