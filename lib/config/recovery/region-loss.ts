import { restoreElsewhere } from './recovery-drill';
import type { RecoveryRunbookProps } from './recovery-runbook-props';
import { awaitInstance, awsIn, type RecoveryStep, recoverySection, showInstance, showNewest } from './recovery-step';
import { stopped, working } from './running-platform';

/** Declared nowhere yet: what is built is written down first, and stands in the region of the copies. */
const buildElsewhere = (props: RecoveryRunbookProps): string => {
  const { environment, region, copyRegion, database, vaults } = props;
  return recoverySection(
    'Loss of a region',
    `Nothing stands by. ${environment} is built anew in ${copyRegion} from its declaration, and its database restored there.`,
    [
      { what: `Decide. What was written in ${region} and not yet copied is given up.` },
      {
        what: `Declare a copy of ${environment} in ${copyRegion}, with zones, address range, registry and state of that region, and deploy its network and cluster.`,
      },
      {
        what: `Restore the replicated backups in its network; if they are gone, the newest copy in ${vaults.copies}.`,
        run: [...restoreElsewhere(props, `${database}-restored`), showNewest(vaults.copies, copyRegion)],
      },
      {
        what: 'Import what was restored into the state of its data stack, and apply once `terraform plan` replaces nothing.',
      },
      { what: 'See that its pods are ready and take writes.', run: working(props).slice(0, 1) },
      moveUsers(props),
      { what: 'See that users arrive.', run: working(props).slice(1) },
    ],
  );
};

const moveUsers = ({ openGate, host }: RecoveryRunbookProps): RecoveryStep =>
  openGate === undefined
    ? { what: `Lead ${host} to the new door: its name is declared elsewhere.` }
    : { what: 'Open the gate, so that DNS may send users there.', run: [openGate.trim()] };

/** Going on in another region: where somebody stands by, or where nothing is yet. */
export const regionLoss = (props: RecoveryRunbookProps): string => {
  const { region, standby, replica, namespace } = props;
  if (standby === undefined) return buildElsewhere(props);
  return recoverySection(
    'Loss of a region',
    `${standby.environment} in ${standby.region} takes over. Users are moved last: never before the database takes writes.`,
    [
      { what: `Decide. What was written in ${region} and not yet copied is given up.` },
      {
        what: `If ${region} still answers: stop what writes there, so that nobody writes to both.`,
        run: stopped(props),
      },
      ...(replica === undefined
        ? [{ what: 'Restore the replicated backups.', run: restoreElsewhere(props, `${props.database}-restored`) }]
        : promotion(props, replica, standby)),
      {
        what: 'See that its pods are ready and take writes.',
        run: [`kubectl --namespace ${namespace} wait pods --all --for=condition=Ready --timeout=15m`],
      },
      moveUsers(props),
      { what: 'See that users arrive.', run: working(props).slice(1) },
    ],
  );
};

type Standby = NonNullable<RecoveryRunbookProps['standby']>;

const promotion = (props: RecoveryRunbookProps, replica: string, standby: Standby): RecoveryStep[] => [
  {
    what: 'Promote the replica.',
    run: [
      awsIn(standby.region, `rds promote-read-replica --db-instance-identifier ${replica}`),
      awaitInstance(replica, standby.region),
      showInstance(replica, standby.region),
    ],
  },
  {
    what: 'If the replica is damaged or gone, restore the replicated backups instead.',
    run: restoreElsewhere(props, `${replica}-restored`),
  },
  {
    what: `Declare \`promoted: true\` for the replica of ${standby.environment} and deploy its data stack, then its recovery stack, which backs it up from there on: state, keys and images are in ${standby.region}.`,
  },
  ...(standby.reads === true
    ? [
        {
          what: `Its services read only: drop \`access: 'read'\` from their connections in ${standby.environment}, and let Argo CD bring that.`,
        },
      ]
    : []),
];
