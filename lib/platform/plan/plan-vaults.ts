import type { AwsAccount, BackupVaultProps, VaultRef } from '../../aws';
import { type BackupsSpec, copyVaultName, type EnvironmentSpec, type PlatformSpec, vaultName } from '../../model';

/** The account that things are made in, as far as ARNs need it. */
export interface RecoveryPlace {
  readonly partition: string;
  readonly arn: AwsAccount['arn'];
}

/** Both vaults, made or only planned. */
export interface Vaults {
  readonly own: VaultRef;
  readonly copies: VaultRef;
}

/** An environment with backups. */
export type BackedUp = EnvironmentSpec & { readonly backups: BackupsSpec };

export const isBackedUp = (environment: EnvironmentSpec): environment is BackedUp => environment.backups !== undefined;

/** The account as far as it is known at synthesis: what inspection needs. */
export const plannedRecoveryPlace = ({ account, region }: EnvironmentSpec): RecoveryPlace => ({
  partition: 'aws',
  arn: (service, resource, elsewhere = region) => `arn:aws:${service}:${elsewhere}:${account}:${resource}`,
});

/** What a declaration says of destruction. */
export const kept = ({ keptOnDestroy }: BackupsSpec) => (keptOnDestroy === undefined ? {} : { keptOnDestroy });

/** The vault of the environment's region, and that of the copies. */
export function planVaults(
  { name }: PlatformSpec,
  { backups, ...environment }: BackedUp,
): Readonly<Record<keyof Vaults, BackupVaultProps>> {
  const common = { ...kept(backups), ...(backups.lock && { lock: backups.lock }) };
  return {
    own: { ...common, name: vaultName(name, environment.name) },
    copies: { ...common, name: copyVaultName(name, environment.name), region: backups.copyRegion },
  };
}

/** The vaults as far as they are known before they exist: what inspection needs. */
export function plannedVaults(platform: PlatformSpec, environment: BackedUp, { arn }: RecoveryPlace): Vaults {
  const { own, copies } = planVaults(platform, environment);
  return {
    own: { ...own, arn: arn('backup', `backup-vault:${own.name}`) },
    copies: { ...copies, arn: arn('backup', `backup-vault:${copies.name}`, environment.backups.copyRegion) },
  };
}

/** The vault of another account, by its name alone. */
export const otherVault = (
  { backups: { otherAccount }, region }: BackedUp,
  { partition }: RecoveryPlace,
): VaultRef[] => {
  if (otherAccount === undefined) return [];
  const { id: accountId, vault: name, lock } = otherAccount;
  const arn = `arn:${partition}:backup:${region}:${accountId}:backup-vault:${name}`;
  return [{ name, arn, accountId, ...(lock && { lock }) }];
};
