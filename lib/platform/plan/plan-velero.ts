import { type PodIdentityAssociationProps, type VeleroBucket, veleroIdentity } from '../../aws';
import {
  clusterBackupBucket,
  clusterBackupCopy,
  clusterName,
  type EnvironmentSpec,
  type PlatformSpec,
} from '../../model';
import { isBackedUp, type RecoveryPlace } from './plan-vaults';

/** A bucket by its name; its key belongs to a later stack, and is told by what it is used for. */
const bucket = ({ partition, arn }: RecoveryPlace, name: string, region: string): VeleroBucket => ({
  bucketArn: `arn:${partition}:s3:::${name}`,
  bucketKeyArn: arn('kms', 'key/*', region),
});

/** The copy of what an environment stands by for, if that is in its account. */
function original(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  place: RecoveryPlace,
): VeleroBucket | undefined {
  const [primary] = platform.environments
    .filter(isBackedUp)
    .filter(({ name, account }) => name === environment.standbyFor && account === environment.account);
  if (primary === undefined) return undefined;
  const { name, account, backups } = primary;
  return bucket(place, clusterBackupCopy(platform.name, name, account, backups.copyRegion), backups.copyRegion);
}

/**
 * What Velero of an environment may do: write to its own bucket, and restore from the copy of what it stands by for; undefined
 * if there is neither.
 */
export function planVelero(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  place: RecoveryPlace,
): PodIdentityAssociationProps | undefined {
  const cluster = clusterName(platform.name, environment.name);
  const restoresFrom = original(platform, environment, place);
  if (isBackedUp(environment)) {
    const { name, account, region } = environment;
    const own = bucket(place, clusterBackupBucket(platform.name, name, account), region);
    return veleroIdentity({ cluster, ...own, ...(restoresFrom && { restoresFrom }) }, place.arn);
  }
  return restoresFrom && veleroIdentity({ cluster, ...restoresFrom, use: 'restore' }, place.arn);
}
