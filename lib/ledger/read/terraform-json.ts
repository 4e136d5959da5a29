import { blocksAt, at as find, isMembers, type Members, membersAt } from '../members';
import type { Json, Place, Skipped, TerraformBlock } from '../source';
import { within } from './pointer';
import { stackName } from './stack-name';
import type { TerraformText } from './terraform';

/** A literal `count` above this is a slip, and would fill memory. */
const MOST_COPIES = 1000;

/**
 * Blocks of JSON configuration. `count` and `for_each` that are written out make as many blocks; references stay text,
 * except those to variables with a default and to locals, which are put in.
 */
export function configurationBlocks(file: string, root: Json, at: (pointer: string) => Place): TerraformText {
  const blocks: TerraformBlock[] = [];
  const skipped: Skipped[] = [];
  for (const { value: body, pointer: base } of bodies(root, '')) {
    const stack = textOf(find(body, '//', 'metadata', 'stackName')) ?? stackName(file);
    const known = literals(body);
    for (const mode of ['resource', 'data', 'output', 'provider'] as const) {
      for (const { value: kinds, pointer: kindsAt } of bodies(find(body, mode) ?? {}, within(base, mode))) {
        const typed = mode === 'output' || mode === 'provider' ? { [mode]: kinds } : kinds;
        for (const [type, named] of Object.entries(typed)) {
          const typedAt = type === mode ? kindsAt : within(kindsAt, type);
          for (const { value: names, pointer: namesAt } of bodies(named, typedAt)) {
            for (const [name, written] of Object.entries(names)) {
              for (const { value, pointer } of bodies(written, within(namesAt, name))) {
                const filled = fill(value, known, 0) as Members;
                const block = { side: 'terraform' as const, stack, mode, type };
                for (const copy of copies(filled, name)) {
                  if (copy.why !== undefined)
                    skipped.push({ place: at(pointer), what: `${type}.${name}`, why: copy.why });
                  blocks.push({
                    ...block,
                    name: copy.name,
                    value: copy.value,
                    at: (inner) => at(`${pointer}${inner}`),
                  });
                }
              }
            }
          }
        }
      }
    }
    for (const name of Object.keys(membersAt(body, 'module')))
      skipped.push({
        place: at(within(base, 'module', name)),
        what: `module.${name}`,
        why: 'is made elsewhere: give the output of terraform show -json for its plan',
      });
    if (
      !['resource', 'data', 'output', 'provider', 'terraform', 'variable', 'locals', 'module', '//'].some(
        (key) => key in body,
      )
    )
      skipped.push({ place: at(base), what: file, why: 'holds no blocks of Terraform' });
  }
  if (blocks.length === 0 && skipped.length === 0 && !isMembers(root))
    skipped.push({ place: at(''), what: file, why: 'holds no blocks of Terraform' });
  return { blocks, skipped };
}

/** Each body where Terraform takes one or a list of them. */
const bodies = (value: Json, pointer: string): readonly { readonly value: Members; readonly pointer: string }[] => {
  if (isMembers(value)) return [{ value, pointer }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index) => (isMembers(item) ? [{ value: item, pointer: within(pointer, index) }] : []));
};

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** What `${var.x}` and `${local.x}` stand for, where that is written in the same file. */
function literals(body: Members): ReadonlyMap<string, Json> {
  const known = new Map<string, Json>();
  for (const name of Object.keys(membersAt(body, 'variable'))) {
    const fallback = blocksAt(body, 'variable', name)[0]?.default;
    if (fallback !== undefined && fallback !== null) known.set(`var.${name}`, fallback);
  }
  for (const { value } of bodies(find(body, 'locals') ?? {}, ''))
    for (const [name, local] of Object.entries(value)) known.set(`local.${name}`, local);
  return known;
}

/** The value with what is known put in place of whole references. A chain of locals is followed a few links far. */
function fill(value: Json, known: ReadonlyMap<string, Json>, links: number): Json {
  if (known.size === 0) return value;
  if (typeof value === 'string') {
    const name = /^\$\{((?:var|local)\.[\w-]+)\}$/.exec(value)?.[1];
    const found = name === undefined ? undefined : known.get(name);
    return found === undefined || links > 5 ? value : fill(found, known, links + 1);
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, known, links));
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member, known, links)]));
}

interface Copy {
  readonly name: string;
  readonly value: Members;
  readonly why?: string;
}

/** One block for each instance that `count` or `for_each` makes. */
function copies(value: Members, name: string): readonly Copy[] {
  const { count, for_each: each } = value;
  if (count !== undefined) {
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > MOST_COPIES)
      return [{ name, value, why: `has a count that is not known here (${JSON.stringify(count)}); taken as one` }];
    return Array.from({ length: count }, (_, index) => ({ name: `${name}[${index}]`, value }));
  }
  if (each === undefined) return [{ name, value }];
  const keys = isMembers(each)
    ? Object.keys(each)
    : Array.isArray(each)
      ? each.filter((key) => typeof key === 'string')
      : undefined;
  if (keys === undefined || keys.length > MOST_COPIES)
    return [{ name, value, why: `has a for_each that is not known here; taken as one` }];
  return keys.map((key) => ({
    name: `${name}["${key}"]`,
    value: withEach(value, key, find(each, key) ?? key) as Members,
  }));
}

/** Puts `each.key`, `each.value` and members of the value in place. */
function withEach(value: Json, key: string, item: Json): Json {
  if (typeof value === 'string') {
    const way = /^\$\{each\.value((?:\.\w+)*)\}$/.exec(value)?.[1];
    if (way !== undefined) return find(item, ...way.split('.').slice(1)) ?? value;
    return value
      .replaceAll('${each.key}', key)
      .replaceAll('${each.value}', typeof item === 'string' ? item : '${each.value}');
  }
  if (Array.isArray(value)) return value.map((inner) => withEach(inner, key, item));
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withEach(member, key, item)]));
}
