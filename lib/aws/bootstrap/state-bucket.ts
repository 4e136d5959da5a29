import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isRegion, withDefaults } from '../../check';
import { Duration } from '../../units';
import { SecureBucket } from '../storage/secure-bucket';
import type { AccessLogs, BucketStatement } from '../storage/secure-bucket-props';

/** Where Terraform keeps what it knows. */
export interface StateBucketProps {
  /** Name of the bucket, one in all of AWS (3-63 lower-case letters, digits, hyphens): `acgs-state-123456789012`. */
  readonly name: string;
  /** Region to make it in. @default - the stack's */
  readonly region?: string;
  /**
   * Region that gets a copy of every state, so that the loss of one region loses no state.
   * @default - none, with a warning
   */
  readonly replicaRegion?: string;
  /** Name of the bucket there, of at most 63 characters as well. @default - `<name>-<region>` */
  readonly replicaName?: string;
  /** How long replaced states are kept, to go back to (whole days, 30 or more). @default Duration.days(365) */
  readonly oldStates?: Duration;
  /** Where requests are recorded. @default - nowhere */
  readonly accessLogs?: AccessLogs;
  /** Where requests for the copy are recorded: a bucket of its region. @default - nowhere */
  readonly replicaAccessLogs?: AccessLogs;
}

type Plan = StateBucketProps & Required<Pick<StateBucketProps, 'oldStates'>>;

/** What is asked of a state bucket beside what every bucket is asked. */
export const STATE_BUCKET_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'state-bucket-outlives-its-region',
    prop: 'replicaRegion',
    severity: 'warning',
    holds: ({ replicaRegion }) => replicaRegion !== undefined,
    rule: 'should be given: without the state nothing can be rebuilt in another region',
    remedy: 'name the region of the standby',
  },
  {
    id: 'state-bucket-replica-is-elsewhere',
    prop: 'replicaRegion',
    holds: ({ replicaRegion, region }) =>
      replicaRegion === undefined || (isRegion(replicaRegion) && replicaRegion !== region),
    rule: 'must be another region',
    remedy: 'name the region of the standby',
  },
  {
    id: 'state-bucket-keeps-old-states',
    prop: 'oldStates',
    holds: ({ oldStates }) =>
      Number.isInteger(oldStates.inMillis / Duration.days(1).inMillis) && Duration.days(30).isAtMost(oldStates),
    rule: 'must be whole days, 30 or more',
    remedy: 'use 365 days: they are small',
  },
];

/** Not even an administrator, by accident: the policy would have to go first. What is too old goes by the lifecycle rule. */
const NOBODY_DELETES_VERSIONS: BucketStatement = {
  sid: 'NobodyDeletesVersions',
  effect: 'Deny',
  principals: { AWS: ['*'] },
  actions: ['s3:DeleteObjectVersion'],
  paths: ['/*'],
};

const planned = (props: StateBucketProps): Plan => withDefaults({ oldStates: Duration.days(365) }, props);

const common = ({ oldStates }: Plan) => ({
  noncurrentExpiration: oldStates,
  statements: [NOBODY_DELETES_VERSIONS],
  keptOnDestroy: true,
});

const copyOf = (plan: Plan, region: string) => ({
  ...common(plan),
  name: plan.replicaName ?? `${plan.name}-${region}`,
  region,
  ...(plan.replicaAccessLogs && { accessLogs: plan.replicaAccessLogs }),
});

const mainOf = (plan: Plan) => ({
  ...common(plan),
  name: plan.name,
  ...(plan.region !== undefined && { region: plan.region }),
  ...(plan.accessLogs && { accessLogs: plan.accessLogs }),
});

/**
 * The bucket of all states: encrypted with a key of its own, versioned, with versions that nobody deletes, and copied to
 * another region. It locks with files beside the states (`use_lockfile`, Terraform 1.10 or later), so that no table is needed.
 *
 * **First run.** The stack that holds this starts with local state; then it is moved here, with `terraform init -migrate-state`.
 *
 * **A region is lost.** Point the backend at the bucket of the other region, which holds the same keys.
 *
 * **Destroy.** Terraform refuses, for both buckets and their keys: take them out of the state first.
 *
 * @example
 * new StateBucket(stack, 'State', { name: 'acgs-state-123456789012', replicaRegion: 'us-east-1' });
 */
export class StateBucket extends Construct {
  /** What is wrong with name, regions and times; makes nothing. */
  static inspect(path: string, props: StateBucketProps): Finding[] {
    const plan = planned(props);
    return [
      ...inspect<Plan>(path, plan, STATE_BUCKET_CHECKS),
      ...SecureBucket.inspect(path, mainOf(plan)),
      ...(plan.replicaRegion === undefined
        ? []
        : SecureBucket.inspect(`${path}/Copy`, copyOf(plan, plan.replicaRegion))),
    ];
  }

  /** Name of the bucket, as backends take it. */
  readonly name: string;
  readonly arn: string;
  /** Alias of its key, as backends take it: `alias/s3/<name>`. */
  readonly keyAlias: string;
  readonly keyArn: string;
  /** Name of the bucket in the other region, if there is one. */
  readonly replicaName: string | undefined;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, StateBucket.inspect(this.node.path, props));

    const copy =
      plan.replicaRegion === undefined ? undefined : new SecureBucket(this, 'Copy', copyOf(plan, plan.replicaRegion));
    const bucket = new SecureBucket(this, 'Resource', { ...mainOf(plan), ...(copy && { replicateTo: copy }) });
    this.name = bucket.name;
    this.arn = bucket.arn;
    this.keyArn = bucket.keyArn ?? '';
    this.keyAlias = `alias/s3/${plan.name}`;
    this.replicaName = copy?.name;
  }
}
