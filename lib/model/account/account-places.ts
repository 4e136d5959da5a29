import { type PublicZoneSpec, zonesOf } from '../edge/public-dns';
import type { EnvironmentSpec, PlatformSpec } from '../environment';
import { roleBoundaryName, stateKeyAlias } from '../names';
import type { StateBackend } from '../state-backend';
import type { AccountSpec } from './account';

/** A state in a bucket, and whose it is. */
export interface KeptState {
  readonly of: string;
  readonly state: Extract<StateBackend, { readonly kind: 's3' }>;
}

/** A registry of an account and region. */
interface RegistryPlace {
  readonly account: string;
  readonly region: string;
  /** What stands before the names of repositories. */
  readonly folder: string;
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** Environments of an account, in the order they are declared. */
export const environmentsOf = ({ environments }: PlatformSpec, { id }: AccountSpec): EnvironmentSpec[] =>
  environments.filter(({ account }) => account === id);

/** Regions that the environments of an account run in, each once. */
export const homeRegions = (platform: PlatformSpec, account: AccountSpec): string[] =>
  distinct(environmentsOf(platform, account).map(({ region }) => region));

/** Public zones of an account. */
export const zonesIn = ({ dns }: PlatformSpec, { id }: AccountSpec): PublicZoneSpec[] =>
  zonesOf(dns).filter(({ account }) => account === id);

/** States that are kept in the account, in buckets: its own, its environments', and those of its zones. */
export function keptStates(platform: PlatformSpec, account: AccountSpec): KeptState[] {
  const all = [
    { of: `the account ${account.name}`, state: account.state },
    ...environmentsOf(platform, account).map(({ name, state }) => ({ of: name, state })),
    ...zonesIn(platform, account).map(({ zone, state }) => ({ of: zone, state })),
  ];
  return all.flatMap(({ of, state }) => (state.kind === 's3' ? [{ of, state }] : []));
}

/** Policy that bounds the roles of an account's environments: where pipelines make them, they must not outdo the pipeline. */
export const roleBoundaryOf = ({ name, accounts = [] }: PlatformSpec, account: string): string | undefined =>
  accounts.some(({ id, pipeline }) => id === account && pipeline) ? roleBoundaryName(name) : undefined;

/** Where the states of a region are copied to, if anywhere. */
export const copyRegionOf = (platform: PlatformSpec, account: AccountSpec, region: string): string | undefined =>
  [account.copyRegion, ...homeRegions(platform, account)].find((other) => other !== undefined && other !== region);

/** Buckets of states that an account makes: each of them once, with the region of its copy. */
export const stateBucketsOf = (platform: PlatformSpec, account: AccountSpec) =>
  [...new Map(keptStates(platform, account).map(({ state }) => [state.bucket, state])).values()].map(
    ({ bucket, region }) => ({ bucket, region, copyRegion: copyRegionOf(platform, account, region) }),
  );

/** Regions in which an account has anything: environments and their backups, its own stack, states and copies of them. */
export const regionsOf = (platform: PlatformSpec, account: AccountSpec): string[] =>
  distinct([
    ...homeRegions(platform, account),
    account.region,
    ...environmentsOf(platform, account).flatMap(({ backups }) => backups?.copyRegion ?? []),
    ...stateBucketsOf(platform, account).flatMap(({ region, copyRegion }) => [region, copyRegion ?? region]),
  ]);

/** The account and region of an ECR registry; undefined for another kind. */
export function ecrPlace(registry: string): RegistryPlace | undefined {
  const [, account = '', region = '', folder = ''] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?(?:\/(.+))?$/.exec(registry) ?? [];
  return account === '' ? undefined : { account, region, folder: folder === '' ? '' : `${folder}/` };
}

/** Whose state is under no key, or under another than that of its bucket. */
export const isUnderItsKey = ({ state: { bucket, kmsKeyAlias } }: KeptState): boolean =>
  kmsKeyAlias === stateKeyAlias(bucket);
