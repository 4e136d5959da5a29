import type { FailoverRecordsProps, PublicZoneProps } from '../../aws';
import {
  type DelegatedZoneSpec,
  delegatedDnsStackName,
  dnsStackName,
  type PlatformSpec,
  type PublicZoneSpec,
  type RegionPair,
  regionalName,
} from '../../model';
import type { AwsStackProps } from '../aws-stack';

/** A zone and the stack that it is alone in. */
export interface PlannedZone {
  readonly stack: string;
  readonly place: AwsStackProps;
  readonly zone: PublicZoneProps;
}

/** Where what is said about names is applied. */
export const dnsPlace = (
  platform: string,
  stack: string,
  { account, region, state }: PublicZoneSpec,
): AwsStackProps => ({
  account,
  region,
  state,
  tags: { platform, stack },
});

/** Zones below that of the platform, of which it must know where they are. */
export const delegatedZones = ({ dns }: PlatformSpec): readonly DelegatedZoneSpec[] => dns?.delegated ?? [];

/** Every zone of a platform: those below, then its own, whose records lead to them. */
export function planZones({ name, dns, ...platform }: PlatformSpec): PlannedZone[] {
  if (dns === undefined) return [];
  const below = delegatedZones({ name, dns, ...platform }).map((spec) => ({
    stack: delegatedDnsStackName(name, spec.zone),
    place: dnsPlace(name, 'dns', spec),
    zone: { name: spec.zone, comment: `Names of ${name} in account ${spec.account}` },
  }));
  const own = { name: dns.zone, comment: `Names of ${name}` };
  return [...below, { stack: dnsStackName(name), place: dnsPlace(name, 'dns', dns), zone: own }];
}

/** What leads users of a name to one of two regions. */
export const planFailover = ({ primary, standby }: RegionPair, zoneId: string): FailoverRecordsProps => ({
  zoneId,
  name: primary.domain,
  primary: { region: primary.region, name: regionalName(primary.region, primary.domain) },
  secondary: { region: standby.region, name: regionalName(standby.region, primary.domain) },
  healthPath: primary.edge.healthPath,
});
