import { Chart, Testing } from 'cdk8s';
import {
  STORAGE_CLASS_CHECKS,
  StorageClass,
  type StorageClassProps,
} from '../../../lib/kubernetes/cluster/storage-class';
import { allIds, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const storage = (props: StorageClassProps = {}) =>
  only(
    manifests((chart) => new StorageClass(chart, 'Storage', props)),
    'StorageClass',
  );

describe('StorageClass', () => {
  test('volumes are encrypted gp3, made where the pod is, able to grow, and kept', () => {
    expect(storage()).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'false' } },
      provisioner: 'ebs.csi.aws.com',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
      reclaimPolicy: 'Retain',
      parameters: {
        type: 'gp3',
        encrypted: 'true',
        iops: '3000',
        throughput: '125',
        'csi.storage.k8s.io/fstype': 'ext4',
      },
    });
  });

  test('each prop has its place', () => {
    const object = storage({
      name: 'fast',
      reclaimPolicy: 'Delete',
      isDefault: true,
      keyAlias: 'acgs/data',
      iops: 4000,
      throughputMib: 1000,
      fileSystem: 'xfs',
      labels: { team: 'a' },
    });
    expect(object).toMatchObject({
      metadata: { name: 'fast', labels: { team: 'a' } },
      reclaimPolicy: 'Delete',
      parameters: {
        iops: '4000',
        throughput: '1000',
        'csi.storage.k8s.io/fstype': 'xfs',
        kmsKeyId: 'alias/acgs/data',
      },
    });
    expect(object.metadata.annotations).toEqual({ 'storageclass.kubernetes.io/is-default-class': 'true' });
  });

  test('it has no namespace, whatever the chart has', () => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
    expect(new StorageClass(chart, 'Storage').name).toBe('gp3');
    expect(Testing.synth(chart)[0].metadata).not.toHaveProperty('namespace');
  });

  test.each<StorageClassProps>([{ iops: 16_000 }, { throughputMib: 750 }, { iops: 4000, throughputMib: 1000 }])(
    'accepts %j',
    (props) => expect(StorageClass.inspect('p', props)).toEqual([]),
  );

  const broken: [id: string, props: StorageClassProps][] = [
    ['storage-class-name-is-a-dns-label', { name: 'GP3' }],
    ['storage-class-iops-are-offered', { iops: 2999 }],
    ['storage-class-iops-are-offered', { iops: 16_001 }],
    ['storage-class-throughput-is-offered', { throughputMib: 124 }],
    ['storage-class-throughput-is-offered', { iops: 16_000, throughputMib: 1001 }],
    ['storage-class-throughput-is-offered', { throughputMib: 751 }],
    ['storage-class-throughput-is-offered', { throughputMib: Number.NaN }],
    ['storage-class-key-is-an-alias', { keyAlias: 'alias/acgs' }],
    ['storage-class-key-is-an-alias', { keyAlias: '' }],
  ];

  test.each(broken)('refuses: %s %j', (id, props) => expect(refused(() => storage(props))).toEqual([id]));

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([id]) => id))].sort()).toEqual(allIds(STORAGE_CLASS_CHECKS));
  });
});
