import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { DEFAULT_KUBERNETES_VERSION } from '../../catalog';
import { type Check, enforce, type Finding, inspect } from '../../check';
import type { Amounts, ObjectReference } from '../../model';
import { inspectRollout } from '../../model/rollout/rollout-checks';
import { KubeService } from '../k8s';
import { type Labels, selectorLabels } from '../labels';
import { lintReasons } from '../lint-reasons';
import { targetVersion } from '../target-version';
import { inspectWebWorkload, webAccount, webEndpoint, webGuards, webMetadata } from '../workload/web-workload';
import { AnalysisTemplate, analysisOf } from './analysis-template';
import type { RolloutStrategy } from './rollout-kinds';
import { rolloutObject, rolloutReference } from './rollout-object';
import {
  type BlueGreenParts,
  type BlueGreenRolloutProps,
  blueGreenParts,
  blueGreenProgress,
  builtWeb,
} from './rollout-props';
import { SmokeTest } from './smoke-test';

/** Where the rollout is put, and whether it needs to know. */
interface RolloutPlace {
  readonly plainName: 'alias' | 'none';
  /** Namespace of the chart; undefined if it has none. */
  readonly namespace: string | undefined;
}

/** What is said about the place, which only the construct tree knows: no part of `inspect`. */
export const ROLLOUT_PLACE_CHECKS: readonly Check<RolloutPlace>[] = [
  {
    id: 'rollout-alias-knows-its-namespace',
    prop: 'plainName',
    holds: ({ plainName, namespace }) => plainName === 'none' || namespace !== undefined,
    rule: 'must be none in a chart without a namespace: an alias in DNS needs the full name of its target',
    remedy: 'give the chart its namespace',
  },
];

/** Names of the analyses that exist, by the moment they are for. */
interface Analyses {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const CLUSTER_DOMAIN = 'cluster.local';

/**
 * A web service of which each release runs in full beside the last one before users see it. Promoting switches users at
 * once; going back switches them back at once, because the old pods run until the watch is over and a way back besides. No
 * image is built and no pod started for it: a failed analysis does it by itself, `kubectl argo rollouts abort` during the
 * watch, and the last manifest applied again after it, which skips tests and pauses.
 *
 * Callers reach the active version by `serviceName`, or by the plain name, which is its alias in DNS. A nginx that balances
 * takes a headless active Service in `podsServices`.
 *
 * @example
 * new BlueGreenRollout(chart, 'AgentCore', {
 *   name: 'agent-core',
 *   image: 'registry.example.com/alfred/agent-core:1.4.0',
 *   port: 8011,
 *   rolloutName: 'agent-core-rollout',
 *   smokeTest: { paths: ['/health'] },
 *   after: { metrics: [{ name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99) }] },
 * });
 */
export class BlueGreenRollout extends Construct {
  /** @param version Kubernetes minor that the service is for. */
  static inspect(path: string, props: BlueGreenRolloutProps, version: string = DEFAULT_KUBERNETES_VERSION): Finding[] {
    const { web, release } = blueGreenParts(props);
    return [
      ...inspectWebWorkload(path, web, rolloutReference(release.rolloutName), version),
      ...inspectRollout(path, release),
    ];
  }

  /** Name of the service, and of all its objects that have no other. */
  readonly name: string;
  /** Port of the container and of the Services, which are one. */
  readonly port: number;
  /** Labels that select its pods of either version, and no others. */
  readonly selector: Labels;
  /** Service of the version that users see. */
  readonly serviceName: string;
  /** Service of the newest version. */
  readonly previewServiceName: string;
  /** The Rollout, as autoscalers refer to it. */
  readonly target: ObjectReference;
  /** What the scheduler sets aside for each pod. */
  readonly requests: Amounts;

  constructor(scope: Construct, id: string, props: BlueGreenRolloutProps) {
    super(scope, id);
    const parts = blueGreenParts(props);
    const { web, release } = parts;
    const namespace = Chart.of(this).namespace;
    const place = inspect(this.node.path, { plainName: release.plainName, namespace }, ROLLOUT_PLACE_CHECKS);
    enforce(this, [...BlueGreenRollout.inspect(this.node.path, props, targetVersion(this)), ...place]);

    this.name = web.name;
    this.port = web.port;
    this.selector = selectorLabels(web.name);
    this.serviceName = release.activeServiceName;
    this.previewServiceName = release.previewServiceName;
    this.target = rolloutReference(release.rolloutName);
    this.requests = web.resources.requests;

    webAccount(this, webMetadata(web));
    const analyses = this.analyses(parts);
    rolloutObject(this, web, {
      ...release,
      progressSeconds: blueGreenProgress(parts),
      strategy: this.strategy(parts, analyses),
    });
    this.services(parts, namespace);
    const { network, autoscaler } = webGuards(this, builtWeb(parts), this.target);
    for (const object of [network, ...(autoscaler ? [autoscaler] : [])]) lintReasons(object, 'of-a-rollout');
  }

  private analyses({ web, release }: BlueGreenParts): Analyses {
    const { name, smokeTest, before, after, watch, previewServiceName } = release;
    const { labels } = webMetadata(web);
    const smoke =
      smokeTest && new SmokeTest(this, 'SmokeTest', { test: smokeTest, plan: web, service: previewServiceName });
    const first = before && new AnalysisTemplate(this, 'Before', { ...before, name: `${name}-before`, labels });
    const end = { by: 'watch', watch } as const;
    const then = after && new AnalysisTemplate(this, 'After', { ...after, name: `${name}-after`, labels, end });
    return {
      before: [smoke, first].flatMap((template) => (template ? [template.name] : [])),
      after: then ? [then.name] : [],
    };
  }

  private strategy({ release }: BlueGreenParts, analyses: Analyses): RolloutStrategy {
    const { promotion } = release;
    const before = analysisOf(analyses.before);
    const after = analysisOf(analyses.after);
    return {
      blueGreen: {
        activeService: this.serviceName,
        previewService: this.previewServiceName,
        ...(promotion === 'manual'
          ? { autoPromotionEnabled: false }
          : { autoPromotionEnabled: true, autoPromotionSeconds: promotion.after.toSeconds() }),
        scaleDownDelaySeconds: release.scaleDownDelay.toSeconds(),
        scaleDownDelayRevisionLimit: 1,
        abortScaleDownDelaySeconds: release.abortScaleDownDelay.toSeconds(),
        ...(before && { prePromotionAnalysis: before }),
        ...(after && { postPromotionAnalysis: after }),
      },
    };
  }

  /** Argo Rollouts adds the hash of a version to the selector of each. */
  private services({ web, release }: BlueGreenParts, namespace: string | undefined): void {
    const { labels } = webMetadata(web);
    const { activeServiceName, previewServiceName, activeService, plainName } = release;
    const address = activeService === 'headless' ? { clusterIp: 'None' } : {};
    const active = webEndpoint(this, 'Active', web, { name: activeServiceName, labels }, address);
    const preview = webEndpoint(this, 'Preview', web, { name: previewServiceName, labels });
    for (const service of [active, preview]) lintReasons(service, 'of-a-rollout');
    if (plainName === 'none' || namespace === undefined) return;
    const externalName = `${activeServiceName}.${namespace}.svc.${CLUSTER_DOMAIN}`;
    const manifest = KubeService.manifest({
      metadata: { name: web.name, labels },
      spec: { type: 'ExternalName', externalName },
    });
    lintReasons(new ApiObject(this, 'Alias', manifest), 'of-a-rollout');
  }
}
