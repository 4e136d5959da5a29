import { CRITICAL, type HelmValues, RESTRICTED_POD, resourceValues, spreadValues } from '../../../config/helm-values';
import { ARGO_ROLLOUTS } from '../../../model';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/** Who may weigh traffic: the mesh, or the load balancer's controller. */
const PROVIDERS = {
  istio: true,
  awsLoadBalancerController: true,
  smi: false,
  ambassador: false,
  awsAppMesh: false,
  traefik: false,
  apisix: false,
  contour: false,
  glooPlatform: false,
  gatewayAPI: false,
};

/**
 * Moves releases forward. Where a load balancer weighs traffic, it asks AWS whether the weight and the pods have arrived
 * before it goes on; it can do so for no other kind of traffic. Its dashboard, which asks for no password, is off.
 */
export const argoRolloutsValues = ({ replicas, region }: ClusterServicesPlan): HelmValues => ({
  installCRDs: true,
  keepCRDs: true,
  serviceAccount: { create: true, name: ARGO_ROLLOUTS.serviceAccount },
  podSecurityContext: RESTRICTED_POD,
  providerRBAC: { enabled: true, providers: PROVIDERS },
  controller: {
    replicas,
    awsVerifyTargetGroup: true,
    extraEnv: [{ name: 'AWS_REGION', value: region }],
    priorityClassName: CRITICAL,
    pdb: { enabled: true, maxUnavailable: 1 },
    resources: resourceValues({ cpu: Cpu.millis(100), memory: Memory.mib(128), memoryLimit: Memory.mib(512) }),
    topologySpreadConstraints: spreadValues({
      'app.kubernetes.io/instance': 'argo-rollouts',
      'app.kubernetes.io/component': 'rollouts-controller',
    }),
  },
  dashboard: { enabled: false },
});
