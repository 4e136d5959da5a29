import type { Dated } from './dated';

/** Processor architecture, spelled as container images and the label `kubernetes.io/arch` do. */
export type Architecture = 'amd64' | 'arm64';

/** What a capacity plan needs to know about an EC2 instance type. */
export interface InstanceType {
  /** As EC2 spells it: `m5.xlarge`. */
  readonly name: string;
  /** Decides the machine image, and which container images run. */
  readonly architecture: Architecture;
  /** Virtual CPUs, threads included. */
  readonly vcpus: number;
  /** Nominal memory (MiB). What the kernel sees is less: see `allocatable`. */
  readonly memoryMib: number;
  /** Network interfaces on the default network card. */
  readonly networkInterfaces: number;
  /** IPv4 addresses of each network interface, its own included. */
  readonly ipv4PerInterface: number;
  /** Baseline network bandwidth, without bursts (Mbit/s). */
  readonly baselineMbps: number;
  /** On-demand Linux price in us-east-1 (USD an hour). us-west-2 was equal wherever both were read. */
  readonly usdPerHour: number;
}

type Row = readonly [string, Architecture, number, number, number, number, number, number];

/** name, architecture, vCPUs, GiB, interfaces, IPv4 an interface, baseline Mbit/s, USD an hour */
const ROWS: readonly Row[] = [
  ['t3.medium', 'amd64', 2, 4, 3, 6, 256, 0.0416],
  ['t3.large', 'amd64', 2, 8, 3, 12, 512, 0.0832],
  ['t3.xlarge', 'amd64', 4, 16, 4, 15, 1024, 0.1664],
  ['t3.2xlarge', 'amd64', 8, 32, 4, 15, 2048, 0.3328],
  ['t3a.medium', 'amd64', 2, 4, 3, 6, 256, 0.0376],
  ['t3a.large', 'amd64', 2, 8, 3, 12, 512, 0.0752],
  ['t4g.medium', 'arm64', 2, 4, 3, 6, 256, 0.0336],
  ['t4g.large', 'arm64', 2, 8, 3, 12, 512, 0.0672],
  ['t4g.xlarge', 'arm64', 4, 16, 4, 15, 1024, 0.1344],
  ['m5.large', 'amd64', 2, 8, 3, 10, 750, 0.096],
  ['m5.xlarge', 'amd64', 4, 16, 4, 15, 1250, 0.192],
  ['m5.2xlarge', 'amd64', 8, 32, 4, 15, 2500, 0.384],
  ['m5.4xlarge', 'amd64', 16, 64, 8, 30, 5000, 0.768],
  ['m6i.large', 'amd64', 2, 8, 3, 10, 781, 0.096],
  ['m6i.xlarge', 'amd64', 4, 16, 4, 15, 1562, 0.192],
  ['m6i.2xlarge', 'amd64', 8, 32, 4, 15, 3125, 0.384],
  ['m6i.4xlarge', 'amd64', 16, 64, 8, 30, 6250, 0.768],
  ['m6a.large', 'amd64', 2, 8, 3, 10, 781, 0.0864],
  ['m6a.xlarge', 'amd64', 4, 16, 4, 15, 1562, 0.1728],
  ['m6a.2xlarge', 'amd64', 8, 32, 4, 15, 3125, 0.3456],
  ['m6a.4xlarge', 'amd64', 16, 64, 8, 30, 6250, 0.6912],
  ['m6g.large', 'arm64', 2, 8, 3, 10, 750, 0.077],
  ['m6g.xlarge', 'arm64', 4, 16, 4, 15, 1250, 0.154],
  ['m6g.2xlarge', 'arm64', 8, 32, 4, 15, 2500, 0.308],
  ['m6g.4xlarge', 'arm64', 16, 64, 8, 30, 5000, 0.616],
  ['m7i.large', 'amd64', 2, 8, 3, 10, 781, 0.1008],
  ['m7i.xlarge', 'amd64', 4, 16, 4, 15, 1562, 0.2016],
  ['m7i.2xlarge', 'amd64', 8, 32, 4, 15, 3125, 0.4032],
  ['m7i.4xlarge', 'amd64', 16, 64, 8, 30, 6250, 0.8064],
  ['m7g.large', 'arm64', 2, 8, 3, 10, 937, 0.0816],
  ['m7g.xlarge', 'arm64', 4, 16, 4, 15, 1876, 0.1632],
  ['m7g.2xlarge', 'arm64', 8, 32, 4, 15, 3750, 0.3264],
  ['m7g.4xlarge', 'arm64', 16, 64, 8, 30, 7500, 0.6528],
  ['m7a.large', 'amd64', 2, 8, 3, 10, 781, 0.11592],
  ['m7a.xlarge', 'amd64', 4, 16, 4, 15, 1562, 0.23184],
  ['m7a.2xlarge', 'amd64', 8, 32, 4, 15, 3125, 0.46368],
  ['m7a.4xlarge', 'amd64', 16, 64, 8, 30, 6250, 0.92736],
  ['m8g.large', 'arm64', 2, 8, 3, 10, 937, 0.08976],
  ['m8g.xlarge', 'arm64', 4, 16, 4, 15, 1875, 0.17952],
  ['m8g.2xlarge', 'arm64', 8, 32, 4, 15, 3750, 0.35904],
  ['m8g.4xlarge', 'arm64', 16, 64, 8, 30, 7500, 0.71808],
  ['c5.large', 'amd64', 2, 4, 3, 10, 750, 0.085],
  ['c5.xlarge', 'amd64', 4, 8, 4, 15, 1250, 0.17],
  ['c5.2xlarge', 'amd64', 8, 16, 4, 15, 2500, 0.34],
  ['c5.4xlarge', 'amd64', 16, 32, 8, 30, 5000, 0.68],
  ['c6i.large', 'amd64', 2, 4, 3, 10, 781, 0.085],
  ['c6i.xlarge', 'amd64', 4, 8, 4, 15, 1562, 0.17],
  ['c6i.2xlarge', 'amd64', 8, 16, 4, 15, 3125, 0.34],
  ['c6i.4xlarge', 'amd64', 16, 32, 8, 30, 6250, 0.68],
  ['c6a.large', 'amd64', 2, 4, 3, 10, 781, 0.0765],
  ['c6a.xlarge', 'amd64', 4, 8, 4, 15, 1562, 0.153],
  ['c6a.2xlarge', 'amd64', 8, 16, 4, 15, 3125, 0.306],
  ['c6a.4xlarge', 'amd64', 16, 32, 8, 30, 6250, 0.612],
  ['c6g.large', 'arm64', 2, 4, 3, 10, 750, 0.068],
  ['c6g.xlarge', 'arm64', 4, 8, 4, 15, 1250, 0.136],
  ['c6g.2xlarge', 'arm64', 8, 16, 4, 15, 2500, 0.272],
  ['c6g.4xlarge', 'arm64', 16, 32, 8, 30, 5000, 0.544],
  ['c7i.large', 'amd64', 2, 4, 3, 10, 781, 0.08925],
  ['c7i.xlarge', 'amd64', 4, 8, 4, 15, 1562, 0.1785],
  ['c7i.2xlarge', 'amd64', 8, 16, 4, 15, 3125, 0.357],
  ['c7i.4xlarge', 'amd64', 16, 32, 8, 30, 6250, 0.714],
  ['c7g.large', 'arm64', 2, 4, 3, 10, 937, 0.0725],
  ['c7g.xlarge', 'arm64', 4, 8, 4, 15, 1876, 0.145],
  ['c7g.2xlarge', 'arm64', 8, 16, 4, 15, 3750, 0.29],
  ['c7g.4xlarge', 'arm64', 16, 32, 8, 30, 7500, 0.58],
  ['r5.large', 'amd64', 2, 16, 3, 10, 750, 0.126],
  ['r5.xlarge', 'amd64', 4, 32, 4, 15, 1250, 0.252],
  ['r5.2xlarge', 'amd64', 8, 64, 4, 15, 2500, 0.504],
  ['r5.4xlarge', 'amd64', 16, 128, 8, 30, 5000, 1.008],
  ['r6i.large', 'amd64', 2, 16, 3, 10, 781, 0.126],
  ['r6i.xlarge', 'amd64', 4, 32, 4, 15, 1562, 0.252],
  ['r6i.2xlarge', 'amd64', 8, 64, 4, 15, 3125, 0.504],
  ['r6i.4xlarge', 'amd64', 16, 128, 8, 30, 6250, 1.008],
  ['r6g.large', 'arm64', 2, 16, 3, 10, 750, 0.1008],
  ['r6g.xlarge', 'arm64', 4, 32, 4, 15, 1250, 0.2016],
  ['r6g.2xlarge', 'arm64', 8, 64, 4, 15, 2500, 0.4032],
  ['r6g.4xlarge', 'arm64', 16, 128, 8, 30, 5000, 0.8064],
  ['r6a.large', 'amd64', 2, 16, 3, 10, 781, 0.1134],
  ['r6a.xlarge', 'amd64', 4, 32, 4, 15, 1562, 0.2268],
  ['r6a.2xlarge', 'amd64', 8, 64, 4, 15, 3125, 0.4536],
  ['r6a.4xlarge', 'amd64', 16, 128, 8, 30, 6250, 0.9072],
  ['r7i.large', 'amd64', 2, 16, 3, 10, 781, 0.1323],
  ['r7i.xlarge', 'amd64', 4, 32, 4, 15, 1562, 0.2646],
  ['r7i.2xlarge', 'amd64', 8, 64, 4, 15, 3125, 0.5292],
  ['r7i.4xlarge', 'amd64', 16, 128, 8, 30, 6250, 1.0584],
  ['r7g.large', 'arm64', 2, 16, 3, 10, 937, 0.1071],
  ['r7g.xlarge', 'arm64', 4, 32, 4, 15, 1876, 0.2142],
  ['r7g.2xlarge', 'arm64', 8, 64, 4, 15, 3750, 0.4284],
  ['r7g.4xlarge', 'arm64', 16, 128, 8, 30, 7500, 0.8568],
];

/** Types by name: those that a platform may declare, not all that EC2 has. */
export const INSTANCE_TYPES: Dated<ReadonlyMap<string, InstanceType>> = {
  asOf: '2026-08-21',
  source:
    'aws/karpenter-provider-aws: zz_generated.vpclimits.go (2026-08-06), zz_generated.bandwidth.go, ' +
    'zz_generated.pricing_aws.go (2026-07-20), reference/instance-types.md (2026-08-21)',
  facts: new Map(
    ROWS.map(([name, architecture, vcpus, gib, networkInterfaces, ipv4PerInterface, baselineMbps, usdPerHour]) => [
      name,
      {
        name,
        architecture,
        vcpus,
        memoryMib: gib * 1024,
        networkInterfaces,
        ipv4PerInterface,
        baselineMbps,
        usdPerHour,
      },
    ]),
  ),
};

/** The instance type of that name, or undefined if the catalog does not know it. */
export const instanceType = (name: string): InstanceType | undefined => INSTANCE_TYPES.facts.get(name);
