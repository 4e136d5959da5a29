import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ObjectReference } from '../../model';
import { KubeDeployment } from '../k8s';
import { selectorLabels } from '../labels';
import { renamedReason } from '../lint-reasons';
import { ROLLOUT_VERSION_LABEL } from '../workload/pod-spread';
import { webPod, webPodPatches } from '../workload/web-pod';
import type { WebServicePlan } from '../workload/web-service-props';
import { webMetadata } from '../workload/web-workload';
import { ROLLOUTS_API, type RolloutStrategy } from './rollout-kinds';

/** A Rollout, as autoscalers refer to it. */
export const rolloutReference = (name: string): ObjectReference => ({
  apiVersion: ROLLOUTS_API,
  kind: 'Rollout',
  name,
});

/** What a Rollout has beside the pods of its service. */
export interface RolloutOptions {
  readonly rolloutName: string;
  readonly revisionHistoryLimit: number;
  readonly rollbackRevisions: number;
  /** Time without progress after which a release goes back (seconds). */
  readonly progressSeconds: number;
  readonly strategy: RolloutStrategy;
}

/**
 * The Rollout of a service: its pods are those of a Deployment but for the label that tells versions apart. Nothing that
 * changes by itself is in it, so that only a changed pod starts a release.
 */
export function rolloutObject(scope: Construct, plan: WebServicePlan, options: RolloutOptions): ApiObject {
  const selector = selectorLabels(plan.name);
  const template = webPod(plan, ROLLOUT_VERSION_LABEL);
  const deployment = KubeDeployment.manifest({ spec: { selector: { matchLabels: selector }, template } });
  const { labels } = webMetadata(plan);
  const rollout = new ApiObject(scope, 'Resource', {
    apiVersion: ROLLOUTS_API,
    kind: 'Rollout',
    metadata: { name: options.rolloutName, labels, annotations: { ...plan.annotations, ...plan.workloadAnnotations } },
    spec: {
      ...(plan.replicas === undefined ? {} : { replicas: plan.replicas }),
      selector: deployment.spec.selector,
      minReadySeconds: plan.minReady.toSeconds(),
      revisionHistoryLimit: options.revisionHistoryLimit,
      progressDeadlineSeconds: options.progressSeconds,
      progressDeadlineAbort: true,
      rollbackWindow: { revisions: options.rollbackRevisions },
      strategy: options.strategy,
      template: deployment.spec.template,
    },
  });
  if (options.rolloutName !== plan.name) renamedReason(rollout);
  for (const patch of webPodPatches(scope, plan, ROLLOUT_VERSION_LABEL)) rollout.addJsonPatch(patch);
  return rollout;
}
