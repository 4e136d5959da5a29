import type { Facts, PodShape } from '../facts';
import { isMembers, numberAt, textAt } from '../members';
import type { Json, TerraformBlock } from '../source';
import type { Amounts, PodSet } from './shapes';

const MIB = 2 ** 20;

/** What an EKS add-on asks for by default: on every node, and in pods of its own. */
interface AddonFootprint {
  /** Name of its DaemonSet, and requests of a pod of it. */
  readonly daemon?: { readonly name: string; readonly cpuMillis: number; readonly memoryBytes: number };
  readonly controller?: {
    readonly name: string;
    readonly count: number;
    readonly cpuMillis: number;
    readonly memoryBytes: number;
  };
}

/**
 * Requests that the add-ons' own manifests and charts set where nothing is configured, as of November 2026.
 * Source: aws/amazon-vpc-cni-k8s (node and its policy agent), kubernetes-sigs/aws-ebs-csi-driver (each container 10m and
 * 40 Mi), coredns and metrics-server as EKS deploys them.
 */
const ADDONS: Readonly<Record<string, AddonFootprint>> = {
  'vpc-cni': { daemon: { name: 'aws-node', cpuMillis: 50, memoryBytes: 0 } },
  'kube-proxy': { daemon: { name: 'kube-proxy', cpuMillis: 100, memoryBytes: 0 } },
  'eks-pod-identity-agent': { daemon: { name: 'eks-pod-identity-agent', cpuMillis: 0, memoryBytes: 0 } },
  coredns: { controller: { name: 'coredns', count: 2, cpuMillis: 100, memoryBytes: 70 * MIB } },
  'aws-ebs-csi-driver': {
    daemon: { name: 'ebs-csi-node', cpuMillis: 30, memoryBytes: 120 * MIB },
    controller: { name: 'ebs-csi-controller', count: 2, cpuMillis: 60, memoryBytes: 240 * MIB },
  },
  'metrics-server': { controller: { name: 'metrics-server', count: 2, cpuMillis: 100, memoryBytes: 200 * MIB } },
};

/** EKS installs them into each cluster, whether anybody asks for them or not. */
const ALWAYS: readonly string[] = ['vpc-cni', 'kube-proxy', 'coredns'];

/** Tolerates everything, as the manifests of node agents do. */
const ANYWHERE: PodShape = {
  requests: { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0 },
  limits: {},
  labels: {},
  nodeSelector: {},
  nodeAffinity: [],
  tolerations: [{ operator: 'Exists' }],
  spread: [],
  hostNetwork: false,
  hostPorts: [],
  terminationGraceSeconds: 30,
  priorityClass: 'system-cluster-critical',
  serviceAccount: undefined,
  volumeClaims: [],
};

const isOfEks = ({ type }: TerraformBlock): boolean => type === 'aws_eks_cluster' || type === 'aws_eks_node_group';

/** What add-ons take that no manifest shows: `daemon` on every node, and the pods of their controllers. */
export function addonFootprints(facts: Facts): { readonly daemon: Amounts; readonly pods: readonly PodSet[] } {
  const blocks = facts.blocks.filter(({ mode, type }) => mode === 'resource' && type === 'aws_eks_addon');
  const asked = blocks.map(({ value }) => textAt(value, 'addon_name') ?? '');
  const names = new Set([...asked, ...(facts.blocks.some(isOfEks) ? ALWAYS : [])]);
  const read = new Set(facts.workloads.map(({ name }) => name));
  let daemon: Amounts = [0, 0, 0, 0];
  const pods: PodSet[] = [];
  for (const name of names) {
    const footprint = Object.hasOwn(ADDONS, name) ? ADDONS[name] : undefined;
    if (footprint?.daemon !== undefined && !read.has(footprint.daemon.name)) {
      const { cpuMillis, memoryBytes } = footprint.daemon;
      daemon = [daemon[0] + cpuMillis, daemon[1] + memoryBytes, daemon[2], daemon[3] + 1];
    }
    if (footprint?.controller !== undefined && !read.has(footprint.controller.name)) {
      const { count, cpuMillis, memoryBytes } = footprint.controller;
      const configured = blocks.find(({ value }) => textAt(value, 'addon_name') === name);
      pods.push({
        id: `add-on ${name}`,
        workload: undefined,
        namespace: 'kube-system',
        shape: { ...ANYWHERE, tolerations: CONTROLLER_TOLERATIONS },
        amounts: [cpuMillis, memoryBytes, 0, 1],
        count: configuredCount(textAt(configured?.value, 'configuration_values')) ?? count,
        colour: 'current',
      });
    }
  }
  return { daemon, pods };
}

const CONTROLLER_TOLERATIONS: PodShape['tolerations'] = [{ key: 'CriticalAddonsOnly', operator: 'Exists' }];

/** Most replicas that the configuration of an add-on allows. */
function configuredCount(values: string | undefined): number | undefined {
  const json = parsed(values);
  if (!isMembers(json)) return undefined;
  const count = numberAt(json, 'autoScaling', 'maxReplicas') ?? numberAt(json, 'replicaCount');
  return count !== undefined && Number.isInteger(count) && count >= 0 ? count : undefined;
}

function parsed(text: string | undefined): Json | undefined {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
