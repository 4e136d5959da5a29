import { divide, whole } from './whole';

const SECONDS_PER_MINUTE = 60;

/**
 * Events over time, exact to one event a minute.
 *
 * @example
 * const logins = Rate.perMinute(30);
 * const searches = Rate.perSecond(10);
 * logins.isAtMost(searches); // true
 */
export class Rate {
  /** @param events Events a second (0 or more, a whole number a minute: 0.5 is 30 a minute). */
  static perSecond(events: number): Rate {
    return new Rate(events * SECONDS_PER_MINUTE);
  }

  /** @param events Events a minute (whole, 0 or more). */
  static perMinute(events: number): Rate {
    return new Rate(events);
  }

  /** The rate in events a minute (whole, 0 or more). */
  readonly inPerMinute: number;

  private constructor(perMinute: number) {
    this.inPerMinute = whole(perMinute, 'rate per minute');
  }

  /** @throws RangeError if not a whole number a second. */
  toPerSecond(): number {
    return divide(this.inPerMinute, SECONDS_PER_MINUTE, `${this} per second`);
  }

  /** Whether this is slower than the other rate or equal to it. */
  isAtMost(other: Rate): boolean {
    return this.inPerMinute <= other.inPerMinute;
  }

  /** Per second where that is whole, else per minute: `10/s`, `90/min`. */
  toString(): string {
    return this.inPerMinute % SECONDS_PER_MINUTE === 0
      ? `${this.inPerMinute / SECONDS_PER_MINUTE}/s`
      : `${this.inPerMinute}/min`;
  }
}
