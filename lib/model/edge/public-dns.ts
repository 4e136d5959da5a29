import type { StateBackend } from '../state-backend';

/** A public zone, made by a stack of its own. */
export interface PublicZoneSpec {
  /** Its name, without a dot at the end: `acgs.example.com`. */
  readonly zone: string;
  /** AWS account id of the zone (12 digits): environments of this account have their names in it. */
  readonly account: string;
  /** Region that its stack is applied in: not one that failover leaves. */
  readonly region: string;
  /** Where Terraform keeps what it knows of the zone: not in a region that failover leaves. */
  readonly state: StateBackend;
}

/**
 * A zone below that of the platform, for environments of another account, which then needs no right in the platform's. Apply
 * its stack alone, declare what it puts out, and apply the stack of the zone above.
 */
export interface DelegatedZoneSpec extends PublicZoneSpec {
  /** Output `NameServers` of its stack (2-8 DNS names). @default - none, with a warning: nobody finds the names in it yet */
  readonly nameServers?: readonly string[];
  /** Output `DsRecord` of its stack; without, its signatures protect nobody. @default - none */
  readonly dsRecord?: string;
}

/** The public zone of a platform, which the domains of its environments are or lie in. */
export interface PublicDnsSpec extends PublicZoneSpec {
  /** Zones below it for environments of other accounts. @default - none */
  readonly delegated?: readonly DelegatedZoneSpec[];
}

/** Whether a name is a zone's or lies below it. */
export const isInZone = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/** The zone of the platform, then those below it. */
export const zonesOf = (dns: PublicDnsSpec | undefined): readonly PublicZoneSpec[] =>
  dns === undefined ? [] : [dns, ...(dns.delegated ?? [])];

/** The zone that answers for a name: the lowest that it lies in. */
export const zoneOf = (dns: PublicDnsSpec | undefined, name: string): PublicZoneSpec | undefined =>
  zonesOf(dns)
    .filter(({ zone }) => isInZone(name, zone))
    .toSorted((one, other) => other.zone.length - one.zone.length)[0];
