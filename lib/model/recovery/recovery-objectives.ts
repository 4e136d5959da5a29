import type { Duration } from '../../units';
import { RECOVERY_SCENARIOS, type RecoveryScenario, type RecoverySpec, recoveryPlan } from './recovery';
import { RECOVERY_PATHS, type RecoveryMechanism, type RecoveryPath } from './recovery-paths';
import { timeInWords, totalTime } from './recovery-times';

/** What can be claimed about one loss. */
export interface RecoveryClaim {
  readonly scenario: RecoveryScenario;
  /** What data comes back from; nothing if all of it is lost. */
  readonly by?: RecoveryMechanism;
  /** Data that is lost, as time; left out if all of it is. */
  readonly rpo?: Duration;
  /** Time without service; left out if it does not come back. */
  readonly rto?: Duration;
  /** The arithmetic behind `rpo`. */
  readonly rpoInWords: string;
  /** The arithmetic behind `rto`. */
  readonly rtoInWords: string;
}

/** What can be claimed about each loss, and altogether. */
export interface RecoveryObjectives {
  /** One for each loss, in the order of `RECOVERY_SCENARIOS`. */
  readonly claims: readonly RecoveryClaim[];
  /** The worst of all claims; left out if there is a loss that nothing survives. */
  readonly rpo?: Duration;
  /** The worst of all claims, not necessarily of the same loss. */
  readonly rto?: Duration;
}

const NOTHING = 'nothing declared survives it';

/** Least loss first, then least time: what is lost stays lost, a longer night does not. */
const better = (a: RecoveryPath, b: RecoveryPath): number =>
  totalTime(a.loss).inMillis - totalTime(b.loss).inMillis ||
  totalTime(a.outage).inMillis - totalTime(b.outage).inMillis;

function claim(scenario: RecoveryScenario, paths: readonly RecoveryPath[]): RecoveryClaim {
  const [best] = [...paths].sort(better);
  if (best === undefined) return { scenario, rpoInWords: NOTHING, rtoInWords: NOTHING };
  return {
    scenario,
    by: best.by,
    rpo: totalTime(best.loss),
    rto: totalTime(best.outage),
    rpoInWords: timeInWords(best.loss),
    rtoInWords: timeInWords(best.outage),
  };
}

const longest = (lengths: readonly (Duration | undefined)[]): Duration | undefined =>
  lengths.reduce((worst, length) =>
    worst === undefined || length === undefined ? undefined : worst.isAtMost(length) ? length : worst,
  );

/**
 * What can be claimed from what is declared. Loss of data is counted to the moment of the damage: what was written after
 * it, until somebody noticed, is given up on purpose when a database goes back to before.
 */
export function recoveryObjectives(spec: RecoverySpec): RecoveryObjectives {
  const plan = recoveryPlan(spec);
  const claims = RECOVERY_SCENARIOS.map((scenario) => claim(scenario, RECOVERY_PATHS[scenario](plan)));
  const rpo = longest(claims.map((one) => one.rpo));
  const rto = longest(claims.map((one) => one.rto));
  return { claims, ...(rpo && { rpo }), ...(rto && { rto }) };
}
