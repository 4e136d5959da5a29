import { divide, whole } from './whole';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Ten years: nothing that is declared lasts longer, and ten thousand of them still count exactly. */
const MOST = 3653 * DAY;

/**
 * A length of time, exact to the millisecond. At most 3653 days can be declared.
 *
 * @example
 * const drain = Duration.seconds(30);
 * const grace = drain.plus(Duration.minutes(1));
 * `${grace}`; // '90s'
 */
export class Duration {
  /** @param millis Milliseconds (0 or more, whole). */
  static millis(millis: number): Duration {
    return Duration.declared(millis);
  }

  /** @param seconds Seconds (0 or more, at most three decimals). */
  static seconds(seconds: number): Duration {
    return Duration.declared(seconds * SECOND);
  }

  /** @param minutes Minutes of 60 s (0 or more, a whole number of milliseconds). */
  static minutes(minutes: number): Duration {
    return Duration.declared(minutes * MINUTE);
  }

  /** @param hours Hours of 60 minutes (0 or more, a whole number of milliseconds). */
  static hours(hours: number): Duration {
    return Duration.declared(hours * HOUR);
  }

  /** @param days Days of exactly 24 hours (0 or more, a whole number of milliseconds). */
  static days(days: number): Duration {
    return Duration.declared(days * DAY);
  }

  private static declared(millis: number): Duration {
    const duration = new Duration(millis);
    if (duration.inMillis > MOST)
      throw new RangeError(`duration must be at most ${new Duration(MOST)}, got ${duration}`);
    return duration;
  }

  /** The length in milliseconds (whole, 0 or more). */
  readonly inMillis: number;

  private constructor(millis: number) {
    this.inMillis = whole(millis, 'duration in milliseconds');
  }

  /** @throws RangeError if not a whole number of seconds. */
  toSeconds(): number {
    return divide(this.inMillis, SECOND, `${this} in seconds`);
  }

  /** @throws RangeError if not a whole number of minutes. */
  toMinutes(): number {
    return divide(this.inMillis, MINUTE, `${this} in minutes`);
  }

  /** @throws RangeError if not a whole number of days. */
  toDays(): number {
    return divide(this.inMillis, DAY, `${this} in days`);
  }

  /** The sum, as a new length. */
  plus(other: Duration): Duration {
    return new Duration(this.inMillis + other.inMillis);
  }

  /** @param factor How often (whole, 0 or more). */
  times(factor: number): Duration {
    return new Duration(this.inMillis * whole(factor, 'factor'));
  }

  /** Whether this is shorter than the other length or equal to it. */
  isAtMost(other: Duration): boolean {
    return this.inMillis <= other.inMillis;
  }

  /** In the largest unit without a fraction, as Go, nginx and Prometheus read it: `90s`, `2m`, `1h`, `250ms`. */
  toString(): string {
    if (this.inMillis === 0) return '0s';
    if (this.inMillis % HOUR === 0) return `${this.inMillis / HOUR}h`;
    if (this.inMillis % MINUTE === 0) return `${this.inMillis / MINUTE}m`;
    if (this.inMillis % SECOND === 0) return `${this.inMillis / SECOND}s`;
    return `${this.inMillis}ms`;
  }
}
