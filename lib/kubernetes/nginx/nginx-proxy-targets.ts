import { STATUS_PATHS } from '../../config/nginx/nginx-server';
import type { TargetGroupSpec } from '../../model';
import { planNginxProxy } from '../../model/nginx/nginx-proxy';
import { webServicePlan } from '../workload/web-service-props';
import { type NginxProxyProps, nginxProxyPodPlan, nginxSpec } from './nginx-proxy-props';
import { proxyWorkload } from './nginx-proxy-workload';

/**
 * The pods of an `NginxProxy` as targets of a load balancer: asked in plain text at their status port, which no sidecar intercepts,
 * and given no longer for their last requests than they take themselves. Not of one with TLS of its own, whose status has none.
 *
 * @param name What they are, unique behind the load balancer (1-20 of a-z, 0-9 and inner hyphens).
 */
export function nginxProxyTargets(name: string, props: Omit<NginxProxyProps, 'tls'>): TargetGroupSpec {
  const pod = nginxProxyPodPlan(props);
  const { port, statusPort } = planNginxProxy(nginxSpec(pod));
  const { deregisterWithin, drainFor } = webServicePlan(proxyWorkload(pod, ''));
  return {
    name,
    port,
    healthCheck: { path: STATUS_PATHS.readiness, port: statusPort },
    pods: { deregisterWithin, drainFor },
  };
}
