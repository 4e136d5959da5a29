import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { textAt } from '../members';
import { CLUSTER_VERSION, minorOf, theCluster } from '../network/kubernetes-version';
import { mostBehind, runningVersions, type Versioned } from '../network/running-versions';
import type { Rule, Verdict } from '../rule';
import { blockName } from '../source';
import { unknown } from './compared';

/** Nodes, proxies, the autoscaler and kubectl are of versions that the control plane works with. */
export const versionsAreWithinSkew: Rule = {
  id: 'versions-are-within-skew',
  severity: 'error',
  protects:
    'nodes that EKS refuses to create or that no upgrade can follow; an autoscaler that simulates another scheduler',
  formula:
    'kubelet and kube-proxy: cluster - 3 <= version <= cluster (cluster - 2 before 1.25); warnings: cluster-autoscaler = cluster, kubectl within one minor',
  source: 'Kubernetes, "Version Skew Policy"; kubernetes/autoscaler, cluster-autoscaler/README.md, "Releases"',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const all = [...ofNodes(facts), ...runningVersions(facts)];
    if (all.length === 0) return [];
    const cluster = theCluster(facts);
    return all.map((one) =>
      cluster === undefined ? unknown(one.subject, CLUSTER_VERSION) : verdictOn(one, cluster.minor),
    );
  },
};

const ADDONS: readonly string[] = ['kube-proxy'];

function ofNodes({ blocks }: Facts): Versioned[] {
  return blocks.flatMap((block): Versioned[] => {
    if (block.mode !== 'resource') return [];
    const isNodes = block.type === 'aws_eks_node_group';
    const addon = textAt(block.value, 'addon_name') ?? '';
    const isAddon = block.type === 'aws_eks_addon' && ADDONS.includes(addon);
    const field = isNodes ? 'version' : 'addon_version';
    const minor = isNodes || isAddon ? minorOf(textAt(block.value, field)) : undefined;
    if (minor === undefined) return [];
    const subject = blockName(block);
    const evidence = evidenceIn(block, `/${field}`);
    return [
      {
        subject,
        what: isNodes ? 'kubelet' : addon,
        minor,
        evidence,
        behind: mostBehind(minor),
        ahead: 0,
        isStrict: true,
      },
    ];
  });
}

function verdictOn({ subject, what, minor, evidence, behind, ahead, isStrict }: Versioned, cluster: number): Verdict {
  const lag = cluster - minor;
  const isAhead = lag < 0;
  const [needed, available] = [Math.abs(lag), isAhead ? ahead : behind];
  const [least, most] = [`1.${cluster - behind}`, `1.${cluster + ahead}`];
  const distance = lag === 0 ? 'the same' : `${needed} ${isAhead ? 'ahead' : 'behind'}`;
  const said = {
    subject,
    evidence: [evidence],
    arithmetic: `${what} 1.${minor} with Kubernetes 1.${cluster}: ${distance}; ${least === most ? `${least} goes with it` : `${least} to ${most} go with it`}`,
    // what must be the same has no margin to speak of
    ...(available > 0 && {
      margin: { of: `versions that ${subject} may differ by`, needed, available, unit: 'minors' },
    }),
  };
  if (needed <= available) return { outcome: 'holds', ...said };
  const upgrade = `, or upgrade the cluster to 1.${minor - ahead}`;
  const range = least === most ? '' : isAhead ? ' or lower' : ' or higher';
  return {
    outcome: 'broken',
    ...said,
    remedy: `set it to ${isAhead ? most : least}${range}${isAhead ? upgrade : ''}`,
    ...(!isStrict && { severity: 'warning' }),
  };
}
