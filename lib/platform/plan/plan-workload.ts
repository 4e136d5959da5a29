import type { WebServiceProps } from '../../kubernetes';
import type { EnvironmentSpec } from '../../model';

/** What everything that answers requests in an environment has in common. */
export const planWorkload = (
  platform: string,
  { annotations, externalMetrics }: EnvironmentSpec,
): Pick<WebServiceProps, 'partOf' | 'annotations' | 'keda'> => ({
  partOf: platform,
  ...(annotations && { annotations }),
  ...(externalMetrics === 'keda' && { keda: {} }),
});
