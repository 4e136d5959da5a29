import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AlbTraffic } from '../../model/rollout/rollout';
import { KubeIngress } from '../k8s';
import type { WebServicePlan } from '../workload/web-service-props';
import { type NamedLabels, webMetadata } from '../workload/web-workload';
import type { TrafficRouting, VirtualServiceSpec } from './rollout-kinds';
import type { CanaryParts } from './rollout-props';

/** Name of the route whose weights Argo Rollouts writes. */
const ROUTE = 'primary';

/** Services of the two versions, by what they hold when nothing is released. */
interface TwoServices {
  readonly stable: string;
  readonly canary: string;
}

/**
 * All users on the stable version, until a release moves the weights. Retries only what no pod has seen: Istio's own
 * default also repeats requests that were answered with 503.
 */
function virtualService(scope: Construct, { name, labels }: NamedLabels, { stable, canary }: TwoServices): void {
  const spec: VirtualServiceSpec = {
    hosts: [name],
    http: [
      {
        name: ROUTE,
        retries: { attempts: 2, retryOn: 'connect-failure,refused-stream' },
        route: [
          { destination: { host: stable }, weight: 100 },
          { destination: { host: canary }, weight: 0 },
        ],
      },
    ],
  };
  const metadata = { name, labels };
  new ApiObject(scope, 'Routes', { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec });
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
export function canaryRoutes(scope: Construct, { web, release }: CanaryParts): TrafficRouting {
  const metadata = webMetadata(web);
  const { traffic, stableServiceName: stable, canaryServiceName: canary } = release;
  if (traffic.through === 'alb') {
    ingress(scope, traffic, web, metadata);
    return { alb: { ingress: web.name, rootService: web.name, servicePort: web.port } };
  }
  virtualService(scope, metadata, { stable, canary });
  return { istio: { virtualService: { name: web.name, routes: [ROUTE] } } };
}
