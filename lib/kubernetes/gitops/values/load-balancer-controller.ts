import {
  CRITICAL,
  type HelmValues,
  RESTRICTED_CONTAINER,
  resourceValues,
  spreadValues,
} from '../../../config/helm-values';
import { LOAD_BALANCER_CONTROLLER } from '../../../model';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/**
 * Makes load balancers of Ingresses. Cluster, region and VPC are told, because pods do not reach the metadata of their node.
 *
 * Its webhook for Services would refuse every Service of the cluster while it does not answer; it is off, and Services of
 * type LoadBalancer name the class `service.k8s.aws/nlb` themselves. What is left fails closed for its own kinds and for
 * Ingresses alone.
 */
export const loadBalancerControllerValues = (plan: ClusterServicesPlan): HelmValues => ({
  clusterName: plan.clusterName,
  region: plan.region,
  vpcTags: plan.vpcTags,
  replicaCount: plan.replicas,
  serviceAccount: { create: true, name: LOAD_BALANCER_CONTROLLER.serviceAccount },
  defaultTargetType: 'ip',
  enableServiceMutatorWebhook: false,
  podMutatorWebhookConfig: { failurePolicy: 'Ignore' },
  // A certificate that the chart draws itself is another one at each rendering.
  enableCertManager: true,
  priorityClassName: CRITICAL,
  podDisruptionBudget: { maxUnavailable: 1 },
  podSecurityContext: { fsGroup: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
  securityContext: RESTRICTED_CONTAINER,
  resources: resourceValues({ cpu: Cpu.millis(100), memory: Memory.mib(128), memoryLimit: Memory.mib(512) }),
  topologySpreadConstraints: spreadValues({
    'app.kubernetes.io/name': 'aws-load-balancer-controller',
    'app.kubernetes.io/instance': 'aws-load-balancer-controller',
  }),
});
