const IPV4_BITS = 32;
const OCTETS = [24, 16, 8, 0] as const;

/**
 * A block of IPv4 addresses in canonical form: `10.0.0.0/16`, never `10.0.3.7/16`.
 *
 * @example
 * const vpc = Cidr.parse('10.0.0.0/16');
 * const [first, second] = vpc.split(18); // 10.0.0.0/18, 10.0.64.0/18
 * const isInside = vpc.contains(Cidr.parse('10.0.192.0/22')); // true
 */
export class Cidr {
  /** Reads a block in canonical form. @throws RangeError for anything else. */
  static parse(text: string): Cidr {
    const block = Cidr.enclosing(text);
    if (block?.toString() === text) return block;
    const hint = block ? `; did you mean ${block}?` : '';
    throw new RangeError(`cidr must be a network address such as 10.0.0.0/16, got ${text}${hint}`);
  }

  /** The block in canonical form, or undefined: for text that a check reports elsewhere. */
  static tryParse(text: string): Cidr | undefined {
    const block = Cidr.enclosing(text);
    return block?.toString() === text ? block : undefined;
  }

  /** The block that an address with a prefix length lies in: `10.0.3.7/16` lies in `10.0.0.0/16`. */
  static enclosing(text: string): Cidr | undefined {
    const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
    if (!match) return undefined;
    const [, ...numbers] = match.map(Number);
    const prefix = numbers.pop();
    if (prefix === undefined || prefix > IPV4_BITS || numbers.some((octet) => octet > 255)) return undefined;
    const address = numbers.reduce((sum, octet) => sum * 256 + octet, 0);
    return new Cidr(address - (address % 2 ** (IPV4_BITS - prefix)), prefix);
  }

  private constructor(
    /** First address as a number. */
    private readonly first: number,
    /** Leading bits that all addresses share (0-32). */
    readonly prefix: number,
  ) {}

  /** Addresses in the block. */
  get size(): number {
    return 2 ** (IPV4_BITS - this.prefix);
  }

  /** Whether every address of `other` is in this block. */
  contains(other: Cidr): boolean {
    return other.first >= this.first && other.end <= this.end;
  }

  /** Whether some address is in both blocks. */
  overlaps(other: Cidr): boolean {
    return this.first < other.end && other.first < this.end;
  }

  /** All blocks of that prefix length in this one, in order. @throws RangeError if they would be larger than this one. */
  split(prefix: number): Cidr[] {
    return Array.from({ length: this.parts(prefix) }, (_, index) => this.part(prefix, index));
  }

  /** The block at `index` (from 0) of `split(prefix)`. @throws RangeError if there is none. */
  part(prefix: number, index: number): Cidr {
    if (!(Number.isInteger(index) && index >= 0 && index < this.parts(prefix))) {
      throw new RangeError(`${this} has ${this.parts(prefix)} blocks of /${prefix}, none at ${index}`);
    }
    return new Cidr(this.first + index * 2 ** (IPV4_BITS - prefix), prefix);
  }

  /** Canonical form, which `Cidr.parse` reads back. */
  toString(): string {
    return `${OCTETS.map((shift) => Math.floor(this.first / 2 ** shift) % 256).join('.')}/${this.prefix}`;
  }

  private get end(): number {
    return this.first + this.size;
  }

  private parts(prefix: number): number {
    if (!(Number.isInteger(prefix) && prefix >= this.prefix && prefix <= IPV4_BITS)) {
      throw new RangeError(`${this} splits into /${this.prefix} to /${IPV4_BITS}, not into /${prefix}`);
    }
    return 2 ** (prefix - this.prefix);
  }
}

/** Ranges that are never routed on the internet: RFC 1918, and RFC 6598 which AWS offers for pods. */
export const PRIVATE_RANGES: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** Whether the whole block lies in a private range. */
export const isPrivate = (block: Cidr): boolean => PRIVATE_RANGES.some((range) => Cidr.parse(range).contains(block));

/**
 * Every two networks that share an address, in the order given. Networks that are peered, or reached over one transit
 * gateway, must have none: no route can tell them apart. A malformed range is left out, for its own check to report.
 */
export function overlappingCidrs<T extends { readonly cidr: string }>(
  networks: readonly T[],
): (readonly [first: T, second: T])[] {
  return networks.flatMap((first, index) =>
    networks.slice(index + 1).flatMap((second) => {
      const [one, other] = [Cidr.tryParse(first.cidr), Cidr.tryParse(second.cidr)];
      return one && other && one.overlaps(other) ? [[first, second] as const] : [];
    }),
  );
}
