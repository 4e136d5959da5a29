import { type Check, duplicates, isDnsLabel, isRegion } from '../../check';
import { Cidr, isPrivate, MAX_ZONES, podCapacity, smallestVpcFor, VPC_PREFIX } from '../../model';
import type { NetworkPlan } from './network-plan';

/** The region of a zone: `us-west-2` of `us-west-2a`. Undefined for local zones, which lack NAT gateways and RDS. */
function regionOf(zone: string): string | undefined {
  const region = zone.slice(0, -1);
  return isRegion(region) && /[a-z]$/.test(zone) ? region : undefined;
}

/** Of the default bridge of Docker, and used by some AWS services inside. Source: VPC user guide, "VPC CIDR blocks". */
const BRIDGE = Cidr.parse('172.17.0.0/16');

const GATEWAY_ONLY: readonly string[] = ['s3', 'dynamodb'];

const privateSubnetOf = (vpc: Cidr): Cidr => vpc.part(vpc.prefix + 2, 0);

/** A check on the range of the VPC. It holds for malformed text, which has a check of its own. */
const onRange = (holds: (vpc: Cidr, plan: NetworkPlan) => boolean) => (plan: NetworkPlan) => {
  const vpc = Cidr.tryParse(plan.cidr);
  return vpc === undefined || holds(vpc, plan);
};

const isLaidOut = ({ prefix }: Cidr): boolean => prefix >= VPC_PREFIX.largest && prefix <= VPC_PREFIX.smallest;

/** What is asked of name, range, zones, room for pods, endpoints and flow logs. */
export const NETWORK_CHECKS: readonly Check<NetworkPlan>[] = [
  {
    id: 'network-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as acgs-production',
  },
  {
    id: 'network-name-is-no-security-group-id',
    prop: 'name',
    holds: ({ name }) => !name.startsWith('sg-'),
    rule: 'must not start with sg-: EC2 takes no such name of a security group, and the endpoints have one',
    remedy: 'put the name of the platform first',
  },
  {
    id: 'network-cidr-is-a-network-address',
    prop: 'cidr',
    holds: ({ cidr }) => Cidr.tryParse(cidr) !== undefined,
    rule: 'must be an IPv4 network address with its prefix length',
    remedy: ({ cidr }) => {
      const near = Cidr.enclosing(cidr);
      return near ? `did you mean ${near}?` : 'use a range such as 10.0.0.0/16';
    },
  },
  {
    id: 'network-cidr-is-private',
    prop: 'cidr',
    holds: onRange(isPrivate),
    rule: 'must lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10',
    remedy: 'use a private range; hosts of the internet at these addresses could not be reached',
  },
  {
    id: 'network-cidr-has-room-for-three-tiers',
    prop: 'cidr',
    holds: onRange(isLaidOut),
    rule: `must be a /${VPC_PREFIX.largest} to a /${VPC_PREFIX.smallest}`,
    remedy: 'use a /16: a VPC cannot be resized, and AWS creates no larger one',
  },
  {
    id: 'network-cidr-avoids-the-docker-bridge',
    prop: 'cidr',
    severity: 'warning',
    holds: onRange((vpc) => !vpc.overlaps(BRIDGE)),
    rule: `should stay clear of ${BRIDGE}, which Docker hosts and some AWS services use inside`,
    remedy: 'use another range if such hosts are to be reached',
  },
  {
    id: 'network-spans-two-or-three-zones',
    prop: 'zones',
    holds: ({ zones }) => zones.length >= 2 && zones.length <= MAX_ZONES,
    rule: `must name 2 to ${MAX_ZONES} zones: EKS and RDS refuse to start in one`,
    remedy: 'add or remove zones at the end of the list; the order decides addresses',
  },
  {
    id: 'network-zones-are-distinct',
    prop: 'zones',
    holds: ({ zones }) => duplicates(zones).length === 0,
    rule: 'must name each zone once',
    remedy: 'remove the second one',
  },
  {
    id: 'network-zones-share-a-region',
    prop: 'zones',
    holds: ({ zones }) => !zones.some((zone) => regionOf(zone) === undefined) && new Set(zones.map(regionOf)).size <= 1,
    rule: 'must be availability zones of one region',
    remedy: 'use names such as us-west-2a; a second region is a second network',
  },
  {
    id: 'network-nat-survives-a-zone',
    prop: 'nat',
    severity: 'warning',
    holds: ({ nat, zones }) => nat === 'per-zone' || zones.length <= 1,
    rule: ({ zones }) => `should be per-zone: without ${zones[0]} no private subnet of ${zones.length} zones gets out`,
    remedy: 'use per-zone where an outage costs more than a gateway in each zone',
  },
  {
    id: 'network-pod-addresses-are-whole',
    prop: 'podAddressesPerZone',
    holds: ({ podAddressesPerZone: needed = 1 }) => Number.isSafeInteger(needed) && needed >= 1,
    rule: 'must be a whole number from 1',
    remedy: 'work it out with podAddresses(nodeGroups, zones)',
  },
  {
    id: 'network-private-subnets-hold-the-pods',
    prop: 'podAddressesPerZone',
    holds: onRange(
      (vpc, { podAddressesPerZone: needed = 0 }) => !isLaidOut(vpc) || needed <= podCapacity(privateSubnetOf(vpc)),
    ),
    rule: ({ cidr }) => {
      const subnet = privateSubnetOf(Cidr.parse(cidr));
      const capacity = podCapacity(subnet);
      return (
        `must be at most ${capacity}: a private subnet is a quarter of the VPC, a /${subnet.prefix} of ` +
        `${subnet.size} addresses, of which three quarters less one prefix of 16 are kept for pods`
      );
    },
    remedy: ({ podAddressesPerZone: needed = 0 }) => {
      const prefix = smallestVpcFor(needed);
      const maxima = 'lower the maxima of the node groups';
      return prefix === undefined ? `${maxima}; no VPC holds as many` : `use a /${prefix}, or ${maxima}`;
    },
  },
  {
    id: 'network-cluster-name-is-allowed',
    prop: 'clusterName',
    holds: ({ clusterName }) => clusterName === undefined || /^[0-9A-Za-z][\w-]{0,99}$/.test(clusterName),
    rule: "must be 1-100 letters, digits, '-' or '_', the first a letter or digit",
    remedy: 'use the name of the EKS cluster',
  },
  {
    id: 'network-endpoints-are-short-names',
    prop: 'interfaceEndpoints',
    holds: ({ interfaceEndpoints }) =>
      interfaceEndpoints.every((service) => /^(?!com\.|aws\.)[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/.test(service)),
    rule: 'must be names of services without com.amazonaws and region',
    remedy: 'use names such as ecr.api',
  },
  {
    id: 'network-gateway-services-have-no-interface',
    prop: 'interfaceEndpoints',
    holds: ({ interfaceEndpoints }) => !interfaceEndpoints.some((service) => GATEWAY_ONLY.includes(service)),
    rule: 'must not name s3 or dynamodb, which a gateway reaches at no cost',
    remedy: 'name them in gatewayEndpoints',
  },
  {
    id: 'network-endpoints-are-distinct',
    prop: ({ interfaceEndpoints }) =>
      duplicates(interfaceEndpoints).length > 0 ? 'interfaceEndpoints' : 'gatewayEndpoints',
    holds: ({ interfaceEndpoints, gatewayEndpoints }) =>
      duplicates([...interfaceEndpoints]).length === 0 && duplicates([...gatewayEndpoints]).length === 0,
    rule: 'must name each service once: a VPC has one private name for it',
    remedy: 'remove the second one',
  },
  {
    id: 'network-trusted-accounts-have-12-digits',
    prop: 'trustedAccounts',
    holds: ({ trustedAccounts }) => trustedAccounts.every((account) => /^\d{12}$/.test(account)),
    rule: 'must be AWS account ids of 12 digits',
    remedy: 'quote them, so that leading zeros stay',
  },
  {
    id: 'network-flow-log-interval-is-offered',
    prop: 'flowLogInterval',
    holds: ({ flowLogInterval }) => [60_000, 600_000].includes(flowLogInterval.inMillis),
    rule: 'must be 60 or 600 seconds',
    remedy: 'use 60 seconds; interfaces of nodes report by the minute in either case',
  },
];
