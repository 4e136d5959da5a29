import type { Dated } from './dated';

/** Hardware behind an ElastiCache node. */
export interface CacheNode {
  /** As ElastiCache spells it: `cache.r7g.large`. */
  readonly name: string;
  /** Virtual CPUs. The engine runs commands on one thread, and reads and writes sockets on others. */
  readonly vcpus: number;
  /** `maxmemory` of a node before `reserved-memory-percent` is taken off (bytes). */
  readonly maxmemoryBytes: number;
  /** Whether its processor is throttled to a baseline once its credits are spent. */
  readonly burstable: boolean;
  /** On-demand price for Redis OSS in us-east-1 (USD an hour); Valkey is said to cost a fifth less. */
  readonly usdPerHour?: number;
  /**
   * Set where the memory was not read to the byte: sources give the same rounded GiB as for the generation before, whose
   * bytes stand here.
   */
  readonly roundedMemory?: true;
}

/** Bytes of each size; generations 5, 6 and 7 of a family share them. */
const M_BYTES = {
  large: 6_854_542_746,
  xlarge: 13_891_921_715,
  '2xlarge': 27_966_669_210,
  '4xlarge': 56_116_178_125,
  '8xlarge': 111_325_552_312,
  '12xlarge': 168_715_971_994,
  '16xlarge': 225_000_375_228,
  '24xlarge': 337_500_562_842,
} as const;

const R_BYTES = {
  large: 14_037_181_030,
  xlarge: 28_261_849_702,
  '2xlarge': 56_711_183_565,
  '4xlarge': 113_609_865_216,
  '8xlarge': 225_000_375_228,
  '12xlarge': 341_206_346_547,
  '16xlarge': 450_000_750_456,
  '24xlarge': 682_485_973_811,
} as const;

type Size = keyof typeof M_BYTES;

const VCPUS: Readonly<Record<Size, number>> = {
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
  '8xlarge': 32,
  '12xlarge': 48,
  '16xlarge': 64,
  '24xlarge': 96,
};

const INTEL: readonly Size[] = ['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '24xlarge'];
const GRAVITON: readonly Size[] = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];

const USD: Readonly<Record<string, number>> = {
  'cache.t3.micro': 0.017,
  'cache.t3.small': 0.034,
  'cache.t3.medium': 0.068,
  'cache.r6g.large': 0.206,
  'cache.r6g.xlarge': 0.411,
};

function node(name: string, vcpus: number, maxmemoryBytes: number, burstable: boolean, rounded = false): CacheNode {
  const usdPerHour = USD[name];
  return {
    name,
    vcpus,
    maxmemoryBytes,
    burstable,
    ...(usdPerHour === undefined ? {} : { usdPerHour }),
    ...(rounded && { roundedMemory: true as const }),
  };
}

const family = (name: string, sizes: readonly Size[], bytes: Readonly<Record<Size, number>>): CacheNode[] =>
  sizes.map((size) => node(`cache.${name}.${size}`, VCPUS[size], bytes[size], false, name.includes('7')));

const burstable = (name: string): CacheNode[] => [
  node(`cache.${name}.micro`, 2, 536_870_912, true),
  node(`cache.${name}.small`, 2, 1_471_026_299, true),
  node(`cache.${name}.medium`, 2, 3_317_862_236, true),
];

/** Node types by name, with the memory that a declaration is judged by; ElastiCache has more. */
export const CACHE_NODES: Dated<ReadonlyMap<string, CacheNode>> = {
  asOf: '2023-06-15',
  source:
    'awsdocs/amazon-elasticache-docs@7ed0a8a: redis/ParameterGroups.Redis.md (node-type specific parameters) and ' +
    'redis/CacheNodes.SupportedTypes.md; prices: AWS Price List API offer 20260821 (us-east-1)',
  facts: new Map(
    [
      ...burstable('t3'),
      ...burstable('t4g'),
      ...family('m5', INTEL, M_BYTES),
      ...family('m6g', GRAVITON, M_BYTES),
      ...family('m7g', GRAVITON, M_BYTES),
      ...family('r5', INTEL, R_BYTES),
      ...family('r6g', GRAVITON, R_BYTES),
      ...family('r7g', GRAVITON, R_BYTES),
    ].map((fact) => [fact.name, fact]),
  ),
};

/** The node type of that name, or undefined if the catalog does not know it. */
export const cacheNode = (name: string): CacheNode | undefined => CACHE_NODES.facts.get(name);
