import type { Autoscaler, Database, Facts, Workload } from '../facts';
import { ASSUMPTION_NAMES } from '../facts/assumed';
import { numberAt } from '../members';
import { autoscalersByTarget, boundsOf } from '../pack/demand';
import type { Evidence } from '../rule';
import { grouped, isSameNamespace } from '../rules/behind';
import { isHostOf, poolersOf } from '../rules/poolers';
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
  const silent = silentUsers(facts);
  const rateOf = rates(facts, scalers);
  return [...found.values()].map(({ store, callers }) => ({
    id: store.id,
    name: store.name,
    rate: rateOf(store),
    callers,
    silent: silent(store, callers),
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

/** Finds what a store bears: as it is told, as its pods were measured, or as the tag of an instance says. */
function rates(
  { assumptions: { storeRates, ratePerPod }, blocks }: Facts,
  scalers: ReturnType<typeof autoscalersByTarget>,
): (store: Store) => CalledStore['rate'] {
  const managed = new Map(
    blocks.flatMap((block) =>
      block.mode === 'resource' && /^aws_(db|rds)_/.test(block.type) ? [[blockName(block), block] as const] : [],
    ),
  );
  return ({ id, name, workload, database }) => {
    const told = storeRates.get(name) ?? storeRates.get(id) ?? storeRates.get(database?.name ?? name);
    if (told !== undefined) return { total: told, words: `${told}` };
    const each = workload && ratePerPod.get(workload.id);
    if (workload !== undefined && each !== undefined) {
      const { ceiling } = boundsOf(scalers, workload);
      const total = ceiling * each;
      return { total, words: ceiling === 1 ? `${each}` : `${ceiling} pods x ${each} = ${total}` };
    }
    const tagged = numberAt(tagOf(managed.get(database?.id ?? ''), ASSUMPTION_NAMES.ratePerPod) ?? null);
    return tagged === undefined || tagged <= 0 ? undefined : { total: tagged, words: `${tagged}` };
  };
}

/** Finds who opens connections to a store, straight or through a pooler, and does not say how often it uses them. */
function silentUsers(facts: Facts): (store: Store, callers: readonly Caller[]) => readonly string[] {
  const { databases } = facts;
  const { pools } = facts.assumptions;
  const poolers = poolersOf(facts);
  const byTarget = grouped(facts.workloads, ({ id }) => (pools.get(id) ?? []).map(({ database }) => database));
  return ({ id, name, database }, callers) => {
    const before = poolers.filter(({ servers }) =>
      servers.some(({ host }) => host.split('.')[0] === name || (database && isHostOf(host, database, databases))),
    );
    const names = [
      ...[name, id, database?.name ?? name],
      ...before.flatMap(({ workload, servers }) => [workload.name, workload.id, ...servers.map(({ entry }) => entry)]),
    ];
    const heard = new Set(callers.map(({ workload }) => workload.id));
    const users = new Set([...new Set(names)].flatMap((target) => byTarget.get(target) ?? []));
    return [...users].filter((one) => !heard.has(one.id)).map((one) => one.name);
  };
}
