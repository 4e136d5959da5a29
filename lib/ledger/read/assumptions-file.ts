import { parseDocument } from 'yaml';
import { isIsoDate } from '../../check';
import type { Assumptions, Resources, StoreCalls } from '../facts';
import { seconds } from '../facts/amounts';
import { type Footprint, footprintsOf, PODS_FORM } from '../facts/footprint';
import { amounts, NOTHING } from '../facts/requests';
import { at, isMembers, listAt, type Members, membersAt, numberAt, pointerTo, textAt } from '../members';
import type { Json, Skipped } from '../source';
import { plain } from './plain';
import { PROMISE_FORM, promiseOf } from './promised';

/** A file of assumptions, as it was read. */
export interface AssumptionsFile {
  readonly file: string;
  readonly text: string;
}

type Pools = readonly { readonly database: string; readonly processes: number; readonly size: number }[];

/** What a service may say, and how that must look. */
const FORMS: Readonly<Record<string, string>> = {
  ratePerPod: 'a number above 0 (requests per second)',
  declaredLoad: 'a number above 0 (requests per second)',
  pools: 'a list of { database, processes, size }, numbers whole and above 0',
  startSeconds: 'seconds, or a time such as 40s',
  sidecar: 'quantities: { cpu: 100m, memory: 128Mi }',
  stopHookSeconds: 'seconds, or a time such as 90s',
  calls: 'calls for each request by store, numbers above 0: { main: 2.5 }',
};

const MEMBERS = ['asOf', 'quotas', 'services', 'stores', 'promises', 'deployers', 'clusters'];

/**
 * Reads files of assumptions; later ones add to and overrule earlier ones, `asOf` overrules theirs.
 *
 * @example
 * asOf: 2026-11-21
 * quotas: { L-1216C47A: 256 }
 * services:
 *   shop/checkout:
 *     ratePerPod: 50
 *     declaredLoad: 400
 *     pools: [{ database: main, processes: 4, size: 10 }]
 *     startSeconds: 40
 *     sidecar: { cpu: 100m, memory: 128Mi }
 *     stopHookSeconds: 90s
 *     calls: { main: 2.5 }
 * stores:
 *   main: { rate: 2000 }
 * deployers:
 *   argocd/velero: 1x cpu=100m,memory=128Mi
 * clusters: { shop-production: kubernetes/shop/production }
 * promises: { rpo: 5m, rto: 1h, survives: [zone, region] }
 */
export function readAssumptions(
  files: readonly AssumptionsFile[],
  asOf?: string,
): { readonly assumptions: Assumptions; readonly skipped: readonly Skipped[] } {
  const skipped: Skipped[] = [];
  const ratePerPod = new Map<string, number>();
  const declaredLoad = new Map<string, number>();
  const pools = new Map<string, Pools>();
  const startSeconds = new Map<string, number>();
  const sidecar = new Map<string, Resources>();
  const stopHookSeconds = new Map<string, number>();
  const calls = new Map<string, readonly StoreCalls[]>();
  const storeRates = new Map<string, number>();
  const deployers = new Map<string, readonly Footprint[]>();
  const clusters = new Map<string, string>();
  let promises: Assumptions['promises'];
  const quotas = new Map<string, number>();
  let day = asOf;
  for (const { file, text } of files) {
    const refuse = (what: string, why: string): void => {
      skipped.push({ place: { file }, what, why, view: 'assumptions' });
    };
    const root = parsed(text);
    if (!isMembers(root)) {
      if (root !== null) refuse(file, `is no YAML with ${MEMBERS.join(', ')}`);
      continue;
    }
    for (const name of Object.keys(root))
      if (!MEMBERS.includes(name)) refuse(pointerTo(name), `is not known; there are ${MEMBERS.join(', ')}`);
    for (const [code, granted] of Object.entries(membersAt(root, 'quotas')))
      if (/^L-[0-9A-F]{8}$/.test(code) && typeof granted === 'number' && granted >= 0) quotas.set(code, granted);
      else refuse(pointerTo('quotas', code), 'must be a number by the code of a quota: { L-1216C47A: 256 }');
    const written = root.asOf;
    if (written !== undefined && (typeof written !== 'string' || !isIsoDate(written)))
      refuse('/asOf', 'is no day such as 2026-11-21');
    else if (written !== undefined && asOf === undefined) day = written as string;
    for (const [name, service] of Object.entries(membersAt(root, 'services'))) {
      const take = <T>(member: string, into: Map<string, T>, parse: (value: Json) => T | undefined): void => {
        const value = at(service, member);
        if (value === undefined) return;
        const read = parse(value);
        if (read === undefined) refuse(pointerTo('services', name, member), `must be ${FORMS[member]}`);
        else into.set(name, read);
      };
      take('ratePerPod', ratePerPod, positive);
      take('declaredLoad', declaredLoad, positive);
      take('pools', pools, poolsOf);
      take('startSeconds', startSeconds, seconds);
      take('sidecar', sidecar, sidecarOf);
      take('stopHookSeconds', stopHookSeconds, seconds);
      take('calls', calls, callsOf);
      for (const member of isMembers(service) ? Object.keys(service) : [])
        if (!Object.hasOwn(FORMS, member))
          refuse(pointerTo('services', name, member), `is not known; there are ${Object.keys(FORMS).join(', ')}`);
      if (!isMembers(service)) refuse(pointerTo('services', name), 'says nothing');
    }
    for (const [name, store] of Object.entries(membersAt(root, 'stores'))) {
      const rate = positive(at(store, 'rate') ?? null);
      if (rate !== undefined) storeRates.set(name, rate);
      else refuse(pointerTo('stores', name, 'rate'), `must be ${FORMS.ratePerPod}`);
    }
    for (const [name, written] of Object.entries(membersAt(root, 'deployers'))) {
      const pods = podsOf(written);
      if (pods !== undefined) deployers.set(name, pods);
      else refuse(pointerTo('deployers', name), `must look like ${PODS_FORM}, as one text or a list of entries`);
    }
    for (const [name, path] of Object.entries(membersAt(root, 'clusters')))
      if (typeof path === 'string' && path !== '') clusters.set(name, path.replace(/\/+$/, ''));
      else refuse(pointerTo('clusters', name), 'must be a file or folder with its manifests');
    if (root.promises !== undefined) {
      const promised = promiseOf(root.promises);
      if (promised !== undefined) promises = promised;
      else refuse('/promises', `must be ${PROMISE_FORM}`);
    }
  }
  return {
    assumptions: {
      ratePerPod,
      declaredLoad,
      pools,
      startSeconds,
      sidecar,
      stopHookSeconds,
      calls,
      storeRates,
      promises,
      ...(deployers.size > 0 && { deployers }),
      ...(clusters.size > 0 && { clusters }),
      ...(quotas.size > 0 && { quotas }),
      asOf: day,
    },
    skipped,
  };
}

function parsed(text: string): Json | undefined {
  try {
    const document = parseDocument(text, { logLevel: 'error' });
    const read = document.errors.length > 0 ? undefined : plain(document.toJS({ maxAliasCount: 100 }));
    return read === undefined || 'why' in read ? undefined : read.value;
  } catch {
    return undefined;
  }
}

const positive = (value: Json): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);

function poolsOf(value: Json): Pools | undefined {
  if (!Array.isArray(value)) return undefined;
  const read = listAt(value).flatMap((pool) => {
    const database = textAt(pool, 'database');
    const processes = numberAt(pool, 'processes') ?? 1;
    const size = numberAt(pool, 'size');
    const isCounted = (amount: number | undefined): amount is number => Number.isInteger(amount) && (amount ?? 0) > 0;
    return database !== undefined && isCounted(processes) && isCounted(size) ? [{ database, processes, size }] : [];
  });
  return read.length === value.length ? read : undefined;
}

/** Entries of one text, or a list of them. */
function podsOf(value: Json): readonly Footprint[] | undefined {
  if (typeof value === 'string') return footprintsOf(value);
  const entries = listAt(value).map((entry) => (typeof entry === 'string' ? footprintsOf(entry) : undefined));
  const known = entries.filter((entry) => entry !== undefined);
  return Array.isArray(value) && known.length === entries.length ? known.flat() : undefined;
}

function callsOf(value: Json): readonly StoreCalls[] | undefined {
  const entries = isMembers(value) ? Object.entries(value) : [];
  const read = entries.flatMap(([store, written]) => {
    const each = positive(written);
    return each === undefined ? [] : [{ store, calls: each }];
  });
  return read.length === entries.length && read.length > 0 ? read : undefined;
}

function sidecarOf(value: Json): Resources | undefined {
  if (!isMembers(value)) return undefined;
  let isRead = Object.keys(value as Members).every((name) => /^(cpu|memory|ephemeral-storage)$/.test(name));
  const read = amounts(value, () => {
    isRead = false;
  });
  return isRead ? { ...NOTHING, ...read } : undefined;
}
