import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { groupOf } from '../facts/view';
import { at, textAt } from '../members';
import { installedCharts } from '../network/charts';
import type { Evidence, Rule, Verdict } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { unknown } from './compared';

/** Programs that enforce NetworkPolicy as soon as they run, by the name of their DaemonSet or chart. */
const ENFORCERS = /^(calico|calico-node|canal|tigera-operator|cilium|antrea|antrea-agent|kube-router|weave-net)$/;

/** What tells the CNI of AWS to enforce: `"enableNetworkPolicy":"true"`, `enableNetworkPolicy = true`. */
const ENABLED = /enableNetworkPolicy"?\s*[:=]\s*"?true\b/;

/** Something that decides whether policies are more than text. */
interface Found {
  readonly name: string;
  readonly enforces: boolean | undefined;
  readonly evidence: Evidence;
}

/** Policies that nothing enforces let everything through, silently. */
export const policiesHaveAnEnforcer: Rule = {
  id: 'policies-have-an-enforcer',
  severity: 'error',
  protects: 'every NetworkPolicy is accepted, shown and without effect: any pod reaches any other, and the database',
  formula:
    'where there is a NetworkPolicy, the vpc-cni add-on has enableNetworkPolicy "true", or Calico, Cilium or another enforcer runs',
  source:
    'EKS user guide, "Configure your cluster for Kubernetes network policies"; aws/amazon-vpc-cni-k8s, network-policy-faq',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const policies = facts.objects.filter(
      ({ kind, apiVersion }) => kind === 'NetworkPolicy' && groupOf(apiVersion) === 'networking.k8s.io',
    );
    const [first] = policies;
    if (first === undefined) return [];
    const count = policies.length === 1 ? '1 NetworkPolicy' : `${policies.length} NetworkPolicies`;
    const found = [...running(facts), ...installed(facts), ...configured(facts)];
    const enforcer = found.find(({ enforces }) => enforces === true);
    const clusters = facts.blocks.filter(({ mode, type }) => mode === 'resource' && type === 'aws_eks_cluster');
    const subject = clusters.map(blockName).join(', ') || 'network policies';
    const evidence = (enforcer ? [enforcer] : found).map((one) => one.evidence);
    if (enforcer)
      return [{ outcome: 'holds', subject, evidence, arithmetic: `${count}, enforced by ${enforcer.name}` }];
    if (found.some(({ enforces }) => enforces === undefined))
      return [unknown(subject, 'configuration_values of the vpc-cni add-on, written out')];
    if (clusters.length === 0 && found.length === 0)
      return [unknown(subject, 'the Terraform of the cluster with its add-ons, or the manifests or chart of its CNI')];
    return [broken(subject, count, found, [...evidence, evidenceIn(first, '/spec')])];
  },
};

function broken(subject: string, count: string, found: readonly Found[], evidence: readonly Evidence[]): Verdict {
  const [cni] = found;
  return {
    outcome: 'broken',
    subject,
    evidence,
    arithmetic: `${count} and nothing that enforces them: ${cni === undefined ? 'the CNI that EKS installs by itself' : cni.name} does not unless told to`,
    remedy:
      'set configuration_values of the vpc-cni add-on to {"enableNetworkPolicy":"true"}, or install Calico or Cilium',
  };
}

/** DaemonSets, and what their operators read. */
function running({ objects, workloads }: Facts): Found[] {
  const daemons = workloads.flatMap((workload): Found[] => {
    if (workload.kind !== 'DaemonSet') return [];
    const evidence = workload.evidence(workload.podPointer);
    if (ENFORCERS.test(workload.name)) return [{ name: workload.id, enforces: true, evidence }];
    if (workload.name !== 'aws-node') return [];
    return [
      { name: workload.id, enforces: /--enable-network-policy=true/.test(JSON.stringify(workload.pod)), evidence },
    ];
  });
  const told = objects.flatMap((object): Found[] => {
    const { kind, apiVersion, name, value } = object;
    const isCalico = kind === 'Installation' && groupOf(apiVersion) === 'operator.tigera.io';
    // the switch of clusters in EKS Auto Mode
    const isAuto =
      kind === 'ConfigMap' &&
      name === 'amazon-vpc-cni' &&
      textAt(value, 'data', 'enable-network-policy-controller') === 'true';
    return isCalico || isAuto
      ? [{ name: `${kind} ${name}`, enforces: true, evidence: evidenceIn(object, isAuto ? '/data' : '/spec') }]
      : [];
  });
  return [...daemons, ...told];
}

const installed = (facts: Facts): Found[] =>
  installedCharts(facts).flatMap(({ chart, values, evidence }) => {
    if (ENFORCERS.test(chart)) return [{ name: `chart ${chart}`, enforces: true, evidence }];
    return chart === 'aws-vpc-cni' ? [{ name: `chart ${chart}`, enforces: ENABLED.test(values), evidence }] : [];
  });

const configured = ({ blocks }: Facts): Found[] =>
  blocks
    .filter(({ mode, type, value }) => mode === 'resource' && type === 'aws_eks_addon' && isCni(value))
    .map((block) => ({
      name: blockName(block),
      enforces: isEnabled(block),
      evidence: evidenceIn(block, '/configuration_values'),
    }));

const isCni = (value: TerraformBlock['value']): boolean => textAt(value, 'addon_name') === 'vpc-cni';

/** Undefined where the text is put together elsewhere. */
function isEnabled({ value }: TerraformBlock): boolean | undefined {
  const written = at(value, 'configuration_values');
  const text = typeof written === 'string' ? written : '';
  if (ENABLED.test(text)) return true;
  return text.includes('${') && !/enableNetworkPolicy/.test(text) ? undefined : false;
}
