import { evidenceIn } from '../configured';
import { groupOf } from '../facts/view';
import { type Definition, definitionsOf, isBuiltIn } from '../network/custom-kinds';
import type { Rule, Verdict } from '../rule';
import { type KubernetesObject, objectName } from '../source';
import { unknown } from './compared';

/** Every custom kind is one that the cluster will know. */
export const kindsAreDefined: Rule = {
  id: 'kinds-are-defined',
  severity: 'error',
  protects:
    'no matches for kind: what is of a kind that nothing defines is never applied, and whatever waits for it neither',
  formula:
    'each kind of a custom group, and its version, is in a CustomResourceDefinition that was given or that a known chart brings',
  source: 'Kubernetes, "Custom Resources"; the charts of the catalog with the kinds that each defines',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const groups = new Map<string, KubernetesObject[]>();
    for (const object of facts.objects) {
      const group = groupOf(object.apiVersion);
      if (isBuiltIn(group)) continue;
      const same = groups.get(group);
      if (same === undefined) groups.set(group, [object]);
      else same.push(object);
    }
    if (groups.size === 0) return [];
    const definitions = definitionsOf(facts);
    return [...groups].flatMap(([group, objects]) => verdictsOn(group, objects, definitions));
  },
};

function verdictsOn(group: string, objects: readonly KubernetesObject[], all: readonly Definition[]): Verdict[] {
  const own = all.filter(({ kind }) => kind.startsWith(`${group}/`));
  const kinds = new Map(objects.map((object) => [`${object.apiVersion} ${object.kind}`, object]));
  const names = [...new Set(objects.map(({ kind }) => kind))];
  if (own.length === 0)
    return [
      unknown(
        group,
        `what defines ${names.slice(0, 4).join(', ')}: its CustomResourceDefinitions, or the chart that brings them`,
      ),
    ];
  const broken = [...kinds.values()].flatMap((object) => {
    const found = own.filter(({ kind }) => kind === `${group}/${object.kind}`);
    const version = object.apiVersion.slice(group.length + 1);
    if (found.some(({ versions }) => versions === undefined || versions.includes(version))) return [];
    const served = found.flatMap(({ versions }) => versions ?? []);
    return [missing(object, own, served)];
  });
  if (broken.length > 0) return broken;
  const by = [...new Set(own.map((one) => one.by))];
  return [
    {
      outcome: 'holds',
      subject: group,
      evidence: objects.slice(0, 1).map((object) => evidenceIn(object, '/kind')),
      arithmetic: `${names.length === 1 ? names[0] : `${names.length} kinds`} of ${objects.length} objects, defined by ${by.slice(0, 3).join(', ')}${by.length > 3 ? ` and ${by.length - 3} more` : ''}`,
    },
  ];
}

function missing(object: KubernetesObject, own: readonly Definition[], served: readonly string[]): Verdict {
  const kinds = [...new Set(own.map(({ kind }) => kind.split('/')[1]))];
  const isVersion = served.length > 0;
  return {
    outcome: 'broken',
    subject: `${object.apiVersion} ${object.kind}`,
    evidence: [evidenceIn(object, isVersion ? '/apiVersion' : '/kind')],
    arithmetic: isVersion
      ? `${objectName(object)} is of ${object.apiVersion}, and ${served.join(', ')} is served`
      : `${objectName(object)} is of a kind that nothing defines; of its group there ${kinds.length === 1 ? 'is' : 'are'} ${kinds.slice(0, 6).join(', ')}`,
    remedy: isVersion
      ? `write it in ${served.at(-1)}`
      : `give the CustomResourceDefinition of ${object.kind}, upgrade what brings the others, or correct the kind`,
  };
}
