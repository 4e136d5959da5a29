import type { JobSpec } from 'kubernetes-types/batch/v1';
import type { PodTemplateSpec } from 'kubernetes-types/core/v1';
import type { LabelSelector, ObjectMeta } from 'kubernetes-types/meta/v1';

/** Kinds of releases: only what we emit. Rollout and AnalysisTemplate as in argo-rollouts' types.go at 9f8d111 (2026-08). */

interface Custom<Version extends string, Kind extends string, Spec> {
  readonly apiVersion: Version;
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
}

interface Analysis {
  readonly templates: readonly { readonly templateName: string }[];
  readonly args?: readonly {
    readonly name: string;
    readonly valueFrom: {
      readonly podTemplateHashValue?: 'Latest' | 'Stable';
      readonly fieldRef?: { readonly fieldPath: string };
    };
  }[];
}

interface Delays {
  readonly scaleDownDelaySeconds: number;
  readonly scaleDownDelayRevisionLimit: number;
  readonly abortScaleDownDelaySeconds: number;
}

interface BlueGreen extends Delays {
  readonly activeService: string;
  readonly previewService: string;
  readonly autoPromotionEnabled: boolean;
  readonly autoPromotionSeconds?: number;
  readonly prePromotionAnalysis?: Analysis;
  readonly postPromotionAnalysis?: Analysis;
}

interface Canary extends Delays {
  readonly stableService?: string;
  readonly canaryService?: string;
  readonly pingPong?: { readonly pingService: string; readonly pongService: string };
  readonly steps: readonly {
    readonly setWeight?: number;
    readonly pause?: { readonly duration?: string };
    readonly setCanaryScale?: {
      readonly replicas?: number;
      readonly matchTrafficWeight?: boolean;
      readonly weight?: number;
    };
    readonly analysis?: Analysis;
  }[];
  readonly analysis?: Analysis & { readonly startingStep?: number };
  readonly trafficRouting: {
    readonly istio?: { readonly virtualService: { readonly name: string; readonly routes: readonly string[] } };
    readonly alb?: { readonly ingress: string; readonly rootService: string; readonly servicePort: number };
  };
  readonly dynamicStableScale: boolean;
  readonly maxSurge: string | number;
  readonly maxUnavailable: string | number;
}

export type Rollout = Custom<
  'argoproj.io/v1alpha1',
  'Rollout',
  {
    readonly replicas?: number;
    readonly selector: LabelSelector;
    readonly minReadySeconds: number;
    readonly revisionHistoryLimit: number;
    readonly progressDeadlineSeconds: number;
    readonly progressDeadlineAbort: boolean;
    readonly rollbackWindow: { readonly revisions: number };
    readonly strategy: { readonly blueGreen: BlueGreen } | { readonly canary: Canary };
    readonly template: PodTemplateSpec;
  }
>;

export type AnalysisTemplate = Custom<
  'argoproj.io/v1alpha1',
  'AnalysisTemplate',
  {
    readonly args?: readonly { readonly name: string }[];
    readonly metrics: readonly {
      readonly name: string;
      readonly interval?: string;
      readonly initialDelay?: string;
      readonly count?: number;
      readonly successCondition?: string;
      readonly failureCondition?: string;
      readonly failureLimit?: number;
      readonly inconclusiveLimit?: number;
      readonly consecutiveErrorLimit?: number;
      readonly provider:
        | { readonly prometheus: { readonly address: string; readonly query: string; readonly timeout?: number } }
        | { readonly job: { readonly metadata?: ObjectMeta; readonly spec: JobSpec } };
    }[];
  }
>;

/** As in istio/api networking/v1/virtual_service.proto (2026-07). */
export type VirtualService = Custom<
  'networking.istio.io/v1',
  'VirtualService',
  {
    readonly hosts: readonly string[];
    readonly http: readonly {
      readonly name: string;
      readonly match?: readonly {
        readonly method: { readonly exact: string };
        readonly withoutHeaders?: Readonly<Record<string, { readonly exact: string } | { readonly regex: string }>>;
      }[];
      readonly timeout?: string;
      readonly retries?: { readonly attempts: number; readonly perTryTimeout?: string; readonly retryOn?: string };
      readonly route: readonly { readonly destination: { readonly host: string }; readonly weight?: number }[];
    }[];
  }
>;
