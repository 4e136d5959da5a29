import { ASSUMPTION_NAMES } from '../../model/assumption-names';
import type { Assumptions, Resources, StoreCalls, Workload } from '../facts';
import { numberAt, textMembersAt } from '../members';
import type { KubernetesObject, Skipped } from '../source';
import { seconds } from './amounts';
import { amounts, NOTHING } from './requests';
import { leftOut } from './view';

/** Nothing assumed. */
export const NO_ASSUMPTIONS: Assumptions = {
  ratePerPod: new Map(),
  declaredLoad: new Map(),
  pools: new Map(),
  startSeconds: new Map(),
  sidecar: new Map(),
  stopHookSeconds: new Map(),
  calls: new Map(),
  storeRates: new Map(),
  promises: undefined,
  asOf: undefined,
};

export { ASSUMPTION_NAMES };

/** Annotation of a workload with its pools: `main=4x10`, more of them with commas. */
export const POOL_ANNOTATION = ASSUMPTION_NAMES.pool;

type Pools = readonly { readonly database: string; readonly processes: number; readonly size: number }[];

/**
 * Annotations of workloads, of their pods where the workload has none, with what a file says over them.
 * Names in the file become ids of the workloads that they fit; one that fits none is reported.
 */
export function assumed(
  workloads: readonly Pick<Workload, 'id' | 'name' | 'namespace' | 'object'>[],
  fromFile: Assumptions,
): { readonly assumptions: Assumptions; readonly skipped: readonly Skipped[] } {
  const skipped: Skipped[] = [];
  const merged = {
    ratePerPod: new Map<string, number>(),
    declaredLoad: new Map<string, number>(),
    pools: new Map<string, Pools>(),
    startSeconds: new Map<string, number>(),
    sidecar: new Map<string, Resources>(),
    stopHookSeconds: new Map<string, number>(),
    calls: new Map<string, readonly StoreCalls[]>(),
  };
  for (const { id, object } of workloads) {
    const read = <T>(
      name: string,
      into: Map<string, T>,
      parse: (text: string) => T | undefined,
      form: string,
    ): void => {
      const found = annotation(object, name);
      if (found === undefined) return;
      const value = parse(found.text);
      if (value !== undefined) into.set(id, value);
      else
        skipped.push(
          leftOut(object, 'assumptions', `has ${name}: ${found.text}, which must look like ${form}`, found.pointer),
        );
    };
    const names = ASSUMPTION_NAMES;
    read(names.ratePerPod, merged.ratePerPod, rate, '50');
    read(names.declaredLoad, merged.declaredLoad, rate, '400');
    read(names.pool, merged.pools, poolsOf, 'main=4x10 (database=processes x size), more of them with commas');
    read(names.startUp, merged.startSeconds, seconds, '40s');
    read(names.sidecar, merged.sidecar, sidecarOf, 'cpu=100m,memory=128Mi');
    read(names.stopHook, merged.stopHookSeconds, seconds, '90s');
    read(names.calls, merged.calls, callsOf, 'main=2.5 (store=calls for each request), more of them with commas');
  }
  for (const name of Object.keys(merged) as (keyof typeof merged)[]) {
    const into: Map<string, unknown> = merged[name];
    for (const [key, value] of fromFile[name]) {
      const fitting = workloads.filter((workload) => isCalled(workload, key));
      for (const { id } of fitting) into.set(id, value);
      if (fitting.length === 0)
        skipped.push({
          place: { file: 'assumptions' },
          what: key,
          why: `has ${name}, and no workload is called so`,
          view: 'assumptions',
        });
    }
  }
  return { assumptions: { ...fromFile, ...merged }, skipped };
}

/** Whether a workload is meant: by id, by `namespace/name` or by name. */
const isCalled = ({ id, name, namespace }: Pick<Workload, 'id' | 'name' | 'namespace'>, key: string): boolean =>
  key === id || key === name || key === `${namespace}/${name}`;

function annotation(
  object: KubernetesObject,
  name: string,
): { readonly text: string; readonly pointer: string } | undefined {
  const ways = [[], ['spec', 'template'], ['spec', 'jobTemplate', 'spec', 'template']];
  for (const way of ways) {
    const annotations = textMembersAt(object.value, ...way, 'metadata', 'annotations');
    const text = Object.hasOwn(annotations, name) ? annotations[name] : undefined;
    if (text !== undefined)
      return { text, pointer: `/${[...way, 'metadata', 'annotations', name.replace('/', '~1')].join('/')}` };
  }
  return undefined;
}

const rate = (text: string): number | undefined => {
  const value = numberAt(text);
  return value !== undefined && value > 0 ? value : undefined;
};

/** `main=4x10,audit=1x5`: four processes with ten connections each to `main`. */
function poolsOf(text: string): Pools | undefined {
  const pools = text.split(',').map((part) => {
    const [, database, processes, size] = /^\s*([\w./-]+)\s*=\s*(\d{1,6})\s*x\s*(\d{1,6})\s*$/.exec(part) ?? [];
    return database === undefined ? undefined : { database, processes: Number(processes), size: Number(size) };
  });
  const read = pools.filter((pool) => pool !== undefined);
  return read.length === pools.length ? read : undefined;
}

/** `vector-db=1, main=2.5`. */
function callsOf(text: string): readonly StoreCalls[] | undefined {
  const parts = text.split(',').map((part) => {
    const [, store, calls] = /^\s*([\w./-]+)\s*=\s*(\d{1,6}(?:\.\d{1,6})?)\s*$/.exec(part) ?? [];
    return store === undefined || !(Number(calls) > 0) ? undefined : { store, calls: Number(calls) };
  });
  const read = parts.filter((part) => part !== undefined);
  return read.length === parts.length ? read : undefined;
}

function sidecarOf(text: string): Resources | undefined {
  const pairs = text.split(',').map((part) => part.trim().split('='));
  let isRead = pairs.every(
    ([name, value]) => value !== undefined && /^(cpu|memory|ephemeral-storage)$/.test(name ?? ''),
  );
  const read = amounts(Object.fromEntries(pairs.map(([name, value]) => [name, value ?? ''])), () => {
    isRead = false;
  });
  return isRead ? { ...NOTHING, ...read } : undefined;
}
