import type { IConstruct } from 'constructs';
import type { PodSecurityLevel } from '../cluster/platform-namespace';
import type { Labels } from '../labels';
import { targetVersion } from '../target-version';

const PREFIX = 'pod-security.kubernetes.io';

/** What holds the pods of a namespace to a level, in the rules of the targeted release, and says why if it is not the strictest. */
export function podSecurity(
  scope: IConstruct,
  level: PodSecurityLevel,
  reason?: string,
): { readonly labels: Labels; readonly annotations: Labels } {
  const modes = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    [`${PREFIX}/${mode}`, level],
    [`${PREFIX}/${mode}-version`, `v${targetVersion(scope)}`],
  ]);
  return {
    labels: Object.fromEntries(modes),
    annotations: reason === undefined ? {} : { 'headroom.dev/pod-security-reason': reason },
  };
}
