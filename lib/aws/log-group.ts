import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, withDefaults } from '../check';
import { Duration } from '../units';
import type { EncryptionKey } from './secrets/encryption-key';

/** Retentions that CloudWatch Logs accepts (days). Source: PutRetentionPolicy API reference, read 2026-11-20. */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** A log group as declared: its name, its key and how long it remembers. */
export interface LogGroupProps {
  /** Full name, for example `/aws/eks/acgs-production/cluster`: a service that writes to it expects exactly that. */
  readonly name: string;
  /** Key whose users include `logs`. */
  readonly key: EncryptionKey;
  /** How long events are kept (days that CloudWatch offers: 1, 3, 5, 7, 14, 30, 60, 90, … 3653). @default Duration.days(365) */
  readonly retention?: Duration;
}

type Plan = Required<LogGroupProps>;

/** What checks read: the key exists no sooner than the stack. */
type Named = Omit<LogGroupProps, 'key'>;

/** What CloudWatch Logs asks of name and retention. */
export const LOG_GROUP_CHECKS: readonly Check<Required<Named>>[] = [
  {
    id: 'log-retention-is-offered',
    prop: 'retention',
    holds: ({ retention }) => RETENTION_DAYS.includes(retention.inMillis / Duration.days(1).inMillis),
    rule: `must be one of ${RETENTION_DAYS.join(', ')} days`,
    remedy: 'take the next longer one',
  },
  {
    id: 'log-group-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^(?!aws\/)[\w#./-]{1,512}$/.test(name),
    rule: "must be 1-512 letters, digits, '_', '-', '/', '.' or '#', and not start with aws/",
    remedy: 'use the name that the writing service documents',
  },
];

const DEFAULTS = { retention: Duration.days(365) } as const;

/**
 * An encrypted CloudWatch log group that forgets on time. Made before its writer, which would else make one that keeps all.
 *
 * @example
 * new LogGroup(stack, 'Logs', {
 *   name: '/aws/lambda/acgs-production-rotate',
 *   key: new EncryptionKey(stack, 'Key', { alias: 'acgs/logs', description: 'Logs of acgs', users: ['logs'] }),
 *   retention: Duration.days(90),
 * });
 */
export class LogGroup extends Construct {
  /** What is wrong with name and retention; a key is not needed yet. */
  static inspect(path: string, props: Named): Finding[] {
    return inspect<Required<Named>>(path, withDefaults(DEFAULTS, props), LOG_GROUP_CHECKS);
  }

  /** Without the `:*` at its end that policies need for the streams in it. */
  readonly arn: string;
  /** A reference to the declared name: what uses it comes after the group. */
  readonly name: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, LogGroup.inspect(this.node.path, props));

    const group = new CloudwatchLogGroup(this, 'Resource', {
      name: plan.name,
      kmsKeyId: plan.key.arn,
      retentionInDays: plan.retention.toDays(),
    });
    this.arn = group.arn;
    this.name = group.name;
  }
}
