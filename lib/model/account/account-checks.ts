import { type Check, duplicates, isDnsLabel, isRegion } from '../../check';
import type { PlatformSpec } from '../environment';
import { stateKeyAlias } from '../names';
import type { AccountSpec } from './account';
import { environmentsOf, homeRegions, isUnderItsKey, keptStates, stateBucketsOf, zonesIn } from './account-places';
import { QUOTA_NAMES, type QuotaName } from './service-quotas';

/** An account and the platform it is of. */
export interface AccountSubject extends AccountSpec {
  readonly platform: PlatformSpec;
}

const wrongKeys = (subject: AccountSubject): string[] =>
  keptStates(subject.platform, subject)
    .filter((kept) => kept.state.kmsKeyAlias !== undefined && !isUnderItsKey(kept))
    .map(({ of, state: { kmsKeyAlias } }) => `${kmsKeyAlias} of ${of}`);

const keyless = (subject: AccountSubject): string[] =>
  keptStates(subject.platform, subject)
    .filter(({ state }) => state.kmsKeyAlias === undefined)
    .map(({ of }) => of);

/** Buckets that are said to be in two regions. */
const torn = (subject: AccountSubject): string[] => {
  const places = new Set(keptStates(subject.platform, subject).map(({ state }) => `${state.bucket} ${state.region}`));
  return duplicates([...places].map((place) => place.split(' ')[0] ?? place));
};

/** Regions of environments that others of the platform stand by for. */
const leftRegions = ({ platform: { environments }, id }: AccountSubject): string[] =>
  environments
    .filter(({ account, name }) => account === id && environments.some(({ standbyFor }) => standbyFor === name))
    .map(({ region }) => region);

const strayQuotas = (subject: AccountSubject): string[] =>
  Object.keys(subject.quotas ?? {}).filter((region) => !homeRegions(subject.platform, subject).includes(region));

const isQuota = (name: string): name is QuotaName => QUOTA_NAMES.some((known) => known === name);

const wrongQuotas = ({ quotas = {} }: AccountSubject): string[] =>
  Object.entries(quotas).flatMap(([region, values]) =>
    Object.entries(values)
      .filter(([name, value]) => !isQuota(name) || (value !== undefined && !(Number.isInteger(value) && value >= 0)))
      .map(([name, value]) => `${name} in ${region}: ${value}`),
  );

/** What an account says of itself; what it makes is checked by the constructs that make it. */
export const ACCOUNT_CHECKS: readonly Check<AccountSubject>[] = [
  {
    id: 'account-name-is-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as production',
  },
  {
    id: 'account-id-has-12-digits',
    prop: 'id',
    holds: ({ id }) => /^\d{12}$/.test(id),
    rule: 'must be an AWS account id of 12 digits',
    remedy: 'quote it, so that leading zeros stay',
  },
  {
    id: 'account-region-is-well-formed',
    prop: 'region',
    holds: ({ region }) => isRegion(region),
    rule: 'must be an AWS region such as us-west-2',
    remedy: 'leave out the letter of the zone',
  },
  {
    id: 'account-outlives-what-it-stands-by-for',
    prop: 'region',
    severity: 'warning',
    holds: (subject) => !leftRegions(subject).includes(subject.region),
    rule: (subject) => `should not be ${leftRegions(subject).join(', ')}, whose loss the account must get over`,
    remedy: 'use the region of the standby',
  },
  {
    id: 'account-state-is-beside-its-stack',
    prop: 'state.region',
    severity: 'warning',
    holds: ({ state, region }) => state.kind !== 's3' || state.region === region,
    rule: ({ region }) => `should be ${region}, where the stack is applied: else it needs two regions`,
    received: ({ state }) => (state.kind === 's3' ? state.region : undefined),
    remedy: 'name a bucket in the region of the account',
  },
  {
    id: 'account-states-are-under-the-key-of-their-bucket',
    prop: 'state.kmsKeyAlias',
    holds: (subject) => wrongKeys(subject).length === 0,
    rule: 'must be s3/ and the name of the bucket, as its key is called',
    received: wrongKeys,
    remedy: ({ state }) => `write ${stateKeyAlias(state.kind === 's3' ? state.bucket : '<bucket>')}`,
  },
  {
    id: 'account-states-are-under-a-key',
    prop: 'state.kmsKeyAlias',
    severity: 'warning',
    holds: (subject) => keyless(subject).length === 0,
    rule: 'should be given: without it Terraform asks S3 for its own encryption, which any reader of the bucket passes',
    received: keyless,
    remedy: 'write s3/ and the name of the bucket',
  },
  {
    id: 'account-state-buckets-have-one-region',
    prop: 'state.bucket',
    holds: (subject) => torn(subject).length === 0,
    rule: 'must be in one region, however many environments keep their states in it',
    received: torn,
    remedy: 'use a bucket for each region',
  },
  {
    id: 'account-copy-region-is-well-formed',
    prop: 'copyRegion',
    holds: ({ copyRegion }) => copyRegion === undefined || isRegion(copyRegion),
    rule: 'must be an AWS region such as us-east-1',
    remedy: 'leave out the letter of the zone',
  },
  {
    id: 'account-pipeline-finds-states',
    prop: 'pipeline',
    holds: (subject) => subject.pipeline === undefined || stateBucketsOf(subject.platform, subject).length > 0,
    rule: 'must have states in a bucket: each of its runs begins without files',
    received: () => 'local states only',
    remedy: "give the environments of the account a state of kind 's3'",
  },
  {
    id: 'account-quotas-are-of-its-regions',
    prop: 'quotas',
    holds: (subject) => strayQuotas(subject).length === 0,
    rule: (subject) => `must be by regions of its environments: ${homeRegions(subject.platform, subject).join(', ')}`,
    received: strayQuotas,
    remedy: 'drop the region, or declare the environment',
  },
  {
    id: 'account-quotas-are-whole-numbers',
    prop: 'quotas',
    holds: (subject) => wrongQuotas(subject).length === 0,
    rule: `must be whole numbers from 0 on, of ${QUOTA_NAMES.join(', ')}`,
    received: wrongQuotas,
    remedy: 'write what Service Quotas is to show',
  },
  {
    id: 'account-has-something-in-it',
    prop: 'id',
    severity: 'warning',
    holds: (subject) =>
      environmentsOf(subject.platform, subject).length + zonesIn(subject.platform, subject).length > 0,
    rule: 'should be that of an environment or of a public zone',
    remedy: 'correct the id, or drop the account',
  },
];
