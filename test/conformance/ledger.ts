import { isDeepStrictEqual } from 'node:util';
import { broken, read } from './pointer';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Something emitted: a Kubernetes object, a Terraform resource, or a whole stack. */
export type Place = { readonly platform: string; readonly environment: string } & (
  | { readonly kind: string; readonly name: string }
  /** Names of all objects of a kind, in order, under `/names`. */
  | { readonly namesOf: string }
  /** `where` tells the resource from others of its type: pointers and what is found there. */
  | { readonly layer: string; readonly resource: string; readonly where: Readonly<Record<string, string>> }
  | { readonly layer: string }
  /** A file beside manifests and stacks, by its kind and path: `compose/compose.yaml`. */
  | { readonly file: string }
);

/** A value of a source document, or of the resolution that stands above it, and where it is found. */
export interface Value {
  readonly at: Place;
  /** JSON pointer; a segment `field=text` picks the only item of a list with that field. */
  readonly path: string;
  /** Written by hand; undefined where nothing may stand. */
  readonly is: Json | undefined;
}

/** What is not built yet, in plain words. */
export type System =
  | 'alerts'
  | 'cache warming'
  | 'chaos experiments'
  | 'compliance gate'
  | 'Compose stack'
  | 'connection pooling'
  | 'dashboards'
  | 'Gatekeeper'
  | 'GitOps'
  | 'load tests'
  | 'logging'
  | 'metrics store'
  | 'recovery'
  | 'Redis client settings'
  | 'runbooks'
  | 'service mesh'
  | 'simulator'
  | 'tracing';

/** One row of the requirements: where it stands in the source documents, and what became of it. */
export type Row = {
  readonly id: string;
  /** Lines of the source document that the id names. */
  readonly lines: string;
  readonly what: string;
  /** What of the row waits for a system that is not built yet. */
  readonly still?: System;
} & (
  | {
      readonly status: 'emitted';
      readonly values: readonly Value[];
      /** Lines of docs/deviations.md, by their first cell, that say why a value is not the document's. */
      readonly deviations?: readonly string[];
    }
  | { readonly status: 'checked'; readonly checks: readonly string[] }
  | { readonly status: 'documented'; readonly file: string; readonly says: string }
  | { readonly status: 'out-of-scope'; readonly because: string }
  | { readonly status: 'later'; readonly system: System }
);

export type Status = Row['status'];
export type EmittedRow = Extract<Row, { status: 'emitted' }>;

/** What stands at a place, or why nothing is read there. */
export type Located = { readonly document: unknown } | { readonly fault: string };
export type Locate = (place: Place) => Located;

export const placeText = (place: Place): string => {
  const environment = `${place.platform}/${place.environment}`;
  if ('kind' in place) return `${place.kind} ${place.name} of ${environment}`;
  if ('namesOf' in place) return `names of ${place.namesOf} of ${environment}`;
  if ('file' in place) return `file ${place.file} of ${environment}`;
  if (!('resource' in place)) return `stack ${place.layer} of ${environment}`;
  const where = Object.values(place.where).join(', ');
  return `${place.resource}${where && ` ${where}`} in ${place.layer} of ${environment}`;
};

const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const rowText = ({ id, lines, what }: Row): string =>
  `${id} (document ${id.slice(1, 4)}, ${lines.includes('-') ? 'lines' : 'line'} ${lines}: ${what})`;

function fault({ at, path, is }: Value, locate: Locate): string | undefined {
  const located = locate(at);
  if ('fault' in located) return located.fault;
  const found = read(located.document, path);
  return isDeepStrictEqual(found, is)
    ? undefined
    : `${placeText(at)} at ${path}: expected ${show(is)}, found ${show(found)}`;
}

/** What the output says differently from the row: one line a value, and one a place that is not there. */
export function failures(row: EmittedRow, locate: Locate): string[] {
  const faults = row.values.flatMap((value) => fault(value, locate) ?? []);
  return [...new Set(faults)].map((text) => `${rowText(row)}: ${text}`);
}

/** One way to break a value by hand. */
interface Breakage {
  readonly path: string;
  readonly to: Json | undefined;
}

const nested = (path: string, is: Json): Breakage[] =>
  typeof is === 'object' && is !== null
    ? Object.entries(is).flatMap(([key, item]) =>
        breakages(`${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, item),
      )
    : [];

function changed(is: Json): Json {
  if (typeof is === 'number') return is + 1;
  if (typeof is === 'string') return `${is}x`;
  if (typeof is === 'boolean') return !is;
  if (is === null) return 'x';
  return Array.isArray(is) ? [...is, 'x'] : { ...is, x: 'x' };
}

/** Removed, changed, and each part of it removed and changed; where nothing may stand, something added. */
export function breakages(path: string, is: Json | undefined): Breakage[] {
  if (is === undefined) return [{ path, to: 'x' }];
  return [{ path, to: undefined }, { path, to: changed(is) }, ...nested(path, is)];
}

/** Each breakage of the row's values that the row does not notice. */
export const survivors = (row: EmittedRow, locate: Locate): string[] =>
  row.values.flatMap(({ at, path, is }) =>
    breakages(path, is).flatMap((breakage) => {
      const located = locate(at);
      const document = 'fault' in located ? undefined : broken(located.document, breakage.path, breakage.to);
      const noticed =
        document !== undefined &&
        failures(row, (place) => (isDeepStrictEqual(place, at) ? { document } : locate(place))).some((text) =>
          text.includes(`${placeText(at)} at ${path}:`),
        );
      return noticed ? [] : [`${row.id}: ${placeText(at)} at ${breakage.path} turned into ${show(breakage.to)}`];
    }),
  );

/** How many rows have each status, and how many of them are whole only with a system that is not built yet. */
export const summary = (rows: readonly Row[]): Record<Status | 'in part', number> => {
  const count = (holds: (row: Row) => boolean) => rows.filter(holds).length;
  return {
    emitted: count(({ status }) => status === 'emitted'),
    checked: count(({ status }) => status === 'checked'),
    documented: count(({ status }) => status === 'documented'),
    'out-of-scope': count(({ status }) => status === 'out-of-scope'),
    later: count(({ status }) => status === 'later'),
    'in part': count(({ still }) => still !== undefined),
  };
};
