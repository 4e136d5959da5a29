import { rolloutPeakPods } from '../rollout/rollout-peak';
import { peakPods } from './footprint';
import type { ServiceSpec } from './service';

/** Pods that a service has at most: at its ceiling, while a release takes over. */
export const servicePeak = ({ scaling, rollout }: Pick<ServiceSpec, 'scaling' | 'rollout'>): number =>
  rollout === undefined ? peakPods(scaling.max) : rolloutPeakPods(scaling.max, rollout);
