import { Route53QueryLog } from '@cdktf/provider-aws/lib/route53-query-log';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsName, type WithDefaults, withDefaults } from '../../check';
import { Duration } from '../../units';
import { RegionalLogGroup } from './regional-log-group';
import { HOME_OF_ROUTE_53, ZoneSigning } from './zone-signing';

/** A public zone as declared. */
export interface PublicZoneProps {
  /** Its name, without a dot at the end: `acgs.example.com`. Another one makes another zone. */
  readonly name: string;
  /** What it is for, for whoever finds it in the console. @default - its name */
  readonly comment?: string;
  /**
   * Whether answers are signed. It harms nothing before the parent zone has the DS record, and protects nobody. Turn it off
   * only after the parent's DS record is gone for two days: until then resolvers refuse what is not signed. @default 'signed'
   */
  readonly dnssec?: 'signed' | 'off';
  /** Whether questions are recorded, in us-east-1. @default 'on' */
  readonly queryLog?: 'on' | 'off';
  /** How long they are kept (days that CloudWatch offers). @default Duration.days(365) */
  readonly logRetention?: Duration;
  /**
   * Whether Terraform refuses to destroy it (`prevent_destroy`): a new zone of the same name has other name servers, and the
   * parent zone still leads to the old ones. @default true
   */
  readonly keptOnDestroy?: boolean;
}

const DEFAULTS = {
  dnssec: 'signed',
  queryLog: 'on',
  logRetention: Duration.days(365),
  keptOnDestroy: true,
} as const satisfies Partial<PublicZoneProps>;

type Plan = WithDefaults<PublicZoneProps, typeof DEFAULTS>;

/** What Route 53 asks of a zone. */
export const PUBLIC_ZONE_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'public-zone-name-is-a-domain',
    prop: 'name',
    holds: ({ name }) => isDnsName(name) && name.includes('.'),
    rule: 'must be a full DNS name in small letters, without a dot at its end',
    remedy: 'use a name such as acgs.example.com',
  },
  {
    id: 'public-zone-comment-is-short',
    prop: 'comment',
    holds: ({ comment }) => comment === undefined || /^.{1,256}$/.test(comment),
    rule: 'must be one line of 1-256 characters',
    remedy: 'leave it out for the name',
  },
];

/**
 * A zone of public names, with signed answers and a record of questions. It is the first thing of an edge: apply it alone,
 * have its name servers (output) entered in the parent zone, then make certificates. The DS record (output) follows when
 * names answer, and only then do signatures protect anybody.
 *
 * **Destroy.** Take the DS record out of the parent zone, wait for two days, then the name servers. `terraform state rm` the
 * zone and the key of its signatures, and delete them by hand: both are kept.
 *
 * @example
 * const zone = new PublicZone(stack, 'Zone', { name: 'acgs.example.com' });
 */
export class PublicZone extends Construct {
  /** What is wrong with name, comment and retention; makes nothing. */
  static inspect(path: string, props: PublicZoneProps): Finding[] {
    const plan: Plan = withDefaults(DEFAULTS, props);
    return [
      ...inspect(path, plan, PUBLIC_ZONE_CHECKS),
      ...RegionalLogGroup.inspect(path, { name: '/aws/route53', retention: plan.logRetention }),
    ];
  }

  /** As declared, known at synthesis. */
  readonly zoneName: string;
  /** For records and certificates; a reference. */
  readonly zoneId: string;
  /** What the parent zone must lead to; a reference, and an output. */
  readonly nameServers: readonly string[];
  /** What the parent zone publishes once names answer; undefined without signatures. An output, too. */
  readonly dsRecord: string | undefined;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: PublicZoneProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, PublicZone.inspect(this.node.path, props));

    const { name } = plan;
    const zone = new Route53Zone(this, 'Resource', {
      name,
      comment: plan.comment ?? name,
      ...(plan.keptOnDestroy && { lifecycle: { preventDestroy: true } }),
    });
    if (plan.queryLog === 'on') this.record(zone, plan);

    this.zoneName = name;
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
    this.dsRecord =
      plan.dnssec === 'signed'
        ? new ZoneSigning(this, 'Signing', { zoneName: name, zoneId: zone.zoneId }).dsRecord
        : undefined;
    new TerraformOutput(this, 'NameServers', { value: zone.nameServers, description: `NS records of ${name}` });
    if (this.dsRecord !== undefined) {
      new TerraformOutput(this, 'DsRecord', { value: this.dsRecord, description: `DS record of ${name}` });
    }
  }

  private record(zone: Route53Zone, { name, logRetention }: Plan): void {
    const group = new RegionalLogGroup(this, 'Queries', {
      name: `/aws/route53/${name}`,
      region: HOME_OF_ROUTE_53,
      retention: logRetention,
      writer: { service: 'route53.amazonaws.com', sourceArn: zone.arn },
    });
    new Route53QueryLog(this, 'QueryLog', {
      zoneId: zone.zoneId,
      cloudwatchLogGroupArn: group.arn,
      dependsOn: [group.policy],
    });
  }
}
