import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { App } from 'cdktf';
import { AutoScalingGroup, AwsAccount, Certificate, InstanceTargets, type Network, type PublicZone } from '../aws';
import { type Check, type Finding, inspect } from '../check';
import {
  type EnvironmentSpec,
  inspectInstances,
  inspectService,
  isReachable,
  type PlatformSpec,
  zoneOf,
} from '../model';
import { ownNames } from '../model/edge/edge-names';
import type { Edge } from './edge-stack';
import { EnvironmentStack } from './environment-stack';
import { type GroupPlace, instanceHost, planInstances, planInstanceTargets } from './plan/plan-instances';

/** A name of instances, and the names that are taken. */
interface NamedInstances {
  readonly host: string;
  readonly taken: readonly string[];
}

/** What is asked of the names under which instances are reached. */
export const INSTANCE_NAME_CHECKS: readonly Check<NamedInstances>[] = [
  {
    id: 'instances-have-a-free-name',
    prop: 'service.name',
    holds: ({ host, taken }) => !taken.includes(host),
    rule: 'must give a name below the domain that no environment has',
    received: ({ host }) => host,
    remedy: 'rename the service, or move the environment to another domain',
  },
];

/** Ids that exist no sooner than the stacks; checks take them as they are. */
const PLANNED = {
  vpcId: 'made-by-the-network-stack',
  loadBalancer: { httpsListenerArn: 'made-by-the-edge-stack', securityGroupId: 'made-by-the-edge-stack' },
  certificateArn: 'made-by-this-stack',
} as const;

const PLANNED_GROUP: Omit<GroupPlace, 'subnetIds'> = {
  securityGroupIds: ['made-by-this-stack'],
  targetGroupArns: ['made-by-this-stack'],
  loadBalancer: 'app/planned/0',
  targetGroup: 'targetgroup/planned/0',
  arn: (service, resource) => `arn:aws:${service}:::${resource}`,
};

/** All that is wrong with services on instances; makes nothing. */
export function inspectInstanceGroups(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const taken = platform.environments.filter(isReachable).flatMap((one) => ownNames(platform, one));
  const subnetIds = environment.zones.map((_, index) => `subnet-${`${index}`.padStart(8, '0')}`);
  return [
    ...inspectInstances(path, environment),
    ...(environment.instances ?? []).flatMap((instances) => {
      const at = `${path}/${instances.service.name}`;
      return [
        ...inspect(at, { host: instanceHost(environment, instances), taken }, INSTANCE_NAME_CHECKS),
        ...inspectService(at, instances.service),
        ...InstanceTargets.inspect(at, planInstanceTargets(platform, environment, instances, PLANNED)),
        ...AutoScalingGroup.inspect(
          at,
          planInstances(platform, environment, instances, { ...PLANNED_GROUP, subnetIds }),
        ),
      ];
    }),
  ];
}

/** Groups of EC2 instances with names of their own at the load balancer of the edge, if an environment declares some. */
export function buildInstances(
  app: App,
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  network: Network,
  edge: Edge | undefined,
  zones: ReadonlyMap<string, PublicZone>,
): void {
  const { instances: groups = [], domain } = environment;
  const { zone: zoneName } = zoneOf(platform.dns, domain) ?? {};
  const zone = zoneName === undefined ? undefined : zones.get(zoneName);
  if (groups.length === 0 || edge === undefined || zoneName === undefined || zone === undefined) return;

  const stack = new EnvironmentStack(app, platform, environment, 'instances');
  const account = AwsAccount.of(stack);
  for (const instances of groups) {
    const host = instanceHost(environment, instances);
    const { name } = instances.service;
    const certificate = new Certificate(stack, `Certificate-${name}`, { names: [host], zoneName, zoneId: zone.zoneId });
    const targets = new InstanceTargets(
      stack,
      `Targets-${name}`,
      planInstanceTargets(platform, environment, instances, {
        vpcId: network.vpcId,
        loadBalancer: edge.loadBalancer,
        certificateArn: certificate.arn,
      }),
    );
    new AutoScalingGroup(
      stack,
      `Group-${name}`,
      planInstances(platform, environment, instances, {
        subnetIds: network.privateSubnetIds,
        securityGroupIds: [targets.securityGroupId],
        targetGroupArns: [targets.arn],
        loadBalancer: edge.loadBalancer.arnSuffix,
        targetGroup: targets.arnSuffix,
        arn: (service, resource, region) => account.arn(service, resource, region),
      }),
    );
    const { dnsName, zoneId } = edge.loadBalancer;
    new Route53Record(stack, `Name-${name}`, {
      zoneId: zone.zoneId,
      name: host,
      type: 'A',
      alias: { name: dnsName, zoneId, evaluateTargetHealth: false },
    });
  }
}
