import type { Dated } from '../../catalog';

/** Security policies of an Application Load Balancer with nothing below TLS 1.2 and forward secrecy throughout. */
export type LoadBalancerTlsPolicy =
  | 'ELBSecurityPolicy-TLS13-1-3-2021-06'
  | 'ELBSecurityPolicy-TLS13-1-2-2021-06'
  | 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06'
  | 'ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04'
  | 'ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04'
  | 'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04'
  | 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09'
  | 'ELBSecurityPolicy-TLS13-1-2-PQ-2025-09'
  | 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';

/**
 * Oldest protocol of each policy, by name; the name ends with the month of its issue. `Res` leaves out CBC ciphers, `PQ`
 * adds a key exchange that a quantum computer does not break for clients that have one, `FIPS` uses a validated module.
 */
export const LOAD_BALANCER_TLS_POLICIES: Dated<ReadonlyMap<LoadBalancerTlsPolicy, '1.2' | '1.3'>> = {
  asOf: '2026-11-21',
  source: 'Elastic Load Balancing user guide, "Security policies for your Application Load Balancer"',
  facts: new Map([
    ['ELBSecurityPolicy-TLS13-1-3-2021-06', '1.3'],
    ['ELBSecurityPolicy-TLS13-1-2-2021-06', '1.2'],
    ['ELBSecurityPolicy-TLS13-1-2-Res-2021-06', '1.2'],
    ['ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04', '1.3'],
    ['ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04', '1.2'],
    ['ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04', '1.2'],
    ['ELBSecurityPolicy-TLS13-1-3-PQ-2025-09', '1.3'],
    ['ELBSecurityPolicy-TLS13-1-2-PQ-2025-09', '1.2'],
    ['ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', '1.2'],
  ]),
};

/** Security policies of CloudFront with nothing below TLS 1.2. */
export type CloudFrontTlsPolicy = 'TLSv1.2_2021' | 'TLSv1.2_2025' | 'TLSv1.3_2025';

/** Oldest protocol of each policy; the name ends with the year of its issue. */
export const CLOUDFRONT_TLS_POLICIES: Dated<ReadonlyMap<CloudFrontTlsPolicy, '1.2' | '1.3'>> = {
  asOf: '2026-11-21',
  source: 'CloudFront developer guide, "Supported protocols and ciphers between viewers and CloudFront"',
  facts: new Map([
    ['TLSv1.2_2021', '1.2'],
    ['TLSv1.2_2025', '1.2'],
    ['TLSv1.3_2025', '1.3'],
  ]),
};
