import { type Check, type Finding, inspect } from '../../check';
import type { Duration } from '../../units';
import { type RecoveryPlan, type RecoverySpec, recoveryPlan } from './recovery';
import { type RecoveryClaim, recoveryObjectives } from './recovery-objectives';
import { RECOVERY_TIMES, spokenTime } from './recovery-times';

/** A claim next to what was promised. */
interface Promised {
  readonly claim: RecoveryClaim;
  readonly goal: RecoveryPlan['goal'];
}

const isBelow = (length: Duration | undefined, limit: Duration): boolean =>
  length === undefined || length.inMillis < limit.inMillis;

const isOfAccount = ({ claim }: Promised): boolean => claim.scenario === 'account-loss';

const has = (length: Duration | undefined): boolean => length === undefined || length.inMillis > 0;

/** What is asked of the declaration itself. */
export const RECOVERY_SPEC_CHECKS: readonly Check<RecoveryPlan>[] = [
  {
    id: 'recovery-goal-leaves-time',
    prop: 'goal',
    holds: ({ goal }) => has(goal.rto) && has(goal.rpo),
    rule: 'must be more than no time: a claim has to stay below it',
    received: ({ goal }) => `rto ${goal.rto}, rpo ${goal.rpo}`,
    remedy: 'use 4 hours and 1 hour',
  },
  {
    id: 'recovery-replica-lags',
    prop: 'replica',
    holds: ({ replica }) => has(replica?.lag),
    rule: 'must have a lag above 0: it copies what is committed already',
    received: ({ replica }) => replica?.lag,
    remedy: 'use the lag at which somebody is woken',
  },
  {
    id: 'recovery-replica-leaves-the-region',
    prop: 'replica',
    severity: 'warning',
    holds: ({ replica, region }) => replica?.region !== region,
    rule: 'must be in another region, or it counts for nothing here',
    received: ({ replica }) => replica?.region,
    remedy: 'a standby in another zone protects within the region',
  },
  {
    id: 'recovery-standby-leaves-the-region',
    prop: 'standby',
    holds: ({ standby, region }) => standby?.region !== region,
    rule: 'must be in another region than what it stands by for',
    received: ({ standby }) => standby?.region,
    remedy: 'move it, or leave it out',
  },
  {
    id: 'recovery-backups-come-again',
    prop: 'backups',
    holds: ({ backups }) => has(backups?.interval) && has(backups?.retention),
    rule: 'must have an interval and a retention above 0',
    received: ({ backups }) => `every ${backups?.interval}, for ${backups?.retention}`,
    remedy: 'repeat what the backup plan declares',
  },
];

/** What is asked of each claim. Losing the account is reported and left to choose: what meets the goal there costs most. */
export const RECOVERY_CHECKS: readonly Check<Promised>[] = [
  {
    id: 'recovery-is-possible',
    prop: ({ claim }) => claim.scenario,
    holds: (promise) => isOfAccount(promise) || promise.claim.by !== undefined,
    rule: 'must leave something to recover from',
    received: ({ claim }) => claim.rpoInWords,
    remedy: 'declare automated backups with a copy in another region, reaching back further than damage goes unnoticed',
  },
  {
    id: 'recovery-rpo-is-met',
    prop: ({ claim }) => claim.scenario,
    holds: (promise) => isOfAccount(promise) || isBelow(promise.claim.rpo, promise.goal.rpo),
    rule: ({ goal }) => `must lose less than ${spokenTime(goal.rpo)} of data`,
    received: ({ claim }) => `${claim.rpoInWords}, from: ${claim.by}`,
    remedy: 'declare a replica or replicated automated backups in another region, or promise less',
  },
  {
    id: 'recovery-rto-is-met',
    prop: ({ claim }) => claim.scenario,
    holds: (promise) => isOfAccount(promise) || isBelow(promise.claim.rto, promise.goal.rto),
    rule: ({ goal }) => `must be over in less than ${spokenTime(goal.rto)}`,
    received: ({ claim }) => `${claim.rtoInWords}, from: ${claim.by}`,
    remedy: 'declare a warm standby, measure the estimates in a drill, or promise less',
  },
  {
    id: 'recovery-survives-its-account',
    prop: ({ claim }) => claim.scenario,
    severity: 'warning',
    holds: (promise) => !isOfAccount(promise) || promise.claim.by !== undefined,
    rule: 'must leave something to recover from',
    received: ({ claim }) => claim.rpoInWords,
    remedy: 'copy backups to a locked vault of another account',
  },
  {
    id: 'recovery-account-rpo-is-met',
    prop: ({ claim }) => claim.scenario,
    severity: 'warning',
    holds: (promise) => !isOfAccount(promise) || isBelow(promise.claim.rpo, promise.goal.rpo),
    rule: ({ goal }) => `must lose less than ${spokenTime(goal.rpo)} of data`,
    received: ({ claim }) => `${claim.rpoInWords}, from: ${claim.by}`,
    remedy: ({ claim }) =>
      `even backups every hour miss it by the time that they start and travel; state ${spokenRpo(claim)} for this loss`,
  },
  {
    id: 'recovery-account-rto-is-met',
    prop: ({ claim }) => claim.scenario,
    severity: 'warning',
    holds: (promise) => !isOfAccount(promise) || isBelow(promise.claim.rto, promise.goal.rto),
    rule: ({ goal }) => `must be over in less than ${spokenTime(goal.rto)}`,
    received: ({ claim }) => `${claim.rtoInWords}, from: ${claim.by}`,
    remedy: `keep network and cluster of the other account built: that alone takes ${spokenTime(RECOVERY_TIMES.build.length)}`,
  },
];

const spokenRpo = ({ rpo }: RecoveryClaim): string => (rpo === undefined ? 'no number' : spokenTime(rpo));

/** Everything that keeps the declared mechanisms from what is promised. */
export function inspectRecovery(path: string, spec: RecoverySpec): Finding[] {
  const plan = recoveryPlan(spec);
  return [
    ...inspect(path, plan, RECOVERY_SPEC_CHECKS),
    ...recoveryObjectives(spec).claims.flatMap((claim) => inspect(path, { claim, goal: plan.goal }, RECOVERY_CHECKS)),
  ];
}
