import type { Labels } from '../labels';

/** What we emit of Chaos Mesh's kinds. Source: chaos-mesh/chaos-mesh v2.8.3, api/v1alpha1: selector.go, {pod,network}chaos_types.go. */
export interface PodSelection {
  readonly mode: 'one' | 'fixed-percent' | 'all';
  /** Whole percent as text, of `fixed-percent`. */
  readonly value?: string;
  readonly selector: { readonly namespaces: readonly string[]; readonly labelSelectors: Labels };
}

interface PodKill extends PodSelection {
  readonly action: 'pod-kill';
  /** Seconds; 0 deletes at once, as a lost node would. */
  readonly gracePeriod: number;
}

interface NetworkFault extends PodSelection {
  readonly target: PodSelection;
  readonly duration: string;
}

interface Delay extends NetworkFault {
  readonly action: 'delay';
  readonly direction: 'to';
  readonly delay: { readonly latency: string; readonly jitter?: string };
}

interface Partition extends NetworkFault {
  readonly action: 'partition';
  readonly direction: 'both';
}

/** The part of a Schedule that says what is done. */
export type FaultSpec =
  | { readonly type: 'PodChaos'; readonly podChaos: PodKill }
  | { readonly type: 'NetworkChaos'; readonly networkChaos: Delay | Partition };
