import type { RecoveryPath } from '../../model/recovery/recovery-paths';
import { spokenTime, type TimeTerm } from '../../model/recovery/recovery-times';
import type { Facts } from '../facts';
import { ASSUMPTION_NAMES } from '../facts/assumed';
import { type Recoverable, recoverables } from '../promises/recovery';
import { additions, inWords, LOSSES, lasting, least, secondsOf, surely, waysBack } from '../promises/ways-back';
import type { Rule, Scenario, Verdict } from '../rule';
import { compared, unknown } from './compared';

interface Aspect {
  readonly name: 'rpo' | 'rto';
  /** What is measured of a way back. */
  readonly of: (path: RecoveryPath) => readonly TimeTerm[];
  readonly words: string;
  readonly promised: (one: Recoverable) => number | undefined;
}

const POINTS: Aspect = {
  name: 'rpo',
  of: ({ loss }) => loss,
  words: 'data lost',
  promised: ({ promise }) => promise?.rpoSeconds,
};

const TIMES: Aspect = {
  name: 'rto',
  of: ({ outage }) => outage,
  words: 'time without service',
  promised: ({ promise }) => promise?.rtoSeconds,
};

const SOURCE =
  'RDS user guide: Multi-AZ failover, point-in-time recovery, replicated automated backups; terms marked (estimated) are to be measured in a drill';

/** What is written is not older than promised, wherever it has to come back from. */
export const recoveryPointsMeetRpo: Rule = {
  id: 'recovery-points-meet-rpo',
  severity: 'error',
  protects: 'what was promised not to be lost is lost: the copy that is left is older, or there is none',
  formula:
    'age of the newest copy that the loss leaves <= promised RPO; zone: standby 0, log 5 min, backups interval + start + run; region: copies, replicated backups and replicas elsewhere',
  source: SOURCE,
  scenarios: ['zone-lost', 'region-lost'],
  judge: (facts, scenario) => judge(facts, scenario, POINTS),
};

/** Service is back as soon as promised, from data that is new enough. */
export const recoveryTimesMeetRto: Rule = {
  id: 'recovery-times-meet-rto',
  severity: 'error',
  protects: 'the service is down for longer than was promised: restoring takes hours where a failover takes minutes',
  formula:
    'steps from the loss until users are served, one after the other, by the fastest way whose data is new enough <= promised RTO; a warning where estimates decide',
  source: SOURCE,
  scenarios: ['zone-lost', 'region-lost'],
  judge: (facts, scenario) => judge(facts, scenario, TIMES),
};

const judge = (facts: Facts, scenario: Scenario, aspect: Aspect): readonly Verdict[] =>
  recoverables(facts).flatMap((one) => verdictOf(one, scenario, aspect));

function verdictOf(one: Recoverable, scenario: Scenario, aspect: Aspect): Verdict[] {
  const loss = LOSSES[scenario];
  const { id, promise, evidence } = one;
  const promised = aspect.promised(one);
  if (loss === undefined) return [];
  if (promise === undefined || promised === undefined)
    return [
      unknown(
        id,
        `what is promised of it (tag ${ASSUMPTION_NAMES[aspect.name]}, or promises.${aspect.name} in --assumptions)`,
      ),
    ];
  if (!promise.survives.includes(loss)) return [];
  const spec = one.specOf(loss);
  if ('needs' in spec) return [unknown(id, spec.needs)];
  const cost = (path: RecoveryPath): number => secondsOf(aspect.of(path));
  // a way that is fast and loses too much keeps no promise
  const { rpoSeconds = Number.POSITIVE_INFINITY } = promise;
  const usable = (paths: readonly RecoveryPath[]): readonly RecoveryPath[] =>
    aspect.name === 'rpo' ? paths : paths.filter((path) => secondsOf(path.loss) <= rpoSeconds);
  const best = least(usable(waysBack(spec, loss)), cost);
  const remedy = (otherwise: string): string =>
    [...additions(spec, loss, (paths) => usable(paths).some((path) => cost(path) <= promised)), otherwise].join(
      ', or ',
    );
  const spoken = (seconds: number): string => spokenTime(lasting(Math.ceil(seconds)));
  if (best === undefined)
    return [
      {
        outcome: 'broken',
        subject: id,
        evidence,
        arithmetic:
          aspect.name === 'rpo' || waysBack(spec, loss).length === 0
            ? `nothing here survives the loss of a ${loss}; ${spoken(promised)} is promised`
            : `nothing that survives the loss of a ${loss} is new enough for ${spoken(rpoSeconds)} of data`,
        remedy: remedy(`promise nothing for the loss of a ${loss} (${ASSUMPTION_NAMES.survives})`),
      },
    ];
  const terms = aspect.of(best);
  return [
    compared({
      subject: id,
      evidence,
      arithmetic: `${aspect.words} with the ${loss}, from ${best.by}: ${inWords(terms)}; promised ${spoken(promised)}`,
      margin: { of: `${aspect.words} of ${id} with its ${loss}`, needed: cost(best), available: promised, unit: 's' },
      remedy: () => remedy(`promise ${spoken(cost(best))} or more`),
      ...(aspect.name === 'rto' && surely(terms) <= promised && { severity: 'warning' as const }),
    }),
  ];
}
