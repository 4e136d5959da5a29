import { type Check, isDnsLabel } from '../../check';

/** Where alerts go. What is secret about it stands in a Secret of the monitoring namespace, never here. */
export interface ReceiversSpec {
  /** Slack channel with its `#`, which hears of everything that is at least a warning. */
  readonly slackChannel: string;
  /** Who gets mail about what can wait. */
  readonly email: {
    /** Address of the readers. */
    readonly to: string;
    /** Address of the sender. */
    readonly from: string;
    /** Mail server with its port, which must speak TLS: `email-smtp.us-west-2.amazonaws.com:587`. */
    readonly smarthost: string;
    /** Name by which the server knows the sender; no secret. */
    readonly username: string;
  };
  /** Whether PagerDuty wakes people for what escalates. @default 'off' */
  readonly pagerDuty?: 'on' | 'off';
  /**
   * Secret in the monitoring namespace (DNS label) with the fields `pagerduty-routing-key`, `slack-url` and
   * `smtp-password`. @default 'alert-receivers'
   */
  readonly secretName?: string;
}

/** Keys of the Secret. */
export const RECEIVER_KEYS = {
  pagerDuty: 'pagerduty-routing-key',
  slack: 'slack-url',
  email: 'smtp-password',
} as const;

/** Name of the Secret that receivers need unless they name another. */
export const RECEIVER_SECRET = 'alert-receivers';

const isAddress = (text: string): boolean => /^[^\s@<>,;]+@[^\s@<>,;]+\.[a-z]{2,}$/i.test(text);

/** What is asked of receivers. */
export const RECEIVER_CHECKS: readonly Check<ReceiversSpec>[] = [
  {
    id: 'receivers-slack-channel-is-a-channel',
    prop: 'slackChannel',
    holds: ({ slackChannel }) => /^#[a-z0-9_-]{1,80}$/.test(slackChannel),
    rule: "must be '#' and 1-80 of a-z, 0-9, '-' and '_'",
    remedy: 'use a name such as #platform-alerts',
  },
  {
    id: 'receivers-email-has-addresses',
    prop: 'email',
    holds: ({ email }) => isAddress(email.to) && isAddress(email.from),
    rule: 'must go to an address, and come from one',
    received: ({ email }) => [email.to, email.from],
    remedy: 'use addresses such as platform@example.com',
  },
  {
    id: 'receivers-email-server-has-a-port',
    prop: 'email.smarthost',
    holds: ({ email }) => /^[a-z0-9.-]+:([1-9]\d{0,4})$/.test(email.smarthost) && !email.smarthost.endsWith(':25'),
    rule: 'must be a host and a port that speaks TLS, which 25 does not',
    received: ({ email }) => email.smarthost,
    remedy: 'use port 587',
  },
  {
    id: 'receivers-email-has-a-user',
    prop: 'email.username',
    holds: ({ email }) => email.username.trim() !== '',
    rule: 'must not be empty',
    received: ({ email }) => email.username,
    remedy: 'use the name that the mail server knows the sender by',
  },
  {
    id: 'receivers-secret-is-a-dns-label',
    prop: 'secretName',
    holds: ({ secretName = RECEIVER_SECRET }) => isDnsLabel(secretName),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: `use ${RECEIVER_SECRET}`,
  },
];
