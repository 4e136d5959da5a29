import { digest, Facts } from './golden-facts';
import type { Manifest } from './manifests';

/** Kinds of which there is one for each of something else: a line for all of them. */
const BULK = ['ServiceAccount', 'Issuer'];

const byTitle = (one: Manifest, other: Manifest): number => (title(one) < title(other) ? -1 : 1);

const title = ({ kind, metadata }: Manifest): string =>
  `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;

const from = (request: Manifest, limit: Manifest): string => `${request ?? '-'}..${limit ?? '-'}`;

/** Image, amounts and ports of each container, in one word each. */
function showContainers(facts: Facts, pod: string): void {
  for (const group of ['initContainers', 'containers']) {
    const images = facts.take(`${pod}.${group}.*.image`) ?? [];
    const requests = facts.take(`${pod}.${group}.*.resources.requests`) ?? [];
    const limits = facts.take(`${pod}.${group}.*.resources.limits`) ?? [];
    const ports = facts.take(`${pod}.${group}.*.ports`) ?? [];
    images.forEach((image: string, at: number) => {
      facts
        .show(group === 'containers' ? 'image' : 'init', image.replace(/^.*amazonaws\.com\//, ''))
        .show('cpu', from(requests[at]?.cpu, limits[at]?.cpu))
        .show('memory', from(requests[at]?.memory, limits[at]?.memory))
        .show('disk', from(requests[at]?.['ephemeral-storage'], limits[at]?.['ephemeral-storage']))
        .show(
          'ports',
          ports[at]?.map(({ containerPort }: Manifest) => containerPort),
        );
    });
  }
}

const target = ({ averageUtilization, averageValue, value }: Manifest): string =>
  averageUtilization === undefined ? (averageValue ?? value) : `${averageUtilization}%`;

const metric = ({ type, ...by }: Manifest): string => {
  const { name, metric: measured, container, target: aim } = by[type[0].toLowerCase() + type.slice(1)];
  return `${[container, name ?? measured?.name].filter((part) => part !== undefined).join('.')}:${target(aim)}`;
};

const port = ({ name, port: number, targetPort, protocol }: Manifest): string =>
  [name, number, targetPort === number ? undefined : targetPort, protocol === 'TCP' ? undefined : protocol]
    .filter((part) => part !== undefined)
    .join(':');

/** Peers by the ports that they may use: `2@8080,any@53`. */
function opened(rules: Manifest, side: 'from' | 'to'): string | undefined {
  if (rules?.length === 0) return 'none';
  const peers = new Map<string, number>();
  for (const rule of rules ?? []) {
    const ports = rule.ports?.map((one: Manifest) => one.port).join('+') ?? 'any';
    peers.set(ports, (peers.get(ports) ?? 0) + (rule[side]?.length ?? Number.POSITIVE_INFINITY));
  }
  return [...peers].map(([ports, count]) => `${Number.isFinite(count) ? count : 'any'}@${ports}`).join(',');
}

type Show = (facts: Facts) => void;

const SHOWN: Readonly<Record<string, Show>> = {
  HorizontalPodAutoscaler: (facts) => {
    facts.show('pods', from(facts.take('spec.minReplicas'), facts.take('spec.maxReplicas')));
    facts.show('on', facts.take('spec.metrics')?.map(metric)).show('of', facts.take('spec.scaleTargetRef.name'));
  },
  ScaledObject: (facts) => {
    facts.show('pods', from(facts.take('spec.minReplicaCount'), facts.take('spec.maxReplicaCount')));
    facts.showAll(['of=spec.scaleTargetRef.name', 'spec.pollingInterval', 'spec.cooldownPeriod']);
  },
  VerticalPodAutoscaler: (facts) => facts.showAll(['spec.updatePolicy', 'policies=spec.resourcePolicy']),
  PodDisruptionBudget: (facts) => facts.showAll(['spec.minAvailable', 'spec.maxUnavailable']),
  Service: (facts) => {
    facts.showAll(['spec.type', 'spec.clusterIP']).show('ports', facts.take('spec.ports')?.map(port));
  },
  NetworkPolicy: (facts) => {
    facts.show('in', opened(facts.take('spec.ingress'), 'from')).show('out', opened(facts.take('spec.egress'), 'to'));
  },
  ResourceQuota: (facts) => facts.showAll(['spec.hard']),
  LimitRange: (facts) => facts.showAll(['spec.limits']),
  PriorityClass: (facts) => facts.showAll(['value', 'globalDefault', 'preemptionPolicy']),
  StorageClass: (facts) => facts.showAll(['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode']),
  ConfigMap: (facts) => {
    const data = facts.take('data') ?? {};
    facts.show(
      'files',
      Object.entries(data).map(([name, content]) => `${name}~${digest(content)}`),
    );
  },
  Application: (facts) =>
    facts.showAll([
      'chart=spec.source.chart',
      'version=spec.source.targetRevision',
      'charts=spec.sources.*.chart',
      'versions=spec.sources.*.targetRevision',
      'into=spec.destination.namespace',
    ]),
  AnalysisTemplate: (facts) =>
    facts.showAll([
      'metrics=spec.metrics.*.name',
      'when=spec.metrics.*.successCondition',
      'every=spec.metrics.*.interval',
    ]),
  Namespace: (facts) => facts.showAll(['metadata.labels']),
  Certificate: (facts) =>
    facts.showAll(['spec.secretName', 'spec.duration', 'spec.isCA', 'issuer=spec.issuerRef.name']),
  ExternalSecret: (facts) =>
    facts.showAll(['spec.refreshInterval', 'secret=spec.target.name', 'keys=spec.dataFrom.*.extract.key']),
  Role: (facts) => facts.showAll(['may=rules.*.verbs', 'on=rules.*.resources']),
  ClusterRole: (facts) => facts.showAll(['may=rules.*.verbs', 'on=rules.*.resources']),
};

/** How Argo brings out another version. */
const ROLLOUT_FACTS = [
  'steps=spec.strategy.canary.steps',
  'analysis=spec.strategy.canary.analysis.templates.*.templateName',
  'surge=spec.strategy.canary.maxSurge',
  'keepOld=spec.strategy.canary.scaleDownDelaySeconds',
  'autoPromotion=spec.strategy.blueGreen.autoPromotionEnabled',
  'autoPromotionAfter=spec.strategy.blueGreen.autoPromotionSeconds',
  'before=spec.strategy.blueGreen.prePromotionAnalysis.templates.*.templateName',
  'after=spec.strategy.blueGreen.postPromotionAnalysis.templates.*.templateName',
  'keepOld=spec.strategy.blueGreen.scaleDownDelaySeconds',
];

/** Facts of whatever has pods. */
function showWorkload(facts: Facts, kind: string): void {
  if (kind === 'CronJob') facts.showAll(['spec.schedule', 'spec.concurrencyPolicy', 'spec.suspend']);
  const template = kind === 'CronJob' ? 'spec.jobTemplate.spec.template' : 'spec.template';
  facts.showAll(['spec.replicas', 'spec.strategy.rollingUpdate', ...ROLLOUT_FACTS]);
  showContainers(facts, `${template}.spec`);
  facts.showAll([
    'grace='.concat(template, '.spec.terminationGracePeriodSeconds'),
    'nodes='.concat(template, '.spec.nodeSelector'),
    'priority='.concat(template, '.spec.priorityClassName'),
    'claims=spec.volumeClaimTemplates.*.spec.resources.requests.storage',
  ]);
}

const hasPods = ({ spec }: Manifest): boolean =>
  (spec?.template?.spec?.containers ?? spec?.jobTemplate?.spec?.template?.spec?.containers) !== undefined;

function line(object: Manifest): string {
  const facts = new Facts(object);
  for (const path of ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace']) facts.take(path);
  if (hasPods(object)) showWorkload(facts, object.kind);
  SHOWN[object.kind]?.(facts);
  return facts.line(title(object));
}

/** A line for each object, in the order of kind and name. */
export function manifestLines(objects: readonly Manifest[]): string[] {
  const sorted = [...objects].sort(byTitle);
  const bulk = BULK.map((kind) => ({ kind, all: sorted.filter((object) => object.kind === kind) }))
    .filter(({ all }) => all.length > 0)
    .map(({ kind, all }) => `${kind} x${all.length}  ~${digest(all)}`);
  return [...sorted.filter(({ kind }) => !BULK.includes(kind)).map(line), ...bulk].sort();
}
