import { type Check, isDnsLabel, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import type { HealthSpec, Resources } from './service';

/** What every program that serves HTTP has, wherever it runs. Optional parts carry their defaults. */
export interface ServiceRuntime {
  /** DNS label that starts with a letter. */
  readonly name: string;
  /** Port the container listens on (TCP, 1024-65535). */
  readonly port: number;
  /** When it takes requests, when it is restarted. */
  readonly health: HealthSpec;
  /** Requests and limits of each pod. */
  readonly resources: Resources;
  /** Environment variables that are no secrets. */
  readonly settings: Readonly<Record<string, string>>;
  /** Time a pod gets to finish its requests (whole seconds). */
  readonly drainFor: Duration;
  /** HTTP path with Prometheus metrics, on the same port. @default - none */
  readonly metricsPath?: string;
}

export const DEFAULT_START_WITHIN = Duration.minutes(2);
export const DEFAULT_DRAIN = Duration.seconds(30);

const seconds = (duration: Duration): number => duration.inMillis / 1000;

/** A path of a URL, without host or query. */
const isPath = (path: string): boolean => /^\/[\w\-./~%]*$/.test(path);

const isVariable = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name);

/** Names that linters and readers take for a secret's. */
const soundsSecret = (name: string): boolean =>
  /secret|(^|_)(password|passwd|token|api_?key|private_?key|credentials?)$/i.test(name);

const AMOUNTS = ['cpu', 'memory', 'ephemeralStorage'] as const;

const excess = ({ requests, limits }: Resources): string[] => [
  ...(requests.cpu.isAtMost(limits.cpu) ? [] : ['cpu']),
  ...(requests.memory.isAtMost(limits.memory) ? [] : ['memory']),
  ...(requests.ephemeralStorage.isAtMost(limits.ephemeralStorage) ? [] : ['ephemeralStorage']),
];

const zeroes = ({ requests }: Resources): string[] =>
  AMOUNTS.filter((amount) => (amount === 'cpu' ? requests.cpu.inMillis : requests[amount].inBytes) === 0);

/** What is said about any program that serves HTTP, declared in a platform or built alone. */
export const SERVICE_RUNTIME_CHECKS: readonly Check<ServiceRuntime>[] = [
  {
    id: 'service-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && /^[a-z]/.test(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens, starting with a letter',
    remedy: 'use hyphens instead of underscores or dots',
  },
  {
    id: 'service-port-is-unprivileged',
    prop: 'port',
    holds: ({ port }) => isWholeWithin(port, 1024, 65535),
    rule: 'must be a whole number from 1024 to 65535',
    remedy: 'let the program listen on 8080; lower ports need a privilege it does not get',
  },
  {
    id: 'service-readiness-is-a-path',
    prop: 'health.readinessPath',
    holds: ({ health }) => isPath(health.readinessPath),
    rule: 'must start with / and hold no query',
    received: ({ health }) => health.readinessPath,
    remedy: 'use a path such as /health/ready',
  },
  {
    id: 'service-liveness-is-a-path',
    prop: 'health.livenessPath',
    holds: ({ health: { livenessPath } }) => livenessPath === undefined || isPath(livenessPath),
    rule: 'must start with / and hold no query',
    received: ({ health }) => health.livenessPath,
    remedy: 'leave it out to test the port alone',
  },
  {
    id: 'service-liveness-differs-from-readiness',
    prop: 'health.livenessPath',
    holds: ({ health }) => health.livenessPath !== health.readinessPath,
    rule: 'must differ from health.readinessPath, or a dependency that is down restarts every pod',
    received: ({ health }) => health.livenessPath,
    remedy: 'leave it out, or name a path that fails only when a restart helps',
  },
  {
    id: 'service-metrics-are-a-path',
    prop: 'metricsPath',
    holds: ({ metricsPath }) => metricsPath === undefined || isPath(metricsPath),
    rule: 'must start with / and hold no query',
    remedy: 'leave it out for /metrics',
  },
  {
    id: 'service-start-is-bounded',
    prop: 'health.startWithin',
    holds: ({ health: { startWithin } }) => startWithin === undefined || isWholeWithin(seconds(startWithin), 10, 3600),
    rule: 'must be 10 s to 1 h in whole seconds',
    received: ({ health }) => health.startWithin,
    remedy: 'use twice the slowest start that was measured',
  },
  {
    id: 'service-drain-is-bounded',
    prop: 'drainFor',
    holds: ({ drainFor }) => isWholeWithin(seconds(drainFor), 1, 3600),
    rule: 'must be 1 s to 1 h in whole seconds',
    remedy: 'use the longest request that must not be cut off',
  },
  {
    id: 'service-requests-fit-limits',
    prop: 'resources.requests',
    holds: ({ resources }) => excess(resources).length === 0,
    rule: 'must not exceed resources.limits',
    received: ({ resources }) => excess(resources).map((amount) => `more ${amount}`),
    remedy: 'raise the limit or lower the request',
  },
  {
    id: 'service-requests-are-set',
    prop: 'resources.requests',
    holds: ({ resources }) => zeroes(resources).length === 0,
    rule: 'must be above zero, or the scheduler seats pods where nothing is left',
    received: ({ resources }) => zeroes(resources).map((amount) => `no ${amount}`),
    remedy: 'request what one pod was measured to use',
  },
  {
    id: 'service-settings-are-variables',
    prop: 'settings',
    holds: ({ settings }) => Object.keys(settings).every(isVariable),
    rule: 'must have names of letters, digits and underscores that start with no digit',
    received: ({ settings }) => Object.keys(settings).filter((name) => !isVariable(name)),
    remedy: 'rename it, for example LOG_LEVEL',
  },
  {
    id: 'service-settings-hold-no-secrets',
    prop: 'settings',
    holds: ({ settings }) => !Object.keys(settings).some(soundsSecret),
    rule: 'must not hold secrets: a manifest is readable by many',
    received: ({ settings }) => Object.keys(settings).filter(soundsSecret),
    remedy: 'mount the secret as a file and name its path, for example DB_CREDENTIALS_FILE',
  },
];
