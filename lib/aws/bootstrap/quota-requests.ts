import { ServicequotasServiceQuota } from '@cdktf/provider-aws/lib/servicequotas-service-quota';
import { DataResource } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect } from '../../check';
import { QUOTA_NAMES, type QuotaName, serviceQuota } from '../../model/account/service-quotas';

/** Quotas to ask for, in one account and region. */
export interface QuotaRequestsProps {
  /** What to ask for, by quota (above what AWS grants unasked; at least one). */
  readonly quotas: Readonly<Partial<Record<QuotaName, number>>>;
  /** Region to ask for. @default - the stack's */
  readonly region?: string;
}

const asked = ({ quotas }: QuotaRequestsProps): [QuotaName, number][] =>
  QUOTA_NAMES.flatMap((name): [QuotaName, number][] => {
    const value = quotas[name];
    return value === undefined ? [] : [[name, value]];
  });

const refusals = (props: QuotaRequestsProps): string[] =>
  asked(props)
    .filter(([name, value]) => !(Number.isInteger(value) && value > serviceQuota(name).default))
    .map(([name, value]) => `${name}: ${value}, granted unasked ${serviceQuota(name).default}`);

const fixed = (props: QuotaRequestsProps): string[] =>
  asked(props).flatMap(([name]) => (serviceQuota(name).code === undefined ? [name] : []));

/** What is asked of requests. */
export const QUOTA_REQUEST_CHECKS: readonly Check<QuotaRequestsProps>[] = [
  {
    id: 'quota-request-asks-for-something',
    prop: 'quotas',
    holds: (props) => asked(props).length > 0,
    rule: 'must name at least one quota',
    remedy: 'leave the requests out where what AWS grants unasked suffices',
  },
  {
    id: 'quota-request-asks-for-more',
    prop: 'quotas',
    holds: (props) => refusals(props).length === 0,
    rule: 'must be whole numbers above what AWS grants unasked: it lowers no quota',
    received: refusals,
    remedy: 'use what quotaNeeds counts, and some room',
  },
  {
    id: 'quota-request-can-be-granted',
    prop: 'quotas',
    holds: (props) => fixed(props).length === 0,
    rule: 'must be quotas that can be raised',
    received: fixed,
    remedy: 'use more clusters',
  },
];

/**
 * Requests for higher quotas, so that the first scale-out does not find out. Some are granted in minutes, some are read by
 * people and take days: apply this long before the environment, and apply the environment once the console shows the value.
 *
 * **Upgrade.** A number that changes here is asked for once more. AWS refuses one below what it has granted by now: leave out
 * a quota that is higher already.
 *
 * **Destroy.** Takes the requests out of the state; what was granted stays granted.
 *
 * @example
 * new QuotaRequests(stack, 'Quotas', { quotas: { onDemandVcpus: 256, elasticIps: 10 } });
 */
export class QuotaRequests extends Construct {
  /** What is wrong with the numbers; makes nothing. */
  static inspect(path: string, props: QuotaRequestsProps): Finding[] {
    return inspect(path, props, QUOTA_REQUEST_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: QuotaRequestsProps) {
    super(scope, id);
    enforce(this, QuotaRequests.inspect(this.node.path, props));

    for (const [name, value] of asked(props)) {
      const { service, code } = serviceQuota(name);
      if (code === undefined) continue;
      const number = new DataResource(this, `${name}-asked`, { input: { value } });
      new ServicequotasServiceQuota(this, name, {
        ...(props.region !== undefined && { region: props.region }),
        serviceCode: service,
        quotaCode: code,
        value,
        // what AWS grants beyond it, or refuses, is not asked for again; another number here is
        lifecycle: {
          ignoreChanges: ['value'],
          // as text: cdktf puts braces around a reference, which Terraform does not read here
          replaceTriggeredBy: [`terraform_data.${number.friendlyUniqueId}`],
        },
      });
    }
  }
}
