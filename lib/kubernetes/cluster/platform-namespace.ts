import { Construct } from 'constructs';
import {
  type Check,
  enforce,
  type Finding,
  inspect,
  invalidLabels,
  isDnsLabel,
  isWholeWithin,
  withDefaults,
} from '../../check';
import type { Amounts, Resources } from '../../model';
import { Cpu, Memory } from '../../units';
import { clusterScoped } from '../cluster-scoped';
import { KubeLimitRange, KubeNamespace, KubeResourceQuota, type Quantity } from '../k8s';
import type { Labels } from '../labels';
import { quantity, requirements } from '../quantities';
import { DNS, POD_IDENTITY } from './network-peers';
import { NetworkPolicy } from './network-policy';
import { type PodSecurityLevel, podSecurity } from './pod-security';

/** The most that all pods of a namespace may hold together, roll-outs and jobs included. */
export interface NamespaceQuota {
  /** Sum of the pods' requests, at most the limits. */
  readonly requests: Pick<Amounts, 'cpu' | 'memory'>;
  /** Sum of the pods' limits. */
  readonly limits: Pick<Amounts, 'cpu' | 'memory'>;
  /** Pods that are not finished (1-100000). */
  readonly pods: number;
  /** Claims of volumes (0-10000). @default 0 */
  readonly volumeClaims?: number;
}

/** A namespace, and what its pods may do and hold. */
export interface PlatformNamespaceProps {
  /** DNS label, not `default` and not starting with `kube-`. */
  readonly name: string;
  /** What its pods may do to their node. @default 'restricted' */
  readonly level?: PodSecurityLevel;
  /** Why the level is not `restricted`; kept as an annotation. @default - not needed */
  readonly reason?: string;
  /** @default - no quota */
  readonly quota?: NamespaceQuota;
  /** What a container gets that declares nothing. @default - 100m CPU, 128Mi memory and disk, limits of 500m and 256Mi */
  readonly containerDefaults?: Resources;
  /** Labels of the namespace, for example that of a mesh. @default - none */
  readonly labels?: Labels;
  /** Annotations of the namespace. @default - none */
  readonly annotations?: Labels;
}

const DEFAULTS = {
  level: 'restricted',
  reason: '',
  labels: {},
  containerDefaults: {
    requests: { cpu: Cpu.millis(100), memory: Memory.mib(128), ephemeralStorage: Memory.mib(128) },
    limits: { cpu: Cpu.millis(500), memory: Memory.mib(256), ephemeralStorage: Memory.mib(256) },
  },
} as const;

type Plan = PlatformNamespaceProps & Required<Pick<PlatformNamespaceProps, keyof typeof DEFAULTS>>;

const planned = (props: PlatformNamespaceProps): Plan => withDefaults(DEFAULTS, props);

const LEVELS: readonly string[] = ['restricted', 'baseline', 'privileged'] satisfies readonly PodSecurityLevel[];

const fits = (requests: Pick<Amounts, 'cpu' | 'memory'>, limits: Pick<Amounts, 'cpu' | 'memory'>): boolean =>
  requests.cpu.isAtMost(limits.cpu) && requests.memory.isAtMost(limits.memory);

/** What is said about a namespace, with its defaults. */
export const PLATFORM_NAMESPACE_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'namespace-name-is-its-own',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name !== 'default' && !name.startsWith('kube-'),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens, not default and not kube-…',
    remedy: 'name it after the platform',
  },
  {
    id: 'namespace-level-is-known',
    prop: 'level',
    holds: ({ level }) => LEVELS.includes(level),
    rule: `must be one of ${LEVELS.join(', ')}`,
    remedy: 'leave it out for restricted',
  },
  {
    id: 'namespace-labels-are-valid',
    prop: 'labels',
    holds: ({ labels }) => invalidLabels(labels).length === 0,
    rule: 'must be Kubernetes labels: values of at most 63 letters, digits and inner . _ -',
    received: ({ labels }) => invalidLabels(labels),
    remedy: 'use an annotation for free text',
  },
  {
    id: 'namespace-level-has-a-reason',
    prop: 'reason',
    holds: ({ level, reason }) => level === 'restricted' || reason.trim() !== '',
    rule: ({ level }) => `must say why pods need the level ${level}`,
    remedy: 'name what they do to the node, or leave the level out',
  },
  {
    id: 'namespace-defaults-fit',
    prop: 'containerDefaults.requests',
    holds: ({ containerDefaults: { requests, limits } }) =>
      fits(requests, limits) && requests.ephemeralStorage.isAtMost(limits.ephemeralStorage),
    rule: 'must not exceed containerDefaults.limits',
    received: ({ containerDefaults: { requests } }) => [requests.cpu, requests.memory, requests.ephemeralStorage],
    remedy: 'raise the limits or lower the requests',
  },
  {
    id: 'namespace-quota-counts-pods',
    prop: 'quota.pods',
    holds: ({ quota }) => quota === undefined || isWholeWithin(quota.pods, 1, 100_000),
    rule: 'must be a whole number from 1 to 100000',
    received: ({ quota }) => quota?.pods,
    remedy: 'add up the maxima of all autoscalers, and a quarter for roll-outs',
  },
  {
    id: 'namespace-quota-counts-claims',
    prop: 'quota.volumeClaims',
    holds: ({ quota }) => isWholeWithin(quota?.volumeClaims ?? 0, 0, 10_000),
    rule: 'must be a whole number from 0 to 10000',
    received: ({ quota }) => quota?.volumeClaims,
    remedy: 'leave it out if nothing here keeps data',
  },
  {
    id: 'namespace-quota-fits',
    prop: 'quota.requests',
    holds: ({ quota }) => quota === undefined || fits(quota.requests, quota.limits),
    rule: 'must not exceed quota.limits, or the limits are used up first',
    received: ({ quota }) => (quota ? [quota.requests.cpu, quota.requests.memory] : []),
    remedy: 'raise the limits',
  },
];

const hard = ({ requests, limits, pods, volumeClaims = 0 }: NamespaceQuota): Record<string, Quantity> => ({
  pods: quantity(pods),
  'requests.cpu': quantity(requests.cpu),
  'requests.memory': quantity(requests.memory),
  'limits.cpu': quantity(limits.cpu),
  'limits.memory': quantity(limits.memory),
  persistentvolumeclaims: quantity(volumeClaims),
});

/**
 * A namespace where nothing is open or unbounded by omission: pods must meet their security level in the rules of the
 * targeted release, containers have limits even if they declare none, and traffic is closed but for cluster DNS and AWS
 * credentials until a policy opens it.
 *
 * @example
 * new PlatformNamespace(chart, 'Namespace', { name: 'shop', labels: { 'istio.io/dataplane-mode': 'ambient' } });
 */
export class PlatformNamespace extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: PlatformNamespaceProps): Finding[] {
    return inspect(path, planned(props), PLATFORM_NAMESPACE_CHECKS);
  }

  /** Name of the namespace, for the charts of what runs in it. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: PlatformNamespaceProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, PlatformNamespace.inspect(this.node.path, props));

    const { name, quota, containerDefaults } = plan;
    this.name = name;
    const { labels, annotations } = podSecurity(this, plan.level, plan.reason);
    const metadata = {
      name,
      labels: { ...plan.labels, ...labels },
      annotations: { ...plan.annotations, ...annotations },
    };
    clusterScoped(new KubeNamespace(this, 'Resource', { metadata }));

    const { requests = {}, limits = {} } = requirements(containerDefaults);
    new KubeLimitRange(this, 'ContainerDefaults', {
      metadata: { name: 'container-defaults', namespace: name },
      spec: { limits: [{ type: 'Container', defaultRequest: requests, default: limits }] },
    });
    if (quota) {
      new KubeResourceQuota(this, 'Quota', {
        metadata: { name: 'quota', namespace: name },
        spec: { hard: hard(quota) },
      });
    }
    const egress = [...DNS, POD_IDENTITY];
    new NetworkPolicy(this, 'DefaultDeny', { name: 'default-deny', namespace: name, selector: {}, egress });
  }
}
