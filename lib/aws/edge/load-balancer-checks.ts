import { Token } from 'cdktf';
import { type Check, duplicates, isWholeWithin } from '../../check';
import { isIpv4Range } from '../../model';
import { LOAD_BALANCER_TLS_POLICIES } from '../../model/edge/tls-policies';
import { isServerName } from '../../model/nginx/nginx-values';
import { Duration } from '../../units';
import type { LoadBalancerClient, LoadBalancerLogs, LoadBalancerPlan } from './load-balancer-props';

const seconds = (duration: Duration): number => duration.inMillis / Duration.seconds(1).inMillis;

const logs = ({ accessLogs, connectionLogs }: LoadBalancerPlan): LoadBalancerLogs[] => [
  accessLogs,
  ...(connectionLogs === undefined ? [] : [connectionLogs]),
];

/** A prefix that is one, and does not say again what AWS adds. */
const isLogPrefix = ({ prefix }: LoadBalancerLogs): boolean =>
  prefix === undefined || (/^[\w!.*'()-]+(\/[\w!.*'()-]+)*$/.test(prefix) && !prefix.includes('AWSLogs'));

const place = ({ bucket, prefix = '' }: LoadBalancerLogs): string => `${bucket}/${prefix}`;

const listed = ({ clients }: LoadBalancerPlan): readonly LoadBalancerClient[] =>
  typeof clients === 'string' ? [] : clients;

const range = (client: LoadBalancerClient): string | undefined => ('cidr' in client ? client.cidr : undefined);

const isReachedByAnybody = (plan: LoadBalancerPlan): boolean =>
  plan.scheme === 'internet-facing' && plan.clients !== 'cloudfront';

/** What Elastic Load Balancing asks, and what its neighbours on both sides do. Target groups have checks of their own. */
export const LOAD_BALANCER_CHECKS: readonly Check<LoadBalancerPlan>[] = [
  {
    id: 'load-balancer-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^(?!internal-)[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name),
    rule: 'must be 1-32 of a-z, 0-9 and inner hyphens and not start with internal-',
    remedy: 'use a name such as acgs-production',
  },
  {
    id: 'load-balancer-has-subnets-in-two-zones',
    prop: 'subnetIds',
    holds: ({ subnetIds }) => Token.isUnresolved(subnetIds) || new Set(subnetIds).size >= 2,
    rule: 'must be at least two subnets, each in a zone of its own',
    remedy: 'use the public subnets of the network',
  },
  {
    id: 'load-balancer-tls-is-1-2-or-later',
    prop: 'tlsPolicy',
    holds: ({ tlsPolicy }) => LOAD_BALANCER_TLS_POLICIES.facts.has(tlsPolicy),
    rule: `must be one of ${[...LOAD_BALANCER_TLS_POLICIES.facts.keys()].join(', ')}`,
    remedy: 'leave it out for TLS 1.3 and 1.2',
  },
  {
    id: 'load-balancer-hosts-are-names',
    prop: 'hosts',
    holds: ({ hosts }) => hosts.length >= 1 && hosts.length <= 5 && hosts.every((host) => isServerName(host)),
    rule: 'must be 1 to 5 DNS names in small letters, as many as one rule compares',
    remedy: 'name what users ask for, or use *.example.com',
  },
  {
    id: 'load-balancer-groups-are-told-apart',
    prop: 'targetGroups',
    holds: ({ targetGroups }) => duplicates(targetGroups.map(({ name }) => name)).length === 0,
    rule: 'must have names that differ',
    received: ({ targetGroups }) => targetGroups.map(({ name }) => name),
    remedy: 'rename the second one',
  },
  {
    id: 'load-balancer-clients-are-named',
    prop: 'clients',
    holds: ({ clients }) => typeof clients === 'string' || clients.length > 0,
    rule: 'must name somebody, or nobody gets in',
    remedy: 'use anyone, cloudfront or ranges',
  },
  {
    id: 'load-balancer-clients-are-described',
    prop: 'clients',
    holds: (plan) => listed(plan).every(({ description }) => /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description)),
    rule: 'must each say who they are in 1-255 characters that EC2 takes: letters, digits and ._-:/()#,@[]+=&;{}!$*',
    received: (plan) => listed(plan).map(({ description }) => description),
    remedy: 'write a few words without quotes',
  },
  {
    id: 'load-balancer-clients-are-ranges',
    prop: 'clients',
    holds: (plan) =>
      listed(plan)
        .flatMap((client) => range(client) ?? [])
        .every((cidr) => Token.isUnresolved(cidr) || isIpv4Range(cidr)),
    rule: 'must be IPv4 ranges without bits beyond their length',
    received: (plan) => listed(plan).flatMap((client) => range(client) ?? []),
    remedy: 'use /32 for one address',
  },
  {
    id: 'load-balancer-cloudfront-speaks-https',
    prop: 'http',
    holds: ({ clients, http }) => clients !== 'cloudfront' || http === 'closed',
    rule: 'must be closed for CloudFront: its list counts as 55 rules of the 60 that a security group has',
    remedy: 'leave it out; CloudFront itself redirects users',
  },
  {
    id: 'load-balancer-cloudfront-reaches-it',
    prop: 'clients',
    holds: ({ clients, scheme }) => clients !== 'cloudfront' || scheme === 'internet-facing',
    rule: 'must not be cloudfront without public addresses: its servers connect over the internet',
    remedy: 'use internet-facing',
  },
  {
    id: 'load-balancer-log-prefix-is-allowed',
    prop: 'accessLogs.prefix',
    holds: (plan) => logs(plan).every(isLogPrefix),
    rule: 'must not hold AWSLogs, which is added, nor start or end with /',
    received: (plan) => logs(plan).map(({ prefix }) => prefix),
    remedy: 'use a word such as acgs-production',
  },
  {
    id: 'load-balancer-logs-are-apart',
    prop: 'connectionLogs',
    holds: (plan) => duplicates(logs(plan).map(place)).length === 0,
    rule: 'must go elsewhere than the access logs',
    received: (plan) => logs(plan).map(place),
    remedy: 'use another prefix',
  },
  {
    id: 'load-balancer-idle-timeout-is-offered',
    prop: 'idleTimeout',
    holds: ({ idleTimeout }) => isWholeWithin(seconds(idleTimeout), 1, 4000),
    rule: 'must be 1 to 4000 whole seconds',
    remedy: 'leave it out for 60 s',
  },
  {
    id: 'load-balancer-closes-before-its-targets',
    prop: 'idleTimeout',
    holds: ({ idleTimeout, targetKeepalive }) => idleTimeout.inMillis < targetKeepalive.inMillis,
    rule: ({ targetKeepalive }) =>
      `must be shorter than ${targetKeepalive}, after which pods close idle connections: a request that meets the end gets 502`,
    remedy: 'shorten it, or let pods wait longer',
  },
  {
    id: 'load-balancer-waits-for-slow-responses',
    prop: 'slowestResponse',
    holds: ({ slowestResponse, idleTimeout }) => slowestResponse === undefined || slowestResponse.isAtMost(idleTimeout),
    rule: ({ idleTimeout }) => `must be at most idleTimeout, ${idleTimeout}: what takes longer is answered with 504`,
    remedy: 'raise idleTimeout, and targetKeepalive above it',
  },
  {
    id: 'load-balancer-client-keep-alive-is-offered',
    prop: 'clientKeepAlive',
    holds: ({ clientKeepAlive }) => isWholeWithin(seconds(clientKeepAlive), 60, 604_800),
    rule: 'must be 60 to 604800 whole seconds',
    remedy: 'leave it out for 1 h',
  },
  {
    id: 'load-balancer-has-a-firewall',
    prop: 'webAclArn',
    severity: 'warning',
    holds: (plan) => plan.webAclArn !== undefined || !isReachedByAnybody(plan),
    rule: 'should be given where the internet connects: nothing else counts the requests of one client',
    remedy: 'use the arn of a regional WebAcl',
  },
];
