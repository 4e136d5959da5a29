import { type Check, duplicates, type Finding, inspect, isWholeWithin } from '../../check';
import type { Resources, ScalingMetric, ScalingPolicy } from '../../model';
import { SIDECAR_CHECKS, type SidecarSpec, sidecarPlan, withSidecar } from '../../model/mesh/sidecar';
import type { Duration } from '../../units';
import { type Door, isPodPeer, type OpenPeer, type Peer, peerText } from '../cluster/network-peers';
import type { Labels } from '../labels';

/** How the pods of a workload take part in an Istio mesh. */
export interface MeshPodProps {
  /**
   * How its pods take part in an Istio mesh; opens what that needs. Istio must come with its CNI agent: the `restricted`
   * level refuses the init container that otherwise redirects traffic. @default - not at all
   */
  readonly mesh?: 'sidecar' | 'ambient';
  /** Requests and limits of the sidecar, if there is one. @default - those of Istio's chart, with lower limits */
  readonly sidecar?: SidecarSpec;
  /**
   * Ports whose connections go past the sidecar because they have TLS of their own, such as those of Redis and
   * PostgreSQL (1-65535, each once). @default - none
   */
  readonly bypassMesh?: readonly number[];
  /**
   * Ports of the pod whose connections reach the program without its sidecar, because their callers are outside the mesh
   * and the program has to see who they are: a sidecar in between shows all of them as 127.0.0.6. They are spoken to in
   * plain text, or with TLS of the program's own, and mutual TLS does not apply to them, however strict the mesh is:
   * the network policy alone says who connects (1-65535, each once). @default - none
   */
  readonly plainInbound?: readonly number[];
}

/** What a sidecar has to know of the pod it joins. */
export interface MeshPodPlan extends MeshPodProps {
  /** Name of the workload and of its container. */
  readonly name: string;
  /** Port of the container. */
  readonly port: number;
  /** Requests and limits of the container. */
  readonly resources: Resources;
  /** How long requests still arrive once the pod is on its way out. */
  readonly deregisterWithin: Duration;
  /** How long it may then take to end what it has. */
  readonly drainFor: Duration;
  /** Whom it connects to. */
  readonly egressTo: readonly OpenPeer[];
  /** Who may connect; without a port of its own, to `port`. */
  readonly ingressFrom?: readonly (Peer & Partial<Door>)[];
  /** Bounds and targets of its autoscaler. */
  readonly scaling?: ScalingPolicy;
}

/**
 * Labels of a pod that no proxy may join, in a namespace that injects them or not: stores, jobs and reconcilers, whose
 * protocols have TLS of their own and whose pods have to end.
 */
export const OUTSIDE_THE_MESH: Labels = { 'sidecar.istio.io/inject': 'false', 'istio.io/dataplane-mode': 'none' };

/** Ports that the sidecar itself listens on. Source: istio.io, application requirements. */
const SIDECAR_PORTS = { from: 15_000, to: 15_090 };

const has = ({ mesh }: MeshPodProps): boolean => mesh === 'sidecar';

const closedPorts = ({ bypassMesh = [], egressTo }: MeshPodPlan): number[] =>
  bypassMesh.filter((port) => egressTo.every((peer) => peer.port !== port));

const arePorts = (ports: readonly number[]): boolean =>
  duplicates(ports).length === 0 && ports.every((port) => isWholeWithin(port, 1, 65_535));

/** A caller in the mesh sees a pod that has a sidecar, and offers it the certificates of the mesh. */
const plainCallers = ({ plainInbound = [], ingressFrom = [], port }: MeshPodPlan): string[] =>
  ingressFrom
    .filter((caller) => isPodPeer(caller) && plainInbound.includes(caller.port ?? port))
    .map((caller) => `${peerText(caller)} on ${caller.port ?? port}`);

const averages = ({ scaling }: MeshPodPlan): string[] =>
  (scaling?.metrics ?? []).flatMap((metric) =>
    (metric.on === 'cpu' || metric.on === 'memory') && 'average' in metric ? [`${metric.on} ${metric.average}`] : [],
  );

/** What is said about a pod that a sidecar joins. */
export const MESH_POD_CHECKS: readonly Check<MeshPodPlan>[] = [
  {
    id: 'mesh-pod-port-is-free',
    prop: 'port',
    holds: (plan) => !has(plan) || !(plan.port >= SIDECAR_PORTS.from && plan.port <= SIDECAR_PORTS.to),
    rule: `must not be ${SIDECAR_PORTS.from} to ${SIDECAR_PORTS.to}, which the sidecar listens on`,
    remedy: 'use 8080',
  },
  {
    id: 'mesh-pod-bypass-is-ports',
    prop: 'bypassMesh',
    holds: ({ bypassMesh = [] }) => arePorts(bypassMesh),
    rule: 'must be whole numbers from 1 to 65535, each once',
    remedy: 'name the ports of stores that have TLS of their own, such as 5432 and 6379',
  },
  {
    id: 'mesh-pod-bypass-is-open',
    prop: 'bypassMesh',
    severity: 'warning',
    holds: (plan) => !has(plan) || closedPorts(plan).length === 0,
    rule: 'should be ports of egressTo: what the network policy closes needs no way around the sidecar',
    received: closedPorts,
    remedy: 'open the port, or drop it',
  },
  {
    id: 'mesh-pod-plain-ports-are-ports',
    prop: 'plainInbound',
    holds: ({ plainInbound = [] }) => arePorts(plainInbound),
    rule: 'must be whole numbers from 1 to 65535, each once',
    remedy: 'name the ports that load balancers connect to',
  },
  {
    id: 'mesh-pod-plain-ports-are-for-callers-outside',
    prop: 'plainInbound',
    severity: 'warning',
    holds: (plan) => !has(plan) || plainCallers(plan).length === 0,
    rule: 'should be ports of callers outside the mesh: sidecars of callers offer mutual TLS, which nobody there answers',
    received: plainCallers,
    remedy: 'let pods of the mesh call another port, or switch mutual TLS to this one off in a DestinationRule',
  },
  {
    id: 'mesh-pod-averages-leave-the-sidecar-out',
    prop: 'scaling.metrics',
    severity: 'warning',
    holds: (plan) => !has(plan) || averages(plan).length === 0,
    rule: "should be utilization, which is then the container's alone: an average amount counts the sidecar's usage too",
    received: averages,
    remedy: 'aim at a utilization, or at an amount that has room for the sidecar',
  },
];

/** Everything that is said about the mesh's part of a pod. */
export const inspectMeshPod = (path: string, plan: MeshPodPlan): Finding[] => [
  ...inspect(path, plan, MESH_POD_CHECKS),
  ...inspect(path, sidecarPlan(plan.sidecar), SIDECAR_CHECKS).map((finding) => ({
    ...finding,
    prop: `sidecar.${finding.prop}`,
  })),
];

/** Labels of a pod in the mesh. It asks for its sidecar itself, so that its namespace need not inject. */
export const meshLabels = (plan: MeshPodProps): Labels => (has(plan) ? { 'sidecar.istio.io/inject': 'true' } : {});

/** What the scheduler and a quota count for each pod. */
export const meshPodResources = (plan: MeshPodProps & Pick<MeshPodPlan, 'resources'>): Resources =>
  has(plan) ? withSidecar(plan.resources, plan.sidecar) : plan.resources;

/**
 * A policy as it means the same beside a sidecar: the utilization of a pod becomes that of its container, so that the
 * sidecar's usage and request do not count. On by default in every Kubernetes that we target (beta in 1.27).
 */
export function meshScaling(plan: MeshPodProps & { readonly name: string }, scaling: ScalingPolicy): ScalingPolicy {
  if (!has(plan)) return scaling;
  return { ...scaling, metrics: scaling.metrics.map((metric) => ofContainer(metric, plan.name)) };
}

function ofContainer(metric: ScalingMetric, container: string): ScalingMetric {
  if (!('utilization' in metric) || metric.on === 'container') return metric;
  return { on: 'container', container, resource: metric.on, utilization: metric.utilization };
}
