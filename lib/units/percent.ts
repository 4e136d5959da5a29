import { divide, whole } from './whole';

/**
 * A share of something, exact to a hundredth of a percent. May exceed 100: utilization of a request does.
 *
 * @example
 * const target = Percent.of(70);
 * target.toRatio(); // 0.7
 */
export class Percent {
  /** @param percent 0 or more, at most two decimals. */
  static of(percent: number): Percent {
    return new Percent(percent * 100);
  }

  /** @param ratio 0.85 is 85 %. */
  static ratio(ratio: number): Percent {
    return new Percent(ratio * 10_000);
  }

  /** Hundredths of a percent (whole, 0 or more). */
  readonly inBasisPoints: number;

  private constructor(basisPoints: number) {
    this.inBasisPoints = whole(basisPoints, 'percent in hundredths');
  }

  /** @throws RangeError if not a whole number of percent. */
  toPercent(): number {
    return divide(this.inBasisPoints, 100, `${this} in whole percent`);
  }

  /** 85 % is 0.85. */
  toRatio(): number {
    return this.inBasisPoints / 10_000;
  }

  /** Whether this is less than the other share or equal to it. */
  isAtMost(other: Percent): boolean {
    return this.inBasisPoints <= other.inBasisPoints;
  }

  /** In percent, with its decimals: `70%`, `99.95%`. */
  toString(): string {
    return `${this.inBasisPoints / 100}%`;
  }
}
