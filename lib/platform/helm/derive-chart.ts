import type { EnvironmentSpec } from '../../model';
import { type Aligned, alignObjects, type Component, nameOf } from './align-objects';
import { factsOf } from './facts';
import { componentFlags, type Flag, type Guards, guardBy, guardsOf } from './guards';
import { merge } from './merge';
import type { Place } from './place';
import { Sheet } from './sheet';
import { allocate, type Value } from './slots';
import { TemplateText, templateFile } from './template-text';
import { type Each, isMap, type Json, type JsonMap, pick } from './values';

/** What the objects of all environments come to: templates by the name of their component, and what fills them. */
export interface DerivedChart {
  readonly templates: ReadonlyMap<string, string>;
  readonly values: readonly Value[];
  readonly flags: readonly Flag[];
  readonly components: readonly Component[];
}

/** Objects of one component as an environment has them. */
export interface ComponentObjects {
  readonly name: string;
  readonly objects: readonly Readonly<Record<string, unknown>>[];
}

/** What Helm leaves in place when a release is uninstalled: with a namespace, the volumes in it would go. */
const KEEP = { 'helm.sh/resource-policy': 'keep' };
const KEEP_NAMESPACE = ['keepNamespace'];

/** One chart for all environments: with the values of one, it renders the objects that this one has. */
export function deriveChart(
  environments: readonly EnvironmentSpec[],
  objectsOf: Each<readonly ComponentObjects[]>,
): DerivedChart {
  const names = environments.map(({ name }) => name);
  const components = alignComponents(objectsOf);
  const sheet = new Sheet(factsOf(environments), names);
  const whole = componentFlags(components, names);
  const guards = new Map(components.map((component) => [component, guardsOf(component, components, whole)]));
  const keep: Flag = { path: KEEP_NAMESPACE, component: '', values: new Map(names.map((name) => [name, true])) };
  const flags = [
    ...whole.values(),
    ...[...guards.values()].flatMap(({ objects }) => [...objects.values()].map(({ flag }) => flag)),
  ];
  const all = [...new Set(flags), ...(components.some(hasNamespace) ? [keep] : [])];
  for (const { path, values } of all) {
    sheet.slots.push({ form: 'value', component: undefined, names: [path], values, use: 'switch' });
  }

  const owners = [...whole].map(([name, flag]) => ({ name, guard: guardBy(flag, true) }));
  const merged = [...guards].map(([component, own]) => ({
    component,
    own,
    objects: component.objects.map((object) => ({
      object,
      json: kept(mergeObject(component, object, own, owners, sheet), keep, sheet),
    })),
  }));
  const { values, of } = allocate(sheet.slots);
  const writer = new TemplateText(sheet.marks, of);
  const templates = new Map(
    merged.map(({ component, own, objects }) => [
      component.name,
      templateFile(
        objects.map(({ object, json }) => ({ text: writer.write(json), guard: own.objects.get(object) })),
        own.component,
      ),
    ]),
  );
  return {
    templates,
    values: values.filter(({ uses, path }) => uses.size > 0 && isUsed(path, templates)),
    flags: all,
    components,
  };
}

const hasNamespace = ({ objects }: Component): boolean => objects.some(({ kind }) => kind === 'Namespace');

/** Facts that no text repeats are no values. */
const isUsed = (path: readonly string[], templates: ReadonlyMap<string, string>): boolean => {
  const reference = `.Values.${path.join('.')}`;
  return [...templates.values()].some((text) => text.includes(reference));
};

function alignComponents(objectsOf: Each<readonly ComponentObjects[]>): Component[] {
  const byName = new Map<string, Map<string, readonly JsonMap[]>>();
  for (const [environment, components] of objectsOf) {
    for (const { name, objects } of components) {
      byName.set(name, (byName.get(name) ?? new Map()).set(environment, objects as readonly JsonMap[]));
    }
  }
  return [...byName].map(([name, each]) => alignObjects(name, each));
}

function mergeObject(
  component: Component,
  object: Aligned,
  { own }: Guards,
  owners: Place['owners'],
  sheet: Sheet,
): Json {
  const { objects, alias, kind } = object;
  const place: Place = { component: component.key, name: component.name, alias, kind, path: [], guards: own, owners };
  const names = pick(objects, nameOf);
  if (new Set(names.values()).size === 1) return merge(objects, place, sheet);
  const at = { ...place, path: [{ key: 'metadata' }, { key: 'name' }] };
  const called = { names, slot: sheet.slot('part', names, at, [alias, 'name']) };
  return merge(objects, { ...place, called }, sheet);
}

/** A namespace outlives its release, unless the values say otherwise. */
function kept(json: Json, flag: Flag, sheet: Sheet): Json {
  if (!isMap(json) || json.kind !== 'Namespace' || !isMap(json.metadata)) return json;
  const { annotations, ...metadata } = json.metadata;
  const open = { [sheet.mark({ kind: 'open', guard: guardBy(flag, true) })]: null };
  const close = { [sheet.mark({ kind: 'close' })]: null };
  return isMap(annotations)
    ? { ...json, metadata: { ...metadata, annotations: { ...annotations, ...open, ...KEEP, ...close } } }
    : { ...json, metadata: { ...metadata, ...open, annotations: KEEP, ...close } };
}
