import { type HelmValues, NODE_CRITICAL, resourceValues } from '../../../config/helm-values';
import { FLUENT_BIT_STATE, fluentBitConfig } from '../../../config/logs/fluent-bit-conf';
import { LOG_STORE, LOG_STREAM } from '../../../model';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/** Where it finds the authority that vouches for Elasticsearch. */
const AUTHORITY = '/etc/log-store';
const PASSWORD = 'LOG_STORE_PASSWORD';

/** What it keeps on a node: how far it has read, and what it could not send yet. */
const STATE_LIMIT = Memory.mib(512);

const hostFolder = (name: string, path: string, type: string): HelmValues => ({ name, hostPath: { path, type } });

/**
 * Reads what pods write on every node, spot and tainted ones too, and sends it to Elasticsearch. It runs as root, because the
 * files are root's, and without any of root's powers: it reads them, and writes to a folder of its own alone, where it waits
 * with what Elasticsearch does not take.
 */
export function fluentBitValues({ observability, clusterName }: ClusterServicesPlan): HelmValues {
  if (observability?.plan.logs === undefined) return {};
  const { userSecrets, authoritySecrets } = observability;
  const { service, inputs, filters, outputs } = fluentBitConfig({
    host: LOG_STORE.host,
    port: LOG_STORE.port,
    user: 'log-agent',
    passwordVariable: PASSWORD,
    authorityFile: `${AUTHORITY}/ca.crt`,
    index: LOG_STREAM,
    cluster: clusterName,
    waiting: STATE_LIMIT,
  });
  return {
    kind: 'DaemonSet',
    testFramework: { enabled: false },
    rbac: { create: true, nodeAccess: false, eventsAccess: false },
    priorityClassName: NODE_CRITICAL,
    tolerations: [{ operator: 'Exists' }],
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
    podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    securityContext: {
      runAsUser: 0,
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    serviceMonitor: { enabled: true },
    env: [
      { name: PASSWORD, valueFrom: { secretKeyRef: { name: userSecrets.agent, key: 'password' } } },
      { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ],
    config: { service, inputs, filters, outputs, customParsers: '' },
    daemonSetVolumes: [
      hostFolder('logs', '/var/log', 'Directory'),
      hostFolder('state', FLUENT_BIT_STATE, 'DirectoryOrCreate'),
    ],
    daemonSetVolumeMounts: [
      { name: 'logs', mountPath: '/var/log', readOnly: true },
      { name: 'state', mountPath: FLUENT_BIT_STATE },
    ],
    extraVolumes: [
      {
        name: 'log-store',
        secret: { secretName: authoritySecrets.agent, items: [{ key: 'ca.crt', path: 'ca.crt' }] },
      },
    ],
    extraVolumeMounts: [{ name: 'log-store', mountPath: AUTHORITY, readOnly: true }],
    resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(256) }),
  };
}
