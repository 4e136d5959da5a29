import { isSensitive, type Rule, templateOf } from './hardening-pods';
import type { Manifest } from './manifests';

/** Groups that Kubernetes itself serves; custom resources may be as young as they like. */
const BUILT_IN_GROUPS = [
  '',
  'apps',
  'autoscaling',
  'batch',
  'extensions',
  'policy',
  'admissionregistration.k8s.io',
  'apiregistration.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'networking.k8s.io',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
];

function isStable({ apiVersion = '' }: Manifest): boolean {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return !BUILT_IN_GROUPS.includes(group) || (/^v\d+$/.test(version) && group !== 'extensions');
}

const isLabelValue = (value: unknown): boolean =>
  typeof value === 'string' && /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/.test(value);

const labelsOf = (object: Manifest): unknown[] => [
  ...Object.values(object.metadata.labels ?? {}),
  ...Object.values(templateOf(object)?.metadata?.labels ?? {}),
];

/** Annotations that put text into the configuration of ingress-nginx. */
const NGINX_SNIPPET = /^nginx\.ingress\.kubernetes\.io\/.*snippet$/;

/** Rules that need nothing but the object. */
export const OBJECT_RULES: readonly Rule[] = [
  ['stable-version', isStable],
  ['label-values', (object) => labelsOf(object).every(isLabelValue)],
  ['use-namespace', ({ metadata }) => metadata.namespace !== 'default'],
];

/** The same, of certain kinds. */
export const OBJECT_KIND_RULES: Readonly<Record<string, readonly Rule[]>> = {
  ConfigMap: [
    ['sensitive-config-map', ({ data = {} }) => !Object.entries(data).some(([key, value]) => isSensitive(key, value))],
  ],
  Ingress: [
    ['tls-settings-missing', ({ spec }) => (spec.tls ?? []).length > 0],
    [
      'nginx-snippet',
      ({ metadata }) => !Object.keys(metadata.annotations ?? {}).some((key) => NGINX_SNIPPET.test(key)),
    ],
  ],
  Job: [
    ['job-ttl-seconds-after-finished', ({ spec }) => spec.ttlSecondsAfterFinished !== undefined],
    ['restart-policy', ({ spec }) => isJobRestart(spec)],
  ],
  CronJob: [
    ['cronjob-has-deadline', ({ spec }) => spec.startingDeadlineSeconds !== undefined],
    ['job-ttl-seconds-after-finished', ({ spec }) => spec.jobTemplate.spec.ttlSecondsAfterFinished === undefined],
    ['restart-policy', ({ spec }) => isJobRestart(spec.jobTemplate.spec)],
  ],
};

const isJobRestart = ({ template }: Manifest): boolean => ['Never', 'OnFailure'].includes(template.spec.restartPolicy);
