import { Token } from 'cdktf';
import { type Check, duplicates } from '../../check';

/** A tag by which costs are told apart. It is a cost allocation tag, or it filters nothing. */
export interface CostTag {
  /** Key (1-128 characters, no `aws:`). */
  readonly key: string;
  /** Value (1-256 characters). */
  readonly value: string;
}

/** Who is told. */
export interface CostSubscribers {
  /** Addresses that get a letter (at most 10). @default - none */
  readonly emails?: readonly string[];
  /** SNS topics that get a message (at most 1). @default - none */
  readonly topicArns?: readonly string[];
}

const isEmail = (text: string): boolean =>
  Token.isUnresolved(text) || /^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$/.test(text);

const isTopic = (arn: string): boolean =>
  Token.isUnresolved(arn) || /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/.test(arn);

/** What is asked of recipients: some, well formed, as many as AWS takes. */
export const COST_SUBSCRIBER_CHECKS: readonly Check<Required<CostSubscribers>>[] = [
  {
    id: 'cost-somebody-is-told',
    prop: 'emails',
    holds: ({ emails, topicArns }) => emails.length + topicArns.length > 0,
    rule: 'or topicArns must name somebody',
    remedy: 'add the address of the team that pays',
  },
  {
    id: 'cost-emails-are-addresses',
    prop: 'emails',
    holds: ({ emails }) => emails.every(isEmail) && emails.length <= 10 && duplicates(emails).length === 0,
    rule: 'must be at most 10 different addresses',
    remedy: 'use the address of a list',
  },
  {
    id: 'cost-topics-are-arns',
    prop: 'topicArns',
    holds: ({ topicArns }) => topicArns.every(isTopic) && topicArns.length <= 1,
    rule: 'must be at most one ARN of an SNS topic',
    remedy: 'subscribe the others to that topic',
  },
];

/** A check on the tag of something, under the id of its own. */
export const costTagIsComplete = (id: string): Check<{ readonly tag?: CostTag }> => ({
  id,
  prop: 'tag',
  holds: ({ tag }) =>
    tag === undefined || (/^(?!aws:)[^$]{1,128}$/i.test(tag.key) && /^(?!\{)[^$]{1,256}$/.test(tag.value)),
  rule: 'must have a key of 1-128 and a value of 1-256 characters, without $, and none of aws: or { at their start',
  remedy: "use one of the provider's default tags, such as environment",
});
