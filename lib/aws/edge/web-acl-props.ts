import { type WithDefaults, withDefaults } from '../../check';
import type { ManagedRuleGroup } from '../../model/edge/managed-rules';
import { Duration } from '../../units';

/** What is done with a request that a rule of a managed group matches, instead of what the group says. */
export type RuleAction = 'allow' | 'block' | 'count' | 'captcha' | 'challenge';

/** Rules that AWS keeps, and where ours differ. */
export interface ManagedRules {
  /** Name that AWS gives the group. */
  readonly group: ManagedRuleGroup;
  /** Actions by name of a rule of the group: `{ SizeRestrictions_BODY: 'count' }`. @default - none */
  readonly actions?: Readonly<Record<string, RuleAction>>;
  /** Whether the whole group only counts, for a first look at it. @default 'as-written' */
  readonly mode?: 'as-written' | 'count';
  /** Version to stay at: `Version_1.17`. @default - the one that AWS recommends */
  readonly version?: string;
}

/** Somebody whose requests are not counted. */
export interface RateException {
  /** IPv4 range, for example `203.0.113.10/32`. */
  readonly cidr: string;
  /** Who it is and until when, for whoever finds the hole. */
  readonly reason: string;
}

/** A web application firewall as declared. */
export interface WebAclProps {
  /** Name, also of its metrics: 1-100 letters, digits, `_` and `-`. Another one makes another. */
  readonly name: string;
  /** What it stands before: load balancers of its region, or CloudFront, for which it is made in us-east-1. @default 'regional' */
  readonly scope?: 'regional' | 'cloudfront';
  /** Region to make it in. @default - the stack's, for CloudFront us-east-1 */
  readonly region?: string;
  /** Requests of one client in a window, above which it gets 429 (10-2000000000). @default 6000 */
  readonly limit?: number;
  /** Time over which they are counted: 60, 120, 300 or 600 s. @default Duration.seconds(60) */
  readonly window?: Duration;
  /**
   * Which limit holds. `emergency` is one word to change under attack; enforcement follows within half a minute.
   * @default 'normal'
   */
  readonly mode?: 'normal' | 'emergency';
  /** Requests of one client in a window in an emergency (10 or more, less than `limit`). @default - a tenth of `limit`, 10 at least */
  readonly emergencyLimit?: number;
  /**
   * What a client is: the address of the connection or, behind CloudFront, one that CloudFront writes into a header.
   * `X-Forwarded-For` counts by its first address, which clients write themselves; `CloudFrontDistribution` writes
   * `VIEWER_ADDRESS_HEADER`, which they cannot.
   * @default 'connection'
   */
  readonly clientAddress?: 'connection' | { readonly header: string };
  /** Load generators that the limit does not hold for; managed rules do. @default - none */
  readonly exceptions?: readonly RateException[];
  /** Groups in the order of evaluation. @default DEFAULT_MANAGED_RULES, behind CloudFront without the list of addresses */
  readonly managedRules?: readonly ManagedRules[];
  /** Requests on record: those that were blocked or counted, or all, which costs by the GB. @default 'blocked' */
  readonly logs?: 'blocked' | 'all';
  /** Headers whose values are not recorded, in small letters. @default - authorization, cookie and x-api-key */
  readonly redactedHeaders?: readonly string[];
  /** How long records are kept (days that CloudWatch offers). @default Duration.days(365) */
  readonly logRetention?: Duration;
}

/**
 * Known attackers, injection, known exploits, and what is wrong with requests in general. The last would refuse each body
 * above 8 KiB, which the proxy behind allows: that rule counts only.
 */
export const DEFAULT_MANAGED_RULES: readonly ManagedRules[] = [
  { group: 'AWSManagedRulesAmazonIpReputationList' },
  { group: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { group: 'AWSManagedRulesSQLiRuleSet' },
  { group: 'AWSManagedRulesCommonRuleSet', actions: { SizeRestrictions_BODY: 'count' } },
];

const DEFAULTS = {
  scope: 'regional',
  limit: 6000,
  window: Duration.seconds(60),
  mode: 'normal',
  clientAddress: 'connection',
  exceptions: [],
  logs: 'blocked',
  redactedHeaders: ['authorization', 'cookie', 'x-api-key'],
  logRetention: Duration.days(365),
} as const satisfies Partial<WebAclProps>;

/** A firewall with its defaults. */
export type WebAclPlan = WithDefaults<WebAclProps, typeof DEFAULTS> &
  Required<Pick<WebAclProps, 'emergencyLimit' | 'managedRules'>>;

const HOME_OF_CLOUDFRONT = 'us-east-1';

export function webAclPlan(props: WebAclProps): WebAclPlan {
  const plan = withDefaults(DEFAULTS, props);
  const isBehind = plan.clientAddress !== 'connection';
  return {
    ...plan,
    ...(plan.scope === 'cloudfront' && { region: props.region ?? HOME_OF_CLOUDFRONT }),
    emergencyLimit: props.emergencyLimit ?? Math.max(10, Math.floor(plan.limit / 10)),
    managedRules: props.managedRules ?? (isBehind ? DEFAULT_MANAGED_RULES.slice(1) : DEFAULT_MANAGED_RULES),
  };
}

/** Sets of addresses that its rules look into: one, if there are exceptions. */
export const ipSets = ({ exceptions }: WebAclPlan): number => Math.min(1, exceptions.length);

/** The limit that holds now. */
export const currentLimit = ({ mode, limit, emergencyLimit }: WebAclPlan): number =>
  mode === 'emergency' ? emergencyLimit : limit;
