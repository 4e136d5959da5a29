import type { EdgeSpec, EnvironmentSpec, GatewaySpec, PlatformSpec, PublicDnsSpec } from '../../lib/model';
import { Percent } from '../../lib/units';
import { environment, service } from './environment';

export const GATEWAY: GatewaySpec = {
  name: 'gateway',
  scaling: { min: 2, max: 4, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
};

export const EDGE: EdgeSpec = { healthPath: '/orders/health' };

/** An environment with a way in for users: one public service behind a gateway. */
export const reachable = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({
    services: [
      service('orders', {
        isPublic: true,
        connections: [
          { to: 'database', name: 'main' },
          { to: 'cache', name: 'cache' },
        ],
      }),
    ],
    gateway: GATEWAY,
    edge: EDGE,
    ...overrides,
  });

/** A zone that `shop.example.com` and what lies below are in, kept where the standby is. */
export const DNS: PublicDnsSpec = {
  zone: 'shop.example.com',
  account: '123456789012',
  region: 'us-east-2',
  state: { kind: 's3', bucket: 'shop-state-us-east-2', region: 'us-east-2' },
};

/** Production in Ireland, and what takes over its users in Ohio. */
export const primary = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  reachable({ state: { kind: 's3', bucket: 'shop-state-eu-west-1', region: 'eu-west-1' }, ...overrides });

export const standby = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  reachable({
    name: 'production-dr',
    standbyFor: 'production',
    region: 'us-east-2',
    zones: ['us-east-2a', 'us-east-2b', 'us-east-2c'],
    domain: 'standby.shop.example.com',
    network: { cidr: '10.21.0.0/16', nat: 'per-zone' },
    state: { kind: 's3', bucket: 'shop-state-us-east-2', region: 'us-east-2' },
    ...overrides,
  });

/** A platform whose users are led to one of two regions. */
export const shop = (
  environments: readonly EnvironmentSpec[] = [primary(), standby()],
  dns: PublicDnsSpec | undefined = DNS,
): PlatformSpec => ({ name: 'shop', environments, ...(dns && { dns }) });
