import { Construct } from 'constructs';

/** Folders of manifests in the order they are applied; each is waited for before the next. */
export const MANIFEST_LAYERS = ['00-crds', '10-controllers', '20-policies', '30-workloads'] as const;
export type ManifestLayer = (typeof MANIFEST_LAYERS)[number];

const IDS: Readonly<Record<ManifestLayer, string>> = {
  '00-crds': 'Crds',
  '10-controllers': 'Controllers',
  '20-policies': 'Policies',
  '30-workloads': 'Workloads',
};

/** What is applied together. Each child becomes one file, named like the child. */
export class Layer extends Construct {
  static isLayer(construct: unknown): construct is Layer {
    return construct instanceof Layer;
  }

  constructor(
    scope: Construct,
    readonly folder: ManifestLayer,
  ) {
    super(scope, IDS[folder]);
  }
}
