import { camel } from './values';

/** Steps from an object to a place in it: keys, and items by what they are called or by their number. */
export type Path = readonly Step[];
export type Step = { readonly key: string } | { readonly item: string } | { readonly at: number };

/** Keys that a reader of values needs not be told. */
const SILENT: ReadonlySet<string> = new Set([
  'spec',
  'template',
  'jobTemplate',
  'metadata',
  'data',
  'provider',
  'containers',
  'initContainers',
  'job',
  'aws',
  'hard',
  'valueFrom',
]);

/** Kinds whose values are those of their component: what it runs. */
export const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'Rollout', 'StatefulSet', 'CronJob', 'Job']);

const POD_METADATA: ReadonlySet<string> = new Set(['annotations', 'labels']);

const isPod = (path: Path, at: number): boolean =>
  path.slice(0, at).some((step) => 'key' in step && step.key === 'template');

/** Names for a place, from the shortest: without what is silent and without numbers, then with everything. */
export function namesOf(component: string, alias: string, kind: string, path: Path): (readonly string[])[] {
  const short = path.flatMap((step, at) => {
    if ('at' in step) return [];
    if ('item' in step) return step.item === component ? [] : [camel(step.item)];
    if (isPod(path, at) && POD_METADATA.has(step.key)) return [camel(`pod-${step.key}`)];
    return SILENT.has(step.key) ? [] : [camel(step.key)];
  });
  const full = path.map((step) => ('at' in step ? `item${step.at + 1}` : camel('item' in step ? step.item : step.key)));
  const named = short.length === 0 ? ['content'] : short;
  return [
    ...(WORKLOADS.has(kind) ? [named] : []),
    [alias, ...named],
    [alias, ...(full.length === 0 ? ['content'] : full)],
  ];
}

/** Where it is, as in a query for it: `Deployment auth-service spec.replicas`. */
export const pointer = (kind: string, path: Path): string =>
  `${kind} ${path
    .map((step) => ('at' in step ? `[${step.at}]` : 'item' in step ? `[${step.item}]` : step.key))
    .join('.')
    .replaceAll('.[', '[')}`;
