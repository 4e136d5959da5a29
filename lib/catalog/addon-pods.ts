import type { Dated } from './dated';

/** A container of an add-on: requests where nothing is configured, and members of its configuration that replace them. */
export interface AddonContainer {
  readonly cpuMillis: number;
  readonly memoryMib: number;
  /** The first that is configured counts. */
  readonly resources: readonly string[];
}

/** Equal pods of an EKS add-on. */
export interface AddonPods {
  /** Name of its workload. */
  readonly name: string;
  readonly count: 'each-node' | number;
  /** Members of its configuration that say how many. */
  readonly replicas?: readonly string[];
  /** Switch of its configuration; on where it says nothing. */
  readonly when?: string;
  readonly containers: readonly AddonContainer[];
  /** Whether they take the address of their node. @default - each has one of its own */
  readonly hostNetwork?: true;
}

/** Pods of an add-on, and what was read. */
export interface AddonFacts {
  readonly pods: readonly AddonPods[];
  readonly seen: string;
  readonly unverified?: string;
}

const container = (cpuMillis: number, memoryMib: number, ...resources: readonly string[]): AddonContainer => ({
  cpuMillis,
  memoryMib,
  resources,
});

/** A container of the EBS controller, which shares the resources of its first unless it has its own. */
const beside = (name: string): AddonContainer =>
  container(10, 40, `sidecars.${name}.resources`, 'controller.resources');

const liveness = container(10, 32, 'sidecars.livenessProbe.resources');

/** EKS installs them into each cluster, whether anybody asks for them or not. */
export const EKS_DEFAULT_ADDONS: readonly string[] = ['vpc-cni', 'kube-proxy', 'coredns'];

/** Nodes and cores for which EKS runs one CoreDNS, where its autoscaling is on; at least and at most as many as without bounds. */
export const COREDNS_AUTOSCALING = { nodes: 16, cores: 256, min: 2, max: 1000 } as const;

/**
 * What add-ons ask for where nothing is configured. EKS releases them with the values of these charts and manifests, unless
 * `unverified` says otherwise.
 */
export const ADDON_PODS: Dated<Readonly<Record<string, AddonFacts>>> = {
  asOf: '2026-11-21',
  source: 'charts and manifests of each add-on, see `seen`; EKS user guide, "Scale CoreDNS Pods for high DNS traffic"',
  facts: {
    'vpc-cni': {
      pods: [
        {
          name: 'aws-node',
          count: 'each-node',
          hostNetwork: true,
          containers: [container(25, 0, 'resources'), container(25, 0, 'nodeAgent.resources', 'resources')],
        },
      ],
      seen: 'aws/amazon-vpc-cni-k8s, 2026-08-20: charts/aws-vpc-cni 1.23.1, values.yaml and templates/daemonset.yaml',
    },
    'kube-proxy': {
      pods: [
        { name: 'kube-proxy', count: 'each-node', hostNetwork: true, containers: [container(100, 0, 'resources')] },
      ],
      seen: 'eksctl-io/eksctl, 2026-08-21: pkg/addons/default/testdata/sample-1.25.json, as EKS deployed it',
      unverified: 'manifests of later releases: its source is not public',
    },
    coredns: {
      pods: [{ name: 'coredns', count: 2, replicas: ['replicaCount'], containers: [container(100, 70, 'resources')] }],
      seen: 'eksctl-io/eksctl, 2026-08-21: pkg/addons/default/assets/coredns-1.36.json, as EKS deploys it',
    },
    'eks-pod-identity-agent': {
      pods: [
        {
          name: 'eks-pod-identity-agent',
          count: 'each-node',
          hostNetwork: true,
          containers: [container(0, 0, 'resources')],
        },
      ],
      seen: 'aws/eks-pod-identity-agent, 2026-03-17: charts/eks-pod-identity-agent/values.yaml (resources: {})',
    },
    'aws-ebs-csi-driver': {
      pods: [
        {
          name: 'ebs-csi-node',
          count: 'each-node',
          containers: [
            container(10, 40, 'node.resources'),
            container(10, 32, 'sidecars.nodeDriverRegistrar.resources'),
            liveness,
          ],
        },
        {
          name: 'ebs-csi-controller',
          count: 2,
          replicas: ['controller.replicaCount'],
          containers: [
            container(10, 40, 'controller.resources'),
            ...['provisioner', 'attacher', 'snapshotter', 'resizer'].map(beside),
            liveness,
          ],
        },
      ],
      seen: 'kubernetes-sigs/aws-ebs-csi-driver, 2026-08-19: charts/aws-ebs-csi-driver 2.64.0, values.yaml and templates',
      unverified: 'whether the add-on has the snapshotter where its definitions are missing: counted',
    },
    'metrics-server': {
      pods: [
        {
          name: 'metrics-server',
          count: 2,
          replicas: ['replicas'],
          containers: [container(100, 200, 'resources')],
        },
      ],
      seen: 'kubernetes-sigs/metrics-server, 2026-08-04: charts/metrics-server 3.13.1, values.yaml',
      unverified: 'that the add-on runs two of them, where the chart runs one',
    },
    'eks-node-monitoring-agent': {
      pods: [
        {
          name: 'eks-node-monitoring-agent',
          count: 'each-node',
          hostNetwork: true,
          containers: [container(10, 30, 'nodeAgent.resources', 'monitoringAgent.resources')],
        },
      ],
      seen: 'aws/eks-node-monitoring-agent, 2026-08-18: charts/eks-node-monitoring-agent/values.yaml; GPU nodes run more',
    },
    'aws-guardduty-agent': {
      pods: [
        {
          name: 'aws-guardduty-agent',
          count: 'each-node',
          hostNetwork: true,
          containers: [container(200, 256, 'resources')],
        },
      ],
      seen: 'GuardDuty user guide, "Configure GuardDuty security agent (add-on) parameters for Amazon EKS"',
    },
    'amazon-cloudwatch-observability': {
      pods: [
        {
          name: 'cloudwatch-agent',
          count: 'each-node',
          hostNetwork: true,
          containers: [container(250, 128, 'agent.resources')],
        },
        {
          name: 'fluent-bit',
          count: 'each-node',
          hostNetwork: true,
          when: 'containerLogs.enabled',
          containers: [container(50, 25, 'containerLogs.fluentBit.resources')],
        },
        {
          name: 'amazon-cloudwatch-observability-controller-manager',
          count: 1,
          replicas: ['replicaCount'],
          containers: [container(100, 64, 'manager.resources')],
        },
      ],
      seen: 'aws-observability/helm-charts, 2026-08-07: charts/amazon-cloudwatch-observability 6.4.0, values.yaml',
    },
    'aws-efs-csi-driver': {
      pods: [
        {
          name: 'efs-csi-node',
          count: 'each-node',
          hostNetwork: true,
          containers: [container(0, 0, 'node.resources')],
        },
        {
          name: 'efs-csi-controller',
          count: 2,
          replicas: ['controller.replicaCount'],
          containers: [container(0, 0, 'controller.resources')],
        },
      ],
      seen: 'kubernetes-sigs/aws-efs-csi-driver, 2026-07-24: charts/aws-efs-csi-driver/values.yaml (no resources)',
    },
    'snapshot-controller': {
      pods: [
        {
          name: 'snapshot-controller',
          count: 2,
          replicas: ['replicaCount'],
          containers: [container(0, 0, 'resources')],
        },
      ],
      seen: 'nothing: its source is not public',
      unverified: 'two pods without requests, as the project itself deploys it',
    },
  },
};

/** Requests of the proxy that Istio puts into pods, where its values say nothing. */
export const ISTIO_PROXY: Dated<{ readonly cpuMillis: number; readonly memoryMib: number }> = {
  asOf: '2026-11-21',
  source: 'istio/istio: manifests/charts/istio-control/istio-discovery/values.yaml, global.proxy.resources',
  facts: { cpuMillis: 100, memoryMib: 128 },
};
