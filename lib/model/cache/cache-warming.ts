import { Duration } from '../../units';

/**
 * Results that a service computes before anybody asks for them. It is asked after each release and again before they expire;
 * what it answers is stored as it is. Nothing is stored that it did not answer, whether or not somebody knows what it will say.
 */
export interface CacheWarmingSpec {
  /** Name of the declared service that computes them. */
  readonly service: string;
  /** Path that is asked, in which `{name}` stands for the name of a result: `/checks/{name}`. Answers are JSON objects. */
  readonly path: string;
  /** Names of the results (1-100 distinct ones of a-z, 0-9, `_` and `-`); each is the end of its key. */
  readonly names: readonly string[];
  /** Kind of result in `ttls`, which says how long they are good. */
  readonly kind: string;
  /** Headers of each request. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that each answer must have, or it is not stored. @default - none */
  readonly expectedHeaders?: Readonly<Record<string, string>>;
  /** How often they are computed anew, sooner than they expire (5, 6, 10, 12, 15, 20 or 30 min; 1, 2, 3, 4, 6, 8 or 12 h). @default - the longest that is a third of their time or less */
  readonly every?: Duration;
  /** Longest time of a run (whole minutes, 2 min to 1 h). @default Duration.minutes(10) */
  readonly within?: Duration;
}

const MINUTES = [5, 6, 10, 12, 15, 20, 30] as const;
const HOURS = [1, 2, 3, 4, 6, 8, 12] as const;

/** Intervals that a day divides into. */
export const WARMING_INTERVALS: readonly Duration[] = [...MINUTES.map(Duration.minutes), ...HOURS.map(Duration.hours)];

/** A run may fail, and the next one too, before anything expires. */
export const warmingInterval = ({ every }: CacheWarmingSpec, ttl: Duration): Duration =>
  every ?? WARMING_INTERVALS.filter(({ inMillis }) => 3 * inMillis <= ttl.inMillis).at(-1) ?? Duration.minutes(5);

/** As cron writes it. */
export const warmingSchedule = ({ inMillis }: Duration): string =>
  inMillis < Duration.hours(1).inMillis
    ? `*/${inMillis / Duration.minutes(1).inMillis} * * * *`
    : `7 */${inMillis / Duration.hours(1).inMillis} * * *`;

/** Longest time of a run. */
export const warmingLimit = ({ within }: CacheWarmingSpec): Duration => within ?? Duration.minutes(10);

/** What warms a cache: Job, CronJob, service account: `cache-warming`. */
export const warmingName = (cache: string): string => `${cache}-warming`;
