import type { Assumptions, Workload } from '../facts';
import { at, isMembers, listAt, textAt, textMembersAt } from '../members';
import { wholeYaml } from '../read/whole-yaml';
import type { Evidence } from '../rule';
import { blockName, type Json, type KubernetesObject, objectName, type Skipped, type TerraformBlock } from '../source';
import { type Footprint, footprintsOf, PODS_ANNOTATION, PODS_FORM } from './footprint';
import { ofFootprint } from './footprint-pods';
import { evidenceOf, groupOf, leftOut, type View } from './view';

/** Kinds that deploy objects of which only the name is known here: their group, and where they say into which namespace. */
const DEPLOYERS: Readonly<Record<string, { readonly group: RegExp; readonly into: readonly string[] }>> = {
  Application: { group: /^argoproj\.io$/, into: ['spec', 'destination', 'namespace'] },
  ApplicationSet: { group: /^argoproj\.io$/, into: ['spec', 'template', 'spec', 'destination', 'namespace'] },
  HelmRelease: { group: /^helm\.toolkit\.fluxcd\.io$/, into: ['spec', 'targetNamespace'] },
  Kustomization: { group: /^kustomize\.toolkit\.fluxcd\.io$/, into: ['spec', 'targetNamespace'] },
  HelmChart: { group: /^helm\.cattle\.io$/, into: ['spec', 'targetNamespace'] },
};

/** Where Helm's provider keeps what a chart is given, one text for each file. */
const RELEASE_VALUES = '/values';

const WHY = `deploys objects that were not given; their pods are not counted (say them in the annotation ${PODS_ANNOTATION} or under deployers in --assumptions, or give the output of helm template, too)`;

/** What deploys objects that nobody gave. */
interface Deployer {
  readonly source: KubernetesObject | TerraformBlock;
  readonly id: string;
  readonly name: string;
  /** Namespace of itself, by which people call it. */
  readonly home: string | undefined;
  /** Namespace of its pods. */
  readonly namespace: string | undefined;
  readonly annotation: { readonly text: string; readonly pointer: string } | undefined;
}

/**
 * Pods of charts and other sources that were not given, as the annotation of what deploys them or a file of assumptions says;
 * what says nothing is left out by name. A workload that was read, too, is counted as it was read.
 */
export function deployersOf(
  objects: readonly KubernetesObject[],
  blocks: readonly TerraformBlock[],
  workloads: readonly Workload[],
  { deployers: assumed = new Map() }: Pick<Assumptions, 'deployers'>,
): View<Workload> {
  const skipped: Skipped[] = [];
  const found: Workload[] = [];
  const read = new Set(workloads.map(({ namespace, name }) => `${namespace ?? ''}/${name}`));
  const all = [...objects.flatMap(ofObject), ...blocks.flatMap(ofRelease)];
  for (const deployer of all) {
    const { source, annotation } = deployer;
    const known =
      [...assumed].find(([called]) => isCalled(deployer, called))?.[1] ?? footprintsOf(annotation?.text ?? '');
    if (known !== undefined) found.push(...podsOf(deployer, known, read));
    else if (annotation === undefined) skipped.push(leftOut(source, undefined, WHY));
    else {
      const why = `has ${PODS_ANNOTATION}: ${annotation.text}, which must look like ${PODS_FORM}; its pods are not counted`;
      skipped.push(leftOut(source, 'workloads', why, annotation.pointer));
    }
  }
  for (const called of assumed.keys())
    if (!all.some((deployer) => isCalled(deployer, called)))
      skipped.push({
        place: { file: 'assumptions' },
        what: called,
        why: 'has deployers, and nothing that deploys objects is called so',
        view: 'assumptions',
      });
  return { found, skipped };
}

const isCalled = ({ id, name, home }: Deployer, called: string): boolean =>
  called === id || called === name || called === `${home}/${name}`;

function ofObject(object: KubernetesObject): readonly Deployer[] {
  const { kind, apiVersion, name, namespace: home, value } = object;
  const known = Object.hasOwn(DEPLOYERS, kind) ? DEPLOYERS[kind] : undefined;
  if (known?.group.test(groupOf(apiVersion)) !== true) return [];
  const text = textMembersAt(value, 'metadata', 'annotations')[PODS_ANNOTATION];
  const pointer = `/metadata/annotations/${PODS_ANNOTATION.replace('/', '~1')}`;
  return [
    {
      source: object,
      id: objectName(object),
      name,
      home,
      namespace: textAt(value, ...known.into) ?? home,
      annotation: text === undefined ? undefined : { text, pointer },
    },
  ];
}

/** A release has no annotations; its values may put this one onto any object of the chart. */
function ofRelease(block: TerraformBlock): readonly Deployer[] {
  if (block.mode !== 'resource' || block.type !== 'helm_release') return [];
  const { value, name } = block;
  const home = textAt(value, 'namespace');
  const text = listAt(value, 'values')
    .flatMap((given) => (typeof given === 'string' ? annotationsIn(yamlOf(given)) : []))
    .at(-1);
  return [
    {
      source: block,
      id: blockName(block),
      name: textAt(value, 'name') ?? name,
      home,
      namespace: home ?? 'default',
      annotation: text === undefined ? undefined : { text, pointer: RELEASE_VALUES },
    },
  ];
}

/** The first document of a text; values of charts have one. */
function yamlOf(text: string): Json | undefined {
  const [document] = wholeYaml(text);
  return document !== undefined && 'value' in document ? document.value : undefined;
}

function annotationsIn(value: Json | undefined): readonly string[] {
  const own = textAt(value, PODS_ANNOTATION);
  if (own !== undefined) return [own];
  if (Array.isArray(value)) return value.flatMap(annotationsIn);
  return isMembers(value) ? Object.keys(value).flatMap((name) => annotationsIn(at(value, name))) : [];
}

function podsOf(
  { source, id, namespace, annotation }: Deployer,
  sets: readonly Footprint[],
  read: ReadonlySet<string>,
): readonly Workload[] {
  const pointer = annotation?.pointer ?? '';
  const evidence = (): Evidence => evidenceOf(source)(pointer);
  return sets.flatMap((set, index) => {
    if (set.count === 0 || (set.name !== undefined && read.has(`${namespace ?? ''}/${set.name}`))) return [];
    const called = set.name ?? (sets.length > 1 ? `${index + 1}` : undefined);
    return ofFootprint(set, { id: called === undefined ? id : `${id}: ${called}`, namespace, source, evidence });
  });
}
