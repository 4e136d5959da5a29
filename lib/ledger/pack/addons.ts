import {
  ADDON_PODS,
  type AddonContainer,
  type AddonPods,
  COREDNS_AUTOSCALING,
  EKS_DEFAULT_ADDONS,
} from '../../catalog/addon-pods';
import { INSTANCE_TYPES } from '../../catalog/instance-types';
import type { Facts, PodShape } from '../facts';
import { MIB } from '../facts/amounts';
import { amounts } from '../facts/requests';
import { at, isMembers, type Members, numberAt, textAt } from '../members';
import { wholeYaml } from '../read/whole-yaml';
import type { Json, TerraformBlock } from '../source';
import { type Amounts, combine, NOTHING, type PodSet } from './shapes';

/** As the manifests of controllers of add-ons have it. */
const CONTROLLER: PodShape = {
  requests: { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0 },
  limits: {},
  labels: {},
  nodeSelector: {},
  nodeAffinity: [],
  tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
  spread: [],
  hostNetwork: false,
  hostPorts: [],
  terminationGraceSeconds: 30,
  priorityClass: 'system-cluster-critical',
  serviceAccount: undefined,
  volumeClaims: [],
};

const isOfEks = ({ type }: TerraformBlock): boolean => type === 'aws_eks_cluster' || type === 'aws_eks_node_group';

/**
 * What add-ons take that no manifest shows: `daemon` on every node, whose taints their agents tolerate, with so many `addresses`,
 * and the pods of their controllers. Requests and numbers are those of their configuration, else those of the catalog.
 */
export function addonFootprints(facts: Facts): {
  readonly daemon: Amounts;
  readonly addresses: number;
  readonly pods: readonly PodSet[];
} {
  const configured = new Map<string, Members>();
  for (const { mode, type, value } of facts.blocks)
    if (mode === 'resource' && type === 'aws_eks_addon')
      configured.set(textAt(value, 'addon_name') ?? '', configurationOf(value));
  if (facts.blocks.some(isOfEks))
    for (const name of EKS_DEFAULT_ADDONS) if (!configured.has(name)) configured.set(name, {});
  const read = new Set([...facts.workloads, ...facts.implied].map(({ name }) => name));
  let daemon: Amounts = NOTHING;
  let addresses = 0;
  const pods: PodSet[] = [];
  for (const [name, configuration] of configured) {
    const known = Object.hasOwn(ADDON_PODS.facts, name) ? ADDON_PODS.facts[name] : undefined;
    for (const set of known?.pods ?? []) {
      if (read.has(set.name) || (set.when !== undefined && under(configuration, set.when) === false)) continue;
      const each = amountsIn(set, configuration);
      if (set.count === 'each-node') {
        daemon = combine(daemon, 1, each);
        addresses += set.hostNetwork === true ? 0 : 1;
      } else
        pods.push({
          id: `add-on ${set.name}`,
          workload: undefined,
          namespace: 'kube-system',
          shape: CONTROLLER,
          amounts: each,
          count: countOf(facts, name, set.count, set.replicas ?? [], configuration),
          colour: 'current',
        });
    }
  }
  return { daemon, addresses, pods };
}

const amountsIn = ({ containers }: AddonPods, configuration: Members): Amounts =>
  containers.reduce((sum: Amounts, one) => combine(sum, 1, containerAmounts(one, configuration)), [0, 0, 0, 1]);

/** Configured requests replace those of the add-on whole, as in a chart; what is only limited asks for its limit. */
function containerAmounts({ cpuMillis, memoryMib, resources }: AddonContainer, configuration: Members): Amounts {
  const said = resources.map((path) => under(configuration, path)).find(isMembers);
  if (said === undefined) return [cpuMillis, memoryMib * MIB, 0, 0];
  const requests = { ...amounts(at(said, 'limits')), ...amounts(at(said, 'requests')) };
  return [requests.cpuMillis ?? 0, requests.memoryBytes ?? 0, requests.ephemeralBytes ?? 0, 0];
}

/** CoreDNS that scales by itself has as many as the nodes need at their most, within its bounds. */
function countOf(
  facts: Facts,
  addon: string,
  otherwise: number,
  replicas: readonly string[],
  configuration: Members,
): number {
  const whole = (value: Json | undefined): number | undefined => {
    const count = numberAt(value);
    return count !== undefined && Number.isInteger(count) && count >= 0 ? count : undefined;
  };
  const scaling = under(configuration, 'autoScaling');
  if (addon === 'coredns' && isMembers(scaling) && at(scaling, 'enabled') !== false) {
    const { nodes, cores, min, max } = COREDNS_AUTOSCALING;
    const most = sizeOf(facts);
    const needed = Math.max(Math.ceil(most.nodes / nodes), Math.ceil(most.cores / cores));
    return Math.min(
      Math.max(needed, whole(at(scaling, 'minReplicas')) ?? min),
      whole(at(scaling, 'maxReplicas')) ?? max,
    );
  }
  return replicas.map((path) => whole(under(configuration, path))).find((count) => count !== undefined) ?? otherwise;
}

/** Nodes and cores of a cluster at the maxima of its groups. */
const sizeOf = ({ nodeGroups }: Facts): { readonly nodes: number; readonly cores: number } =>
  nodeGroups.reduce(
    ({ nodes, cores }, { max, instanceTypes, allocatable }) => {
      const each = instanceTypes.map((name) => INSTANCE_TYPES.facts.get(name)?.vcpus ?? 0);
      return { nodes: nodes + max, cores: cores + max * Math.max(Math.ceil(allocatable.cpuMillis / 1000), ...each) };
    },
    { nodes: 0, cores: 0 },
  );

/** Configuration of an add-on, which EKS takes as JSON or YAML. */
function configurationOf(addon: Json): Members {
  const text = textAt(addon, 'configuration_values');
  const json = text === undefined ? undefined : (jsonOf(text) ?? yamlOf(text));
  return isMembers(json) ? json : {};
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function yamlOf(text: string): Json | undefined {
  const [document] = wholeYaml(text);
  return document !== undefined && 'value' in document ? document.value : undefined;
}

const under = (value: Members, path: string): Json | undefined => at(value, ...path.split('.'));
