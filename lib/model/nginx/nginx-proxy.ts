import { withDefaults } from '../../check';
import { Duration, Memory, Rate } from '../../units';
import type { RequiredHeader } from '../required-header/required-header';
import { planUpstream, type UpstreamPlan, type UpstreamSpec, type UpstreamTimeouts } from './upstreams';

/** Requests that one client may send. What is above the rate and the burst is answered with 429 at once. */
export interface RequestLimit {
  /** A letter, then letters, digits and `_` (1-63), unique among upstreams and limits. */
  readonly name: string;
  /**
   * Requests of one client over the whole proxy, all replicas together (1 a minute to 10 million a second). Each
   * replica counts its part alone, so that ones an autoscaler adds admit their part on top.
   */
  readonly rate: Rate;
  /** Requests above the rate that are let through at once; they grow back at the rate (0-1000000). @default 0 */
  readonly burst?: number;
  /**
   * What a client is. Without the header, the address counts: leaving it out gains nothing. Its values are not
   * verified here, so that a limit by header needs one by address beside it. @default 'client-address'
   */
  readonly key?: 'client-address' | { readonly header: string };
  /**
   * Memory for clients, about 8000 a MiB; the ones not seen for longest are forgotten (1 MiB to 1 GiB, whole KiB).
   * @default Memory.mib(10)
   */
  readonly zoneSize?: Memory;
}

/** Which requests go to an upstream. The longest path wins. */
export interface RouteSpec {
  /** Absolute path, taken by segments: `/auth` covers `/auth` and `/auth/x`, not `/author`. */
  readonly path: string;
  /** Only the path itself, or all below it. @default 'prefix' */
  readonly match?: 'prefix' | 'exact';
  /** DNS name the client asked for, `*.` in front for its subdomains. @default - any that no other route names */
  readonly host?: string;
  /** Name of a declared upstream. */
  readonly upstream: string;
  /**
   * What replaces the path on the way to the service; nginx then decodes and normalizes the rest.
   * @default - the path stays as sent
   */
  readonly upstreamPath?: string;
  /** Names of the limits that count its requests. @default - all that are declared */
  readonly limits?: readonly string[];
  /** Largest body of a request (whole KiB, at least 1). @default - the proxy's */
  readonly maxBody?: Memory;
  /** Where this route's time-outs differ from its upstream's. @default - the upstream's */
  readonly timeouts?: UpstreamTimeouts;
  /** Lets clients switch to WebSocket; raise `timeouts.read` with it. @default false */
  readonly webSocket?: boolean;
}

/** TLS of the proxy itself, for clients that do not come through a load balancer that ends it. */
export interface NginxTls {
  /** Port for TLS; the plain port then only redirects (1-65535). @default 8443 */
  readonly port?: number;
  /** PEM file with the certificate and its chain, inside the container. @default '/etc/nginx/tls/tls.crt' */
  readonly certificatePath?: string;
  /** PEM file with the private key, inside the container. @default '/etc/nginx/tls/tls.key' */
  readonly keyPath?: string;
}

/** Headers that make browsers careful, right for an API. Spread them to add your own. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Strict-Transport-Security': 'max-age=31536000',
  'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
};

/** A reverse proxy in front of services. */
export interface NginxProxySpec {
  /** Services that routes lead to; at least one, names unique. */
  readonly upstreams: readonly UpstreamSpec[];
  /** Requests that match none are answered with 404. */
  readonly routes: readonly RouteSpec[];
  /** @default - none */
  readonly limits?: readonly RequestLimit[];
  /**
   * IPv4 ranges whose word about the client's address and scheme is believed: the load balancer's subnets.
   * `X-Forwarded-For` of anyone else is ignored. @default - none
   */
  readonly trustedProxies?: readonly string[];
  /**
   * Header in which those ranges say the client's address: behind CloudFront one that it writes, as the last address of
   * `X-Forwarded-For` is then its own. @default 'X-Forwarded-For'
   */
  readonly addressHeader?: string;
  /** Header without which a request is answered with 403; probes of the proxy itself need none. @default - every request is taken */
  readonly requiredHeader?: RequiredHeader;
  /** Headers of every response, errors too; those of the services give way. @default SECURITY_HEADERS */
  readonly headers?: Readonly<Record<string, string>>;
  /** Largest body of a request (whole KiB, at least 1). @default Memory.mib(1) */
  readonly maxBody?: Memory;
  /**
   * How long an idle client connection is kept (1 s to 1 h): longer than the load balancer in front keeps it.
   * @default Duration.seconds(75)
   */
  readonly clientKeepalive?: Duration;
  /** Idle time-out of the load balancer in front (1 s to 4000 s). @default Duration.seconds(60) */
  readonly loadBalancerIdle?: Duration;
  /** Time that requests in flight get after the proxy was told to stop (1 s to 1 h). @default Duration.seconds(30) */
  readonly drainFor?: Duration;
  /** Port for plain HTTP (1-65535). @default 8080 */
  readonly port?: number;
  /** Port for probes, which ask for no upstream (1-65535). @default 8081 */
  readonly statusPort?: number;
  /** Port with `/metrics` for Prometheus and nginx' own `/stub_status` (1-65535). @default 8082 */
  readonly metricsPort?: number;
  /** @default - plain HTTP only */
  readonly tls?: NginxTls;
  /** Worker processes (1-64). `auto` would count the node's processors, not the container's. @default 2 */
  readonly workers?: number;
  /** Connections of each worker, clients' and upstreams' together (256-65536). @default 4096 */
  readonly workerConnections?: number;
  /** MIME types that are compressed beside `text/html`. @default - nothing is compressed */
  readonly compressedTypes?: readonly string[];
}

/** A limit with every default applied. */
export type LimitPlan = Required<RequestLimit>;
/** TLS of the proxy with every default applied. */
export type TlsPlan = Required<NginxTls>;

/** A proxy with every default applied. */
export interface NginxProxyPlan
  extends Required<Omit<NginxProxySpec, 'upstreams' | 'limits' | 'tls' | 'requiredHeader'>> {
  /** Services with every default applied. */
  readonly upstreams: readonly UpstreamPlan[];
  /** Limits with every default applied; none is an empty list. */
  readonly limits: readonly LimitPlan[];
  /** TLS of the proxy; undefined is plain HTTP only. */
  readonly tls: TlsPlan | undefined;
  /** What every request must carry; undefined is nothing. */
  readonly requiredHeader: Required<RequiredHeader> | undefined;
}

const planTls = (tls: NginxTls): TlsPlan =>
  withDefaults({ port: 8443, certificatePath: '/etc/nginx/tls/tls.crt', keyPath: '/etc/nginx/tls/tls.key' }, tls);

const planLimit = (limit: RequestLimit): LimitPlan =>
  withDefaults({ burst: 0, key: 'client-address' as const, zoneSize: Memory.mib(10) }, limit);

export const planNginxProxy = (spec: NginxProxySpec): NginxProxyPlan => ({
  ...withDefaults(
    {
      trustedProxies: [],
      addressHeader: 'X-Forwarded-For',
      headers: SECURITY_HEADERS,
      maxBody: Memory.mib(1),
      clientKeepalive: Duration.seconds(75),
      loadBalancerIdle: Duration.seconds(60),
      drainFor: Duration.seconds(30),
      port: 8080,
      statusPort: 8081,
      metricsPort: 8082,
      workers: 2,
      workerConnections: 4096,
      compressedTypes: [],
    },
    spec,
  ),
  upstreams: spec.upstreams.map(planUpstream),
  limits: (spec.limits ?? []).map(planLimit),
  tls: spec.tls === undefined ? undefined : planTls(spec.tls),
  requiredHeader: spec.requiredHeader === undefined ? undefined : withDefaults({ exempt: [] }, spec.requiredHeader),
});

/**
 * The part of a limit that each of `replicas` proxies enforces: each counts alone, and the load balancer in front
 * spreads a client's requests over them. Rounded up, so that all together admit the declared rate and at most
 * `replicas - 1` requests a minute, and as many of burst, above it.
 */
export const shareOfLimit = ({ rate, burst }: LimitPlan, replicas: number): { rate: Rate; burst: number } => ({
  rate: Rate.perMinute(Math.ceil(rate.inPerMinute / replicas)),
  burst: Math.ceil(burst / replicas),
});
