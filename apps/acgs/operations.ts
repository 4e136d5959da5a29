import type { CostWatchSpec, OperationsSpec } from '../../lib/model';

/** Those on call follow the link in their first mail, or hear nothing. */
const watched = (costs: Omit<CostWatchSpec, 'subscriptions'>): OperationsSpec => ({
  subscriptions: [{ protocol: 'email', name: 'on-call', address: 'on-call@acgs.example.com' }],
  costs: { ...costs, subscriptions: [{ protocol: 'email', name: 'owners', address: 'owners@acgs.example.com' }] },
});

/** What wakes somebody: thresholds are the documents', which are the defaults. Environments of one account are told apart by region. */
export const OPERATIONS = {
  staging: watched({ counts: 'account', anomaliesFromUsd: 50 }),
  production: watched({ counts: 'region', anomaliesFromUsd: 100 }),
  'production-dr': watched({ counts: 'region' }),
} as const satisfies Record<string, OperationsSpec>;
