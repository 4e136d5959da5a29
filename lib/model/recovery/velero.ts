/** Namespace and service account of Velero, which keeps copies of what the cluster knows; as its chart names them. */
export const VELERO = { namespace: 'velero', serviceAccount: 'velero-server' } as const;
