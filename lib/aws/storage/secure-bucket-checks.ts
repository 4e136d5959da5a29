import { type Check, duplicates, isRegion, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import { TLS_SIDS } from './bucket-policy';
import type { SecureBucketPlan } from './secure-bucket-props';

/** Without dots, which no certificate of S3 covers. Source: S3 user guide, "General purpose bucket naming rules". */
const BUCKET_NAME = /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const KEPT_SUFFIX = /(-s3alias|--ol-s3|--x-s3|--table-s3|-an)$/;

/** Terraform appends 26 characters. */
const BUCKET_PREFIX = /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{0,36}$/;

const isDays = (length: Duration | undefined): boolean =>
  length === undefined || isWholeWithin(length.inMillis / Duration.days(1).inMillis, 1, Number.MAX_SAFE_INTEGER);

const wrongSids = ({ statements }: SecureBucketPlan): string[] => {
  const sids = statements.map(({ sid }) => sid);
  return [...sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid)), ...duplicates([...TLS_SIDS, ...sids])];
};

const wrongPaths = ({ statements }: SecureBucketPlan): string[] =>
  statements
    .filter(
      ({ paths, actions }) => paths.length * actions.length === 0 || paths.some((path) => !/^(\/.+)?$/.test(path)),
    )
    .map(({ sid }) => sid);

/** Whether a statement opens the bucket to whoever asks. */
const isForAnybody = ({
  effect = 'Allow',
  principals = {},
  conditions,
}: SecureBucketPlan['statements'][number]): boolean =>
  effect === 'Allow' &&
  conditions === undefined &&
  (Object.keys(principals).length === 0 || Object.values(principals).some((named) => named.includes('*')));

const forAnybody = ({ statements }: SecureBucketPlan): string[] =>
  statements.filter(isForAnybody).map(({ sid }) => sid);

/** What is asked of a bucket: its name, its key, its times and its policy. */
export const SECURE_BUCKET_CHECKS: readonly Check<SecureBucketPlan>[] = [
  {
    id: 'secure-bucket-is-named-once',
    prop: 'name',
    holds: ({ name, namePrefix }) => (name === undefined) !== (namePrefix === undefined),
    rule: 'or namePrefix must be given, and not both',
    remedy: 'use name for what others must know at synthesis, else namePrefix',
  },
  {
    id: 'secure-bucket-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => name === undefined || (BUCKET_NAME.test(name) && !KEPT_SUFFIX.test(name)),
    rule: 'must be 3-63 lower-case letters, digits and inner hyphens, without the prefixes and suffixes that S3 keeps',
    remedy: 'use one such as acgs-production-backups-123456789012',
  },
  {
    id: 'secure-bucket-prefix-is-allowed',
    prop: 'namePrefix',
    holds: ({ namePrefix }) => namePrefix === undefined || BUCKET_PREFIX.test(namePrefix),
    rule: 'must be 1-37 lower-case letters, digits and hyphens, without the prefixes that S3 keeps',
    remedy: 'use one such as acgs-production-logs-',
  },
  {
    id: 'secure-bucket-region-is-well-formed',
    prop: 'region',
    holds: ({ region }) => region === undefined || isRegion(region),
    rule: 'must be an AWS region such as us-east-1',
    remedy: 'leave it out for the region of the stack',
  },
  {
    id: 'secure-bucket-key-has-a-use',
    prop: 'encryption',
    holds: ({ encryption, keyArn, keyUsers }) =>
      encryption === 'kms'
        ? keyArn === undefined || keyUsers.length === 0
        : keyArn === undefined && keyUsers.length === 0,
    rule: 'must be kms where keyArn or keyUsers is given, and keyUsers are those of the own key alone',
    remedy: 'leave out what does not apply; a key of others has its own users',
  },
  {
    id: 'secure-bucket-expiration-is-in-days',
    prop: 'expiration',
    holds: ({ expiration }) => isDays(expiration),
    rule: 'must be whole days, at least 1',
    remedy: 'leave it out to keep what is not deleted',
  },
  {
    id: 'secure-bucket-versions-are-kept-in-days',
    prop: 'noncurrentExpiration',
    holds: ({ noncurrentExpiration }) => isDays(noncurrentExpiration),
    rule: 'must be whole days, at least 1',
    remedy: 'use the time within which a deletion is noticed, such as 30 days',
  },
  {
    id: 'secure-bucket-uploads-end-in-days',
    prop: 'abortUploads',
    holds: ({ abortUploads }) => isDays(abortUploads),
    rule: 'must be whole days, at least 1',
    remedy: 'use 7 days',
  },
  {
    id: 'secure-bucket-lock-is-in-days',
    prop: 'objectLock',
    holds: ({ objectLock }) => isDays(objectLock?.retention),
    rule: 'must hold versions for whole days, at least 1',
    remedy: 'use the time that a copy must survive its thief',
  },
  {
    id: 'secure-bucket-log-prefix-is-a-folder',
    prop: 'accessLogs',
    holds: ({ accessLogs }) => accessLogs?.prefix === undefined || /^[^/].*\/$/.test(accessLogs.prefix),
    rule: 'must have a prefix that ends with / and does not start with it',
    received: ({ accessLogs }) => accessLogs?.prefix,
    remedy: 'use one such as backups/',
  },
  {
    id: 'secure-bucket-replication-has-a-copy',
    prop: 'replicateTo',
    holds: ({ replicationTimeControl, replicateDeletions, replicateTo }) =>
      replicateTo !== undefined || !(replicationTimeControl || replicateDeletions),
    rule: 'must be given where replicationTimeControl or replicateDeletions is on',
    remedy: 'give it, or leave them out',
  },
  {
    id: 'secure-bucket-copy-is-somebodys',
    prop: 'replicateTo',
    holds: ({ replicateTo }) => replicateTo?.accountId === undefined || /^\d{12}$/.test(replicateTo.accountId),
    rule: 'must have an accountId of 12 digits',
    received: ({ replicateTo }) => replicateTo?.accountId,
    remedy: 'leave it out for a bucket of this account',
  },
  {
    id: 'secure-bucket-statements-have-ids',
    prop: 'statements',
    holds: (plan) => wrongSids(plan).length === 0,
    rule: `must each have a sid of its own of letters and digits, other than ${TLS_SIDS.join(' and ')}`,
    received: wrongSids,
    remedy: 'use one such as LoadBalancersWrite',
  },
  {
    id: 'secure-bucket-statements-stay-inside',
    prop: 'statements',
    holds: (plan) => wrongPaths(plan).length === 0,
    rule: "must each have actions and paths, '' or starting with /",
    received: wrongPaths,
    remedy: "write '' for the bucket, '/*' for its objects",
  },
  {
    id: 'secure-bucket-names-its-users',
    prop: 'statements',
    holds: (plan) => forAnybody(plan).length === 0,
    rule: 'must name who is allowed: the public access block refuses a policy for everybody',
    received: forAnybody,
    remedy: 'name the service, role or account',
  },
  {
    id: 'secure-bucket-goes-or-stays',
    prop: 'emptiedOnDestroy',
    holds: ({ emptiedOnDestroy, keptOnDestroy, objectLock }) =>
      !emptiedOnDestroy || (!keptOnDestroy && objectLock === undefined),
    rule: 'must be off where the bucket is kept or its versions are held',
    remedy: 'leave one of them out',
  },
];
