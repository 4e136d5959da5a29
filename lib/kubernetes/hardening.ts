import type { PodSecurityContext, SecurityContext } from './k8s';

/** User and group of our containers: above 10000, so that no user of a node is meant. */
export const UNPRIVILEGED_ID = 10_001;

/** A pod that satisfies the `restricted` Pod Security level. */
export const hardenedPod = (id: number = UNPRIVILEGED_ID): PodSecurityContext => ({
  runAsNonRoot: true,
  runAsUser: id,
  runAsGroup: id,
  fsGroup: id,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
});

/** A container that satisfies the `restricted` Pod Security level and cannot write to its image. */
export const hardenedContainer = (id: number = UNPRIVILEGED_ID): SecurityContext => ({
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: id,
  runAsGroup: id,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
});
