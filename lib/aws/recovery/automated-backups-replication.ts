import { DbInstanceAutomatedBackupsReplication } from '@cdktf/provider-aws/lib/db-instance-automated-backups-replication';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isRegion, isWholeWithin, withDefaults } from '../../check';
import { Duration } from '../../units';
import { EncryptionKey } from '../secrets/encryption-key';

/** The instance whose backups are copied, and where to. */
export interface AutomatedBackupsReplicationProps {
  /** Identifier of the instance, for names; a literal. */
  readonly identifier: string;
  /** ARN of the instance, which keeps automated backups itself and is no replica. */
  readonly sourceArn: string;
  /** Region that the backups are copied to; AWS offers each region a list of others. */
  readonly region: string;
  /** ARN of a key in that region. @default - an own key there with the alias `rds/<identifier>-backups`, which is kept */
  readonly keyArn?: string;
  /** How long copies are kept (whole days, 1-35). @default Duration.days(30) */
  readonly retention?: Duration;
  /** Whether Terraform refuses to destroy an own key, which the copies need until their retention is over. @default true */
  readonly keptOnDestroy?: boolean;
}

type Plan = AutomatedBackupsReplicationProps &
  Required<Pick<AutomatedBackupsReplicationProps, 'retention' | 'keptOnDestroy'>>;

/** What RDS asks of where and how long. */
export const AUTOMATED_BACKUPS_REPLICATION_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'automated-backups-replication-region-is-well-formed',
    prop: 'region',
    holds: ({ region }) => isRegion(region),
    rule: 'must be an AWS region such as us-east-1',
    remedy: 'use the one that stands in for the first',
  },
  {
    id: 'automated-backups-replication-leaves-the-region',
    prop: 'region',
    holds: ({ region, sourceArn }) => !new RegExp(`^arn:[a-z-]+:rds:${region}:`).test(sourceArn),
    rule: 'must be another region than that of the instance',
    remedy: 'use the one that stands in for the first',
  },
  {
    id: 'automated-backups-replication-identifier-is-literal',
    prop: 'identifier',
    holds: ({ identifier }) => /^[a-z](-?[a-z0-9])*$/.test(identifier) && identifier.length <= 63,
    rule: 'must be 1-63 lower-case letters, digits and single inner hyphens, a letter first',
    remedy: 'repeat the identifier of the instance',
  },
  {
    id: 'automated-backups-replication-keeps-for-days',
    prop: 'retention',
    holds: ({ retention }) => isWholeWithin(retention.inMillis / Duration.days(1).inMillis, 1, 35),
    rule: 'must be 1-35 whole days',
    remedy: 'use 30 days',
  },
];

const DEFAULTS = { retention: Duration.days(30), keptOnDestroy: true } as const;

/**
 * Automated backups of an instance, copied to another region as they are made: what returns to any second when the region
 * and its backups are gone, or when a replica there has copied the damage.
 *
 * They stay when the instance goes, until their retention is over, and so does their own key. RDS copies no backups of
 * replicas or Multi-AZ clusters, and at most 20 instances' of an account to a region.
 *
 * @example
 * new AutomatedBackupsReplication(stack, 'BackupsElsewhere', {
 *   identifier: 'acgs-production-main',
 *   sourceArn: database.arn,
 *   region: 'us-east-1',
 * });
 */
export class AutomatedBackupsReplication extends Construct {
  /** What is wrong with region and retention; makes nothing. */
  static inspect(path: string, props: AutomatedBackupsReplicationProps): Finding[] {
    return inspect<Plan>(path, withDefaults(DEFAULTS, props), AUTOMATED_BACKUPS_REPLICATION_CHECKS);
  }

  /** ARN of the backups in the other region, which a restore there is given. */
  readonly arn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: AutomatedBackupsReplicationProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, AutomatedBackupsReplication.inspect(this.node.path, props));

    const { region } = plan;
    const replication = new DbInstanceAutomatedBackupsReplication(this, 'Resource', {
      region,
      sourceDbInstanceArn: plan.sourceArn,
      kmsKeyId: plan.keyArn ?? this.ownKey(plan).arn,
      retentionPeriod: plan.retention.toDays(),
      // The first copy takes as long as the instance is large.
      timeouts: { create: '120m', delete: '120m' },
    });
    this.arn = replication.id;
  }

  private ownKey({ identifier, region, keptOnDestroy }: Plan): EncryptionKey {
    return new EncryptionKey(this, 'Key', {
      alias: `rds/${identifier}-backups`,
      description: `Backups of the database ${identifier} from another region`,
      keptOnDestroy,
      region,
    });
  }
}
