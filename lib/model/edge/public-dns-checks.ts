import { type Check, duplicates, type Finding, inspect, inspectEach, isDnsName } from '../../check';
import type { PlatformSpec } from '../environment';
import { dnsStackNames, platformStackNames } from '../stack-names';
import { type DelegatedZoneSpec, isInZone, type PublicDnsSpec, zonesOf } from './public-dns';
import { PUBLIC_DNS_ZONE_CHECKS } from './public-zone-checks';

/** A platform with zones. */
type Named = PlatformSpec & { readonly dns: PublicDnsSpec };

const delegated = ({ dns }: Named): readonly DelegatedZoneSpec[] => dns.delegated ?? [];

const isBelow = (name: string, zone: string): boolean => name !== zone && isInZone(name, zone);

const outside = (platform: Named): string[] =>
  delegated(platform)
    .map(({ zone }) => zone)
    .filter((zone) => !isBelow(zone, platform.dns.zone));

/** Zones below one another: who is below which would have to be said. */
const nested = (platform: Named): string[] =>
  delegated(platform)
    .map(({ zone }) => zone)
    .filter((zone, _, all) => all.some((other) => isBelow(zone, other)));

const repeated = ({ dns }: Named): string[] => duplicates(zonesOf(dns).map(({ zone }) => zone));

const unknown = (platform: Named): string[] =>
  delegated(platform).flatMap(({ zone, nameServers }) => (nameServers === undefined ? [zone] : []));

const wrongServers = (platform: Named): string[] =>
  delegated(platform).flatMap(({ zone, nameServers }) =>
    nameServers === undefined ||
    (nameServers.length >= 2 &&
      nameServers.length <= 8 &&
      duplicates(nameServers).length === 0 &&
      nameServers.every((name) => isDnsName(name) && name.includes('.')))
      ? []
      : [`${zone}: ${nameServers.join(' ')}`],
  );

/** Key tag, algorithm, digest type and digest, as Route 53 shows them. */
const wrongDs = (platform: Named): string[] =>
  delegated(platform).flatMap(({ dsRecord }) =>
    dsRecord === undefined || /^\d{1,5} \d{1,3} \d{1,3} [0-9A-Fa-f]{40,128}$/.test(dsRecord) ? [] : [dsRecord],
  );

/** Stacks of zones that others are called like. The same zone twice is told by its name. */
function confused(platform: Named): string[] {
  const delegated = [...new Map((platform.dns.delegated ?? []).map((spec) => [spec.zone, spec])).values()];
  const dns = { ...platform.dns, delegated };
  const own = dnsStackNames(platform.name, dns);
  return duplicates(platformStackNames({ ...platform, dns })).filter((name) => own.includes(name));
}

/** What is asked of all zones of a platform together. */
export const PUBLIC_DNS_CHECKS: readonly Check<Named>[] = [
  {
    id: 'delegated-zones-lie-below',
    prop: 'dns.delegated',
    holds: (platform) => outside(platform).length === 0,
    rule: ({ dns }) => `must lie below ${dns.zone}, where what leads to them is published`,
    received: outside,
    remedy: 'use a name such as staging.acgs.example.com',
  },
  {
    id: 'delegated-zones-are-side-by-side',
    prop: 'dns.delegated',
    holds: (platform) => nested(platform).length === 0,
    rule: 'must not lie below one another',
    received: nested,
    remedy: 'use one zone for each account',
  },
  {
    id: 'delegated-zones-differ',
    prop: 'dns.delegated',
    holds: (platform) => repeated(platform).length === 0,
    rule: 'must have names that differ',
    received: repeated,
    remedy: 'remove the second one',
  },
  {
    id: 'delegated-zones-are-found',
    prop: 'dns.delegated',
    severity: 'warning',
    holds: (platform) => unknown(platform).length === 0,
    rule: 'should each have nameServers, which their stacks put out: until then nobody finds the names in them, and no certificate is issued',
    received: unknown,
    remedy: 'apply the stack of the zone, declare its output NameServers, and apply the stack of the zone above',
  },
  {
    id: 'delegated-name-servers-are-names',
    prop: 'dns.delegated',
    holds: (platform) => wrongServers(platform).length === 0,
    rule: 'must have 2 to 8 different DNS names as nameServers',
    received: wrongServers,
    remedy: 'copy the output NameServers',
  },
  {
    id: 'delegated-ds-records-are-records',
    prop: 'dns.delegated',
    holds: (platform) => wrongDs(platform).length === 0,
    rule: 'must have key tag, algorithm, digest type and digest as dsRecord',
    received: wrongDs,
    remedy: 'copy the output DsRecord',
  },
  {
    id: 'public-dns-stacks-are-told-apart',
    prop: 'dns',
    holds: (platform) => confused(platform).length === 0,
    rule: 'must have stacks whose names no environment or account gives its own',
    received: confused,
    remedy: 'rename the environment',
  },
];

/** Everything that is wrong with the zones of a platform; nothing for one without. */
export function inspectPublicDns(platform: PlatformSpec): Finding[] {
  const { name, dns } = platform;
  if (dns === undefined) return [];
  return [
    ...inspect(`${name}/dns`, { spec: dns, platform }, PUBLIC_DNS_ZONE_CHECKS),
    ...inspectEach(
      `${name}/dns`,
      'delegated',
      (dns.delegated ?? []).map((spec) => ({ spec, platform })),
      PUBLIC_DNS_ZONE_CHECKS,
    ),
    ...inspect(name, { ...platform, dns }, PUBLIC_DNS_CHECKS),
  ];
}
