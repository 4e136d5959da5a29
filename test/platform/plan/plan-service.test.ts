import type { AlbTraffic, EnvironmentSpec, ServiceSpec } from '../../../lib/model';
import { inspectPlatform } from '../../../lib/platform';
import { planService } from '../../../lib/platform/plan/plan-service';
import { Percent } from '../../../lib/units';
import { environment, service } from '../../support/environment';

const analysis = { metrics: [{ name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99) }] } as const;

const weighed = (traffic: Partial<AlbTraffic> = {}): ServiceSpec =>
  service('orders', {
    rollout: { strategy: 'canary', traffic: { through: 'alb', host: 'orders.example.com', ...traffic }, analysis },
    connections: [{ to: 'cache', name: 'cache' }],
  });

const callers = (of: ServiceSpec): unknown => {
  const place: EnvironmentSpec = environment({ services: [of] });
  return planService({ name: 'shop', environments: [place] }, place, of).ingressFrom;
};

test('the load balancer of a canary reaches its pods from the private subnets that its scheme puts it in', () => {
  expect(callers(weighed())).toEqual([{ cidr: '10.20.0.0/18' }, { cidr: '10.20.64.0/18' }, { cidr: '10.20.128.0/18' }]);
});

test('one that the internet reaches stands in the public subnets', () => {
  expect(callers(weighed({ scheme: 'internet-facing' }))).toEqual([
    { cidr: '10.20.192.0/22' },
    { cidr: '10.20.196.0/22' },
    { cidr: '10.20.200.0/22' },
  ]);
});

test('no other service is open to load balancers', () => {
  expect(callers(service('orders'))).toEqual([]);
  expect(
    callers(service('orders', { rollout: { strategy: 'canary', traffic: { through: 'istio' }, analysis } })),
  ).toEqual([]);
});

test('a declared canary through an ALB is accepted', () => {
  expect(inspectPlatform({ name: 'shop', environments: [environment({ services: [weighed()] })] })).toEqual([]);
});
