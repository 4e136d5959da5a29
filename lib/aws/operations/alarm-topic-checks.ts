import { type Check, duplicates, isDnsLabel } from '../../check';
import type { AlarmTopicPlan, Subscription } from './alarm-topic-props';

const names = ({ subscriptions }: AlarmTopicPlan): string[] => subscriptions.map(({ name }) => name);

const wrongNames = (plan: AlarmTopicPlan): string[] => [
  ...names(plan).filter((name) => !isDnsLabel(name)),
  ...duplicates(names(plan)),
];

/** Blank-free, with a domain that has a dot; more is for the mail server to say. */
const isAddress = (address: string): boolean => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address);

const isHttps = (url: string): boolean => /^https:\/\/[^\s/?#]+\.[^\s/?#]+(\/[^\s]*)?$/.test(url);

const wrongEndpoints = ({ subscriptions }: AlarmTopicPlan): string[] =>
  subscriptions
    .filter((one) => (one.protocol === 'email' ? !isAddress(one.address) : !isHttps(one.url)))
    .map(({ name }) => name);

/** Long runs of letters and digits are keys, not words. */
const looksLikeKey = (part: string): boolean => /^(?=.*\d)[A-Za-z0-9_-]{20,}$/.test(part);

const isTelling = (one: Subscription): boolean =>
  one.protocol === 'https' && (/[?#@]/.test(one.url) || one.url.split('/').slice(3).some(looksLikeKey));

const telling = ({ subscriptions }: AlarmTopicPlan): string[] =>
  subscriptions.filter(isTelling).map(({ name }) => name);

/** What is asked of a topic: a name, publishers, and subscribers that are no secrets. */
export const ALARM_TOPIC_CHECKS: readonly Check<AlarmTopicPlan>[] = [
  {
    id: 'alarm-topic-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[\w-]{1,240}$/.test(name),
    rule: "must be 1-240 letters, digits, '_' or '-'",
    remedy: 'use one such as acgs-production-alarms',
  },
  {
    id: 'alarm-topic-has-publishers',
    prop: 'publishers',
    holds: ({ publishers }) => publishers.length > 0 && duplicates(publishers).length === 0,
    rule: 'must name distinct services, at least one',
    remedy: 'leave it out for CloudWatch and EventBridge',
  },
  {
    id: 'alarm-topic-has-subscribers',
    prop: 'subscriptions',
    severity: 'warning',
    holds: ({ subscriptions }) => subscriptions.length > 0,
    rule: 'should name somebody: an alarm that nobody hears changes nothing',
    remedy: 'add the address of those on call, or subscribe it elsewhere',
  },
  {
    id: 'alarm-topic-subscriptions-have-names',
    prop: 'subscriptions',
    holds: (plan) => wrongNames(plan).length === 0,
    rule: 'must each have a DNS label of their own as name',
    received: wrongNames,
    remedy: 'use one such as on-call',
  },
  {
    id: 'alarm-topic-endpoints-are-well-formed',
    prop: 'subscriptions',
    holds: (plan) => wrongEndpoints(plan).length === 0,
    rule: 'must have an address such as on-call@example.com, or a URL that starts with https://',
    received: wrongEndpoints,
    remedy: 'correct it: what cannot be confirmed hears nothing',
  },
  {
    id: 'alarm-topic-endpoints-hold-no-keys',
    prop: 'subscriptions',
    holds: (plan) => telling(plan).length === 0,
    rule: 'must have URLs without a user, a query and parts that look like keys: who reads the state could ring alarms',
    received: telling,
    remedy: 'send to a relay that adds the key, or to the e-mail address of the paging service',
  },
];
