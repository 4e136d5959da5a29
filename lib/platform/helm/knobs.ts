import { SLOT_MARK } from './facts';
import type { Place } from './place';
import { type Path, WORKLOADS } from './readable';
import type { Sheet } from './sheet';
import { type Each, isMap, type Json, pick } from './values';

/** Bounds of autoscalers, by the key that holds them. */
const BOUNDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  HorizontalPodAutoscaler: { minReplicas: 'min', maxReplicas: 'max' },
  ScaledObject: { minReplicaCount: 'min', maxReplicaCount: 'max' },
};

const keyAt = (path: Path, at: number): string | undefined => {
  const step = path.at(at);
  return step !== undefined && 'key' in step ? step.key : undefined;
};

/** Whether a place is a member of the container that a component is there for. */
const isOfMainContainer = ({ kind, name, path }: Place): boolean => {
  const container = path.at(-2);
  return WORKLOADS.has(kind) && keyAt(path, -3) === 'containers' && container !== undefined && 'item' in container
    ? container.item === name
    : false;
};

/**
 * What is a value in every chart, whether environments differ in it or not: the release of a service, how many pods it has, and
 * what each of them gets.
 */
export function knobOf(values: Each<Json>, place: Place, sheet: Sheet): Json | undefined {
  const key = keyAt(place.path, -1);
  if (key === undefined) return undefined;
  const bound = place.path.length === 2 ? BOUNDS[place.kind]?.[key] : undefined;
  if (bound !== undefined) return sheet.value('value', values, place, ['replicas', bound]);
  if (!isOfMainContainer(place)) return undefined;
  if (key === 'image') return imageOf(values, place, sheet);
  if (key === 'resources') return sheet.value('value', values, place, ['resources']);
  return undefined;
}

const TAGGED = new RegExp(`^(${SLOT_MARK.open}\\d+${SLOT_MARK.close}/[^:@]+:)([^:@${SLOT_MARK.open}]+)$`);

/** An image of the environment's own registry: its tag is a value. */
function imageOf(values: Each<Json>, place: Place, sheet: Sheet): Json | undefined {
  const parts = pick(values, (value, name) =>
    typeof value === 'string' ? (TAGGED.exec(sheet.plain(name, value)) ?? undefined) : undefined,
  );
  const repositories = new Set([...parts.values()].map(([, repository]) => repository));
  const [repository] = repositories;
  if (parts.size < values.size || repositories.size !== 1 || repository === undefined) return undefined;
  const tags = pick(parts, ([, , tag]) => tag);
  const slot = sheet.slot('part', tags, place, ['image', 'tag']);
  return `${repository}${sheet.part(slot)}`;
}

/** Whether something below a place is a value although environments agree. */
export const mayHoldKnobs = ({ kind, path }: Place, value: Json): boolean =>
  (BOUNDS[kind] !== undefined && path.length < 2) ||
  (WORKLOADS.has(kind) && isMap(value) && leadsToContainer(path)) ||
  (WORKLOADS.has(kind) && keyAt(path, -1) === 'containers');

const TO_CONTAINER: readonly string[] = ['spec', 'jobTemplate', 'template', 'containers'];

const leadsToContainer = (path: Path): boolean =>
  path.every((step) => !('key' in step) || TO_CONTAINER.includes(step.key));
