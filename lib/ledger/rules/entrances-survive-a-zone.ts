import { evidenceIn } from '../configured';
import { references } from '../facts/references';
import { at, blocksAt, listAt, textAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { compared, unknown } from './compared';

/** A load balancer stands in more than one zone. */
export const entrancesSurviveAZone: Rule = {
  id: 'entrances-survive-a-zone',
  severity: 'warning',
  protects: 'the loss of one zone takes the entrance with it, whatever still runs behind',
  formula: 'zones of the subnets of each load balancer >= 2',
  source: 'Elastic Load Balancing user guide, "How Elastic Load Balancing works", Availability Zones',
  scenarios: ['zone-lost'],
  judge: ({ blocks }) => {
    const balancers = blocks.filter(
      ({ mode, type }) => mode === 'resource' && (type === 'aws_lb' || type === 'aws_alb' || type === 'aws_elb'),
    );
    if (balancers.length === 0) return [];
    const refer = references(blocks);
    return balancers.map((balancer) => {
      const written = [
        ...(Array.isArray(at(balancer.value, 'subnets'))
          ? listAt(balancer.value, 'subnets')
          : [at(balancer.value, 'subnets') ?? null]),
        ...blocksAt(balancer.value, 'subnet_mapping').map((mapping) => at(mapping, 'subnet_id') ?? null),
      ].filter((subnet) => subnet !== null);
      const subnets = refer(written, balancer).filter(({ type }) => type === 'aws_subnet');
      return verdictOf(balancer, written.length, subnets);
    });
  },
};

function verdictOf(balancer: TerraformBlock, written: number, subnets: readonly TerraformBlock[]): Verdict {
  const subject = blockName(balancer);
  const zones = [...new Set(subnets.flatMap(({ value }) => textAt(value, 'availability_zone') ?? []))].sort();
  if (zones.length < 2 && (written === 0 || subnets.length < written || zones.length === 0))
    return unknown(subject, 'its subnets and their zones');
  return compared({
    subject,
    evidence: [evidenceIn(balancer, '/subnets')],
    arithmetic: `its subnets lie in ${zones.length} zones (${zones.join(', ')})`,
    margin: { of: `zones of ${subject}`, needed: 2, available: zones.length, unit: 'zones' },
    remedy: () => 'add a subnet of another zone',
  });
}
