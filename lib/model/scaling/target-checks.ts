import { type Check, type Finding, inspect } from '../../check';
import type { ObjectReference, ScalingPolicy, VerticalPolicy } from './scaling-policy';
import { contestedResources } from './vertical-checks';

/** What acts on how many pods there are. A ScaledObject counts as the HorizontalPodAutoscaler that KEDA makes for it. */
export interface HorizontalClaim {
  readonly kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  /** Name of the object; a ScaledObject's HorizontalPodAutoscaler is named alike. */
  readonly name: string;
  /** The workload that is acted on. */
  readonly target: ObjectReference;
  /** @default - not compared with what moves requests */
  readonly policy?: ScalingPolicy;
}

/** What acts on how large the pods are. */
export interface VerticalClaim {
  readonly kind: 'VerticalPodAutoscaler';
  /** Name of the object. */
  readonly name: string;
  /** The workload that is acted on. */
  readonly target: ObjectReference;
  /** @default - not compared with what measures by requests */
  readonly policy?: VerticalPolicy;
}

/** An autoscaler and what it acts on. */
export type TargetClaim = HorizontalClaim | VerticalClaim;

/** All claims on one workload. */
interface Claimed {
  readonly target: string;
  readonly horizontal: readonly HorizontalClaim[];
  readonly vertical: readonly VerticalClaim[];
}

const text = ({ kind, name }: TargetClaim): string => `${kind} ${name}`;

/** Each pair that pulls at one resource, with the resource. */
const contests = ({ horizontal, vertical }: Claimed): string[] =>
  horizontal.flatMap((across) =>
    vertical.flatMap((up) => {
      if (across.policy === undefined || up.policy === undefined) return [];
      const resources = contestedResources(up.policy, across.policy);
      return resources.length === 0 ? [] : [`${text(across)} and ${text(up)} (${resources.join(', ')})`];
    }),
  );

/** What is said about all autoscalers of one workload together. */
export const TARGET_CHECKS: readonly Check<Claimed>[] = [
  {
    id: 'target-has-one-horizontal-autoscaler',
    prop: ({ target }) => target,
    holds: ({ horizontal }) => horizontal.length <= 1,
    rule: 'must have one HorizontalPodAutoscaler or ScaledObject: of two, each undoes what the other decides',
    received: ({ horizontal }) => horizontal.map(text),
    remedy: 'put the metrics of both into one policy',
  },
  {
    id: 'target-has-one-vertical-autoscaler',
    prop: ({ target }) => target,
    holds: ({ vertical }) => vertical.length <= 1,
    rule: 'must have one VerticalPodAutoscaler: which of two sizes a pod is not defined',
    received: ({ vertical }) => vertical.map(text),
    remedy: 'put the containers of both into one policy',
  },
  {
    id: 'target-resources-have-one-autoscaler',
    prop: ({ target }) => target,
    holds: (claimed) => contests(claimed).length === 0,
    rule: 'must not be scaled on the utilization of a resource whose request is moved: each loop would feed the other',
    received: contests,
    remedy: "drop the resource from the vertical policy, scale on an average amount, or use mode 'Off'",
  },
];

/** All autoscalers that bring an object of one name about. */
interface Named {
  readonly object: string;
  readonly targets: readonly string[];
}

/** What is said about autoscalers of one name. */
export const TARGET_NAME_CHECKS: readonly Check<Named>[] = [
  {
    id: 'target-autoscalers-have-distinct-names',
    prop: ({ object }) => object,
    holds: ({ targets }) => targets.length <= 1,
    rule: 'must act on one workload: the second object of a name overwrites the first',
    received: ({ targets }) => targets,
    remedy: 'rename one of the two',
  },
];

/** The workload, whatever version of its API is named. */
const workload = ({ target: { apiVersion, kind, name } }: TargetClaim): string =>
  [...apiVersion.split('/').slice(0, -1), kind, name].join(' ');

const isVertical = (claim: TargetClaim): claim is VerticalClaim => claim.kind === 'VerticalPodAutoscaler';

const isHorizontal = (claim: TargetClaim): claim is HorizontalClaim => !isVertical(claim);

const objectOf = (claim: TargetClaim): string =>
  `${isVertical(claim) ? claim.kind : 'HorizontalPodAutoscaler'} ${claim.name}`;

function grouped(claims: readonly TargetClaim[], key: (claim: TargetClaim) => string): [string, TargetClaim[]][] {
  const groups = new Map<string, TargetClaim[]>();
  for (const claim of claims) groups.set(key(claim), [...(groups.get(key(claim)) ?? []), claim]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Every workload that two autoscalers of one namespace pull at, and every name that two of them have. */
export const inspectTargets = (path: string, claims: readonly TargetClaim[]): Finding[] => [
  ...grouped(claims, workload).flatMap(([target, of]) =>
    inspect(path, { target, horizontal: of.filter(isHorizontal), vertical: of.filter(isVertical) }, TARGET_CHECKS),
  ),
  ...grouped(claims, objectOf).flatMap(([object, of]) =>
    inspect(path, { object, targets: of.map(workload) }, TARGET_NAME_CHECKS),
  ),
];
