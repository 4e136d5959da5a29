import { Construct } from 'constructs';
import { enforce, type Finding, inspect, inspectEach } from '../../check';
import { warmingSchedule } from '../../model';
import { DNS, ISTIOD } from '../cluster/network-peers';
import { NETWORK_PEER_CHECKS, NetworkPolicy } from '../cluster/network-policy';
import { type JobSpec, KubeConfigMap, KubeCronJob, KubeServiceAccount } from '../k8s';
import type { Labels } from '../labels';
import { contentJob } from '../workload/content-job';
import {
  CACHE_WARMING_CHECKS,
  type CacheWarmingPlan,
  type CacheWarmingProps,
  cacheWarmingPlan,
} from './cache-warming-plan';
import { WARMING_FILES, warmingLabels, warmingRun, warmingSelector } from './cache-warming-pod';

const DAY_SECONDS = 86_400;

/**
 * Results that a service computes before anybody asks for them, stored where it would look for them. A Job does it after each
 * change and each release that Argo CD makes, a CronJob again before they expire, one run at a time. What is not answered as it must be
 * is not stored and fails the run; what was stored before lives on for its time.
 *
 * Two containers share a folder: one asks and has no password, the other stores and asks nobody. With a sidecar, the run
 * takes part in the mesh as its service account, for which Kubernetes must be 1.29 or later.
 *
 * @example
 * new CacheWarming(chart, 'Warming', {
 *   name: 'cache-warming',
 *   url: 'http://orders:8080/checks/{name}',
 *   names: ['stock', 'prices'],
 *   keyPrefix: 'orders:v3:',
 *   ttl: Duration.hours(24),
 *   every: Duration.hours(8),
 *   cacheSecret: 'cache-auth',
 *   tls: { secretName: 'cache-warming-tls' },
 *   egress: [
 *     { pods: selectorLabels('orders'), port: 8080 },
 *     { pods: { 'app.kubernetes.io/name': 'cache' }, port: 6379 },
 *   ],
 * });
 */
export class CacheWarming extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: CacheWarmingProps): Finding[] {
    const plan = cacheWarmingPlan(props);
    return [
      ...inspect(path, plan, CACHE_WARMING_CHECKS),
      ...inspectEach(path, 'egress', plan.egress, NETWORK_PEER_CHECKS),
    ];
  }

  /** Labels of its pods, for who lets them in. */
  readonly selector: Labels;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: CacheWarmingProps) {
    super(scope, id);
    const plan = cacheWarmingPlan(props);
    enforce(this, CacheWarming.inspect(this.node.path, props));

    const { name, mesh } = plan;
    this.selector = warmingSelector(name);
    const labels = warmingLabels(plan);
    const metadata = { name, labels };
    new KubeServiceAccount(this, 'ServiceAccount', { metadata, automountServiceAccountToken: false });
    new KubeConfigMap(this, 'Scripts', { metadata, data: WARMING_FILES });
    const egress = [...DNS, ...(mesh === 'sidecar' ? [ISTIOD] : []), ...plan.egress];
    new NetworkPolicy(this, 'Network', { ...metadata, selector: this.selector, egress });
    this.once(plan);
    new KubeCronJob(this, 'Resource', {
      metadata,
      spec: {
        schedule: warmingSchedule(plan.every),
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: { metadata: { labels }, spec: warmingRun(plan, labels) },
      },
    });
  }

  private once(plan: CacheWarmingPlan): void {
    const spec = (instance: string): JobSpec => ({
      ...warmingRun(plan, warmingLabels(plan, instance)),
      ttlSecondsAfterFinished: DAY_SECONDS,
    });
    const labels = (name: string) => warmingLabels(plan, name);
    contentJob(this, 'Release', { prefix: plan.name, labels, spec, hook: 'PostSync' });
  }
}
