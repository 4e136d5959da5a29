import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AlbTraffic } from '../../model/rollout/rollout';
import { KubeIngress } from '../k8s';
import { meshRoutes } from '../mesh/mesh-routes';
import type { WebServicePlan } from '../workload/web-service-props';
import { type NamedLabels, webMetadata } from '../workload/web-workload';
import type { TrafficRouting } from './rollout-kinds';
import type { CanaryParts } from './rollout-props';

/** All users on the stable version, until a release moves the weights of every route. */
function virtualService(scope: Construct, { web, release, retries }: CanaryParts): TrafficRouting {
  const { name, labels } = webMetadata(web);
  const shares = { [release.stableServiceName]: 100, [release.canaryServiceName]: 0 };
  const route = Object.entries(shares).map(([host, weight]) => ({ destination: { host }, weight }));
  const http = meshRoutes(route, retries);
  const spec = { hosts: [name], http };
  const metadata = { name, labels };
  new ApiObject(scope, 'Routes', { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec });
  return { istio: { virtualService: { name, routes: http.map((one) => one.name) } } };
}

const ALB = 'alb.ingress.kubernetes.io';

/** TLS 1.3 and 1.2, without ciphers that AWS advises against. */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** Values of annotations as the controller reads them: `a=1,b=2`. */
const pairs = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map((pair) => pair.join('='))
    .join(',');

const annotations = (traffic: AlbTraffic, web: WebServicePlan): Readonly<Record<string, string>> => ({
  [`${ALB}/scheme`]: traffic.scheme ?? 'internal',
  [`${ALB}/target-type`]: 'ip',
  [`${ALB}/listen-ports`]: '[{"HTTP": 80}, {"HTTPS": 443}]',
  [`${ALB}/ssl-redirect`]: '443',
  [`${ALB}/ssl-policy`]: traffic.tlsPolicy ?? TLS_POLICY,
  [`${ALB}/healthcheck-path`]: web.health.readinessPath,
  [`${ALB}/healthcheck-port`]: 'traffic-port',
  [`${ALB}/load-balancer-attributes`]: pairs({
    'deletion_protection.enabled': `${(traffic.deletionProtection ?? 'on') === 'on'}`,
    'routing.http.drop_invalid_header_fields.enabled': 'true',
  }),
  [`${ALB}/target-group-attributes`]: pairs({
    'deregistration_delay.timeout_seconds': `${web.deregisterWithin.toSeconds()}`,
  }),
  ...(traffic.inboundCidrs === undefined ? {} : { [`${ALB}/inbound-cidrs`]: traffic.inboundCidrs.join(',') }),
});

/** Argo Rollouts writes an annotation with the weights, under the name of the backend. */
function ingress(scope: Construct, traffic: AlbTraffic, web: WebServicePlan, { name, labels }: NamedLabels): void {
  new KubeIngress(scope, 'Ingress', {
    metadata: { name, labels, annotations: annotations(traffic, web) },
    spec: {
      ingressClassName: 'alb',
      tls: [{ hosts: [traffic.host] }],
      rules: [
        {
          host: traffic.host,
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 'use-annotation' } } } },
            ],
          },
        },
      ],
    },
  });
}

/** Makes what the weights are written to, which Argo Rollouts is told about. */
export function canaryRoutes(scope: Construct, parts: CanaryParts): TrafficRouting {
  const { web, release } = parts;
  if (release.traffic.through === 'istio') return virtualService(scope, parts);
  ingress(scope, release.traffic, web, webMetadata(web));
  return { alb: { ingress: web.name, rootService: web.name, servicePort: web.port } };
}
