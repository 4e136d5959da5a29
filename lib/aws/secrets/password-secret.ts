import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isWholeWithin, withDefaults } from '../../check';
import { Duration } from '../../units';
import type { EncryptionKey } from './encryption-key';
import { EphemeralPassword } from './ephemeral-password';
import { isRecoveryWindow, RECOVERY_WINDOW_RULE } from './recovery-window';

/** A secret as declared: its name, its key and the version of its password. */
export interface PasswordSecretProps {
  /** Full name in Secrets Manager, known before anything is created: `acgs/production/cache/auth`. */
  readonly name: string;
  /** Who uses it for what, for whoever finds it in the console. */
  readonly description: string;
  /** Key of the secret; whoever reads it must be allowed to decrypt with it. */
  readonly key: EncryptionKey;
  /** Raise it to draw a new password (whole number, 1 or more). @default 1 */
  readonly version?: number;
  /**
   * Time in which the deleted secret can be restored; its name stays taken (whole days, 7-30). 0 days delete at once: the
   * name is free again, and after a slip nothing brings the password back.
   * @default Duration.days(30)
   */
  readonly recoveryWindow?: Duration;
}

type Plan = Required<PasswordSecretProps>;

const DEFAULTS = { version: 1, recoveryWindow: Duration.days(30) } as const;

const planned = (props: PasswordSecretProps): Plan => withDefaults(DEFAULTS, props);

/** What is asked of name, version and recovery window. */
export const PASSWORD_SECRET_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'password-secret-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[\w/+=.@-]{1,512}$/.test(name),
    rule: 'must be 1-512 letters, digits and / _ + = . @ -',
    remedy: 'use a path such as acgs/production/cache/auth',
  },
  {
    id: 'password-secret-version-counts',
    prop: 'version',
    holds: ({ version }) => isWholeWithin(version, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be a whole number from 1',
    remedy: 'raise it by one for each new password',
  },
  {
    id: 'password-secret-recovery-is-offered',
    prop: 'recoveryWindow',
    holds: ({ recoveryWindow }) => isRecoveryWindow(recoveryWindow),
    rule: RECOVERY_WINDOW_RULE,
    remedy: 'use 30 days, or 0 where the name must be free at once',
  },
];

/**
 * A password under a declared name, for something inside the cluster that External Secrets brings it to. Terraform draws and
 * sends it once a version, and keeps no copy. The secret is JSON with the one field `password`.
 *
 * @example
 * new PasswordSecret(stack, 'CachePassword', {
 *   name: 'acgs/production/cache/auth',
 *   description: 'Services of acgs log into their cache with it',
 *   key,
 * });
 */
export class PasswordSecret extends Construct {
  /** What is wrong with name, version and recovery window; makes nothing. */
  static inspect(path: string, props: PasswordSecretProps): Finding[] {
    return inspect(path, planned(props), PASSWORD_SECRET_CHECKS);
  }

  /** As declared, known at synthesis, so that manifests can repeat it. */
  readonly name: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: PasswordSecretProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, PasswordSecret.inspect(this.node.path, props));

    const secret = new SecretsmanagerSecret(this, 'Resource', {
      name: plan.name,
      description: plan.description,
      kmsKeyId: plan.key.arn,
      recoveryWindowInDays: plan.recoveryWindow.toDays(),
    });
    new SecretsmanagerSecretVersion(this, 'Content', {
      secretId: secret.id,
      secretStringWo: Fn.jsonencode({ password: new EphemeralPassword(this, 'Password').result }),
      secretStringWoVersion: plan.version,
    });
    this.name = plan.name;
  }
}
