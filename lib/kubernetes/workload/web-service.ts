import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { DEFAULT_KUBERNETES_VERSION } from '../../catalog';
import { enforce, type Finding } from '../../check';
import { type Amounts, type ObjectReference, SURGE_PERCENT } from '../../model';
import { KubeDeployment } from '../k8s';
import { type Labels, selectorLabels } from '../labels';
import { intOrString } from '../quantities';
import { targetVersion } from '../target-version';
import { meshPodResources } from './mesh-pod';
import { DEPLOYMENT_VERSION_LABEL } from './pod-spread';
import { webPod, webPodPatches } from './web-pod';
import { type WebServicePlan, type WebServiceProps, webServicePlan } from './web-service-props';
import {
  inspectWebWorkload,
  type NamedLabels,
  progressSeconds,
  webAccount,
  webEndpoint,
  webGuards,
  webMetadata,
} from './web-workload';

const targetOf = (name: string): ObjectReference => ({ apiVersion: 'apps/v1', kind: 'Deployment', name });

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
    return inspectWebWorkload(path, plan, targetOf(plan.name), version);
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
    this.requests = meshPodResources(plan).requests;

    const metadata = webMetadata(plan);
    webAccount(this, metadata);
    this.deployment(plan, metadata);
    webEndpoint(this, 'Service', plan, metadata);
    webGuards(this, plan, this.target);
  }

  /** An untyped object: a typed one would drop the fields of newer releases that patches add. */
  private deployment(plan: WebServicePlan, metadata: NamedLabels): void {
    const manifest = KubeDeployment.manifest({
      metadata: { ...metadata, annotations: { ...plan.annotations, ...plan.workloadAnnotations } },
      spec: {
        ...(plan.replicas === undefined ? {} : { replicas: plan.replicas }),
        selector: { matchLabels: this.selector },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: intOrString(0), maxSurge: intOrString(`${SURGE_PERCENT}%`) },
        },
        minReadySeconds: plan.minReady.toSeconds(),
        revisionHistoryLimit: 5,
        progressDeadlineSeconds: progressSeconds(plan),
        template: webPod(plan, DEPLOYMENT_VERSION_LABEL),
      },
    });
    const deployment = new ApiObject(this, 'Resource', manifest);
    for (const patch of webPodPatches(this, plan, DEPLOYMENT_VERSION_LABEL)) deployment.addJsonPatch(patch);
  }
}
