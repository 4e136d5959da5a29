import type { Fit, Fitted } from '../fit/fit';
import { aligned, type Paint, PLAIN, safe } from './page';

/** For people: what is written, what would do, and what keeps it there; then what no number alone mends. */
export function fitText({ fits, unmet }: Fitted, paint: Paint = PLAIN): string {
  const rows = fits.map(({ of, sought, now, fits: found, isFree, bounds }) => [
    safe(of),
    String(now),
    found === undefined ? 'none' : `${bounds.length === 0 ? endWord(sought) : ''}${found}`,
    isFree ? 'no rule changes its mind' : `${found === undefined ? 'whatever it is: ' : ''}${bounds.join(', ')}`,
  ]);
  const [title = '', ...lines] = aligned([['Number', 'now', 'would do', 'beyond it breaks'], ...rows], [1, 2]);
  return [
    fits.length === 0 ? 'nothing that could be another number' : [paint.strong(title), ...lines].join('\n'),
    ...(unmet.length === 0 ? [] : ['', paint.strong('Broken whatever any one number is')]),
    ...unmet.map(({ rule, subject }) => paint.error(`  ${rule}  ${safe(subject)}`)),
    '',
  ].join('\n');
}

/** For programs. */
export const fitJson = ({ fits, unmet }: Fitted): string => `${JSON.stringify({ version: 1, fits, unmet }, null, 2)}\n`;

/** What was tried ends there: nothing is said of what lies beyond. */
const endWord = (sought: Fit['sought']): string => (sought === 'least' ? '<= ' : '>= ');
