import { restoreObjects } from './cluster-backups';
import type { RecoveryRunbookProps } from './recovery-runbook-props';
import { awsIn, keepSurroundings, recoverySection, restoreBeside, showInstance, showNewest } from './recovery-step';
import { regionLoss } from './region-loss';
import { stopped, working } from './running-platform';

const zoneLoss = (props: RecoveryRunbookProps): string =>
  recoverySection('Loss of a zone', `RDS fails over by itself, and pods start in other zones of ${props.region}.`, [
    { what: 'See that the database answers from another zone.', run: [showInstance(props.database, props.region)] },
    { what: 'See that the platform works.', run: working(props) },
  ]);

const corruption = (props: RecoveryRunbookProps): string => {
  const { region, database, vaults } = props;
  const restored = `${database}-restored`;
  const rename = (from: string, to: string): string =>
    awsIn(
      region,
      `rds modify-db-instance --db-instance-identifier ${from} --new-db-instance-identifier ${to} --apply-immediately`,
    );
  return recoverySection(
    'Corruption or deletion',
    'The replica has the damage, too. The database goes back to the moment before it; what was written since is put back by hand, or lost.',
    [
      {
        what: 'Find the moment: logs of the database, of the services and of CloudTrail. Stop what writes.',
        run: stopped(props),
      },
      {
        what: 'Restore beside the damaged instance, which stays for whoever looks into it.',
        run: [
          "MOMENT='<just before, such as 2026-01-31T12:34:56Z>'",
          ...keepSurroundings(database, region),
          ...restoreBeside(database, restored, region, '--restore-time "$MOMENT" --multi-az --deletion-protection'),
        ],
      },
      {
        what: `If the instance is deleted: its automated backups were kept; restore them with \`--source-dbi-resource-id\`. Snapshots are in ${vaults.own}.`,
        run: [
          awsIn(region, `rds describe-db-instance-automated-backups --db-instance-identifier ${database}`),
          showNewest(vaults.own, region),
        ],
      },
      {
        what: `Rename the damaged instance away, and ${restored} to ${database}: addresses stay as they are.`,
        run: [rename(database, `${database}-damaged`), rename(restored, database)],
      },
      {
        what: "Terraform's state still means the damaged instance: `terraform state rm` it, `terraform import` the restored one under the same address, and apply only once `terraform plan` replaces nothing. A replica follows the damaged one: it is made anew.",
      },
      restoreObjects(props),
      { what: 'Start Argo CD again, and see that the platform works.', run: [started, ...working(props)] },
    ],
  );
};

const started = 'kubectl --namespace argocd scale statefulset argocd-application-controller --replicas=1';

const accountLoss = (props: RecoveryRunbookProps): string => {
  const { environment, lockedCopies } = props;
  const title = 'Loss of the account';
  if (lockedCopies === undefined)
    return recoverySection(title, 'Nothing is declared that survives it.', [
      { what: 'Declare a locked copy in another account, before it is needed.' },
    ]);
  const { accountId, region, vault } = lockedCopies;
  return recoverySection(
    title,
    `Only what is in account ${accountId} is left: backups as old as the interval of the plan and their way there.`,
    [
      { what: `With credentials of account ${accountId}: find the newest copy.`, run: [showNewest(vault, region)] },
      { what: `Deploy ${environment} there from Git: bootstrap, network and cluster, not yet the data.` },
      {
        what: 'Restore the database of the copy, with the network of what was just deployed, and import it into the state.',
        run: [
          "POINT='<the ARN that step 1 printed>'; ROLE='<the restore role of that account>'",
          awsIn(
            region,
            `backup get-recovery-point-restore-metadata --backup-vault-name ${vault} --recovery-point-arn "$POINT" --query RestoreMetadata > metadata.json`,
          ),
          'vi metadata.json',
          awsIn(
            region,
            'backup start-restore-job --recovery-point-arn "$POINT" --iam-role-arn "$ROLE" --metadata file://metadata.json',
          ),
        ],
      },
      { what: 'Make all passwords and keys anew: those of the lost account are in other hands.' },
      {
        what: 'See that the platform works. The zone of the host is lost, too, if the account held it: make it anew, and give its name servers to the registrar.',
        run: working(props),
      },
    ],
  );
};

/** What is done for real, from the smallest loss to the largest. */
export const scenarioSections = (props: RecoveryRunbookProps): string[] =>
  [zoneLoss, regionLoss, corruption, accountLoss].map((section) => section(props));
