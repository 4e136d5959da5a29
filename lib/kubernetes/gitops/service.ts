import type { HelmValues } from '../../config/helm-values';
import type { ClusterServicesPlan } from './cluster-services-props';
import type { ServiceApplication } from './service-application';

/** How one chart is used; names, versions and kinds come from the catalog. */
export interface Service
  extends Pick<ServiceApplication, 'layer' | 'wave' | 'namespace'>,
    Partial<Pick<ServiceApplication, 'serviceAccount' | 'uses' | 'ignoreDifferences'>> {
  /** Whether a cluster gets it. @default - each does */
  readonly when?: (plan: ClusterServicesPlan) => boolean;
  /** APIServices of the chart. @default - none */
  readonly registers?: (plan: ClusterServicesPlan) => readonly string[];
  readonly values: (plan: ClusterServicesPlan) => HelmValues;
}
