import type { StateBackend } from '../state-backend';

/** The public zone of a platform, and who of its environments answers under which name. */
export interface PublicDnsSpec {
  /** Name of the zone, which the environments' domains lie in or are: `acgs.example.com`. */
  readonly zone: string;
  /** AWS account id of the zone (12 digits). */
  readonly account: string;
  /** Region that its stacks are applied in, and that their state is in: not the one that failover leaves. */
  readonly region: string;
  /** Where Terraform keeps what it knows of the zone. */
  readonly state: StateBackend;
}
