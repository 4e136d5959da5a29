import { divide, whole } from './whole';

const SECONDS_PER_MINUTE = 60;

/** Events over time, exact to one event a minute. */
export class Rate {
  static perSecond(events: number): Rate {
    return new Rate(events * SECONDS_PER_MINUTE);
  }

  static perMinute(events: number): Rate {
    return new Rate(events);
  }

  readonly inPerMinute: number;

  private constructor(perMinute: number) {
    this.inPerMinute = whole(perMinute, 'rate per minute');
  }

  /** @throws RangeError if not a whole number a second. */
  toPerSecond(): number {
    return divide(this.inPerMinute, SECONDS_PER_MINUTE, `${this} per second`);
  }

  isAtMost(other: Rate): boolean {
    return this.inPerMinute <= other.inPerMinute;
  }

  toString(): string {
    return this.inPerMinute % SECONDS_PER_MINUTE === 0
      ? `${this.inPerMinute / SECONDS_PER_MINUTE}/s`
      : `${this.inPerMinute}/min`;
  }
}
