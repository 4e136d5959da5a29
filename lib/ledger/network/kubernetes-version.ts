import type { Facts } from '../facts';
import { textAt } from '../members';
import { blockName, type TerraformBlock } from '../source';

/** A cluster with the Kubernetes that it runs. */
export interface VersionedCluster {
  readonly block: TerraformBlock;
  readonly name: string;
  /** `35` of `1.35`; undefined where it is written nowhere. */
  readonly minor: number | undefined;
}

/** Minor of a version of Kubernetes, however much of it is written: `1.35`, `v1.35.2-eksbuild.1`. */
export const minorOf = (version: string | undefined): number | undefined => {
  const [, minor] = /^v?1\.(\d{1,2})(?:\D|$)/.exec(version ?? '') ?? [];
  return minor === undefined ? undefined : Number(minor);
};

/** Clusters of EKS. */
const clustersOf = ({ blocks }: Facts): VersionedCluster[] =>
  blocks
    .filter(({ mode, type }) => mode === 'resource' && type === 'aws_eks_cluster')
    .map((block) => ({ block, name: blockName(block), minor: minorOf(textAt(block.value, 'version')) }));

/** The only cluster whose version is written: what was given runs on it. */
export function theCluster(facts: Facts): (VersionedCluster & { readonly minor: number }) | undefined {
  const [only, ...others] = clustersOf(facts).flatMap(({ minor, ...one }) =>
    minor === undefined ? [] : [{ ...one, minor }],
  );
  return others.length === 0 ? only : undefined;
}

/** What would help where `theCluster` is not known. */
export const CLUSTER_VERSION = 'the version of the cluster (version of its one aws_eks_cluster)';
