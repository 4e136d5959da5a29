import { Token } from 'cdktf';
import type { Check } from '../../check';
import { isIpv4Range } from '../../model/network/ipv4-range';
import type { PostgresClient } from './postgres-access';

const ANYWHERE = /\/0$/;

/** The range of a client, unless it is a security group or known only to Terraform. */
const rangeOf = (client: PostgresClient): string | undefined =>
  'cidr' in client && !Token.isUnresolved(client.cidr) ? client.cidr : undefined;

/** Each client by itself. */
export const POSTGRES_CLIENT_CHECKS: readonly Check<PostgresClient>[] = [
  {
    id: 'postgres-client-is-described',
    prop: 'description',
    holds: ({ description }) => /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description) && /[A-Za-z]/.test(description),
    rule: 'must be 1-255 letters, digits, spaces or ._-:/()#,@[]+=&;{}!$*, with a letter',
    remedy: 'say what it is, for example pods of the cluster',
  },
  {
    id: 'postgres-client-is-a-range',
    prop: 'cidr',
    holds: (client) => isIpv4Range(rangeOf(client) ?? '10.0.0.0/8'),
    rule: 'must be an IPv4 range',
    remedy: 'write one host as 10.0.0.7/32',
  },
  {
    id: 'postgres-client-is-not-everyone',
    prop: 'cidr',
    holds: (client) => !ANYWHERE.test(rangeOf(client) ?? ''),
    rule: 'must not be every address',
    remedy: 'list the networks or security groups of the clients',
  },
];
