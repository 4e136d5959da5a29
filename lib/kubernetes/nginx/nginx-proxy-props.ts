import { withDefaults } from '../../check';
import type { ResolvedPods, ServiceDomain } from '../../config';
import type { NginxProxySpec } from '../../model';
import { PUBLIC_IMAGES } from '../../model/images/public-images';
import { Cpu, Memory } from '../../units';
import type { RangePeer } from '../cluster/network-peers';
import type { Caller, WebServiceProps } from '../workload/web-service-props';

/** What the proxy's pods share with those of every web service. */
type WorkloadProps = Pick<
  WebServiceProps,
  | 'name'
  | 'partOf'
  | 'labels'
  | 'annotations'
  | 'workloadAnnotations'
  | 'resources'
  | 'scaling'
  | 'replicas'
  | 'autoscalerName'
  | 'scrapedBy'
  | 'mesh'
  | 'sidecar'
  | 'keda'
  | 'nodes'
  | 'spread'
  | 'spreadOver'
  | 'priorityClassName'
  | 'deregisterWithin'
  | 'minReady'
  | 'temporarySpace'
  | 'runAs'
  | 'appArmor'
  | 'trafficDistribution'
>;

/** A reverse proxy as a workload: routes and limits of the model, and the pods that serve them. */
export interface NginxProxyProps extends Omit<NginxProxySpec, 'tls'>, WorkloadProps, Pick<ResolvedPods, 'resolver'> {
  /** Worker processes (1-64). @default - one for each core of the CPU limit, rounded up */
  readonly workers?: number;
  /** Namespace of the proxy and its services: nginx asks DNS for full names only. */
  readonly namespace: ServiceDomain['namespace'];
  /** Domain that the names of Services end in. @default 'cluster.local' */
  readonly clusterDomain?: string;
  /**
   * An nginx that runs without root and stops on SIGQUIT, as the official images do; 1.27.3 or later where it
   * balances.
   * @default 'docker.io/nginxinc/nginx-unprivileged:1.30.4-alpine'
   */
  readonly image?: string;
  /**
   * Who picks the pod of a request. `nginx` looks pods up behind headless Services, and its balancing, limits and
   * passive health count. `mesh` sends to the Service: sidecars know nothing of pods' own addresses. @default - the
   * mesh if there is one
   */
  readonly balancedBy?: 'nginx' | 'mesh';
  /**
   * Headless Services by upstream that exist already: that of a blue-green rollout must select the active version
   * alone.
   * @default - one is made for each service
   */
  readonly podsServices?: Readonly<Record<string, string>>;
  /**
   * TLS with the certificate of a Secret (kubernetes.io/tls). A renewed one is read when pods are replaced.
   * @default - plain HTTP only
   */
  readonly tls?: {
    /** Name of the Secret, in the proxy's namespace. */
    readonly secret: string;
    /** Port for TLS; the plain port then only redirects (1024-65535). @default 8443 */
    readonly port?: number;
  };
  /** Who may send requests; ranges may also ask the status port, as load balancers do. @default - `trustedProxies` */
  readonly ingressFrom?: readonly Caller[];
  /**
   * Ports on which clients are not led through the sidecar. A load balancer speaks plain HTTP and is no part of the mesh, and
   * behind the sidecar each client would be 127.0.0.6: one limit for all of them, and no forwarded address believed.
   * @default - with `trustedProxies` the ports for requests and status, else none
   */
  readonly plainInbound?: NonNullable<WebServiceProps['plainInbound']>;
}

/** Key of the ConfigMap with the configuration. */
export const CONFIG_FILE = 'nginx.conf';
/** Folder of the configuration in the container. */
export const CONFIG_FOLDER = '/etc/headroom-nginx';
/** Folder of the certificate in the container. */
export const TLS_FOLDER = '/etc/nginx/tls';

const DEFAULTS = {
  clusterDomain: 'cluster.local',
  image: PUBLIC_IMAGES.nginx,
  podsServices: {},
  resources: {
    requests: { cpu: Cpu.millis(250), memory: Memory.mib(128), ephemeralStorage: Memory.mib(256) },
    limits: { cpu: Cpu.cores(1), memory: Memory.mib(256), ephemeralStorage: Memory.mib(512) },
  },
  temporarySpace: Memory.mib(256),
} as const satisfies Partial<NginxProxyProps>;

/** One for each of three zones. */
const DEFAULT_REPLICAS = 3;

/** The props with the defaults of the pod; those of nginx itself are in `NginxProxyPlan`. */
export type NginxProxyPodPlan = NginxProxyProps & Required<Pick<NginxProxyProps, keyof typeof DEFAULTS | 'balancedBy'>>;

/** The props with the defaults of the pod: 3 replicas without `scaling`, balanced by the mesh if there is one. */
export function nginxProxyPodPlan(props: NginxProxyProps): NginxProxyPodPlan {
  const balancedBy = props.mesh === undefined ? ('nginx' as const) : ('mesh' as const);
  const replicas = props.scaling === undefined ? { replicas: DEFAULT_REPLICAS } : {};
  return withDefaults({ ...DEFAULTS, ...replicas, balancedBy }, props);
}

/** Proxies that are always there, and so share the limits: a client never gets less than declared. */
export const sharers = ({ scaling, replicas = DEFAULT_REPLICAS }: NginxProxyPodPlan): number =>
  scaling?.min ?? replicas;

/** The declaration as nginx itself sees it: a worker for each core of the limit, the Secret's files. */
export function nginxSpec(plan: NginxProxyPodPlan): NginxProxySpec {
  const { tls, workers = Math.max(1, Math.ceil(plan.resources.limits.cpu.inMillis / 1000)), ...rest } = plan;
  return { ...rest, workers, ...(tls === undefined ? {} : { tls: tls.port === undefined ? {} : { port: tls.port } }) };
}

export const configName = ({ name }: { readonly name: string }): string => `${name}-config`;

const rangeOf = (cidr: string): RangePeer => ({ cidr });

/** Who may send requests, or nothing if nobody is said to. */
export function senders({ ingressFrom, trustedProxies = [] }: NginxProxyPodPlan): readonly Caller[] | undefined {
  if (ingressFrom !== undefined) return ingressFrom;
  return trustedProxies.length === 0 ? undefined : trustedProxies.map(rangeOf);
}
