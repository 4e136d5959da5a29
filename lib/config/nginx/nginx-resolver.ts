import { type Check, type Finding, inspect } from '../../check';
import { isResolver } from '../../model/nginx/nginx-values';

/** What is said about who knows where listed servers are. */
export const LISTED_RESOLVER_CHECKS: readonly Check<{ readonly resolver: string }>[] = [
  {
    id: 'listed-resolver-is-an-address',
    prop: 'resolver',
    holds: ({ resolver }) => isResolver(resolver),
    rule: 'must be a DNS name or an address, with or without a port',
    remedy: 'use 127.0.0.11 in Compose',
  },
];

/** Nothing, if servers are looked up once. */
export const inspectResolver = (path: string, resolver: string | undefined): Finding[] =>
  resolver === undefined ? [] : inspect(path, { resolver }, LISTED_RESOLVER_CHECKS);
