import type { IConstruct } from 'constructs';
import type { Labels } from '../labels';
import { targetVersion } from '../target-version';

/** Pod Security levels of Kubernetes, the strictest first. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

const PREFIX = 'pod-security.kubernetes.io';

/**
 * What holds the pods of a namespace to a level, in the rules of the targeted release, and says why if it is not the strictest.
 *
 * @param reason Kept as an annotation; an empty one is none.
 */
export function podSecurity(
  scope: IConstruct,
  level: PodSecurityLevel,
  reason = '',
): { readonly labels: Labels; readonly annotations: Labels } {
  const modes = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    [`${PREFIX}/${mode}`, level],
    [`${PREFIX}/${mode}-version`, `v${targetVersion(scope)}`],
  ]);
  return {
    labels: Object.fromEntries(modes),
    annotations: reason === '' ? {} : { 'headroom.dev/pod-security-reason': reason },
  };
}
