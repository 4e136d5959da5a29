import { ASSUMPTION_NAMES } from '../facts/assumed';
import { type CalledStore, type Caller, calledStores } from '../promises/stores';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { named } from './fields';
import { largestThatFits } from './pool-demand';

/** Stores answer what their callers send when all of them are at their ceilings. */
export const storeCapacityCoversCeilings: Rule = {
  id: 'store-capacity-covers-ceilings',
  severity: 'warning',
  protects:
    'pods are added because a store is slow, and make it slower: it is full long before the autoscalers are at their maxima',
  formula:
    'sum over callers of most pods x measured rate of a pod x calls for each request <= measured rate of the store',
  source: 'the arithmetic itself, on rates that were measured for each part alone',
  scenarios: ['ordinary'],
  judge: (facts) => calledStores(facts).map(verdictOf),
};

const sent = ({ pods, rate = 0, calls }: Caller): number => pods * rate * calls;

/** Rates and calls have few digits: what floating point adds to their product is no request. */
const rounded = (rate: number): number => Math.round(rate * 1e6) / 1e6;

const sum = (callers: readonly Caller[]): number => rounded(callers.reduce((total, caller) => total + sent(caller), 0));

const MOST_TERMS = 6;

function wordsOf(callers: readonly Caller[]): string {
  const sorted = [...callers].sort((one, other) => sent(other) - sent(one));
  const rest = sorted.slice(MOST_TERMS);
  return [
    ...sorted
      .slice(0, MOST_TERMS)
      .map(
        ({ workload, pods, rate, calls }) =>
          `${workload.name} ${pods} pods x ${rate}${calls === 1 ? '' : ` x ${calls}`}`,
      ),
    ...(rest.length === 0 ? [] : [`${rest.length} others ${sum(rest)}`]),
  ].join(' + ');
}

function verdictOf(store: CalledStore): Verdict {
  const { id, rate, callers, silent } = store;
  if (rate === undefined)
    return unknown(
      id,
      `the rate that it was measured to bear (annotation ${ASSUMPTION_NAMES.ratePerPod}, the tag of that name, or stores.<name>.rate in --assumptions)`,
    );
  const measured = callers.filter((caller) => caller.rate !== undefined);
  const unmeasured = callers.filter((caller) => caller.rate === undefined).map(({ workload }) => workload);
  const needed = sum(measured);
  const available = rate.total;
  if (needed <= available && unmeasured.length > 0)
    return unknown(id, `the rate per pod of ${named(unmeasured)} (annotation ${ASSUMPTION_NAMES.ratePerPod})`);
  if (needed <= available && silent.length > 0)
    return unknown(
      id,
      `how often ${named(silent.map((name) => ({ name })))} call it for each request (annotation ${ASSUMPTION_NAMES.calls})`,
    );
  return compared({
    subject: id,
    evidence: [
      ...store.evidence,
      ...measured.map(({ autoscaler, workload }) =>
        autoscaler === undefined ? workload.evidence('/spec/replicas') : autoscaler.evidence('/spec/maxReplicas'),
      ),
    ],
    arithmetic: `${wordsOf(measured)} = ${needed} of ${rate.words} requests/s`,
    margin: { of: `requests to ${id}`, needed, available, unit: 'requests/s' },
    remedy: () => waysOut(measured, needed, available),
  });
}

/** Fewer pods of the caller that sends most, or a store that bears all of it. */
function waysOut(callers: readonly Caller[], needed: number, available: number): string {
  const [most] = [...callers].sort((one, other) => sent(other) - sent(one));
  const pods =
    most &&
    largestThatFits(
      most.pods,
      (value) => sum(callers.map((caller) => (caller === most ? { ...caller, pods: value } : caller))) <= available,
    );
  return [
    ...(most === undefined || pods === undefined
      ? []
      : [
          `lower ${most.autoscaler === undefined ? 'replicas' : 'maxReplicas'} of ${most.workload.name} from ${most.pods} to ${pods}`,
        ]),
    `let it bear ${needed} requests/s, ${rounded(Math.ceil((needed / available) * 10) / 10)} times what it does`,
  ].join(', or ');
}
