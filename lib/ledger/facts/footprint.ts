import type { NodeRequirement, Resources, Toleration } from '../facts';
import { amounts, NOTHING } from './requests';

export { PODS_ANNOTATION } from '../../model/pods-annotation';

/** How it must look. */
export const PODS_FORM =
  'agent: each-node cpu=50m,memory=64Mi tolerates=*; server: 2x cpu=100m,memory=128Mi,memory-limit=512Mi surge=1 volumes=1 on=pool=data tolerates=dedicated=data:NoSchedule apart host-network (all but 2x or each-node may be left out), or none';

/** Equal pods of which only this is known. */
export interface Footprint {
  /** Of the workload that makes them; one that was read counts instead. */
  readonly name: string | undefined;
  readonly count: number | 'each-node';
  readonly requests: Resources;
  readonly limits: { readonly cpuMillis?: number; readonly memoryBytes?: number };
  /** Pods more during an upgrade. Undefined: as the kind of its workload has it by itself. */
  readonly surge: number | undefined;
  /** Volumes of each pod's own. */
  readonly volumes: number;
  readonly on: readonly NodeRequirement[];
  readonly tolerations: readonly Toleration[];
  readonly hostNetwork: boolean;
  /** No two on one node. */
  readonly apart: boolean;
}

const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,315}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const AMOUNTS: readonly string[] = ['cpu', 'memory', 'ephemeral-storage', 'cpu-limit', 'memory-limit'];

/**
 * Sets of pods, with semicolons between: an optional name and a colon, how many (`2x`, or `each-node`), what each asks for and
 * is limited to, and words about where. `none` is a list without any. Undefined where anything is not understood: half of a
 * footprint would be taken for the whole.
 */
export function footprintsOf(text: string): readonly Footprint[] | undefined {
  if (text.trim() === 'none') return [];
  const read = text.split(';').map(footprint);
  const known = read.filter((one) => one !== undefined);
  return known.length === read.length ? known : undefined;
}

function footprint(entry: string): Footprint | undefined {
  const words = entry.trim().split(/\s+/);
  const name = words[0]?.endsWith(':') === true ? words.shift()?.slice(0, -1) : undefined;
  const count = countOf(words.shift() ?? '');
  if (count === undefined || (name !== undefined && !NAME.test(name))) return undefined;
  const said = new Map<string, string>();
  for (const word of words) {
    const kind = kindOf(word);
    if (kind === undefined || said.has(kind)) return undefined;
    said.set(kind, word.slice(word.indexOf('=') + 1));
    if (kind === 'amounts') said.set(kind, word);
  }
  const room = roomOf(said.get('amounts'));
  const on = listOf(said.get('on'), requirement);
  const tolerations = listOf(said.get('tolerates'), toleration);
  const surge = wholeOf(said.get('surge'));
  const volumes = wholeOf(said.get('volumes'));
  const isRead = [room, on, tolerations, surge, volumes].every((part) => part !== undefined);
  if (!isRead || room === undefined) return undefined;
  return {
    name,
    count,
    ...room,
    surge: said.has('surge') ? surge : undefined,
    volumes: volumes ?? 0,
    on: on ?? [],
    tolerations: tolerations ?? [],
    hostNetwork: said.has('host-network'),
    apart: said.has('apart'),
  };
}

function countOf(word: string): Footprint['count'] | undefined {
  if (word === 'each-node') return word;
  const count = /^(\d{1,5})x$/.exec(word)?.[1];
  return count === undefined ? undefined : Number(count);
}

function kindOf(word: string): string | undefined {
  if (word === 'host-network' || word === 'apart') return word;
  const [, name = ''] = /^([a-z-]+)=./.exec(word) ?? [];
  if (AMOUNTS.includes(name)) return 'amounts';
  return ['surge', 'volumes', 'on', 'tolerates'].includes(name) ? name : undefined;
}

/** A whole number, 0 where nothing is said; undefined where it is none. */
const wholeOf = (text: string | undefined): number | undefined =>
  text === undefined ? 0 : /^\d{1,5}$/.test(text) ? Number(text) : undefined;

function listOf<T>(text: string | undefined, parse: (part: string) => T | undefined): readonly T[] | undefined {
  const parts = text?.split(',').map(parse) ?? [];
  const read = parts.filter((part): part is NonNullable<typeof part> => part !== undefined);
  return read.length === parts.length ? read : undefined;
}

/** `cpu=100m,memory=128Mi,memory-limit=512Mi`, each at most once. */
function roomOf(text = ''): Pick<Footprint, 'requests' | 'limits'> | undefined {
  const pairs = text === '' ? [] : text.split(',').map((pair) => pair.split('='));
  const written = Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
  const names = Object.keys(written);
  let isRead = names.length === pairs.length && pairs.every((pair) => pair.length === 2);
  isRead &&= names.every((name) => AMOUNTS.includes(name));
  const unreadable = (): void => {
    isRead = false;
  };
  const { 'cpu-limit': cpu, 'memory-limit': memory, ...asked } = written;
  const requests = { ...NOTHING, ...amounts(asked, unreadable) };
  const limits = amounts({ ...(cpu && { cpu }), ...(memory && { memory }) }, unreadable);
  return isRead ? { requests, limits } : undefined;
}

/** `key=value`, `key` for any value, `!key` for none. */
function requirement(part: string): NodeRequirement | undefined {
  const [, not, key = '', value] = /^(!?)([^=]+)(?:=(.*))?$/.exec(part) ?? [];
  if (!LABEL.test(key) || (not === '!' && value !== undefined)) return undefined;
  if (value !== undefined) return LABEL_VALUE.test(value) ? { key, operator: 'In', values: [value] } : undefined;
  return { key, operator: not === '!' ? 'DoesNotExist' : 'Exists', values: [] };
}

/** `*` for everything, `key`, `key=value`, either with `:Effect`. */
function toleration(part: string): Toleration | undefined {
  if (part === '*') return { operator: 'Exists' };
  const [, key = '', value, effect] = /^([^=:]+)(?:=([^:]*))?(?::(\w+))?$/.exec(part) ?? [];
  if (!LABEL.test(key) || (value !== undefined && !LABEL_VALUE.test(value))) return undefined;
  if (effect !== undefined && !EFFECTS.includes(effect)) return undefined;
  return {
    key,
    ...(value === undefined ? { operator: 'Exists' as const } : { operator: 'Equal' as const, value }),
    ...(effect !== undefined && { effect }),
  };
}
