import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import { inspectMeshTraffic, type MeshTrafficSpec, meshTrafficPlan } from '../../model/mesh/traffic';
import { type Labels, standardLabels } from '../labels';

/** A Service, and how the sidecars of its callers treat its pods. */
export interface DestinationRuleProps extends MeshTrafficSpec {
  /** Name of the Service, in the namespace of the chart (DNS label); also of this object. */
  readonly service: string;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** What we write of a DestinationRule. Source: istio/api networking/v1, destination_rule.proto (2026-07). */
interface DestinationRuleSpec {
  readonly host: string;
  readonly trafficPolicy: {
    readonly loadBalancer: { readonly simple: string };
    readonly outlierDetection: {
      readonly consecutive5xxErrors: number;
      readonly interval: string;
      readonly baseEjectionTime: string;
      readonly maxEjectionPercent: number;
    };
  };
}

/** What is said about the object beside how pods are treated. */
export const DESTINATION_RULE_CHECKS: readonly Check<DestinationRuleProps>[] = [
  {
    id: 'destination-rule-service-is-a-dns-label',
    prop: 'service',
    holds: ({ service }) => isDnsLabel(service),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of a Service of the namespace',
  },
];

/**
 * How sidecars balance over the pods of a Service and leave out those that answer with errors. A rule holds for the Service
 * that a request ends up at: of a canary, for the stable and the canary Service, not for the plain one.
 *
 * Needs sidecars at the callers; without any it does nothing.
 *
 * @example
 * new DestinationRule(chart, 'Traffic', { service: 'auth-service' });
 */
export class DestinationRule extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: DestinationRuleProps): Finding[] {
    return [...inspect(path, props, DESTINATION_RULE_CHECKS), ...inspectMeshTraffic(path, props)];
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: DestinationRuleProps) {
    super(scope, id);
    const { service, labels, partOf } = props;
    enforce(this, DestinationRule.inspect(this.node.path, props));

    const { balancing, outliers } = meshTrafficPlan(props);
    const spec: DestinationRuleSpec = {
      host: service,
      trafficPolicy: {
        loadBalancer: { simple: balancing },
        outlierDetection: {
          consecutive5xxErrors: outliers.consecutiveErrors,
          interval: `${outliers.interval.toSeconds()}s`,
          baseEjectionTime: `${outliers.ejectFor.toSeconds()}s`,
          maxEjectionPercent: outliers.atMost.toPercent(),
        },
      },
    };
    new ApiObject(this, 'Resource', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: service, labels: { ...standardLabels(service, 'mesh-traffic', partOf), ...labels } },
      spec,
    });
  }
}
