import { chartFootprint } from '../../config/chart-footprint';
import { type ContainerRoom, CRITICAL, type HelmValues, resourceValues, spreadValues } from '../../config/helm-values';
import { PODS_ANNOTATION } from '../../model/pods-annotation';
import { Cpu, Memory } from '../../units';

/** Applications that wait for others need to know how those are; Argo CD does not look at them by itself. */
const APPLICATION_HEALTH = [
  'hs = { status = "Progressing", message = "" }',
  'if obj.status ~= nil and obj.status.health ~= nil then',
  '  hs.status = obj.status.health.status',
  '  hs.message = obj.status.health.message or ""',
  'end',
  'return hs',
].join('\n');

const component = (name: string, room: ContainerRoom) => ({
  priorityClassName: CRITICAL,
  resources: resourceValues(room),
  topologySpreadConstraints: spreadValues({
    'app.kubernetes.io/name': `argocd-${name}`,
    'app.kubernetes.io/instance': 'argocd',
  }),
});

const PDB = { enabled: true, maxUnavailable: 1 };

const small = { cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(512) };

/** What the chart is given; the rest of its defaults meet the level `restricted`. */
function argoCdValues(highlyAvailable: boolean): HelmValues {
  const replicas = highlyAvailable ? 2 : 1;
  return {
    crds: { install: true, keep: true },
    configs: {
      cm: {
        'application.resourceTrackingMethod': 'annotation',
        'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH,
      },
      params: { 'controller.diff.server.side': 'true' },
    },
    // One leads for one cluster: a second would have no cluster to look after.
    controller: {
      replicas: 1,
      ...component('application-controller', {
        cpu: Cpu.millis(250),
        memory: Memory.mib(512),
        memoryLimit: Memory.gib(2),
      }),
    },
    server: { replicas, pdb: PDB, ...component('server', small) },
    repoServer: {
      replicas,
      pdb: PDB,
      ...component('repo-server', { cpu: Cpu.millis(100), memory: Memory.mib(256), memoryLimit: Memory.gib(1) }),
    },
    applicationSet: { replicas, pdb: PDB, ...component('applicationset-controller', small) },
    redis: component('redis', small),
    redisSecretInit: { resources: resourceValues(small) },
    // Nobody signs in through it, and nobody is told, until somebody says how.
    dex: { enabled: false },
    notifications: { enabled: false },
  };
}

/** Values as the release gets them, with the pods that they make: a release has no annotations, but a ConfigMap of it has. */
export function argoCdRelease(highlyAvailable: boolean, over: HelmValues): HelmValues {
  const values = { ...argoCdValues(highlyAvailable), ...over };
  const pods = chartFootprint('argo-cd', values);
  if (pods === undefined) return values;
  const configs = membersOf(values.configs);
  const cm = membersOf(configs.cm);
  const annotations = { ...membersOf(cm.annotations), [PODS_ANNOTATION]: pods };
  return { ...values, configs: { ...configs, cm: { ...cm, annotations } } };
}

const membersOf = (value: HelmValues[string] | undefined): HelmValues =>
  typeof value === 'object' && !Array.isArray(value) ? (value as HelmValues) : {};
