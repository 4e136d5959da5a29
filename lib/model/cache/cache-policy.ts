import { withDefaults } from '../../check';
import { Duration } from '../../units';
import type { CacheWarmingSpec } from './cache-warming';

/** How services use a cache, each process the memory of its own before it. They receive it as settings. */
export interface CachePolicySpec {
  /** Name of the declared cache. */
  readonly cache: string;
  /**
   * What all keys begin with (letters, digits, `_` and `-`), and what they hold next: a changed `version` makes every key new, so
   * that no result of another constitution is ever found.
   */
  readonly keys: { readonly prefix: string; readonly version: string };
  /** Results that a process keeps itself: how many (1-1000000), and for how long (whole seconds, 1 s to 30 d). @default - not said */
  readonly memory?: { readonly entries: number; readonly ttl: Duration };
  /** Connections that a process keeps open (1 to `maxConnections`). */
  readonly poolSize: number;
  /** Connections that it may open to a member at most (1-10000). */
  readonly maxConnections: number;
  /** Whether idle connections are kept alive by the system, through whatever forgets them on the way. @default 'on' */
  readonly keepalive?: 'on' | 'off';
  /** Whether a command that timed out is tried once more. @default 'on' */
  readonly retryOnTimeout?: 'on' | 'off';
  /** How long a command may take before it counts as lost, more than `target` (whole milliseconds, 10 ms to 1 min). @default Duration.seconds(1) */
  readonly timeout?: Duration;
  /** How long an answer of the cache usually takes: what is aimed at, not what is cut off (whole milliseconds, 1 ms to 1 s). @default - not said */
  readonly target?: Duration;
  /** How long results are good that `ttls` does not name (whole seconds, 1 s to 30 d). */
  readonly defaultTtl: Duration;
  /** The same by kinds of result (a-z, 0-9 and `_`, a letter first). @default - all alike */
  readonly ttls?: Readonly<Record<string, Duration>>;
  /** Results that are computed before anybody asks. @default - none */
  readonly warming?: CacheWarmingSpec;
}

type Optional = 'memory' | 'target' | 'warming';

/** A policy with every choice made. */
export type CachePolicyPlan = Required<Omit<CachePolicySpec, Optional>> & Pick<CachePolicySpec, Optional>;

/** The declaration with its defaults. */
export const cachePolicyPlan = (spec: CachePolicySpec): CachePolicyPlan =>
  withDefaults({ keepalive: 'on', retryOnTimeout: 'on', timeout: Duration.seconds(1), ttls: {} }, spec);

/** What all keys begin with: `constitutional:cdd01ef066bc6cf2:`. */
export const keyPrefix = ({ keys: { prefix, version } }: CachePolicySpec): string => `${prefix}:${version}:`;

const isOn = (choice: 'on' | 'off'): string => `${choice === 'on'}`;
const seconds = ({ inMillis }: Duration): string => `${inMillis / 1000}`;

/** What services are told, as environment variables; times are seconds unless their names say otherwise. */
export function cacheSettings(spec: CachePolicySpec): Readonly<Record<string, string>> {
  const { memory, target, ...plan } = cachePolicyPlan(spec);
  return {
    ...(memory && { L1_CACHE_MAX_ENTRIES: `${memory.entries}`, L1_CACHE_TTL: seconds(memory.ttl) }),
    REDIS_POOL_SIZE: `${plan.poolSize}`,
    REDIS_MAX_CONNECTIONS: `${plan.maxConnections}`,
    REDIS_SOCKET_KEEPALIVE: isOn(plan.keepalive),
    REDIS_RETRY_ON_TIMEOUT: isOn(plan.retryOnTimeout),
    REDIS_SOCKET_TIMEOUT: seconds(plan.timeout),
    ...(target && { REDIS_LATENCY_TARGET_MS: `${target.inMillis}` }),
    CACHE_KEY_PREFIX: keyPrefix(spec),
    CACHE_DEFAULT_TTL: seconds(plan.defaultTtl),
    ...Object.fromEntries(
      Object.entries(plan.ttls).map(([name, ttl]) => [`CACHE_TTL_${name.toUpperCase()}`, seconds(ttl)]),
    ),
  };
}

/** What all services of an environment are told; its own settings win over those of the policy. */
export const sharedSettings = ({
  cachePolicy,
  settings,
}: {
  readonly cachePolicy?: CachePolicySpec;
  readonly settings?: Readonly<Record<string, string>>;
}): Readonly<Record<string, string>> => ({ ...(cachePolicy && cacheSettings(cachePolicy)), ...settings });
