import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { references } from '../facts/references';
import { at, blocksAt, listAt, textAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { compared } from './compared';

/** Subnets of each zone leave through a gateway of their own zone. */
export const exitsSurviveAZone: Rule = {
  id: 'exits-survive-a-zone',
  severity: 'warning',
  protects:
    'the loss of one zone takes the way out of all others with it: pods stand, and reach no API, registry or model',
  formula:
    'of the zones whose subnets leave through NAT gateways, zones without a way out once one zone is lost <= 1 (the lost one)',
  source: 'VPC user guide, "NAT gateway basics": one in each Availability Zone',
  scenarios: ['zone-lost'],
  judge: (facts) => {
    const exits = exitsOf(facts);
    if (exits.length === 0) return [];
    const networks = new Map<string, Exit[]>();
    for (const exit of exits) networks.set(exit.network, [...(networks.get(exit.network) ?? []), exit]);
    return [...networks].map(([network, own]) => verdictOf(network, own));
  },
};

/** A zone whose subnets leave through a gateway in a zone, maybe another one. */
interface Exit {
  readonly network: string;
  readonly zone: string;
  readonly through: string;
  readonly gateway: TerraformBlock;
}

function exitsOf({ blocks }: Facts): Exit[] {
  if (!blocks.some(({ type }) => type === 'aws_nat_gateway')) return [];
  const refer = references(blocks);
  const resources = blocks.filter(({ mode }) => mode === 'resource');
  const of = (type: string) => resources.filter((block) => block.type === type);
  const find = (block: TerraformBlock, member: string, type: string) =>
    refer(at(block.value, member), block).find((one) => one.type === type);
  const gatewayOf = new Map<TerraformBlock, TerraformBlock>();
  const lead = (table: TerraformBlock | undefined, gateway: TerraformBlock | undefined): void => {
    if (table !== undefined && gateway !== undefined) gatewayOf.set(table, gateway);
  };
  for (const route of of('aws_route'))
    lead(find(route, 'route_table_id', 'aws_route_table'), find(route, 'nat_gateway_id', 'aws_nat_gateway'));
  for (const table of of('aws_route_table'))
    for (const route of [...blocksAt(table.value, 'route'), ...listAt(table.value, 'route')])
      lead(
        table,
        refer(at(route, 'nat_gateway_id'), table).find(({ type }) => type === 'aws_nat_gateway'),
      );
  return of('aws_route_table_association').flatMap((association) => {
    const subnet = find(association, 'subnet_id', 'aws_subnet');
    const table = find(association, 'route_table_id', 'aws_route_table');
    const gateway = table && gatewayOf.get(table);
    const zone = textAt(subnet?.value, 'availability_zone');
    const through = gateway && textAt(find(gateway, 'subnet_id', 'aws_subnet')?.value, 'availability_zone');
    if (subnet === undefined || gateway === undefined || zone === undefined || through === undefined) return [];
    const vpc = find(subnet, 'vpc_id', 'aws_vpc');
    return [
      {
        network: vpc === undefined ? String(at(subnet.value, 'vpc_id') ?? '') : blockName(vpc),
        zone,
        through,
        gateway,
      },
    ];
  });
}

function verdictOf(network: string, exits: readonly Exit[]): Verdict {
  const zones = [...new Set(exits.map(({ zone }) => zone))].sort();
  const gateways = [...new Set(exits.map(({ gateway }) => gateway))];
  const lostWith = (lost: string): string[] =>
    zones.filter((zone) => zone === lost || exits.some((exit) => exit.zone === zone && exit.through === lost));
  const [worst] = [...new Set(exits.map(({ through }) => through))]
    .map((zone) => ({ zone, gone: lostWith(zone).filter((one) => one !== zone) }))
    .sort((one, other) => other.gone.length - one.gone.length || (one.zone < other.zone ? -1 : 1));
  const gone = worst?.gone ?? [];
  const subject = `ways out of ${network}`;
  return compared({
    subject,
    evidence: gateways.slice(0, 4).map((gateway) => evidenceIn(gateway, '/subnet_id')),
    arithmetic: `${zones.length} zones leave through ${gateways.length} NAT gateways; when ${worst?.zone ?? ''} is lost, ${gone.length === 0 ? 'all others still leave' : `so is the way out of ${gone.join(', ')}`}`,
    margin: { of: `zones of ${subject} that fall with another`, needed: gone.length, available: 0, unit: 'zones' },
    remedy: () => `make a NAT gateway in each of ${gone.join(', ')}, and route their subnets to it`,
  });
}
