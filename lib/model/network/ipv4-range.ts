import { Cidr } from './cidr';

/** An IPv4 range in CIDR form with no bits beyond its length: `10.0.0.0/16`, not `10.0.0.1/16`. */
export const isIpv4Range = (cidr: string): boolean => Cidr.tryParse(cidr) !== undefined;

/** Whether `inner` is a part of `outer`, and not all of it. */
export function isWithinRange(inner: string, outer: string): boolean {
  const [part, whole] = [Cidr.tryParse(inner), Cidr.tryParse(outer)];
  if (part === undefined || whole === undefined) return false;
  return whole.contains(part) && part.size < whole.size;
}
