import { CHARTS, DEFAULT_KUBERNETES_VERSION, EKS_VERSIONS } from '../../catalog';
import type { InstalledChart, VersionRunbookProps } from '../../config';
import { clusterServices } from '../../kubernetes';
import {
  clusterName,
  databaseIdentifier,
  type EnvironmentSpec,
  isInstance,
  isReplica,
  isReplicationGroup,
  type PlatformSpec,
  primaryOf,
  replicationGroupPlan,
  upgradePath,
  type VersionedThing,
  versionCalendar,
} from '../../model';
import { planControllers } from './plan-controllers';

/** What Terraform installs, which then installs the others. */
const FIRST = { chart: 'argo-cd', version: CHARTS.facts['argo-cd'].version } as const;

/** Every chart of an environment, by name. */
export const installedCharts = (platform: PlatformSpec, environment: EnvironmentSpec): InstalledChart[] =>
  [FIRST, ...clusterServices(planControllers(platform, environment))]
    .map(({ chart, version }): InstalledChart => {
      const { endOfSupport, version: ours } = CHARTS.facts[chart];
      return { name: chart, version, ...(version === ours && endOfSupport !== undefined && { endOfSupport }) };
    })
    .sort((one, other) => one.name.localeCompare(other.name));

/** Charts that are released and end together are one thing: those of Istio. */
function chartReleases(charts: readonly InstalledChart[]): VersionedThing[] {
  const isOf =
    ({ version, endOfSupport }: InstalledChart) =>
    (other: InstalledChart): boolean =>
      other.version === version && other.endOfSupport === endOfSupport;
  return charts.flatMap((chart, index): VersionedThing[] => {
    const { version, endOfSupport } = chart;
    if (endOfSupport === undefined || charts.findIndex(isOf(chart)) < index) return [];
    const names = charts.filter(isOf(chart)).map(({ name }) => name);
    return [{ of: 'chart', name: `charts ${names.join(', ')}`, version, until: endOfSupport }];
  });
}

/** Everything in an environment whose support ends on a day that somebody has published. */
export function versionedThings(platform: PlatformSpec, environment: EnvironmentSpec): VersionedThing[] {
  const { name, cluster, databases, caches } = environment;
  const own = (store: string): string => databaseIdentifier(platform.name, name, store);
  return [
    {
      of: 'eks',
      name: `cluster ${clusterName(platform.name, name)}`,
      version: cluster.version ?? DEFAULT_KUBERNETES_VERSION,
    },
    ...databases.flatMap((database): VersionedThing[] => {
      if (!isInstance(database) && !isReplica(database)) return [];
      const version = isReplica(database) ? primaryOf(platform, database)?.database.version : database.version;
      return version === undefined ? [] : [{ of: 'postgres', name: `database ${own(database.name)}`, version }];
    }),
    ...caches.filter(isReplicationGroup).map((cache): VersionedThing => {
      const { engine, version } = replicationGroupPlan(cache);
      return { of: 'cache', name: `cache ${own(cache.name)}`, engine, version };
    }),
    ...chartReleases(installedCharts(platform, environment)),
  ];
}

/** What is written about them. */
export function planVersionRunbook(platform: PlatformSpec, environment: EnvironmentSpec): VersionRunbookProps {
  const { name, asOf, cluster } = environment;
  const version = cluster.version ?? DEFAULT_KUBERNETES_VERSION;
  const newest = [...EKS_VERSIONS.facts.keys()].at(-1) ?? version;
  return {
    platform: platform.name,
    environment: name,
    asOf,
    calendar: versionCalendar(versionedThings(platform, environment), asOf),
    charts: installedCharts(platform, environment),
    kubernetes: { version, next: upgradePath(version, newest) },
  };
}
