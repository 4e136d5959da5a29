import type { AccountQuotas } from '../account/quotas';
import type { CacheThresholds } from './cache-thresholds';
import type { ClusterThresholds } from './cluster-thresholds';
import type { CostWatchSpec } from './cost-watch';
import type { DatabaseThresholds } from './database-thresholds';
import type { LoadBalancerThresholds } from './load-balancer-thresholds';
import type { NatThresholds } from './nat-thresholds';
import type { Subscription } from './subscription';
import type { UpgradePolicy } from './upgrade-policy';

/** When to ring, by what is watched; what is left out has the defaults of its kind. */
export interface AlarmThresholds {
  /** Of every RDS instance and replica. @default - those of `databaseThresholds` */
  readonly databases?: DatabaseThresholds;
  /** Of every node of ElastiCache. @default - those of `cacheThresholds` */
  readonly caches?: CacheThresholds;
  /** Of the control plane. @default - those of `clusterThresholds` */
  readonly cluster?: ClusterThresholds;
  /** Of every NAT gateway. @default - those of `natThresholds` */
  readonly nat?: NatThresholds;
  /** Of the load balancer, if there is an edge. @default - those of `loadBalancerThresholds` */
  readonly loadBalancer?: LoadBalancerThresholds;
}

/** Who watches an environment from outside, and when they are woken. What happens inside the cluster is for Prometheus. */
export interface OperationsSpec {
  /** Who hears alarms, by names of their own (DNS labels). */
  readonly subscriptions: readonly Subscription[];
  /** When to ring. @default - the defaults of each kind */
  readonly thresholds?: AlarmThresholds;
  /**
   * Where written runbooks are read: a URL or a path, without blanks and without `/` at its end. Alarms name their file
   * below it.
   * @default 'runbooks'
   */
  readonly runbooks?: string;
  /** A watch on what it costs. @default - none */
  readonly costs?: CostWatchSpec;
  /**
   * Quotas of its account and region, which all environments there share, where the platform does not declare the account: that
   * one has them itself.
   * @default - those of the account, or what AWS grants unasked
   */
  readonly quotas?: AccountQuotas;
  /** How close to the end of support versions may run. @default - 90 days of notice, no extended support */
  readonly upgrades?: UpgradePolicy;
}

/** Where the output has its runbooks. */
export const RUNBOOKS_FOLDER = 'runbooks';
