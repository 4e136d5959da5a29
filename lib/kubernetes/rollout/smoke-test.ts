import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { isProgram, SMOKE_METRIC, type SmokeTestSpec, smokeTestPlan } from '../../model/rollout/smoke-test';
import { Cpu, Memory } from '../../units';
import { AMBIENT_PORT, DNS, ISTIOD, type OpenPeer } from '../cluster/network-peers';
import { NetworkPolicy } from '../cluster/network-policy';
import { hardenedContainer, hardenedPod } from '../hardening';
import { type Container, type JobSpec, KubeJob, KubeServiceAccount } from '../k8s';
import { type Labels, selectorLabels, standardLabels } from '../labels';
import { lintReasons } from '../lint-reasons';
import { quantity, requirements } from '../quantities';
import { meshLabels } from '../workload/mesh-pod';
import { placement } from '../workload/node-placement';
import { sidecarAnnotations } from '../workload/sidecar-annotations';
import type { WebServicePlan } from '../workload/web-service-props';
import { type AnalysisTemplateSpec, ROLLOUTS_API } from './rollout-kinds';

const COMPONENT = 'smoke-test';

/** Name of all its objects. */
export const smokeName = (service: string): string => `${service}-smoke`;

/** Labels of its pods, and of no others. */
export const smokeSelector = (service: string): Labels => selectorLabels(smokeName(service));

/** How long an ended Job can be looked at: Argo Rollouts reads its result within seconds. */
const KEPT_SECONDS = 86_400;

/** Time for one request, of which a test may hold many (seconds). */
const REQUEST_SECONDS = 10;

const RESOURCES = {
  requests: { cpu: Cpu.millis(50), memory: Memory.mib(64), ephemeralStorage: Memory.mib(64) },
  limits: { cpu: Cpu.millis(500), memory: Memory.mib(256), ephemeralStorage: Memory.mib(256) },
};

/** Ends with the first answer of 400 or above; curl alone would end with the last. A refused connection is tried again. */
export const curlCommand = (baseUrl: string, paths: readonly string[]): string[] => [
  'curl',
  '--fail',
  '--fail-early',
  '--silent',
  '--show-error',
  '--max-time',
  `${REQUEST_SECONDS}`,
  '--retry',
  '3',
  '--retry-connrefused',
  ...paths.flatMap((path) => ['--output', '/dev/null', `${baseUrl}${path}`]),
];

/** A smoke test and what it is run against. */
export interface SmokeTestOptions {
  readonly test: SmokeTestSpec;
  /** The service under test. */
  readonly plan: WebServicePlan;
  /** Name of the Service of the new version. */
  readonly service: string;
}

function container({ test, plan: { port, runAs }, service }: SmokeTestOptions): Container {
  const smoke = smokeTestPlan(test);
  const baseUrl = `http://${service}:${port}`;
  return {
    name: COMPONENT,
    image: smoke.image,
    imagePullPolicy: smoke.image.includes('@sha256:') ? 'IfNotPresent' : 'Always',
    command: isProgram(smoke) ? [...smoke.command] : curlCommand(baseUrl, smoke.paths),
    env: [
      { name: 'BASE_URL', value: baseUrl },
      { name: 'HOME', value: '/tmp' },
    ],
    resources: requirements(RESOURCES),
    securityContext: hardenedContainer(runAs),
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}

/** A sidecar that holds what the service's does, and ends with the Job. Source: Istio 1.24, release notes (2024-11). */
const sidecar = (plan: WebServicePlan): Labels =>
  plan.mesh === 'sidecar' ? { ...sidecarAnnotations(plan), 'sidecar.istio.io/nativeSidecar': 'true' } : {};

/** The Job, as the API writes it: Argo Rollouts adds its name and owner. */
function job(options: SmokeTestOptions, labels: Labels): JobSpec {
  const { within, retries } = smokeTestPlan(options.test);
  const { name, nodes, runAs, priorityClassName } = options.plan;
  const spec: JobSpec = {
    backoffLimit: retries,
    activeDeadlineSeconds: within.toSeconds(),
    ttlSecondsAfterFinished: KEPT_SECONDS,
    template: {
      metadata: { labels: { ...labels, ...meshLabels(options.plan) }, annotations: sidecar(options.plan) },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: smokeName(name),
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        ...(priorityClassName === undefined ? {} : { priorityClassName }),
        securityContext: hardenedPod(runAs),
        ...placement(nodes),
        containers: [container(options)],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: quantity(Memory.mib(64)) } }],
      },
    },
  };
  return KubeJob.manifest({ spec }).spec;
}

const egress = ({ plan: { name, port, mesh } }: SmokeTestOptions): readonly OpenPeer[] => [
  ...DNS,
  ...(mesh === 'sidecar' ? [ISTIOD] : []),
  { pods: selectorLabels(name), port },
  ...(mesh === 'ambient' ? [{ pods: selectorLabels(name), port: AMBIENT_PORT }] : []),
];

/**
 * Tries a new version before any user sees it: an AnalysisTemplate whose Job runs without root, rights or a way to anything
 * but the pods of the service, and ends in time. In a mesh its pods take part, with a sidecar that ends
 * when they do, for which Kubernetes must be 1.29 or later.
 */
export class SmokeTest extends Construct {
  /** Name of the AnalysisTemplate. */
  readonly name: string;

  constructor(scope: Construct, id: string, options: SmokeTestOptions) {
    super(scope, id);
    const { plan } = options;
    this.name = smokeName(plan.name);
    const labels = { ...plan.labels, ...standardLabels(this.name, COMPONENT, plan.partOf) };
    const spec: AnalysisTemplateSpec = {
      metrics: [{ name: SMOKE_METRIC, provider: { job: { metadata: { labels }, spec: job(options, labels) } } }],
    };
    const metadata = { name: this.name, labels };
    new ApiObject(this, 'Resource', { apiVersion: ROLLOUTS_API, kind: 'AnalysisTemplate', metadata, spec });
    new KubeServiceAccount(this, 'ServiceAccount', { metadata, automountServiceAccountToken: false });
    const selector = smokeSelector(plan.name);
    lintReasons(new NetworkPolicy(this, 'Network', { ...metadata, selector, egress: egress(options) }), 'of-a-job');
  }
}
