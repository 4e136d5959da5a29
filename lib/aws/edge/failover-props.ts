import type { WithDefaults } from '../../check';
import type { FailoverHealthSpec } from '../../model/edge/failover';

/** The door of one region. */
export interface FailoverSide {
  /** AWS region, `us-west-2`. */
  readonly region: string;
  /**
   * Name that always leads to this region: `us-west-2.acgs.example.com`, an A record of the same zone that stands already. Its load
   * balancer serves it, with a certificate. A name is all that is known here of a region: what leads users away from a lost one
   * must be able to change without reading its state.
   */
  readonly name: string;
}

/** What says that the standby may have users: its database is promoted, and the other one is fenced. */
export type PromotionGate =
  /** A switch in Route 53 that a runbook throws. Its control plane is in us-east-1. */
  | { readonly kind: 'switch' }
  /** A routing control of Application Recovery Controller, on: five regions, for a price by the hour. */
  | { readonly kind: 'routing-control'; readonly arn: string };

/** Names that lead to one of two regions, as declared. */
export interface FailoverRecordsProps extends FailoverHealthSpec {
  /** Zone of all three names. */
  readonly zoneId: string;
  /** Name that users know. */
  readonly name: string;
  /** Region that users are in. */
  readonly primary: FailoverSide;
  /** Region that takes them over. */
  readonly secondary: FailoverSide;
  /** Path that is answered with 2xx or 3xx only if users are served: through proxy, service and database. */
  readonly healthPath: string;
  /** Text among the first 5120 bytes of that answer (1-255 characters). @default - the status alone counts */
  readonly searchString?: string;
  /** What lets users into the standby. @default { kind: 'switch' } */
  readonly gate?: PromotionGate;
}

export const FAILOVER_DEFAULTS = { gate: { kind: 'switch' } } as const satisfies Partial<FailoverRecordsProps>;

/** Two regions with defaults. */
export type FailoverPlan = WithDefaults<FailoverRecordsProps, { readonly gate: PromotionGate }> &
  Required<FailoverHealthSpec>;
