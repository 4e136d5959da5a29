import { CACHE_COMPUTE, CACHE_STORE } from '../../config/redis/cache-warming';
import { Memory } from '../../units';
import { hardenedContainer, hardenedPod } from '../hardening';
import type { Container, JobSpec } from '../k8s';
import { type Labels, standardLabels } from '../labels';
import { quantity } from '../quantities';
import { meshLabels, OUTSIDE_THE_MESH } from '../workload/mesh-pod';
import { configChecksum, fileMounts, fileVolumes } from '../workload/mounts';
import { placement } from '../workload/node-placement';
import { sidecarAnnotations } from '../workload/sidecar-annotations';
import type { CacheWarmingPlan } from './cache-warming-plan';
import { pullPolicy, small } from './redis-member';

const COMPONENT = 'cache-warming';

const SCRIPTS = '/etc/cache-warming';
const CACHE = '/etc/cache';
const TLS = '/etc/cache-tls';
const WORK = '/run/warming';

/** Labels of the pods of both kinds of run, and of nothing else. */
export const warmingSelector = (name: string): Labels => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/component': COMPONENT,
});

export const warmingLabels = ({ name, partOf, labels }: CacheWarmingPlan, instance = name): Labels => ({
  ...labels,
  ...standardLabels(name, COMPONENT, partOf),
  'app.kubernetes.io/instance': instance,
});

/** Files of the ConfigMap. */
export const WARMING_FILES = { 'compute.sh': CACHE_COMPUTE, 'store.sh': CACHE_STORE } as const;

/** What a run needs beside waiting for answers: to be scheduled, to fetch images and to store. */
const SPARE_SECONDS = 60;

const lines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map((header) => header.join(': '))
    .join('\n');

const files = ({ name }: CacheWarmingPlan) => [{ name, mountPath: SCRIPTS, content: WARMING_FILES }];

const secrets = ({ cacheSecret, tls }: CacheWarmingPlan) => [
  { secret: cacheSecret, mountPath: CACHE },
  ...(typeof tls === 'string' ? [] : [{ secret: tls.secretName, mountPath: TLS }]),
];

/** One run: two containers that share a folder. */
export function warmingRun(plan: CacheWarmingPlan, labels: Labels): JobSpec {
  const inMesh = plan.mesh === 'sidecar';
  return {
    backoffLimit: 3,
    activeDeadlineSeconds: plan.within.toSeconds(),
    template: {
      metadata: {
        labels: { ...labels, ...(inMesh ? meshLabels(plan) : OUTSIDE_THE_MESH) },
        annotations: {
          ...configChecksum(files(plan)),
          ...(inMesh && {
            ...sidecarAnnotations(plan),
            'sidecar.istio.io/nativeSidecar': 'true',
            ...(plan.bypassMesh.length > 0 && {
              'traffic.sidecar.istio.io/excludeOutboundPorts': plan.bypassMesh.join(','),
            }),
          }),
        },
      },
      spec: {
        serviceAccountName: plan.name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: 'Never',
        ...(plan.priorityClass === undefined ? {} : { priorityClassName: plan.priorityClass }),
        securityContext: hardenedPod(),
        ...placement(plan.placement),
        containers: [compute(plan), store(plan)],
        volumes: [
          ...fileVolumes(secrets(plan), files(plan)),
          { name: 'work', emptyDir: { medium: 'Memory', sizeLimit: quantity(Memory.mib(16)) } },
        ],
      },
    },
  };
}

function compute(plan: CacheWarmingPlan): Container {
  return {
    ...part(plan, 'compute', plan.curlImage, {
      WARM_URL: plan.url,
      WARM_HEADERS: lines(plan.headers),
      WARM_EXPECTED: lines(plan.expectedHeaders),
    }),
    volumeMounts: [...fileMounts([], files(plan)), { name: 'work', mountPath: WORK }],
  };
}

function store(plan: CacheWarmingPlan): Container {
  return {
    ...part(plan, 'store', plan.redisImage, {
      WARM_PREFIX: plan.keyPrefix,
      WARM_TTL: `${plan.ttl.toSeconds()}`,
      WARM_WAIT_SECONDS: `${plan.within.toSeconds() - SPARE_SECONDS}`,
      REDIS_FOLDER: CACHE,
      REDIS_TLS: typeof plan.tls === 'string' ? plan.tls : TLS,
    }),
    volumeMounts: [...fileMounts(secrets(plan), files(plan)), { name: 'work', mountPath: WORK, readOnly: true }],
  };
}

function part(
  plan: CacheWarmingPlan,
  name: 'compute' | 'store',
  image: string,
  variables: Readonly<Record<string, string>>,
): Container {
  const env = { WARM_NAMES: plan.names.join(' '), WARM_FOLDER: WORK, ...variables };
  return {
    name,
    image,
    imagePullPolicy: pullPolicy(image),
    command: ['sh', `${SCRIPTS}/${name}.sh`],
    env: Object.entries(env).map(([key, value]) => ({ name: key, value: value.split('$').join('$$') })),
    resources: small(20, 200, Memory.mib(64)),
    securityContext: hardenedContainer(),
  };
}
