import { withDefaults } from '../../check';
import { Duration, Memory } from '../../units';

/** What a request is hashed by: its path and query, or a header or cookie that clients send. */
export type HashKey = 'uri' | { readonly header: string } | { readonly cookie: string };

/**
 * How a proxy picks the server of a request. `random-two` draws two and takes the one with fewer connections: right
 * where several proxies balance without knowing of each other. Slow start is not in open-source nginx and therefore
 * not here.
 */
export type Balancing =
  | 'round-robin'
  | 'least-conn'
  | 'ip-hash'
  | 'random-two'
  /** The same key reaches the same server; `consistent` (ketama) moves few keys when servers come and go. */
  | { readonly hash: HashKey; readonly consistent?: boolean };

/** Idle connections a proxy keeps open to the servers of an upstream. */
export interface UpstreamKeepalive {
  /** Idle connections kept by each worker, over all servers (1-10000). @default 32 */
  readonly connections?: number;
  /** Requests after which a connection is closed (1-1000000). @default 1000 */
  readonly requests?: number;
  /**
   * How long a connection may idle (1 s to 1 h). It must end before the service itself hangs up, or a request meets a
   * closing connection; uvicorn and Node.js hang up after 5 s. @default Duration.seconds(4)
   */
  readonly timeout?: Duration;
}

/** How long a proxy waits for a server. Send and read are the time between two steps, not of the whole request. */
export interface UpstreamTimeouts {
  /** To establish a connection (0.1 s to 75 s; nginx cannot wait longer). @default Duration.seconds(2) */
  readonly connect?: Duration;
  /** Between two writes of the request (0.1 s to 1 h). @default Duration.seconds(30) */
  readonly send?: Duration;
  /** Between two reads of the response (0.1 s to 1 h). @default Duration.seconds(30) */
  readonly read?: Duration;
}

/**
 * When a request goes to another server: after a connection error, a time-out, 502, 503 or 504. Only idempotent
 * requests do; a POST, PATCH or LOCK that has been sent is never sent again, and no prop changes that.
 */
export interface UpstreamRetry {
  /** Servers a request may be passed to, the first included (1-10; 1 never retries). @default 3 */
  readonly tries?: number;
  /**
   * No further server is tried after this long: above the connect and at most the read time-out.
   * @default Duration.seconds(5)
   */
  readonly within?: Duration;
}

/** The servers of one service, as a proxy sees them. */
export interface UpstreamSpec {
  /**
   * Name in the proxy's configuration: a letter, then letters, digits and `_` (1-63), unique among upstreams and
   * limits.
   */
  readonly name: string;
  /** The service behind it (DNS label): its objects in Kubernetes, its containers in Compose. */
  readonly service: string;
  /** Port the service's containers listen on (1-65535). */
  readonly port: number;
  /** @default 'least-conn' */
  readonly balancing?: Balancing;
  /** Failures within `failTimeout` after which a server is left out (0-1000; 0 never does). @default 3 */
  readonly maxFails?: number;
  /**
   * How long failures count, and how long a server is then left out (whole seconds, 1 s to 1 h).
   * @default Duration.seconds(30)
   */
  readonly failTimeout?: Duration;
  /** Requests at once to each server, over all workers of one proxy (1-100000). @default - no limit */
  readonly maxConnections?: number;
  /** Idle connections to its servers. @default - 32 for each worker, 1000 requests, 4 s idle */
  readonly keepalive?: UpstreamKeepalive;
  /**
   * How long the service itself keeps an idle connection; declared, it is checked against `keepalive`.
   * @default - not declared
   */
  readonly serverKeepalive?: Duration;
  /** How long it is waited for. @default - 2 s to connect, 30 s to send, 30 s to read */
  readonly timeouts?: UpstreamTimeouts;
  /** When another server is tried. @default - 3 servers within 5 s */
  readonly retry?: UpstreamRetry;
  /**
   * Memory that workers share about the servers, about 1 KiB each (64 KiB to 64 MiB, whole KiB).
   * @default Memory.kib(256)
   */
  readonly zoneSize?: Memory;
}

/** An upstream with every default applied. */
export interface UpstreamPlan
  extends Required<Omit<UpstreamSpec, 'keepalive' | 'timeouts' | 'retry' | 'maxConnections' | 'serverKeepalive'>> {
  /** Requests at once to each server; undefined is no limit. */
  readonly maxConnections: number | undefined;
  /** How long the service keeps an idle connection; undefined is not declared. */
  readonly serverKeepalive: Duration | undefined;
  /** Idle connections to its servers. */
  readonly keepalive: Required<UpstreamKeepalive>;
  /** How long it is waited for. */
  readonly timeouts: Required<UpstreamTimeouts>;
  /** When another server is tried. */
  readonly retry: Required<UpstreamRetry>;
}

export const planUpstream = (spec: UpstreamSpec): UpstreamPlan => ({
  maxConnections: undefined,
  serverKeepalive: undefined,
  ...withDefaults(
    {
      balancing: 'least-conn' as const,
      maxFails: 3,
      failTimeout: Duration.seconds(30),
      zoneSize: Memory.kib(256),
    },
    spec,
  ),
  keepalive: withDefaults({ connections: 32, requests: 1000, timeout: Duration.seconds(4) }, spec.keepalive ?? {}),
  timeouts: planTimeouts(spec.timeouts),
  retry: withDefaults({ tries: 3, within: Duration.seconds(5) }, spec.retry ?? {}),
});

const planTimeouts = (timeouts: UpstreamTimeouts = {}): Required<UpstreamTimeouts> =>
  withDefaults({ connect: Duration.seconds(2), send: Duration.seconds(30), read: Duration.seconds(30) }, timeouts);

/** One server of an upstream whose servers are listed. */
export interface UpstreamServer {
  /** Name or IPv4 address. nginx resolves a name once, at its start, and does not start if it cannot. */
  readonly host: string;
  /** Port, where it is not the upstream's (1-65535). @default - the upstream's */
  readonly port?: number;
  /** Share of the requests against the others (1-1000). @default 1 */
  readonly weight?: number;
  /** Used only while all others are left out; not with hashes or `random-two`. @default false */
  readonly backup?: boolean;
}

/**
 * Servers of a service with so many replicas in Compose: by the names of the containers, `shop-agent-hitl-1` to
 * `shop-agent-hitl-5` in the project `shop`, or without a project by network aliases, `agent_hitl_1` to `agent_hitl_5`,
 * which whoever runs them has to give.
 */
export const composeServers = (service: string, replicas: number, project?: string): UpstreamServer[] =>
  Array.from({ length: replicas }, (_, index) => ({
    host: project === undefined ? `${service.replaceAll('-', '_')}_${index + 1}` : `${project}-${service}-${index + 1}`,
  }));
