import type { Refer } from '../facts/references';
import { at, textAt } from '../members';
import { grouped } from '../rules/behind';
import { blockName, type TerraformBlock } from '../source';
import type { Places } from './places';
import type { QuotaContext } from './quota-context';
import { byOwner, countOf, ofOne, type QuotaUse } from './quota-use';
import { usesOfLoadBalancers } from './uses-of-controllers';
import { usesOfSecurityGroups } from './uses-of-security-groups';

const isLoadBalancer = (block: TerraformBlock): boolean => block.type === 'aws_lb' || block.type === 'aws_alb';
const kindOf = ({ value }: TerraformBlock): string => textAt(value, 'load_balancer_type') ?? 'application';

/** What networks, load balancers and security groups take of quotas. */
export function usesOfNetworks(context: QuotaContext): QuotaUse[] {
  const { facts, places, refer } = context;
  const resources = facts.blocks.filter(({ mode }) => mode === 'resource');
  const of = (type: string) => resources.filter((block) => block.type === type);
  const balancers = resources.filter(isLoadBalancer);
  return [
    ...countOf('elasticIps', of('aws_eip'), places.of),
    ...countOf('vpcs', of('aws_vpc'), places.of),
    ...usesOfLoadBalancers(context, balancers, kindOf),
    ...gateways(of('aws_nat_gateway'), refer, places),
    ...endpoints(of('aws_vpc_endpoint'), refer, places),
    ...usesOfSecurityGroups(resources, refer, places),
    ...ofBalancers(resources, refer, places),
  ];
}

/** NAT gateways by the zone of their subnet. */
const gateways = (all: readonly TerraformBlock[], refer: Refer, places: Places): QuotaUse[] => {
  const zoned = all.flatMap((gateway) =>
    refer(at(gateway.value, 'subnet_id'), gateway).flatMap(({ value }) => {
      const zone = textAt(value, 'availability_zone');
      return zone === undefined ? [] : [{ zone, gateway }];
    }),
  );
  return [...grouped(zoned, ({ zone, gateway }) => [`${zone} ${places.accountOf(gateway)}`])].flatMap(([, same]) =>
    countOf(
      'natGateways',
      same.map(({ gateway }) => gateway),
      places.of,
    ).map((use) => ({
      ...use,
      subject: `${same[0]?.zone ?? ''}`,
    })),
  );
};

const endpoints = (all: readonly TerraformBlock[], refer: Refer, places: Places): QuotaUse[] =>
  byOwner(
    all.filter(({ value }) => textAt(value, 'vpc_endpoint_type') === 'Interface'),
    refer,
    ({ value }) => at(value, 'vpc_id'),
    ({ type }) => type === 'aws_vpc',
  ).map(([vpc, own]) =>
    ofOne('interfaceEndpoints', vpc, places.of(vpc), own.length, `${own.length} of ${blockName(vpc)}`),
  );

/** Rules and target groups of each Application Load Balancer, over its listeners. */
function ofBalancers(resources: readonly TerraformBlock[], refer: Refer, places: Places): QuotaUse[] {
  const of = (type: string) => resources.filter((block) => block.type === type);
  const listeners = new Map(
    byOwner(of('aws_lb_listener'), refer, ({ value }) => at(value, 'load_balancer_arn'), isLoadBalancer),
  );
  const rules = new Map(
    byOwner(
      of('aws_lb_listener_rule'),
      refer,
      ({ value }) => at(value, 'listener_arn'),
      ({ type }) => type === 'aws_lb_listener',
    ),
  );
  return resources
    .filter((block) => isLoadBalancer(block) && kindOf(block) === 'application')
    .flatMap((balancer) => {
      const own = listeners.get(balancer) ?? [];
      const ofOwn = own.flatMap((listener) => rules.get(listener) ?? []);
      const targets = new Set(
        [...own, ...ofOwn].flatMap((block) =>
          refer(
            [...JSON.stringify(block.value).matchAll(/\$\{aws_(?:alb|lb)_target_group\.[^}"]*\}/g)].map(
              ([text]) => text,
            ),
            block,
          ).map(blockName),
        ),
      );
      const place = places.of(balancer);
      return [
        ...(ofOwn.length === 0
          ? []
          : [
              ofOne(
                'rulesPerLoadBalancer',
                balancer,
                place,
                ofOwn.length,
                `${ofOwn.length} rules of ${own.length} listeners`,
              ),
            ]),
        ...(targets.size === 0
          ? []
          : [ofOne('targetGroupsPerLoadBalancer', balancer, place, targets.size, `${targets.size} target groups`)]),
      ];
    });
}
