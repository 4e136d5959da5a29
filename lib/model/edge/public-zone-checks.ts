import { type Check, isRegion } from '../../check';
import type { EnvironmentSpec, PlatformSpec } from '../environment';
import type { StateBackend } from '../state-backend';
import { type PublicZoneSpec, zoneOf } from './public-dns';

/** A zone, and the platform that it is for. */
export interface PlacedZone {
  readonly spec: PublicZoneSpec;
  readonly platform: PlatformSpec;
}

/** Environments with names in a zone that users leave when their region is lost. */
const primaries = ({ spec, platform: { environments, dns } }: PlacedZone): EnvironmentSpec[] =>
  environments.filter(
    ({ name, domain }) => zoneOf(dns, domain) === spec && environments.some(({ standbyFor }) => standbyFor === name),
  );

const placesOf = ({ region, state }: PublicZoneSpec): string[] => [
  region,
  ...(state.kind === 's3' ? [state.region] : []),
];

/** Of a zone's regions, those that may be lost with the users who are to be led away. */
const left = (placed: PlacedZone): string[] => [
  ...new Set(placesOf(placed.spec).filter((place) => primaries(placed).some(({ region }) => region === place))),
];

const isState = (state: StateBackend): boolean =>
  state.kind !== 's3' ||
  (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(state.bucket) &&
    isRegion(state.region) &&
    (state.kmsKeyAlias === undefined || /^(?!alias\/)[\w/-]{1,250}$/.test(state.kmsKeyAlias)));

/** What is asked of each zone, the platform's and those below it; of its name, `PublicZone` asks. */
export const PUBLIC_DNS_ZONE_CHECKS: readonly Check<PlacedZone>[] = [
  {
    id: 'public-dns-account-has-12-digits',
    prop: 'account',
    holds: ({ spec }) => /^\d{12}$/.test(spec.account),
    rule: 'must be an AWS account id of 12 digits',
    received: ({ spec }) => spec.account,
    remedy: 'quote it, so that leading zeros stay',
  },
  {
    id: 'public-dns-region-is-well-formed',
    prop: 'region',
    holds: ({ spec }) => isRegion(spec.region),
    rule: 'must be an AWS region such as us-east-1',
    received: ({ spec }) => spec.region,
    remedy: 'leave out the letter of a zone',
  },
  {
    id: 'public-dns-state-is-a-place',
    prop: 'state',
    holds: ({ spec }) => isState(spec.state),
    rule: 'must have a bucket of 3-63 of a-z, 0-9, hyphens and dots, a region, and a key alias without alias/',
    received: ({ spec }) => JSON.stringify(spec.state),
    remedy: 'name the bucket without s3://',
  },
  {
    id: 'public-dns-outlives-its-primaries',
    prop: 'state',
    holds: (placed) => left(placed).length === 0,
    rule: 'must be kept, and applied, outside of the regions whose users a standby takes over: names change when those are lost',
    received: left,
    remedy: 'use the region of the standby',
  },
];
