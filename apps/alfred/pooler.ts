import type { DatabasePoolerSpec } from '../../lib/model';

/** In front of the database of a region, so that agents that scale up do not use up its connections. */
export const POOLER: DatabasePoolerSpec = { name: 'main-pooler', database: 'main', serverConnections: 200 };
