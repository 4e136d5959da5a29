import type { Construct } from 'constructs';
import { Memory } from '../../units';
import { hardenedContainer, hardenedPod } from '../hardening';
import { type JobSpec, KubeCronJob, type KubeJob } from '../k8s';
import { type Labels, standardLabels } from '../labels';
import { quantity } from '../quantities';
import { contentJob } from '../workload/content-job';
import { SCRIPT_FILES, script, scriptEnv, scriptMounts, scriptVolumes, TMP } from './redis-files';
import { pullPolicy, small } from './redis-member';
import { memberHosts, OUTSIDE_THE_MESH, type RedisClusterPlan, redisServiceAccount } from './redis-plan';

/** How long new members may take to start: images, volumes and nodes come first. */
const FIRST_WAIT_SECONDS = 600;
/** How long a regular run waits for a silent member before it goes on without it. */
const NEXT_WAIT_SECONDS = 10;
/** A member that has just returned keeps its role for this long, in case it goes again. */
const SETTLE_SECONDS = 60;

const DAY_SECONDS = 86_400;

const reconcilerName = ({ name }: RedisClusterPlan): string => `${name}-reconciler`;

/** Labels of the pods of both jobs, and of nothing else. */
export const reconcilerSelector = (plan: RedisClusterPlan): Labels => ({
  'app.kubernetes.io/name': reconcilerName(plan),
  'app.kubernetes.io/component': 'redis-reconciler',
});

const labels = (plan: RedisClusterPlan, instance: string): Labels => ({
  ...standardLabels(reconcilerName(plan), 'redis-reconciler', plan.partOf),
  'app.kubernetes.io/instance': instance,
});

/**
 * Forms the cluster after the first roll-out, and waits until it serves. A Job cannot be changed, so its name changes with
 * its content. Argo CD runs it with each sync and waits for it; elsewhere a change of the cluster brings a new one.
 */
export function redisBootstrap(scope: Construct, plan: RedisClusterPlan): KubeJob {
  const spec = (name: string): JobSpec => ({
    backoffLimit: 6,
    activeDeadlineSeconds: 1800,
    ttlSecondsAfterFinished: DAY_SECONDS,
    template: pod(plan, name, FIRST_WAIT_SECONDS),
  });
  return contentJob(scope, 'Bootstrap', {
    prefix: `${plan.name}-bootstrap`,
    labels: (name) => labels(plan, name),
    spec,
    content: SCRIPT_FILES['bootstrap.sh'],
  });
}

/** Keeps the cluster's shape: the same script, again and again, one run at a time. */
export function redisReconciler(scope: Construct, plan: RedisClusterPlan): KubeCronJob {
  const name = reconcilerName(plan);
  const minutes = plan.reconcileEvery.toMinutes();
  return new KubeCronJob(scope, 'Reconciler', {
    metadata: { name, labels: labels(plan, name) },
    spec: {
      schedule: minutes === 1 ? '* * * * *' : `*/${minutes} * * * *`,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 60,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: labels(plan, name) },
        spec: { backoffLimit: 0, activeDeadlineSeconds: 300, template: pod(plan, name, NEXT_WAIT_SECONDS) },
      },
    },
  });
}

const pod = (plan: RedisClusterPlan, instance: string, waitSeconds: number): JobSpec['template'] => ({
  metadata: { labels: { ...labels(plan, instance), ...OUTSIDE_THE_MESH } },
  spec: {
    serviceAccountName: redisServiceAccount(plan),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: 'Never',
    securityContext: hardenedPod(),
    ...(plan.jobPriorityClass === undefined ? {} : { priorityClassName: plan.jobPriorityClass }),
    containers: [
      {
        name: 'reconciler',
        image: plan.image,
        imagePullPolicy: pullPolicy(plan.image),
        command: script('bootstrap.sh'),
        env: [
          ...scriptEnv(plan),
          { name: 'REDIS_SHARDS', value: shards(plan) },
          { name: 'REDIS_WAIT_SECONDS', value: `${waitSeconds}` },
          { name: 'REDIS_SETTLE_SECONDS', value: `${SETTLE_SECONDS}` },
          { name: 'REDIS_WORK_FOLDER', value: TMP },
        ],
        resources: small(20, 200, Memory.mib(32)),
        securityContext: hardenedContainer(),
        volumeMounts: [...scriptMounts(plan), { name: 'tmp', mountPath: TMP }],
      },
    ],
    volumes: [...scriptVolumes(plan), { name: 'tmp', emptyDir: { sizeLimit: quantity(Memory.mib(16)) } }],
  },
});

/** As `REDIS_SHARDS` wants it, with full names: those that the members announce. */
const shards = (plan: RedisClusterPlan): string =>
  memberHosts(plan)
    .map((hosts) => hosts.map((host) => `${host}.$(POD_NAMESPACE).svc:${plan.port}`).join(','))
    .join(' ');
