import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import { isIpv4Range } from '../../model';
import type { OpenPeer } from '../cluster/network-peers';
import { type Labels, standardLabels } from '../labels';

/** Pods of a Service as targets of a group that Terraform made. */
export interface TargetGroupBindingProps {
  /**
   * Name of the target group, as `targetGroupName` gives it to both planes (1-32 of a-z, 0-9 and inner hyphens). It is also the
   * name of this object: another group is another object.
   */
  readonly targetGroupName: string;
  /** Name of the Service, in the namespace of the chart (DNS label). Its pods' own addresses are registered. */
  readonly service: string;
  /** Port of the Service, by number (1-65535) or name. @default 'http' */
  readonly servicePort?: number | string;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

const DEFAULT_PORT = 'http';

/** What we write of a TargetGroupBinding. Source: kubernetes-sigs/aws-load-balancer-controller v3.5.0, apis/elbv2/v1beta1. */
interface TargetGroupBindingSpec {
  readonly targetGroupName: string;
  readonly targetType: 'ip';
  readonly serviceRef: { readonly name: string; readonly port: number | string };
}

const isPortName = (name: string): boolean => /^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(name);

/** What the controller asks of names and port. */
export const TARGET_GROUP_BINDING_CHECKS: readonly Check<TargetGroupBindingProps>[] = [
  {
    id: 'target-group-binding-names-a-group',
    prop: 'targetGroupName',
    holds: ({ targetGroupName }) => isDnsLabel(targetGroupName) && targetGroupName.length <= 32,
    rule: 'must be 1-32 of a-z, 0-9 and inner hyphens',
    remedy: 'use targetGroupName with the same declaration as the load balancer',
  },
  {
    id: 'target-group-binding-service-is-a-dns-label',
    prop: 'service',
    holds: ({ service }) => isDnsLabel(service),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of a Service of the namespace',
  },
  {
    id: 'target-group-binding-port-is-a-port',
    prop: 'servicePort',
    holds: ({ servicePort = DEFAULT_PORT }) =>
      typeof servicePort === 'number' ? isWholeWithin(servicePort, 1, 65_535) : isPortName(servicePort),
    rule: 'must be 1-65535 or the name of a port',
    remedy: 'leave it out for http',
  },
];

/**
 * Load balancers as callers, for network policies and `ingressFrom`: they have no pods and no labels, only the ranges of their
 * subnets, and knock at the port for requests and at the one for health.
 *
 * @param cidrs Ranges of the load balancer's subnets (IPv4).
 * @param ports `targetPorts` of its target group.
 * @throws RangeError for text that is no range: a policy with it would be refused, or let nobody in.
 */
export function loadBalancerPeers(cidrs: readonly string[], ports: readonly number[]): OpenPeer[] {
  const wrong = cidrs.filter((cidr) => !isIpv4Range(cidr));
  if (wrong.length > 0) throw new RangeError(`cidrs must be IPv4 ranges, got ${wrong.join(', ')}`);
  return cidrs.flatMap((cidr) => ports.map((port) => ({ cidr, port })));
}

/**
 * Registers the pods of a Service in a target group of Terraform's, and keeps them registered as they come and go. The group is
 * named, not pointed at: the controller looks the ARN up when the object is made, so that manifests hold nothing of an account.
 * What lets the load balancer in is said elsewhere: `ApplicationLoadBalancer` opens the nodes' security group, and network
 * policies get `loadBalancerPeers`.
 *
 * **Health.** The load balancer asks pods in plain text, and has no certificate of a mesh. Under STRICT it must not ask a port
 * behind a sidecar: let it ask 15021 of an Istio gateway, which is the gateway's own; or the status port of an nginx whose port
 * is taken out of the mesh (`traffic.sidecar.istio.io/excludeInboundPorts`) or PERMISSIVE for that port alone. The same holds for
 * the port of requests: a gateway listens for itself, a service behind a sidecar does not.
 *
 * **Release.** Give the namespace the label `elbv2.k8s.aws/pod-readiness-gate-inject: enabled`: a pod then counts as ready only
 * when the load balancer finds it healthy, and a rolling update waits for that. The group must exist and be named by this object
 * before the pods are made.
 *
 * **Upgrade.** What is written at creation stays: group, type and VPC cannot change. Apply changes with server-side or three-way
 * merge; replacing the object would take the looked-up ARN away, and is refused.
 *
 * **Destroy.** Before the controller, or its finalizer waits for nobody; and before the target group.
 *
 * @example
 * new TargetGroupBinding(chart, 'Binding', {
 *   targetGroupName: targetGroupName('acgs-production', { name: 'gateway', port: 8080 }),
 *   service: 'gateway',
 * });
 */
export class TargetGroupBinding extends Construct {
  /** What is wrong with names and port; makes nothing. */
  static inspect(path: string, props: TargetGroupBindingProps): Finding[] {
    return inspect(path, props, TARGET_GROUP_BINDING_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: TargetGroupBindingProps) {
    super(scope, id);
    const { targetGroupName, service, servicePort = DEFAULT_PORT, labels, partOf } = props;
    enforce(this, TargetGroupBinding.inspect(this.node.path, props));

    const spec: TargetGroupBindingSpec = {
      targetGroupName,
      targetType: 'ip',
      serviceRef: { name: service, port: servicePort },
    };
    new ApiObject(this, 'Resource', {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: { name: targetGroupName, labels: { ...labels, ...standardLabels(service, 'load-balancing', partOf) } },
      spec,
    });
  }
}
