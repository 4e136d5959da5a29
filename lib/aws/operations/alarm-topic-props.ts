import type { WithDefaults } from '../../check';
import type { Subscription } from '../../model/operations/subscription';

export type { Subscription };

/** A service that publishes on its own behalf. */
export type TopicPublisher = 'cloudwatch' | 'budgets' | 'costalerts' | 'events' | 'backup';

/** A topic as declared: who may publish, who hears. */
export interface AlarmTopicProps {
  /** Name of the topic, known to other stacks (1-240 letters, digits, `_`, `-`). Another name is another topic. */
  readonly name: string;
  /** Region to make it in: alarms tell only topics of their own. @default - the stack's */
  readonly region?: string;
  /** Services that publish (distinct). Budgets and cost anomalies live in us-east-1 alone. @default ['cloudwatch', 'events'] */
  readonly publishers?: readonly TopicPublisher[];
  /** Who hears, by names of their own (DNS labels). @default - nobody, with a warning */
  readonly subscriptions?: readonly Subscription[];
}

export const ALARM_TOPIC_DEFAULTS = {
  publishers: ['cloudwatch', 'events'],
  subscriptions: [],
} as const satisfies Partial<AlarmTopicProps>;

/** A declared topic with its defaults. */
export type AlarmTopicPlan = WithDefaults<AlarmTopicProps, typeof ALARM_TOPIC_DEFAULTS>;
