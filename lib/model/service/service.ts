import type { Cpu, Duration, Memory } from '../../units';
import type { MeshRetrySpec } from '../mesh/retries';
import type { RolloutSpec } from '../rollout/rollout';
import type { ScalingPolicy, VerticalPolicy } from '../scaling/scaling-policy';
import type { ImageSpec } from './image';
import type { MigrationSpec } from './migration';

/** Amounts of what a container shares with its neighbours. */
export interface Amounts {
  /** Processor time, in cores or millicores. */
  readonly cpu: Cpu;
  /** Resident memory and page cache, of which a container that exceeds its limit is killed. */
  readonly memory: Memory;
  /** Writable layers, logs and `emptyDir` together. */
  readonly ephemeralStorage: Memory;
}

/** What the scheduler sets aside, and what the container may reach. */
export interface Resources {
  /** Set aside on a node for the container alone; above 0, and the base of utilization. */
  readonly requests: Amounts;
  /** What it may reach, at least the requests: more CPU is throttled, more memory or disk ends it. */
  readonly limits: Amounts;
}

/** How the cluster learns that a pod has started, can serve, and still lives. */
export interface HealthSpec {
  /** HTTP path that answers below 400 once the pod can serve. */
  readonly readinessPath: string;
  /** HTTP path that fails only if a restart would help. @default - the port accepts connections */
  readonly livenessPath?: string;
  /** How long a pod may take to start (whole seconds, 10-3600). @default Duration.minutes(2) */
  readonly startWithin?: Duration;
}

/** What a service does with the rows of a database. */
export type DatabaseAccess = 'read' | 'write';

/** Something a service opens connections to. What is not declared is closed. */
export type Connection =
  /** Another declared service, on its port. */
  | { readonly to: 'service'; readonly name: string }
  /** A declared database, on its port: in every subnet for databases, or in the cluster. */
  | {
      readonly to: 'database';
      readonly name: string;
      /** `read` says that nothing is written, which is all that a replica takes. @default 'write' */
      readonly access?: DatabaseAccess;
      /** Connections that one process may open, overflow included (1-10000). @default - not counted */
      readonly pool?: number;
      /** Queries for each request that the service answers, on average (above 0, up to 10000). @default - not known */
      readonly callsPerRequest?: number;
    }
  /** A declared vector database, on its port. */
  | {
      readonly to: 'vector-database';
      readonly name: string;
      /** Searches for each request that the service answers, on average (above 0, up to 10000). @default - not known */
      readonly callsPerRequest?: number;
    }
  /** A declared cache, on the port of the data protocol; every member, if they are in the cluster. */
  | {
      readonly to: 'cache';
      readonly name: string;
      /**
       * Environment variable that receives the members, `host:port` separated by commas, and with `_FILE` after its name
       * the file with the same. Of ElastiCache there is only the file: its addresses are made with it. @default - neither
       */
      readonly addressesIn?: string;
      /** Commands for each request that the service answers, on average (above 0, up to 10000). @default - not known */
      readonly callsPerRequest?: number;
    }
  /** An address outside the platform, for example a model API. */
  | {
      readonly to: 'network';
      /** IPv4 range, for example `203.0.113.0/24`. */
      readonly cidr: string;
      /** Ranges inside `cidr` that stay closed. @default - none */
      readonly except?: readonly string[];
      /** Port at the far end (TCP, 1-65535). */
      readonly port: number;
      /** What is reached, and why (not empty). Recorded; nothing is derived from it yet. */
      readonly reason: string;
    };

/** A workload that serves HTTP, as its owners think of it: what it is, needs, promises and talks to. */
export interface ServiceSpec {
  /** DNS label, the name of its Kubernetes objects. */
  readonly name: string;
  /** Other names it is known by. Recorded; nothing is derived from them yet. @default - none */
  readonly aliases?: readonly string[];
  /** What its containers run. */
  readonly image: ImageSpec;
  /** Port the container listens on (TCP, 1024-65535). */
  readonly port: number;
  /** Its probes: when it takes requests, when it is restarted. */
  readonly health: HealthSpec;
  /** Requests and limits of each of its pods. */
  readonly resources: Resources;
  /** Bounds, targets and pace of its HorizontalPodAutoscaler, which every declared service has. */
  readonly scaling: ScalingPolicy;
  /** @default - requests stay as declared */
  readonly vertical?: VerticalPolicy;
  /** Name of its HorizontalPodAutoscaler (DNS label), where others know it. @default - the service's name */
  readonly autoscalerName?: string;
  /** Name of its VerticalPodAutoscaler (DNS label); without `vertical` there is none. @default - the service's name */
  readonly verticalAutoscalerName?: string;
  /** Whom it may connect to, beside what every pod needs (cluster DNS, AWS credentials). An empty list is nobody. */
  readonly connections: readonly Connection[];
  /** Whether the gateway forwards users' requests to it. @default false */
  readonly isPublic?: boolean;
  /** Program and arguments that replace the image's entry point. @default - the image's own */
  readonly command?: readonly string[];
  /** Arguments after the entry point. @default - the image's own */
  readonly args?: readonly string[];
  /** Processes in each pod that open connections of their own (1-64). @default 1 */
  readonly processes?: number;
  /** What brings its tables to the shape of its release, before pods of it start. @default - none */
  readonly migration?: MigrationSpec;
  /** How sidecars of its callers repeat requests to it; `none` where an answer may take long. @default - as the environment's mesh does */
  readonly retries?: MeshRetrySpec | 'none';
  /** How a new release takes over. @default - pods are replaced a few at a time, by a Deployment */
  readonly rollout?: RolloutSpec;
  /** Name of the node group kind it runs on; its taint is tolerated. @default - any untainted node */
  readonly nodes?: string;
  /** Configuration that is no secret, as environment variables. @default - none */
  readonly settings?: Readonly<Record<string, string>>;
  /** Time a pod gets to finish its requests after it has left the load balancers (whole seconds). @default Duration.seconds(30) */
  readonly drainFor?: Duration;
  /** HTTP path with Prometheus metrics, on the service's port. @default '/metrics' */
  readonly metricsPath?: string;
  /** Requests a second that one pod serves, as measured (above 0). @default - not known */
  readonly measuredRps?: number;
  /**
   * Requests a second that all its pods together are promised to serve (above 0): the ledger holds its bounds to them.
   * @default - nothing is promised
   */
  readonly promisedRps?: number;
  /** Time from the start of its container until it serves, as measured (whole seconds, 1-3600). @default - not known */
  readonly measuredStart?: Duration;
}
