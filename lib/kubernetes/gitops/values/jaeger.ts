import { type HelmValues, RESTRICTED_CONTAINER, resourceValues, spreadValues } from '../../../config/helm-values';
import { jaegerConfig } from '../../../config/traces/jaeger-config';
import { copiesOf, LOG_STORE, TRACE_STORE } from '../../../model';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/** User of the program in its images. */
const USER = 10_001;

const POD = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  seccompProfile: { type: 'RuntimeDefault' },
};

const AUTHORITY = '/etc/log-store';
const PASSWORD = '/etc/log-store-user';
const URL = `https://${LOG_STORE.host}:${LOG_STORE.port}`;

/** Labels by which the chart finds its pods. */
const SELECTOR = {
  'app.kubernetes.io/name': 'jaeger',
  'app.kubernetes.io/instance': 'jaeger',
  'app.kubernetes.io/component': 'all-in-one',
};

/** The chart has no budget of its own. */
const budget = (name: string): HelmValues => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: TRACE_STORE.namespace },
  spec: { maxUnavailable: 1, selector: { matchLabels: SELECTOR } },
});

/**
 * Jaeger 2: takes spans, keeps them in Elasticsearch and shows them. It keeps whatever it is sent: the share is decided where
 * requests come in, once, as deciding it here again would leave a share of that share. A job takes the indices of days
 * beyond the last declared one away.
 */
export function jaegerValues({ observability, replicas }: ClusterServicesPlan): HelmValues {
  const { logs, traces } = observability?.plan ?? {};
  if (observability === undefined || logs === undefined || traces === undefined) return {};
  const { userSecrets, authoritySecrets } = observability;
  return {
    fullnameOverride: TRACE_STORE.name,
    userconfig: jaegerConfig({
      url: URL,
      user: 'jaeger',
      passwordFile: `${PASSWORD}/password`,
      authorityFile: `${AUTHORITY}/ca.crt`,
      copies: copiesOf(logs) - 1,
      retention: traces.retention,
      otlpPort: TRACE_STORE.port,
    }),
    jaeger: {
      replicas,
      strategy: { type: 'RollingUpdate' },
      serviceAccount: { automountServiceAccountToken: false },
      podSecurityContext: POD,
      securityContext: RESTRICTED_CONTAINER,
      resources: resourceValues({ cpu: Cpu.millis(100), memory: Memory.mib(256), memoryLimit: Memory.gib(1) }),
      topologySpreadConstraints: spreadValues(SELECTOR),
      extraVolumes: [
        {
          name: 'authority',
          secret: { secretName: authoritySecrets.traces, items: [{ key: 'ca.crt', path: 'ca.crt' }] },
        },
        { name: 'user', secret: { secretName: userSecrets.traces, items: [{ key: 'password', path: 'password' }] } },
      ],
      extraVolumeMounts: [
        { name: 'authority', mountPath: AUTHORITY, readOnly: true },
        { name: 'user', mountPath: PASSWORD, readOnly: true },
      ],
    },
    storage: { type: 'elasticsearch', elasticsearch: { url: URL, user: 'jaeger' } },
    esIndexCleaner: {
      enabled: true,
      numberOfDays: traces.retention.toDays(),
      cmdlineParams: { 'es.tls.enabled': 'true', 'es.tls.ca': `${AUTHORITY}/ca.crt` },
      extraEnv: [{ name: 'ES_PASSWORD', valueFrom: { secretKeyRef: { name: userSecrets.traces, key: 'password' } } }],
      extraSecretMounts: [
        {
          name: 'authority',
          secretName: authoritySecrets.traces,
          mountPath: `${AUTHORITY}/ca.crt`,
          subPath: 'ca.crt',
          readOnly: true,
        },
      ],
      podSecurityContext: POD,
      securityContext: RESTRICTED_CONTAINER,
      resources: resourceValues({ cpu: Cpu.millis(25), memory: Memory.mib(64), memoryLimit: Memory.mib(128) }),
    },
    ...(replicas > 1 && { extraObjects: [budget(TRACE_STORE.name)] }),
  };
}
