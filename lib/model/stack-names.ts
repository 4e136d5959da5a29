import type { PublicDnsSpec } from './edge/public-dns';
import type { PlatformSpec } from './environment';
import {
  accountStackName,
  delegatedDnsStackName,
  dnsStackName,
  failoverStackName,
  STACK_LAYERS,
  stackName,
} from './names';

/** Stacks of names that users know. */
export const dnsStackNames = (platform: string, { delegated = [] }: PublicDnsSpec): string[] => [
  dnsStackName(platform),
  ...delegated.map(({ zone }) => delegatedDnsStackName(platform, zone)),
  failoverStackName(platform),
];

/** Names of every stack that a platform may have, whether or not what it declares asks for each. */
export const platformStackNames = ({ name, environments, accounts = [], dns }: PlatformSpec): string[] => [
  ...accounts.map((account) => accountStackName(name, account.name)),
  ...(dns ? dnsStackNames(name, dns) : []),
  ...environments.flatMap((environment) => STACK_LAYERS.map((layer) => stackName(name, environment.name, layer))),
];
