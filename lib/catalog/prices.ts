import type { Dated } from './dated';

/** What one unit of something costs. Instances, RDS classes and cache nodes have their prices in their own catalogs. */
export interface UnitPrice {
  /** List price of a unit (USD), without discounts, credits and taxes. */
  readonly usd: number;
  /** What is counted: `hour`, `GB`, `GB-month`, `month`, `million`. */
  readonly unit: PriceUnit;
  /** Where and when it was read. */
  readonly source: string;
}

/** What prices are counted in. AWS says GB and means 2^30 bytes. */
export type PriceUnit = 'hour' | 'GB' | 'GB-month' | 'month' | 'million';

/** Everything that has a price here. */
export type PriceName =
  | 'eks-control-plane'
  | 'eks-control-plane-extended'
  | 'nat-gateway'
  | 'nat-gateway-data'
  | 'public-ipv4'
  | 'interface-endpoint'
  | 'interface-endpoint-data'
  | 'load-balancer'
  | 'load-balancer-capacity-unit'
  | 'gp3-storage'
  | 'rds-storage'
  | 'rds-backup'
  | 'cross-zone-data'
  | 'internet-data'
  | 'kms-key'
  | 'secret'
  | 'log-ingestion'
  | 'web-acl'
  | 'web-acl-rule'
  | 'web-acl-requests';

const INFRACOST = 'infracost, golden files of its tests';

/** Hours in a month, as AWS' own calculator counts them. */
export const HOURS_PER_MONTH = 730;

/**
 * List prices of us-east-1. Those of us-west-2 were equal wherever both were read; other regions are dearer by up to a
 * fifth, which nobody has looked up here.
 */
export const PRICES: Dated<Readonly<Record<PriceName, UnitPrice>>> = {
  asOf: '2026-08-21',
  source: 'see each price; on-demand list prices of us-east-1',
  facts: {
    'eks-control-plane': { usd: 0.1, unit: 'hour', source: `${INFRACOST}, eks_cluster (2025-07)` },
    // The whole price, not a surcharge.
    'eks-control-plane-extended': { usd: 0.6, unit: 'hour', source: `${INFRACOST}, eks_cluster (2025-07)` },
    'nat-gateway': { usd: 0.045, unit: 'hour', source: `${INFRACOST} (2024-07); vpc/pricing (2026-09-20)` },
    'nat-gateway-data': { usd: 0.045, unit: 'GB', source: `${INFRACOST} (2024-07); vpc/pricing (2026-09-20)` },
    'public-ipv4': { usd: 0.005, unit: 'hour', source: 'LeanerCloud/aws-ipv4-cost-viewer' },
    'interface-endpoint': { usd: 0.01, unit: 'hour', source: 'quoted alike by several cost tools, not read at AWS' },
    'interface-endpoint-data': { usd: 0.01, unit: 'GB', source: 'quoted alike by several cost tools, not read at AWS' },
    'load-balancer': { usd: 0.0225, unit: 'hour', source: `${INFRACOST}, lb (2024-07)` },
    'load-balancer-capacity-unit': { usd: 0.008, unit: 'hour', source: `${INFRACOST}, lb (2024-07)` },
    'gp3-storage': { usd: 0.08, unit: 'GB-month', source: `${INFRACOST}, ebs_volume` },
    'rds-storage': { usd: 0.115, unit: 'GB-month', source: `${INFRACOST}, db_instance (2026-05)` },
    // Beyond the size of the instance's own storage, which is free; every byte of a copy in another region.
    'rds-backup': { usd: 0.095, unit: 'GB-month', source: `${INFRACOST}, db_instance (2026-05)` },
    // In each direction: a byte between zones is paid for twice.
    'cross-zone-data': { usd: 0.01, unit: 'GB', source: `${INFRACOST}, data_transfer (2024-09)` },
    // The first 10 TB; 100 GB a month are free.
    'internet-data': { usd: 0.09, unit: 'GB', source: `${INFRACOST}, data_transfer (2024-09)` },
    'kms-key': { usd: 1, unit: 'month', source: INFRACOST },
    secret: { usd: 0.4, unit: 'month', source: INFRACOST },
    'log-ingestion': { usd: 0.5, unit: 'GB', source: INFRACOST },
    'web-acl': { usd: 5, unit: 'month', source: `${INFRACOST}, wafv2_web_acl` },
    // Groups of rules count as one, those of AWS too.
    'web-acl-rule': { usd: 1, unit: 'month', source: `${INFRACOST}, wafv2_web_acl` },
    'web-acl-requests': { usd: 0.6, unit: 'million', source: `${INFRACOST}, wafv2_web_acl` },
  },
};

/** The price of that name. */
export const unitPrice = (name: PriceName): UnitPrice => PRICES.facts[name];

/** Regions whose list prices are those above. */
export const PRICED_REGIONS: readonly string[] = ['us-east-1', 'us-west-2'];

/** How much less a spot node costs than the same on demand (percent). It changes by the hour, type and zone. */
export interface SpotSaving {
  /** In the worst hour (0-100). */
  readonly least: number;
  /** What to plan with (least-most). */
  readonly expected: number;
  /** In the best hour (expected-100). */
  readonly most: number;
}

/** What to plan spot nodes with. The least is none: a shortage is filled on demand, or at almost that price. */
export const SPOT_SAVING: Dated<SpotSaving> = {
  asOf: '2025-06-28',
  source: 'Spot Advisor of us-west-2 in alexei-led/spotinfo: 54-70 % for the types of the catalog',
  facts: { least: 0, expected: 60, most: 70 },
};
