import { type Check, duplicates, isDnsLabel } from '../../check';
import type { Resources } from '../service/service';
import type { VerticalContainerPolicy } from './scaling-policy';

type Resource = 'cpu' | 'memory';

const RESOURCES: readonly Resource[] = ['cpu', 'memory'];

/** The amount of a resource as a whole number of its smallest unit. */
const amountOf = (amounts: VerticalContainerPolicy['min'], resource: Resource): number | undefined =>
  resource === 'cpu' ? amounts?.cpu?.inMillis : amounts?.memory?.inBytes;

const bounded = ({ min, max }: VerticalContainerPolicy): Resource[] =>
  RESOURCES.filter((resource) => amountOf(min, resource) !== undefined || amountOf(max, resource) !== undefined);

const crossed = ({ min, max }: VerticalContainerPolicy): Resource[] =>
  RESOURCES.filter(
    (resource) => (amountOf(min, resource) ?? 0) > (amountOf(max, resource) ?? Number.POSITIVE_INFINITY),
  );

const boundsText = ({ min, max }: VerticalContainerPolicy, resources: readonly Resource[]): string[] =>
  resources.map((resource) => `${resource} ${min?.[resource] ?? 'any'} to ${max?.[resource] ?? 'any'}`);

/** What is said about the bounds of one container. */
export const VERTICAL_CONTAINER_CHECKS: readonly Check<VerticalContainerPolicy>[] = [
  {
    id: 'vertical-container-is-named',
    prop: 'container',
    holds: ({ container }) => container === '*' || isDnsLabel(container),
    rule: "must be a container's name or '*'",
    remedy: "use the container's name in the pod",
  },
  {
    id: 'vertical-controls-a-resource',
    prop: 'resources',
    holds: ({ resources }) => resources.length > 0 && duplicates(resources).length === 0,
    rule: 'must name cpu, memory or both, each once',
    remedy: 'leave the container out if nothing of it may change',
  },
  {
    id: 'vertical-bounds-are-of-controlled-resources',
    prop: 'min and max',
    holds: (policy) => bounded(policy).every((resource) => policy.resources.includes(resource)),
    rule: ({ resources }) => `must bound only what is controlled, which is ${resources.join(' and ') || 'nothing'}`,
    received: (policy) => boundsText(policy, bounded(policy)),
    remedy: 'drop the bound, or control the resource',
  },
  {
    id: 'vertical-min-is-at-most-max',
    prop: 'min and max',
    holds: (policy) => crossed(policy).length === 0,
    rule: 'must not cross',
    received: (policy) => boundsText(policy, crossed(policy)),
    remedy: 'swap them',
  },
];

/** The bounds of the only policy against the requests they will be applied to. */
export const withinBounds = ({ requests }: Resources): Check<VerticalContainerPolicy> => {
  const outside = ({ min, max, resources }: VerticalContainerPolicy): Resource[] =>
    resources.filter((resource) => {
      const request = amountOf(requests, resource) ?? 0;
      return !(
        request >= (amountOf(min, resource) ?? 0) && request <= (amountOf(max, resource) ?? Number.POSITIVE_INFINITY)
      );
    });
  return {
    id: 'vertical-requests-are-within-bounds',
    prop: 'min and max',
    holds: (policy) => outside(policy).length === 0,
    rule: (policy) =>
      `must contain the declared requests, which are ${outside(policy)
        .map((resource) => `${resource} ${requests[resource]}`)
        .join(' and ')}`,
    received: (policy) => boundsText(policy, outside(policy)),
    remedy: 'widen the bounds, or declare requests inside them',
  };
};
