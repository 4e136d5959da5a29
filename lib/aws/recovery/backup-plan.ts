import { type BackupPlanRule, BackupPlan as Plan } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, withDefaults } from '../../check';
import { ServiceRole } from '../service-role';
import { BACKUP_PLAN_CHECKS } from './backup-plan-checks';
import {
  BACKUP_PLAN_DEFAULTS,
  type BackupPlanPlan,
  type BackupPlanProps,
  type BackupTarget,
} from './backup-plan-props';
import { backupCron } from './backup-schedule';

const SERVICE = 'backup.amazonaws.com';

/**
 * Backups of what is named, at the same times each day, kept as long as told, with copies elsewhere. They come on top of
 * RDS' automated backups: a copy is as old as the interval and its own way, so it serves when everything else is gone.
 *
 * AWS Backup cannot: take a backup of a replica that follows its primary (back up the primary, or the replica once promoted);
 * take a copy that returns to any second; copy what is encrypted with an AWS managed key to another account. For such a copy
 * the key of the database lets the other account in, and both are in one organization with cross-account backup switched on.
 * A volume is backed up as it is at that moment, as after a power cut.
 *
 * @example
 * new BackupPlan(stack, 'Backups', {
 *   name: 'acgs-production',
 *   vault: new BackupVault(stack, 'Vault', { name: 'acgs-production' }),
 *   copies: [{ to: new BackupVault(stack, 'Copies', { name: 'acgs-production-copies', region: 'us-east-1' }) }],
 *   targets: { Databases: { arns: [database.arn] } },
 * });
 */
export class BackupPlan extends Construct {
  /** What is wrong with times, copies and targets; makes nothing. */
  static inspect(path: string, props: BackupPlanProps): Finding[] {
    return inspect<BackupPlanPlan>(path, withDefaults(BACKUP_PLAN_DEFAULTS, props), BACKUP_PLAN_CHECKS);
  }

  readonly arn: string;
  /** Role that restores are started with; it can take no backups. */
  readonly restoreRoleArn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    const plan: BackupPlanPlan = withDefaults(BACKUP_PLAN_DEFAULTS, props);
    enforce(this, BackupPlan.inspect(this.node.path, props));

    const place = plan.vault.region === undefined ? {} : { region: plan.vault.region };
    const role = new ServiceRole(this, 'Role', {
      service: SERVICE,
      description: `Takes the backups of ${plan.name}`,
      managedPolicies: ['service-role/AWSBackupServiceRolePolicyForBackup'],
    });
    const restoring = new ServiceRole(this, 'RestoreRole', {
      service: SERVICE,
      description: `Restores backups of ${plan.name}`,
      managedPolicies: ['service-role/AWSBackupServiceRolePolicyForRestores'],
    });
    const made = new Plan(this, 'Resource', { ...place, name: plan.name, rule: [rule(plan)] });
    this.arn = made.arn;
    this.restoreRoleArn = restoring.arn;

    for (const [name, target] of Object.entries(plan.targets)) {
      new BackupSelection(this, name, {
        ...place,
        name,
        planId: made.id,
        iamRoleArn: role.arn,
        resources: [...target.arns],
        ...conditions(target),
        dependsOn: [...role.grants],
      });
    }
  }
}

function rule(plan: BackupPlanPlan): BackupPlanRule {
  return {
    ruleName: 'scheduled',
    targetVaultName: plan.vault.name,
    schedule: backupCron(plan),
    scheduleExpressionTimezone: 'Etc/UTC',
    startWindow: plan.startWithin.toMinutes(),
    completionWindow: plan.completeWithin.toMinutes(),
    lifecycle: { deleteAfter: plan.retention.toDays() },
    recoveryPointTags: { plan: plan.name },
    ...(plan.continuous && { enableContinuousBackup: true }),
    copyAction: plan.copies.map(({ to, retention = plan.retention }) => ({
      destinationVaultArn: to.arn,
      lifecycle: { deleteAfter: retention.toDays() },
    })),
  };
}

/** Tags that must all be there; tags of a selection itself would do one by one. */
const conditions = ({ tags = {} }: BackupTarget) =>
  Object.keys(tags).length === 0
    ? {}
    : {
        condition: [
          {
            stringEquals: Object.entries(tags).map(([key, value]) => ({ key: `aws:ResourceTag/${key}`, value })),
          },
        ],
      };
