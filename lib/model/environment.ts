import type { AccountSpec } from './account/account';
import type { AdmissionSpec } from './admission';
import type { CachePolicySpec } from './cache/cache-policy';
import type { InstancesSpec } from './capacity/instances';
import type { ChartSpec } from './chart/chart';
import type { ClusterSpec } from './cluster/cluster';
import type { ReservedCapacitySpec } from './cost/reserved-capacity';
import type { DatabaseRolesSpec } from './database-roles';
import type { ChaosSpec } from './delivery/chaos';
import type { ConstraintsSpec } from './delivery/constraints';
import type { GitOpsSpec } from './delivery/gitops';
import type { EdgeSpec } from './edge/edge';
import type { PublicDnsSpec } from './edge/public-dns';
import type { EmergencyLimitSpec } from './emergency-limit';
import type { LoadSpec } from './local/load-test';
import type { LocalSpec } from './local/local';
import type { MeshPolicySpec } from './mesh/mesh-policy';
import type { NetworkSpec } from './network/network';
import type { NginxProxySpec } from './nginx/nginx-proxy';
import type { UpstreamSpec } from './nginx/upstreams';
import type { ObservabilitySpec } from './observability/observability';
import type { OperationsSpec } from './operations/operations';
import type { DatabasePoolerSpec } from './pooler/database-pooler';
import type { BackupsSpec } from './recovery/backups';
import type { RequiredHeaderSpec } from './required-header/required-header';
import type { ScalingPolicy } from './scaling/scaling-policy';
import type { TrafficSpikeSpec } from './scaling/traffic-spike';
import type { ServiceSpec } from './service/service';
import type { StateBackend } from './state-backend';
import type { CacheSpec, DatabaseSpec } from './stores';
import type { TelemetrySpec } from './telemetry/telemetry';
import type { VectorDatabaseSpec } from './vector/vector-database';

/** Service meshes that our workloads can take part in. */
export type Mesh = 'istio';

/** What can serve `external.metrics.k8s.io`. KEDA then makes the autoscalers itself. */
export type ExternalMetricsOwner = 'prometheus-adapter' | 'keda';

/** The proxy in front of an environment's public services: each is reached below `/<name>`. */
export interface GatewaySpec
  extends Omit<
    NginxProxySpec,
    'upstreams' | 'routes' | 'trustedProxies' | 'addressHeader' | 'tls' | 'workers' | 'requiredHeader'
  > {
  /** DNS label, the name of its Kubernetes objects. */
  readonly name: string;
  /** Bounds and targets of its pods; limits are shared by those that always run. */
  readonly scaling: ScalingPolicy;
  /** How each public service is balanced and retried. @default - the defaults of an upstream */
  readonly upstream?: Omit<UpstreamSpec, 'name' | 'service' | 'port'>;
}

/** One running copy of a platform: an account, a region, a network, a cluster, its stores and its services. */
export interface EnvironmentSpec {
  /** DNS label, unique in its platform: `production`. */
  readonly name: string;
  /** How much harm a mistake does here; decides protections and retention, never sizes. */
  readonly stage: 'development' | 'staging' | 'production';
  /** AWS account id (12 digits). Terraform refuses to touch another one. */
  readonly account: string;
  /** AWS region, for example `us-west-2`. */
  readonly region: string;
  /** Availability zones of the region (2-3; 3 for a Redis Cluster that survives a zone). */
  readonly zones: readonly string[];
  /** Registry that holds the platform's images, for example `123456789012.dkr.ecr.us-west-2.amazonaws.com`. */
  readonly registry: string;
  /** Images of stores, gateway and smoke tests, full references: mirrors of your own. @default - `PUBLIC_IMAGES`, the projects' own */
  readonly images?: {
    readonly redis?: string;
    readonly redisExporter?: string;
    readonly nginx?: string;
    readonly postgres?: string;
    readonly postgresExporter?: string;
    readonly pgbouncer?: string;
    readonly pgbouncerExporter?: string;
    readonly qdrant?: string;
    readonly awsCli?: string;
    /** Of smoke tests that name none. */
    readonly curl?: string;
  };
  /**
   * How images of public registries reach the nodes: from there, or `pull-through` the environment's own registry, which fetches
   * each once and keeps it. Images of Helm charts still come from where their charts say.
   * @default 'public'
   */
  readonly imageCache?: 'pull-through' | 'public';
  /** IAM principals (ARNs) with full rights in the cluster. */
  readonly adminPrincipals: readonly string[];
  /** IAM principals (ARNs) that pipelines deploy with. */
  readonly deployPrincipals: readonly string[];
  /** Public DNS name of the environment, for example `acgs.example.com`. Names of its edge are derived from it. */
  readonly domain: string;
  /** Kubernetes namespace of the platform's workloads. */
  readonly namespace: string;
  /** Address range and way out. */
  readonly network: NetworkSpec;
  /** Kubernetes version, way in and nodes. */
  readonly cluster: ClusterSpec;
  /** Databases by distinct names; services refer to them. */
  readonly databases: readonly DatabaseSpec[];
  /** Who makes the roles of managed databases, one for each service that connects. @default - people, with the master's password */
  readonly databaseRoles?: DatabaseRolesSpec;
  /** PgBouncer in front of databases; services then find it where they would find the database. @default - every pool of theirs ends at the server */
  readonly poolers?: readonly DatabasePoolerSpec[];
  /** Caches by names that no database has; services refer to them. */
  readonly caches: readonly CacheSpec[];
  /** How services use a cache, and what it holds before anybody asks. @default - services are told by their settings alone */
  readonly cachePolicy?: CachePolicySpec;
  /** Vector databases by names that no other store has; services refer to them. @default - none */
  readonly vectorDatabases?: readonly VectorDatabaseSpec[];
  /** What runs here, in the order it is written. Names differ from those of caches and of the gateway. */
  readonly services: readonly ServiceSpec[];
  /** Services on EC2 instances that no cluster owns, behind the load balancer of the edge. @default - everything runs as pods */
  readonly instances?: readonly InstancesSpec[];
  /** Sidecars that carry the traffic between pods, and with it the weights of canary releases. @default - none */
  readonly mesh?: Mesh;
  /**
   * What the sidecars insist on.
   * @default - nothing: plain text and every caller that network policies let in are taken, and no request is repeated that a pod has seen
   */
  readonly meshPolicy?: MeshPolicySpec;
  /** What the API server asks of pods and Services. @default - the Pod Security level alone */
  readonly admission?: AdmissionSpec;
  /** Rules between objects, which the API server cannot evaluate by itself. @default - none, and no Gatekeeper */
  readonly constraints?: ConstraintsSpec;
  /** Faults that are made on purpose. @default - none, and nothing in the cluster that could make any */
  readonly chaos?: ChaosSpec;
  /** Repository that Argo CD takes the manifests from. @default - people and pipelines apply them */
  readonly gitops?: GitOpsSpec;
  /** What answers for metrics that belong to no pod; a cluster has one. @default 'prometheus-adapter' */
  readonly externalMetrics?: ExternalMetricsOwner;
  /**
   * Environment of the same platform whose load this one takes over when its region is lost. It runs the services it
   * declares at their minimum until then.
   * @default - it serves users of its own
   */
  readonly standbyFor?: string;
  /** Proxy in front of the public services. @default - none */
  readonly gateway?: GatewaySpec;
  /** Header that every request to a service carries; others are refused. @default - requests need none */
  readonly requiredHeader?: RequiredHeaderSpec;
  /** Limit of the gateway for an emergency, as a manifest that is kept ready and applied by hand. @default - none is written */
  readonly emergencyLimit?: EmergencyLimitSpec;
  /** Pods for a flood of users, which the runbook has people ask for. @default - the maxima of what users reach */
  readonly trafficSpike?: TrafficSpikeSpec;
  /** Door to users from outside, in front of the gateway. @default - none: the gateway answers within the cluster alone */
  readonly edge?: EdgeSpec;
  /** Backups beside those that stores make of themselves. @default - none */
  readonly backups?: BackupsSpec;
  /** Alarms, and a watch on what it costs. @default - none */
  readonly operations?: OperationsSpec;
  /** What Prometheus measures, what users are promised, and who hears when it breaks. @default - autoscalers measure, and nobody hears */
  readonly telemetry?: TelemetrySpec;
  /** Where measurements, logs and traces are kept, and how people look at them. @default - a day of measurements, in the pod */
  readonly observability?: ObservabilitySpec;
  /** What of its instances is to be paid for in advance: a purchase, which the cost document describes. @default - nothing */
  readonly reserved?: ReservedCapacitySpec;
  /** How it runs on one machine, with Docker Compose. @default - it does not */
  readonly local?: LocalSpec;
  /** Load tests, and rates that make its autoscalers act. @default - none */
  readonly load?: LoadSpec;
  /** Annotations of every workload and its pods. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Settings that every service receives; a service's own win. @default - none */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where Terraform keeps what it knows. */
  readonly state: StateBackend;
  /** Day on which support calendars are read (ISO date). */
  readonly asOf: string;
  /** Tags of every AWS resource, beside platform, environment, stack, managed-by and Name (at most 40, as AWS allows them). @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A product: the same services in several environments. */
export interface PlatformSpec {
  /** DNS label of at most 20 characters: `acgs`. */
  readonly name: string;
  /** Its running copies, with networks that do not overlap. */
  readonly environments: readonly EnvironmentSpec[];
  /** Accounts that it makes ready, each by a stack of its own. @default - none: what environments ask of theirs is there already */
  readonly accounts?: readonly AccountSpec[];
  /** Public zone that the names of its environments lie in. @default - none: no environment has an edge */
  readonly dns?: PublicDnsSpec;
  /** Its environments as Helm charts, beside their manifests. @default - none are written */
  readonly chart?: ChartSpec;
}
