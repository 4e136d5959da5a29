import type { LocalSpec } from '../../lib/model';
import { Cpu, Memory } from '../../lib/units';
import { postgresServer, redisServer } from './stores';

const common = { gateway: { http: 8080 }, pooler: { serverConnections: 200 } } as const satisfies LocalSpec;

/** One of each agent, small. Its stores are those of the environment. */
const development: LocalSpec = common;

/** Agents as large as in production, as many as the documents start, with servers in place of what AWS runs there. */
const production: LocalSpec = {
  ...common,
  host: { cpu: Cpu.cores(16), memory: Memory.gib(32) },
  services: [
    { name: 'agent-core', replicas: 3 },
    { name: 'agent-rag', replicas: 2 },
    { name: 'agent-financial' },
    { name: 'agent-legal' },
    { name: 'agent-social' },
  ],
  databases: [postgresServer],
  caches: [redisServer],
};

/** Environments that also run on one machine. */
export const LOCAL = { development, production } as const;
