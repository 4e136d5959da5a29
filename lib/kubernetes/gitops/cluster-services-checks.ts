import { CHARTS } from '../../catalog/charts';
import { CLUSTER_AUTOSCALER_VERSIONS } from '../../catalog/cluster-autoscaler-versions';
import { isExactVersion } from '../../catalog/exact-version';
import { type Check, duplicates, isDnsLabel, isDnsName, isIsoDate, isRegion, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import type { AlertmanagerPlan, BackupPlace, ClusterServicesPlan, VeleroPlan } from './cluster-services-props';
import { servicesOf } from './services';

const inexactVersions = ({ chartVersions }: ClusterServicesPlan): string[] =>
  Object.entries(chartVersions)
    .filter(([, version]) => !isExactVersion(version))
    .map(([name, version]) => `${name} ${version}`);

const backupPlaces = ({ writesTo, restoresFrom }: VeleroPlan): BackupPlace[] =>
  [writesTo, restoresFrom].filter((place) => place !== undefined);

const hasReceivers = ({ config: { receivers } }: AlertmanagerPlan): boolean =>
  Array.isArray(receivers) && receivers.length > 0;

/** Charts that are no longer mended. Of versions that the catalog does not have it is not known; ISO dates compare as text. */
const endedCharts = (plan: ClusterServicesPlan): string[] =>
  servicesOf(plan).flatMap(({ name }) => {
    const { version, endOfSupport } = CHARTS.facts[name];
    const isOurs = (plan.chartVersions[name] ?? version) === version;
    const hasEnded = plan.asOf !== undefined && endOfSupport !== undefined && plan.asOf > endOfSupport;
    return isOurs && hasEnded ? [`${name} ${version} until ${endOfSupport}`] : [];
  });

/** What is said about the services of a cluster, with their defaults. */
export const CLUSTER_SERVICES_CHECKS: readonly Check<ClusterServicesPlan>[] = [
  {
    id: 'cluster-services-cluster-is-named',
    prop: 'clusterName',
    holds: ({ clusterName }) => /^[0-9A-Za-z][\w-]{0,99}$/.test(clusterName),
    rule: 'must be the name of an EKS cluster, known at synthesis: 1-100 letters, digits, hyphens and underscores',
    remedy: 'spell out the name that Terraform gives the cluster',
  },
  {
    id: 'cluster-services-region-is-a-region',
    prop: 'region',
    holds: ({ region }) => isRegion(region),
    rule: 'must be an AWS region such as us-west-2',
    remedy: 'leave out the letter of the zone',
  },
  {
    id: 'cluster-services-version-has-an-autoscaler',
    prop: 'version',
    holds: ({ version, nodeAutoscaler }) =>
      nodeAutoscaler !== 'cluster-autoscaler' || CLUSTER_AUTOSCALER_VERSIONS.facts.has(version),
    rule: `must be a minor that Cluster Autoscaler is released for: ${[...CLUSTER_AUTOSCALER_VERSIONS.facts.keys()].join(', ')}`,
    remedy: 'add its release to the catalog',
  },
  {
    id: 'cluster-services-replicas-are-in-range',
    prop: 'replicas',
    holds: ({ replicas }) => isWholeWithin(replicas, 1, 5),
    rule: 'must be a whole number from 1 to 5: one leads, the others wait',
    remedy: 'use 2',
  },
  {
    id: 'cluster-services-survive-a-node',
    prop: 'replicas',
    holds: ({ replicas, stage }) => stage === 'development' || !(replicas < 2),
    rule: 'should be at least 2: with one pod each, a drained node stops scaling, secrets and webhooks for a while',
    remedy: 'leave it out for 2',
    severity: 'warning',
  },
  {
    id: 'cluster-services-external-metrics-have-one-owner',
    prop: 'externalMetrics',
    holds: ({ externalMetrics, adapter }) => externalMetrics !== 'keda' || adapter.externalRules.length === 0,
    rule: "must not be 'keda' while policies ask prometheus-adapter for external metrics: both would register v1beta1.external.metrics.k8s.io, and the last one wins",
    remedy: "use 'prometheus-adapter', or scale on those with ScaledObjects of KEDA alone",
  },
  {
    id: 'cluster-services-vpc-is-told',
    prop: 'vpcTags',
    holds: ({ vpcTags }) => Object.keys(vpcTags).length > 0,
    rule: 'must name at least one tag of the VPC, all of which it carries and no other VPC does',
    remedy: "leave it out for the cluster's name",
  },
  {
    id: 'cluster-services-node-groups-are-names',
    prop: 'preferredNodeGroups',
    holds: ({ preferredNodeGroups }) => preferredNodeGroups.every(isDnsLabel),
    rule: 'must be names of node groups',
    remedy: 'use the names that the groups are declared with',
  },
  {
    id: 'cluster-services-max-nodes-is-whole',
    prop: 'maxNodes',
    holds: ({ maxNodes }) => maxNodes === undefined || isWholeWithin(maxNodes, 1, 5000),
    rule: 'must be a whole number from 1 to 5000',
    remedy: 'leave it out to go by the maxima of the groups',
  },
  {
    id: 'cluster-services-provision-timeout-is-possible',
    prop: 'provisionTimeout',
    holds: ({ provisionTimeout }) =>
      provisionTimeout.inMillis % 1000 === 0 &&
      Duration.minutes(1).isAtMost(provisionTimeout) &&
      provisionTimeout.isAtMost(Duration.hours(1)),
    rule: 'must be whole seconds from 1 to 60 min: pods wait that long for a node that never comes',
    remedy: 'use 5m',
  },
  {
    id: 'cluster-services-queue-is-a-name',
    prop: 'interruptionQueue',
    holds: ({ interruptionQueue }) => interruptionQueue === undefined || /^[\w-]{1,80}$/.test(interruptionQueue),
    rule: 'must be the name of an SQS queue: 1-80 letters, digits, hyphens and underscores',
    remedy: 'use karpenterQueue(clusterName), not an ARN or a URL',
  },
  {
    id: 'cluster-services-argocd-is-named',
    prop: 'argocdNamespace',
    holds: ({ argocdNamespace, project }) => isDnsLabel(argocdNamespace) && isDnsLabel(project),
    rule: 'and project must be DNS labels',
    received: ({ argocdNamespace, project }) => [argocdNamespace, project],
    remedy: 'leave both out',
  },
  {
    id: 'cluster-services-alerts-reach-somebody',
    prop: 'alertmanager',
    holds: ({ alertmanager }) =>
      alertmanager === undefined || (hasReceivers(alertmanager) && isDnsLabel(alertmanager.secretName)),
    rule: 'must have receivers, and a Secret named by 1-63 of a-z, 0-9 and inner hyphens',
    received: ({ alertmanager }) => alertmanager?.secretName,
    remedy: 'use a name such as alert-receivers',
  },
  {
    id: 'cluster-services-backups-have-a-place',
    prop: 'velero',
    holds: ({ velero }) =>
      velero === undefined ||
      (backupPlaces(velero).length > 0 &&
        backupPlaces(velero).every(
          ({ name, bucket, region }) => isDnsLabel(name) && isDnsName(bucket) && isRegion(region),
        )),
    rule: 'must have a bucket to write to or to restore from, with a name of its own, in a region',
    received: ({ velero = {} }) =>
      backupPlaces(velero).map(({ name, bucket, region }) => `${name}: ${bucket} in ${region}`),
    remedy: 'leave it out where nothing is backed up',
  },
  {
    id: 'cluster-services-backup-places-are-distinct',
    prop: 'velero',
    holds: ({ velero = {} }) => duplicates(backupPlaces(velero).map(({ name }) => name)).length === 0,
    rule: 'must name the two places differently',
    received: ({ velero = {} }) => backupPlaces(velero).map(({ name }) => name),
    remedy: 'name the one that is read after the environment that writes it',
  },
  {
    id: 'cluster-services-charts-are-pinned',
    prop: 'chartVersions',
    holds: (plan) => inexactVersions(plan).length === 0,
    rule: 'must be exact versions such as 1.2.3: a range means another cluster tomorrow',
    received: inexactVersions,
    remedy: 'name the release that was tried',
  },
  {
    id: 'cluster-services-as-of-is-a-date',
    prop: 'asOf',
    holds: ({ asOf }) => asOf === undefined || isIsoDate(asOf),
    rule: 'must be an ISO date',
    remedy: 'write it as 2026-11-21',
  },
  {
    id: 'cluster-services-charts-are-supported',
    prop: 'chartVersions',
    severity: 'warning',
    holds: (plan) => endedCharts(plan).length === 0,
    rule: 'should be releases that their project still mends: nobody closes the next hole in the others',
    received: endedCharts,
    remedy: 'name later releases, all parts of a program alike',
  },
  {
    id: 'cluster-services-karpenter-has-rights',
    prop: 'nodeAutoscaler',
    holds: ({ nodeAutoscaler, interruptionQueue }) => nodeAutoscaler !== 'karpenter' || interruptionQueue !== undefined,
    rule: "'karpenter' installs its controller alone; its role for kube-system/karpenter, its queue and its node pools are yours to declare",
    remedy: 'declare them beside the cluster before this is applied, and name the queue in interruptionQueue',
    severity: 'warning',
  },
];
