import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isWholeWithin, withDefaults } from '../../check';
import { Duration } from '../../units';
import { contentVersion } from '../database/postgres-secret';
import type { EncryptionKey } from './encryption-key';
import { EphemeralPassword } from './ephemeral-password';
import { isRecoveryWindow, RECOVERY_WINDOW_RULE } from './recovery-window';

/** What a secret says beside its password: text, numbers and references, by the name of a file that a client finds. */
export type SecretFields = Readonly<Record<string, string | number>>;

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
  /**
   * What the secret says beside the password: `{ host, port, nodes }` of a cache (letters, digits, `_` and `-`; not
   * `password`). A change sends the content anew, and with it a newly drawn password.
   * @default - the password alone
   */
  readonly fields?: SecretFields;
  /** The password, if something else draws or keeps it: an ephemeral value. @default - drawn for each version */
  readonly password?: { readonly result: string };
  /** Addresses of attributes whose change sends the content anew: `aws_elasticache_replication_group.x.arn`. @default - none */
  readonly renewedBy?: readonly string[];
}

type Optional = 'password';
type Plan = Required<Omit<PasswordSecretProps, Optional>> & Pick<PasswordSecretProps, Optional>;

const DEFAULTS = { version: 1, recoveryWindow: Duration.days(30), fields: {}, renewedBy: [] } as const;

const planned = (props: PasswordSecretProps): Plan => withDefaults(DEFAULTS, props);

/** Names that would be no file, or would stand in the place of the password. */
const wrongFields = (fields: SecretFields): string[] =>
  Object.keys(fields).filter((name) => !/^[A-Za-z][\w-]*$/.test(name) || name === 'password');

/** What is asked of name, version, recovery window and fields. */
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
  {
    id: 'password-secret-fields-are-named',
    prop: 'fields',
    holds: ({ fields }) => wrongFields(fields).length === 0,
    rule: "must be named by letters, digits, '_' or '-', a letter first, and not password",
    received: ({ fields }) => wrongFields(fields),
    remedy: 'use names such as host, port and nodes',
  },
];

/** What can be told at synthesis; what a reference stands for is known to Terraform alone. */
const fact = (value: string | number): string | number => (Token.isUnresolved(value) ? 'reference' : value);

/** Changes with the version and with every field that can be told. */
const versionOf = ({ version, fields }: Plan): number =>
  Object.keys(fields).length === 0
    ? version
    : contentVersion(version, ...Object.entries(fields).flatMap(([name, value]) => [name, fact(value)]));

/**
 * A password under a declared name, for something inside the cluster that External Secrets brings it to. Terraform draws and
 * sends it once a version, and keeps no copy. The secret is JSON with the declared fields and `password`.
 *
 * The provider reads the value whenever it refreshes, and throws it away: planning takes `secretsmanager:GetSecretValue` and
 * `kms:Decrypt`, so that whoever may plan a stack can read its secrets. Later releases list versions instead, but an
 * `EphemeralSecretPassword` of the same stack still reads.
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
  /** The version that holds the content, a reference: another one whenever the content is sent anew. */
  readonly versionId: string;
  /** Address of that version's id, for the `renewedBy` of what follows it. */
  readonly versionAddress: string;

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
    const password = plan.password ?? new EphemeralPassword(this, 'Password');
    const content = new SecretsmanagerSecretVersion(this, 'Content', {
      secretId: secret.id,
      secretStringWo: Fn.jsonencode({ ...plan.fields, password: password.result }),
      secretStringWoVersion: versionOf(plan),
      ...(plan.renewedBy.length > 0 && { lifecycle: { replaceTriggeredBy: [...plan.renewedBy] } }),
    });
    this.name = plan.name;
    this.versionId = content.versionId;
    this.versionAddress = `aws_secretsmanager_secret_version.${content.friendlyUniqueId}.version_id`;
  }
}
