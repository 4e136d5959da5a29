import { type Rule, templateOf } from './hardening-pods';
import { podLabels, type Surroundings, selects } from './hardening-selection';
import type { Manifest } from './manifests';

/** A number of pods, or a percentage, that is not nothing. */
const isSome = (amount: Manifest): boolean => Number.parseInt(String(amount), 10) > 0;

const isHostApart = (workload: Manifest): boolean => {
  const {
    preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
    requiredDuringSchedulingIgnoredDuringExecution: required = [],
  } = templateOf(workload)?.spec.affinity?.podAntiAffinity ?? {};
  return [...preferred.map(({ podAffinityTerm }: Manifest) => podAffinityTerm), ...required].some(
    ({ topologyKey, labelSelector }: Manifest) =>
      topologyKey === 'kubernetes.io/hostname' && selects(labelSelector, podLabels(workload)),
  );
};

const isSpread = (workload: Manifest): boolean => {
  const constraints = templateOf(workload)?.spec.topologySpreadConstraints ?? [];
  return (
    constraints.length > 0 &&
    constraints.every(
      ({ maxSkew, topologyKey, whenUnsatisfiable, labelSelector }: Manifest) =>
        maxSkew > 0 && topologyKey && whenUnsatisfiable && selects(labelSelector, podLabels(workload)),
    )
  );
};

/** Pods that must stay of so many, as Kubernetes rounds. */
const mustStay = (amount: Manifest, of: number): number =>
  String(amount).endsWith('%') ? Math.ceil((Number.parseFloat(amount) * of) / 100) : Number(amount);

/** Rules about workloads and what scales and guards them, by kind, for every workload, and for those that run on. */
export function relations(around: Surroundings): Readonly<Record<string, readonly Rule[]>> {
  const budgets = (workload: Manifest) => around.covering(workload, 'PodDisruptionBudget', ({ spec }) => spec.selector);
  const replicated: readonly Rule[] = [
    ['missing-pod-disruption-budget', (workload) => budgets(workload).length === 1],
    ['no-anti-affinity', (workload) => workload.spec.replicas === 1 || isHostApart(workload)],
    ['replicas-have-one-owner', (w) => around.scalers(w).length === 0 || w.spec.replicas === undefined],
  ];
  return {
    workload: [
      [
        'non-existent-service-account',
        (w) =>
          around
            .near(w, 'ServiceAccount')
            .some(({ metadata }) => metadata.name === templateOf(w)?.spec.serviceAccountName),
      ],
      [
        'non-isolated-pod',
        (w) => (['Ingress', 'Egress'] as const).every((type) => around.policies(w, type).length > 0),
      ],
    ],
    longRunning: [
      [
        'mismatching-selector',
        (w) => selects(w.spec.selector, podLabels(w)) && Object.keys(w.spec.selector?.matchLabels ?? {}).length > 0,
      ],
    ],
    Deployment: [
      ...replicated,
      ['deployment-replicas', (workload) => around.scalers(workload).length === 1 || workload.spec.replicas >= 2],
      ['topology-spread-constraint', isSpread],
      [
        'no-rolling-update-strategy',
        (w) => around.services(w).length === 0 || w.spec.strategy?.type === 'RollingUpdate',
      ],
    ],
    StatefulSet: [
      ...replicated,
      ['topology-spread-constraint', (workload) => workload.spec.replicas === 1 || isSpread(workload)],
      [
        'statefulset-has-servicename',
        (w) =>
          around
            .services(w)
            .some(({ metadata, spec }) => metadata.name === w.spec.serviceName && spec.clusterIP === 'None'),
      ],
    ],
    HorizontalPodAutoscaler: [
      [
        'dangling-horizontalpodautoscaler',
        (hpa) =>
          around
            .near(hpa, hpa.spec.scaleTargetRef.kind)
            .some(({ metadata }) => metadata.name === hpa.spec.scaleTargetRef.name),
      ],
      ['horizontalpodautoscaler-replicas', ({ spec }) => spec.minReplicas >= 2],
      ['hpa-max-availability', ({ spec }) => spec.maxReplicas > spec.minReplicas],
    ],
    PodDisruptionBudget: [
      ['pdb-unhealthy-pod-eviction-policy', ({ spec }) => spec.unhealthyPodEvictionPolicy === 'AlwaysAllow'],
      [
        'poddisruptionbudget-has-policy',
        ({ spec }) => (spec.minAvailable === undefined) !== (spec.maxUnavailable === undefined),
      ],
      ['pdb-max-unavailable', ({ spec }) => spec.maxUnavailable === undefined || isSome(spec.maxUnavailable)],
      [
        'pdb-min-available',
        (budget) => {
          const { minAvailable, selector } = budget.spec;
          return (
            minAvailable === undefined ||
            around
              .selected(budget, selector)
              .every((workload) => mustStay(minAvailable, around.floor(workload)) < around.floor(workload))
          );
        },
      ],
    ],
  };
}
