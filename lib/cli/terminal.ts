import type { Paint } from '../ledger';

/** Where a command writes. */
export interface Terminal {
  /** What was asked for. */
  readonly write: (text: string) => void;
  /** All else: what went wrong, how far it is. */
  readonly complain: (text: string) => void;
  /** Whether a person sees colours there. */
  readonly hasColours: boolean;
  /** Whether a person watches what goes wrong. */
  readonly isWatched: boolean;
}

const coloured =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;

/** Colours of a terminal. */
export const COLOURS: Paint = {
  error: coloured(31),
  warning: coloured(33),
  good: coloured(32),
  faint: coloured(2),
  strong: coloured(1),
};

/** Steps between two reports of how far it is. */
const EVERY = 50;

/** Says how far long input is, on one line that it writes over and takes away at the end. */
export function progress({ complain, isWatched }: Terminal, total: number): (done: number) => void {
  if (!isWatched || total < EVERY) return () => undefined;
  return (done) => {
    if (done === total) complain('\r\u001b[K');
    else if (done % EVERY === 0) complain(`\rreading ${done} of ${total} files`);
  };
}
