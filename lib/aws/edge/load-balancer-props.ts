import type { ITerraformDependable } from 'cdktf';
import { type WithDefaults, withDefaults } from '../../check';
import type { TargetGroupSpec } from '../../model/edge/target-group';
import type { LoadBalancerTlsPolicy } from '../../model/edge/tls-policies';
import type { TrafficWeights } from '../../model/edge/traffic-weights';
import { Duration } from '../../units';

/** Who may connect. The description is read in the security group (1-255 characters, without quotes). */
export type LoadBalancerClient = { readonly description: string } & (
  | { readonly cidr: string }
  | { readonly securityGroupId: string }
  | { readonly prefixListId: string }
);

/** Where a load balancer writes what it has seen. */
export interface LoadBalancerLogs {
  /** Name of a bucket of the same region with SSE-S3, whose policy holds `loadBalancerLogWriter`. */
  readonly bucket: string;
  /** What the keys start with, without slashes at its ends. @default - nothing */
  readonly prefix?: string;
  /** What must stand before the first log: the bucket's policy. @default - it stands already */
  readonly after?: readonly ITerraformDependable[];
}

/** An Application Load Balancer as declared. */
export interface ApplicationLoadBalancerProps {
  /** Name, and prefix of its target groups' names: 1-32 of a-z, 0-9 and inner hyphens. Another one makes another. */
  readonly name: string;
  /** Whether its addresses are public. @default 'internet-facing' */
  readonly scheme?: 'internet-facing' | 'internal';
  /** VPC of subnets and pods. */
  readonly vpcId: string;
  /** Subnets in at least two zones: public ones if it faces the internet. */
  readonly subnetIds: readonly string[];
  /** Security group of the pods, or of their nodes: that of the cluster. It gets a rule for each port of a target group. */
  readonly targetSecurityGroupId: string;
  /** ARN of the certificate for `hosts`, validated, of the same region. */
  readonly certificateArn: string;
  /** TLS versions and ciphers. @default 'ELBSecurityPolicy-TLS13-1-2-2021-06' */
  readonly tlsPolicy?: LoadBalancerTlsPolicy;
  /** Names that are served, `*.` in front for subdomains (1-5); a request for any other is answered with 404. */
  readonly hosts: readonly string[];
  /** Sets of pods that requests go to (1-5), by names that no other has. */
  readonly targetGroups: readonly TargetGroupSpec[];
  /** Share of each set: `blueGreenWeights(Percent.of(10))`. @default - all to the first */
  readonly weights?: TrafficWeights;
  /** Who may connect: anybody, the servers of CloudFront alone (with HTTPS only), or a list. @default 'anyone' */
  readonly clients?: 'anyone' | 'cloudfront' | readonly LoadBalancerClient[];
  /** Whether plain HTTP is sent on to HTTPS, or not listened to. @default - 'redirect', with CloudFront 'closed' */
  readonly http?: 'redirect' | 'closed';
  /** Where each request is recorded. */
  readonly accessLogs: LoadBalancerLogs;
  /** Where each connection and its TLS is recorded. @default - nowhere */
  readonly connectionLogs?: LoadBalancerLogs;
  /** ARN of the regional web ACL before it. @default - none, with a warning if it is public */
  readonly webAclArn?: string;
  /** Whether AWS refuses to delete it; off for what is made and unmade. @default true */
  readonly deletionProtection?: boolean;
  /** What happens to requests that servers may read in two ways. @default 'defensive' */
  readonly desync?: 'strictest' | 'defensive';
  /** Whether HTTP/2 is offered to clients. @default true */
  readonly http2?: boolean;
  /** Time without a byte after which a connection is closed (whole seconds, 1-4000). @default Duration.seconds(60) */
  readonly idleTimeout?: Duration;
  /** Time for which pods keep an idle connection: `clientKeepalive` of an nginx. Longer than `idleTimeout`. @default Duration.seconds(75) */
  readonly targetKeepalive?: Duration;
  /** Longest wait for a byte of an answer that pods allow themselves, at most `idleTimeout`. @default - not compared */
  readonly slowestResponse?: Duration;
  /** Longest life of a client's connection, busy or not (whole seconds, 60-604800). @default Duration.hours(1) */
  readonly clientKeepAlive?: Duration;
}

const DEFAULTS = {
  scheme: 'internet-facing',
  tlsPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  clients: 'anyone',
  deletionProtection: true,
  desync: 'defensive',
  http2: true,
  idleTimeout: Duration.seconds(60),
  targetKeepalive: Duration.seconds(75),
  clientKeepAlive: Duration.hours(1),
} as const satisfies Partial<ApplicationLoadBalancerProps>;

/** A load balancer with its defaults. */
export type LoadBalancerPlan = WithDefaults<ApplicationLoadBalancerProps, typeof DEFAULTS> &
  Required<Pick<ApplicationLoadBalancerProps, 'weights' | 'http'>>;

/** The props with defaults: all requests go to the first set of pods. */
export function loadBalancerPlan(props: ApplicationLoadBalancerProps): LoadBalancerPlan {
  const [first] = props.targetGroups;
  const http = props.clients === 'cloudfront' ? ('closed' as const) : ('redirect' as const);
  const weights: TrafficWeights = first === undefined ? {} : { [first.name]: 100 };
  return { ...withDefaults(DEFAULTS, props), http: props.http ?? http, weights: props.weights ?? weights };
}
