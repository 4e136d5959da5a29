import type { Json, Place, Value } from './ledger';

/** A place, and a path in it below which values are named. */
export interface Spot {
  readonly place: Place;
  readonly under: string;
}

/** Values by their pointers below a spot. */
export const at = ({ place, under }: Spot, values: Readonly<Record<string, Json | undefined>>): Value[] =>
  Object.entries(values).map(([path, is]) => ({ at: place, path: under + path, is }));

/** Targets in the metrics of an autoscaler. */
export const CPU = '/metrics/resource.name=cpu/resource/target/averageUtilization';
export const MEMORY = '/metrics/resource.name=memory/resource/target/averageUtilization';
export const perPod = (metric: string): string => `/metrics/pods.metric.name=${metric}/pods/target/averageValue`;
export const external = (metric: string): string =>
  `/metrics/external.metric.name=${metric}/external/target/averageValue`;

/** The same for one container of the pod: what a sidecar uses does not count. */
export const perContainer = (name: 'cpu' | 'memory', container: string, averageUtilization: number) => ({
  [`/metrics/containerResource.name=${name}`]: {
    type: 'ContainerResource',
    containerResource: { name, container, target: { type: 'Utilization', averageUtilization } },
  },
});

/** What an autoscaler points at. */
export const deployment = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name });
export const rollout = (name: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name });

export const percent = (value: number, periodSeconds: number) => ({ type: 'Percent', value, periodSeconds });
export const pods = (value: number, periodSeconds: number) => ({ type: 'Pods', value, periodSeconds });

const CONTAINERS = '/spec/template/spec/containers';

/** Where things are in the output of an environment. Pods of `released` services belong to a Rollout instead of a Deployment. */
export function places(platform: string, environment: string, released: readonly string[] = []) {
  const object = (kind: string, name: string, under = ''): Spot => ({
    place: { platform, environment, kind, name },
    under,
  });
  const kindOf = (name: string): string => (released.includes(name) ? 'Rollout' : 'Deployment');
  const container = (name: string, kind = kindOf(name), workload = name): Spot =>
    object(kind, workload, `${CONTAINERS}/name=${name}`);
  return {
    object,
    container,
    /** What the pods of a service belong to. */
    workload: (name: string, under = ''): Spot => object(kindOf(name), name, under),
    /** Names of all objects of a kind. */
    all: (kind: string): Spot => ({ place: { platform, environment, namesOf: kind }, under: '' }),
    hpa: (name: string): Spot => object('HorizontalPodAutoscaler', name, '/spec'),
    /** A text file inside a ConfigMap. */
    file: (configMap: string, name: string, under = ''): Spot =>
      object('ConfigMap', configMap, `/data/${name}${under}`),
    /** Environment variables of a service's container. */
    settings: (name: string, values: Readonly<Record<string, string>>): Value[] =>
      Object.entries(values).flatMap(([key, is]) => at(container(name), { [`/env/name=${key}/value`]: is })),
    /** A service of the Compose stack. */
    composed: (name: string, under = ''): Spot => ({
      place: { platform, environment, file: 'compose/compose.yaml' },
      under: `/services/${name}${under}`,
    }),
    /** A file beside manifests and stacks. */
    document: (path: string, under = ''): Spot => ({ place: { platform, environment, file: path }, under }),
    /** Options of a load test. */
    loadTest: (name: string): Spot => ({
      place: { platform, environment, file: `k6/${name}.js` },
      under: '/options',
    }),
    stack: (layer: string): Spot => ({ place: { platform, environment, layer }, under: '' }),
    resource: (layer: string, resource: string, where: Readonly<Record<string, string>> = {}, under = ''): Spot => ({
      place: { platform, environment, layer, resource, where },
      under,
    }),
  };
}

/** Rules of an environment, in a group whose name is given without platform and environment. */
export function ruleSpots(platform: string, environment: string) {
  const rule = (group: string, field: string, name: string): Spot => ({
    place: { platform, environment, kind: 'PrometheusRule', name: platform },
    under: `/spec/groups/name=${platform}-${environment}-${group}/rules/${field}=${name}`,
  });
  return {
    alert: (group: string, name: string): Spot => rule(group, 'alert', name),
    recorded: (group: string, name: string): Spot => rule(group, 'record', name),
  };
}
