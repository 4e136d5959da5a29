import { JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { hardenedContainer, hardenedPod } from '../hardening';
import type { Container, EnvVar, PodTemplateSpec } from '../k8s';
import { selectorLabels, standardLabels } from '../labels';
import { metricsAnnotations } from '../metrics-annotations';
import { quantity, requirements } from '../quantities';
import { targetHas } from '../target-version';
import { meshLabels } from './mesh-pod';
import { configChecksum, fileMounts, fileVolumes } from './mounts';
import { placement } from './node-placement';
import { podSpread } from './pod-spread';
import { probes } from './probes';
import { meshAnnotations } from './sidecar-annotations';
import type { WebServicePlan } from './web-service-props';

/** Name of the port that probes and Services refer to. */
export const HTTP_PORT = 'http';

/** Component that a web service is labelled as. */
export const WEB_COMPONENT = 'web-service';

/** `$(NAME)` is a reference and `$$` an escape to Kubernetes, so that a literal `$` is written twice. */
const literal = (value: string): string => value.split('$').join('$$');

const environment = (settings: Readonly<Record<string, string>>): EnvVar[] =>
  Object.entries(settings).map(([name, value]) => ({ name, value: literal(value) }));

function container(plan: WebServicePlan): Container {
  const { name, image, port, command, args, settings, secretFiles, configMaps } = plan;
  return {
    name,
    image,
    imagePullPolicy: image.includes('@sha256:') ? 'IfNotPresent' : 'Always',
    ...(command === undefined ? {} : { command: [...command] }),
    ...(args === undefined ? {} : { args: [...args] }),
    ports: [{ name: HTTP_PORT, containerPort: port, protocol: 'TCP' }],
    env: environment(settings),
    resources: requirements(plan.resources),
    securityContext: hardenedContainer(plan.runAs),
    ...probes(plan.health, HTTP_PORT),
    lifecycle: { preStop: { exec: { command: ['sleep', `${plan.deregisterWithin.toSeconds()}`] } } },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...fileMounts(secretFiles, configMaps)],
  };
}

/** On the port that the first scraper names, or the service's. */
function metrics({ scrapedBy, metricsPath, port, mesh }: WebServicePlan): Readonly<Record<string, string>> {
  const [first] = scrapedBy;
  if (first === undefined) return {};
  return metricsAnnotations(mesh === 'sidecar' ? port : (first.port ?? port), metricsPath);
}

/**
 * The pod of a web service. On its way out it first waits, still answering, until no load balancer sends it anything
 * (`deregisterWithin`), then gets SIGTERM and finishes what it has (`drainFor`), all within the grace period.
 *
 * @param versionLabel Label that the workload's controller adds to tell versions apart.
 */
export function webPod(plan: WebServicePlan, versionLabel: string): PodTemplateSpec {
  const { name, partOf, priorityClassName } = plan;
  return {
    metadata: {
      labels: { ...plan.labels, ...meshLabels(plan), ...standardLabels(name, WEB_COMPONENT, partOf) },
      annotations: {
        ...metrics(plan),
        ...meshAnnotations(plan),
        ...plan.annotations,
        ...configChecksum(plan.configMaps),
      },
    },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: plan.gracePeriod.toSeconds(),
      ...(priorityClassName === undefined ? {} : { priorityClassName }),
      securityContext: hardenedPod(plan.runAs),
      ...placement(plan.nodes),
      ...podSpread({ selector: selectorLabels(name), spread: plan.spread, over: plan.spreadOver, versionLabel }),
      containers: [container(plan)],
      volumes: [
        { name: 'tmp', emptyDir: { sizeLimit: quantity(plan.temporarySpace) } },
        ...fileVolumes(plan.secretFiles, plan.configMaps),
      ],
    },
  };
}

const POD = '/spec/template/spec';

/** The term of `podSpread` by which pods avoid one another's nodes. */
const APART = '/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm';

/**
 * What newer clusters add to `webPod`: a wait that needs no `sleep` program in the image (1.30; before, an image without
 * one skips the wait and is stopped at once), anti-affinity among the pods of one version (1.31; before, old pods push new
 * ones to other nodes, as far as there are any), and AppArmor where asked for.
 */
export function webPodPatches(scope: IConstruct, plan: WebServicePlan, versionLabel: string): JsonPatch[] {
  const sleep = { sleep: { seconds: plan.deregisterWithin.toSeconds() } };
  return [
    ...(targetHas(scope, 'prestop-sleep') ? [JsonPatch.replace(`${POD}/containers/0/lifecycle/preStop`, sleep)] : []),
    ...(targetHas(scope, 'pod-affinity-match-label-keys')
      ? [JsonPatch.add(`${POD}${APART}/matchLabelKeys`, [versionLabel])]
      : []),
    ...(plan.appArmor !== undefined && targetHas(scope, 'pod-apparmor-field')
      ? [JsonPatch.add(`${POD}/securityContext/appArmorProfile`, { type: plan.appArmor })]
      : []),
  ];
}
