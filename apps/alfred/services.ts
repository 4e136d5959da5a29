import type { Amounts, Connection, HealthSpec, Resources, ScalingPolicy, ServiceSpec } from '../../lib/model';
import { Cpu, Duration, Memory, Percent } from '../../lib/units';
import { QUEUE_MESSAGES, REQUESTS, VECTOR_SEARCHES } from './metrics';

/** Release that all services of the platform carry. */
const RELEASE = '2.0.0';

/** Processes of each pod, as uvicorn is started in the documents. */
const WORKERS = 4;

const image = (name: string) => ({ repository: `alfred/${name}`, tag: RELEASE });

const amounts = (cpu: string, memory: string): Amounts => ({
  cpu: Cpu.parse(cpu),
  memory: Memory.parse(memory),
  ephemeralStorage: Memory.gib(2),
});

/** What every agent of production has, its four workers together. */
const AGENT: Resources = { requests: amounts('1', '2Gi'), limits: amounts('2', '4Gi') };

/** What it has in development. */
export const SMALL_AGENT: Resources = { requests: amounts('500m', '1Gi'), limits: amounts('1', '2Gi') };

/** Models are loaded at the start of each worker. */
const HEALTH: HealthSpec = { readinessPath: '/api/health', startWithin: Duration.minutes(3) };

const uvicorn = (port: number): readonly string[] =>
  `uvicorn app.main:app --host 0.0.0.0 --port ${port} --workers ${WORKERS} --log-level info`.split(' ');

/** Of its promise to users: up to so many requests a second are normal, as the documents have it. */
const NORMAL_RPS = 1000;

/** Tables and results of every agent. Four connections a process: 54 pods, at the most, of four processes each. */
const DATABASE = { to: 'database', name: 'main', pool: 4 } as const satisfies Connection;
const CACHE: Connection = { to: 'cache', name: 'redis', addressesIn: 'REDIS_ADDRESS' };
const STORES: readonly Connection[] = [DATABASE, CACHE];

const agentCore: ServiceSpec = {
  name: 'agent-core',
  image: image('agent-core'),
  command: uvicorn(8011),
  port: 8011,
  health: HEALTH,
  resources: AGENT,
  processes: WORKERS,
  scaling: {
    min: 2,
    max: 10,
    metrics: [
      { on: 'cpu', utilization: Percent.of(75) },
      { on: 'memory', utilization: Percent.of(80) },
    ],
    scaleDown: { stabilizationSeconds: 300, steps: [{ type: 'Percent', change: 50, periodSeconds: 60 }] },
    scaleUp: {
      stabilizationSeconds: 60,
      steps: [
        { type: 'Percent', change: 100, periodSeconds: 60 },
        { type: 'Pods', change: 4, periodSeconds: 60 },
      ],
      select: 'Max',
    },
  },
  autoscalerName: 'agent-core-hpa',
  rollout: {
    strategy: 'blue-green',
    rolloutName: 'agent-core-rollout',
    promotion: 'manual',
    smokeTest: { paths: ['/api/health'] },
    after: {
      metrics: [
        {
          name: 'success-rate',
          measures: 'success-rate',
          series: 'alfred_requests_total',
          errorLabel: 'status',
          atLeast: Percent.of(99),
        },
      ],
    },
  },
  connections: [
    // the documents compare requests with requests: each asks the database once
    { ...DATABASE, callsPerRequest: 1 },
    CACHE,
    { to: 'service', name: 'agent-rag' },
    { to: 'service', name: 'agent-financial' },
    { to: 'service', name: 'agent-legal' },
    { to: 'service', name: 'agent-social' },
    { to: 'network', cidr: '0.0.0.0/0', port: 443, reason: 'language model APIs have no fixed addresses' },
  ],
  isPublic: true,
  measuredRps: 500,
  promisedRps: NORMAL_RPS,
};

const agentRag: ServiceSpec = {
  name: 'agent-rag',
  image: image('agent-rag'),
  command: uvicorn(8501),
  port: 8501,
  health: HEALTH,
  resources: AGENT,
  processes: WORKERS,
  scaling: {
    min: 2,
    max: 8,
    metrics: [
      { on: 'pods', metric: REQUESTS, average: 100 },
      { on: 'external', metric: QUEUE_MESSAGES, selector: { queue: 'alfred-tasks' }, target: { average: 30 } },
      { on: 'pods', metric: VECTOR_SEARCHES, average: 50 },
    ],
  },
  autoscalerName: 'agent-rag-hpa',
  connections: [
    ...STORES,
    // every request is a search, as the load tests count them
    { to: 'vector-database', name: 'vector-db', callsPerRequest: 1 },
    { to: 'network', cidr: '0.0.0.0/0', port: 443, reason: 'embedding APIs have no fixed addresses' },
  ],
  measuredRps: 250,
};

/** Three quarters of the hundred requests a second that one pod was measured to serve. */
const onRequests: ScalingPolicy = { min: 1, max: 6, metrics: [{ on: 'pods', metric: REQUESTS, average: 75 }] };

/** An agent for one subject. */
const specialist = (subject: 'financial' | 'legal' | 'social', port: number): ServiceSpec => ({
  name: `agent-${subject}`,
  image: image(`agent-${subject}`),
  command: uvicorn(port),
  port,
  health: HEALTH,
  resources: AGENT,
  processes: WORKERS,
  scaling: onRequests,
  autoscalerName: `agent-${subject}-hpa`,
  connections: STORES,
  measuredRps: 100,
});

/** Recommends sizes and changes none: with one pod there is nobody to take over while it is replaced. */
const agentFinancial: ServiceSpec = {
  ...specialist('financial', 8012),
  verticalAutoscalerName: 'agent-financial-vpa',
  vertical: {
    mode: 'Off',
    containers: [
      {
        container: '*',
        resources: ['cpu', 'memory'],
        min: { cpu: Cpu.millis(100), memory: Memory.mib(512) },
        max: { cpu: Cpu.cores(4), memory: Memory.gib(8) },
      },
    ],
  },
};

/** The five agents with the values of production. */
export const SERVICES: readonly ServiceSpec[] = [
  agentCore,
  agentRag,
  agentFinancial,
  specialist('legal', 8013),
  specialist('social', 8014),
];
