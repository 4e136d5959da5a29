import { type RecoverySpec, recoveryPlan } from '../../model/recovery/recovery';
import { RECOVERY_PATHS, type RecoveryPath } from '../../model/recovery/recovery-paths';
import { type TimeTerm, timeInWords, totalTime } from '../../model/recovery/recovery-times';
import { Duration } from '../../units';
import type { PromisedLoss } from '../facts';
import type { Scenario } from '../rule';

/** More than any promise is about; and what `Duration` takes. */
const TEN_YEARS = 10 * 365 * 86_400;

/** A length of time that somebody wrote, whatever it is. */
export const lasting = (seconds: number): Duration =>
  Duration.millis(Math.round(Math.min(Math.max(seconds, 0), TEN_YEARS) * 1000));

/** What is lost in a scenario, as far as promises of recovery are about it. */
export const LOSSES: Readonly<Partial<Record<Scenario, PromisedLoss>>> = {
  'zone-lost': 'zone',
  'region-lost': 'region',
};

/** Ways back from a loss. */
export const waysBack = (spec: RecoverySpec, loss: PromisedLoss): readonly RecoveryPath[] =>
  RECOVERY_PATHS[loss === 'zone' ? 'zone-loss' : 'region-loss'](recoveryPlan(spec));

export const secondsOf = (terms: readonly TimeTerm[]): number => totalTime(terms).inMillis / 1000;

/** The same without what is only estimated. */
export const surely = (terms: readonly TimeTerm[]): number =>
  secondsOf(terms.filter(({ basis }) => basis !== 'estimated'));

export const inWords = timeInWords;

/** The way with the least of something; the first of equals. */
export const least = (paths: readonly RecoveryPath[], of: (path: RecoveryPath) => number): RecoveryPath | undefined =>
  paths.reduce<RecoveryPath | undefined>(
    (best, path) => (best === undefined || of(path) < of(best) ? path : best),
    undefined,
  );

/** Somewhere else: which region it is does not matter to the arithmetic. */
const ELSEWHERE = 'another region';
const WEEK = Duration.days(7);

interface Addition {
  readonly say: string;
  readonly add: Partial<RecoverySpec>;
}

const REPLICA = { replica: { region: ELSEWHERE, lag: Duration.minutes(5) } } as const;

/** What could be added to a database, in the words of Terraform; the next list only where none of one helps. */
const ADDITIONS: Readonly<Record<PromisedLoss, readonly (readonly Addition[])[]>> = {
  zone: [
    [
      { say: 'set multi_az to true', add: { multiAz: true } },
      { say: 'set backup_retention_period to 7', add: { pointInTime: { retention: WEEK } } },
    ],
  ],
  region: [
    [
      {
        say: 'replicate its automated backups to another region (aws_db_instance_automated_backups_replication)',
        add: { replicatedBackups: { region: ELSEWHERE, retention: WEEK } },
      },
      { say: 'let a replica in another region follow it, with an alarm on ReplicaLag at 300 s', add: REPLICA },
    ],
    [
      {
        say: 'let a replica of it stand by in another region, beside a cluster that runs already',
        add: { ...REPLICA, standby: { region: ELSEWHERE, warm: true } },
      },
    ],
  ],
};

/** Additions with which a promise would be kept. */
export function additions(
  spec: RecoverySpec,
  loss: PromisedLoss,
  isKept: (paths: readonly RecoveryPath[]) => boolean,
): readonly string[] {
  const helpful = ADDITIONS[loss].map((list) => list.filter(({ add }) => isKept(waysBack({ ...spec, ...add }, loss))));
  return (helpful.find((list) => list.length > 0) ?? []).map(({ say }) => say);
}
