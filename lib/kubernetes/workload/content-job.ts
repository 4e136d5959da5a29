import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';
import { type JobSpec, KubeJob } from '../k8s';
import type { Labels } from '../labels';

export interface ContentJobProps {
  /** What its name starts with; eight characters of a digest follow. */
  readonly prefix: string;
  readonly namespace?: string;
  /** Labels of the Job of that name. */
  readonly labels: (name: string) => Labels;
  /** What the Job of that name does. */
  readonly spec: (name: string) => JobSpec;
  /** What it depends on beside its own text, such as a script that it mounts. @default - nothing */
  readonly content?: string;
  /** When Argo CD runs it: with the other objects of its wave, or after all of them. @default 'Sync' */
  readonly hook?: 'Sync' | 'PostSync';
}

/** A Job that runs once for each content: a Job cannot be changed, so its name changes with what it does. */
export function contentJob(scope: Construct, id: string, props: ContentJobProps): KubeJob {
  const { prefix, namespace, labels, spec, content, hook = 'Sync' } = props;
  const text = JSON.stringify(content === undefined ? spec('') : [spec(''), content]);
  const name = `${prefix}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  return new KubeJob(scope, id, {
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: labels(name),
      annotations: {
        'argocd.argoproj.io/hook': hook,
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      },
    },
    spec: spec(name),
  });
}
