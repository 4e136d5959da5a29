import { CLUSTER_AUTOSCALER_VERSIONS } from '../../../catalog/cluster-autoscaler-versions';
import {
  CRITICAL,
  type HelmValues,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
  resourceValues,
  spreadValues,
} from '../../../config/helm-values';
import { expanderPriorities } from '../../../config/priority-expander';
import { CLUSTER_AUTOSCALER } from '../../../model';
import { Cpu, type Duration, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/** As Go reads it. */
const goDuration = (time: Duration): string =>
  time.inMillis % 60_000 === 0 ? `${time.toMinutes()}m` : `${time.toSeconds()}s`;

/**
 * Grows and shrinks the node groups that carry the tags of this cluster; equal groups, such as those of one zone each, evenly.
 *
 * A node counts as idle below 20 % of its requests, for five minutes. A group that brings no node in time, as spot may,
 * is passed over for the next. Pods with scratch space do not keep a node alive: all of ours have some.
 */
export const clusterAutoscalerValues = (plan: ClusterServicesPlan): HelmValues => ({
  fullnameOverride: 'cluster-autoscaler',
  cloudProvider: 'aws',
  awsRegion: plan.region,
  autoDiscovery: { clusterName: plan.clusterName },
  image: { tag: `v${CLUSTER_AUTOSCALER_VERSIONS.facts.get(plan.version)}` },
  rbac: { serviceAccount: { create: true, name: CLUSTER_AUTOSCALER.serviceAccount } },
  replicaCount: plan.replicas,
  extraArgs: {
    'balance-similar-node-groups': true,
    expander: 'priority,least-waste',
    'scale-down-utilization-threshold': '0.2',
    'scale-down-unneeded-time': '5m',
    'max-node-provision-time': goDuration(plan.provisionTimeout),
    'skip-nodes-with-local-storage': false,
    ...(plan.maxNodes === undefined ? {} : { 'max-nodes-total': plan.maxNodes }),
  },
  expanderPriorities: expanderPriorities(plan.preferredNodeGroups),
  priorityClassName: CRITICAL,
  podDisruptionBudget: { maxUnavailable: 1 },
  securityContext: { ...RESTRICTED_POD, runAsUser: 65_534 },
  containerSecurityContext: RESTRICTED_CONTAINER,
  resources: resourceValues({ cpu: Cpu.millis(100), memory: Memory.mib(600) }),
  topologySpreadConstraints: spreadValues({
    'app.kubernetes.io/name': 'aws-cluster-autoscaler',
    'app.kubernetes.io/instance': 'cluster-autoscaler',
  }),
});
