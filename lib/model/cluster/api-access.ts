import { type Check, duplicates, type Finding, inspect } from '../../check';
import { Cidr, isPrivate } from '../network/cidr';
import type { ApiAccess } from './cluster';

/** EKS accepts at most this many ranges for a public endpoint. Source: Amazon EKS service quotas. */
const MAX_PUBLIC_RANGES = 40;

/** Wider ranges than this are nobody's own network. */
const WIDEST_PREFIX = 8;

const rangesOf = (access: ApiAccess): readonly string[] => (access.through === 'session-manager' ? [] : access.cidrs);

const isNarrow = (cidr: string): boolean => (Cidr.tryParse(cidr)?.prefix ?? 0) >= WIDEST_PREFIX;

/** Ranges that no packet from the internet comes from; EKS refuses them for a public endpoint. */
const privateRanges = (access: ApiAccess): string[] =>
  access.through === 'public-allowlist'
    ? access.cidrs.filter((cidr) => {
        const range = Cidr.tryParse(cidr);
        return range !== undefined && isPrivate(range);
      })
    : [];

/** What is asked of the ranges: some, narrow, distinct, public where the endpoint is, 40 at most. */
export const API_ACCESS_CHECKS: readonly Check<ApiAccess>[] = [
  {
    id: 'cluster-api-access-names-ranges',
    prop: 'apiAccess.cidrs',
    holds: (access) => access.through === 'session-manager' || access.cidrs.length > 0,
    rule: 'must list at least one range, or nobody outside the VPC reaches the API',
    received: rangesOf,
    remedy: "list the networks that administer the cluster, or use 'session-manager'",
  },
  {
    id: 'cluster-api-access-ranges-are-narrow',
    prop: 'apiAccess.cidrs',
    holds: (access) => rangesOf(access).every(isNarrow),
    rule: `must be IPv4 ranges of /${WIDEST_PREFIX} or narrower, each written with its first address`,
    received: (access) => rangesOf(access).filter((cidr) => !isNarrow(cidr)),
    remedy: 'list the ranges of your own offices, VPN or pipelines; never 0.0.0.0/0',
  },
  {
    id: 'cluster-api-access-public-ranges-are-public',
    prop: 'apiAccess.cidrs',
    holds: (access) => privateRanges(access).length === 0,
    rule: 'must be addresses that the internet sees for a public endpoint, not private ones',
    received: privateRanges,
    remedy: "list the addresses of your way out, or use 'private-network'",
  },
  {
    id: 'cluster-api-access-ranges-are-distinct',
    prop: 'apiAccess.cidrs',
    holds: (access) => duplicates(rangesOf(access)).length === 0,
    rule: 'must be distinct',
    received: (access) => duplicates(rangesOf(access)),
    remedy: 'drop the second one',
  },
  {
    id: 'cluster-api-access-fits-the-quota',
    prop: 'apiAccess.cidrs',
    holds: (access) => access.through !== 'public-allowlist' || access.cidrs.length <= MAX_PUBLIC_RANGES,
    rule: `must list at most ${MAX_PUBLIC_RANGES} ranges for a public endpoint`,
    received: (access) => rangesOf(access).length,
    remedy: 'merge neighbouring ranges, or route them to the VPC',
  },
];

/** Everything wrong with the declared way to the API server. */
export const inspectApiAccess = (path: string, access: ApiAccess): Finding[] =>
  inspect(path, access, API_ACCESS_CHECKS);
