import { isWholeWithin } from '../../check';
import { Duration } from '../../units';

const DAY = Duration.days(1).inMillis;

/** Whether Secrets Manager can wait that long before it deletes a secret for good: not at all, or 7 to 30 whole days. */
export function isRecoveryWindow(window: Duration): boolean {
  const days = window.inMillis / DAY;
  return days === 0 || isWholeWithin(days, 7, 30);
}

/** The rule of checks on such a time. */
export const RECOVERY_WINDOW_RULE = 'must be 7 to 30 whole days, or 0 to delete at once';
