/** Separates the parts of the user data. Fixed, so that the same node configuration is the same bytes. */
const BOUNDARY = 'headroom-node-config';

/**
 * User data of an AL2023 node with the given number of pods, as base64.
 * EKS adds its own part with the cluster's address. It writes no more pods than 110 (250 from 30 vCPUs on) into that, which
 * this number never exceeds. Source: EKS user guide, "How maxPods is determined"; amazon-eks-ami, nodeadm `NodeConfig`.
 */
export function nodeUserData(maxPods: number): string {
  const lines = [
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: application/node.eks.aws',
    '',
    '---',
    'apiVersion: node.eks.aws/v1alpha1',
    'kind: NodeConfig',
    'spec:',
    '  kubelet:',
    '    config:',
    `      maxPods: ${maxPods}`,
    '',
    `--${BOUNDARY}--`,
    '',
  ];
  return Buffer.from(lines.join('\n')).toString('base64');
}
