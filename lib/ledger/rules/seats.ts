import { inEachCluster } from '../pack/clusters';
import type { Rule } from '../rule';
import { judgeRoom } from './room';

/** All pods that may be there at once have CPU and memory. */
export const peakPodsHaveSeats: Rule = {
  id: 'peak-pods-have-seats',
  severity: 'error',
  protects: 'pods stay Pending when autoscalers reach for their maxima, while node groups already are at theirs',
  formula:
    'pods at their maxima + the largest release + system pods, packed onto max_size nodes less DaemonSets: CPU and memory; the lower bound proves, five orders of arrival try',
  source: 'arithmetic of requests and allocatable; n8n-io/terraform-aws-n8n issue 51 is the incident',
  scenarios: ['ordinary', 'promotion', 'zone-lost', 'zone-replaced', 'spot-lost', 'node-update'],
  judge: (facts, scenario) =>
    inEachCluster(facts, (own) => judgeRoom(own, scenario, { own: ['CPU', 'memory'], before: [] })),
};

/** Nodes do not run out of pods before they run out of CPU and memory. */
export const podsPerNodeCoverThePeak: Rule = {
  id: 'pods-per-node-cover-the-peak',
  severity: 'error',
  protects: 'pods stay Pending with "Too many pods" on nodes that have CPU and memory to spare',
  formula: 'pods at the peak <= sum over nodes of (maxPods - DaemonSets), packed together with CPU and memory',
  source: 'awslabs/amazon-eks-ami, eni_max_pods.go; EKS user guide, "Choose an Amazon EC2 instance type"',
  scenarios: ['ordinary', 'promotion', 'zone-lost'],
  judge: (facts, scenario) =>
    inEachCluster(facts, (own) => judgeRoom(own, scenario, { own: ['pods'], before: ['CPU', 'memory'] })),
};

/** Disks of nodes hold what pods ask of ephemeral storage. */
export const ephemeralStorageCoversThePeak: Rule = {
  id: 'ephemeral-storage-covers-the-peak',
  severity: 'error',
  protects: 'pods stay Pending with "Insufficient ephemeral-storage", or are evicted when disks fill',
  formula:
    'ephemeral-storage requests at the peak <= sum over nodes of disk x 0.9 - 1 GiB, packed with everything else',
  source: 'Kubernetes, "Local ephemeral storage"; awslabs/amazon-eks-ami, nodeadm kubelet/config.go',
  scenarios: ['ordinary'],
  judge: (facts, scenario) =>
    inEachCluster(facts, (own) =>
      judgeRoom(own, scenario, { own: ['ephemeral storage'], before: ['CPU', 'memory', 'pods'] }),
    ),
};
