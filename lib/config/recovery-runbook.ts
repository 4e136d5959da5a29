import { type Check, type Finding, inspect, isDnsName, isRegion } from '../check';
import type { RecoveryClaim, RecoveryObjectives } from '../model/recovery/recovery-objectives';
import { spokenTime } from '../model/recovery/recovery-times';
import { drillSection } from './recovery/recovery-drill';
import type { RecoveryRunbookProps } from './recovery/recovery-runbook-props';
import { scenarioSections } from './recovery/recovery-scenarios';

const isName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name);

const unnamed = (props: RecoveryRunbookProps): string[] =>
  [
    props.platform,
    props.environment,
    ...(props.standby === undefined ? [] : [props.standby.environment]),
    props.database,
    ...(props.replica === undefined ? [] : [props.replica]),
    props.vaults.own,
    props.vaults.copies,
    props.clusterBackups.bucket,
    props.clusterBackups.copy,
    props.clusterBackups.schedule,
    props.namespace,
    ...(props.lockedCopies === undefined ? [] : [props.lockedCopies.vault]),
  ].filter((name) => !isName(name));

const regionsOf = ({ region, copyRegion, standby, lockedCopies }: RecoveryRunbookProps): string[] => [
  region,
  copyRegion,
  ...(standby === undefined ? [] : [standby.region]),
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
    id: 'recovery-runbook-path-is-a-path',
    prop: 'path',
    holds: ({ path = '/' }) => /^\/[\w./~-]*$/.test(path),
    rule: 'must be a path of letters, digits and /, ., _, ~, -',
    remedy: 'give what the health check of DNS asks for',
  },
  {
    id: 'recovery-runbook-replica-stands-by',
    prop: 'replica',
    holds: ({ replica, standby }) => replica === undefined || standby !== undefined,
    rule: 'must be in an environment that takes over',
    remedy: 'give the environment of the replica as standby',
  },
  {
    id: 'recovery-runbook-gate-opens',
    prop: 'openGate',
    holds: ({ openGate }) => openGate === undefined || /^[^\n`]+$/.test(openGate.trim()),
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
    'writer of that day, let it catch up, and move back in a maintenance window by the steps of the loss of a region.',
    '',
  ].join('\n');
