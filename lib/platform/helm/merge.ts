import { alignLists, interleave, shapeOf } from './align-lists';
import type { Guard } from './guards';
import { knobOf } from './knobs';
import { below, guardFor, isWhere, type Place } from './place';
import type { Sheet } from './sheet';
import { allSame, type Each, isEmpty, isList, isMap, type Json, type JsonMap, pick } from './values';

/** Maps whose members are of one kind and independent of one another. */
const isDictionary = (values: Each<JsonMap>): boolean =>
  [...values.values()].every((value) => Object.values(value).every((member) => typeof member === 'string'));

/** One JSON that says what all environments say: literal where they agree, with marks where they do not. */
export function merge(values: Each<Json>, place: Place, sheet: Sheet): Json {
  const knob = knobOf(values, place, sheet);
  if (knob !== undefined) return knob;
  const [first = null] = values.values();
  if (values.size === 1 && !sheet.hasKnobs(place, first)) return withoutFactsBelow(values, sheet);
  if (allSame(values) && !sheet.hasKnobs(place, first)) return first;

  const texts = pick(values, (value) => (typeof value === 'string' ? value : undefined));
  if (texts.size === values.size) return text(texts, place, sheet);
  const maps = pick(values, (value) => (isMap(value) ? value : undefined));
  if (maps.size === values.size) return mergeMaps(maps, place, sheet);
  const lists = pick(values, (value) => (isList(value) ? value : undefined));
  if (lists.size === values.size) return mergeLists(lists, place, sheet);
  return choice(values, place, sheet) ?? lift(values, place, sheet);
}

/** What one environment alone has says where it is in the words of the others, too. */
function withoutFactsBelow(values: Each<Json>, sheet: Sheet): Json {
  const [[name, value] = ['', null]] = values;
  const below = (json: Json): Json => {
    if (typeof json === 'string') return sheet.plain(name, json);
    if (isList(json)) return json.map(below);
    return isMap(json) ? Object.fromEntries(Object.entries(json).map(([key, member]) => [key, below(member)])) : json;
  };
  return below(value);
}

/** A text without what its environment says anyway, if that is all that differs. */
function text(texts: Each<string>, place: Place, sheet: Sheet): Json {
  const { called } = place;
  if (called && [...texts].every(([name, value]) => called.names.get(name) === value)) return sheet.part(called.slot);
  const plain = new Set([...texts].map(([name, value]) => sheet.plain(name, value)));
  const [only] = plain;
  if (plain.size === 1 && only !== undefined) return only;
  return choice(texts, place, sheet) ?? lift(texts, place, sheet);
}

/** One of two literals, if the component's form decides. */
function choice(values: Each<Json>, place: Place, sheet: Sheet): Json | undefined {
  for (const guard of place.guards) {
    const [yes, no] = [split(values, guard.names, true), split(values, guard.names, false)];
    const [value, otherwise] = [yes.values().next().value, no.values().next().value];
    if (value === undefined || otherwise === undefined || isList(value) || isMap(value)) continue;
    if (isList(otherwise) || isMap(otherwise)) continue;
    if (allSame(yes) && allSame(no)) return sheet.mark({ kind: 'choice', guard, value, otherwise });
  }
  return undefined;
}

const split = (values: Each<Json>, names: ReadonlySet<string>, inside: boolean): Each<Json> =>
  pick(values, (value, name) => (names.has(name) === inside ? value : undefined));

/** The whole of it becomes a value. */
export function lift(values: Each<Json>, place: Place, sheet: Sheet): Json {
  return sheet.mark({ kind: 'value', slot: sheet.slot('value', values, place) });
}

function mergeMaps(maps: Each<JsonMap>, place: Place, sheet: Sheet): Json {
  const keys = [...new Set([...maps.values()].flatMap((map) => Object.keys(map)))];
  const members = keys.map((key) => [key, pick(maps, (map) => map[key])] as const);
  const shared = members.filter(([, values]) => values.size === maps.size);
  const partial = members.filter(([, values]) => values.size < maps.size);
  const free = partial.filter(([, values]) => guardFor(values, maps, place) === undefined);
  const isOdd = !isDictionary(maps) && free.length > shared.length;
  const isBlank = free.some(([, values]) => [...values.values()].some(isEmpty));
  if (shared.length === 0 || isOdd || isBlank) return lift(maps, place, sheet);

  // what is optional comes last: the first member of an item stands behind its dash
  const merged: [string, Json][] = shared.map(([key, values]) => [key, merge(values, below(place, { key }), sheet)]);
  const entries = new Map<string, (readonly [string, Each<Json>])[]>();
  const behind = new Map<Guard, (readonly [string, Each<Json>])[]>();
  for (const [key, values] of partial) {
    const guard = guardFor(values, maps, place);
    if (guard !== undefined) {
      behind.set(guard, [...(behind.get(guard) ?? []), [key, values]]);
    } else if (isDictionary(maps)) {
      const names = [...values.keys()].join(' ');
      entries.set(names, [...(entries.get(names) ?? []), [key, values]]);
    } else {
      const slot = sheet.slot('member', values, below(place, { key }));
      merged.push([sheet.mark({ kind: 'optional', slot, member: key }), null]);
    }
  }
  for (const [guard, group] of behind) {
    merged.push([sheet.mark({ kind: 'open', guard }), null]);
    for (const [key, values] of group) merged.push([key, merge(values, below(place, { key }), sheet)]);
    merged.push([sheet.mark({ kind: 'close' }), null]);
  }
  for (const group of entries.values()) {
    const [[, some]] = group as [readonly [string, Each<Json>]];
    const values = pick(some, (_, name) => Object.fromEntries(group.map(([key, each]) => [key, each.get(name) ?? ''])));
    merged.push([sheet.mark({ kind: 'optional', slot: sheet.slot('entries', values, place) }), null]);
  }
  return Object.fromEntries(merged);
}

function mergeLists(lists: Each<readonly Json[]>, place: Place, sheet: Sheet): Json {
  const segments = alignLists(lists, (name, text) => sheet.plain(name, text));
  if (!segments.some((segment) => segment.kind === 'shared' || isUniform(segment.items))) {
    const parts = segments.flatMap((segment) => (segment.kind === 'run' ? guarded(segment.items, place, sheet) : []));
    if (parts.length === 0 || parts.some(({ guard }) => guard === undefined) || !covers(parts, lists)) {
      return lift(lists, place, sheet);
    }
  }
  let at = 0;
  return segments.flatMap((segment) => {
    const from = at;
    at += segment.kind === 'shared' ? 1 : Math.max(...[...segment.items.values()].map((run) => run.length));
    if (segment.kind === 'run') return mergeRun(segment.items, from, place, sheet);
    const step = segment.named ? { item: sheet.withoutMarks(segment.id) } : { at: from };
    return [merge(segment.items, below(place, step), sheet)];
  });
}

/** Whether items differ in nothing but what they say. */
const isUniform = (runs: Each<readonly Json[]>): boolean =>
  new Set([...runs.values()].map((run) => shapeOf(run))).size === 1;

/** Neighbours that the same environments have. */
interface Part {
  readonly guard: Guard | undefined;
  readonly runs: Each<readonly Json[]>;
}

/** Whether no environment is left without an item. */
const covers = (parts: readonly Part[], lists: Each<unknown>): boolean =>
  [...lists.keys()].every((name) => parts.some(({ runs }) => (runs.get(name)?.length ?? 0) > 0));

/** A run in parts: those that a guard explains, and what is between them. */
function guarded(runs: Each<readonly Json[]>, place: Place, sheet: Sheet): Part[] {
  const parts: { guard: Guard | undefined; runs: Map<string, Json[]> }[] = [];
  for (const items of interleave(runs, sheet.plain)) {
    const guard = guardFor(items, runs, place) ?? ownerFor(items, runs, place);
    const last = parts.at(-1);
    const part = last !== undefined && last.guard === guard ? last : { guard, runs: new Map<string, Json[]>() };
    if (part !== last) parts.push(part);
    for (const [name, item] of items) part.runs.set(name, [...(part.runs.get(name) ?? []), item]);
  }
  return parts;
}

/** What speaks of a component that exactly these environments have. */
const ownerFor = (items: Each<Json>, among: Each<unknown>, { owners }: Place): Guard | undefined => {
  const [item = null] = items.values();
  const said = JSON.stringify(item);
  return owners.find(({ name, guard }) => isWhere(guard, items, among) && said.includes(`"${name}"`))?.guard;
};

function mergeRun(runs: Each<readonly Json[]>, from: number, place: Place, sheet: Sheet): Json[] {
  if (isUniform(runs)) return mergeItems(runs, from, place, sheet);
  return guarded(runs, place, sheet).flatMap(({ guard, runs: some }) => {
    if (guard === undefined || !isUniform(some)) {
      return [sheet.mark({ kind: 'optional', slot: sheet.slot('items', some, place) })];
    }
    return [
      sheet.mark({ kind: 'open', guard }),
      ...mergeItems(some, from, place, sheet),
      sheet.mark({ kind: 'close' }),
    ];
  });
}

const mergeItems = (runs: Each<readonly Json[]>, from: number, place: Place, sheet: Sheet): Json[] => {
  const [first = []] = runs.values();
  return first.map((_, at) =>
    merge(
      pick(runs, (run) => run[at]),
      below(place, { at: from + at }),
      sheet,
    ),
  );
};
