import { isPinnedImage } from '../../lib/check';
import type { Manifest } from './manifests';

/** A rule by the name that kube-linter gives it, or else kube-score, polaris or checkov. */
export type Rule = readonly [id: string, holds: (subject: Manifest) => boolean];

/** A Rollout is read as the Deployment that it would be: see `hardening-views.ts`. */
const LONG_RUNNING = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

export const isLongRunning = ({ kind }: Manifest): boolean => LONG_RUNNING.includes(kind);

/** The pod template of a workload, whatever its kind; nothing for other objects. */
export function templateOf({ kind, spec }: Manifest): Manifest | undefined {
  if (LONG_RUNNING.includes(kind) || kind === 'Job') return spec.template;
  return kind === 'CronJob' ? spec.jobTemplate.spec.template : undefined;
}

const containersOf = (pod: Manifest): Manifest[] => [...(pod.initContainers ?? []), ...pod.containers];

const declared = (container: Manifest, port: Manifest): boolean =>
  (container.ports ?? []).some((own: Manifest) => own.name === port || own.containerPort === port);

const probePort = (probe: Manifest) => (probe?.httpGet ?? probe?.tcpSocket ?? probe?.grpc)?.port;

const probeWorks = (probe: Manifest, container: Manifest): boolean =>
  probe === undefined || probe.exec !== undefined || declared(container, probePort(probe));

const action = ({ httpGet, tcpSocket, exec, grpc }: Manifest): string =>
  JSON.stringify([httpGet, tcpSocket, exec, grpc]);

const has = (amounts: Manifest, ...resources: string[]): boolean =>
  resources.every((resource) => amounts?.[resource] !== undefined);

/** Names that hold a credential, so that a literal value beside one is the credential. */
const SENSITIVE_NAME =
  /password|token|bearer|secret|^AWS_SECRET_ACCESS_KEY$|^GOOGLE_APPLICATION_CREDENTIALS$|^AZURE_.+KEY$|^OCI_CLI_KEY_CONTENT$/i;

const PRIVATE_KEY = /-BEGIN\s+.*PRIVATE KEY-/i;

/** Whether a name with its value, or a value alone, would show a credential to whoever reads the object. */
export const isSensitive = (name: string, value: unknown): boolean =>
  SENSITIVE_NAME.test(name) || PRIVATE_KEY.test(String(value));

/** Programs that checkov refuses wherever they run. */
const REFUSED_IMAGE = /kubernetes-?dashboard|tiller|git-sync/i;

const runsOnHost = (context: Manifest): boolean => context?.windowsOptions?.hostProcess === true;

const POD_RULES: readonly Rule[] = [
  ['host-network', (pod) => !pod.hostNetwork],
  ['host-pid', (pod) => !pod.hostPID],
  ['host-ipc', (pod) => !pod.hostIPC],
  ['sensitive-host-mounts', (pod) => !(pod.volumes ?? []).some((volume: Manifest) => volume.hostPath)],
  ['container-seccomp-profile', (pod) => pod.securityContext?.seccompProfile?.type === 'RuntimeDefault'],
  ['automount-service-account-token', (pod) => pod.automountServiceAccountToken === false],
  ['default-service-account', (pod) => (pod.serviceAccountName ?? 'default') !== 'default'],
  ['deprecated-service-account-field', (pod) => pod.serviceAccount === undefined],
  ['host-process', (pod) => !runsOnHost(pod.securityContext)],
  ['unsafe-sysctls', (pod) => pod.securityContext?.sysctls === undefined],
  ['priority-class-name', (pod) => typeof pod.priorityClassName === 'string'],
];

const id = (container: Manifest, pod: Manifest, kind: 'runAsUser' | 'runAsGroup'): number =>
  container.securityContext?.[kind] ?? pod.securityContext?.[kind] ?? 0;

/** Rules about a container, which may take part of its context from the pod. */
const containerRules = (pod: Manifest): readonly Rule[] => [
  ['latest-tag', ({ image }) => isPinnedImage(image)],
  ['image-pull-policy', ({ image, imagePullPolicy }) => imagePullPolicy === 'Always' || image.includes('@sha256:')],
  ['unset-cpu-requirements', ({ resources: r }) => has(r?.requests, 'cpu') && has(r?.limits, 'cpu')],
  ['unset-memory-requirements', ({ resources: r }) => has(r?.requests, 'memory') && has(r?.limits, 'memory')],
  [
    'container-ephemeral-storage-request-and-limit',
    ({ resources: r }) => has(r?.requests, 'ephemeral-storage') && has(r?.limits, 'ephemeral-storage'),
  ],
  ['privileged-container', ({ securityContext: s }) => s?.privileged !== true && !runsOnHost(s)],
  ['privilege-escalation-container', ({ securityContext: s }) => s?.allowPrivilegeEscalation === false],
  ['no-read-only-root-fs', ({ securityContext: s }) => s?.readOnlyRootFilesystem === true],
  ['drop-net-raw-capability', ({ securityContext: s }) => s?.capabilities?.drop?.includes('ALL') === true],
  ['insecure-capabilities', ({ securityContext: s }) => (s?.capabilities?.add ?? []).length === 0],
  ['unsafe-proc-mount', ({ securityContext: s }) => s?.procMount === undefined],
  ['run-as-non-root', ({ securityContext: s }) => (s?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) === true],
  [
    'container-security-context-user-group-id',
    (container) => id(container, pod, 'runAsUser') >= 10_000 && id(container, pod, 'runAsGroup') >= 10_000,
  ],
  ['duplicate-env-var', ({ env = [] }) => new Set(env.map(({ name }: Manifest) => name)).size === env.length],
  ['env-var-secret', ({ env = [] }) => !env.some(({ name, value }: Manifest) => value && isSensitive(name, value))],
  [
    'read-secret-from-env-var',
    ({ env = [], envFrom = [] }) =>
      !env.some(({ valueFrom }: Manifest) => valueFrom?.secretKeyRef) &&
      !envFrom.some(({ secretRef }: Manifest) => secretRef),
  ],
  ['host-port', ({ ports = [] }) => !ports.some(({ hostPort }: Manifest) => hostPort !== undefined)],
  ['refused-image', ({ image }) => !REFUSED_IMAGE.test(image)],
  ['ssh-port', ({ ports = [] }) => !ports.some(({ containerPort }: Manifest) => containerPort === 22)],
  [
    'privileged-ports',
    ({ ports = [] }) => ports.every(({ containerPort: port }: Manifest) => port >= 1024 || port === 22),
  ],
  ['invalid-target-ports', ({ ports = [] }) => ports.every(({ name = 'x' }: Manifest) => name.length <= 15)],
];

const PROBE_RULES: readonly Rule[] = [
  ['no-readiness-probe', ({ readinessProbe }) => readinessProbe !== undefined],
  ['no-liveness-probe', ({ livenessProbe }) => livenessProbe !== undefined],
  ['readiness-port', (container) => probeWorks(container.readinessProbe, container)],
  ['liveness-port', (container) => probeWorks(container.livenessProbe, container)],
  ['startup-port', (container) => probeWorks(container.startupProbe, container)],
  [
    'pod-probes-identical',
    ({ readinessProbe: r, livenessProbe: l }) => r === undefined || l === undefined || action(r) !== action(l),
  ],
];

/** Names of the rules that the pods of a workload break. */
export function brokenPodRules(workload: Manifest): string[] {
  const pod = templateOf(workload)?.spec;
  if (pod === undefined) return [];
  const broken = (subjects: Manifest[], rules: readonly Rule[]) =>
    rules.filter(([, holds]) => !subjects.every(holds)).map(([name]) => name);
  return [
    ...broken([pod], POD_RULES),
    ...broken(containersOf(pod), containerRules(pod)),
    ...(isLongRunning(workload) ? broken(pod.containers, PROBE_RULES) : []),
  ];
}

export const POD_RULE_IDS: readonly string[] = [...POD_RULES, ...containerRules({}), ...PROBE_RULES].map(([id]) => id);
