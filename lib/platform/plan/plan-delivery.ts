import type { BackupPlace, BackupScheduleProps, VeleroPlan } from '../../kubernetes';
import {
  clusterBackupBucket,
  clusterBackupCopy,
  clusterBackupSchedule,
  type EnvironmentSpec,
  type PlatformSpec,
} from '../../model';
import { isBackedUp } from './plan-vaults';

/** Storage location that a cluster writes to: the name that Velero takes where none is given. */
const OWN = 'default';

/** Where Velero of an environment writes to, and where it restores from; undefined if there is neither. */
export function planBackupPlaces(platform: PlatformSpec, environment: EnvironmentSpec): VeleroPlan | undefined {
  const [primary] = platform.environments
    .filter(isBackedUp)
    .filter(({ name, account }) => name === environment.standbyFor && account === environment.account);
  const restoresFrom: BackupPlace | undefined = primary && {
    name: primary.name,
    bucket: clusterBackupCopy(platform.name, primary.name, primary.account, primary.backups.copyRegion),
    region: primary.backups.copyRegion,
  };
  if (!isBackedUp(environment)) return restoresFrom && { restoresFrom };
  const { name, account, region } = environment;
  return {
    writesTo: { name: OWN, bucket: clusterBackupBucket(platform.name, name, account), region },
    ...(restoresFrom && { restoresFrom }),
  };
}

/**
 * What of the cluster is kept each day, at the hour of its volumes; undefined without backups. Time and retention are those of
 * the plans of AWS Backup, which are inspected; the namespace is, too.
 */
export function planBackupSchedule(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
): BackupScheduleProps | undefined {
  if (!isBackedUp(environment)) return undefined;
  const { name, namespace, backups } = environment;
  const { at, applicationRetention } = backups;
  return {
    name: clusterBackupSchedule(name),
    namespaces: [namespace],
    location: OWN,
    partOf: platform.name,
    ...(at !== undefined && { at }),
    ...(applicationRetention && { retention: applicationRetention }),
  };
}
