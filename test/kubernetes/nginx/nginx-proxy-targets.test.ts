import { type NginxProxyProps, nginxProxyTargets } from '../../../lib/kubernetes';
import { Duration } from '../../../lib/units';

const PROXY: Omit<NginxProxyProps, 'tls'> = {
  name: 'gateway',
  namespace: 'shop',
  upstreams: [{ name: 'shop_cluster', service: 'shop', port: 8001 }],
  routes: [{ path: '/', upstream: 'shop_cluster' }],
};

describe('an nginx behind a load balancer', () => {
  test('gets requests at its port, is asked at its status port, and says how it stops', () => {
    expect(nginxProxyTargets('gateway', PROXY)).toEqual({
      name: 'gateway',
      port: 8080,
      healthCheck: { path: '/readyz', port: 8081 },
      pods: { deregisterWithin: Duration.seconds(15), drainFor: Duration.seconds(30) },
    });
  });

  test('is known by its own numbers where it has some', () => {
    const own = {
      port: 9000,
      statusPort: 9001,
      drainFor: Duration.seconds(60),
      deregisterWithin: Duration.seconds(20),
    };
    expect(nginxProxyTargets('blue', { ...PROXY, ...own })).toEqual({
      name: 'blue',
      port: 9000,
      healthCheck: { path: '/readyz', port: 9001 },
      pods: { deregisterWithin: Duration.seconds(20), drainFor: Duration.seconds(60) },
    });
  });
});
