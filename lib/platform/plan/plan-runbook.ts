import { type RecoveryRunbookProps, recoveryRunbookTitle, type StandbyRunbookProps } from '../../config';
import {
  clusterBackupBucket,
  clusterBackupCopy,
  clusterBackupSchedule,
  copyVaultName,
  databaseIdentifier,
  declaredRecovery,
  isFailedOver,
  type PlatformSpec,
  RECOVERY_RUNBOOK,
  recoveryObjectives,
  regionalName,
  type Successor,
  successorOf,
  vaultName,
  type WriterSpec,
} from '../../model';
import type { BackedUp } from './plan-vaults';

/**
 * Opens the gate by what the health check looks like, not by its id, which the state knows alone: inverted it is closed, and of
 * those that ask the standby it is the disabled one.
 */
const openGate = ({ domain }: BackedUp, { environment }: Successor): string => {
  const isGate = `HealthCheckConfig.FullyQualifiedDomainName=='${regionalName(environment.region, domain)}' && HealthCheckConfig.Disabled`;
  const id = `$(aws route53 list-health-checks --query "HealthChecks[?${isGate}].Id | [0]" --output text)`;
  return `aws route53 update-health-check --health-check-id "${id}" --no-inverted`;
};

const successorNames = (platform: PlatformSpec, environment: BackedUp, successor: Successor) => ({
  standby: {
    environment: successor.environment.name,
    region: successor.environment.region,
    ...(successor.environment.standbyFor === undefined && { reads: true }),
  },
  ...(successor.replica && {
    replica: databaseIdentifier(platform.name, successor.environment.name, successor.replica.name),
  }),
  ...(isFailedOver(platform, environment) && { openGate: openGate(environment, successor) }),
});

/** The runbook of one database that takes writes, in the names of its environment and of what takes over. */
export function planRecoveryRunbook(
  platform: PlatformSpec,
  environment: BackedUp,
  database: WriterSpec,
): RecoveryRunbookProps {
  const { name, region, account, namespace, domain, backups, edge } = environment;
  const { copyRegion, otherAccount } = backups;
  const successor = successorOf(platform, environment, database.name);
  return {
    platform: platform.name,
    environment: name,
    region,
    copyRegion,
    ...(successor && successorNames(platform, environment, successor)),
    database: databaseIdentifier(platform.name, name, database.name),
    vaults: { own: vaultName(platform.name, name), copies: copyVaultName(platform.name, name) },
    ...(otherAccount && { lockedCopies: { accountId: otherAccount.id, region, vault: otherAccount.vault } }),
    clusterBackups: {
      bucket: clusterBackupBucket(platform.name, name, account),
      copy: clusterBackupCopy(platform.name, name, account, copyRegion),
      schedule: clusterBackupSchedule(name),
    },
    host: domain,
    ...(edge && { path: edge.healthPath }),
    namespace,
    objectives: recoveryObjectives(declaredRecovery(platform, environment, backups, database)),
  };
}

/** File of the runbook of a database, by its place among those of its environment that take writes. */
export const runbookFile = (place: number, database: string): string =>
  place === 0 ? RECOVERY_RUNBOOK : RECOVERY_RUNBOOK.replace('.md', `-${database}.md`);

/** The note of an environment that waits. */
export const planStandbyRunbook = (
  { name }: PlatformSpec,
  environment: BackedUp,
  original: string,
): StandbyRunbookProps => ({
  platform: name,
  environment: environment.name,
  original,
  runbook: `../${original}/${RECOVERY_RUNBOOK}`,
});

/** By which the reminder names the runbook. */
export const runbookTitle = ({ name }: PlatformSpec, environment: BackedUp): string =>
  recoveryRunbookTitle({ platform: name, environment: environment.name });
