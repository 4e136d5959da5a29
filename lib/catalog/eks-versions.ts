import type { Dated } from './dated';
import type { SupportPeriod } from './support';

/** Kubernetes minors on EKS: 14 months of standard support, then 12 months of extended support at six times the price. */
export const EKS_VERSIONS: Dated<ReadonlyMap<string, SupportPeriod>> = {
  asOf: '2026-08-22',
  source: 'docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html; endoflife.date/amazon-eks',
  facts: new Map([
    ['1.28', { released: '2023-09-26', standardUntil: '2024-11-26', extendedUntil: '2025-11-26' }],
    ['1.29', { released: '2024-01-23', standardUntil: '2025-03-23', extendedUntil: '2026-03-23' }],
    ['1.30', { released: '2024-05-23', standardUntil: '2025-07-23', extendedUntil: '2026-07-23' }],
    ['1.31', { released: '2024-09-26', standardUntil: '2025-11-26', extendedUntil: '2026-11-26' }],
    ['1.32', { released: '2025-01-25', standardUntil: '2026-03-23', extendedUntil: '2027-03-23' }],
    ['1.33', { released: '2025-05-28', standardUntil: '2026-07-29', extendedUntil: '2027-07-29' }],
    ['1.34', { released: '2025-10-06', standardUntil: '2026-12-02', extendedUntil: '2027-12-02' }],
    ['1.35', { released: '2026-01-28', standardUntil: '2027-03-27', extendedUntil: '2028-03-27' }],
    ['1.36', { released: '2026-06-02', standardUntil: '2027-08-02', extendedUntil: '2028-08-02' }],
  ]),
};

/** What the constructs use unless told otherwise: in standard support, and known to the usual linters. */
export const DEFAULT_KUBERNETES_VERSION = '1.35';
