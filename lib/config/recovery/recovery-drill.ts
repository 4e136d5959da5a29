import { newestBackup } from './cluster-backups';
import type { RecoveryRunbookProps } from './recovery-runbook-props';
import {
  awaitInstance,
  awsIn,
  GIVEN_SURROUNDINGS,
  keep,
  keepSurroundings,
  type RecoveryStep,
  recoverySection,
  restoreBeside,
  SURROUNDINGS,
  showNewest,
} from './recovery-step';

/** Backups of the database as they arrived in the other region. */
const arrived = ({ database }: RecoveryRunbookProps): string =>
  `rds describe-db-instance-automated-backups --db-instance-identifier ${database}`;

/**
 * Restoring the replicated backups under another name, in the network of an instance beside them; without one, in a network
 * that is given by hand.
 */
export const restoreElsewhere = (props: RecoveryRunbookProps, target: string): string[] => {
  const { copyRegion: region, replica } = props;
  return [
    keep('BACKUPS', region, arrived(props), 'DBInstanceAutomatedBackups[0].DBInstanceAutomatedBackupsArn'),
    ...(replica === undefined ? GIVEN_SURROUNDINGS : keepSurroundings(replica, region)),
    awsIn(
      region,
      `rds restore-db-instance-to-point-in-time --source-db-instance-automated-backups-arn "$BACKUPS" --target-db-instance-identifier ${target} --use-latest-restorable-time ${SURROUNDINGS}`,
    ),
    awaitInstance(target, region),
  ];
};

const lag = (replica: string, region: string): string =>
  awsIn(
    region,
    `cloudwatch get-metric-statistics --namespace AWS/RDS --metric-name ReplicaLag --dimensions Name=DBInstanceIdentifier,Value=${replica} --statistics Maximum --period 86400 --start-time "$(date -u -d '1 day ago' +%FT%TZ)" --end-time "$(date -u +%FT%TZ)"`,
  );

/** Restored where it can be reached: beside the replica, or without one beside the database itself. */
const rehearsal = (props: RecoveryRunbookProps, drill: string): RecoveryStep[] => {
  const { replica, copyRegion, database, region } = props;
  if (replica === undefined) {
    return [
      {
        what: 'Restore a database beside the one that serves, and wait for it: the time is `restore`.',
        run: [
          ...keepSurroundings(database, region),
          ...restoreBeside(database, drill, region, '--use-latest-restorable-time'),
        ],
      },
    ];
  }
  return [
    {
      what: 'See how far the replica was behind, at worst, in the last day (seconds).',
      run: [lag(replica, copyRegion)],
    },
    {
      what: 'Restore a database beside the replica, and wait for it: the time is `restore`.',
      run: restoreElsewhere(props, drill),
    },
  ];
};

const lockedCopies = ({ lockedCopies: copies }: RecoveryRunbookProps): RecoveryStep[] =>
  copies === undefined
    ? []
    : [
        {
          what: `With credentials of account ${copies.accountId}: see that copies arrived in ${copies.vault}, restore the newest there, and see that deleting it is refused.`,
          run: [showNewest(copies.vault, copies.region)],
        },
      ];

/** Kinds that can be restored beside the real ones: nothing follows from them. */
const HARMLESS = ['configmaps', 'serviceaccounts', 'networkpolicies.networking.k8s.io', 'poddisruptionbudgets.policy'];

/** What is done each quarter: everything but the switch of users, beside what runs. */
export function drillSection(props: RecoveryRunbookProps): string {
  const { environment, standby, replica, copyRegion, region, vaults, clusterBackups, namespace } = props;
  // A name that no real instance has, so that a slip deletes nothing but the drill's.
  const drill = `${props.database}-drill`;
  return recoverySection(
    'Drill, each quarter',
    'Nothing here promotes the replica or moves users: a promoted replica follows no more. Note the time before and after each step.',
    [
      {
        what: `See how old the replicated backups are: now minus the printed time is what a restore in ${copyRegion} would lose, \`logUpload\` and \`logCopy\`.`,
        run: [
          awsIn(
            copyRegion,
            `${arrived(props)} --query 'DBInstanceAutomatedBackups[0].RestoreWindow.LatestTime' --output text`,
          ),
        ],
      },
      ...rehearsal(props, drill),
      { what: 'Log in to it, count rows of the largest tables and read the newest one; compare with production.' },
      {
        what: `See that copies arrived in ${vaults.copies} within the last interval of the plan; \`backup\` and \`copy\` are the times of the jobs.`,
        run: [showNewest(vaults.copies, copyRegion)],
      },
      ...lockedCopies(props),
      {
        what: `In the cluster of ${standby?.environment ?? environment}: restore of the newest backup in ${standby ? clusterBackups.copy : clusterBackups.bucket} what starts nothing, under another name: pods of a copy would work on the real stores, and their targets would get users.`,
        run: [
          newestBackup(clusterBackups.schedule),
          `velero restore create drill --from-backup "$BACKUP" --namespace-mappings ${namespace}:${namespace}-drill --include-resources ${HARMLESS.join(',')} --wait`,
          'velero restore describe drill --details',
        ],
      },
      ...(standby === undefined
        ? []
        : [
            {
              what: `Grow the services of ${standby.environment} to the minimum of ${environment} and back: the time is \`podStart\`.`,
            },
          ]),
      {
        what: 'Remove what the drill made, and only that.',
        run: [
          awsIn(
            replica === undefined ? region : copyRegion,
            `rds delete-db-instance --db-instance-identifier ${drill} --skip-final-snapshot --delete-automated-backups`,
          ),
          'velero restore delete drill --confirm',
          `kubectl delete namespace ${namespace}-drill`,
        ],
      },
      {
        what: 'Put the times into `measured` of the declaration. Where a claim then fails its check, that is what the drill found.',
      },
    ],
  );
}
