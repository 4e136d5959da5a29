import type { Duration, Percent } from '../../units';
import type { AnalysisSpec } from './analysis';
import type { SmokeTestSpec } from './smoke-test';

/** What both ways to release have in common. */
interface ReleaseSpec {
  /** Name of the Rollout (DNS label), where documents have another than the service's. @default - the service's name */
  readonly rolloutName?: string;
  /** Run against the new version before any user sees it. @default - none, with a warning where nothing else tests it */
  readonly smokeTest?: SmokeTestSpec;
  /** Longest time from the first bad measurement until users are back on the old version (whole seconds, 1 min to 1 h). @default Duration.minutes(5) */
  readonly rollbackWithin?: Duration;
  /** Time for which the pods of a release that failed are kept to be looked at (whole seconds, 30 s to 1 day). @default Duration.minutes(5) */
  readonly abortScaleDownDelay?: Duration;
  /** Old versions that can be gone back to (3-50). @default 5 */
  readonly revisionHistoryLimit?: number;
  /** Going back by at most this many versions skips tests and pauses (1-10, at most the history). @default 3 */
  readonly rollbackRevisions?: number;
}

/**
 * Two full sets of pods: users are switched from the old to the new one at once, and back at once as long as the old one
 * still runs.
 */
export interface BlueGreenSpec extends ReleaseSpec {
  readonly strategy: 'blue-green';
  /** Who switches once the new pods are ready and tested: a person, or time (whole seconds, 1 s to 7 days). @default 'manual' */
  readonly promotion?: 'manual' | { readonly after: Duration };
  /**
   * What must hold of the new pods before users see them, beside the smoke test. They have no other requests yet: a metric
   * that must have seen some says `withoutData: 'failure'`. @default - nothing
   */
  readonly before?: AnalysisSpec;
  /** What must hold while all users are on the new pods; else they are switched back. @default - nothing, with a warning */
  readonly after?: AnalysisSpec;
  /** Time for which a promotion is watched (whole seconds, 1 min to 1 day). @default Duration.minutes(30) */
  readonly watch?: Duration;
  /**
   * Time for which the old pods keep running (whole seconds): the watch and a way back. Argo Rollouts cancels an analysis
   * that lasts as long as this.
   * @default - the watch and 15 minutes, 2700 s
   */
  readonly scaleDownDelay?: Duration;
  /** Service of the version that users see (DNS label). @default - the name and `-active` */
  readonly activeServiceName?: string;
  /** Service of the newest version (DNS label). @default - the name and `-preview` */
  readonly previewServiceName?: string;
  /**
   * Whether the active Service has an address of its own, or DNS answers with its pods, as an nginx that balances needs.
   * Kubernetes cannot change one into the other: the Service must be deleted first.
   * @default 'cluster-ip'
   */
  readonly activeService?: 'cluster-ip' | 'headless';
  /**
   * Whether callers that know only the service's name find the active version: a Service of that name is then an alias of
   * the active one in DNS, so that nobody has to learn of the two.
   * @default 'alias'
   */
  readonly plainName?: 'alias' | 'none';
  /** What sends users' requests: Services and proxies of the cluster, or an ALB that holds pods itself, which is refused. @default 'cluster' */
  readonly behind?: 'cluster' | 'load-balancer';
}

/** One step of a canary. */
export type CanaryStep =
  /** Share of users' requests that the new version gets from now on (whole percent, 1-100). */
  | { readonly weight: Percent }
  /** How long it stays so: a time (whole seconds, 1 s to 7 days), or until a person promotes. */
  | { readonly pause: Duration | 'until-promoted' };

/** An Ingress of its own whose ALB the AWS Load Balancer Controller makes and weighs. */
export interface AlbTraffic {
  readonly through: 'alb';
  /** DNS name that users know. The controller finds the certificate by it. */
  readonly host: string;
  /** Whether the internet can reach the load balancer. @default 'internal' */
  readonly scheme?: 'internal' | 'internet-facing';
  /** TLS versions and ciphers, by the name that AWS gives them. @default 'ELBSecurityPolicy-TLS13-1-2-2021-06' */
  readonly tlsPolicy?: string;
  /** IPv4 ranges that may connect to the load balancer. @default - any that can reach it */
  readonly inboundCidrs?: readonly string[];
  /** Whether AWS refuses to delete the load balancer; then the Ingress cannot be deleted either. @default 'on' */
  readonly deletionProtection?: 'on' | 'off';
}

/** The one owner of the weights. */
export type CanaryTraffic =
  /** Sidecars of callers weigh, by a VirtualService for the service's name; callers outside the mesh are not weighed. */
  { readonly through: 'istio' } | AlbTraffic;

/** A share of users sees the new version first, then more, then all; the old pods stay until the end of the watch. */
export interface CanarySpec extends ReleaseSpec {
  readonly strategy: 'canary';
  /** Who splits users between the two versions. */
  readonly traffic: CanaryTraffic;
  /** Shares and pauses, in order; ends with all users and a pause that is the watch. @default - 10 %, 10 min, 50 %, 10 min, 100 %, 30 min */
  readonly steps?: readonly CanaryStep[];
  /** What must hold beside the steps until they end; else users go back. @default - nothing, with a warning */
  readonly analysis?: AnalysisSpec;
  /** Step beside which the analysis starts (0 is the first). @default 1 */
  readonly analysisFrom?: number;
  /** Time for which all users must be watched at the end (whole seconds, 1 min to 1 day). @default Duration.minutes(30) */
  readonly watch?: Duration;
}

/** How a service is released: by Argo Rollouts instead of a Deployment's rolling update. */
export type RolloutSpec = BlueGreenSpec | CanarySpec;
