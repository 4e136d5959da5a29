import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as library from '../lib';
import { duplicates } from '../lib/check';

interface AnyCheck {
  readonly id: string;
}

const exported: readonly (readonly [string, unknown])[] = Object.entries(library);
const tables = exported
  .filter(([name]) => name.endsWith('_CHECKS'))
  .map(([name, checks]) => ({ name, checks: checks as readonly AnyCheck[] }));

describe('the package', () => {
  test('offers exactly the names of docs/api.txt', () => {
    const listed = readFileSync(resolve(__dirname, '../docs/api.txt'), 'utf8').trim().split('\n');
    expect(exported.map(([name]) => name).sort()).toEqual(listed);
  });

  test('exports every table of checks, so that a finding can be looked up', () => {
    const lib = resolve(__dirname, '../lib');
    const declared = readdirSync(lib, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [...readFileSync(join(lib, file), 'utf8').matchAll(/^export const (\w+_CHECKS)\b/gm)].map(([, name]) => name),
      );
    expect(declared.filter((name) => !tables.some((table) => table.name === name))).toEqual([]);
  });
});

describe('checks', () => {
  /** Some tables are parts of others. */
  const all = [...new Set(tables.flatMap(({ checks }) => checks))];
  const idsOf = (checks: readonly AnyCheck[]) => checks.map(({ id }) => id);

  test('have ids in kebab-case', () => {
    expect(idsOf(all).filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
  });

  test('have ids that no other check has', () => {
    expect(duplicates(idsOf(all))).toEqual([]);
  });

  test('are all mentioned in a test', () => {
    const folder = resolve(__dirname);
    const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    expect(idsOf(all).filter((id) => !new RegExp(`[^a-z-]${id}[^a-z-]`).test(tests))).toEqual([]);
  });
});
