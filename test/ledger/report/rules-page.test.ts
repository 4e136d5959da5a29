import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RULES, rulesPage } from '../../../lib/ledger';
import { documentedRules } from '../../support/ledger-rules-page';

const PAGE = resolve(__dirname, '../../../docs/rules.md');

test('docs/rules.md is what the rules say today (npm run rules)', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(documentedRules());
});

test('every rule has a section', () => {
  const page = documentedRules();
  expect(RULES.map(({ id }) => id).filter((id) => !page.includes(`\n### ${id}\n`))).toEqual([]);
});

test('a rule has what it protects from, its relation, its source and an example', () => {
  const page = rulesPage([
    {
      title: 'Room',
      rules: [
        {
          id: 'nodes-have-room',
          severity: 'error',
          protects: 'pods wait for ever',
          formula: 'pods <= seats',
          source: 'arithmetic',
          scenarios: ['ordinary', 'zone-lost'],
          example: { subject: 'nodes', arithmetic: '3 of 2', remedy: 'one node more' },
        },
      ],
    },
  ]);
  expect(page.slice(page.indexOf('## Room')).split('\n')).toEqual([
    '## Room',
    '',
    '| rule | severity | scenarios |',
    '|---|---|---|',
    '| [nodes-have-room](#nodes-have-room) | error | ordinary, zone-lost |',
    '',
    '### nodes-have-room',
    '',
    'Pods wait for ever.',
    '',
    '- Holds where: pods <= seats',
    '- Source: arithmetic',
    '- Breaks: nodes: 3 of 2',
    '- Way out: one node more',
    '',
  ]);
});
