import type { EnvironmentSpec, InstancesSpec, PlatformSpec, ServiceSpec } from '../../../lib/model';
import { inspectPlatform } from '../../../lib/platform/inspect-platform';
import { INSTANCE_NAME_CHECKS } from '../../../lib/platform/instances-stack';
import { type GroupPlace, planInstances, planInstanceTargets } from '../../../lib/platform/plan/plan-instances';
import { Percent } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const group = (overrides: Partial<ServiceSpec> = {}, name = 'legal'): InstancesSpec => ({
  service: service(name, overrides),
  instanceTypes: ['m5.large'],
  min: 2,
  max: 10,
  desired: 2,
});

const place = (instances: readonly InstancesSpec[], overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({
    services: [service('orders', { isPublic: true, connections: [{ to: 'cache', name: 'cache' }] })],
    gateway: { name: 'gateway', scaling: { min: 2, max: 4, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] } },
    edge: { healthPath: '/orders/health' },
    instances,
    ...overrides,
  });

const shop = (...environments: readonly EnvironmentSpec[]): PlatformSpec => ({
  name: 'shop',
  environments,
  dns: { zone: 'example.com', account: '123456789012', region: 'us-east-1', state: { kind: 'local' } },
});

const AT_THE_DOOR = {
  vpcId: 'vpc-0a',
  loadBalancer: { httpsListenerArn: 'listener', securityGroupId: 'sg-balancer' },
  certificateArn: 'certificate',
};

const way = (one: EnvironmentSpec, instances: InstancesSpec) =>
  planInstanceTargets(shop(one), one, instances, AT_THE_DOOR);

const GROUP_PLACE: GroupPlace = {
  subnetIds: ['subnet-0a1b2c3d'],
  securityGroupIds: ['sg-0a'],
  targetGroupArns: ['targets'],
  loadBalancer: 'app/shop/0a',
  targetGroup: 'targetgroup/legal/0b',
  arn: (of, resource) => `arn:aws:${of}:::${resource}`,
};

describe('the way to instances', () => {
  const [legal, social] = [group(), group({}, 'social')];
  const both = place([legal, social]);

  test('has a name and a place of its own for each service, after the gateway', () => {
    expect([way(both, legal), way(both, social)].map(({ host, priority }) => [host, priority])).toEqual([
      ['legal.shop.example.com', 2],
      ['social.shop.example.com', 3],
    ]);
  });

  test('leads out to AWS, and to stores and networks that are declared', () => {
    const connections = [
      { to: 'database', name: 'main' },
      { to: 'network', cidr: '203.0.113.0/24', port: 8443, reason: 'models "of others"' },
      { to: 'network', cidr: '0.0.0.0/0', port: 443, reason: 'the same as AWS' },
    ] as const;
    const one = place([group({ connections })]);
    const [only] = one.instances ?? [];
    const reached = only ? way(one, only).reaches : [];
    expect(reached.map(({ cidr, port }) => `${cidr} ${port}`)).toEqual([
      '0.0.0.0/0 443',
      '10.20.208.0/22 5432',
      '10.20.212.0/22 5432',
      '10.20.216.0/22 5432',
      '203.0.113.0/24 8443',
    ]);
    expect(reached.at(-1)?.description).toBe('models  of others ');
  });
});

describe('a group of instances', () => {
  const props = (instances: InstancesSpec) =>
    planInstances(shop(place([instances])), place([instances]), instances, GROUP_PLACE);

  test('is held at what is declared, and at nothing else', () => {
    expect(props(group()).tracks).toEqual([]);
    expect(props({ ...group(), cpu: Percent.of(75), requestsPerMinute: 1000 }).tracks).toEqual([
      { on: 'cpu', utilization: Percent.of(75) },
      {
        on: 'requests-per-target',
        perMinute: 1000,
        loadBalancer: 'app/shop/0a',
        targetGroup: 'targetgroup/legal/0b',
      },
    ]);
  });

  test('has no right in AWS but to pull images, while its service has no stores', () => {
    expect(props(group()).statements).toEqual([]);
    expect(props(group()).managedPolicies).toEqual(['AmazonEC2ContainerRegistryPullOnly']);
  });

  test('tells instances from others by platform and environment', () => {
    expect(props(group()).tags).toEqual({ platform: 'shop', environment: 'production' });
    expect(props(group()).name).toBe('shop-production-legal');
  });
});

describe('what is said about instances in a platform', () => {
  const found = (...environments: readonly EnvironmentSpec[]): string[] => ids(inspectPlatform(shop(...environments)));
  const sound = place([group({ connections: [{ to: 'database', name: 'main', pool: 4 }] })]);

  test('is nothing new where all is well', () => {
    expect(found(sound)).toEqual(found(place([])));
  });

  test('counts the connections that they may open', () => {
    // 10 and a quarter of it x 40 of 500.
    const greedy = place([group({ connections: [{ to: 'database', name: 'main', pool: 40 }] })]);
    expect(found(greedy)).toContain('database-connections-cover-pools');
  });

  test('is told where their name is that of an environment', () => {
    const other = environment({
      ...place([]),
      name: 'other',
      domain: 'legal.shop.example.com',
      network: { cidr: '10.30.0.0/16', nat: 'per-zone' },
    });
    expect(found(sound, other)).toContain('instances-have-a-free-name');
    expect(allIds(INSTANCE_NAME_CHECKS)).toEqual(['instances-have-a-free-name']);
  });

  test('is what is wrong with sizes, health and service as well', () => {
    expect(found(place([{ ...group(), desired: 11 }]))).toContain('asg-desired-is-within-bounds');
    expect(found(place([group({ port: 80 })]))).toContain('service-port-is-unprivileged');
    expect(found(place([group({ health: { readinessPath: 'health' } })]))).toContain(
      'target-group-health-path-is-absolute',
    );
  });
});
