import type {
  AutomatedBackupsReplicationProps,
  BackupBucketProps,
  BackupPlanProps,
  RecoveryDrillReminderProps,
} from '../../aws';
import {
  alarmTopicName,
  BACKUP_INTERVAL,
  BACKUP_RETENTION,
  BACKUP_START_WINDOW,
  clusterBackupBucket,
  clusterBackupCopy,
  clusterName,
  databaseIdentifier,
  type PlatformSpec,
  type WriterSpec,
  writersIn,
} from '../../model';
import { Duration } from '../../units';
import { recordsBucket } from './plan-records';
import { type BackedUp, kept, otherVault, type RecoveryPlace, type Vaults } from './plan-vaults';

const windowsOf = (writers: readonly WriterSpec[]): string[] =>
  writers.flatMap(({ backupWindow, maintenanceWindow }) =>
    [backupWindow, maintenanceWindow].filter((window) => window !== undefined),
  );

/**
 * Volumes that the EBS driver made for claims of this cluster; root volumes of nodes lack its mark. Source:
 * kubernetes-sigs/aws-ebs-csi-driver, docs/tagging.md.
 */
const volumesOf = (cluster: string): Readonly<Record<string, string>> => ({
  'ebs.csi.aws.com/cluster': 'true',
  [`kubernetes.io/cluster/${cluster}`]: 'owned',
});

/**
 * Plans by what they cover: databases several times a day, with a copy in another region and perhaps another account; volumes
 * once a day, each backup only what changed, copied to the other region alone, for their key is the account's. Nothing covers a
 * replica that still follows: AWS Backup takes none of it.
 */
export function planBackupPlans(
  platform: PlatformSpec,
  environment: BackedUp,
  { own, copies }: Vaults,
  place: RecoveryPlace,
): Readonly<Record<string, BackupPlanProps>> {
  const { backups, name, region } = environment;
  const {
    retention = BACKUP_RETENTION,
    applicationRetention = Duration.days(90),
    interval = BACKUP_INTERVAL,
  } = backups;
  const cluster = clusterName(platform.name, name);
  const writers = writersIn(platform, environment);
  const common = {
    vault: own,
    startWithin: BACKUP_START_WINDOW,
    ...(backups.at !== undefined && { at: backups.at }),
  };
  const databases: BackupPlanProps = {
    ...common,
    name: `${cluster}-databases`,
    interval,
    retention,
    copies: [copies, ...otherVault(environment, place)].map((to) => ({ to })),
    targets: {
      Databases: {
        arns: writers.map((database) =>
          place.arn('rds', `db:${databaseIdentifier(platform.name, name, database.name)}`, region),
        ),
      },
    },
    avoid: windowsOf(writers),
  };
  return {
    ...(writers.length > 0 && { DatabaseBackups: databases }),
    VolumeBackups: {
      ...common,
      name: `${cluster}-volumes`,
      interval: Duration.days(1),
      retention: applicationRetention,
      copies: [{ to: copies }],
      targets: { Volumes: { arns: [place.arn('ec2', 'volume/*', region)], tags: volumesOf(cluster) } },
    },
  };
}

/** Every second of each database that takes writes, in the other region; by the name of the database. */
export function planBackupsElsewhere(
  platform: PlatformSpec,
  environment: BackedUp,
  { arn }: RecoveryPlace,
): Readonly<Record<string, AutomatedBackupsReplicationProps>> {
  return Object.fromEntries(
    writersIn(platform, environment).map(({ name, backupRetention }) => {
      const identifier = databaseIdentifier(platform.name, environment.name, name);
      const sourceArn = arn('rds', `db:${identifier}`, environment.region);
      const { backups } = environment;
      return [
        name,
        { ...kept(backups), identifier, sourceArn, region: backups.copyRegion, retention: backupRetention },
      ];
    }),
  );
}

/** The bucket that Velero writes to, and its copy. Velero removes what is older itself: objects are parts of many backups. */
export function planClusterBackups(platform: PlatformSpec, environment: BackedUp): BackupBucketProps {
  const { name, account, region, backups } = environment;
  const { copyRegion, applicationRetention } = backups;
  const logs = (place: string) => recordsBucket(platform, account, place);
  const [accessLogs, copyAccessLogs] = [logs(region), logs(copyRegion)];
  return {
    ...kept(backups),
    name: clusterBackupBucket(platform.name, name, account),
    copyName: clusterBackupCopy(platform.name, name, account, copyRegion),
    copyRegion,
    tidiedBy: 'writer',
    ...(applicationRetention && { retention: applicationRetention }),
    ...(accessLogs && { accessLogs }),
    ...(copyAccessLogs && { copyAccessLogs }),
  };
}

/** The message each quarter, if anybody hears; its topic belongs to a later stack, so that its name has to do. */
export function planDrill(
  platform: PlatformSpec,
  { name, region, backups, operations }: BackedUp,
  runbook: string,
  { arn }: RecoveryPlace,
): RecoveryDrillReminderProps | undefined {
  if (operations === undefined) return undefined;
  return {
    ...backups.drill,
    name: `${clusterName(platform.name, name)}-recovery-drill`,
    runbook,
    topicArn: arn('sns', alarmTopicName(platform.name, name), region),
    topicKeyArn: arn('kms', 'key/*', region),
  };
}
