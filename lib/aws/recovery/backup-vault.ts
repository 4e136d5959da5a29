import { BackupVault as Vault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { BackupVaultNotifications } from '@cdktf/provider-aws/lib/backup-vault-notifications';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, withDefaults } from '../../check';
import { Duration } from '../../units';
import { AwsAccount } from '../aws-account';
import { policyDocument, type Statement } from '../policy';
import { EncryptionKey } from '../secrets/encryption-key';
import { BACKUP_VAULT_CHECKS } from './backup-vault-checks';
import {
  BACKUP_VAULT_DEFAULTS,
  type BackupVaultLock,
  type BackupVaultPlan,
  type BackupVaultProps,
  type VaultRef,
} from './backup-vault-props';

/** What every resource of the vault is told. */
type Place = { readonly backupVaultName: string; readonly region?: string };

/**
 * A vault whose backups go when their time is over and not before: nobody deletes one by hand, unless named. With a lock,
 * not even whoever takes over the account.
 *
 * A vault of mode `compliance` is for good: `terraform destroy` stops at it, and AWS keeps it, and bills it, until its last
 * backup has expired. Try out everything else first, with no lock or `governance`.
 *
 * @example
 * const copies = new BackupVault(stack, 'Copies', {
 *   name: 'acgs-production-copies',
 *   region: 'us-east-1',
 *   lock: { mode: 'governance', minRetention: Duration.days(7), maxRetention: Duration.days(90) },
 * });
 */
export class BackupVault extends Construct implements VaultRef {
  /** What is wrong with name, lock and policy; makes nothing. */
  static inspect(path: string, props: BackupVaultProps): Finding[] {
    return inspect<BackupVaultPlan>(path, withDefaults(BACKUP_VAULT_DEFAULTS, props), BACKUP_VAULT_CHECKS);
  }

  /** A reference to the declared name: what uses it comes after the vault. */
  readonly name: string;
  readonly arn: string;
  /** ARN of its key, own or given; the keeper of copies in another account must be let in by theirs. */
  readonly keyArn: string;
  /** Region it was declared in, if that is not the stack's. */
  readonly region?: string;
  /** Hold that was declared. */
  readonly lock?: BackupVaultLock;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: BackupVaultProps) {
    super(scope, id);
    const plan: BackupVaultPlan = withDefaults(BACKUP_VAULT_DEFAULTS, props);
    enforce(this, BackupVault.inspect(this.node.path, props));

    const elsewhere = plan.region === undefined ? {} : { region: plan.region };
    const kept = plan.keptOnDestroy ? { lifecycle: { preventDestroy: true } } : {};
    this.keyArn = plan.keyArn ?? this.ownKey(plan).arn;
    const vault = new Vault(this, 'Resource', { ...elsewhere, ...kept, name: plan.name, kmsKeyArn: this.keyArn });
    this.name = vault.name;
    this.arn = vault.arn;
    if (plan.region !== undefined) this.region = plan.region;
    if (plan.lock !== undefined) this.lock = plan.lock;

    const place: Place = { ...elsewhere, backupVaultName: vault.name };
    new BackupVaultPolicy(this, 'Policy', { ...place, policy: policyDocument(this.statements(plan)) });
    if (plan.topicArn !== undefined) {
      new BackupVaultNotifications(this, 'Notifications', {
        ...place,
        snsTopicArn: plan.topicArn,
        backupVaultEvents: [...plan.events],
      });
    }
    if (plan.lock !== undefined) {
      new BackupVaultLockConfiguration(this, 'Lock', { ...place, ...kept, ...lockArguments(plan.lock) });
    }
  }

  private ownKey({ name, region, keptOnDestroy }: BackupVaultPlan): EncryptionKey {
    return new EncryptionKey(this, 'Key', {
      alias: `backup/${name}`,
      description: `Backups in the vault ${name}`,
      users: ['backup'],
      keptOnDestroy,
      ...(region !== undefined && { region }),
    });
  }

  /** Backups that expire are removed by AWS Backup itself, which no policy of the vault stops. */
  private statements({ copiesFrom, deleters }: BackupVaultPlan): Statement[] {
    const { partition } = AwsAccount.of(this);
    const everybody = { AWS: ['*'] };
    return [
      {
        sid: 'NobodyDeletesEarly',
        effect: 'Deny',
        principals: everybody,
        actions: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
        resources: ['*'],
        ...(deleters.length > 0 && { conditions: { ArnNotLike: { 'aws:PrincipalArn': deleters } } }),
      },
      ...(copiesFrom.length === 0
        ? []
        : [
            {
              sid: 'CopiesComeIn',
              principals: { AWS: copiesFrom.map((account) => `arn:${partition}:iam::${account}:root`) },
              actions: ['backup:CopyIntoBackupVault'],
              resources: ['*'],
            },
          ]),
    ];
  }
}

/** Without a number of days, AWS leaves the lock to those who may change the vault. */
function lockArguments({ mode, minRetention, maxRetention, changeableFor = Duration.days(7) }: BackupVaultLock) {
  return {
    ...(minRetention && { minRetentionDays: minRetention.toDays() }),
    ...(maxRetention && { maxRetentionDays: maxRetention.toDays() }),
    ...(mode === 'compliance' && { changeableForDays: changeableFor.toDays() }),
  };
}
