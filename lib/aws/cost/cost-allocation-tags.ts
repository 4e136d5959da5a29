import { CeCostAllocationTag } from '@cdktf/provider-aws/lib/ce-cost-allocation-tag';
import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect } from '../../check';

/** Keys of tags by which a bill is broken down. */
export interface CostAllocationTagsProps {
  /**
   * Keys as resources carry them, at most 500, none of AWS' own; each is seen on a resource for a day before it can be
   * named.
   */
  readonly keys: readonly string[];
}

/** What Cost Explorer takes as a key. */
const isKey = (key: string): boolean => /^(?!aws:)[\w\s+=.:/@-]{1,128}$/i.test(key);

/** Source: AWS Billing quotas, active cost allocation tag keys. */
const MAX_KEYS = 500;

/** What is asked of the keys. */
export const COST_ALLOCATION_TAG_CHECKS: readonly Check<CostAllocationTagsProps>[] = [
  {
    id: 'cost-allocation-keys-are-allowed',
    prop: 'keys',
    holds: ({ keys }) => keys.every(isKey),
    rule: 'must be keys of 1-128 characters that do not start with aws:',
    received: ({ keys }) => keys.filter((key) => !isKey(key)),
    remedy: "use the keys of the provider's default tags",
  },
  {
    id: 'cost-allocation-keys-are-distinct',
    prop: 'keys',
    holds: ({ keys }) => keys.length >= 1 && keys.length <= MAX_KEYS && duplicates(keys).length === 0,
    rule: `must be 1-${MAX_KEYS} different keys`,
    received: ({ keys }) => (duplicates(keys).length > 0 ? duplicates(keys) : keys.length),
    remedy: 'name platform, environment and stack',
  },
];

/**
 * Makes tags count on the bill, so that budgets, anomalies and reports can tell environments apart.
 *
 * Only the account that pays can do that: in an organization, apply it there once, not in each environment. A key must
 * have been on some resource for up to a day, and what was used before is not told apart.
 *
 * @example
 * new CostAllocationTags(billingStack, 'Tags', { keys: ['platform', 'environment', 'stack'] });
 */
export class CostAllocationTags extends Construct {
  /** What is wrong with the keys; makes nothing. */
  static inspect(path: string, props: CostAllocationTagsProps): Finding[] {
    return inspect(path, props, COST_ALLOCATION_TAG_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: CostAllocationTagsProps) {
    super(scope, id);
    enforce(this, CostAllocationTags.inspect(this.node.path, props));

    for (const tagKey of props.keys) new CeCostAllocationTag(this, tagKey, { tagKey, status: 'Active' });
  }
}
