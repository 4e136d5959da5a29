import type { EnvironmentSpec } from '../../model';

/**
 * Custom resources among the workloads, and what a release is watched and decided by: `kubectl argo rollouts` promotes and
 * aborts by the status of the Rollout, reads runs and experiments, and ends a run by a patch.
 */
const DEPLOYED_RESOURCES = {
  'argoproj.io': [
    'analysistemplates',
    'rollouts',
    { kind: 'rollouts/status', verbs: ['get', 'update', 'patch'] },
    { kind: 'analysisruns', verbs: ['get', 'list', 'watch', 'patch', 'delete'] },
    { kind: 'experiments', verbs: ['get', 'list', 'watch'] },
  ],
  'autoscaling.k8s.io': ['verticalpodautoscalers'],
  'cert-manager.io': ['certificates', 'issuers'],
  'external-secrets.io': ['externalsecrets', 'secretstores'],
  'keda.sh': ['scaledobjects'],
  'networking.istio.io': ['destinationrules', 'virtualservices'],
} as const;

/** Those of a mesh that insists on something. */
const DEPLOYED_MESH_POLICIES = { 'security.istio.io': ['authorizationpolicies', 'peerauthentications'] } as const;

/** Pods as targets of a load balancer that stands outside of the cluster. */
const DEPLOYED_TARGETS = { 'elbv2.k8s.aws': ['targetgroupbindings'] } as const;

/** Custom resources that pipelines may deploy to the namespace of an environment: of those kinds that it has. */
export const deployedResources = (environment: EnvironmentSpec) => ({
  ...DEPLOYED_RESOURCES,
  ...(environment.meshPolicy && DEPLOYED_MESH_POLICIES),
  ...(environment.edge && DEPLOYED_TARGETS),
});
