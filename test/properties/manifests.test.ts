import { ApiObject, App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { EnvironmentChart, inspectPlatform, manifestFiles } from '../../lib/platform';
import { ids } from '../support/findings';
import { findViolations } from '../support/hardening';
import type { Manifest } from '../support/manifests';
import { publishedTypeFaults } from '../support/published-types';
import { unresolvedReferences } from './support/kubernetes-references';
import { AGAIN, batches, failures, type Placed, placed, reason, SEED, soundOnes, WANTED } from './support/samples';

const chartOf = ({ platform, environment }: Placed) => new EnvironmentChart(new App(), platform, environment);

const objectsOf = (chart: EnvironmentChart): Manifest[] =>
  chart.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .map((object) => (object as ApiObject).toJson());

/** What a linter says and the inspection has said as a warning. */
const WARNED: Readonly<Record<string, string>> = {
  'horizontalpodautoscaler-replicas': 'scaling-survives-a-drain',
  'hpa-max-availability': 'scaling-has-room-to-move',
};

/** Told before, or the path of a file whose name sounds like its content. */
const isKnown = (warnings: readonly string[], rule: string, object: string): boolean =>
  warnings.includes(WARNED[rule] ?? '') || (rule === 'env-var-secret' && object.startsWith('StatefulSet/'));

/** What Terraform or cdktf would have to fill in, which nobody does in a manifest. */
const TOKEN = /TfToken|\$\{(?:Token|TfToken|aws_|data\.|module\.)|#\{Token/;

const texts = (placed: Placed): [path: string, text: string][] => [...manifestFiles(chartOf(placed))];

/** What is wrong with the manifests of one environment. */
function faults(place: Placed, collected: Manifest[]): string[] {
  const chart = chartOf(place);
  const objects = objectsOf(chart);
  collected.push(...objects);
  const warnings = ids(inspectPlatform(place.platform));
  return [
    ...findViolations(objects)
      .filter(({ rule, object }) => !isKnown(warnings, rule, object))
      .map(({ rule, object }) => `${object}: ${rule}`),
    ...unresolvedReferences(objects),
    ...objects
      .filter((object) => TOKEN.test(JSON.stringify(object)))
      .map(({ kind, metadata }) => `${kind} ${metadata.name} has a token`),
  ];
}

const unique = (objects: readonly Manifest[]): Manifest[] => [
  ...new Map(objects.map((object) => [JSON.stringify(object), object])).values(),
];

let environments = 0;

test(`manifests of what is sound among ${WANTED} declarations (seed ${SEED}) are hardened, typed and complete`, () => {
  for (const batch of batches()) {
    const collected: Manifest[] = [];
    const sound = soundOnes(batch);
    const found = failures(sound, (spec) => {
      try {
        return placed([spec]).flatMap((place) => faults(place, collected))[0];
      } catch (error) {
        return reason(error);
      }
    });
    expect(found).toEqual([]);
    expect(publishedTypeFaults(unique(collected))).toEqual([]);
    environments += placed(sound).length;
  }
}, 1_200_000);

test('the same declaration gives the same bytes, and they read as the objects that were meant', () => {
  for (const batch of batches(AGAIN)) {
    const [first] = placed(soundOnes(batch.slice(0, 12)));
    if (first === undefined) continue;
    const files = texts(first);
    expect(texts(first)).toEqual(files);
    const read = files
      .filter(([path]) => !path.endsWith('kustomization.yaml'))
      .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS()));
    const byText = (objects: readonly Manifest[]) => objects.map((object) => JSON.stringify(object)).sort();
    expect(byText(read)).toEqual(byText(objectsOf(chartOf(first))));
  }
}, 1_200_000);

test('some environments were sound', () => expect(environments).toBeGreaterThan(0));
