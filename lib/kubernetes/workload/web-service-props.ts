import { withDefaults } from '../../check';
import type { HealthSpec, Resources, ScalingPolicy, ServiceSpec } from '../../model';
import { DEFAULT_DRAIN } from '../../model/service/service-runtime';
import { Cpu, Duration, Memory } from '../../units';
import type { KedaSettings } from '../autoscaling/horizontal-scaler';
import { type Door, type OpenPeer, type Peer, PROMETHEUS } from '../cluster/network-peers';
import { UNPRIVILEGED_ID } from '../hardening';
import type { Labels } from '../labels';
import { METRICS_PATH } from '../metrics-annotations';
import { type MeshPodProps, meshScaling } from './mesh-pod';
import type { ConfigFiles, SecretFiles } from './mounts';
import type { NodePlacement } from './node-placement';
import type { Spread } from './pod-spread';

/** Who may connect to a service; without a port of its own, on the service's. */
export type Caller = Peer & Partial<Door>;

/** A program that serves HTTP, and how it is run; all but `name`, `image` and `port` has a default. */
export interface WebServiceProps
  extends Pick<ServiceSpec, 'name' | 'port' | 'vertical' | 'settings' | 'drainFor' | 'metricsPath'>,
    MeshPodProps {
  /** Full image reference with a tag other than `latest`, or better a digest, which also spares a pull at each start. */
  readonly image: string;
  /** @default - the image's entry point */
  readonly command?: readonly string[];
  /** @default - the image's arguments */
  readonly args?: readonly string[];
  /** Application that the service is a part of. @default - none */
  readonly partOf?: string;
  /** Labels of every object and pod; the library's own win. @default - none */
  readonly labels?: Labels;
  /** Annotations of the workload and its pods; on pods they win over those that Prometheus reads. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Annotations of the workload alone, whose change restarts no pod; they win over `annotations`. @default - none */
  readonly workloadAnnotations?: Readonly<Record<string, string>>;
  /** @default - ready when `/health` answers, alive while the port accepts, two minutes to start */
  readonly health?: HealthSpec;
  /** @default - 100m CPU, 128Mi memory and 128Mi disk requested; limits of 500m, 256Mi and 512Mi */
  readonly resources?: Resources;
  /** Lets load decide the number of pods. @default - `replicas` pods */
  readonly scaling?: ScalingPolicy;
  /** Pods, where no `scaling` decides (1-1000). @default 2 */
  readonly replicas?: number;
  /** Lets KEDA, which then owns the cluster's external metrics, scale by `scaling`. @default - Kubernetes does */
  readonly keda?: KedaSettings;
  /** Name of the HorizontalPodAutoscaler. @default - the name */
  readonly autoscalerName?: string;
  /** Name of the VerticalPodAutoscaler. @default - the name */
  readonly verticalAutoscalerName?: string;
  /** Secrets as files, readable by the program alone. @default - none */
  readonly secretFiles?: readonly SecretFiles[];
  /** ConfigMaps as files. @default - none */
  readonly configMaps?: readonly ConfigFiles[];
  /** Who may connect. @default - nobody but `scrapedBy`, with a warning */
  readonly ingressFrom?: readonly Caller[];
  /** Whom it may connect to, beside DNS and the agent that hands out AWS credentials. @default - nobody */
  readonly egressTo?: readonly OpenPeer[];
  /**
   * Who collects metrics, on the service's port or, with sidecars, on theirs. Annotations tell Prometheus; with an empty
   * list there are none. @default - Prometheus in `monitoring`
   */
  readonly scrapedBy?: readonly Caller[];
  /** @default - any untainted node */
  readonly nodes?: NodePlacement;
  /** How firmly pods are spread over zones. @default 'preferred' */
  readonly spread?: Spread;
  /** Further labels of nodes over whose values pods are spread wherever there is room: how nodes are bought. @default - none */
  readonly spreadOver?: readonly string[];
  /** PriorityClass of the pods. @default - the cluster's default */
  readonly priorityClassName?: string;
  /**
   * Time until load balancers and proxies have stopped to send new requests to a pod that leaves: at least the
   * deregistration delay of a target group that holds pods (whole seconds, 1-900). @default Duration.seconds(15)
   */
  readonly deregisterWithin?: Duration;
  /** Time a pod gets to stop, before it is killed (whole seconds). @default - `deregisterWithin`, `drainFor` and 5 s more */
  readonly gracePeriod?: Duration;
  /** Time a new pod must stay ready before the next one is replaced (whole seconds, 0-600). @default Duration.seconds(10) */
  readonly minReady?: Duration;
  /** Size of `/tmp`, the only place a pod may write (within the limit of ephemeral storage). @default Memory.mib(64) */
  readonly temporarySpace?: Memory;
  /** User and group of the program (10000-65535). @default 10001 */
  readonly runAs?: number;
  /** AppArmor profile, only for nodes whose system has AppArmor: AL2023 and Bottlerocket refuse such pods. @default - none */
  readonly appArmor?: 'RuntimeDefault';
  /** Keeps requests in the caller's zone while it has a ready pod. @default - all zones alike */
  readonly trafficDistribution?: 'PreferClose';
}

const DEFAULTS = {
  settings: {},
  drainFor: DEFAULT_DRAIN,
  labels: {},
  annotations: {},
  workloadAnnotations: {},
  health: { readinessPath: '/health' },
  resources: {
    requests: { cpu: Cpu.millis(100), memory: Memory.mib(128), ephemeralStorage: Memory.mib(128) },
    limits: { cpu: Cpu.millis(500), memory: Memory.mib(256), ephemeralStorage: Memory.mib(512) },
  },
  secretFiles: [],
  configMaps: [],
  egressTo: [],
  scrapedBy: [PROMETHEUS],
  metricsPath: METRICS_PATH,
  nodes: {},
  spread: 'preferred',
  spreadOver: [],
  deregisterWithin: Duration.seconds(15),
  minReady: Duration.seconds(10),
  temporarySpace: Memory.mib(64),
  runAs: UNPRIVILEGED_ID,
} as const satisfies Partial<WebServiceProps>;

const DEFAULT_REPLICAS = 2;

/** Time for the program to end by itself once its last request is done. */
const MARGIN = Duration.seconds(5);

/** The props with every default in place. `replicas` is absent where an autoscaler owns it. */
export type WebServicePlan = WebServiceProps &
  Required<Pick<WebServiceProps, keyof typeof DEFAULTS | 'gracePeriod' | 'autoscalerName' | 'verticalAutoscalerName'>>;

export function webServicePlan(props: WebServiceProps): WebServicePlan {
  const { name, scaling } = props;
  const plan = withDefaults(DEFAULTS, props);
  return withDefaults(
    {
      autoscalerName: name,
      verticalAutoscalerName: name,
      gracePeriod: plan.deregisterWithin.plus(plan.drainFor).plus(MARGIN),
      ...(scaling === undefined ? { replicas: DEFAULT_REPLICAS } : {}),
    },
    scaling === undefined ? plan : { ...plan, scaling: meshScaling(plan, scaling) },
  );
}
