import type { PodSpec } from '../k8s';
import type { Labels } from '../labels';

/** `preferred` seats a pod wherever there is room; `required` leaves it pending rather than crowd a zone. */
export type Spread = 'preferred' | 'required';

/** Label that tells the pods of one version of a Deployment from those of another. */
export const DEPLOYMENT_VERSION_LABEL = 'pod-template-hash';

/** The same of an Argo Rollout. */
export const ROLLOUT_VERSION_LABEL = 'rollouts-pod-template-hash';

export interface PodSpreadOptions {
  /** Labels that select the pods to hold apart. */
  readonly selector: Labels;
  /** @default 'preferred' */
  readonly spread?: Spread;
  /** Further labels of nodes over whose values pods are spread wherever there is room. @default - none */
  readonly over?: readonly string[];
  /** Label whose value differs between versions, so that old pods do not push new ones aside. @default - none */
  readonly versionLabel?: string;
}

/**
 * Spreads pods evenly over zones, then over nodes, then over further labels.
 *
 * Only zones are ever `required`, and by skew, never by anti-affinity, which would cap the replicas at the number of
 * zones. Even so, a zone without room then holds back the others: no zone may have two pods more than the emptiest one.
 * Nodes whose taints the pod does not tolerate do not count.
 */
export function podSpread(options: PodSpreadOptions): Pick<PodSpec, 'topologySpreadConstraints' | 'affinity'> {
  const { selector, spread = 'preferred', over = [], versionLabel } = options;
  const constraint = (topologyKey: string, whenUnsatisfiable: string) => ({
    topologyKey,
    whenUnsatisfiable,
    maxSkew: 1,
    labelSelector: { matchLabels: selector },
    nodeTaintsPolicy: 'Honor',
    ...(versionLabel === undefined ? {} : { matchLabelKeys: [versionLabel] }),
  });
  return {
    topologySpreadConstraints: [
      constraint('topology.kubernetes.io/zone', spread === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway'),
      constraint('kubernetes.io/hostname', 'ScheduleAnyway'),
      ...over.map((label) => constraint(label, 'ScheduleAnyway')),
    ],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: 'kubernetes.io/hostname',
              labelSelector: { matchLabels: selector },
            },
          },
        ],
      },
    },
  };
}
