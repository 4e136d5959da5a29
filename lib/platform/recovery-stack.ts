import { type App, TerraformStack } from 'cdktf';
import {
  AutomatedBackupsReplication,
  AwsAccount,
  BackupBucket,
  BackupPlan,
  BackupVault,
  type EksCluster,
  PodIdentityAssociation,
  RecoveryDrillReminder,
} from '../aws';
import type { Finding } from '../check';
import { inspectRecoveryRunbook, recoveryRunbook, standbyRunbook } from '../config';
import {
  declaredRecovery,
  type EnvironmentSpec,
  inspectBackups,
  inspectRecovery,
  type PlatformSpec,
  RECOVERY_RUNBOOK,
  writersIn,
} from '../model';
import { EnvironmentStack } from './environment-stack';
import type { FileTree } from './output/file-tree';
import { planBackupPlans, planBackupsElsewhere, planClusterBackups, planDrill } from './plan/plan-recovery';
import { planRecoveryRunbook, planStandbyRunbook, runbookFile, runbookTitle } from './plan/plan-runbook';
import {
  type BackedUp,
  isBackedUp,
  plannedRecoveryPlace,
  plannedVaults,
  planVaults,
  type RecoveryPlace,
} from './plan/plan-vaults';
import { planVelero } from './plan/plan-velero';

/** All that is wrong with backups and what they promise; makes nothing. */
export function inspectRecoveryOf(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  if (!isBackedUp(environment)) return [];
  const declared = inspectBackups(path, platform, environment);
  // Names and regions that are none would be told again by everything made of them.
  if (declared.some(({ prop, severity }) => severity === 'error' && prop.startsWith('backups.'))) return declared;
  return [...declared, ...inspectParts(path, platform, environment), ...inspectPromises(path, platform, environment)];
}

function inspectParts(path: string, platform: PlatformSpec, environment: BackedUp): Finding[] {
  const place = plannedRecoveryPlace(environment);
  const { own, copies } = planVaults(platform, environment);
  const plans = planBackupPlans(platform, environment, plannedVaults(platform, environment, place), place);
  const drill = planDrill(platform, environment, runbookTitle(platform, environment), place);
  return [
    ...BackupVault.inspect(`${path}/Vault`, own),
    ...BackupVault.inspect(`${path}/Copies`, copies),
    ...Object.entries(plans).flatMap(([id, plan]) => BackupPlan.inspect(`${path}/${id}`, plan)),
    ...Object.entries(planBackupsElsewhere(platform, environment, place)).flatMap(([name, plan]) =>
      AutomatedBackupsReplication.inspect(`${path}/Elsewhere-${name}`, plan),
    ),
    ...BackupBucket.inspect(`${path}/ClusterBackups`, planClusterBackups(platform, environment)),
    ...(drill ? RecoveryDrillReminder.inspect(`${path}/Drill`, drill) : []),
  ];
}

/** What is claimed of each database that takes writes, against what is promised. */
const inspectPromises = (path: string, platform: PlatformSpec, environment: BackedUp): Finding[] =>
  writersIn(platform, environment).flatMap((database) => [
    ...inspectRecovery(
      `${path}/${database.name}`,
      declaredRecovery(platform, environment, environment.backups, database),
    ),
    ...inspectRecoveryRunbook(`${path}/${database.name}`, planRecoveryRunbook(platform, environment, database)),
  ]);

/**
 * Vaults, plans and buckets of an environment, if it declares backups. Everything that it covers is known by name; what must
 * stand first is applied first.
 *
 * @param data Stack of what is backed up.
 */
export function buildRecovery(
  app: App,
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  data: EnvironmentStack,
): void {
  if (!isBackedUp(environment)) return;
  const stack = new EnvironmentStack(app, platform, environment, 'recovery');
  stack.addDependency(data);
  const place = placeOf(stack);
  const planned = planVaults(platform, environment);
  const vaults = {
    own: new BackupVault(stack, 'Vault', planned.own),
    copies: new BackupVault(stack, 'Copies', planned.copies),
  };
  for (const [id, plan] of Object.entries(planBackupPlans(platform, environment, vaults, place))) {
    new BackupPlan(stack, id, plan);
  }
  for (const [name, plan] of Object.entries(planBackupsElsewhere(platform, environment, place))) {
    new AutomatedBackupsReplication(stack, `Elsewhere-${name}`, plan);
  }
  new BackupBucket(stack, 'ClusterBackups', planClusterBackups(platform, environment));
  const drill = planDrill(platform, environment, runbookTitle(platform, environment), place);
  if (drill) new RecoveryDrillReminder(stack, 'Drill', drill);
}

/** The identity of Velero in a cluster that has backups, or stands by for one that has. */
export function buildVelero(platform: PlatformSpec, environment: EnvironmentSpec, cluster: EksCluster): void {
  const stack = TerraformStack.of(cluster);
  const identity = planVelero(platform, environment, placeOf(stack));
  if (identity) new PodIdentityAssociation(stack, 'Velero', { ...identity, clusterName: cluster.name });
}

function placeOf(stack: TerraformStack): RecoveryPlace {
  const account = AwsAccount.of(stack);
  return {
    partition: account.partition,
    arn: (service, resource, region) => account.arn(service, resource, region),
  };
}

/**
 * What people do when something is lost, with the names of the environment: a file for each database that takes writes, and for
 * an environment that waits a note where that is.
 */
export function runbooks(platform: PlatformSpec, environment: EnvironmentSpec): FileTree {
  if (!isBackedUp(environment)) return new Map();
  const { standbyFor } = environment;
  const writers = writersIn(platform, environment);
  if (writers.length === 0 && standbyFor !== undefined) {
    return new Map([[RECOVERY_RUNBOOK, standbyRunbook(planStandbyRunbook(platform, environment, standbyFor))]]);
  }
  return new Map(
    writers.map((database, index) => [
      runbookFile(index, database.name),
      recoveryRunbook(planRecoveryRunbook(platform, environment, database)),
    ]),
  );
}
