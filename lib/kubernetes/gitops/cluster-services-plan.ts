import { CHARTS } from '../../catalog/charts';
import { type ClusterServicesProps, planClusterServices } from './cluster-services-props';
import type { ServiceApplication } from './service-application';
import { servicesOf } from './services';

/**
 * What a cluster needs before its workloads, as a plan without objects: which charts, in which layer and order, with which
 * values, and which kinds and APIs they bring. The same props give the same list, sorted by layer, wave and name.
 *
 * @example
 * clusterServices({ clusterName: 'acgs-production', region: 'us-west-2' }).map(({ name }) => name);
 */
export function clusterServices(props: ClusterServicesProps): readonly ServiceApplication[] {
  const plan = planClusterServices(props);
  return servicesOf(plan)
    .map(({ name, service }): ServiceApplication => {
      const chart = CHARTS.facts[name];
      const { layer, wave, namespace, serviceAccount, uses = [], registers, ignoreDifferences = [] } = service;
      return {
        name,
        layer,
        wave,
        chart: name,
        version: plan.chartVersions[name] ?? chart.version,
        namespace,
        ...(serviceAccount !== undefined && { serviceAccount }),
        serves: chart.kinds,
        uses,
        registers: registers?.(plan) ?? [],
        values: service.values(plan),
        ignoreDifferences,
      };
    })
    .sort((a, b) => compare(a.layer, b.layer) || a.wave - b.wave || compare(a.name, b.name));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Custom resources that stand before the first layer, because Argo CD does. */
export const BOOTSTRAP_KINDS: readonly string[] = CHARTS.facts['argo-cd'].kinds;
