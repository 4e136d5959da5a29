import type { CostWatchSpec, OperationsSpec } from '../../lib/model';
import { Percent } from '../../lib/units';

/** Stores ring where the documents have metrics ring: CPU above 85 %, memory above 90 %, 800 of 1000 connections. */
const watched = (costs: Omit<CostWatchSpec, 'subscriptions' | 'counts'>): OperationsSpec => ({
  subscriptions: [{ protocol: 'email', name: 'on-call', address: 'on-call@alfred.example.com' }],
  thresholds: {
    databases: { cpu: Percent.of(85), freeMemory: Percent.of(10), connections: Percent.of(80) },
    caches: { cpu: Percent.of(85) },
  },
  costs: {
    ...costs,
    subscriptions: [{ protocol: 'email', name: 'owners', address: 'owners@alfred.example.com' }],
    // three environments in one account, each in a region of its own
    counts: 'region',
  },
});

/** Where everything is written. The account is watched for unexpected costs from here. */
export const WRITER_OPERATIONS = watched({ anomaliesFromUsd: 100 });

/** Where it is read. */
export const READER_OPERATIONS = watched({});
