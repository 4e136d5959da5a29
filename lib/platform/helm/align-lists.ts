import type { WithoutFacts } from './facts';
import { type Each, isList, isMap, type Json } from './values';

/** An item that all environments have, or what stands between two of those. */
export type Segment =
  | { readonly kind: 'shared'; readonly id: string; readonly named: boolean; readonly items: Each<Json> }
  | { readonly kind: 'run'; readonly items: Each<readonly Json[]> };

/** What items of lists are called by. */
const NAMES: readonly string[] = ['name', 'mountPath', 'secretKey', 'alert', 'record', 'topologyKey', 'key'];

interface Item {
  readonly id: string;
  readonly named: boolean;
  readonly json: Json;
}

function identify(json: Json, plain: (text: string) => string): Item {
  if (isMap(json)) {
    const key = NAMES.find((name) => typeof json[name] === 'string');
    const name = key === undefined ? undefined : json[key];
    if (key !== undefined && typeof name === 'string') {
      const labels = key === 'alert' || key === 'record' ? ` ${JSON.stringify(json.labels ?? null)}` : '';
      return { id: plain(`${name}${labels}`), named: labels === '', json };
    }
  }
  return { id: plain(JSON.stringify(json)), named: false, json };
}

/** Items of one name are told apart by their order. */
function items(list: readonly Json[], plain: (text: string) => string): Item[] {
  const counts = new Map<string, number>();
  return list.map((json) => {
    const item = identify(json, plain);
    const count = (counts.get(item.id) ?? 0) + 1;
    counts.set(item.id, count);
    return count === 1 ? item : { ...item, id: `${item.id} #${count}` };
  });
}

/** A longest sequence that both lists have in this order. */
function longestCommon(one: readonly string[], other: readonly string[]): string[] {
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head++;
  const [left, right] = [one.slice(head), other.slice(head)];
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = left[i] === right[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const common = one.slice(0, head);
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const id = left[i];
    if (id !== undefined && id === right[j]) {
      common.push(id);
      i++;
      j++;
    } else if (length(i + 1, j) >= length(i, j + 1)) i++;
    else j++;
  }
  return common;
}

/** Lists of environments side by side: in order, what all have and what only some have. */
export function alignLists(lists: Each<readonly Json[]>, plain: WithoutFacts): Segment[] {
  const known = new Map([...lists].map(([name, list]) => [name, items(list, (text) => plain(name, text))]));
  const [first = [], ...others] = [...known.values()].map((list) => list.map(({ id }) => id));
  const shared = others.reduce(longestCommon, first);

  const segments: Segment[] = [];
  const next = new Map([...known.keys()].map((name) => [name, 0]));
  const until = (id: string | undefined): void => {
    const runs = new Map(
      [...known].map(([name, list]) => {
        const from = next.get(name) ?? 0;
        const to = id === undefined ? list.length : list.findIndex((item, at) => at >= from && item.id === id);
        next.set(name, to);
        return [name, list.slice(from, to).map(({ json }) => json)] as const;
      }),
    );
    if ([...runs.values()].some((run) => run.length > 0)) segments.push({ kind: 'run', items: runs });
  };
  for (const id of shared) {
    until(id);
    const here = new Map([...known].map(([name, list]) => [name, list[next.get(name) ?? 0]] as const));
    for (const [name, at] of next) next.set(name, at + 1);
    const named = [...here.values()].every((item) => item?.named === true);
    segments.push({
      kind: 'shared',
      id,
      named,
      items: new Map([...here].map(([name, item]) => [name, item?.json ?? null])),
    });
  }
  until(undefined);
  return segments;
}

/** What each list has of a sequence that all of them are part of. */
export function interleave(lists: Each<readonly Json[]>, plain: WithoutFacts): Map<string, Json>[] {
  const known = [...lists].map(([name, list]) => [name, items(list, (text) => plain(name, text))] as const);
  const sequence = known.map(([, list]) => list.map(({ id }) => id)).reduce(supersequence, []);
  const places = sequence.map(() => new Map<string, Json>());
  for (const [name, list] of known) {
    let at = 0;
    for (const [place, id] of sequence.entries()) {
      const item = list[at];
      if (item === undefined || item.id !== id) continue;
      places[place]?.set(name, item.json);
      at++;
    }
  }
  return places.filter((place) => place.size > 0);
}

/** A sequence that both lists are part of, in their order. */
function supersequence(one: readonly string[], other: readonly string[]): string[] {
  const merged: string[] = [];
  let [i, j] = [0, 0];
  for (const id of longestCommon(one, other)) {
    while (one[i] !== id) merged.push(one[i++] ?? '');
    while (other[j] !== id) merged.push(other[j++] ?? '');
    merged.push(id);
    i++;
    j++;
  }
  return [...merged, ...one.slice(i), ...other.slice(j)];
}

/** What a value is made of, whatever it says. */
export function shapeOf(json: Json): string {
  if (isMap(json)) {
    const members = Object.keys(json).toSorted();
    return `{${members.map((key) => `${key}:${shapeOf(json[key] ?? null)}`).join()}}`;
  }
  return isList(json) ? `[${json.map(shapeOf).join()}]` : typeof json;
}
