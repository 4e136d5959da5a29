import type { Manifest } from './manifests';

/** An object as the linters would have to see it, and the object as it was emitted. */
export interface View {
  readonly view: Manifest;
  readonly object: Manifest;
}

const isRollout = ({ apiVersion = '', kind }: Manifest): boolean =>
  kind === 'Rollout' && (apiVersion.startsWith('argoproj.io/') || apiVersion.startsWith('apps/'));

/** The Deployment that a Rollout would be. One that refers to a Deployment has no pods of its own. */
function rolloutView(rollout: Manifest): Manifest {
  const { strategy: _strategy, workloadRef, ...spec } = rollout.spec;
  if (workloadRef !== undefined) return rollout;
  return {
    ...rollout,
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { ...spec, strategy: { type: 'RollingUpdate' } },
  };
}

/** What an autoscaler of a Rollout would scale. */
function scalerView(scaler: Manifest, objects: readonly Manifest[]): Manifest {
  const { kind, name } = scaler.spec.scaleTargetRef;
  if (kind !== 'Rollout') return scaler;
  const rollout = objects.find(
    (object) => isRollout(object) && object.metadata.name === name && sameNamespace(object, scaler),
  );
  const target = rollout?.spec.workloadRef?.name ?? name;
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: rollout === undefined ? kind : 'Deployment', name: target };
  return { ...scaler, spec: { ...scaler.spec, scaleTargetRef } };
}

/** KEDA makes an autoscaler of it. */
const scaledObjectView = (object: Manifest): Manifest => ({
  ...object,
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  spec: {
    scaleTargetRef: { kind: 'Deployment', ...object.spec.scaleTargetRef },
    minReplicas: object.spec.minReplicaCount ?? 0,
    maxReplicas: object.spec.maxReplicaCount ?? 100,
  },
});

/** Jobs that an analysis starts. The run that owns them names them and removes them: that is not theirs to say. */
const analysisViews = (template: Manifest): Manifest[] =>
  (template.spec.metrics ?? [])
    .filter(({ provider }: Manifest) => provider?.job !== undefined)
    .map(({ name: metric, provider: { job } }: Manifest) => {
      const name = `${template.metadata.name}.${metric}`;
      const labels = { ...job.metadata?.labels, 'app.kubernetes.io/instance': name };
      return {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { ...template.metadata, ...job.metadata, name, labels },
        spec: { ttlSecondsAfterFinished: 0, ...job.spec },
      };
    });

export const sameNamespace = (a: Manifest, b: Manifest): boolean => a.metadata.namespace === b.metadata.namespace;

/** Kinds that linters do not know as kinds that they know, so that the same rules hold for both. */
export function linterViews(objects: readonly Manifest[]): View[] {
  return objects.flatMap((object) => {
    if (isRollout(object)) return [{ view: rolloutView(object), object }];
    if (object.kind === 'HorizontalPodAutoscaler') return [{ view: scalerView(object, objects), object }];
    if (object.kind === 'ScaledObject') return [{ view: scalerView(scaledObjectView(object), objects), object }];
    if (/^(Cluster)?AnalysisTemplate$/.test(object.kind)) {
      return analysisViews(object).map((view) => ({ view, object: { ...object, metadata: view.metadata } }));
    }
    return [{ view: object, object }];
  });
}
