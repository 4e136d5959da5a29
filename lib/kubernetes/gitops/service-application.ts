import type { ChartName } from '../../catalog/helm-chart';
import type { HelmValues } from '../../config/helm-values';

/** Folders that what stands before the workloads is applied in: definitions first, then what acts on them. */
export type ServiceLayer = '00-crds' | '10-controllers';

/** Fields that others write after us, so that they count neither as drift nor as something to put back. */
export interface IgnoredDifference {
  /** API group, empty for the core one. */
  readonly group: string;
  /** Kind of the objects. */
  readonly kind: string;
  /** Fields as jq expressions: `.webhooks[].clientConfig.caBundle`. */
  readonly jqPathExpressions: readonly string[];
}

/** One chart that runs in every cluster: a plan, before any object. */
export interface ServiceApplication {
  /** Name of application and release. */
  readonly name: string;
  /** Folder of manifests that the application stands in. */
  readonly layer: ServiceLayer;
  /**
   * Place within its layer: what has a lower number is healthy before, as long as one parent applies the whole layer.
   * Layers are applied one after the other, by whoever applies them: no wave orders them.
   */
  readonly wave: number;
  /** Chart in the catalog. */
  readonly chart: ChartName;
  /** Exact version of the chart. */
  readonly version: string;
  /** Namespace of its pods. */
  readonly namespace: string;
  /** Service account with rights in AWS, which Terraform knows by this name. @default - it needs none */
  readonly serviceAccount?: string;
  /** Custom resources that it defines, as `group/Kind`. */
  readonly serves: readonly string[];
  /** Custom resources among its own objects, which others define. */
  readonly uses: readonly string[];
  /** APIServices among its own objects: `v1beta1.custom.metrics.k8s.io`. */
  readonly registers: readonly string[];
  /** What the chart is given. */
  readonly values: HelmValues;
  /** Fields that controllers fill in. */
  readonly ignoreDifferences: readonly IgnoredDifference[];
}
