import type { IConstruct } from 'constructs';
import { DEFAULT_KUBERNETES_VERSION, hasFeature, type KubernetesFeature } from '../catalog';

const CONTEXT = 'cdk-headroom:kubernetes-version';

/** Declares which Kubernetes minor (`1.35`) everything below `scope` is for. Before it has children. */
export const setTargetVersion = (scope: IConstruct, version: string): void => scope.node.setContext(CONTEXT, version);

/** The Kubernetes minor that `scope` is for. @default - the newest that the usual linters know */
export function targetVersion(scope: IConstruct): string {
  const declared: unknown = scope.node.tryGetContext(CONTEXT);
  return typeof declared === 'string' ? declared : DEFAULT_KUBERNETES_VERSION;
}

/** Whether the cluster that `scope` is for knows a field or behaviour. */
export const targetHas = (scope: IConstruct, feature: KubernetesFeature): boolean =>
  hasFeature(targetVersion(scope), feature);
