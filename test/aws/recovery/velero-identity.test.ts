import { PodIdentityAssociation } from '../../../lib/aws/cluster/pod-identity';
import { type VeleroIdentityOptions, veleroIdentity } from '../../../lib/aws/recovery/velero-identity';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { terraform } from '../../support/terraform';

const arn = (service: string, resource: string): string => `arn:aws:${service}:us-west-2:123456789012:${resource}`;

const options: VeleroIdentityOptions = {
  cluster: 'acgs-production',
  bucketArn: 'arn:aws:s3:::acgs-cluster-backups',
  bucketKeyArn: arn('kms', 'key/bucket'),
};
const volumeKeyArns = [arn('kms', 'key/volumes')];

const statements = (overrides: Partial<VeleroIdentityOptions> = {}) =>
  veleroIdentity({ ...options, ...overrides }, arn).statements ?? [];

const sids = (overrides: Partial<VeleroIdentityOptions> = {}) => statements(overrides).map(({ sid }) => sid);

const statement = (sid: string, overrides: Partial<VeleroIdentityOptions> = {}) =>
  statements(overrides).find((one) => one.sid === sid);

describe('veleroIdentity', () => {
  test("is that of Velero's own pods", () => {
    expect(veleroIdentity(options, arn)).toMatchObject({
      clusterName: 'acgs-production',
      namespace: 'velero',
      serviceAccount: 'velero-server',
    });
  });

  test('reads and writes one bucket with its key, and nothing in EC2', () => {
    expect(sids()).toEqual(['ListBackups', 'KeepBackups', 'UseKeyOfBackups']);
    expect(statement('ListBackups')?.resources).toEqual(['arn:aws:s3:::acgs-cluster-backups']);
    expect(statement('KeepBackups')).toMatchObject({
      actions: expect.arrayContaining(['s3:PutObject', 's3:DeleteObject']),
      resources: ['arn:aws:s3:::acgs-cluster-backups/*'],
    });
    expect(statement('UseKeyOfBackups')).toMatchObject({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [arn('kms', 'key/bucket')],
      conditions: {
        StringLike: {
          'kms:ViaService': 's3.*.amazonaws.com',
          'kms:EncryptionContext:aws:s3:arn': [
            'arn:aws:s3:::acgs-cluster-backups',
            'arn:aws:s3:::acgs-cluster-backups/*',
          ],
        },
      },
    });
  });

  test('beside its own bucket it restores from the copy of another, and changes no backup there', () => {
    const restoresFrom = { bucketArn: 'arn:aws:s3:::copy', bucketKeyArn: arn('kms', 'key/copy') };
    expect(sids({ restoresFrom })).toEqual([
      'ListBackups',
      'KeepBackups',
      'UseKeyOfBackups',
      'ListBackupsElsewhere',
      'ReadBackupsElsewhere',
      'KeepLogsOfRestoresElsewhere',
      'UseKeyOfBackupsElsewhere',
    ]);
    const written = statements({ restoresFrom })
      .filter(({ actions }) => actions.some((action) => /Put|Delete|Abort/.test(action)))
      .flatMap(({ resources }) => resources)
      .filter((resource) => resource?.startsWith('arn:aws:s3:::copy'));
    expect(written).toEqual(['arn:aws:s3:::copy/restores/*', 'arn:aws:s3:::copy/*/restores/*']);
    expect(statement('UseKeyOfBackupsElsewhere', { restoresFrom })?.resources).toEqual([arn('kms', 'key/copy')]);
  });

  test('where it only restores, it changes no backup', () => {
    const actions = statements({ use: 'restore', volumeKeyArns }).flatMap((one) => one.actions);
    expect(actions.filter((action) => /Put|Delete|CreateSnapshot|Abort/.test(action))).toEqual(['s3:PutObject']);
    expect(statement('KeepLogsOfRestores', { use: 'restore' })?.resources).toEqual([
      'arn:aws:s3:::acgs-cluster-backups/restores/*',
      'arn:aws:s3:::acgs-cluster-backups/*/restores/*',
    ]);
    expect(actions).toEqual(expect.arrayContaining(['s3:GetObject', 'kms:Decrypt', 'ec2:CreateVolume']));
  });

  test('with keys of volumes it takes snapshots of those that the cluster owns, and deletes such alone', () => {
    const owned = (by: string) => ({
      StringEquals: { [`aws:${by}Tag/kubernetes.io/cluster/acgs-production`]: 'owned' },
    });
    const volume = 'arn:aws:ec2:us-west-2:123456789012:volume/*';
    const snapshot = 'arn:aws:ec2:us-west-2::snapshot/*';
    const of = (sid: string) => statement(sid, { volumeKeyArns });
    expect(of('SnapshotOwnVolumes')).toMatchObject({ resources: [volume], conditions: owned('Resource') });
    expect(of('MakeMarkedSnapshots')).toMatchObject({ resources: [snapshot], conditions: owned('Request') });
    expect(of('DeleteOwnSnapshots')).toMatchObject({ resources: [snapshot], conditions: owned('Resource') });
    expect(of('MakeMarkedVolumes')).toMatchObject({ resources: [volume], conditions: owned('Request') });
    expect(of('MarkWhatIsNew')).toMatchObject({
      actions: ['ec2:CreateTags'],
      conditions: { StringEquals: { 'ec2:CreateAction': ['CreateSnapshot', 'CreateVolume'] } },
    });
    expect(of('UseKeysOfVolumes')?.resources).toEqual(volumeKeyArns);
    expect(of('LendKeysToVolumes')?.conditions).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  });

  test('passes as an association, hardened as checkov wants it', () => {
    const props = veleroIdentity({ ...options, volumeKeyArns }, arn);
    expect(PodIdentityAssociation.inspect('Velero', props)).toEqual([]);
    const json = terraform((stack) => {
      new PodIdentityAssociation(stack, 'Velero', props);
    });
    expect(brokenAwsRules('test', json, AWS_RULES)).toEqual([]);
  });
});
