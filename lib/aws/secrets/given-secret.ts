import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, withDefaults } from '../../check';
import { Duration } from '../../units';
import type { EncryptionKey } from './encryption-key';
import { isRecoveryWindow, RECOVERY_WINDOW_RULE } from './recovery-window';

/** A place for what somebody else gives: keys of services that are not ours. */
export interface GivenSecretProps {
  /** Full name in Secrets Manager, known before anything is created: `acgs/production/alerting/receivers`. */
  readonly name: string;
  /** What must be put in, in which form, for whoever finds it in the console. */
  readonly description: string;
  /** Key of the secret; whoever reads it must be allowed to decrypt with it. */
  readonly key: EncryptionKey;
  /**
   * Time in which the deleted secret can be restored; its name stays taken (whole days, 7-30). 0 days delete at once.
   * @default Duration.days(30)
   */
  readonly recoveryWindow?: Duration;
}

type Plan = Required<GivenSecretProps>;

const planned = (props: GivenSecretProps): Plan => withDefaults({ recoveryWindow: Duration.days(30) }, props);

/** What is asked of name, description and recovery window. */
export const GIVEN_SECRET_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'given-secret-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[\w/+=.@-]{1,512}$/.test(name),
    rule: 'must be 1-512 letters, digits and / _ + = . @ -',
    remedy: 'use a path such as acgs/production/alerting/receivers',
  },
  {
    id: 'given-secret-says-what-to-put-in',
    prop: 'description',
    holds: ({ description }) => description.trim() !== '' && description.length <= 2048,
    rule: 'must be 1-2048 characters',
    remedy: 'name the fields of its JSON, and who has their values',
  },
  {
    id: 'given-secret-recovery-is-offered',
    prop: 'recoveryWindow',
    holds: ({ recoveryWindow }) => isRecoveryWindow(recoveryWindow),
    rule: RECOVERY_WINDOW_RULE,
    remedy: 'use 30 days, or 0 where the name must be free at once',
  },
];

/**
 * A secret that Terraform makes room for and never sees: a person puts the value in once, and it stays when the stack is
 * applied again. What follows it waits until then.
 *
 * @example
 * new GivenSecret(stack, 'Receivers', {
 *   name: 'acgs/production/alerting/receivers',
 *   description: 'JSON with pagerduty-routing-key, slack-url and smtp-password',
 *   key,
 * });
 */
export class GivenSecret extends Construct {
  /** What is wrong with name, description and recovery window; makes nothing. */
  static inspect(path: string, props: GivenSecretProps): Finding[] {
    return inspect(path, planned(props), GIVEN_SECRET_CHECKS);
  }

  /** As declared, known at synthesis, so that manifests can repeat it. */
  readonly name: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: GivenSecretProps) {
    super(scope, id);
    const { name, description, key, recoveryWindow } = planned(props);
    enforce(this, GivenSecret.inspect(this.node.path, props));
    new SecretsmanagerSecret(this, 'Resource', {
      name,
      description,
      kmsKeyId: key.arn,
      recoveryWindowInDays: recoveryWindow.toDays(),
    });
    this.name = name;
  }
}
