import { whole } from './whole';

/** A million cores: no cluster has more, and sums of what is declared stay exact. */
const MOST = 1_000_000_000;

/**
 * An amount of processor time, exact to the millicore. At most 1000000 cores can be declared.
 *
 * @example
 * const request = Cpu.millis(250);
 * const limit = request.times(4);
 * limit.isAtMost(Cpu.parse('1.5')); // true: 1 core
 */
export class Cpu {
  /** @param millis Thousandths of a core (whole, 0 or more). */
  static millis(millis: number): Cpu {
    return Cpu.declared(millis);
  }

  /** @param cores Cores (0 or more, at most three decimals). */
  static cores(cores: number): Cpu {
    return Cpu.declared(cores * 1000);
  }

  /** Reads a Kubernetes quantity: `250m`, `1`, `1.5`. @throws RangeError for anything else. */
  static parse(quantity: string): Cpu {
    const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(quantity);
    if (!match) throw new RangeError(`cpu must look like 250m, 1 or 1.5, got ${quantity}`);
    return match[2] === 'm' ? Cpu.millis(Number(match[1])) : Cpu.cores(Number(match[1]));
  }

  private static declared(millis: number): Cpu {
    const cpu = new Cpu(millis);
    if (cpu.inMillis > MOST) throw new RangeError(`cpu must be at most ${new Cpu(MOST)} cores, got ${cpu}`);
    return cpu;
  }

  /** The amount in thousandths of a core (whole, 0 or more). */
  readonly inMillis: number;

  private constructor(millis: number) {
    this.inMillis = whole(millis, 'cpu in millicores');
  }

  /** The sum, as a new amount. */
  plus(other: Cpu): Cpu {
    return new Cpu(this.inMillis + other.inMillis);
  }

  /** @param factor How many (whole, 0 or more). */
  times(factor: number): Cpu {
    return new Cpu(this.inMillis * whole(factor, 'factor'));
  }

  /** The part `numerator / denominator` of this, rounded down to a whole millicore. */
  share(numerator: number, denominator: number): Cpu {
    return new Cpu(Math.floor((this.inMillis * numerator) / denominator));
  }

  /** Whether this is less than the other amount or equal to it. */
  isAtMost(other: Cpu): boolean {
    return this.inMillis <= other.inMillis;
  }

  /** The Kubernetes quantity, in the form the API server returns: `500m`, `2`. */
  toString(): string {
    return this.inMillis % 1000 === 0 ? `${this.inMillis / 1000}` : `${this.inMillis}m`;
  }
}
