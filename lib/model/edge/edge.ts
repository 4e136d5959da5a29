import type { Duration } from '../../units';
import type { LoadBalancerTlsPolicy } from './tls-policies';

/** Limits on the requests of one client, counted before they cost anything. Exact limits, with a burst, are the gateway's. */
export interface EdgeFirewallSpec {
  /** Requests of one client in a window, above which it gets 429 (10-2000000000). @default 6000 */
  readonly limit?: number;
  /** Time over which they are counted: 60, 120, 300 or 600 s. @default Duration.seconds(60) */
  readonly window?: Duration;
  /** Which limit holds; `emergency` is one word to change under attack. @default 'normal' */
  readonly mode?: 'normal' | 'emergency';
  /** Requests of one client in a window in an emergency (10 or more, less than `limit`). @default - a tenth of `limit`, 10 at least */
  readonly emergencyLimit?: number;
  /** Load generators that the limit does not hold for: IPv4 ranges, each with who it is and until when. @default - none */
  readonly exceptions?: readonly { readonly cidr: string; readonly reason: string }[];
}

/** The door of an environment: names, firewall, load balancer. Its names lie in a zone that the platform declares. */
export interface EdgeSpec {
  /**
   * Path that is answered with 2xx or 3xx only if users are served: through gateway, service and database. It starts with the
   * name of a public service: `/auth-service/health`.
   */
  readonly healthPath: string;
  /**
   * What users connect to: the load balancer, or edges of CloudFront before it, which alone it then admits. Not with a standby,
   * which shares names with its original. @default 'load-balancer'
   */
  readonly delivery?: 'load-balancer' | 'cloudfront';
  /** Limits on the requests of one client. @default - 6000 a minute */
  readonly firewall?: EdgeFirewallSpec;
  /** TLS versions and ciphers of the load balancer. @default 'ELBSecurityPolicy-TLS13-1-2-2021-06' */
  readonly tlsPolicy?: LoadBalancerTlsPolicy;
  /**
   * How long records of requests are kept: the firewall's (days that CloudWatch offers) and, where no account of the platform
   * keeps them, the load balancer's. @default Duration.days(365)
   */
  readonly logRetention?: Duration;
}
