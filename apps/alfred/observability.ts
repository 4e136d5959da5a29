import type { ObservabilitySpec } from '../../lib/model';
import { Memory } from '../../lib/units';

/** Of each region: no document of Alfred says how long anything is kept, so that it is as ACGS has it, by default. */
export const REGIONAL: ObservabilitySpec = {
  metrics: { series: 60_000, storage: Memory.gib(32), longTerm: {} },
  logs: { perDay: Memory.gib(2), storage: Memory.gib(200) },
  traces: { spansPerSecond: 2000 },
  nodes: 'stateful',
};

/** Measurements alone: who works there reads logs where they are written. */
export const DEVELOPMENT: ObservabilitySpec = {
  metrics: { series: 20_000, storage: Memory.gib(12) },
  nodes: 'stateful',
};
