import { Construct } from 'constructs';
import { DEFAULT_KUBERNETES_VERSION } from '../../catalog';
import { type Check, enforce, type Finding, inspect } from '../../check';
import { type Amounts, type ObjectReference, SURGE_PERCENT } from '../../model';
import { inspectMeshRetries } from '../../model/mesh/retries';
import { inspectRollout } from '../../model/rollout/rollout-checks';
import { isPodPeer } from '../cluster/network-peers';
import { type Labels, selectorLabels } from '../labels';
import { lintReasons } from '../lint-reasons';
import { targetVersion } from '../target-version';
import { inspectWebWorkload, webAccount, webEndpoint, webGuards, webMetadata } from '../workload/web-workload';
import { AnalysisTemplate, analysisOf } from './analysis-template';
import { canaryRoutes } from './canary-routes';
import { canarySteps } from './canary-steps';
import type { RolloutAnalysis, RolloutStrategy, TrafficRouting } from './rollout-kinds';
import { rolloutObject, rolloutReference } from './rollout-object';
import { builtWeb, type CanaryParts, type CanaryRolloutProps, canaryParts, canaryProgress } from './rollout-props';
import { SmokeTest } from './smoke-test';

/** What is said about a canary's pods and its owner of weights together. */
export const CANARY_ROLLOUT_CHECKS: readonly Check<CanaryParts>[] = [
  {
    id: 'rollout-canary-is-in-the-mesh',
    prop: 'mesh',
    holds: ({ web, release }) => release.traffic.through !== 'istio' || web.mesh === 'sidecar',
    rule: 'must be sidecar where Istio weighs: sidecars of callers do it, and an ambient mesh has none',
    received: ({ web }) => web.mesh,
    remedy: 'put the service and its callers into the mesh with sidecars',
  },
  {
    id: 'rollout-load-balancer-may-connect',
    prop: 'ingressFrom',
    holds: ({ web, release }) =>
      release.traffic.through !== 'alb' ||
      (web.ingressFrom ?? []).some((caller) => !isPodPeer(caller) && (caller.port ?? web.port) === web.port),
    rule: 'must hold the ranges of the load balancer, on the port of the service: else no pod becomes healthy behind it',
    received: ({ web }) => (web.ingressFrom ?? []).flatMap((caller) => (isPodPeer(caller) ? [] : [caller.cidr])),
    remedy: "add the ranges of the load balancer's subnets",
  },
  {
    id: 'rollout-canary-repeats-through-the-mesh',
    prop: 'retries',
    holds: ({ release, retries }) => retries === undefined || release.traffic.through === 'istio',
    rule: 'must be left out where a load balancer weighs: sidecars of callers find no routes',
    received: ({ retries }) => retries,
    remedy: "use traffic: { through: 'istio' }",
  },
];

/**
 * A web service of which each release gets a growing share of users, and all of them only after it was watched. The old
 * pods stay, in full, until the last step is over: going back is a change of weights, for which no image is built and no
 * pod started. A failed analysis does it by itself, or `kubectl argo rollouts abort`.
 *
 * Through Istio, callers use the plain name and their sidecars weigh. Through an ALB, two Services take turns, so that the
 * controller's readiness gates hold (label the namespace `elbv2.k8s.aws/pod-readiness-gate-inject: enabled`), and callers
 * inside the cluster reach both versions by the plain name, in proportion to their pods.
 *
 * @example
 * new CanaryRollout(chart, 'Auth', {
 *   name: 'auth-service',
 *   image: 'registry.example.com/acgs/auth-service:1.4.0',
 *   port: 8016,
 *   mesh: 'sidecar',
 *   traffic: { through: 'istio' },
 *   analysis: { metrics: [{ name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99) }] },
 * });
 */
export class CanaryRollout extends Construct {
  /** @param version Kubernetes minor that the service is for. */
  static inspect(path: string, props: CanaryRolloutProps, version: string = DEFAULT_KUBERNETES_VERSION): Finding[] {
    const parts = canaryParts(props);
    const { web, release, retries } = parts;
    return [
      ...inspectWebWorkload(path, web, rolloutReference(release.rolloutName), version),
      ...inspectRollout(path, release),
      ...inspect(path, parts, CANARY_ROLLOUT_CHECKS),
      ...(retries ? inspectMeshRetries(path, retries) : []),
    ];
  }

  /** Name of the service, and of all its objects that have no other. */
  readonly name: string;
  /** Port of the container and of the Services, which are one. */
  readonly port: number;
  /** Labels that select its pods of either version, and no others. */
  readonly selector: Labels;
  /** Service that callers use: both versions, weighed through Istio. */
  readonly serviceName: string;
  /** Service of the old version; one of the two that take turns behind an ALB. */
  readonly stableServiceName: string;
  /** Service of the new version; the other one behind an ALB. */
  readonly previewServiceName: string;
  /** The Rollout, as autoscalers refer to it. */
  readonly target: ObjectReference;
  /** What the scheduler sets aside for each pod. */
  readonly requests: Amounts;

  constructor(scope: Construct, id: string, props: CanaryRolloutProps) {
    super(scope, id);
    const parts = canaryParts(props);
    const { web, release } = parts;
    enforce(this, CanaryRollout.inspect(this.node.path, props, targetVersion(this)));

    this.name = web.name;
    this.port = web.port;
    this.selector = selectorLabels(web.name);
    this.serviceName = web.name;
    this.stableServiceName = release.stableServiceName;
    this.previewServiceName = release.canaryServiceName;
    this.target = rolloutReference(release.rolloutName);
    this.requests = web.resources.requests;

    webAccount(this, webMetadata(web));
    const strategy = this.strategy(parts, canaryRoutes(this, parts));
    rolloutObject(this, web, { ...release, progressSeconds: canaryProgress(parts), strategy });
    this.services(parts);
    const { network, autoscaler } = webGuards(this, builtWeb(parts), this.target);
    for (const object of [network, ...(autoscaler ? [autoscaler] : [])]) lintReasons(object, 'of-a-rollout');
  }

  private strategy(parts: CanaryParts, trafficRouting: TrafficRouting): RolloutStrategy {
    const { release } = parts;
    const [stable, canary] = [this.stableServiceName, this.previewServiceName];
    const { steps, startingStep } = canarySteps(release, this.smokeTest(parts));
    const background = this.background(parts);
    return {
      canary: {
        ...(release.traffic.through === 'alb'
          ? { pingPong: { pingService: stable, pongService: canary } }
          : { stableService: stable, canaryService: canary }),
        steps,
        ...(background && { analysis: { ...background, startingStep } }),
        trafficRouting,
        dynamicStableScale: false,
        // Of no effect beside a traffic router, but checked: the two must not both be zero.
        maxSurge: `${SURGE_PERCENT}%`,
        maxUnavailable: 0,
        scaleDownDelaySeconds: release.rollbackWithin.toSeconds(),
        scaleDownDelayRevisionLimit: 1,
        abortScaleDownDelaySeconds: release.abortScaleDownDelay.toSeconds(),
      },
    };
  }

  private smokeTest({ web, release: { smokeTest } }: CanaryParts): RolloutAnalysis | undefined {
    if (smokeTest === undefined) return undefined;
    const options = { test: smokeTest, plan: web, service: this.previewServiceName };
    return analysisOf([new SmokeTest(this, 'SmokeTest', options).name]);
  }

  private background({ web, release: { analysis } }: CanaryParts): RolloutAnalysis | undefined {
    if (analysis === undefined) return undefined;
    const { name, labels } = webMetadata(web);
    const end = { by: 'release' } as const;
    return analysisOf([
      new AnalysisTemplate(this, 'Analysis', { ...analysis, name: `${name}-analysis`, labels, end }).name,
    ]);
  }

  /** Argo Rollouts adds the hash of a version to the selectors of the last two. */
  private services({ web }: CanaryParts): void {
    const { labels } = webMetadata(web);
    const names = { Root: this.serviceName, Stable: this.stableServiceName, Canary: this.previewServiceName };
    for (const [id, name] of Object.entries(names)) {
      lintReasons(webEndpoint(this, id, web, { name, labels }), 'of-a-rollout');
    }
  }
}
