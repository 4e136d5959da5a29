import type { Autoscaler, Database, Facts, Workload } from '../facts';
import { ASSUMPTION_NAMES } from '../facts/assumed';
import { numberAt } from '../members';
import { autoscalersByTarget, boundsOf } from '../pack/demand';
import type { Evidence } from '../rule';
import { isSameNamespace } from '../rules/behind';
import { isHostOf, isPooler, type Pooler, poolersOf } from '../rules/poolers';
import { blockName } from '../source';
import { tagOf } from './tags';

/** A workload that calls a store. */
export interface Caller {
  readonly workload: Workload;
  readonly autoscaler: Autoscaler | undefined;
  /** Most pods of it. */
  readonly pods: number;
  /** Requests per second that a pod bears; undefined where it was not measured. */
  readonly rate: number | undefined;
  readonly calls: number;
}

/** What callers call, and how much of it. */
export interface CalledStore {
  readonly id: string;
  readonly name: string;
  /** Requests per second that all of it bears; undefined where nobody says so. */
  readonly rate: { readonly total: number; readonly words: string } | undefined;
  readonly callers: readonly Caller[];
  /** Names of workloads with a pool to it that do not say how often they call it. */
  readonly silent: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** Every store that some workload says it calls, by whatever name. */
export function calledStores(facts: Facts): readonly CalledStore[] {
  const { calls, ratePerPod } = facts.assumptions;
  if (calls.size === 0) return [];
  const scalers = autoscalersByTarget(facts);
  const find = finder(facts);
  const found = new Map<string, { readonly store: Store; readonly callers: Caller[] }>();
  for (const workload of facts.workloads) {
    for (const { store: name, calls: each } of calls.get(workload.id) ?? []) {
      const store = find(name, workload);
      const { ceiling, autoscaler } = boundsOf(scalers, workload);
      const known = found.get(store.id) ?? { store, callers: [] };
      known.callers.push({ workload, autoscaler, pods: ceiling, rate: ratePerPod.get(workload.id), calls: each });
      found.set(store.id, known);
    }
  }
  const poolers = poolersOf(facts);
  return [...found.values()].map(({ store, callers }) => ({
    id: store.id,
    name: store.name,
    rate: rateOf(facts, store, scalers),
    callers,
    silent: silentUsers(facts, store, callers, poolers),
    evidence: store.workload ? [store.workload.evidence('/spec/replicas')] : [],
  }));
}

interface Store {
  readonly id: string;
  readonly name: string;
  readonly workload?: Workload;
  readonly database?: Database;
}

/** Finds a store by the name that a caller gives it: pods first, those of its own namespace before others. */
function finder({ workloads, databases }: Facts): (name: string, caller: Workload) => Store {
  const pods = new Map<string, Workload[]>();
  for (const workload of workloads)
    for (const name of new Set([workload.name, workload.id, `${workload.namespace}/${workload.name}`])) {
      const same = pods.get(name);
      if (same === undefined) pods.set(name, [workload]);
      else same.push(workload);
    }
  const named = new Map(databases.flatMap((database) => [database.name, database.id].map((name) => [name, database])));
  return (name, caller) => {
    const all = pods.get(name) ?? [];
    const workload = all.find(({ namespace }) => isSameNamespace(namespace, caller.namespace)) ?? all[0];
    const database = named.get(workload?.id ?? name) ?? (workload === undefined ? undefined : named.get(name));
    return {
      id: workload?.id ?? database?.id ?? name,
      name,
      ...(workload && { workload }),
      ...(database && { database }),
    };
  };
}

function rateOf(
  { assumptions: { storeRates, ratePerPod }, blocks }: Facts,
  { id, name, workload, database }: Store,
  scalers: ReturnType<typeof autoscalersByTarget>,
): CalledStore['rate'] {
  const told = storeRates.get(name) ?? storeRates.get(id) ?? storeRates.get(database?.name ?? name);
  if (told !== undefined) return { total: told, words: `${told}` };
  const each = workload && ratePerPod.get(workload.id);
  if (workload !== undefined && each !== undefined) {
    const { ceiling } = boundsOf(scalers, workload);
    return {
      total: ceiling * each,
      words: ceiling === 1 ? `${each}` : `${ceiling} pods x ${each} = ${ceiling * each}`,
    };
  }
  const block = database && blocks.find((one) => one.mode === 'resource' && blockName(one) === database.id);
  const tagged = numberAt(tagOf(block, ASSUMPTION_NAMES.ratePerPod) ?? null);
  return tagged === undefined || tagged <= 0 ? undefined : { total: tagged, words: `${tagged}` };
}

/** Who opens connections to a store, straight or through a pooler, and does not say how often it uses them. */
function silentUsers(
  { workloads, databases, assumptions: { pools } }: Facts,
  { id, name, database }: Store,
  callers: readonly Caller[],
  poolers: readonly Pooler[],
): readonly string[] {
  const before = poolers.filter(({ servers }) =>
    servers.some(({ host }) => host.split('.')[0] === name || (database && isHostOf(host, database, databases))),
  );
  const means = (target: string): boolean =>
    target === name || target === id || target === database?.name || before.some((pooler) => isPooler(pooler)(target));
  const heard = new Set(callers.map(({ workload }) => workload.id));
  return workloads
    .filter((one) => !heard.has(one.id) && (pools.get(one.id) ?? []).some((pool) => means(pool.database)))
    .map((one) => one.name);
}
