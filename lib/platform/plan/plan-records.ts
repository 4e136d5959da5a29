import { logBucketName } from '../../aws';
import { logBucketPrefix, type PlatformSpec, regionsOf } from '../../model';

/** Whether the platform makes log buckets in that region of the account. */
const logsIn = (platform: PlatformSpec, id: string, region: string): boolean =>
  (platform.accounts ?? []).some((account) => account.id === id && regionsOf(platform, account).includes(region));

/** The bucket that records who asked what of others in a region, by its name: the account's stack makes it. None where no account is declared. */
export const recordsBucket = (
  platform: PlatformSpec,
  account: string,
  region: string,
): { readonly bucket: string } | undefined =>
  logsIn(platform, account, region)
    ? { bucket: logBucketName(logBucketPrefix(platform.name, account, region), 's3') }
    : undefined;
