import { createHash } from 'node:crypto';

// biome-ignore lint/suspicious/noExplicitAny: emitted text has no static type
type Tree = any;

const canonical = (value: Tree): Tree => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, canonical(value[key])]),
  );
};

/** Eight digits that change with the content. */
export const digest = (value: Tree): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(value)) ?? '')
    .digest('hex')
    .slice(0, 8);

const text = (value: Tree): string => {
  if (Array.isArray(value)) return value.map(text).join(',');
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}:${text(item)}`)
      .join(' ')}}`;
  }
  // what a reference refers to, without the id that is a hash
  return String(value).replace(/\$\{(?:data\.)?(\w+)\.[\w-]+\.(\w+)[^}]*\}/g, '<$1.$2>');
};

/** An object of which facts are taken, one after the other, so that what is left can be told by its digest. */
export class Facts {
  private readonly parts: string[] = [];
  private readonly rest: Tree;

  constructor(object: Tree) {
    this.rest = structuredClone(object);
  }

  /** The value at a path, which is then no longer part of the rest. `*` stands for each item of a list. */
  take(path: string): Tree {
    return Facts.remove(this.rest, path.split('.'));
  }

  /** Shows a value under a name, unless there is none. */
  show(name: string, value: Tree): this {
    const shown = value === undefined || value === null ? '' : text(value);
    if (shown !== '') this.parts.push(`${name}=${shown}`);
    return this;
  }

  /** Takes what is at each path and shows it under the last part of the path. */
  showAll(paths: readonly string[]): this {
    for (const path of paths) {
      const [name = path, at = path] = path.includes('=') ? path.split('=') : [path.split('.').at(-1), path];
      this.show(name, this.take(at));
    }
    return this;
  }

  line(title: string): string {
    return [title, ...this.parts, `~${digest(this.rest)}`].join('  ');
  }

  private static remove(node: Tree, [key = '', ...more]: readonly string[]): Tree {
    if (node === undefined || node === null) return undefined;
    if (key === '*') {
      const found = [node].flat().map((item: Tree) => Facts.remove(item, more));
      return found.every((item: Tree) => item === undefined) ? undefined : found;
    }
    // Terraform writes one block as a list of one, too
    const owner = Array.isArray(node) && node.length === 1 && !(key in node) ? node[0] : node;
    if (more.length > 0) return Facts.remove(owner[key], more);
    const value = owner[key];
    delete owner[key];
    return value;
  }
}
