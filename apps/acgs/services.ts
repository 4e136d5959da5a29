import type { Amounts, Connection, ImageSpec, Resources, ScalingPolicy, ServiceSpec } from '../../lib/model';
import { Cpu, Memory, Percent } from '../../lib/units';
import { HTTP_REQUESTS, JWT_VALIDATIONS, LLM_REQUESTS, SYNTHESIS_QUEUE } from './metrics';
import { POOL_OVERFLOW, POOL_SIZE } from './numbers';

/** Release that all services of the platform carry. */
const RELEASE = '2.0.0';

const image = (name: string): ImageSpec => ({ repository: `acgs/${name}`, tag: RELEASE });

const amounts = (cpu: string, memory: string, ephemeralStorage: string): Amounts => ({
  cpu: Cpu.parse(cpu),
  memory: Memory.parse(memory),
  ephemeralStorage: Memory.parse(ephemeralStorage),
});

/** The storage column of the service matrix counts for request and limit alike. */
const resources = (
  storage: string,
  requests: [cpu: string, memory: string],
  limits: [cpu: string, memory: string],
): Resources => ({
  requests: amounts(...requests, storage),
  limits: amounts(...limits, storage),
});

/** Bounds of the service matrix with the platform's general target. */
const onCpu = (min: number, max: number): ScalingPolicy => ({
  min,
  max,
  metrics: [{ on: 'cpu', utilization: Percent.of(70) }],
});

const HEALTH = { readinessPath: '/health' } as const;

/** Connections that a process may hold. */
const POOL = POOL_SIZE + POOL_OVERFLOW;

/** Every service keeps its data in the one database and its results in the one cache. */
const STORES: readonly Connection[] = [
  { to: 'database', name: 'main', pool: POOL },
  { to: 'cache', name: 'cache', addressesIn: 'REDIS_CLUSTER_NODES' },
];

/** Tokens are checked by the auth service, decisions by constitutional-ai. */
const GUARDED: readonly Connection[] = [
  ...STORES,
  { to: 'service', name: 'auth-service' },
  { to: 'service', name: 'constitutional-ai' },
];

const constitutionalAi: ServiceSpec = {
  name: 'constitutional-ai',
  aliases: ['ac-service'],
  image: image('constitutional-ai'),
  port: 8001,
  health: HEALTH,
  resources: resources('2Gi', ['500m', '1Gi'], ['1', '2Gi']),
  scaling: {
    min: 3,
    max: 10,
    metrics: [
      { on: 'cpu', utilization: Percent.of(70) },
      { on: 'pods', metric: HTTP_REQUESTS, average: 500 },
    ],
    scaleUp: { stabilizationSeconds: 60, steps: [{ type: 'Percent', change: 100, periodSeconds: 15 }] },
    scaleDown: { stabilizationSeconds: 300, steps: [{ type: 'Percent', change: 10, periodSeconds: 60 }] },
  },
  vertical: {
    mode: 'Recreate',
    containers: [
      {
        container: 'constitutional-ai',
        resources: ['memory'],
        min: { memory: Memory.mib(128) },
        max: { memory: Memory.gib(4) },
      },
    ],
  },
  connections: [...STORES, { to: 'service', name: 'auth-service' }],
  autoscalerName: 'acgs-constitutional-ai-hpa',
  verticalAutoscalerName: 'acgs-services-vpa',
  isPublic: true,
  measuredRps: 1445,
};

const authService: ServiceSpec = {
  name: 'auth-service',
  image: image('auth-service'),
  port: 8016,
  health: HEALTH,
  resources: resources('1Gi', ['400m', '768Mi'], ['800m', '1536Mi']),
  scaling: {
    min: 3,
    max: 8,
    metrics: [
      { on: 'cpu', utilization: Percent.of(70) },
      { on: 'pods', metric: HTTP_REQUESTS, average: 600 },
      { on: 'pods', metric: JWT_VALIDATIONS, average: 200 },
    ],
    scaleUp: { stabilizationSeconds: 60, steps: [{ type: 'Percent', change: 100, periodSeconds: 60 }] },
    scaleDown: { stabilizationSeconds: 300, steps: [{ type: 'Percent', change: 25, periodSeconds: 120 }] },
  },
  connections: [...STORES, { to: 'cache', name: 'revocations', addressesIn: 'REVOCATION_CLUSTER_NODES' }],
  autoscalerName: 'acgs-auth-service-hpa',
  isPublic: true,
  measuredRps: 1729,
};

const agentHitl: ServiceSpec = {
  name: 'agent-hitl',
  image: image('agent-hitl'),
  port: 8008,
  health: HEALTH,
  resources: resources('2Gi', ['800m', '1536Mi'], ['1500m', '3Gi']),
  scaling: {
    min: 5,
    max: 15,
    metrics: [
      { on: 'cpu', utilization: Percent.of(60) },
      { on: 'pods', metric: HTTP_REQUESTS, average: 100 },
    ],
  },
  connections: GUARDED,
  autoscalerName: 'acgs-agent-hitl-hpa',
  isPublic: true,
  measuredRps: 309,
};

const integrityService: ServiceSpec = {
  name: 'integrity-service',
  image: image('integrity-service'),
  port: 8002,
  health: HEALTH,
  resources: resources('1Gi', ['100m', '256Mi'], ['400m', '1Gi']),
  scaling: onCpu(2, 8),
  connections: GUARDED,
};

const formalVerification: ServiceSpec = {
  name: 'formal-verification',
  aliases: ['fv-service'],
  image: image('formal-verification'),
  port: 8003,
  health: HEALTH,
  resources: resources('2Gi', ['500m', '1Gi'], ['2', '4Gi']),
  scaling: onCpu(2, 8),
  connections: GUARDED,
  nodes: 'compute',
};

const governanceSynthesis: ServiceSpec = {
  name: 'governance-synthesis',
  aliases: ['gs-service'],
  image: image('governance-synthesis'),
  port: 8004,
  health: HEALTH,
  resources: resources('4Gi', ['1', '2Gi'], ['4', '8Gi']),
  scaling: {
    min: 3,
    max: 12,
    metrics: [
      { on: 'cpu', utilization: Percent.of(60) },
      { on: 'memory', utilization: Percent.of(75) },
      { on: 'pods', metric: LLM_REQUESTS, average: 10 },
      { on: 'external', metric: SYNTHESIS_QUEUE, target: { average: 50 } },
    ],
    scaleUp: { stabilizationSeconds: 120, steps: [{ type: 'Pods', change: 2, periodSeconds: 120 }] },
  },
  connections: [
    ...GUARDED,
    { to: 'service', name: 'policy-governance' },
    { to: 'network', cidr: '0.0.0.0/0', port: 443, reason: 'language model APIs have no fixed addresses' },
  ],
  nodes: 'compute',
};

const policyGovernance: ServiceSpec = {
  name: 'policy-governance',
  aliases: ['pgc-service'],
  image: image('policy-governance'),
  port: 8005,
  health: HEALTH,
  resources: resources('2Gi', ['200m', '512Mi'], ['2', '4Gi']),
  scaling: onCpu(2, 10),
  connections: GUARDED,
};

const evolutionaryComputation: ServiceSpec = {
  name: 'evolutionary-computation',
  image: image('evolutionary-computation'),
  port: 8006,
  health: HEALTH,
  resources: resources('1Gi', ['200m', '512Mi'], ['800m', '2Gi']),
  scaling: onCpu(3, 10),
  connections: GUARDED,
};

const executiveCouncil: ServiceSpec = {
  name: 'executive-council',
  aliases: ['ec-service'],
  image: image('executive-council'),
  port: 8007,
  health: HEALTH,
  resources: resources('1Gi', ['200m', '512Mi'], ['800m', '2Gi']),
  scaling: onCpu(2, 6),
  connections: GUARDED,
};

const darwinGodelMachine: ServiceSpec = {
  name: 'darwin-godel-machine',
  aliases: ['dgm-service'],
  image: image('darwin-godel-machine'),
  port: 8009,
  health: HEALTH,
  resources: resources('3Gi', ['500m', '1Gi'], ['2', '4Gi']),
  scaling: onCpu(2, 8),
  connections: GUARDED,
  nodes: 'compute',
};

/** The ten services with the values of production. */
export const SERVICES: readonly ServiceSpec[] = [
  authService,
  constitutionalAi,
  agentHitl,
  integrityService,
  formalVerification,
  governanceSynthesis,
  policyGovernance,
  evolutionaryComputation,
  executiveCouncil,
  darwinGodelMachine,
];
