import { type Check, type Finding, inspect } from '../../check';
import type { QuotaPlan } from './quota-needs';
import { QUOTA_NAMES, type QuotaName, type ServiceQuota, serviceQuota } from './service-quotas';

/**
 * Quotas of one account in one region, as the Service Quotas console shows them ("applied account-level quota value"). One
 * that is left out is taken for what AWS grants every account.
 */
export type AccountQuotas = Readonly<Partial<Record<QuotaName, number>>>;

/** Quotas as they are, and what is needed of them. */
export interface QuotaSubject extends QuotaPlan {
  readonly quotas: AccountQuotas;
}

/** Id of a check on one quota: `quota-on-demand-vcpus-suffices`. */
const idOf = (name: QuotaName, state: string): string =>
  `quota-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-${state}`;

/** A quota that cannot be raised is what it is. */
const granted = ({ quotas }: QuotaSubject, name: QuotaName): number | undefined =>
  serviceQuota(name).code === undefined ? serviceQuota(name).default : quotas[name];

const needOf = ({ needs }: QuotaSubject, name: QuotaName): string =>
  `needs ${needs[name]} ${serviceQuota(name).counts}`;

const wayOut = ({ code }: ServiceQuota, needed: number): string =>
  code === undefined
    ? 'split the cluster: this quota cannot be raised'
    : `ask for at least ${needed} with QuotaRequests (${code}); it may take days`;

const checksOf = (name: QuotaName): Check<QuotaSubject>[] => {
  const quota = serviceQuota(name);
  const suffices: Check<QuotaSubject> = {
    id: idOf(name, 'suffices'),
    prop: name,
    holds: (subject) => {
      const limit = granted(subject, name);
      return limit === undefined || subject.needs[name] <= limit;
    },
    rule: (subject) => `must hold what is declared: it ${needOf(subject, name)}`,
    received: (subject) => granted(subject, name),
    remedy: ({ needs }) => wayOut(quota, needs[name]),
  };
  const isDeclared: Check<QuotaSubject> = {
    id: idOf(name, 'is-known'),
    prop: name,
    severity: 'warning',
    holds: (subject) => subject.quotas[name] !== undefined || subject.needs[name] <= quota.default,
    rule: (subject) =>
      `should be declared: the environment ${needOf(subject, name)}, and AWS grants ${quota.default} unasked`,
    received: ({ quotas }) => quotas[name],
    remedy: `look it up in Service Quotas (${quota.service}, ${quota.code}) and declare what it shows`,
  };
  return quota.code === undefined ? [suffices] : [suffices, isDeclared];
};

const wrongQuotas = ({ quotas }: QuotaSubject): string[] =>
  Object.entries(quotas)
    .filter(([, value]) => value !== undefined && !(value >= 0 && Number.isFinite(value)))
    .map(([name, value]) => `${name}: ${value}`);

/** What is asked of the quotas of an account. */
export const QUOTA_CHECKS: readonly Check<QuotaSubject>[] = [
  {
    id: 'quota-values-are-numbers',
    prop: 'quotas',
    holds: (subject) => wrongQuotas(subject).length === 0,
    rule: 'must be numbers from 0 on',
    received: wrongQuotas,
    remedy: 'write what Service Quotas shows',
  },
  {
    id: 'quota-counts-every-instance-type',
    prop: 'nodeGroups',
    severity: 'warning',
    holds: ({ uncounted }) => uncounted.length === 0,
    rule: 'should have instance types of the catalog: others are not counted',
    received: ({ uncounted }) => uncounted,
    remedy: 'count their vCPUs in otherVcpus, or look at the quota of their own family',
  },
  ...QUOTA_NAMES.flatMap(checksOf),
];

/** Where the quotas of an account fall short of what is needed of them. */
export const inspectQuotas = (path: string, plan: QuotaPlan, quotas: AccountQuotas): Finding[] =>
  inspect(path, { ...plan, quotas }, QUOTA_CHECKS);
