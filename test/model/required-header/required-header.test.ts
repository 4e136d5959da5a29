import { gatewayHeader, probedPaths, requiredHeader } from '../../../lib/model';
import { environment, service } from '../../support/environment';

const required = environment({
  settings: { HASH: 'cdd01ef066bc6cf2' },
  requiredHeader: { name: 'X-Hash', setting: 'HASH' },
});

describe('a required header', () => {
  test('has the value of the setting that every service has', () => {
    expect(requiredHeader(required)).toEqual({ name: 'X-Hash', value: 'cdd01ef066bc6cf2' });
  });

  test('is none where none is declared', () => {
    expect(requiredHeader(environment())).toBeUndefined();
    expect(gatewayHeader(environment(), [service('orders')])).toBeUndefined();
  });

  test('is not asked of probes: readiness, what DNS asks, smoke tests', () => {
    const orders = service('orders', {
      rollout: { strategy: 'blue-green', smokeTest: { paths: ['/health', '/version'] } },
    });
    const edge = { healthPath: '/orders/deep?all=1' };
    expect(probedPaths(required, orders)).toEqual(['/health', '/version']);
    expect(probedPaths({ ...required, edge }, orders)).toEqual(['/health', '/deep', '/version']);
    expect(probedPaths({ ...required, edge }, service('order'))).toEqual(['/health']);
  });

  test('is free at the gateway below the name of each service', () => {
    const root = service('root', { health: { readinessPath: '/' } });
    expect(gatewayHeader(required, [service('orders'), root])?.exempt).toEqual(['/orders/health', '/root']);
  });

  test('is sent by a program that tests a release, which knows its own requests', () => {
    const orders = service('orders', {
      rollout: { strategy: 'blue-green', smokeTest: { image: 'example.com/smoke:1', command: ['smoke'] } },
    });
    expect(probedPaths(required, orders)).toEqual(['/health']);
  });
});
