import { DEFAULT_KUBERNETES_VERSION, hasFeature, KUBERNETES_FEATURES } from '../../catalog';
import { type Check, duplicates, type Finding, inspect, inspectEach, isWholeWithin } from '../../check';
import type { Resources } from '../service/service';
import { utilizationOf } from './scaling-metric-checks';
import type { ScalingMetric, ScalingPolicy, VerticalContainerPolicy, VerticalPolicy } from './scaling-policy';
import { VERTICAL_CONTAINER_CHECKS, withinBounds } from './vertical-container-checks';

/** Live pods below which the updater leaves a workload alone, unless the policy says otherwise. */
const UPDATER_MIN_REPLICAS = 2;

const updaterMin = ({ minReplicas }: VerticalPolicy): number => minReplicas ?? UPDATER_MIN_REPLICAS;

/** A policy with what it acts on. */
interface Subject {
  readonly vertical: VerticalPolicy;
  readonly scaling: ScalingPolicy | undefined;
  readonly version: string;
}

const MODES: readonly VerticalPolicy['mode'][] = ['Off', 'Initial', 'Recreate', 'InPlaceOrRecreate', 'Auto'];

const evicts = ({ mode }: VerticalPolicy): boolean => mode !== 'Off' && mode !== 'Initial';

/** The policy that decides over a container: its own, else that of `*`. */
const policyFor = ({ containers }: VerticalPolicy, container: string): VerticalContainerPolicy | undefined =>
  containers.find((policy) => policy.container === container) ?? containers.find((policy) => policy.container === '*');

/** Resources whose request one loop moves while the other measures by it. */
export function contestedResources(vertical: VerticalPolicy, scaling: ScalingPolicy | undefined): string[] {
  if (vertical.mode === 'Off') return [];
  return (scaling?.metrics ?? []).flatMap((metric) => {
    const resource = utilizationOf(metric)?.resource;
    if (resource === undefined || !movers(vertical, metric).some((policy) => policy.resources.includes(resource)))
      return [];
    return [metric.on === 'container' ? `${resource} of ${metric.container}` : resource];
  });
}

/** Policies that move requests by which a metric is measured. */
function movers(vertical: VerticalPolicy, metric: ScalingMetric): readonly VerticalContainerPolicy[] {
  if (metric.on !== 'container') return vertical.containers;
  const policy = policyFor(vertical, metric.container);
  return policy === undefined ? [] : [policy];
}

/** What is said about a vertical policy, also against the horizontal one and the requests beside it. */
export const VERTICAL_CHECKS: readonly Check<Subject>[] = [
  {
    id: 'vertical-mode-is-current',
    prop: 'mode',
    holds: ({ vertical }) => vertical.mode !== 'Auto',
    rule: 'should not be Auto, which is deprecated since VPA 1.4 and means Recreate today',
    received: ({ vertical }) => vertical.mode,
    remedy: 'use Recreate to keep what it does, Off to only recommend',
    severity: 'warning',
  },
  {
    id: 'vertical-mode-exists',
    prop: 'mode',
    holds: ({ vertical }) => MODES.includes(vertical.mode),
    rule: `must be one of ${MODES.join(', ')}`,
    received: ({ vertical }) => vertical.mode,
    remedy: 'use Off to only recommend',
  },
  {
    id: 'vertical-mode-is-known',
    prop: 'mode',
    holds: ({ vertical, version }) => vertical.mode !== 'InPlaceOrRecreate' || hasFeature(version, 'vpa-in-place'),
    rule: ({ version }) => `needs Kubernetes ${KUBERNETES_FEATURES.facts['vpa-in-place']}, and ${version} is older`,
    received: ({ vertical }) => vertical.mode,
    remedy: 'use Recreate, or upgrade',
  },
  {
    id: 'vertical-leaves-scaled-resources-alone',
    prop: 'containers',
    holds: ({ vertical, scaling }) => contestedResources(vertical, scaling).length === 0,
    rule:
      'must not control a resource that horizontal scaling measures as a share of its request: each loop would move ' +
      'the ground under the other',
    received: ({ vertical, scaling }) => contestedResources(vertical, scaling),
    remedy: "drop it from resources, scale on an average amount, or use mode 'Off'",
  },
  {
    id: 'vertical-has-a-container',
    prop: 'containers',
    holds: ({ vertical }) => vertical.containers.length > 0,
    rule: 'must have at least one policy',
    received: ({ vertical }) => vertical.containers.length,
    remedy: "name a container, or '*' for all",
  },
  {
    id: 'vertical-containers-are-distinct',
    prop: 'containers',
    holds: ({ vertical }) => duplicates(vertical.containers.map(({ container }) => container)).length === 0,
    rule: 'must not name a container twice',
    received: ({ vertical }) => duplicates(vertical.containers.map(({ container }) => container)),
    remedy: 'merge its policies',
  },
  {
    id: 'vertical-min-replicas-is-positive',
    prop: 'minReplicas',
    holds: ({ vertical }) =>
      vertical.minReplicas === undefined || isWholeWithin(vertical.minReplicas, 1, 2_147_483_647),
    rule: 'must be a whole number of at least 1',
    received: ({ vertical }) => vertical.minReplicas,
    remedy: "leave it out for the updater's own, 2",
  },
  {
    id: 'vertical-has-pods-to-spare',
    prop: 'minReplicas',
    holds: ({ vertical, scaling }) => !evicts(vertical) || scaling === undefined || scaling.min >= updaterMin(vertical),
    rule: ({ vertical, scaling }) =>
      `should be at most the ${scaling?.min} pods that scaling keeps: below ${updaterMin(vertical)} live pods ` +
      'nothing is updated, and requests stay as they are until a pod restarts for another reason',
    received: ({ vertical }) => updaterMin(vertical),
    remedy: "raise scaling.min, or use mode 'Off' or 'Initial' and say so",
    severity: 'warning',
  },
];

/**
 * Everything that is wrong or unwise about a vertical policy.
 *
 * @param scaling The horizontal policy of the same workload.
 * @param resources Of the workload's container. Compared with the bounds when one policy stands for all containers;
 *   with several it is not known which of them they belong to.
 * @param version Kubernetes minor that the policy is for.
 */
export function inspectVertical(
  path: string,
  vertical: VerticalPolicy,
  scaling?: ScalingPolicy,
  resources?: Resources,
  version: string = DEFAULT_KUBERNETES_VERSION,
): Finding[] {
  const { containers } = vertical;
  const checks =
    resources === undefined || containers.length !== 1
      ? VERTICAL_CONTAINER_CHECKS
      : [...VERTICAL_CONTAINER_CHECKS, withinBounds(resources)];
  return [
    ...inspect<Subject>(path, { vertical, scaling, version }, VERTICAL_CHECKS),
    ...inspectEach(path, 'containers', containers, checks),
  ];
}
