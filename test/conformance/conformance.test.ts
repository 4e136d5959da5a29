import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ALFRED_ON_EC2 } from '../../apps/alfred/on-ec2';
import * as library from '../../lib';
import { PLATFORMS } from '../support/platforms';
import { emitted } from './emitted';
import { type EmittedRow, failures, type Locate, type Row, summary, survivors } from './ledger';
import { ROWS as ROWS_000 } from './rows-000';
import { ROWS as ROWS_001 } from './rows-001';
import { ROWS as ROWS_002 } from './rows-002';
import { ROWS as ROWS_003 } from './rows-003';
import { ROWS as ROWS_004 } from './rows-004';

const ROWS: readonly Row[] = [...ROWS_000, ...ROWS_001, ...ROWS_002, ...ROWS_003, ...ROWS_004];

/** How many rows the requirements have for each source document; their ids count up from 01. */
const REQUIREMENTS: Readonly<Record<string, number>> = { S000: 45, S001: 90, S002: 28, S003: 55, S004: 22 };

const written = emitted(PLATFORMS);
const onEc2 = emitted([ALFRED_ON_EC2]);

/** What is written, and one example that is not: `alfred-on-ec2`. */
const locate: Locate = (place) =>
  place.platform === 'alfred-on-ec2' ? onEc2({ ...place, platform: 'alfred' }) : written(place);
const isEmitted = (row: Row): row is EmittedRow => row.status === 'emitted';
const title = ({ id, what }: Row) => `${id} ${what}`;

const root = resolve(__dirname, '../..');
const text = (file: string): string => readFileSync(resolve(root, file), 'utf8');

const rows = ROWS.filter(isEmitted);

/** First cells of a part of docs/deviations.md. */
const explained = text('docs/deviations.md')
  .split('\n')
  .flatMap((line) => line.match(/^\| *([^|]*?) *\|/)?.[1] ?? [])
  .filter((cell) => /^[SCT]\d*-\d/.test(cell));

/** Rows that a cell names: `S000-07..09, T-11` are three. */
const namedBy = (cell: string): string[] =>
  [...cell.matchAll(/(S\d{3})-(\d\d)(?:\.\.(\d\d))?/g)].flatMap(([, document, from, to = from]) =>
    Array.from(
      { length: Number(to) - Number(from) + 1 },
      (_, at) => `${document}-${`${Number(from) + at}`.padStart(2, '0')}`,
    ),
  );

describe('the output says what the source documents say', () => {
  test.each(rows.map((row) => [title(row), row] as const))('%s', (_, row) => {
    expect(failures(row, locate)).toEqual([]);
  });
});

describe('the ledger', () => {
  test('has every requirement exactly once, in order', () => {
    const all = Object.entries(REQUIREMENTS).flatMap(([document, count]) =>
      Array.from({ length: count }, (_, at) => `${document}-${`${at + 1}`.padStart(2, '0')}`),
    );
    expect(all).toHaveLength(240);
    expect(ROWS.map(({ id }) => id)).toEqual(all);
  });

  test('changes its sums on purpose', () => {
    expect(summary(ROWS)).toEqual({
      emitted: 193,
      checked: 2,
      documented: 3,
      'out-of-scope': 19,
      later: 23,
      'in part': 14,
    });
  });

  test('names the lines of each row', () => {
    expect(ROWS.filter(({ lines }) => !/^[1-9]\d*(-[1-9]\d*)?$/.test(lines)).map(({ id }) => id)).toEqual([]);
  });

  test('has values for every row that is emitted, each place and path once', () => {
    const empty = ROWS.filter(isEmitted).filter(({ values }) => values.length === 0);
    const twice = ROWS.filter(isEmitted).filter(
      ({ values }) => new Set(values.map(({ at, path }) => JSON.stringify([at, path]))).size < values.length,
    );
    expect([...empty, ...twice].map(({ id }) => id)).toEqual([]);
  });

  test('notices every value that is broken by hand', () => {
    const whole = rows.filter((row) => failures(row, locate).length === 0);
    expect(whole.flatMap((row) => survivors(row, locate))).toEqual([]);
  });

  test('names only checks that the library has', () => {
    const tables = Object.entries<unknown>(library).filter(([name]) => name.endsWith('_CHECKS'));
    const known = new Set(tables.flatMap(([, checks]) => (checks as readonly { id: string }[]).map(({ id }) => id)));
    const named = ROWS.flatMap((row) => (row.status === 'checked' ? row.checks.map((id) => `${row.id} ${id}`) : []));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !known.has(name.split(' ')[1] ?? ''))).toEqual([]);
  });

  test('finds the words of every row that is documented', () => {
    const lacking = ROWS.flatMap((row) =>
      row.status === 'documented' && !text(row.file).includes(row.says)
        ? [`${row.id}: "${row.says}" in ${row.file}`]
        : [],
    );
    expect(lacking).toEqual([]);
  });

  test('finds every deviation in docs/deviations.md, in the first column', () => {
    const lacking = rows.flatMap(({ id, deviations = [] }) =>
      deviations.filter((cell) => !explained.includes(cell)).map((cell) => `${id}: ${cell}`),
    );
    expect(lacking).toEqual([]);
  });

  test('is pointed to by every line of docs/deviations.md, and points back', () => {
    const byId = new Map(ROWS.map((row) => [row.id, row]));
    const cites = (row: Row | undefined, cell: string) =>
      row !== undefined && (!isEmitted(row) || row.deviations?.includes(cell));
    const lacking = explained.flatMap((cell) =>
      namedBy(cell)
        .filter((id) => !cites(byId.get(id), cell))
        .map((id) => `${id}: ${cell}`),
    );
    const cited = new Set(rows.flatMap(({ deviations = [] }) => deviations));
    const idle = explained.filter((cell) => namedBy(cell).length === 0 && !cited.has(cell));
    expect(explained.length).toBeGreaterThan(50);
    expect([...lacking, ...idle]).toEqual([]);
  });

  test('gives a reason for every row that is out of scope', () => {
    const silent = ROWS.filter((row) => row.status === 'out-of-scope' && row.because.trim().split(' ').length < 4);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});
