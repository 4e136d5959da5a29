import { divide, whole } from './whole';

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** Binary suffixes of Kubernetes, largest first. */
const SUFFIXES: readonly (readonly [suffix: string, bytes: number])[] = [
  ['Ti', 1024 * GIB],
  ['Gi', GIB],
  ['Mi', MIB],
  ['Ki', KIB],
];

/** No machine and no volume is larger; sums of what is declared stay exact. */
const MOST = 128 * 1024 * GIB;

/**
 * An amount of memory or storage, exact to the byte. Sizes are binary: 1 GiB is 1024 MiB. At most 128Ti can be declared.
 *
 * @example
 * const limit = Memory.gib(3);
 * const data = limit.share(2, 3);
 * `${data}`; // '2Gi'
 */
export class Memory {
  /** @param bytes Bytes (whole, 0 or more). */
  static bytes(bytes: number): Memory {
    return Memory.declared(bytes);
  }

  /** @param kib KiB of 1024 bytes (0 or more, a whole number of bytes). */
  static kib(kib: number): Memory {
    return Memory.declared(kib * KIB);
  }

  /** @param mib MiB of 1024 KiB (0 or more, a whole number of bytes). */
  static mib(mib: number): Memory {
    return Memory.declared(mib * MIB);
  }

  /** @param gib GiB of 1024 MiB (0 or more, a whole number of bytes). */
  static gib(gib: number): Memory {
    return Memory.declared(gib * GIB);
  }

  /** Reads a Kubernetes quantity, binary or bytes: `512Mi`, `1.5Gi`, `1500`. @throws RangeError for anything else. */
  static parse(quantity: string): Memory {
    if (/^\d+$/.test(quantity)) return Memory.declared(Number(quantity));
    const match = /^(\d+(?:\.\d+)?)(Ti|Gi|Mi|Ki)$/.exec(quantity);
    const unit = SUFFIXES.find(([suffix]) => suffix === match?.[2]);
    if (!match || !unit) throw new RangeError(`memory must look like 512Mi or 1.5Gi, got ${quantity}`);
    return Memory.declared(Number(match[1]) * unit[1]);
  }

  private static declared(bytes: number): Memory {
    const memory = new Memory(bytes);
    if (memory.inBytes > MOST) throw new RangeError(`memory must be at most ${new Memory(MOST)}, got ${memory}`);
    return memory;
  }

  /** The amount in bytes (whole, 0 or more). */
  readonly inBytes: number;

  private constructor(bytes: number) {
    this.inBytes = whole(bytes, 'memory in bytes');
  }

  /** @throws RangeError if not a whole number of KiB. */
  toKib(): number {
    return divide(this.inBytes, KIB, `${this} in KiB`);
  }

  /** @throws RangeError if not a whole number of MiB. */
  toMib(): number {
    return divide(this.inBytes, MIB, `${this} in MiB`);
  }

  /** @throws RangeError if not a whole number of GiB. */
  toGib(): number {
    return divide(this.inBytes, GIB, `${this} in GiB`);
  }

  /** The sum, as a new amount. */
  plus(other: Memory): Memory {
    return new Memory(this.inBytes + other.inBytes);
  }

  /** @param factor How many (whole, 0 or more). */
  times(factor: number): Memory {
    return new Memory(this.inBytes * whole(factor, 'factor'));
  }

  /** The part `numerator / denominator` of this, rounded down to a whole byte. */
  share(numerator: number, denominator: number): Memory {
    return new Memory(Math.floor((this.inBytes * numerator) / denominator));
  }

  /** Whether this is less than the other amount or equal to it. */
  isAtMost(other: Memory): boolean {
    return this.inBytes <= other.inBytes;
  }

  /** The Kubernetes quantity in the largest unit without a fraction: `1536Mi`, `2Gi`. */
  toString(): string {
    const unit = SUFFIXES.find(([, bytes]) => this.inBytes >= bytes && this.inBytes % bytes === 0);
    return unit ? `${this.inBytes / unit[1]}${unit[0]}` : `${this.inBytes}`;
  }
}
