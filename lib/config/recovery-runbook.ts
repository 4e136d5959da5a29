import { type Check, type Finding, inspect, isDnsName, isRegion } from '../check';
import type { RecoveryClaim, RecoveryObjectives } from '../model/recovery/recovery-objectives';
import { spokenTime } from '../model/recovery/recovery-times';
import { drillSection } from './recovery/recovery-drill';
import { scenarioSections } from './recovery/recovery-scenarios';

/** Names that the commands of a runbook are written with. */
export interface RecoveryRunbookProps {
  /** Platform, `acgs`. */
  readonly platform: string;
  /** Environment that serves users, `production`. */
  readonly environment: string;
  /** Its region. */
  readonly region: string;
  /** Environment that stands by, and its region. */
  readonly standby: { readonly environment: string; readonly region: string };
  /** Identifier of the database that takes writes. */
  readonly database: string;
  /** Identifier of its replica in the other region. */
  readonly replica: string;
  /** Vault of the plan, and the one of its copies in the other region. */
  readonly vaults: { readonly own: string; readonly copies: string };
  /** Account and vault of the locked copies. @default - there are none */
  readonly lockedCopies?: { readonly accountId: string; readonly region: string; readonly vault: string };
  /** Bucket of what the cluster knows, and its copy. */
  readonly clusterBackups: { readonly bucket: string; readonly copy: string };
  /** Host that users ask for. */
  readonly host: string;
  /** Service whose pods show whether the platform works, in its namespace. */
  readonly namespace: string;
  /** Command that lets DNS send users to the standby, once its database takes writes. */
  readonly openGate: string;
  /** What is claimed, from the declarations. */
  readonly objectives: RecoveryObjectives;
}

const isName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name);

const unnamed = (props: RecoveryRunbookProps): string[] =>
  [
    props.platform,
    props.environment,
    props.standby.environment,
    props.database,
    props.replica,
    props.vaults.own,
    props.vaults.copies,
    props.clusterBackups.bucket,
    props.clusterBackups.copy,
    props.namespace,
    ...(props.lockedCopies === undefined ? [] : [props.lockedCopies.vault]),
  ].filter((name) => !isName(name));

const regionsOf = ({ region, standby, lockedCopies }: RecoveryRunbookProps): string[] => [
  region,
  standby.region,
  ...(lockedCopies === undefined ? [] : [lockedCopies.region]),
];

/** What is asked of names: they stand in commands as they are. */
export const RECOVERY_RUNBOOK_CHECKS: readonly Check<RecoveryRunbookProps>[] = [
  {
    id: 'recovery-runbook-names-are-plain',
    prop: 'platform',
    holds: (props) => unnamed(props).length === 0,
    rule: 'and every other name must be letters, digits, _ and inner hyphens, known at synthesis',
    received: unnamed,
    remedy: 'give the names that the resources were declared with',
  },
  {
    id: 'recovery-runbook-regions-are-regions',
    prop: 'region',
    holds: (props) => regionsOf(props).every(isRegion),
    rule: 'and every other region must be one such as us-east-1',
    received: regionsOf,
    remedy: 'give the regions of the environments',
  },
  {
    id: 'recovery-runbook-account-is-a-number',
    prop: 'lockedCopies',
    holds: ({ lockedCopies }) => lockedCopies === undefined || /^\d{12}$/.test(lockedCopies.accountId),
    rule: 'must have an accountId of 12 digits',
    received: ({ lockedCopies }) => lockedCopies?.accountId,
    remedy: 'give the account that keeps the copies',
  },
  {
    id: 'recovery-runbook-host-is-a-name',
    prop: 'host',
    holds: ({ host }) => isDnsName(host),
    rule: 'must be a DNS name',
    remedy: 'give the one that users ask for',
  },
  {
    id: 'recovery-runbook-gate-opens',
    prop: 'openGate',
    holds: ({ openGate }) => /^[^\n`]+$/.test(openGate.trim()),
    rule: 'must be a command on one line',
    remedy: 'give what sets the routing control or the health check on the promoted writer',
  },
];

const length = (claim: RecoveryClaim, of: 'rpo' | 'rto'): string => {
  const value = claim[of];
  return value === undefined ? 'none' : spokenTime(value);
};

const claimed = ({ claims }: RecoveryObjectives): string =>
  [
    '| loss | comes back from | data lost | time without service |',
    '|---|---|---|---|',
    ...claims.map(
      (claim) => `| ${claim.scenario} | ${claim.by ?? 'nothing'} | ${length(claim, 'rpo')} | ${length(claim, 'rto')} |`,
    ),
    '',
    ...claims.flatMap((claim) => [
      `- ${claim.scenario}, data: ${claim.rpoInWords}`,
      `- ${claim.scenario}, service: ${claim.rtoInWords}`,
    ]),
  ].join('\n');

/** Title of the runbook, by which a reminder names it. */
export const recoveryRunbookTitle = ({
  platform,
  environment,
}: Pick<RecoveryRunbookProps, 'platform' | 'environment'>): string => `Recovery of ${platform} ${environment}`;

/** What is wrong with the names. */
export const inspectRecoveryRunbook = (path: string, props: RecoveryRunbookProps): Finding[] =>
  inspect(path, props, RECOVERY_RUNBOOK_CHECKS);

/**
 * What people do when a part of the platform is lost, and how they rehearse it each quarter: Markdown with the names and
 * numbers of the declarations, so that it cannot fall behind them.
 */
export const recoveryRunbook = (props: RecoveryRunbookProps): string =>
  [
    `# ${recoveryRunbookTitle(props)}`,
    '',
    'Written from the declarations; changes belong there. Times that are marked (estimated) are to be measured in a drill.',
    '',
    '## What is claimed',
    '',
    claimed(props.objectives),
    '',
    drillSection(props),
    '',
    ...scenarioSections(props),
    '## Going back',
    '',
    `Nothing goes back by itself. RDS turns no database into a replica again: make a new one in ${props.region} from the`,
    'promoted writer, let it catch up, and move back in a maintenance window by the steps of the loss of a region.',
    '',
  ].join('\n');
