import type { DatabasePoolerSpec } from '../../lib/model';

/**
 * In front of the database: its services may open 7250 connections at their peak, more than it takes. Ten services have twenty
 * connections each in each of two pods, and ten of them open from the first request on.
 */
export const POOLER: DatabasePoolerSpec = { name: 'main-pooler', database: 'main', serverConnections: 400 };

/** For what one person tries out. */
export const SMALLEST_POOLER: DatabasePoolerSpec = { ...POOLER, serverConnections: 100 };

/** At the size of staging. */
export const SMALL_POOLER: DatabasePoolerSpec = { ...POOLER, serverConnections: 200 };
