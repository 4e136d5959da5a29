import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { type Finding, inspect, inspectEach } from '../../check';
import type { ObjectReference } from '../../model';
import { DEFAULT_START_WITHIN, SERVICE_RUNTIME_CHECKS } from '../../model/service/service-runtime';
import type { HorizontalPodAutoscalerProps } from '../autoscaling/horizontal-pod-autoscaler';
import { type HorizontalScaler, horizontalScaler, inspectScaler } from '../autoscaling/horizontal-scaler';
import { VerticalPodAutoscaler, type VerticalPodAutoscalerProps } from '../autoscaling/vertical-pod-autoscaler';
import { NETWORK_PEER_CHECKS, NetworkPolicy } from '../cluster/network-policy';
import { KubeService, KubeServiceAccount, type ServiceSpec } from '../k8s';
import { type Labels, selectorLabels, standardLabels } from '../labels';
import { intOrString } from '../quantities';
import { targetHas } from '../target-version';
import { DisruptionBudget } from './disruption-budget';
import { inspectMeshPod } from './mesh-pod';
import { inspectPlacement } from './node-placement';
import { HTTP_PORT, WEB_COMPONENT } from './web-pod';
import { WEB_SERVICE_CHECKS, WEB_SERVICE_TARGET_CHECKS } from './web-service-checks';
import { callers, policyPeers, scrapers } from './web-service-peers';
import type { WebServicePlan } from './web-service-props';

/** Name and labels of an object. */
export interface NamedLabels {
  readonly name: string;
  readonly labels: Labels;
}

/** Name and labels that all objects of a web service have. */
export const webMetadata = ({ name, labels, partOf }: WebServicePlan): NamedLabels => ({
  name,
  labels: { ...labels, ...standardLabels(name, WEB_COMPONENT, partOf) },
});

const common = ({ labels, partOf }: WebServicePlan) => ({ labels, ...(partOf === undefined ? {} : { partOf }) });

function horizontalOf(plan: WebServicePlan, target: ObjectReference): HorizontalPodAutoscalerProps | undefined {
  const { scaling, resources, autoscalerName } = plan;
  if (scaling === undefined) return undefined;
  return { name: autoscalerName, target, policy: scaling, resources, ...common(plan) };
}

function verticalOf(plan: WebServicePlan, target: ObjectReference): VerticalPodAutoscalerProps | undefined {
  const { vertical, scaling, resources, verticalAutoscalerName } = plan;
  if (vertical === undefined) return undefined;
  const beside = scaling === undefined ? {} : { scaling };
  return { name: verticalAutoscalerName, target, policy: vertical, resources, ...beside, ...common(plan) };
}

/**
 * Everything that is wrong with a web service, whatever releases it.
 *
 * @param target The workload that its autoscalers move.
 */
export function inspectWebWorkload(
  path: string,
  plan: WebServicePlan,
  target: ObjectReference,
  version: string,
): Finding[] {
  const horizontal = horizontalOf(plan, target);
  const vertical = verticalOf(plan, target);
  return [
    ...inspect(path, plan, SERVICE_RUNTIME_CHECKS),
    ...inspect(path, plan, WEB_SERVICE_CHECKS),
    ...inspect(path, { ...plan, version }, WEB_SERVICE_TARGET_CHECKS),
    ...inspectPlacement(path, 'nodes', plan.nodes),
    ...inspectEach(path, 'ingressFrom', callers(plan), NETWORK_PEER_CHECKS),
    ...inspectEach(path, 'scrapedBy', scrapers(plan), NETWORK_PEER_CHECKS),
    ...inspectEach(path, 'egressTo', plan.egressTo, NETWORK_PEER_CHECKS),
    ...inspectMeshPod(path, plan),
    ...(horizontal ? inspectScaler(`${path}/Autoscaler`, horizontal, plan.keda, version) : []),
    ...(vertical ? VerticalPodAutoscaler.inspect(`${path}/VerticalAutoscaler`, vertical, version) : []),
  ];
}

/** A release that has not moved for this long has failed; twice a start, if that is longer. */
const LEAST_PROGRESS_SECONDS = 600;

/** Time without progress after which a release has failed, in seconds. */
export function progressSeconds({ health, minReady }: WebServicePlan): number {
  const { startWithin = DEFAULT_START_WITHIN } = health;
  return Math.max(LEAST_PROGRESS_SECONDS, 2 * startWithin.toSeconds() + minReady.toSeconds());
}

/** The account of the pods, which holds no credentials. */
export const webAccount = (scope: Construct, metadata: NamedLabels): KubeServiceAccount =>
  new KubeServiceAccount(scope, 'ServiceAccount', { metadata, automountServiceAccountToken: false });

/** A Service on the port of the container, because network policies of the VPC CNI require the two to be one. */
export function webEndpoint(
  scope: Construct,
  id: string,
  { name, port, trafficDistribution }: WebServicePlan,
  metadata: NamedLabels,
  changes: Pick<ServiceSpec, 'clusterIp'> = {},
): ApiObject {
  const manifest = KubeService.manifest({
    metadata,
    spec: {
      type: 'ClusterIP',
      ...changes,
      selector: selectorLabels(name),
      ports: [{ name: HTTP_PORT, port, targetPort: intOrString(HTTP_PORT), protocol: 'TCP', appProtocol: 'http' }],
    },
  });
  const service = new ApiObject(scope, id, manifest);
  if (trafficDistribution !== undefined && targetHas(scope, 'service-traffic-distribution')) {
    service.addJsonPatch(JsonPatch.add('/spec/trafficDistribution', trafficDistribution));
  }
  return service;
}

/** What stands around the pods of any web service, by the part it plays. */
export interface WebGuards {
  readonly network: NetworkPolicy;
  /** Absent without `scaling`. */
  readonly autoscaler: HorizontalScaler | undefined;
}

/** Budget, network policy and, where asked for, autoscalers. */
export function webGuards(scope: Construct, plan: WebServicePlan, target: ObjectReference): WebGuards {
  const metadata = webMetadata(plan);
  const selector = selectorLabels(plan.name);
  new DisruptionBudget(scope, 'Budget', { ...metadata, selector });
  const network = new NetworkPolicy(scope, 'Network', { ...metadata, selector, ...policyPeers(plan) });
  const horizontal = horizontalOf(plan, target);
  const autoscaler = horizontal && horizontalScaler(scope, 'Autoscaler', horizontal, plan.keda);
  const vertical = verticalOf(plan, target);
  if (vertical) new VerticalPodAutoscaler(scope, 'VerticalAutoscaler', vertical);
  return { network, autoscaler };
}
