import type { Construct } from 'constructs';
import type { Finding } from '../../check';
import { HorizontalPodAutoscaler, type HorizontalPodAutoscalerProps } from './horizontal-pod-autoscaler';
import { ScaledObject } from './scaled-object';
import type { ScaledObjectProps } from './scaled-object-props';

/** What KEDA has to know beside the policy, where it is no default; `{}` is enough. */
export type KedaSettings = Pick<ScaledObjectProps, 'prometheus' | 'namespace' | 'fallback'>;

/** Either of the two that move a workload by one policy. */
export type HorizontalScaler = HorizontalPodAutoscaler | ScaledObject;

/** Findings about the autoscaler that `horizontalScaler` would make of the same. */
export const inspectScaler = (
  path: string,
  props: HorizontalPodAutoscalerProps,
  keda: KedaSettings | undefined,
  version: string,
): Finding[] =>
  keda === undefined
    ? HorizontalPodAutoscaler.inspect(path, props, version)
    : ScaledObject.inspect(path, { ...props, ...keda }, version);

/** The autoscaler of a workload: a ScaledObject where KEDA owns the external metrics, else Kubernetes' own. */
export const horizontalScaler = (
  scope: Construct,
  id: string,
  props: HorizontalPodAutoscalerProps,
  keda: KedaSettings | undefined,
): HorizontalScaler =>
  keda === undefined
    ? new HorizontalPodAutoscaler(scope, id, props)
    : new ScaledObject(scope, id, { ...props, ...keda });
