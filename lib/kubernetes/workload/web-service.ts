import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { DEFAULT_KUBERNETES_VERSION } from '../../catalog';
import { enforce, type Finding, inspect, inspectEach } from '../../check';
import { type Amounts, type ObjectReference, SURGE_PERCENT } from '../../model';
import { DEFAULT_START_WITHIN, SERVICE_RUNTIME_CHECKS } from '../../model/service/service-runtime';
import { HorizontalPodAutoscaler, type HorizontalPodAutoscalerProps } from '../autoscaling/horizontal-pod-autoscaler';
import { VerticalPodAutoscaler, type VerticalPodAutoscalerProps } from '../autoscaling/vertical-pod-autoscaler';
import { NETWORK_PEER_CHECKS, NetworkPolicy } from '../cluster/network-policy';
import { KubeDeployment, KubeService, KubeServiceAccount } from '../k8s';
import { type Labels, selectorLabels, standardLabels } from '../labels';
import { intOrString } from '../quantities';
import { targetHas, targetVersion } from '../target-version';
import { DisruptionBudget } from './disruption-budget';
import { inspectPlacement } from './node-placement';
import { DEPLOYMENT_VERSION_LABEL } from './pod-spread';
import { HTTP_PORT, WEB_COMPONENT, webPod, webPodPatches } from './web-pod';
import { WEB_SERVICE_CHECKS, WEB_SERVICE_TARGET_CHECKS } from './web-service-checks';
import { callers, policyPeers, scrapers } from './web-service-peers';
import { type WebServicePlan, type WebServiceProps, webServicePlan } from './web-service-props';

const targetOf = (name: string): ObjectReference => ({ apiVersion: 'apps/v1', kind: 'Deployment', name });

const common = ({ labels, partOf }: WebServicePlan) => ({ labels, ...(partOf === undefined ? {} : { partOf }) });

function horizontalOf(plan: WebServicePlan): HorizontalPodAutoscalerProps | undefined {
  const { name, scaling, resources, autoscalerName } = plan;
  if (scaling === undefined) return undefined;
  return { name: autoscalerName, target: targetOf(name), policy: scaling, resources, ...common(plan) };
}

function verticalOf(plan: WebServicePlan): VerticalPodAutoscalerProps | undefined {
  const { name, vertical, scaling, resources, verticalAutoscalerName } = plan;
  if (vertical === undefined) return undefined;
  const beside = scaling === undefined ? {} : { scaling };
  return {
    name: verticalAutoscalerName,
    target: targetOf(name),
    policy: vertical,
    resources,
    ...beside,
    ...common(plan),
  };
}

/** A Deployment that has not moved for this long has failed; twice a start, if that is longer. */
const LEAST_PROGRESS_SECONDS = 600;

/**
 * A workload that serves HTTP, and everything that keeps it up while nodes drain, zones fail, versions change and load
 * moves: Deployment, Service, account, budget, network policy and, where asked for, autoscalers.
 *
 * The Service listens on the port of the container, because network policies of the VPC CNI require the two to be one.
 *
 * @example
 * new WebService(chart, 'Api', { name: 'api', image: 'registry.example.com/shop/api:1.4.0', port: 8080 });
 */
export class WebService extends Construct {
  /** @param version Kubernetes minor that the service is for. */
  static inspect(path: string, props: WebServiceProps, version: string = DEFAULT_KUBERNETES_VERSION): Finding[] {
    const plan = webServicePlan(props);
    const horizontal = horizontalOf(plan);
    const vertical = verticalOf(plan);
    return [
      ...inspect(path, plan, SERVICE_RUNTIME_CHECKS),
      ...inspect(path, plan, WEB_SERVICE_CHECKS),
      ...inspect(path, { ...plan, version }, WEB_SERVICE_TARGET_CHECKS),
      ...inspectPlacement(path, 'nodes', plan.nodes),
      ...inspectEach(path, 'ingressFrom', callers(plan), NETWORK_PEER_CHECKS),
      ...inspectEach(path, 'scrapedBy', scrapers(plan), NETWORK_PEER_CHECKS),
      ...inspectEach(path, 'egressTo', plan.egressTo, NETWORK_PEER_CHECKS),
      ...(horizontal ? HorizontalPodAutoscaler.inspect(`${path}/Autoscaler`, horizontal, version) : []),
      ...(vertical ? VerticalPodAutoscaler.inspect(`${path}/VerticalAutoscaler`, vertical, version) : []),
    ];
  }

  /** Name of all its objects but autoscalers that are named otherwise. */
  readonly name: string;
  /** Port of the container and of the Service, which are one. */
  readonly port: number;
  /** Labels that select its pods, and no others. */
  readonly selector: Labels;
  /** Name under which other pods of the namespace reach it. */
  readonly serviceName: string;
  /** The workload, as autoscalers refer to it. */
  readonly target: ObjectReference;
  /** What the scheduler sets aside for each pod. */
  readonly requests: Amounts;

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    const plan = webServicePlan(props);
    enforce(this, WebService.inspect(this.node.path, props, targetVersion(this)));

    this.name = plan.name;
    this.port = plan.port;
    this.selector = selectorLabels(plan.name);
    this.serviceName = plan.name;
    this.target = targetOf(plan.name);
    this.requests = plan.resources.requests;

    const metadata = {
      name: plan.name,
      labels: { ...plan.labels, ...standardLabels(plan.name, WEB_COMPONENT, plan.partOf) },
    };
    new KubeServiceAccount(this, 'ServiceAccount', { metadata, automountServiceAccountToken: false });
    this.deployment(plan, metadata);
    this.service(plan, metadata);
    new DisruptionBudget(this, 'Budget', { ...metadata, selector: this.selector });
    new NetworkPolicy(this, 'Network', { ...metadata, selector: this.selector, ...policyPeers(plan) });
    const horizontal = horizontalOf(plan);
    if (horizontal) new HorizontalPodAutoscaler(this, 'Autoscaler', horizontal);
    const vertical = verticalOf(plan);
    if (vertical) new VerticalPodAutoscaler(this, 'VerticalAutoscaler', vertical);
  }

  /** An untyped object: a typed one would drop the fields of newer releases that patches add. */
  private deployment(plan: WebServicePlan, metadata: { name: string; labels: Labels }): void {
    const { startWithin = DEFAULT_START_WITHIN } = plan.health;
    const minReadySeconds = plan.minReady.toSeconds();
    const replacement = 2 * startWithin.toSeconds() + minReadySeconds;
    const manifest = KubeDeployment.manifest({
      metadata: { ...metadata, annotations: plan.annotations },
      spec: {
        ...(plan.replicas === undefined ? {} : { replicas: plan.replicas }),
        selector: { matchLabels: this.selector },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: intOrString(0), maxSurge: intOrString(`${SURGE_PERCENT}%`) },
        },
        minReadySeconds,
        revisionHistoryLimit: 5,
        progressDeadlineSeconds: Math.max(LEAST_PROGRESS_SECONDS, replacement),
        template: webPod(plan, DEPLOYMENT_VERSION_LABEL),
      },
    });
    const deployment = new ApiObject(this, 'Resource', manifest);
    for (const patch of webPodPatches(this, plan)) deployment.addJsonPatch(patch);
  }

  private service({ port, trafficDistribution }: WebServicePlan, metadata: { name: string; labels: Labels }): void {
    const manifest = KubeService.manifest({
      metadata,
      spec: {
        type: 'ClusterIP',
        selector: this.selector,
        ports: [{ name: HTTP_PORT, port, targetPort: intOrString(HTTP_PORT), protocol: 'TCP', appProtocol: 'http' }],
      },
    });
    const service = new ApiObject(this, 'Service', manifest);
    if (trafficDistribution !== undefined && targetHas(this, 'service-traffic-distribution')) {
      service.addJsonPatch(JsonPatch.add('/spec/trafficDistribution', trafficDistribution));
    }
  }
}
