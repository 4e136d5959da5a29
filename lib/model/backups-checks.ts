import { type Check, type Finding, inspect, isRegion } from '../check';
import { successorOf, writersIn } from './declared-recovery';
import type { EnvironmentSpec, PlatformSpec } from './environment';
import { clusterName, copyVaultName } from './names';
import type { BackupsSpec } from './recovery/backups';

/** Backups where they are declared. */
interface PlacedBackups {
  readonly platform: PlatformSpec;
  readonly environment: EnvironmentSpec;
  readonly backups: BackupsSpec;
}

const standbyOf = ({ platform, environment }: PlacedBackups): EnvironmentSpec | undefined =>
  platform.environments.find(({ standbyFor }) => standbyFor === environment.name);

/** Databases of which nobody knows when RDS works on them. */
const withoutWindows = ({ platform, environment }: PlacedBackups): string[] =>
  writersIn(platform, environment)
    .filter(({ backupWindow, maintenanceWindow }) => backupWindow === undefined || maintenanceWindow === undefined)
    .map(({ name }) => name);

/** Environments that read a copy, and would go on from it, where nobody hears of its lag. Standbys are asked for that anyway. */
const unheardReplicas = ({ platform, environment }: PlacedBackups): string[] =>
  writersIn(platform, environment).flatMap(({ name }) => {
    const { environment: successor, replica } = successorOf(platform, environment, name) ?? {};
    return replica && successor && successor.operations === undefined && successor.standbyFor === undefined
      ? [successor.name]
      : [];
  });

/** Environments one of whose vaults has the name of one of ours, in one region of one account. */
const sharers = ({ platform, environment, backups }: PlacedBackups): string[] => {
  const vaults = ({ name, account, region }: EnvironmentSpec, { copyRegion }: BackupsSpec): string[] => [
    `${account} ${region} ${clusterName(platform.name, name)}`,
    `${account} ${copyRegion} ${copyVaultName(platform.name, name)}`,
  ];
  const own = vaults(environment, backups);
  return platform.environments
    .filter((other) => other.name !== environment.name && other.backups !== undefined)
    .filter((other) => other.backups && vaults(other, other.backups).some((vault) => own.includes(vault)))
    .map(({ name }) => name);
};

/** What is asked of declared backups by what stands around them; their parts are asked by what is made of them. */
export const BACKUPS_CHECKS: readonly Check<PlacedBackups>[] = [
  {
    id: 'backups-copy-region-is-well-formed',
    prop: 'backups.copyRegion',
    holds: ({ backups: { copyRegion } }) => isRegion(copyRegion),
    rule: 'must be an AWS region such as us-east-1',
    received: ({ backups: { copyRegion } }) => copyRegion,
    remedy: 'use that of the standby, or the nearest other one',
  },
  {
    id: 'backups-copies-leave-the-region',
    prop: 'backups.copyRegion',
    holds: ({ backups: { copyRegion }, environment: { region } }) => copyRegion !== region,
    rule: ({ environment: { region } }) => `must be another region than ${region}, whose loss copies are for`,
    received: ({ backups: { copyRegion } }) => copyRegion,
    remedy: 'use that of the standby, or the nearest other one',
  },
  {
    id: 'backups-copies-go-to-the-standby',
    prop: 'backups.copyRegion',
    severity: 'warning',
    holds: (placed) => {
      const standby = standbyOf(placed);
      return standby === undefined || standby.region === placed.backups.copyRegion;
    },
    rule: (placed) => `should be ${standbyOf(placed)?.region}, where ${standbyOf(placed)?.name} stands by`,
    received: ({ backups: { copyRegion } }) => copyRegion,
    remedy: 'what is restored elsewhere has no cluster beside it: use the region of the standby',
  },
  {
    id: 'backups-other-account-is-another',
    prop: 'backups.otherAccount.id',
    holds: ({ backups: { otherAccount }, environment: { account } }) =>
      otherAccount === undefined || (/^\d{12}$/.test(otherAccount.id) && otherAccount.id !== account),
    rule: ({ environment: { account } }) => `must be an account id of 12 digits other than ${account}`,
    received: ({ backups: { otherAccount } }) => otherAccount?.id,
    remedy: 'name an account of the organization that runs nothing else',
  },
  {
    id: 'backups-other-vault-is-a-vault',
    prop: 'backups.otherAccount.vault',
    holds: ({ backups: { otherAccount } }) =>
      otherAccount === undefined || /^[A-Za-z0-9_-]{2,50}$/.test(otherAccount.vault),
    rule: 'must be the name of a vault: 2-50 letters, digits, - and _',
    received: ({ backups: { otherAccount } }) => otherAccount?.vault,
    remedy: 'use one such as acgs-production-copies',
  },
  {
    id: 'backups-vaults-have-distinct-names',
    prop: 'name',
    holds: (placed) => sharers(placed).length === 0,
    rule: 'must make vaults of names of their own in each region: the one and the copies',
    received: sharers,
    remedy: 'rename the environment: one named after another and -copies has the name of its copies',
  },
  {
    id: 'backups-stay-out-of-known-windows',
    prop: 'databases',
    severity: 'warning',
    holds: (placed) => withoutWindows(placed).length === 0,
    rule: 'should have backupWindow and maintenanceWindow: snapshots within them, or an hour before, wait or fail',
    received: withoutWindows,
    remedy: "declare both, apart from the plan's starts: 08:00-09:00 and sun:09:00-sun:10:00",
  },
  {
    id: 'backups-are-heard-of',
    prop: 'operations',
    severity: 'warning',
    holds: ({ environment: { operations } }) => operations !== undefined,
    rule: 'should be declared: nobody hears of backups that fail, nor when the drill is due',
    received: () => undefined,
    remedy: 'declare who hears of it',
  },
  {
    id: 'backups-lag-is-heard-of',
    prop: 'operations',
    severity: 'warning',
    holds: (placed) => unheardReplicas(placed).length === 0,
    rule: 'should be declared where the replica is: what is claimed of a lost region is the lag at which somebody is woken',
    received: unheardReplicas,
    remedy: 'declare operations in the environment of the replica',
  },
];

/** All that keeps declared backups from being taken, copied and heard of. */
export const inspectBackups = (path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] =>
  environment.backups === undefined
    ? []
    : inspect(path, { platform, environment, backups: environment.backups }, BACKUPS_CHECKS);
