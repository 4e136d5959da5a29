import { type Rule, templateOf } from './hardening-pods';
import type { Manifest } from './manifests';

/** Whether labels satisfy a selector: every label of it, and every expression. */
function selects(selector: Manifest, labels: Manifest = {}): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }: Manifest) => {
      if (operator === 'In') return values.includes(labels[key]);
      if (operator === 'NotIn') return !values.includes(labels[key]);
      return operator === 'Exists' ? key in labels : !(key in labels);
    })
  );
}

const sameNamespace = (a: Manifest, b: Manifest): boolean => a.metadata.namespace === b.metadata.namespace;

const labelsOf = (workload: Manifest) => templateOf(workload)?.metadata?.labels ?? {};

const podPorts = (workload: Manifest): Manifest[] =>
  templateOf(workload)?.spec.containers.flatMap(({ ports = [] }: Manifest) => ports) ?? [];

/** A number of pods, or a percentage, that is not nothing. */
const isSome = (amount: Manifest): boolean => Number.parseInt(String(amount), 10) > 0;

const isHostApart = (workload: Manifest): boolean => {
  const {
    preferredDuringSchedulingIgnoredDuringExecution: preferred = [],
    requiredDuringSchedulingIgnoredDuringExecution: required = [],
  } = templateOf(workload)?.spec.affinity?.podAntiAffinity ?? {};
  return [...preferred.map(({ podAffinityTerm }: Manifest) => podAffinityTerm), ...required].some(
    ({ topologyKey, labelSelector }: Manifest) =>
      topologyKey === 'kubernetes.io/hostname' && selects(labelSelector, labelsOf(workload)),
  );
};

const isSpread = (workload: Manifest): boolean => {
  const constraints = templateOf(workload)?.spec.topologySpreadConstraints ?? [];
  return (
    constraints.length > 0 &&
    constraints.every(
      ({ maxSkew, topologyKey, whenUnsatisfiable, labelSelector }: Manifest) =>
        maxSkew > 0 && topologyKey && whenUnsatisfiable && selects(labelSelector, labelsOf(workload)),
    )
  );
};

const isExposed = ({ rules = [] }: Manifest, wrong: (rule: Manifest) => boolean): boolean => rules.some(wrong);

/** Rules that need the other objects as well, by kind, for every workload, and for those that run on. */
export function relations(objects: readonly Manifest[]): Readonly<Record<string, readonly Rule[]>> {
  const near = (subject: Manifest, kind: string) =>
    objects.filter((object) => object.kind === kind && sameNamespace(object, subject));
  const workloadsNear = (subject: Manifest) =>
    objects.filter((object) => templateOf(object) !== undefined && sameNamespace(object, subject));
  const scalersOf = (workload: Manifest) =>
    near(workload, 'HorizontalPodAutoscaler').filter(
      ({ spec: { scaleTargetRef: ref } }) => ref.kind === workload.kind && ref.name === workload.metadata.name,
    );
  const covering = (workload: Manifest, kind: string, selector: (object: Manifest) => Manifest) =>
    near(workload, kind).filter((object) => selects(selector(object), labelsOf(workload)));
  const budgets = (workload: Manifest) => covering(workload, 'PodDisruptionBudget', ({ spec }) => spec.selector);
  const servicesOf = (workload: Manifest) =>
    covering(workload, 'Service', ({ spec }) => ({ matchLabels: spec.selector ?? { none: 'none' } }));
  const policies = (workload: Manifest, type: string) =>
    covering(workload, 'NetworkPolicy', ({ spec }) => spec.podSelector).filter(({ spec }) =>
      spec.policyTypes?.includes(type),
    );

  const replicated: readonly Rule[] = [
    ['missing-pod-disruption-budget', (workload) => budgets(workload).length === 1],
    ['no-anti-affinity', (workload) => workload.spec.replicas === 1 || isHostApart(workload)],
    ['replicas-have-one-owner', (w) => scalersOf(w).length === 0 || w.spec.replicas === undefined],
    ['metadata-and-instance-mismatched', (w) => labelsOf(w)['app.kubernetes.io/instance'] === w.metadata.name],
  ];
  const deployment: readonly Rule[] = [
    ...replicated,
    ['deployment-replicas', (workload) => scalersOf(workload).length === 1 || workload.spec.replicas >= 2],
    ['topology-spread-constraint', isSpread],
  ];
  return {
    workload: [
      [
        'non-existent-service-account',
        (w) =>
          near(w, 'ServiceAccount').some(({ metadata }) => metadata.name === templateOf(w)?.spec.serviceAccountName),
      ],
      ['non-isolated-pod', (w) => ['Ingress', 'Egress'].every((type) => policies(w, type).length > 0)],
    ],
    longRunning: [
      [
        'mismatching-selector',
        (w) => selects(w.spec.selector, labelsOf(w)) && Object.keys(w.spec.selector?.matchLabels ?? {}).length > 0,
      ],
    ],
    Deployment: [
      ...deployment,
      ['no-rolling-update-strategy', (w) => servicesOf(w).length === 0 || w.spec.strategy?.type === 'RollingUpdate'],
    ],
    Rollout: deployment,
    StatefulSet: [
      ...replicated,
      [
        'statefulset-has-servicename',
        (w) =>
          servicesOf(w).some(({ metadata, spec }) => metadata.name === w.spec.serviceName && spec.clusterIP === 'None'),
      ],
    ],
    Job: [
      ['job-ttl-seconds-after-finished', ({ spec }) => spec.ttlSecondsAfterFinished !== undefined],
      ['restart-policy', ({ spec }) => ['Never', 'OnFailure'].includes(spec.template.spec.restartPolicy)],
    ],
    CronJob: [
      ['cronjob-has-deadline', ({ spec }) => spec.startingDeadlineSeconds !== undefined],
      ['job-ttl-seconds-after-finished', ({ spec }) => spec.jobTemplate.spec.ttlSecondsAfterFinished === undefined],
      [
        'restart-policy',
        ({ spec }) => ['Never', 'OnFailure'].includes(spec.jobTemplate.spec.template.spec.restartPolicy),
      ],
    ],
    Service: [
      ['exposed-services', ({ spec }) => spec.type !== 'NodePort'],
      [
        'dangling-service',
        (service) =>
          service.spec.selector === undefined ||
          workloadsNear(service).some((w) => selects({ matchLabels: service.spec.selector }, labelsOf(w))),
      ],
      [
        'service-targets-declared-port',
        (service) =>
          workloadsNear(service)
            .filter((w) => service.spec.selector && selects({ matchLabels: service.spec.selector }, labelsOf(w)))
            .every((w) =>
              service.spec.ports.every(({ port, targetPort = port }: Manifest) =>
                podPorts(w).some(({ name, containerPort }) => name === targetPort || containerPort === targetPort),
              ),
            ),
      ],
    ],
    HorizontalPodAutoscaler: [
      [
        'dangling-horizontalpodautoscaler',
        (hpa) =>
          workloadsNear(hpa).some(
            ({ kind, metadata }) =>
              kind === hpa.spec.scaleTargetRef.kind && metadata.name === hpa.spec.scaleTargetRef.name,
          ),
      ],
      ['horizontalpodautoscaler-replicas', ({ spec }) => spec.minReplicas >= 2],
      ['hpa-max-availability', ({ spec }) => spec.maxReplicas > spec.minReplicas],
    ],
    PodDisruptionBudget: [
      ['pdb-unhealthy-pod-eviction-policy', ({ spec }) => spec.unhealthyPodEvictionPolicy === 'AlwaysAllow'],
      ['pdb-max-unavailable', ({ spec }) => spec.minAvailable !== undefined || isSome(spec.maxUnavailable)],
      ['pdb-min-available', ({ spec }) => spec.maxUnavailable !== undefined || spec.minAvailable !== '100%'],
    ],
    NetworkPolicy: [
      [
        'dangling-networkpolicy',
        (policy) =>
          Object.keys(policy.spec.podSelector).length === 0 ||
          Object.keys(policy.spec.podSelector.matchLabels ?? {}).length === 0 ||
          workloadsNear(policy).some((w) => selects(policy.spec.podSelector, labelsOf(w))),
      ],
    ],
    Ingress: [['tls-settings-missing', ({ spec }) => (spec.tls ?? []).length > 0]],
    Role: [['wildcard-in-rules', (role) => !isExposed(role, hasWildcard)]],
    ClusterRole: [
      ['wildcard-in-rules', (role) => !isExposed(role, hasWildcard)],
      ['access-to-secrets', (role) => !isExposed(role, readsAllSecrets)],
    ],
  };
}

const hasWildcard = ({ apiGroups = [], resources = [], verbs = [] }: Manifest): boolean =>
  [apiGroups, resources, verbs].some((list) => list.includes('*'));

const readsAllSecrets = ({ resources = [], resourceNames, verbs = [] }: Manifest): boolean =>
  resourceNames === undefined &&
  resources.includes('secrets') &&
  verbs.some((verb: string) => /get|list|watch/.test(verb));
