import { Duration } from '../../units';

/** Where a length of time is from: declared by us, documented by AWS, measured in a drill, or only estimated. */
export type TimeBasis = 'declared' | 'documented' | 'measured' | 'estimated';

/** One part of an outage, or of what is lost. */
export interface TimeTerm {
  /** What takes the time, so that `30 min` reads on with it. */
  readonly what: string;
  /** How long it takes at worst. */
  readonly length: Duration;
  /** How well that is known. */
  readonly basis: TimeBasis;
  /** Who says so. */
  readonly source: string;
}

/** Steps of recovery that no declaration sets. A drill measures them, and what it found is put here. */
export const RECOVERY_TIMES = {
  detection: {
    what: 'until somebody sees it',
    length: Duration.minutes(10),
    basis: 'estimated',
    source: 'no health check is declared; alarms and users tell',
  },
  forgetting: {
    what: 'until users are led elsewhere',
    length: Duration.minutes(15),
    basis: 'estimated',
    source: 'no name is declared; whoever owns it changes it, and resolvers ask again',
  },
  failover: {
    what: 'failover to the standby in the other zone',
    length: Duration.minutes(2),
    basis: 'documented',
    source: 'RDS user guide, "Failing over a Multi-AZ DB instance": typically 60 to 120 seconds',
  },
  logUpload: {
    what: 'log that was not uploaded yet',
    length: Duration.minutes(5),
    basis: 'documented',
    source: 'RDS user guide, "Restoring a DB instance to a specified time": logs are uploaded every 5 minutes',
  },
  logCopy: {
    what: 'log on its way to the other region',
    length: Duration.minutes(15),
    basis: 'estimated',
    source: 'AWS gives no bound for replicated automated backups; their LatestRestorableTime shows the real one',
  },
  backup: {
    what: 'the backup takes',
    length: Duration.minutes(30),
    basis: 'estimated',
    source: 'an incremental snapshot of a database of 100 GiB',
  },
  copy: {
    what: 'the copy takes',
    length: Duration.hours(1),
    basis: 'estimated',
    source: 'AWS gives no bound; the first copy to a vault is a full one and takes longer',
  },
  decision: {
    what: 'somebody is woken, looks and decides',
    length: Duration.minutes(30),
    basis: 'estimated',
    source: 'nothing is promoted without a decision',
  },
  promotion: {
    what: 'the replica is promoted',
    length: Duration.minutes(30),
    basis: 'estimated',
    source: 'RDS user guide, "Promoting a read replica": several minutes or longer, with a restart',
  },
  restore: {
    what: 'a new instance is restored',
    length: Duration.hours(1),
    basis: 'estimated',
    source: 'grows with the size of the database and the log to replay',
  },
  repointing: {
    what: 'secrets and pools learn the new address',
    length: Duration.minutes(10),
    basis: 'estimated',
    source: 'Terraform writes the endpoint, External Secrets refreshes, pools restart',
  },
  podStart: {
    what: 'nodes join and pods get ready',
    length: Duration.minutes(15),
    basis: 'estimated',
    source: 'up to 5 minutes for nodes, then images and start-up',
  },
  build: {
    what: 'network and cluster are built from their declarations',
    length: Duration.minutes(90),
    basis: 'estimated',
    source: 'an EKS control plane takes 10 to 15 minutes, nodes, add-ons and controllers the rest',
  },
} as const satisfies Readonly<Record<string, TimeTerm>>;

/** A step of recovery. */
export type RecoveryStep = keyof typeof RECOVERY_TIMES;

/** What a drill found. */
export type MeasuredTimes = Readonly<Partial<Record<RecoveryStep, Duration>>>;

/** How long a step takes: as measured, else as documented or estimated. */
export function recoveryTime(step: RecoveryStep, measured: MeasuredTimes = {}): TimeTerm {
  const length = measured[step];
  const known: TimeTerm = RECOVERY_TIMES[step];
  return length === undefined ? known : { ...known, length, basis: 'measured', source: 'the last drill' };
}

/** How a term was declared. */
export const declaredTime = (what: string, length: Duration): TimeTerm => ({
  what,
  length,
  basis: 'declared',
  source: 'the declaration',
});

/** The sum of all terms; none of them run side by side, which is the worst. */
export const totalTime = (terms: readonly TimeTerm[]): Duration =>
  terms.reduce((sum, { length }) => sum.plus(length), Duration.minutes(0));

/** A length of time as people say it: `7 h 30 min`. */
export function spokenTime(length: Duration): string {
  const seconds = Math.floor(length.inMillis / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const said = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return said.length === 0 ? '0 s' : said.join(' ');
}

/** The sum in words: `7 h 30 min = 6 h between backups (declared) + …`. */
export const timeInWords = (terms: readonly TimeTerm[]): string =>
  terms.length === 0
    ? '0 s'
    : `${spokenTime(totalTime(terms))} = ${terms
        .map(({ what, length, basis }) => `${spokenTime(length)} ${what} (${basis})`)
        .join(' + ')}`;
