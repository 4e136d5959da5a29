import type { PlatformSpec } from '../../../lib/model';
import { Cpu, Duration, Memory, Percent } from '../../../lib/units';
import type { Draw } from './draw';

type Path = readonly (string | number)[];

const NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 0.5, 1, 2, 1023, 65_536, 1e9, Number.MAX_SAFE_INTEGER];
const TEXTS = [
  '',
  ' ',
  'a',
  'UPPER',
  'under_score',
  'a.b',
  '-a',
  'a'.repeat(64),
  'a'.repeat(300),
  'ä',
  'x\ny',
  '$' + '{a}',
  '"',
  '1',
];

/** Words that a type allows and no other. */
const CLOSED = [
  'kind',
  'strategy',
  'through',
  'to',
  'on',
  'stage',
  'nat',
  'mode',
  'select',
  'type',
  'effect',
  'capacity',
  'zones',
  'mesh',
  'externalMetrics',
  'access',
  'scheme',
  'deletionProtection',
  'measures',
  'withoutData',
  'combine',
  'resource',
  'resources',
  'controls',
  'supportType',
  'autoscaler',
  'plainName',
  'activeService',
  'behind',
  'engine',
  'eviction',
  'balancing',
  'hash',
  'promotion',
  'pause',
];

const isAmount = (value: unknown): boolean => [Cpu, Duration, Memory, Percent].some((unit) => value instanceof unit);

/** Every value of a declaration by its path: leaves, quantities and lists. */
function places(value: unknown, path: Path = []): Path[] {
  if (isAmount(value) || typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, member]) =>
    places(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? [path, ...inner] : inner;
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);

function replaced(value: unknown, [key, ...rest]: Path, by: (old: unknown) => unknown): unknown {
  if (key === undefined) return by(value);
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replaced(item, rest, by) : item));
  const members = value as Record<string, unknown>;
  return { ...members, [key]: replaced(members[key], rest, by) };
}

/** Another value of the same type, in some way extreme. */
function other(draw: Draw, old: unknown, key: string | number | undefined): unknown {
  if (typeof old === 'number') return NUMBERS[draw.whole(0, NUMBERS.length - 1)];
  if (typeof old === 'boolean') return !old;
  if (old instanceof Cpu) return Cpu.millis(draw.one(0, 1, 10, 999_999, 1_000_000_000));
  if (old instanceof Memory) return Memory.bytes(draw.one(0, 1, 1000, 2 ** 20, 2 ** 30, 2 ** 44, 2 ** 47));
  if (old instanceof Duration) return Duration.millis(draw.one(0, 1, 999, 1000, 60_000, 86_400_000, 3653 * 86_400_000));
  if (old instanceof Percent) return Percent.of(draw.one(0, 0.01, 1, 50, 100, 101, 100_000));
  if (Array.isArray(old)) {
    if (old.length === 0 || draw.chance(30)) return [];
    return draw.chance(50) ? [...old, old[0]] : old.slice(1);
  }
  if (typeof old === 'string' && !CLOSED.includes(String(key))) return TEXTS[draw.whole(0, TEXTS.length - 1)];
  return old;
}

/** The platform with one value replaced by an extreme one, or by that of another place of the same name. */
export function mutated(draw: Draw, platform: PlatformSpec): PlatformSpec {
  const paths = places(platform).filter((path) => path.length > 0);
  const path = paths[draw.whole(0, paths.length - 1)] as Path;
  const key = path.findLast((part) => typeof part === 'string');
  const twins = paths.filter((twin) => twin.at(-1) === path.at(-1) && twin.length === path.length);
  const twin = twins[draw.whole(0, twins.length - 1)] as Path;
  const copies =
    draw.chance(15) && typeof at(platform, twin) === typeof at(platform, path) && !CLOSED.includes(String(key));
  return replaced(platform, path, (old) => (copies ? at(platform, twin) : other(draw, old, key))) as PlatformSpec;
}
