import type { HealthSpec } from '../../model';
import { DEFAULT_START_WITHIN } from '../../model/service/service-runtime';
import type { Container, Probe } from '../k8s';
import { intOrString } from '../quantities';

const START_PERIOD = 5;

const httpGet = (path: string, port: string): Probe => ({ httpGet: { path, port: intOrString(port), scheme: 'HTTP' } });

/**
 * The three probes of a container that serves HTTP on a named port.
 *
 * - startup: the readiness path, for as long as a start may take; the other two wait for it.
 * - readiness: three failures in 15 s take the pod out of its Service.
 * - liveness: six failures in a minute restart it, so a pod has long left the Service by then. Without a path of its own
 *   it asks only whether the port still accepts connections, which no slow dependency can fail.
 */
export function probes(
  health: HealthSpec,
  port: string,
): Required<Pick<Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>> {
  const { readinessPath, livenessPath, startWithin = DEFAULT_START_WITHIN } = health;
  const alive = livenessPath === undefined ? { tcpSocket: { port: intOrString(port) } } : httpGet(livenessPath, port);
  return {
    startupProbe: {
      ...httpGet(readinessPath, port),
      periodSeconds: START_PERIOD,
      timeoutSeconds: 2,
      failureThreshold: Math.ceil(startWithin.toSeconds() / START_PERIOD),
    },
    readinessProbe: {
      ...httpGet(readinessPath, port),
      periodSeconds: 5,
      timeoutSeconds: 2,
      successThreshold: 1,
      failureThreshold: 3,
    },
    livenessProbe: { ...alive, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  };
}
