/** Whether something is so, as far as what was read can tell. */
export type Answer = 'yes' | 'no' | 'maybe';

export const answer = (isSo: boolean): Answer => (isSo ? 'yes' : 'no');

/** No where one is no; yes where all are, also of none. */
export function all<T>(items: readonly T[], ask: (item: T) => Answer): Answer {
  let found: Answer = 'yes';
  for (const item of items) {
    const one = ask(item);
    if (one === 'no') return 'no';
    if (one === 'maybe') found = 'maybe';
  }
  return found;
}

/** Yes where one is yes; no where all are, also of none. */
export function any<T>(items: readonly T[], ask: (item: T) => Answer): Answer {
  let found: Answer = 'no';
  for (const item of items) {
    const one = ask(item);
    if (one === 'yes') return 'yes';
    if (one === 'maybe') found = 'maybe';
  }
  return found;
}

export const both = (one: Answer, other: () => Answer): Answer =>
  one === 'no' ? 'no' : all([one, other()], (each) => each);

export const not = (one: Answer): Answer => (one === 'maybe' ? 'maybe' : answer(one === 'no'));
