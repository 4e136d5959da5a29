import { hasFeature } from '../../catalog';
import {
  type Check,
  duplicates,
  invalidLabels,
  isDnsLabel,
  isImageReference,
  isLabelKey,
  isPinnedImage,
  isWholeWithin,
} from '../../check';
import { type Duration, Memory } from '../../units';
import type { Spread } from './pod-spread';
import { WEB_SERVICE_MOUNT_CHECKS } from './web-service-mount-checks';
import type { WebServicePlan } from './web-service-props';

const seconds = (duration: Duration): number => duration.inMillis / 1000;

const wrongLabels = ({ labels, partOf = 'none' }: WebServicePlan): string[] =>
  invalidLabels({ ...labels, 'app.kubernetes.io/part-of': partOf });

/** Name of the container that a mesh adds to each pod. */
const SIDECAR = 'istio-proxy';

const missingContainers = ({ name, mesh, vertical }: WebServicePlan): string[] =>
  (vertical?.containers ?? [])
    .map(({ container }) => container)
    .filter((container) => !['*', name, ...(mesh === 'sidecar' ? [SIDECAR] : [])].includes(container));

/** Zones and nodes. */
const EVER_SPREAD_OVER = ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'];

const SPREADS: readonly string[] = ['preferred', 'required'] satisfies readonly Spread[];

/** What is said about a web service beside `SERVICE_RUNTIME_CHECKS`, with its defaults. */
export const WEB_SERVICE_CHECKS: readonly Check<WebServicePlan>[] = [
  {
    id: 'web-service-image-is-pinned',
    prop: 'image',
    holds: ({ image }) => isPinnedImage(image),
    rule: 'must end with a tag other than latest, or with a digest',
    remedy: 'use the digest that was tested',
  },
  {
    id: 'web-service-image-is-a-reference',
    prop: 'image',
    holds: ({ image }) => isImageReference(image),
    rule: 'must be a repository of a-z, 0-9 and / . _ - after an optional registry, then a tag or digest',
    remedy: 'write it as registry.example.com/shop/api:1.4.0',
  },
  {
    id: 'web-service-replicas-have-one-owner',
    prop: 'replicas',
    holds: ({ scaling, replicas }) => scaling === undefined || replicas === undefined,
    rule: 'must be left out beside scaling, or each deployment undoes what the autoscaler decided',
    remedy: 'remove it; scaling.min is the floor',
  },
  {
    id: 'web-service-replicas-are-whole',
    prop: 'replicas',
    holds: ({ replicas }) => replicas === undefined || isWholeWithin(replicas, 1, 1000),
    rule: 'must be a whole number from 1 to 1000',
    remedy: 'use 2 or more',
  },
  {
    id: 'web-service-outlives-a-drain',
    prop: 'replicas',
    severity: 'warning',
    holds: ({ replicas }) => replicas === undefined || replicas >= 2,
    rule: 'should be at least 2: while the only pod moves to another node nothing answers',
    remedy: 'use 2, or accept an outage with each drain',
  },
  {
    id: 'web-service-deregistration-is-bounded',
    prop: 'deregisterWithin',
    holds: ({ deregisterWithin }) => isWholeWithin(seconds(deregisterWithin), 1, 900),
    rule: 'must be 1 s to 15 min in whole seconds',
    remedy: 'use the deregistration delay of the target group, or 15 s inside the cluster',
  },
  {
    id: 'web-service-grace-covers-the-drain',
    prop: 'gracePeriod',
    holds: ({ gracePeriod, deregisterWithin, drainFor }) =>
      isWholeWithin(seconds(gracePeriod), 1, 7200) && deregisterWithin.plus(drainFor).isAtMost(gracePeriod),
    rule: ({ deregisterWithin, drainFor }) =>
      `must be whole seconds up to 2 h that hold deregisterWithin and drainFor, together ${deregisterWithin.plus(drainFor)}`,
    remedy: 'leave it out: it is then their sum and 5 s',
  },
  {
    id: 'web-service-stops-before-spot-reclaim',
    prop: 'gracePeriod',
    severity: 'warning',
    holds: ({ nodes, gracePeriod }) => nodes.capacity !== 'spot' || seconds(gracePeriod) < 120,
    rule: 'should be under 120 s on spot nodes, which go two minutes after the notice',
    remedy: 'shorten drainFor or deregisterWithin, or use on-demand nodes',
  },
  {
    id: 'web-service-readiness-settles',
    prop: 'minReady',
    holds: ({ minReady }) => isWholeWithin(seconds(minReady), 0, 600),
    rule: 'must be 0 s to 10 min in whole seconds',
    remedy: 'use 10 s',
  },
  {
    id: 'web-service-temporary-space-fits-limit',
    prop: 'temporarySpace',
    holds: ({ temporarySpace, resources }) =>
      Memory.bytes(1).isAtMost(temporarySpace) && temporarySpace.isAtMost(resources.limits.ephemeralStorage),
    rule: ({ resources }) =>
      `must be above 0 and within the limit of ephemeral storage, ${resources.limits.ephemeralStorage}`,
    remedy: 'raise resources.limits.ephemeralStorage with it',
  },
  {
    id: 'web-service-runs-unprivileged',
    prop: 'runAs',
    holds: ({ runAs }) => isWholeWithin(runAs, 10_000, 65_535),
    rule: 'must be a whole number from 10000 to 65535, so that it is no user of a node',
    remedy: 'leave it out',
  },
  ...WEB_SERVICE_MOUNT_CHECKS,
  {
    id: 'web-service-vertical-container-exists',
    prop: 'vertical.containers',
    holds: (plan) => missingContainers(plan).length === 0,
    rule: ({ name }) => `must name ${name}, the container of the service, or '*'`,
    received: missingContainers,
    remedy: "use '*' for all containers",
  },
  {
    id: 'web-service-spread-is-known',
    prop: 'spread',
    holds: ({ spread }) => SPREADS.includes(spread),
    rule: `must be ${SPREADS.join(' or ')}`,
    remedy: 'leave it out for preferred',
  },
  {
    id: 'web-service-spreads-over-labels',
    prop: 'spreadOver',
    holds: ({ spreadOver }) =>
      spreadOver.every(isLabelKey) && duplicates([...spreadOver, ...EVER_SPREAD_OVER]).length === 0,
    rule: `must be distinct keys of node labels other than ${EVER_SPREAD_OVER.join(' and ')}, over which pods are spread already`,
    remedy: 'use a label that nodes carry, such as eks.amazonaws.com/capacityType',
  },
  {
    id: 'web-service-labels-are-valid',
    prop: 'labels',
    holds: (plan) => wrongLabels(plan).length === 0,
    rule: 'must be Kubernetes labels: values of at most 63 letters, digits and inner . _ -',
    received: wrongLabels,
    remedy: 'use an annotation for free text',
  },
  {
    id: 'web-service-workload-annotations-are-valid',
    prop: 'workloadAnnotations',
    holds: ({ workloadAnnotations }) => Object.keys(workloadAnnotations).every(isLabelKey),
    rule: 'must have keys of at most 63 letters, digits and inner . _ - after an optional prefix/',
    received: ({ workloadAnnotations }) => Object.keys(workloadAnnotations).filter((key) => !isLabelKey(key)),
    remedy: 'write it as example.com/name',
  },
  {
    id: 'web-service-annotations-are-valid',
    prop: 'annotations',
    holds: ({ annotations }) => Object.keys(annotations).every(isLabelKey),
    rule: 'must have keys of at most 63 letters, digits and inner . _ - after an optional prefix/',
    received: ({ annotations }) => Object.keys(annotations).filter((key) => !isLabelKey(key)),
    remedy: 'write it as example.com/name',
  },
  {
    id: 'web-service-priority-class-is-named',
    prop: 'priorityClassName',
    holds: ({ priorityClassName }) => priorityClassName === undefined || isDnsLabel(priorityClassName),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'leave it out for the default of the cluster',
  },
  {
    id: 'web-service-callers-are-declared',
    prop: 'ingressFrom',
    severity: 'warning',
    holds: ({ ingressFrom }) => ingressFrom !== undefined,
    rule: 'should say who may connect: undeclared, nobody may but for metrics',
    remedy: 'name the callers, or give an empty list if there are none',
  },
];

/** A plan and the Kubernetes minor it is for. */
export type TargetedPlan = WebServicePlan & { readonly version: string };

/** Fields the cluster would drop or refuse are left out, and said to be. */
export const WEB_SERVICE_TARGET_CHECKS: readonly Check<TargetedPlan>[] = [
  {
    id: 'web-service-cluster-knows-app-armor',
    prop: 'appArmor',
    severity: 'warning',
    holds: ({ appArmor, version }) => appArmor === undefined || hasFeature(version, 'pod-apparmor-field'),
    rule: ({ version }) => `has no field in Kubernetes ${version} and is left out`,
    remedy: 'target 1.30 or later',
  },
  {
    id: 'web-service-cluster-knows-traffic-distribution',
    prop: 'trafficDistribution',
    severity: 'warning',
    holds: ({ trafficDistribution, version }) =>
      trafficDistribution === undefined || hasFeature(version, 'service-traffic-distribution'),
    rule: ({ version }) => `has no field in Kubernetes ${version} and is left out`,
    remedy: 'target 1.31 or later',
  },
];
