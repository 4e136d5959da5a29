import type { Dated } from './dated';
import { instanceType } from './instance-types';

/** How many volumes EBS attaches to an instance. */
export interface VolumeLimits {
  /** Families with a limit of their own, which interfaces and instance stores do not share. */
  readonly dedicated: readonly string[];
  /** That limit by size; sizes that are not here have the first. */
  readonly bySize: ReadonlyMap<string, number>;
  readonly smallest: number;
  /** What all other types of Nitro share among volumes, network interfaces and instance stores. */
  readonly shared: number;
}

export const VOLUME_LIMITS: Dated<VolumeLimits> = {
  asOf: '2026-11-21',
  source:
    'EBS user guide, "Amazon EBS volume limits for Amazon EC2 instances"; kubernetes-sigs/aws-ebs-csi-driver 2026-08-19, pkg/cloud/limits/volume_limits_table.go',
  facts: {
    dedicated: [
      ...['m7a', 'm7i', 'm7i-flex', 'm8g', 'c7a', 'c7i', 'c7i-flex', 'c8g', 'r7a', 'r7i', 'r7iz', 'r8g', 'x8g'],
      ...['i7ie', 'i8g', 'g6', 'g6e', 'gr6'],
    ],
    bySize: new Map([
      ['16xlarge', 48],
      ['24xlarge', 64],
      ['32xlarge', 88],
      ['48xlarge', 128],
    ]),
    smallest: 32,
    shared: 28,
  },
};

/** The root volume of a node takes one. */
const ROOT = 1;

/**
 * Volumes of pods that a node of a type takes at least: with all network interfaces attached that it can have. Undefined for
 * a type that is not in the catalog.
 */
export function podVolumesOf(type: string): number | undefined {
  const known = instanceType(type);
  if (known === undefined) return undefined;
  const { dedicated, bySize, smallest, shared } = VOLUME_LIMITS.facts;
  const [family = '', size = ''] = type.split('.');
  return dedicated.includes(family) ? (bySize.get(size) ?? smallest) - ROOT : shared - known.networkInterfaces - ROOT;
}
