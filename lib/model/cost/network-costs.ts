import { HOURS_PER_MONTH, type PriceName, unitPrice } from '../../catalog/prices';
import type { EnvironmentSpec } from '../environment';
import { type CostLine, costLine } from './monthly-cost';
import type { Costs } from './node-costs';
import { type Range, scaled } from './range';
import { ASSUMED_USAGE, type MonthlyUsage } from './usage';

/** A line for something of the price list. */
export function priced(item: string, name: PriceName, quantity: Range | number): CostLine {
  const { usd, unit, source } = unitPrice(name);
  return costLine({ item, quantity, unit, unitUsd: usd, source });
}

/** Whether users reach anything here: there will be a load balancer. */
const isReached = ({ gateway, services }: EnvironmentSpec): boolean =>
  gateway !== undefined || services.some(({ isPublic }) => isPublic);

function endpoints({ network, zones }: EnvironmentSpec, usage: MonthlyUsage): Costs {
  const item = 'interface endpoints';
  const names = network.interfaceEndpoints ?? usage.interfaceEndpoints;
  if (names === undefined) {
    return { lines: [], unpriced: [{ item, reason: 'the environment leaves them to a default that was not stated' }] };
  }
  const hours = names.length * zones.length * HOURS_PER_MONTH;
  const data = names.length === 0 ? 0 : (usage.endpointGb ?? ASSUMED_USAGE.endpointGb);
  return {
    lines: [
      priced(item, 'interface-endpoint', hours),
      priced('data through interface endpoints', 'interface-endpoint-data', data),
    ],
    unpriced: [],
  };
}

/** Ways in and out, by the hour and by what passes through. */
export function networkCosts(environment: EnvironmentSpec, usage: MonthlyUsage): Costs {
  const { network, zones } = environment;
  const gateways = network.nat === 'per-zone' ? zones.length : 1;
  const reached = isReached(environment);
  const addresses = gateways + (reached ? zones.length : 0);
  const { lines, unpriced } = endpoints(environment, usage);
  return {
    lines: [
      priced('NAT gateways', 'nat-gateway', gateways * HOURS_PER_MONTH),
      priced('data through NAT', 'nat-gateway-data', usage.natGb ?? ASSUMED_USAGE.natGb),
      priced('public addresses', 'public-ipv4', addresses * HOURS_PER_MONTH),
      ...lines,
      ...(reached
        ? [
            priced('load balancer', 'load-balancer', HOURS_PER_MONTH),
            priced(
              'work of the load balancer',
              'load-balancer-capacity-unit',
              scaled(usage.loadBalancerUnits ?? ASSUMED_USAGE.loadBalancerUnits, HOURS_PER_MONTH),
            ),
            priced('answers to users', 'internet-data', usage.internetGb ?? ASSUMED_USAGE.internetGb),
          ]
        : []),
      // Paid for where it leaves and where it arrives.
      priced('data between zones', 'cross-zone-data', scaled(usage.crossZoneGb ?? ASSUMED_USAGE.crossZoneGb, 2)),
    ],
    unpriced,
  };
}
