import { withDefaults } from '../../check';
import { Duration } from '../../units';
import type { MeasuredTimes } from './recovery-times';

/** What may be lost, from least to most. Corruption includes deletion, by a fault or by hand. */
export const RECOVERY_SCENARIOS = ['zone-loss', 'region-loss', 'corruption', 'account-loss'] as const;
export type RecoveryScenario = (typeof RECOVERY_SCENARIOS)[number];

/** What a loss may cost at most; reaching the number misses the goal. */
export interface RecoveryGoal {
  /** Time without service stays below this. @default Duration.hours(4) */
  readonly rto?: Duration;
  /** Data of the last so much time, and no more, may be lost. @default Duration.hours(1) */
  readonly rpo?: Duration;
}

/** A copy of each backup. */
export interface DeclaredCopy {
  /** Region of the vault. */
  readonly region: string;
  /** Whether the vault belongs to another account. @default false */
  readonly otherAccount?: boolean;
  /** Whether nobody can delete from it. @default false */
  readonly locked?: boolean;
}

/** Everything that brings a database and its services back, as it is declared. */
export interface RecoverySpec {
  /** Region that serves users. */
  readonly region: string;
  /** What is promised. @default - 4 hours without service, 1 hour of data */
  readonly goal?: RecoveryGoal;
  /** Whether a synchronous standby runs in another zone. */
  readonly multiAz: boolean;
  /** Automated backups beside the database, from which any second comes back. @default - none */
  readonly pointInTime?: { readonly retention: Duration };
  /** An asynchronous replica, and the lag at which somebody is woken. @default - none */
  readonly replica?: { readonly region: string; readonly lag: Duration };
  /** Automated backups that are copied as they are made. @default - none */
  readonly replicatedBackups?: { readonly region: string; readonly retention: Duration };
  /** A backup plan and where its copies go. @default - none */
  readonly backups?: {
    readonly interval: Duration;
    /** Time in which AWS starts each. */
    readonly startWithin: Duration;
    readonly retention: Duration;
    readonly copies: readonly DeclaredCopy[];
  };
  /** An environment that stands by; warm if its services run at their minimum. @default - none: it is built when needed */
  readonly standby?: { readonly region: string; readonly warm: boolean };
  /**
   * How long health checks take to see an outage, and resolvers to forget an address.
   * @default - nothing watches: estimates of how long people take
   */
  readonly dns?: { readonly detection: Duration; readonly ttl: Duration };
  /** Time in which corruption is noticed: backups that reach back less do not help. @default Duration.days(7) */
  readonly noticedWithin?: Duration;
  /** Times that a drill measured, in place of estimates. @default - none */
  readonly measured?: MeasuredTimes;
}

const DEFAULTS = { goal: {}, noticedWithin: Duration.days(7), measured: {} } as const;

const GOAL_DEFAULTS = { rto: Duration.hours(4), rpo: Duration.hours(1) } as const;

/** What is promised, with its defaults. */
export const recoveryGoal = (goal: RecoveryGoal = {}): Required<RecoveryGoal> => withDefaults(GOAL_DEFAULTS, goal);

/** What is declared, with its defaults. */
export type RecoveryPlan = Omit<RecoverySpec, 'goal'> &
  Required<Pick<RecoverySpec, 'noticedWithin' | 'measured'>> & { readonly goal: Required<RecoveryGoal> };

/** Fills in the defaults of goal and times. */
export function recoveryPlan(spec: RecoverySpec): RecoveryPlan {
  const plan = withDefaults(DEFAULTS, spec);
  return { ...plan, goal: recoveryGoal(plan.goal) };
}
