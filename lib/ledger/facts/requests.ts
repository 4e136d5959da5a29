import type { PodShape, Resources } from '../facts';
import { at, isMembers, listAt, type Members } from '../members';
import type { Json } from '../source';
import { bytes, cpuMillis } from './amounts';

/** Requests and limits of one container or pod; what is not written is undefined. */
interface Amounts {
  readonly requests: Partial<Resources>;
  readonly limits: Partial<Resources>;
}

/** What admission puts where a container says nothing: a namespace's LimitRange for containers. */
export interface ContainerDefaults {
  readonly requests: Partial<Resources>;
  readonly limits: Partial<Resources>;
}

export const NO_DEFAULTS: ContainerDefaults = { requests: {}, limits: {} };

export const NOTHING: Resources = { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0 };

const KINDS = ['cpuMillis', 'memoryBytes', 'ephemeralBytes'] as const;

/** Amounts of a `requests`, `limits` or `overhead`; calls `unreadable` with the name of each that is no quantity. */
export function amounts(value: Json | undefined, unreadable: (name: string) => void = () => {}): Partial<Resources> {
  const read: { -readonly [K in keyof Resources]?: Resources[K] } = {};
  for (const [name, kind, parse] of [
    ['cpu', 'cpuMillis', cpuMillis],
    ['memory', 'memoryBytes', bytes],
    ['ephemeral-storage', 'ephemeralBytes', bytes],
  ] as const) {
    const written = at(value, name);
    if (written === undefined || written === null) continue;
    const amount = parse(written);
    if (amount === undefined) unreadable(name);
    else read[kind] = amount;
  }
  return read;
}

export const plus = (a: Resources, b: Partial<Resources>): Resources => combine(a, b, (x, y) => x + y);

const larger = (a: Resources, b: Resources): Resources => combine(a, b, Math.max);

const combine = (a: Resources, b: Partial<Resources>, by: (x: number, y: number) => number): Resources => ({
  cpuMillis: by(a.cpuMillis, b.cpuMillis ?? 0),
  memoryBytes: by(a.memoryBytes, b.memoryBytes ?? 0),
  ephemeralBytes: by(a.ephemeralBytes, b.ephemeralBytes ?? 0),
});

/**
 * Requests of a container as the API server completes them: a request that is missing is its limit, then what the
 * namespace's LimitRange says.
 */
function containerAmounts(container: Json, defaults: ContainerDefaults, unreadable: (name: string) => void): Amounts {
  const limits = amounts(at(container, 'resources', 'limits'), unreadable);
  const requests = { ...limits, ...amounts(at(container, 'resources', 'requests'), unreadable) };
  return { requests: { ...defaults.requests, ...requests }, limits: { ...defaults.limits, ...limits } };
}

/**
 * What the scheduler sets aside for a pod, and the sum of its limits. Containers add up with init containers that keep
 * running; an ordinary init container counts where it, with those started before it, needs more than all that stays.
 * Requests of the pod itself replace that (Kubernetes 1.34+), overhead is added to either.
 * Source: kubernetes, `component-helpers/resource/helpers.go`.
 */
export function podAmounts(
  pod: Members,
  defaults: ContainerDefaults,
  unreadable: (name: string) => void = () => {},
): Pick<PodShape, 'requests' | 'limits'> {
  let running = NOTHING;
  const limits: Amounts['limits'][] = [];
  for (const container of listAt(pod, 'containers')) {
    const read = containerAmounts(container, defaults, unreadable);
    running = plus(running, read.requests);
    limits.push(read.limits);
  }
  let started = NOTHING;
  let starting = NOTHING;
  for (const container of listAt(pod, 'initContainers')) {
    const read = containerAmounts(container, defaults, unreadable);
    if (at(container, 'restartPolicy') === 'Always') {
      started = plus(started, read.requests);
      limits.push(read.limits);
    } else starting = larger(starting, plus(started, read.requests));
  }
  const whole = amounts(at(pod, 'resources', 'limits'), unreadable);
  const asked = { ...whole, ...amounts(at(pod, 'resources', 'requests'), unreadable) };
  const overhead = amounts(at(pod, 'overhead'), unreadable);
  const effective = { ...larger(plus(running, started), starting), ...asked };
  return {
    requests: plus(effective, overhead),
    limits: {
      ...sumOf(limits, 'cpuMillis', overhead),
      ...sumOf(limits, 'memoryBytes', overhead),
      ...(whole.cpuMillis === undefined ? {} : { cpuMillis: whole.cpuMillis + (overhead.cpuMillis ?? 0) }),
      ...(whole.memoryBytes === undefined ? {} : { memoryBytes: whole.memoryBytes + (overhead.memoryBytes ?? 0) }),
    },
  };
}

/** The sum of a limit, where every container has it. */
function sumOf(
  limits: readonly Partial<Resources>[],
  kind: 'cpuMillis' | 'memoryBytes',
  overhead: Partial<Resources>,
): Partial<Resources> {
  if (limits.length === 0 || limits.some((limit) => limit[kind] === undefined)) return {};
  return { [kind]: limits.reduce((sum, limit) => sum + (limit[kind] ?? 0), overhead[kind] ?? 0) };
}

/**
 * What a namespace's LimitRange for containers fills in. Its own gaps are filled first: the default limit is the maximum,
 * the default request is the default limit, else the minimum. Source: kubernetes, `apis/core/v1/defaults.go`.
 */
export function containerDefaults(range: Members): ContainerDefaults {
  const item = listAt(range, 'spec', 'limits').find((limit) => at(limit, 'type') === 'Container');
  if (!isMembers(item)) return NO_DEFAULTS;
  const limits = { ...amounts(at(item, 'max')), ...amounts(at(item, 'default')) };
  const requests = { ...amounts(at(item, 'min')), ...limits, ...amounts(at(item, 'defaultRequest')) };
  return { requests: onlyKnown(requests), limits: onlyKnown(limits) };
}

const onlyKnown = (from: Partial<Resources>): Partial<Resources> =>
  Object.fromEntries(KINDS.flatMap((kind) => (from[kind] === undefined ? [] : [[kind, from[kind]]])));
