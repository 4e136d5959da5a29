import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import type { MeshRetrySpec } from '../../model';
import { inspectMeshRetries } from '../../model/mesh/retries';
import { type Labels, standardLabels } from '../labels';
import { meshRoutes } from './mesh-routes';

/** A Service, and how the sidecars of its callers repeat requests. */
export interface ServiceRoutesProps {
  /** Name of the Service, in the namespace of the chart (DNS label); also of this object. */
  readonly service: string;
  /** @default - only what no pod has seen is repeated */
  readonly retries?: MeshRetrySpec;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** What is said about the object beside its retries. */
export const SERVICE_ROUTES_CHECKS: readonly Check<ServiceRoutesProps>[] = [
  {
    id: 'service-routes-service-is-a-dns-label',
    prop: 'service',
    holds: ({ service }) => isDnsLabel(service),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of a Service of the namespace',
  },
];

/**
 * How sidecars repeat requests to a Service that failed: those of idempotent methods, within a deadline; any other only if no
 * pod has seen it. A canary has routes of its own, whose weights Argo Rollouts writes.
 *
 * Needs sidecars at the callers; without any it does nothing.
 *
 * @example
 * new ServiceRoutes(chart, 'Routes', { service: 'policy-governance', retries: { attempts: 2 } });
 */
export class ServiceRoutes extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: ServiceRoutesProps): Finding[] {
    const { retries } = props;
    return [...inspect(path, props, SERVICE_ROUTES_CHECKS), ...(retries ? inspectMeshRetries(path, retries) : [])];
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ServiceRoutesProps) {
    super(scope, id);
    const { service, retries, labels, partOf } = props;
    enforce(this, ServiceRoutes.inspect(this.node.path, props));

    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: service, labels: { ...standardLabels(service, 'mesh-traffic', partOf), ...labels } },
      spec: { hosts: [service], http: meshRoutes([{ destination: { host: service } }], retries) },
    });
  }
}
