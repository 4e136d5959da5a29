import { probes } from '../../../lib/kubernetes/workload/probes';
import { Duration } from '../../../lib/units';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('probes', () => {
  test('start and readiness ask the path, liveness only the port', () => {
    const { startupProbe, readinessProbe, livenessProbe } = plain(probes({ readinessPath: '/ready' }, 'http'));
    expect(startupProbe.httpGet).toMatchObject({ path: '/ready', port: { value: 'http' } });
    expect(readinessProbe.httpGet).toMatchObject({ path: '/ready', port: { value: 'http' } });
    expect(livenessProbe).toMatchObject({ tcpSocket: { port: { value: 'http' } } });
    expect(livenessProbe).not.toHaveProperty('httpGet');
  });

  test('liveness asks its own path if it has one', () => {
    const { livenessProbe } = plain(probes({ readinessPath: '/ready', livenessPath: '/alive' }, 'http'));
    expect(livenessProbe.httpGet).toMatchObject({ path: '/alive', port: { value: 'http' } });
    expect(livenessProbe).not.toHaveProperty('tcpSocket');
  });

  test.each([
    [undefined, 24],
    [Duration.seconds(10), 2],
    [Duration.seconds(11), 3],
    [Duration.seconds(15), 3],
    [Duration.hours(1), 720],
  ])('a start of %s is tried %d times, 5 s apart', (startWithin, failureThreshold) => {
    const health = { readinessPath: '/ready', ...(startWithin === undefined ? {} : { startWithin }) };
    expect(probes(health, 'http').startupProbe).toMatchObject({ periodSeconds: 5, failureThreshold });
  });

  test('a pod leaves its Service long before it is restarted', () => {
    const { readinessProbe, livenessProbe } = probes({ readinessPath: '/ready' }, 'http');
    expect(readinessProbe).toMatchObject({
      periodSeconds: 5,
      failureThreshold: 3,
      timeoutSeconds: 2,
      successThreshold: 1,
    });
    expect(livenessProbe).toMatchObject({ periodSeconds: 10, failureThreshold: 6, timeoutSeconds: 5 });
  });
});
