import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, isWholeWithin, withDefaults } from '../../check';
import { clusterScoped } from '../cluster-scoped';
import { KubeStorageClass } from '../k8s';
import type { Labels } from '../labels';

/** What every volume of a class is like. */
export interface StorageClassProps {
  /** DNS label. @default 'gp3' */
  readonly name?: string;
  /** What happens to a volume whose claim is deleted: `Retain` keeps it, and its cost. @default 'Retain' */
  readonly reclaimPolicy?: 'Retain' | 'Delete';
  /** Whether claims that name no class get this one. One class of a cluster at most. @default false */
  readonly isDefault?: boolean;
  /** Alias of a KMS key, without `alias/`. @default - the account's default key for EBS */
  readonly keyAlias?: string;
  /** Operations a second of each volume (3000-16000). @default 3000 */
  readonly iops?: number;
  /** Throughput of each volume (MiB/s, 125-1000, at most a quarter of `iops`). @default 125 */
  readonly throughputMib?: number;
  /** @default 'ext4' */
  readonly fileSystem?: 'ext4' | 'xfs';
  /** Labels of the class. @default - none */
  readonly labels?: Labels;
}

const DEFAULTS = {
  name: 'gp3',
  reclaimPolicy: 'Retain',
  isDefault: false,
  iops: 3000,
  throughputMib: 125,
  fileSystem: 'ext4',
  labels: {},
} as const;

type Plan = StorageClassProps & Required<Pick<StorageClassProps, keyof typeof DEFAULTS>>;

const planned = (props: StorageClassProps): Plan => withDefaults(DEFAULTS, props);

/** What is said about a class: ranges of gp3, and names that Kubernetes and KMS take. */
export const STORAGE_CLASS_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'storage-class-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use gp3',
  },
  {
    id: 'storage-class-iops-are-offered',
    prop: 'iops',
    holds: ({ iops }) => isWholeWithin(iops, 3000, 16_000),
    rule: 'must be a whole number from 3000 to 16000',
    remedy: 'leave it out for the 3000 that are free',
  },
  {
    id: 'storage-class-throughput-is-offered',
    prop: 'throughputMib',
    holds: ({ throughputMib, iops }) => isWholeWithin(throughputMib, 125, 1000) && throughputMib * 4 <= iops,
    rule: ({ iops }) => `must be a whole number from 125 to 1000, at most a quarter of iops (${iops})`,
    remedy: 'leave it out for the 125 that are free, or raise iops with it',
  },
  {
    id: 'storage-class-key-is-an-alias',
    prop: 'keyAlias',
    holds: ({ keyAlias }) => keyAlias === undefined || /^(?!alias\/)[A-Za-z0-9/_-]{1,250}$/.test(keyAlias),
    rule: "must be 1-250 letters, digits, '/', '_' or '-'",
    remedy: "leave out 'alias/', it is added",
  },
];

/**
 * Encrypted gp3 volumes of EBS that can grow, made in the zone of the pod that first needs them.
 * A class cannot be changed, only replaced: give a new one another name.
 *
 * @example
 * new StorageClass(chart, 'Fast', {
 *   name: 'gp3-fast',
 *   iops: 6000,
 *   throughputMib: 500,
 * });
 */
export class StorageClass extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: StorageClassProps): Finding[] {
    return inspect(path, planned(props), STORAGE_CLASS_CHECKS);
  }

  /** Name that claims give as their `storageClassName`. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: StorageClassProps = {}) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, StorageClass.inspect(this.node.path, props));

    this.name = plan.name;
    const object = new KubeStorageClass(this, 'Resource', {
      metadata: {
        name: plan.name,
        labels: plan.labels,
        annotations: { 'storageclass.kubernetes.io/is-default-class': `${plan.isDefault}` },
      },
      provisioner: 'ebs.csi.aws.com',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
      reclaimPolicy: plan.reclaimPolicy,
      parameters: {
        type: 'gp3',
        encrypted: 'true',
        iops: `${plan.iops}`,
        throughput: `${plan.throughputMib}`,
        'csi.storage.k8s.io/fstype': plan.fileSystem,
        ...(plan.keyAlias === undefined ? {} : { kmsKeyId: `alias/${plan.keyAlias}` }),
      },
    });
    clusterScoped(object);
  }
}
