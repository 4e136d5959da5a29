import type { JobSpec } from '../k8s';

/**
 * What we emit of custom resources. Field names and meanings: argoproj/argo-rollouts, `pkg/apis/rollouts/v1alpha1/types.go`
 * and `analysis_types.go` (commit 9f8d111, 2026-08-17).
 */

/** Group and version of Rollouts and AnalysisTemplates. */
export const ROLLOUTS_API = 'argoproj.io/v1alpha1';

/** Where an argument of an analysis comes from. */
interface AnalysisArgument {
  readonly name: string;
  readonly valueFrom:
    | { readonly podTemplateHashValue: 'Latest' }
    | { readonly fieldRef: { readonly fieldPath: 'metadata.namespace' } };
}

/** Templates that one analysis is made of. */
export interface RolloutAnalysis {
  readonly templates: readonly { readonly templateName: string }[];
  readonly args?: readonly AnalysisArgument[];
}

interface BlueGreenStrategy {
  readonly activeService: string;
  readonly previewService: string;
  readonly autoPromotionEnabled: boolean;
  readonly autoPromotionSeconds?: number;
  readonly scaleDownDelaySeconds: number;
  readonly scaleDownDelayRevisionLimit: number;
  readonly abortScaleDownDelaySeconds: number;
  readonly prePromotionAnalysis?: RolloutAnalysis;
  readonly postPromotionAnalysis?: RolloutAnalysis;
}

/** One step of a canary as the API writes it. */
export type Step =
  | { readonly setWeight: number }
  | { readonly pause: { readonly duration?: string } }
  | { readonly setCanaryScale: { readonly weight: number } | { readonly matchTrafficWeight: true } }
  | { readonly analysis: RolloutAnalysis };

/** Who splits traffic, and what there is to split it with. */
export type TrafficRouting =
  | { readonly istio: { readonly virtualService: { readonly name: string; readonly routes: readonly string[] } } }
  | { readonly alb: { readonly ingress: string; readonly rootService: string; readonly servicePort: number } };

interface CanaryStrategy {
  readonly stableService?: string;
  readonly canaryService?: string;
  readonly pingPong?: { readonly pingService: string; readonly pongService: string };
  readonly steps: readonly Step[];
  readonly analysis?: RolloutAnalysis & { readonly startingStep: number };
  readonly trafficRouting: TrafficRouting;
  readonly dynamicStableScale: false;
  readonly maxSurge: string;
  readonly maxUnavailable: 0;
  readonly scaleDownDelaySeconds: number;
  readonly scaleDownDelayRevisionLimit: number;
  readonly abortScaleDownDelaySeconds: number;
}

/** One of the two ways to release. */
export type RolloutStrategy = { readonly blueGreen: BlueGreenStrategy } | { readonly canary: CanaryStrategy };

/** Where a value comes from: a query, or a Job that succeeds or fails. */
type Provider =
  | { readonly prometheus: { readonly address: string; readonly query: string; readonly timeout: number } }
  | {
      readonly job: {
        readonly metadata: { readonly labels: Readonly<Record<string, string>> };
        /** As the API writes it. */
        readonly spec: JobSpec;
      };
    };

/** One value that tells good from bad. */
export interface Metric {
  readonly name: string;
  readonly interval?: string;
  readonly initialDelay?: string;
  readonly count?: number;
  readonly successCondition?: string;
  readonly failureCondition?: string;
  readonly failureLimit?: number;
  readonly inconclusiveLimit?: number;
  readonly consecutiveErrorLimit?: number;
  readonly provider: Provider;
}

/** The spec of an AnalysisTemplate. */
export interface AnalysisTemplateSpec {
  readonly args?: readonly { readonly name: string }[];
  readonly metrics: readonly Metric[];
}
