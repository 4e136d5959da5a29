import {
  CRITICAL,
  type HelmValues,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
  resourceValues,
} from '../../../config/helm-values';
import { VELERO } from '../../../model/recovery/velero';
import { Cpu, Memory } from '../../../units';
import type { BackupPlace, ClusterServicesPlan, VeleroPlan } from '../cluster-services-props';

/** As released on 2026-06; of the line that goes with Velero 1.18. Source: velero-io/velero-plugin-for-aws, tag v1.14.2. */
const PLUGIN = 'docker.io/velero/velero-plugin-for-aws:v1.14.2';

/** Its image names its user, and a name alone does not show the kubelet that it is not root. */
const USER = 65_532;

const room = { cpu: Cpu.millis(100), memory: Memory.mib(128), memoryLimit: Memory.mib(512) };

const location = ({ name, bucket, region }: BackupPlace, rest: HelmValues): HelmValues => ({
  name,
  provider: 'aws',
  bucket,
  config: { region },
  ...rest,
});

const locations = ({ writesTo, restoresFrom }: VeleroPlan): HelmValues[] => [
  ...(writesTo ? [location(writesTo, { default: true, accessMode: 'ReadWrite' })] : []),
  // Nothing is made, expired or deleted there; backups in it can be seen and restored.
  ...(restoresFrom ? [location(restoresFrom, { accessMode: 'ReadOnly' })] : []),
];

/**
 * One server: it works alone, and what waits for it are backups, not users. It has no keys: its role in AWS comes by its
 * service account. Volumes are none of its business, so that it takes no snapshots and has no agents on nodes. It may do
 * everything in the cluster, as whoever restores any object must.
 */
export const veleroValues = ({ velero = {}, clusterName }: ClusterServicesPlan): HelmValues => ({
  // Argo CD applies definitions itself; a Job that does so with another image would be one more thing to trust.
  upgradeCRDs: false,
  cleanUpCRDs: false,
  credentials: { useSecret: false },
  serviceAccount: { server: { create: true, name: VELERO.serviceAccount } },
  backupsEnabled: true,
  snapshotsEnabled: false,
  deployNodeAgent: false,
  configuration: {
    backupStorageLocation: locations(velero),
    ...(velero.writesTo && { defaultBackupStorageLocation: velero.writesTo.name }),
    extraEnvVars: [{ name: 'AWS_CLUSTER_NAME', value: clusterName }],
  },
  initContainers: [
    {
      name: 'velero-plugin-for-aws',
      image: PLUGIN,
      imagePullPolicy: 'IfNotPresent',
      resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(64), memoryLimit: Memory.mib(128) }),
      securityContext: RESTRICTED_CONTAINER,
      volumeMounts: [{ mountPath: '/target', name: 'plugins' }],
    },
  ],
  podSecurityContext: { ...RESTRICTED_POD, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
  containerSecurityContext: RESTRICTED_CONTAINER,
  priorityClassName: CRITICAL,
  resources: resourceValues(room),
  // A backup that is under way when its node goes is given up and made again: an hour of waiting would hold the node.
  terminationGracePeriodSeconds: 300,
  metrics: { enabled: true },
});
