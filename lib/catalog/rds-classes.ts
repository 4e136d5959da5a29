import type { Dated } from './dated';

/** Hardware behind an RDS instance class. */
export interface RdsClass {
  /** As RDS spells it: `db.r5.xlarge`. */
  readonly name: string;
  /** Virtual CPUs, threads included. Advanced insights are billed by them. */
  readonly vcpus: number;
  /** Nominal memory (MiB). PostgreSQL sees less: the operating system and RDS take their part first. */
  readonly memoryMib: number;
  /** On-demand Single-AZ price for PostgreSQL in us-east-1 (USD an hour); Multi-AZ is twice that. */
  readonly usdPerHour?: number;
}

/** name, vCPUs, MiB, USD an hour where one was read */
const ROWS: readonly (readonly [string, number, number, number?])[] = [
  ['db.m5.large', 2, 8192, 0.178],
  ['db.m5.xlarge', 4, 16384, 0.356],
  ['db.m5.2xlarge', 8, 32768, 0.712],
  ['db.m5.4xlarge', 16, 65536, 1.424],
  ['db.m5.8xlarge', 32, 131072, 2.848],
  ['db.m5.12xlarge', 48, 196608, 4.272],
  ['db.m5.16xlarge', 64, 262144],
  ['db.m5.24xlarge', 96, 393216, 8.544],
  ['db.m6g.large', 2, 8192, 0.159],
  ['db.m6g.xlarge', 4, 16384, 0.318],
  ['db.m6g.2xlarge', 8, 32768, 0.636],
  ['db.m6g.4xlarge', 16, 65536],
  ['db.m6g.8xlarge', 32, 131072],
  ['db.m6g.12xlarge', 48, 196608],
  ['db.m6g.16xlarge', 64, 262144],
  ['db.m6i.large', 2, 8192, 0.178],
  ['db.m6i.xlarge', 4, 16384, 0.356],
  ['db.m6i.2xlarge', 8, 32768, 0.712],
  ['db.m6i.4xlarge', 16, 65536],
  ['db.m6i.8xlarge', 32, 131072],
  ['db.m6i.12xlarge', 48, 196608],
  ['db.m6i.16xlarge', 64, 262144],
  ['db.m6i.24xlarge', 96, 393216],
  ['db.m6i.32xlarge', 128, 524288],
  ['db.m7g.large', 2, 8192, 0.168],
  ['db.m7g.xlarge', 4, 16384, 0.337],
  ['db.m7g.2xlarge', 8, 32768, 0.674],
  ['db.m7g.4xlarge', 16, 65536],
  ['db.m7g.8xlarge', 32, 131072],
  ['db.m7g.12xlarge', 48, 196608],
  ['db.m7g.16xlarge', 64, 262144],
  ['db.r5.large', 2, 16384, 0.25],
  ['db.r5.xlarge', 4, 32768, 0.5],
  ['db.r5.2xlarge', 8, 65536, 1.0],
  ['db.r5.4xlarge', 16, 131072, 2.0],
  ['db.r5.8xlarge', 32, 262144, 4.0],
  ['db.r5.12xlarge', 48, 393216, 6.0],
  ['db.r5.16xlarge', 64, 524288],
  ['db.r5.24xlarge', 96, 786432, 12.0],
  ['db.r6g.large', 2, 16384, 0.225],
  ['db.r6g.xlarge', 4, 32768, 0.45],
  ['db.r6g.2xlarge', 8, 65536, 0.899],
  ['db.r6g.4xlarge', 16, 131072],
  ['db.r6g.8xlarge', 32, 262144],
  ['db.r6g.12xlarge', 48, 393216],
  ['db.r6g.16xlarge', 64, 524288],
  ['db.r6i.large', 2, 16384, 0.25],
  ['db.r6i.xlarge', 4, 32768, 0.5],
  ['db.r6i.2xlarge', 8, 65536, 1.0],
  ['db.r6i.4xlarge', 16, 131072],
  ['db.r6i.8xlarge', 32, 262144],
  ['db.r6i.12xlarge', 48, 393216],
  ['db.r6i.16xlarge', 64, 524288],
  ['db.r6i.24xlarge', 96, 786432],
  ['db.r6i.32xlarge', 128, 1048576],
  ['db.r7g.large', 2, 16384],
  ['db.r7g.xlarge', 4, 32768],
  ['db.r7g.2xlarge', 8, 65536],
  ['db.r7g.4xlarge', 16, 131072],
  ['db.r7g.8xlarge', 32, 262144],
  ['db.r7g.12xlarge', 48, 393216],
  ['db.r7g.16xlarge', 64, 524288],
  ['db.t3.micro', 2, 1024],
  ['db.t3.small', 2, 2048],
  ['db.t3.medium', 2, 4096, 0.072],
  ['db.t3.large', 2, 8192, 0.145],
  ['db.t3.xlarge', 4, 16384, 0.29],
  ['db.t3.2xlarge', 8, 32768, 0.579],
  ['db.t4g.micro', 2, 1024, 0.016],
  ['db.t4g.small', 2, 2048, 0.032],
  ['db.t4g.medium', 2, 4096, 0.065],
  ['db.t4g.large', 2, 8192, 0.129],
  ['db.t4g.xlarge', 4, 16384, 0.258],
  ['db.t4g.2xlarge', 8, 32768],
];

/** Instance classes by name, with the memory that settings are checked against; RDS has more. */
export const RDS_CLASSES: Dated<ReadonlyMap<string, RdsClass>> = {
  asOf: '2026-08-21',
  source: 'Amazon RDS user guide, DB instance classes; AWS Price List API offer 20260821071526 (us-east-1)',
  facts: new Map(
    ROWS.map(([name, vcpus, memoryMib, usdPerHour]) => [
      name,
      { name, vcpus, memoryMib, ...(usdPerHour === undefined ? {} : { usdPerHour }) },
    ]),
  ),
};

/** The RDS class of that name, or undefined if the catalog does not know it. */
export const rdsClass = (name: string): RdsClass | undefined => RDS_CLASSES.facts.get(name);
