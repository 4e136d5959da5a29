import { type ArgoProjectProps, type GitApplicationProps, ROLLOUT_IGNORED_DIFFERENCES } from '../../kubernetes';
import {
  ARGOCD_NAMESPACE,
  type EnvironmentSpec,
  type GitOpsSpec,
  MONITORING_NAMESPACE,
  OBSERVABILITY_NAMESPACES,
  VELERO,
} from '../../model';
import { MANIFEST_LAYERS, type ManifestLayer } from '../layer';

/** An environment that a repository delivers. */
export type Delivered = EnvironmentSpec & { readonly gitops: GitOpsSpec };

export const isDelivered = (environment: EnvironmentSpec): environment is Delivered => environment.gitops !== undefined;

/** What the applications are that install a cluster, and what they may touch. */
export interface GitOpsPlan {
  /** What is applied by hand: the application of all others, in a project of its own. */
  readonly root: { readonly project: ArgoProjectProps; readonly application: GitApplicationProps };
  /** What the root applies, each layer after the one before. */
  readonly projects: readonly ArgoProjectProps[];
  readonly applications: readonly GitApplicationProps[];
}

/** Who may make what. Projects list all kinds of a layer, not only today's: what is no longer emitted could not be removed. */
const PROJECTS = ['foundation', 'policies', 'workloads'] as const;
type Project = (typeof PROJECTS)[number];

const PROJECT_OF: Readonly<Record<ManifestLayer, Project>> = {
  '00-crds': 'foundation',
  '10-controllers': 'foundation',
  '20-policies': 'policies',
  '30-workloads': 'workloads',
};

interface Rights extends Required<Pick<ArgoProjectProps, 'description' | 'clusterKinds' | 'namespaceKinds'>> {
  readonly destinations: (environment: EnvironmentSpec) => readonly string[];
}

/** Where issuers of the whole cluster have their keys. */
const CERTIFICATES_NAMESPACE = 'cert-manager';

const inGroup = (group: string, ...kinds: readonly string[]): string[] => kinds.map((kind) => `${group}/${kind}`);

const ARGO = inGroup('argoproj.io', 'AppProject', 'Application');

const SECRETS = inGroup('external-secrets.io', 'ExternalSecret', 'SecretStore');

/** What each project admits. Whoever may make applications may make everything: only the first does. */
const RIGHTS: Readonly<Record<Project, Rights>> = {
  foundation: {
    description: 'Definitions and controllers: what everything else stands on',
    destinations: () => [ARGOCD_NAMESPACE, MONITORING_NAMESPACE],
    clusterKinds: [
      '/Namespace',
      'apiregistration.k8s.io/APIService',
      'syncset.gatekeeper.sh/SyncSet',
      'templates.gatekeeper.sh/ConstraintTemplate',
    ],
    namespaceKinds: ['/ConfigMap', ...ARGO],
  },
  policies: {
    description: 'What workloads stand in: namespace, limits, rules, priorities, and what watches and keeps them',
    destinations: ({ namespace }) => [
      namespace,
      MONITORING_NAMESPACE,
      VELERO.namespace,
      CERTIFICATES_NAMESPACE,
      ...Object.values(OBSERVABILITY_NAMESPACES),
    ],
    clusterKinds: [
      '/Namespace',
      ...inGroup('admissionregistration.k8s.io', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'),
      'cert-manager.io/ClusterIssuer',
      'constraints.gatekeeper.sh/*',
      'external-secrets.io/ClusterSecretStore',
      'karpenter.k8s.aws/EC2NodeClass',
      'karpenter.sh/NodePool',
      'scheduling.k8s.io/PriorityClass',
      'storage.k8s.io/StorageClass',
    ],
    namespaceKinds: [
      ...inGroup('', 'ConfigMap', 'LimitRange', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount'),
      ...inGroup('batch', 'CronJob', 'Job'),
      ...inGroup('cert-manager.io', 'Certificate', 'Issuer'),
      'elasticsearch.k8s.elastic.co/Elasticsearch',
      ...SECRETS,
      'monitoring.coreos.com/PrometheusRule',
      'networking.k8s.io/NetworkPolicy',
      'policy/PodDisruptionBudget',
      ...inGroup('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
      'telemetry.istio.io/Telemetry',
      'velero.io/Schedule',
    ],
  },
  workloads: {
    description: 'Services, their stores and their gateway, in one namespace and with nothing of the cluster',
    destinations: ({ namespace }) => [namespace],
    clusterKinds: [],
    namespaceKinds: [
      ...inGroup('', 'ConfigMap', 'PersistentVolumeClaim', 'Service', 'ServiceAccount'),
      ...inGroup('apps', 'Deployment', 'StatefulSet'),
      ...inGroup('argoproj.io', 'AnalysisTemplate', 'Rollout'),
      'autoscaling/HorizontalPodAutoscaler',
      'autoscaling.k8s.io/VerticalPodAutoscaler',
      ...inGroup('batch', 'CronJob', 'Job'),
      ...inGroup('cert-manager.io', 'Certificate', 'Issuer'),
      'chaos-mesh.org/Schedule',
      'elbv2.k8s.aws/TargetGroupBinding',
      ...SECRETS,
      'keda.sh/ScaledObject',
      ...inGroup('networking.istio.io', 'DestinationRule', 'VirtualService'),
      ...inGroup('networking.k8s.io', 'Ingress', 'NetworkPolicy'),
      'policy/PodDisruptionBudget',
      ...inGroup('security.istio.io', 'AuthorizationPolicy', 'PeerAuthentication'),
    ],
  },
};

/** What is kept when its manifest goes: what it holds would go with it. By kinds, in the layers that have them. */
export const KEPT_KINDS: Readonly<Record<ManifestLayer, readonly string[]>> = {
  '00-crds': ['Namespace'],
  '10-controllers': [],
  '20-policies': ['Elasticsearch', 'Namespace', 'StorageClass'],
  '30-workloads': ['PersistentVolumeClaim', 'StatefulSet'],
};

const below = (folder: string, ...names: readonly string[]): string =>
  [...(folder === '.' ? [] : [folder]), ...names].join('/');

/** Folder of an environment in the repository, below what is synthesized. */
const generated = (platform: string, { name, gitops: { path } }: Delivered): string =>
  below(path, 'gitops', platform, name);

/** Folder that a layer is taken from: an overlay kept by hand, or the generated one. */
function layerPath(platform: string, environment: Delivered, layer: ManifestLayer): string {
  const { name, gitops } = environment;
  if (gitops.overlays !== undefined) return below(gitops.overlays, platform, name, layer);
  return below(generated(platform, environment), 'overlay', layer);
}

/** What a release in progress and its controllers write; numbers of pods are declared by no manifest that an autoscaler moves. */
const differences = ({ services }: Delivered): Pick<GitApplicationProps, 'ignoreDifferences'> =>
  services.some(({ rollout }) => rollout !== undefined) ? { ignoreDifferences: ROLLOUT_IGNORED_DIFFERENCES } : {};

const projectName = (platform: string, project: Project | 'root'): string => `${platform}-${project}`;

/** Everything that has Argo CD take an environment from its repository. */
export function planGitOps(platform: string, environment: Delivered): GitOpsPlan {
  const { gitops, namespace } = environment;
  const { repository, revision } = gitops;
  const source = { repository, revision };
  return {
    root: {
      project: {
        name: projectName(platform, 'root'),
        description: 'The application of all layers, and nothing else',
        repositories: [repository],
        destinations: [ARGOCD_NAMESPACE],
        namespaceKinds: ARGO,
      },
      application: {
        ...source,
        name: platform,
        project: projectName(platform, 'root'),
        path: below(generated(platform, environment), 'applications'),
        destination: ARGOCD_NAMESPACE,
        // A layer never disappears by an oversight in a folder.
        prune: false,
      },
    },
    projects: PROJECTS.map((project) => {
      const { destinations, ...rights } = RIGHTS[project];
      return {
        ...rights,
        name: projectName(platform, project),
        repositories: [repository],
        destinations: destinations(environment),
      };
    }),
    applications: MANIFEST_LAYERS.map((layer, wave) => ({
      ...source,
      name: `${platform}-${layer}`,
      project: projectName(platform, PROJECT_OF[layer]),
      path: layerPath(platform, environment, layer),
      destination: PROJECT_OF[layer] === 'foundation' ? ARGOCD_NAMESPACE : namespace,
      wave,
      // Definitions take every object of their kinds with them.
      prune: layer !== '00-crds',
      ...(layer === '30-workloads' && differences(environment)),
    })),
  };
}
