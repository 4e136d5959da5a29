import { CHARTS } from '../../catalog';
import type { Facts } from '../facts';
import { at, isTrueAt, listAt, textAt } from '../members';
import { installedCharts } from './charts';

/** A definition of a custom kind. */
export interface Definition {
  /** `cert-manager.io/Certificate`. */
  readonly kind: string;
  /** Versions that are served; undefined where nobody says. */
  readonly versions: readonly string[] | undefined;
  readonly by: string;
}

/** Charts that bring the kinds of another with them. */
const ALSO: Readonly<Record<string, keyof typeof CHARTS.facts>> = {
  'kube-prometheus-stack': 'prometheus-operator-crds',
  karpenter: 'karpenter-crd',
  'eck-operator': 'eck-operator-crds',
};

/** Kinds that come with EKS itself, or with one of its add-ons. */
const OF_EKS: readonly string[] = [
  'crd.k8s.amazonaws.com/ENIConfig',
  'vpcresources.k8s.aws/CNINode',
  'vpcresources.k8s.aws/SecurityGroupPolicy',
];
const OF_ADDONS: Readonly<Record<string, readonly string[]>> = {
  'snapshot-controller': ['VolumeSnapshot', 'VolumeSnapshotClass', 'VolumeSnapshotContent'].map(
    (kind) => `snapshot.storage.k8s.io/${kind}`,
  ),
};

/** Groups that the API server has by itself, or that no object of is ever stored. */
const BUILT_IN =
  /^(|apps|batch|autoscaling|policy|extensions|config\.k8s\.io|kustomize\.config\.k8s\.io|(admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|metrics|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io)$/;

export const isBuiltIn = (group: string): boolean => BUILT_IN.test(group);

/** Everything that defines custom kinds: manifests, templates of Gatekeeper, charts that are known, and EKS. */
export function definitionsOf(facts: Facts): Definition[] {
  const { objects, blocks } = facts;
  const defined = objects.flatMap((object): Definition[] => {
    const { kind, value, name } = object;
    const by = `${kind} ${name}`;
    if (kind === 'CustomResourceDefinition') {
      const own = `${textAt(value, 'spec', 'group') ?? ''}/${textAt(value, 'spec', 'names', 'kind') ?? ''}`;
      const served = listAt(value, 'spec', 'versions')
        .filter((version) => isTrueAt(version, 'served'))
        .flatMap((version) => textAt(version, 'name') ?? []);
      return [{ kind: own, versions: served.length === 0 ? undefined : served, by }];
    }
    const constraint =
      kind === 'ConstraintTemplate' ? textAt(value, 'spec', 'crd', 'spec', 'names', 'kind') : undefined;
    return constraint === undefined
      ? []
      : [{ kind: `constraints.gatekeeper.sh/${constraint}`, versions: undefined, by }];
  });
  const known = Object.values(CHARTS.facts);
  const charted = installedCharts(facts).flatMap(({ chart }): Definition[] => {
    const also = Object.hasOwn(ALSO, chart) ? ALSO[chart] : undefined;
    const kinds = [
      ...known.filter((one) => one.chart === chart).flatMap((one) => one.kinds),
      ...(also === undefined ? [] : CHARTS.facts[also].kinds),
    ];
    return kinds.map((kind) => ({ kind, versions: undefined, by: `chart ${chart}` }));
  });
  const resources = blocks.filter(({ mode }) => mode === 'resource');
  const ofEks = resources.flatMap(({ type, value }): Definition[] => {
    const addon = String(at(value, 'addon_name') ?? '');
    const added = Object.hasOwn(OF_ADDONS, addon) ? (OF_ADDONS[addon] ?? []) : [];
    const kinds = type === 'aws_eks_cluster' ? OF_EKS : type === 'aws_eks_addon' ? added : [];
    return kinds.map((kind) => ({
      kind,
      versions: undefined,
      by: type === 'aws_eks_cluster' ? 'EKS' : `add-on ${addon}`,
    }));
  });
  return [...defined, ...charted, ...ofEks];
}
