import { Token } from 'cdktf';
import { type Check, duplicates, isDnsName, isRegion, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import type { FailoverPlan } from './failover-props';

const sides = ({ primary, secondary }: FailoverPlan) => [primary, secondary];

const names = (plan: FailoverPlan): string[] => [plan.name, ...sides(plan).map(({ name }) => name)];

/** Where the API of Route 53 stands, and nowhere else. */
const CONTROL_PLANE = 'us-east-1';

const gateArn = ({ gate }: FailoverPlan): string | undefined =>
  gate.kind === 'routing-control' ? gate.arn : undefined;

/** What Route 53 asks of names and health checks, and what a loss of the primary's region does. */
export const FAILOVER_CHECKS: readonly Check<FailoverPlan>[] = [
  {
    id: 'failover-names-are-names',
    prop: 'name',
    holds: (plan) => names(plan).every((name) => isDnsName(name) && name.includes('.')),
    rule: 'must be full DNS names, as those of both sides',
    received: names,
    remedy: 'use names such as acgs.example.com and us-west-2.acgs.example.com',
  },
  {
    id: 'failover-names-differ',
    prop: 'name',
    holds: (plan) => duplicates(names(plan)).length === 0,
    rule: 'must differ from those of both sides, which lead to one region each',
    received: names,
    remedy: 'put the region in front',
  },
  {
    id: 'failover-regions-differ',
    prop: 'secondary.region',
    holds: ({ primary, secondary }) => primary.region !== secondary.region,
    rule: 'must be another region than the primary',
    received: ({ secondary }) => secondary.region,
    remedy: 'name the region of the standby',
  },
  {
    id: 'failover-regions-are-regions',
    prop: 'primary.region',
    holds: (plan) => sides(plan).every(({ region }) => isRegion(region)),
    rule: 'must be AWS regions such as us-west-2, on both sides',
    received: (plan) => sides(plan).map(({ region }) => region),
    remedy: 'leave out the letter of a zone',
  },
  {
    id: 'failover-health-path-is-absolute',
    prop: 'healthPath',
    holds: ({ healthPath }) => /^\/[\w.~/?&=%-]{0,254}$/.test(healthPath),
    rule: 'must start with / and have at most 255 characters of a path',
    remedy: 'use a path that asks the database',
  },
  {
    id: 'failover-search-string-is-short',
    prop: 'searchString',
    holds: ({ searchString }) => searchString === undefined || /^.{1,255}$/s.test(searchString),
    rule: 'must have 1-255 characters',
    remedy: 'leave it out, or take a word of the answer',
  },
  {
    id: 'failover-interval-is-offered',
    prop: 'interval',
    holds: ({ interval }) => [10, 30].includes(interval.inMillis / Duration.seconds(1).inMillis),
    rule: 'must be 10 or 30 s',
    remedy: 'leave it out for 10 s',
  },
  {
    id: 'failover-threshold-is-offered',
    prop: 'failureThreshold',
    holds: ({ failureThreshold }) => isWholeWithin(failureThreshold, 1, 10),
    rule: 'must be a whole number from 1 to 10',
    remedy: 'leave it out for 3',
  },
  {
    id: 'failover-switch-survives-the-primary',
    prop: 'gate',
    holds: ({ gate, primary }) => gate.kind !== 'switch' || primary.region !== CONTROL_PLANE,
    rule: `must not be a switch while users are in ${CONTROL_PLANE}: the API that throws it is lost with that region`,
    received: ({ gate }) => gate.kind,
    remedy: 'use a routing control',
  },
  {
    id: 'failover-routing-control-is-an-arn',
    prop: 'gate.arn',
    holds: (plan) => {
      const arn = gateArn(plan);
      return (
        arn === undefined || Token.isUnresolved(arn) || /^arn:aws[a-z-]*:route53-recovery-control::\d{12}:/.test(arn)
      );
    },
    rule: 'must be the ARN of a routing control',
    received: gateArn,
    remedy: 'use the arn of aws_route53recoverycontrolconfig_routing_control',
  },
];
