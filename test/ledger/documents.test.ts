import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentCases } from '../support/ledger-corpus';
import { expectVerdicts } from '../support/ledger-verdicts';

/** Findings about the source documents whose numbers do not add up. */
const FINDINGS = ['C-16', 'C-22', 'C-39', 'T-08', 'T-09', 'T-20', 'T-28', 'T-35'];

const cases = documentCases();

/** Cells of each line of a page that is part of a table. */
const cellsOf = (page: string): string[][] =>
  readFileSync(join(__dirname, '../../docs', page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()));

/** Text of a link. */
const linked = (cell = ''): string => /^\[([^\]]+)\]/.exec(cell)?.[1] ?? cell;

const page = cellsOf('documents-checked.md');
const deviations = cellsOf('deviations.md').map(([, first]) => first);

test.each(cases.map((one) => [`${one.name}: ${one.rule}`, one] as const))('%s', (_, one) => expectVerdicts(one));

describe.each(FINDINGS)('%s', (id) => {
  const own = cases.filter(({ name }) => name.startsWith(`${id}/`));

  test('is shown by the ledger on the values as they are written, with its numbers', () => {
    const broken = own.flatMap(({ expected }) => expected.filter(({ outcome }) => outcome === 'broken'));
    expect(broken.filter(({ arithmetic }) => arithmetic !== undefined)).not.toEqual([]);
  });

  test('is on the page of what was checked, with the rules of its cases and a row of docs/deviations.md', () => {
    const lines = page.filter(([, first]) => first === id);
    expect(lines).toHaveLength(1);
    const [, , , , rules, , row] = lines[0] ?? [];
    expect(linked(rules).split(', ').sort()).toEqual([...new Set(own.map(({ rule }) => rule))].sort());
    expect(deviations).toContain(linked(row));
  });
});

test('there are cases of nothing else', () => {
  const ids = new Set(cases.map(({ name }) => name.split('/')[0]));
  expect([...ids].sort()).toEqual(FINDINGS);
});
