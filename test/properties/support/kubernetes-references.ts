import { selects } from '../../support/hardening-selection';
import type { Manifest } from '../../support/manifests';

/** A name that one object says and another one must have. */
interface Reference {
  readonly kinds: readonly string[];
  readonly name: string;
}

/** Pods that an object makes: of a Rollout as of any workload, of an analysis those of its Jobs. */
function templatesOf({ kind, spec }: Manifest): Manifest[] {
  if (kind === 'AnalysisTemplate') {
    return spec.metrics.flatMap(({ provider }: Manifest) => (provider.job ? [provider.job.spec.template] : []));
  }
  if (kind === 'CronJob') return [spec.jobTemplate.spec.template];
  return spec?.template?.spec?.containers ? [spec.template] : [];
}

const secretsOf = (objects: readonly Manifest[]): string[] =>
  objects.flatMap(({ kind, metadata, spec }) => {
    if (kind === 'Secret') return [metadata.name];
    if (kind === 'ExternalSecret') return [spec.target?.name ?? metadata.name];
    return kind === 'Certificate' ? [spec.secretName] : [];
  });

const podReferences = ({ spec }: Manifest): Reference[] => [
  ...(spec.volumes ?? []).flatMap(({ secret, configMap, projected }: Manifest) => [
    ...(secret && !secret.optional ? [{ kinds: ['Secret'], name: secret.secretName }] : []),
    ...(configMap ? [{ kinds: ['ConfigMap'], name: configMap.name }] : []),
    ...(projected?.sources ?? []).flatMap((source: Manifest) => [
      ...(source.secret ? [{ kinds: ['Secret'], name: source.secret.name }] : []),
      ...(source.configMap ? [{ kinds: ['ConfigMap'], name: source.configMap.name }] : []),
    ]),
  ]),
  ...[...(spec.initContainers ?? []), ...spec.containers].flatMap(({ env = [], envFrom = [] }: Manifest) => [
    ...env.flatMap(({ valueFrom }: Manifest) => [
      ...(valueFrom?.secretKeyRef ? [{ kinds: ['Secret'], name: valueFrom.secretKeyRef.name }] : []),
      ...(valueFrom?.configMapKeyRef ? [{ kinds: ['ConfigMap'], name: valueFrom.configMapKeyRef.name }] : []),
    ]),
    ...envFrom.flatMap(({ configMapRef }: Manifest) =>
      configMapRef ? [{ kinds: ['ConfigMap'], name: configMapRef.name }] : [],
    ),
  ]),
  ...(spec.serviceAccountName ? [{ kinds: ['ServiceAccount'], name: spec.serviceAccountName }] : []),
  ...(spec.priorityClassName ? [{ kinds: ['PriorityClass'], name: spec.priorityClassName }] : []),
];

const analyses = (strategy: Manifest): Reference[] =>
  [
    strategy.prePromotionAnalysis,
    strategy.postPromotionAnalysis,
    strategy.analysis,
    ...(strategy.steps ?? []).map((step: Manifest) => step.analysis),
  ]
    .filter((analysis) => analysis !== undefined)
    .flatMap(({ templates }: Manifest) =>
      templates.map(({ templateName }: Manifest) => ({ kinds: ['AnalysisTemplate'], name: templateName })),
    );

const services = (...names: readonly (string | undefined)[]): Reference[] =>
  names.flatMap((name) => (name === undefined ? [] : [{ kinds: ['Service'], name }]));

function rolloutReferences({ spec: { strategy } }: Manifest): Reference[] {
  const { blueGreen, canary } = strategy;
  const routes = canary?.trafficRouting?.istio?.virtualService;
  const ingress = canary?.trafficRouting?.alb?.ingress;
  return [
    ...services(blueGreen?.activeService, blueGreen?.previewService, canary?.stableService, canary?.canaryService),
    ...services(canary?.pingPong?.pingService, canary?.pingPong?.pongService),
    ...analyses(blueGreen ?? canary),
    ...(routes ? [{ kinds: ['VirtualService'], name: routes.name }] : []),
    ...(ingress ? [{ kinds: ['Ingress'], name: ingress }] : []),
  ];
}

function referencesOf(object: Manifest): Reference[] {
  const { kind, spec } = object;
  const ofPods = templatesOf(object).flatMap(podReferences);
  switch (kind) {
    case 'Rollout':
      return [...ofPods, ...rolloutReferences(object)];
    case 'StatefulSet':
      return [
        ...ofPods,
        ...services(spec.serviceName),
        ...(spec.volumeClaimTemplates ?? []).map((claim: Manifest) => ({
          kinds: ['StorageClass'],
          name: claim.spec.storageClassName,
        })),
      ];
    case 'HorizontalPodAutoscaler':
    case 'ScaledObject':
      return [{ kinds: [spec.scaleTargetRef.kind], name: spec.scaleTargetRef.name }];
    case 'VerticalPodAutoscaler':
      return [{ kinds: [spec.targetRef.kind], name: spec.targetRef.name }];
    case 'ExternalSecret':
      return [{ kinds: [spec.secretStoreRef.kind], name: spec.secretStoreRef.name }];
    case 'Certificate':
      return [{ kinds: [spec.issuerRef.kind ?? 'Issuer'], name: spec.issuerRef.name }];
    case 'Ingress':
      return spec.rules.flatMap(({ http }: Manifest) =>
        http.paths.flatMap(({ backend }: Manifest) => services(backend.service.name)),
      );
    case 'VirtualService':
      return spec.http.flatMap(({ route }: Manifest) =>
        route.flatMap(({ destination }: Manifest) => services(String(destination.host).split('.')[0])),
      );
    default:
      return ofPods;
  }
}

/** Services, budgets and policies that select no pod of ours; those for everybody have no labels. */
function idleSelectors(objects: readonly Manifest[]): string[] {
  const pods = objects.flatMap(templatesOf);
  return objects.flatMap(({ kind, metadata, spec }) => {
    const labels: Record<string, string> =
      kind === 'Service'
        ? spec.selector
        : kind === 'PodDisruptionBudget'
          ? spec.selector.matchLabels
          : kind === 'NetworkPolicy'
            ? spec.podSelector.matchLabels
            : undefined;
    if (labels === undefined || Object.keys(labels).length === 0) return [];
    const selected = pods.some(({ metadata: pod }) => selects({ matchLabels: labels }, pod.labels));
    return selected ? [] : [`${kind} ${metadata.name} selects no pod`];
  });
}

/** What the objects of one environment name and what is not among them, or selects nothing. */
export function unresolvedReferences(objects: readonly Manifest[]): string[] {
  const known = new Set([
    ...objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    ...secretsOf(objects).map((name) => `Secret/${name}`),
  ]);
  const dangling = objects.flatMap((object) =>
    referencesOf(object)
      .filter(({ kinds, name }) => !kinds.some((kind) => known.has(`${kind}/${name}`)))
      .map(
        ({ kinds, name }) => `${object.kind} ${object.metadata.name} names ${kinds[0]} ${name}, which does not exist`,
      ),
  );
  return [...dangling, ...idleSelectors(objects)];
}
