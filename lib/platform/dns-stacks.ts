import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { type App, TerraformStack } from 'cdktf';
import { FailoverRecords, PublicZone } from '../aws';
import type { Finding } from '../check';
import { accountStackName, failoverStackName, inspectPublicDns, type PlatformSpec, regionPairs } from '../model';
import { Duration } from '../units';
import { AwsStack } from './aws-stack';
import type { Edge } from './edge-stack';
import { delegatedZones, dnsPlace, planFailover, planZones } from './plan/plan-dns';

/** For what leads to a zone below: name servers hardly ever change, and a wrong one is to be gone within the hour. */
const DELEGATION_TTL = Duration.hours(1);

/** All that is wrong with zone and names of a platform; makes nothing. */
export function inspectDns(platform: PlatformSpec): Finding[] {
  const { name, dns } = platform;
  return [
    ...inspectPublicDns(platform),
    ...planZones(platform).flatMap(({ stack, zone }) => PublicZone.inspect(`${name}/${stack}`, zone)),
    ...(dns === undefined ? [] : regionPairs(platform)).flatMap((pair) =>
      FailoverRecords.inspect(`${name}/${pair.primary.name}/Failover`, planFailover(pair, 'made-by-the-dns-stack')),
    ),
  ];
}

/** The public zones by name, before anything that has a name in them. */
export function buildZone(app: App, platform: PlatformSpec): ReadonlyMap<string, PublicZone> {
  const zones = planZones(platform).map(({ stack, place, zone }) => {
    const made = new AwsStack(app, stack, place);
    waitForAccount(app, made, platform, place.account);
    return [zone.name, new PublicZone(made, 'Zone', zone)] as const;
  });
  const [, own] = zones.at(-1) ?? [];
  if (own) delegate(own, platform);
  return new Map(zones);
}

/** Leads to the zones below, by what their stacks have put out: nothing of another account is read. */
function delegate(own: PublicZone, platform: PlatformSpec): void {
  const stack = TerraformStack.of(own);
  for (const { zone: name, nameServers, dsRecord } of delegatedZones(platform)) {
    const record = { zoneId: own.zoneId, name, ttl: DELEGATION_TTL.toSeconds() };
    if (nameServers)
      new Route53Record(stack, `Delegation-${name}`, { ...record, type: 'NS', records: [...nameServers] });
    if (dsRecord) new Route53Record(stack, `Signature-${name}`, { ...record, type: 'DS', records: [dsRecord] });
  }
}

/** The account's stack makes the bucket that the state is in. */
function waitForAccount(app: App, stack: AwsStack, { name, accounts = [] }: PlatformSpec, account: string): void {
  for (const spec of accounts.filter(({ id }) => id === account)) {
    const made = app.node.tryFindChild(accountStackName(name, spec.name));
    if (made instanceof TerraformStack) stack.addDependency(made);
  }
}

/**
 * Names that lead to one of two regions, after the doors of both. It knows regions by name, and of states reads the zone's alone:
 * what moves users must work while everything in the region that they leave does not.
 */
export function buildFailover(
  app: App,
  platform: PlatformSpec,
  edges: ReadonlyMap<string, Edge>,
  zones: ReadonlyMap<string, PublicZone>,
): void {
  const { name, dns } = platform;
  const pairs = regionPairs(platform);
  const zone = dns && zones.get(dns.zone);
  if (dns === undefined || zone === undefined || pairs.length === 0) return;

  const stack = new AwsStack(app, failoverStackName(name), dnsPlace(name, 'failover', dns));
  for (const pair of pairs) {
    new FailoverRecords(stack, `Failover-${pair.primary.name}`, planFailover(pair, zone.zoneId));
    for (const side of [pair.primary, pair.standby]) {
      const edge = edges.get(side.name);
      if (edge) stack.addDependency(edge.stack);
    }
  }
}
