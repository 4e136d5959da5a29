import { parseDocument } from 'yaml';
import { isIsoDate } from '../../check';
import type { Assumptions, Resources } from '../facts';
import { seconds } from '../facts/amounts';
import { amounts, NOTHING } from '../facts/requests';
import { at, isMembers, listAt, type Members, membersAt, numberAt, pointerTo, textAt } from '../members';
import type { Json, Skipped } from '../source';
import { plain } from './plain';

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
};

/**
 * Reads files of assumptions; later ones add to and overrule earlier ones, `asOf` overrules theirs.
 *
 * @example
 * asOf: 2026-11-21
 * services:
 *   shop/checkout:
 *     ratePerPod: 50
 *     declaredLoad: 400
 *     pools: [{ database: main, processes: 4, size: 10 }]
 *     startSeconds: 40
 *     sidecar: { cpu: 100m, memory: 128Mi }
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
  let day = asOf;
  for (const { file, text } of files) {
    const refuse = (what: string, why: string): void => {
      skipped.push({ place: { file }, what, why, view: 'assumptions' });
    };
    const root = parsed(text);
    if (!isMembers(root)) {
      if (root !== null) refuse(file, 'is no YAML with asOf and services');
      continue;
    }
    for (const name of Object.keys(root))
      if (name !== 'asOf' && name !== 'services') refuse(pointerTo(name), 'is not known; there are asOf and services');
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
      for (const member of isMembers(service) ? Object.keys(service) : [])
        if (!Object.hasOwn(FORMS, member))
          refuse(pointerTo('services', name, member), `is not known; there are ${Object.keys(FORMS).join(', ')}`);
      if (!isMembers(service)) refuse(pointerTo('services', name), 'says nothing');
    }
  }
  return { assumptions: { ratePerPod, declaredLoad, pools, startSeconds, sidecar, asOf: day }, skipped };
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

function sidecarOf(value: Json): Resources | undefined {
  if (!isMembers(value)) return undefined;
  let isRead = Object.keys(value as Members).every((name) => /^(cpu|memory|ephemeral-storage)$/.test(name));
  const read = amounts(value, () => {
    isRead = false;
  });
  return isRead ? { ...NOTHING, ...read } : undefined;
}
