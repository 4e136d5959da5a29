import { CHART_PODS, type ChartPods } from '../catalog/chart-pods';
import type { ChartName } from '../catalog/helm-chart';
import { Cpu, Memory } from '../units';
import type { HelmValue, HelmValues } from './helm-values';

/** Requests of a pod and the memory that it may hold; undefined where a container says nothing of it. */
interface PodRoom {
  readonly cpu: Cpu;
  readonly memory: Memory;
  readonly memoryLimit: Memory | undefined;
}

/**
 * The pods that a chart makes of its values, in the words of the annotation `headroom.dev/pods`: what nobody renders is
 * counted, too. Autoscaled pods at their most. Undefined where a quantity is not one that is read here.
 *
 * @example
 * chartFootprint('velero', { resources: { requests: { cpu: '100m', memory: '128Mi' } } });
 */
export function chartFootprint(chart: ChartName, values: HelmValues): string | undefined {
  try {
    const sets = CHART_PODS[chart].filter((pods) => isMade(pods, values)).map((pods) => entry(pods, values));
    return sets.length === 0 ? 'none' : sets.join('; ');
  } catch {
    return undefined;
  }
}

const isMade = ({ when }: ChartPods, values: HelmValues): boolean => {
  if (when === undefined) return true;
  const [path, otherwise] = when;
  const said = at(values, path);
  return typeof said === 'boolean' ? said : otherwise;
};

function entry(pods: ChartPods, values: HelmValues): string {
  const count = countOf(pods, values);
  const { cpu, memory, memoryLimit } = roomOf(pods, values);
  const amounts = [
    ...(cpu.isAtMost(Cpu.millis(0)) ? [] : [`cpu=${cpu}`]),
    ...(memory.isAtMost(Memory.bytes(0)) ? [] : [`memory=${memory}`]),
    ...(memoryLimit === undefined ? [] : [`memory-limit=${memoryLimit}`]),
  ];
  const placed = pods.placed === undefined ? undefined : pods.placed === '' ? values : at(values, pods.placed);
  const on = [...(pods.on === undefined ? [] : [pods.on]), ...selectorOf(at(placed, 'nodeSelector'))];
  const tolerates = [...(pods.tolerates === undefined ? [] : [pods.tolerates]), ...tolerationsOf(placed)];
  const volumes = (pods.volumes ?? []).filter((path) => isThere(at(values, path))).length;
  const surge = pods.surge === 'all' ? count : pods.surge;
  return [
    `${pods.name}:`,
    count === 'each-node' ? count : `${count}x`,
    ...(amounts.length === 0 ? [] : [amounts.join(',')]),
    ...(surge === undefined ? [] : [`surge=${surge}`]),
    ...(volumes === 0 ? [] : [`volumes=${volumes}`]),
    ...(on.length === 0 ? [] : [`on=${on.join(',')}`]),
    ...(tolerates.length === 0 ? [] : [`tolerates=${tolerates.join(',')}`]),
    ...(pods.apart === true ? ['apart'] : []),
  ].join(' ');
}

function countOf({ count }: ChartPods, values: HelmValues): number | 'each-node' {
  if (typeof count === 'number' || count === 'each-node') return count;
  const [path, otherwise] = count;
  const said = at(values, path);
  return typeof said === 'number' ? said : otherwise;
}

/** What containers ask for together, or an earlier one alone if that is more. */
function roomOf({ containers, init }: ChartPods, values: HelmValues): PodRoom {
  const together = containers
    .filter(({ when }) => when === undefined || isThere(at(values, when)))
    .map(({ resources }) => containerRoom(at(values, resources)))
    .reduce(plus);
  const before = init === undefined ? undefined : at(values, init);
  return (Array.isArray(before) ? before : [])
    .map((container: HelmValue) => containerRoom(at(container, 'resources')))
    .reduce(larger, together);
}

const containerRoom = (resources: HelmValue | undefined): PodRoom => {
  const [cpu, memory] = [at(resources, 'requests.cpu'), at(resources, 'requests.memory')];
  const limit = at(resources, 'limits.memory');
  return {
    cpu: cpu === undefined ? Cpu.millis(0) : Cpu.parse(`${cpu}`),
    memory: memory === undefined ? Memory.bytes(0) : Memory.parse(`${memory}`),
    memoryLimit: limit === undefined ? undefined : Memory.parse(`${limit}`),
  };
};

const plus = (a: PodRoom, b: PodRoom): PodRoom => ({
  cpu: a.cpu.plus(b.cpu),
  memory: a.memory.plus(b.memory),
  memoryLimit: a.memoryLimit && b.memoryLimit?.plus(a.memoryLimit),
});

const larger = (a: PodRoom, b: PodRoom): PodRoom => ({
  cpu: a.cpu.isAtMost(b.cpu) ? b.cpu : a.cpu,
  memory: a.memory.isAtMost(b.memory) ? b.memory : a.memory,
  memoryLimit: a.memoryLimit,
});

const selectorOf = (selector: HelmValue | undefined): string[] =>
  Object.entries(membersOf(selector)).map(([key, value]) => `${key}=${value}`);

/** `*` for all of them, else each with its effect. */
function tolerationsOf(placed: HelmValue | undefined): string[] {
  const list = at(placed, 'tolerations');
  return (Array.isArray(list) ? list : []).map((toleration: HelmValue) => {
    const { key, operator = 'Equal', value = '', effect } = membersOf(toleration);
    const what = key === undefined || key === '' ? '*' : operator === 'Exists' ? `${key}` : `${key}=${value}`;
    return effect === undefined || what === '*' ? what : `${what}:${effect}`;
  });
}

const membersOf = (value: HelmValue | undefined): HelmValues =>
  typeof value === 'object' && !Array.isArray(value) ? (value as HelmValues) : {};

/** Whether something is there and not switched off. */
const isThere = (value: HelmValue | undefined): boolean => value !== undefined && value !== false;

const at = (value: HelmValue | undefined, path: string): HelmValue | undefined =>
  path.split('.').reduce((inner: HelmValue | undefined, name) => membersOf(inner)[name], value);
