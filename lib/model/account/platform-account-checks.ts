import { type Check, duplicates, type Finding, inspect } from '../../check';
import { zonesOf } from '../edge/public-dns';
import type { PlatformSpec } from '../environment';
import { accountStackName } from '../names';
import { platformStackNames } from '../stack-names';
import { ACCOUNT_CHECKS } from './account-checks';

/** Accounts that something is in and that are not declared, while others are. */
const undeclared = ({ accounts, environments, dns }: PlatformSpec): string[] => {
  const ids = (accounts ?? []).map(({ id }) => id);
  return [
    ...environments.filter(({ account }) => !ids.includes(account)).map(({ name, account }) => `${account} of ${name}`),
    ...zonesOf(dns)
      .filter(({ account }) => !ids.includes(account))
      .map(({ zone, account }) => `${account} of ${zone}`),
  ];
};

/** Stacks of accounts that are called like others. */
const sameStacks = (platform: PlatformSpec): string[] => {
  const accounts = (platform.accounts ?? []).map(({ name }) => accountStackName(platform.name, name));
  return duplicates(platformStackNames(platform)).filter((name) => accounts.includes(name));
};

/** What is asked of the accounts of a platform together. */
export const PLATFORM_ACCOUNT_CHECKS: readonly Check<PlatformSpec>[] = [
  {
    id: 'platform-accounts-have-distinct-names',
    prop: 'accounts',
    holds: ({ accounts = [] }) => duplicates(accounts.map(({ name }) => name)).length === 0,
    rule: 'must have distinct names',
    received: ({ accounts = [] }) => duplicates(accounts.map(({ name }) => name)),
    remedy: 'rename or remove the second one',
  },
  {
    id: 'platform-accounts-have-distinct-ids',
    prop: 'accounts',
    holds: ({ accounts = [] }) => duplicates(accounts.map(({ id }) => id)).length === 0,
    rule: 'must have distinct ids: what is set for all of an account has one owner',
    received: ({ accounts = [] }) => duplicates(accounts.map(({ id }) => id)),
    remedy: 'make one of the two',
  },
  {
    id: 'platform-accounts-are-all-declared',
    prop: 'accounts',
    holds: (platform) => platform.accounts === undefined || undeclared(platform).length === 0,
    rule: 'must be those of all environments and public zones, if any is declared',
    received: undeclared,
    remedy: 'declare the account, or correct the id in the environment',
  },
  {
    id: 'platform-account-stacks-have-names-of-their-own',
    prop: 'accounts',
    holds: (platform) => sameStacks(platform).length === 0,
    rule: 'must not make stacks of the name of another',
    received: sameStacks,
    remedy: 'rename the account, or the environment whose name starts with account',
  },
];

/** Every fault in what a platform says of its accounts. */
export const inspectAccountSpecs = (platform: PlatformSpec): Finding[] => [
  ...inspect(platform.name, platform, PLATFORM_ACCOUNT_CHECKS),
  ...(platform.accounts ?? []).flatMap((account) =>
    inspect(`${platform.name}/account-${account.name}`, { ...account, platform }, ACCOUNT_CHECKS),
  ),
];
