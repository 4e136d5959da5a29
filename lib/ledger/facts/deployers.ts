import type { KubernetesObject, Skipped, TerraformBlock } from '../source';
import { groupOf, leftOut } from './view';

/** Kinds that deploy objects of which only the name is known here, with the group that they are of. */
const DEPLOYERS: Readonly<Record<string, RegExp>> = {
  Application: /^argoproj\.io$/,
  ApplicationSet: /^argoproj\.io$/,
  HelmRelease: /^helm\.toolkit\.fluxcd\.io$/,
  Kustomization: /^kustomize\.toolkit\.fluxcd\.io$/,
  HelmChart: /^helm\.cattle\.io$/,
};

/** What deploys objects that nobody gave: their pods take room that is not counted. */
export function deployersOf(
  objects: readonly KubernetesObject[],
  blocks: readonly TerraformBlock[],
): readonly Skipped[] {
  const why = 'deploys objects that were not given; their pods are not counted (give the output of helm template, too)';
  return [
    ...objects
      .filter(({ kind, apiVersion }) => Object.hasOwn(DEPLOYERS, kind) && DEPLOYERS[kind]?.test(groupOf(apiVersion)))
      .map((object) => leftOut(object, undefined, why)),
    ...blocks
      .filter(({ mode, type }) => mode === 'resource' && type === 'helm_release')
      .map((block) => leftOut(block, undefined, why)),
  ];
}
