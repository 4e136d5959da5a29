import { withDefaults } from '../../check';
import type { NetworkSpec } from '../../model';
import { Duration } from '../../units';
import type { EncryptionKey } from '../secrets/encryption-key';
import { EKS_INTERFACE_ENDPOINTS, type GatewayService } from './vpc-endpoints';

/** A network as declared: its range and zones, its ways out and what is recorded. */
export interface NetworkProps extends NetworkSpec {
  /** DNS label, unique in the account and region, not starting with `sg-`: `acgs-production`. Names and tags start with it. */
  readonly name: string;
  /** Availability zones of one region (2-3). The order decides addresses: add at the end, never insert or reorder. */
  readonly zones: readonly string[];
  /**
   * Addresses that the private subnet of a zone must hold for nodes and pods (from 1, to 12272 in a `/16`, 752 in a
   * `/20`): what `podAddresses` computes from node groups. It is checked, and moves no subnet.
   * @default - the most that fits, unchecked
   */
  readonly podAddressesPerZone?: number;
  /** EKS cluster that lives here, for the tags by which its controllers find subnets. @default - role tags only */
  readonly clusterName?: string;
  /** AWS services that private subnets reach by a route, at no cost. @default ['s3'] */
  readonly gatewayEndpoints?: readonly GatewayService[];
  /** Accounts (12 digits) beside the own one whose principals may use the endpoints. @default - none */
  readonly trustedAccounts?: readonly string[];
  /** Time that a flow log record sums up (60 or 600 seconds). @default Duration.seconds(60) */
  readonly flowLogInterval?: Duration;
  /** How long flow logs are kept (days that CloudWatch Logs offers). @default Duration.days(365) */
  readonly flowLogRetention?: Duration;
  /** Key of the flow logs, whose users include `logs`. @default - an own key with the alias `<name>-flow-logs` */
  readonly key?: EncryptionKey;
}

type WithoutDefault = 'podAddressesPerZone' | 'clusterName' | 'key';

/** The props with every default in place. */
export type NetworkPlan = Required<Omit<NetworkProps, WithoutDefault>> & Pick<NetworkProps, WithoutDefault>;

const DEFAULTS = {
  gatewayEndpoints: ['s3'],
  interfaceEndpoints: EKS_INTERFACE_ENDPOINTS,
  trustedAccounts: [],
  flowLogInterval: Duration.seconds(60),
  flowLogRetention: Duration.days(365),
} satisfies Partial<NetworkProps>;

/** Fills in the defaults; undefined counts as left out. */
export const planNetwork = (props: NetworkProps): NetworkPlan =>
  withDefaults<NetworkProps, typeof DEFAULTS>(DEFAULTS, props);
