export { hardenedContainer, hardenedPod, UNPRIVILEGED_ID } from './hardening';
export { type Labels, NAMESPACE_LABEL, selectorLabels, standardLabels } from './labels';
export { setTargetVersion, targetHas, targetVersion } from './target-version';
