import type { RecoveryRunbookProps } from './recovery-runbook-props';
import type { RecoveryStep } from './recovery-step';

/** Finds the newest backup of a schedule that is complete; a moment limits it to those from before. */
export const newestBackup = (schedule: string, before?: string): string => {
  const moment = before === undefined ? '' : ` --arg moment "${before}"`;
  const earlier = before === undefined ? '' : ' and .status.startTimestamp < $moment';
  return `BACKUP=$(velero backup get --selector velero.io/schedule-name=${schedule} --output json | jq --raw-output${moment} '[(.items // [.])[] | select(.status.phase == "Completed"${earlier})] | sort_by(.status.startTimestamp) | last | .metadata.name')`;
};

/**
 * What was deleted comes back, with the disks that were kept; what stands is left as it is. Objects that are declared come from
 * Git anyway, secrets from where they are kept, and what is on a lost disk from the snapshots of AWS Backup.
 */
export const restoreObjects = ({ namespace, clusterBackups }: RecoveryRunbookProps): RecoveryStep => ({
  what: `Objects of the cluster that are missing and in no repository: restore them from the newest backup before the moment, in ${clusterBackups.bucket}. What stands is left as it is.`,
  run: [
    newestBackup(clusterBackups.schedule, '$MOMENT'),
    `velero restore create --from-backup "$BACKUP" --include-namespaces ${namespace} --existing-resource-policy none --wait`,
  ],
});
