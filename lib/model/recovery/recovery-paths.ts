import type { RecoveryPlan, RecoveryScenario } from './recovery';
import { declaredTime, type RecoveryStep, recoveryTime, type TimeTerm } from './recovery-times';

/** What data comes back from. */
export type RecoveryMechanism =
  | 'standby in another zone'
  | 'point-in-time recovery'
  | 'replica'
  | 'replicated automated backups'
  | 'backup'
  | 'copy of a backup'
  | 'locked copy in another account';

/** One way back: from what, what it loses and how long it takes. */
export interface RecoveryPath {
  readonly by: RecoveryMechanism;
  /** Data that is lost, as the time in which it was written. */
  readonly loss: readonly TimeTerm[];
  /** Time without service, one step after the other. */
  readonly outage: readonly TimeTerm[];
}

/**
 * Every way back from each loss. A mechanism in the lost region, zone or account is none, and neither is a replica after
 * corruption: it has copied the damage within its lag.
 */
export const RECOVERY_PATHS: Readonly<Record<RecoveryScenario, (plan: RecoveryPlan) => RecoveryPath[]>> = {
  'zone-loss': (plan) => [
    ...when(plan.multiAz, () => path(plan, 'standby in another zone', [], ['failover', 'podStart'])),
    ...inRegion(plan),
  ],
  'region-loss': (plan) => [
    ...when(plan.replica, ({ region, lag }) =>
      region === plan.region
        ? undefined
        : elsewhere(plan, 'replica', region, [declaredTime('of lag', lag)], ['decision', 'promotion']),
    ),
    ...fromOtherRegion(plan),
    ...(plan.backups?.copies ?? [])
      .filter(({ region }) => region !== plan.region)
      .map(({ region, otherAccount = false }) =>
        elsewhere(plan, 'copy of a backup', region, copyLoss(plan), [
          'decision',
          ...(otherAccount ? (['copy'] as const) : []),
          'restore',
        ]),
      ),
  ],
  corruption: (plan) => [...inRegion(plan, reachingBack(plan)), ...fromOtherRegion(plan, reachingBack(plan))],
  'account-loss': (plan) =>
    (plan.backups?.copies ?? [])
      .filter(({ otherAccount = false, locked = false }) => otherAccount && locked)
      .map(() => ({
        by: 'locked copy in another account',
        loss: copyLoss(plan),
        outage: [seen(plan), ...steps(plan, ['decision', 'build', 'restore', 'podStart']), forgotten(plan)],
      })),
};

type Reach = (retention: RecoveryPlan['noticedWithin']) => boolean;

const reachingBack =
  ({ noticedWithin }: RecoveryPlan): Reach =>
  (retention) =>
    noticedWithin.isAtMost(retention);

const always: Reach = () => true;

const steps = ({ measured }: RecoveryPlan, names: readonly RecoveryStep[]): TimeTerm[] =>
  names.map((step) => recoveryTime(step, measured));

const path = (
  plan: RecoveryPlan,
  by: RecoveryMechanism,
  loss: readonly TimeTerm[],
  outage: readonly RecoveryStep[],
): RecoveryPath => ({ by, loss, outage: steps(plan, outage) });

/** What a value makes possible, if it is there. */
function when<T>(value: T | undefined | false, make: (value: T) => RecoveryPath | undefined): RecoveryPath[] {
  if (value === undefined || value === false) return [];
  const made = make(value);
  return made === undefined ? [] : [made];
}

/** Restoring beside what was lost: users are sent to the same place as before. */
function inRegion(plan: RecoveryPlan, reaches: Reach = always): RecoveryPath[] {
  const restored = ['decision', 'restore', 'repointing', 'podStart'] as const;
  return [
    ...when(plan.pointInTime, ({ retention }) =>
      reaches(retention) ? path(plan, 'point-in-time recovery', steps(plan, ['logUpload']), restored) : undefined,
    ),
    ...when(plan.backups, ({ retention }) =>
      reaches(retention) ? path(plan, 'backup', backupLoss(plan), restored) : undefined,
    ),
  ];
}

function fromOtherRegion(plan: RecoveryPlan, reaches: Reach = always): RecoveryPath[] {
  return when(plan.replicatedBackups, ({ region, retention }) =>
    region === plan.region || !reaches(retention)
      ? undefined
      : elsewhere(plan, 'replicated automated backups', region, steps(plan, ['logUpload', 'logCopy']), [
          'decision',
          'restore',
        ]),
  );
}

/** Users are sent to another region, whose services run already if a warm standby is there. */
function elsewhere(
  plan: RecoveryPlan,
  by: RecoveryMechanism,
  region: string,
  loss: readonly TimeTerm[],
  outage: readonly RecoveryStep[],
): RecoveryPath {
  const { standby } = plan;
  const running = standby?.region === region && standby.warm;
  return {
    by,
    loss,
    outage: [
      seen(plan),
      ...steps(plan, [...outage, 'repointing', ...(running ? [] : (['build'] as const)), 'podStart']),
      forgotten(plan),
    ],
  };
}

const seen = ({ dns, measured }: RecoveryPlan): TimeTerm =>
  dns ? declaredTime('until health checks see it', dns.detection) : recoveryTime('detection', measured);

const forgotten = ({ dns, measured }: RecoveryPlan): TimeTerm =>
  dns ? declaredTime('until resolvers ask again', dns.ttl) : recoveryTime('forgetting', measured);

/** The next backup would have been ready only after all of these. */
const backupLoss = (plan: RecoveryPlan): TimeTerm[] =>
  plan.backups === undefined
    ? []
    : [
        declaredTime('between backups', plan.backups.interval),
        declaredTime('until AWS starts one', plan.backups.startWithin),
        ...steps(plan, ['backup']),
      ];

const copyLoss = (plan: RecoveryPlan): TimeTerm[] => [...backupLoss(plan), ...steps(plan, ['copy'])];
