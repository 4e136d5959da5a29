import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect, withDefaults } from '../../check';
import { Duration } from '../../units';
import { AwsAccount } from '../aws-account';
import { SecureBucket } from '../storage/secure-bucket';
import type { BucketStatement, SecureBucketProps } from '../storage/secure-bucket-props';

/** Who writes logs to a bucket of its own: S3 about other buckets, load balancers, CloudFront, WAF. */
export const LOG_WRITERS = ['s3', 'load-balancers', 'cloudfront', 'waf'] as const;
/** One of them. */
export type LogWriter = (typeof LOG_WRITERS)[number];

/** Buckets for logs of one account and region. */
export interface LogBucketsProps {
  /** What the names of the buckets start with, one in all of AWS: `acgs-logs-123456789012-us-west-2` (1-42 characters). */
  readonly name: string;
  /** Who writes (distinct, at least one). @default - all of `LOG_WRITERS` */
  readonly writers?: readonly LogWriter[];
  /** Region to make them in: that of the load balancers and of the buckets that are recorded. @default - the stack's */
  readonly region?: string;
  /** How long logs are kept (whole days, 1 or more). @default Duration.days(365) */
  readonly retention?: Duration;
  /** Whether Terraform refuses to destroy them. @default true */
  readonly keptOnDestroy?: boolean;
}

type Plan = Required<Omit<LogBucketsProps, 'region'>> & Pick<LogBucketsProps, 'region'>;

/** What is asked of names and writers beside what every bucket is asked. */
export const LOG_BUCKET_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'log-buckets-name-is-a-prefix',
    prop: 'name',
    holds: ({ name }) => /^[a-z0-9][a-z0-9-]{0,41}$/.test(name) && !name.endsWith('-'),
    rule: 'must be 1-42 lower-case letters, digits and inner hyphens',
    remedy: 'use one such as acgs-logs-123456789012',
  },
  {
    id: 'log-buckets-have-writers',
    prop: 'writers',
    holds: ({ writers }) =>
      writers.length > 0 && writers.every((one) => LOG_WRITERS.includes(one)) && duplicates(writers).length === 0,
    rule: `must be distinct, some of ${LOG_WRITERS.join(', ')}`,
    remedy: 'leave it out for all of them',
  },
];

const planned = (props: LogBucketsProps): Plan => ({
  ...withDefaults({ writers: LOG_WRITERS, keptOnDestroy: true }, props),
  retention: props.retention ?? Duration.days(365),
});

/** Names of buckets by who writes to them; WAF writes only to those that start with `aws-waf-logs-`. */
export const logBucketName = (name: string, writer: LogWriter): string =>
  writer === 'waf' ? `aws-waf-logs-${name}` : `${name}-${writer}`;

/**
 * Buckets that AWS services write logs to, each of which lets that one service write, for this account alone. S3 and load
 * balancers know no key of ours, so that theirs are encrypted with the keys of S3; the others have a key of their own. Of
 * CloudFront these are standard logs of version 2, a delivery of CloudWatch Logs: the older kind needs access lists.
 *
 * **Destroy.** Terraform refuses unless `keptOnDestroy` is off, and S3 refuses while logs are left.
 *
 * @example
 * const logs = new LogBuckets(stack, 'Logs', { name: 'acgs-logs-123456789012' });
 * new SecureBucket(stack, 'Models', { name: 'acgs-models', accessLogs: { bucket: logs.nameOf('s3') } });
 */
export class LogBuckets extends Construct {
  /** What is wrong with name, writers and time; makes nothing. */
  static inspect(path: string, props: LogBucketsProps): Finding[] {
    const plan = planned(props);
    const findings = inspect<Plan>(path, plan, LOG_BUCKET_CHECKS);
    if (findings.length > 0) return findings;
    return plan.writers.flatMap((writer) => SecureBucket.inspect(`${path}/${writer}`, bucketOf(plan, writer, [])));
  }

  private readonly buckets: ReadonlyMap<LogWriter, SecureBucket>;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: LogBucketsProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, LogBuckets.inspect(this.node.path, props));

    const { id: account, partition } = AwsAccount.of(this);
    this.buckets = new Map(
      plan.writers.map((writer) => [
        writer,
        new SecureBucket(this, writer, bucketOf(plan, writer, statementsFor(writer, account, partition))),
      ]),
    );
  }

  /** Name of the bucket that a service writes to, a reference. @throws RangeError for a service without one. */
  nameOf(writer: LogWriter): string {
    return this.bucket(writer).name;
  }

  /** ARN of the bucket that a service writes to. @throws RangeError for a service without one. */
  arnOf(writer: LogWriter): string {
    return this.bucket(writer).arn;
  }

  private bucket(writer: LogWriter): SecureBucket {
    const bucket = this.buckets.get(writer);
    if (bucket === undefined) throw new RangeError(`there is no log bucket for ${writer}`);
    return bucket;
  }
}

const WITH_OWN_KEY: readonly LogWriter[] = ['cloudfront', 'waf'];

const bucketOf = (plan: Plan, writer: LogWriter, statements: readonly BucketStatement[]): SecureBucketProps => ({
  name: logBucketName(plan.name, writer),
  ...(plan.region !== undefined && { region: plan.region }),
  ...(WITH_OWN_KEY.includes(writer) ? { keyUsers: ['delivery.logs'] as const } : { encryption: 'sse-s3' as const }),
  expiration: plan.retention,
  noncurrentExpiration: Duration.days(7),
  keptOnDestroy: plan.keptOnDestroy,
  statements,
});

/**
 * Sources: S3 user guide, "Enabling Amazon S3 server access logging"; user guide of Application Load Balancers, "Enable access
 * logs"; CloudWatch Logs user guide, "Enable logging from AWS services" to S3.
 */
function statementsFor(writer: LogWriter, account: string, partition: string): BucketStatement[] {
  const forUs = { StringEquals: { 'aws:SourceAccount': account } };
  switch (writer) {
    case 's3':
      return [
        {
          sid: 'BucketsRecord',
          principals: { Service: ['logging.s3.amazonaws.com'] },
          actions: ['s3:PutObject'],
          paths: ['/*'],
          conditions: forUs,
        },
      ];
    case 'load-balancers':
      return [
        {
          sid: 'LoadBalancersWrite',
          principals: { Service: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
          actions: ['s3:PutObject'],
          paths: [`/AWSLogs/${account}/*`, `/*/AWSLogs/${account}/*`],
        },
      ];
    default:
      return deliveries(forUs, `arn:${partition}:logs:*:${account}:*`);
  }
}

function deliveries(
  forUs: { readonly StringEquals: Readonly<Record<string, string>> },
  source: string,
): BucketStatement[] {
  const delivery = { principals: { Service: ['delivery.logs.amazonaws.com'] } };
  const fromUs = { ...forUs, ArnLike: { 'aws:SourceArn': source } };
  return [
    {
      ...delivery,
      sid: 'LogsAreWritten',
      actions: ['s3:PutObject'],
      paths: ['/*'],
      conditions: { ...fromUs, StringEquals: { ...forUs.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    {
      ...delivery,
      sid: 'LogsLookFirst',
      actions: ['s3:GetBucketAcl', 's3:ListBucket'],
      paths: [''],
      conditions: fromUs,
    },
  ];
}
