import type { Report } from '../check-sources';
import type { LedgerFinding } from '../findings';
import type { Evidence, Scenario } from '../rule';
import type { Place } from '../source';
import { aligned, type Paint, PLAIN, safe } from './page';
import { type Counts, countsOf, type Headroom, headroomOf } from './summary';

/** Rows of the table and of each list; the JSON report has all of them. */
const MOST_ROWS = 30;

/** For people: findings with their arithmetic and way out, then headroom, then what nobody can say. */
export function textReport(report: Report, paint: Paint = PLAIN): string {
  const { findings, notEvaluated, skipped, suppressed } = report;
  const sections = [
    sameSaid(findings)
      .map((same) => findingText(same, paint))
      .join('\n'),
    tableText(headroomOf(report), paint),
    listText('Accepted', suppressed.map(acceptedLine), paint),
    listText('Not evaluated', missingLines(notEvaluated), paint),
    listText(
      'Not understood',
      skipped.map(({ place, what, why }) => `${placeText(place)}  ${what}: ${why}`),
      paint,
    ),
    verdictLine(countsOf(report), paint),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** Subjects that are named where many lack the same. */
const MOST_SUBJECTS = 3;

/** What lacks, once for all subjects that lack it. */
function missingLines(notEvaluated: Report['notEvaluated']): string[] {
  const subjects = new Map<string, string[]>();
  for (const { rule, subject, needs } of notEvaluated) {
    const key = `${rule} needs ${needs}`;
    const known = subjects.get(key);
    if (known === undefined) subjects.set(key, [subject]);
    else known.push(subject);
  }
  return [...subjects].map(([key, all]) => {
    const named = all.slice(0, MOST_SUBJECTS).join(', ');
    return `${key}: ${named}${all.length > MOST_SUBJECTS ? ` and ${all.length - MOST_SUBJECTS} more` : ''}`;
  });
}

const acceptedLine = ({ rule, subject, suppression }: Report['suppressed'][number]): string =>
  `${rule}: ${subject} until ${suppression.until}: ${suppression.reason}`;

/** Findings that say the same of several subjects, once. */
function sameSaid(findings: readonly LedgerFinding[]): readonly (readonly LedgerFinding[])[] {
  const found = new Map<string, LedgerFinding[]>();
  for (const finding of findings) {
    const { severity, rule, scenarios, arithmetic, remedy } = finding;
    const key = JSON.stringify([severity, rule, scenarios, arithmetic, remedy]);
    const same = found.get(key);
    if (same === undefined) found.set(key, [finding]);
    else same.push(finding);
  }
  return [...found.values()];
}

/** Of one finding all places; of several that say the same the first place of each, which names its subject. */
function findingText([finding, ...others]: readonly LedgerFinding[], paint: Paint): string {
  if (finding === undefined) return '';
  const { severity, rule, subject, scenarios, arithmetic, remedy, evidence } = finding;
  const places = others.length === 0 ? evidence : [finding, ...others].flatMap((one) => one.evidence.slice(0, 1));
  const named = `${safe(subject)}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  return [
    `${paint[severity](severity)} ${paint.strong(rule)} ${named}${scenarioText(scenarios)}`,
    `    ${safe(arithmetic)}`,
    `    -> ${safe(remedy)}`,
    ...(others.length === 0 ? places : places.slice(0, MOST_ROWS)).map((one) =>
      paint.faint(`    ${evidenceText(one)}`),
    ),
    ...(others.length === 0 ? [] : more(places.length).map((line) => `  ${line}`)),
  ].join('\n');
}

const scenarioText = (scenarios: readonly Scenario[]): string =>
  scenarios.includes('ordinary') ? '' : ` (${scenarios.join(', ')})`;

const evidenceText = ({ of, field, place }: Evidence): string => safe(`${placeText(place)}  ${of} ${field}`);

export const placeText = ({ file, line }: Place): string => (line === undefined ? file : `${file}:${line}`);

function tableText(rows: readonly Headroom[], paint: Paint): string {
  if (rows.length === 0) return '';
  const shown = alike(rows);
  const cells = shown
    .slice(0, MOST_ROWS)
    .map(({ first: { of, needed, available, unit, left, share, rule }, others }) => [
      `${safe(of)}${others > 0 ? ` and ${others} more alike` : ''}`,
      figure(needed),
      figure(available),
      figure(left),
      safe(unit),
      `${Math.round(share * 100)}%`,
      rule,
    ]);
  const head = ['Headroom', 'needed', 'available', 'left', 'unit', 'share', 'rule'];
  const lines = aligned([head, ...cells], [1, 2, 3, 5]);
  const [title = '', ...all] = lines;
  const painted = all.map((line, index) => ((shown[index]?.first.left ?? 0) < 0 ? paint.error(line) : line));
  return [paint.strong(title), ...painted, ...more(shown.length)].join('\n');
}

/** Rows of one rule with the same numbers are one row. */
function alike(rows: readonly Headroom[]): { readonly first: Headroom; readonly others: number }[] {
  const found = new Map<string, { readonly first: Headroom; others: number }>();
  for (const row of rows) {
    const key = [row.rule, row.needed, row.available, row.unit].join(' ');
    const same = found.get(key);
    if (same === undefined) found.set(key, { first: row, others: 0 });
    else same.others += 1;
  }
  return [...found.values()];
}

function listText(title: string, lines: readonly string[], paint: Paint): string {
  if (lines.length === 0) return '';
  const shown = lines.slice(0, MOST_ROWS).map((line) => `  ${safe(line)}`);
  return [paint.strong(title), ...shown, ...more(lines.length)].join('\n');
}

const more = (count: number): string[] =>
  count > MOST_ROWS ? [`  and ${count - MOST_ROWS} more (--format json has all)`] : [];

function verdictLine({ errors, warnings, accepted, held, notEvaluated, skipped }: Counts, paint: Paint): string {
  const parts = [
    paint[errors > 0 ? 'error' : 'good'](count(errors, 'error')),
    paint[warnings > 0 ? 'warning' : 'good'](count(warnings, 'warning')),
    `${held} held`,
    `${accepted} accepted`,
    `${notEvaluated} not evaluated`,
    `${skipped} not understood`,
  ];
  return parts.join(', ');
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** At most two decimals: `1234.5`. */
const figure = (value: number): string => `${Math.round(value * 100) / 100}`;
