import type { VerticalAutoscaler } from '../facts';
import { at, listAt, textAt } from '../members';
import { type KubernetesObject, objectName, type Skipped } from '../source';
import { amounts } from './requests';
import { evidenceOf, groupOf, leftOut, type View } from './view';

const MODES: readonly string[] = ['Off', 'Initial', 'Recreate', 'Auto', 'InPlaceOrRecreate'];

/** Vertical Pod Autoscalers. Where they say nothing they act: mode `Auto`, on CPU and memory of every container. */
export function verticalsOf(objects: readonly KubernetesObject[]): View<VerticalAutoscaler> {
  const skipped: Skipped[] = [];
  const found: VerticalAutoscaler[] = [];
  for (const object of objects) {
    if (object.kind !== 'VerticalPodAutoscaler' || groupOf(object.apiVersion) !== 'autoscaling.k8s.io') continue;
    const spec = at(object.value, 'spec');
    const name = textAt(spec, 'targetRef', 'name');
    const mode = textAt(spec, 'updatePolicy', 'updateMode') ?? 'Auto';
    if (name === undefined || !MODES.includes(mode)) {
      const why = name === undefined ? 'names nothing that it sizes' : `has an update mode that is not known: ${mode}`;
      skipped.push(leftOut(object, 'verticals', why, '/spec'));
      continue;
    }
    found.push({
      object,
      id: objectName(object),
      target: { kind: textAt(spec, 'targetRef', 'kind') ?? 'Deployment', name, namespace: object.namespace },
      mode: mode as VerticalAutoscaler['mode'],
      policies: listAt(spec, 'resourcePolicy', 'containerPolicies').map((policy) => ({
        container: textAt(policy, 'containerName') ?? '*',
        mode: textAt(policy, 'mode') === 'Off' ? 'Off' : 'Auto',
        controlled: (['cpu', 'memory'] as const).filter((resource) => {
          const listed = at(policy, 'controlledResources');
          return !Array.isArray(listed) || listed.includes(resource);
        }),
        min: amounts(at(policy, 'minAllowed')),
        max: amounts(at(policy, 'maxAllowed')),
      })),
      evidence: evidenceOf(object),
    });
  }
  return { found, skipped };
}
