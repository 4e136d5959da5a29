import type { ValidatingAdmissionPolicy as PublishedPolicy } from 'kubernetes-types/admissionregistration/v1';
import type {
  HorizontalPodAutoscaler as PublishedAutoscaler,
  HorizontalPodAutoscalerBehavior as PublishedBehavior,
  HPAScalingRules as PublishedRules,
  HorizontalPodAutoscalerSpec as PublishedSpec,
} from 'kubernetes-types/autoscaling/v2';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';

export type {
  ConstraintTemplate,
  Schedule,
  SyncSet,
  UniqueAutoscalerTarget,
  UniqueIngressHost,
} from './reviewed-delivery-kinds';
export type { ClusterIssuer, Elasticsearch, Telemetry } from './reviewed-observability-kinds';
export type { AnalysisTemplate, Rollout, VirtualService } from './reviewed-rollout-kinds';

/** Kinds without published types, and fields newer than those: only what we emit, read against each kind's reference. */

interface Custom<Version extends string, Kind extends string, Spec> {
  readonly apiVersion: Version;
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
}

/** Tolerance: kubernetes KEP 4951, on by default since 1.35. */
type ScalingRules = PublishedRules & { readonly tolerance?: string };

export type HorizontalPodAutoscaler = Omit<PublishedAutoscaler, 'spec'> & {
  readonly spec: Omit<PublishedSpec, 'behavior'> & {
    readonly behavior?: Omit<PublishedBehavior, 'scaleUp' | 'scaleDown'> & {
      readonly scaleUp?: ScalingRules;
      readonly scaleDown?: ScalingRules;
    };
  };
};

export type APIService = Custom<
  'apiregistration.k8s.io/v1',
  'APIService',
  {
    readonly group: string;
    readonly version: string;
    readonly service: { readonly name: string; readonly namespace: string; readonly port?: number };
    readonly insecureSkipTLSVerify?: boolean;
    readonly groupPriorityMinimum: number;
    readonly versionPriority: number;
  }
>;

type Amounts = { readonly cpu?: string; readonly memory?: string };

export type VerticalPodAutoscaler = Custom<
  'autoscaling.k8s.io/v1',
  'VerticalPodAutoscaler',
  {
    readonly targetRef: { readonly apiVersion: string; readonly kind: string; readonly name: string };
    readonly updatePolicy: {
      readonly updateMode: 'Off' | 'Initial' | 'Recreate' | 'InPlaceOrRecreate';
      readonly minReplicas?: number;
    };
    readonly resourcePolicy: {
      readonly containerPolicies: readonly {
        readonly containerName: string;
        readonly mode?: 'Auto' | 'Off';
        readonly controlledResources?: readonly ('cpu' | 'memory')[];
        readonly controlledValues?: 'RequestsAndLimits' | 'RequestsOnly';
        readonly minAllowed?: Amounts;
        readonly maxAllowed?: Amounts;
      }[];
    };
  }
>;

export type ExternalSecret = Custom<
  'external-secrets.io/v1',
  'ExternalSecret',
  {
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly kind: 'SecretStore' | 'ClusterSecretStore'; readonly name: string };
    readonly target: {
      readonly name: string;
      readonly creationPolicy: 'Owner' | 'Orphan' | 'Merge' | 'None';
      readonly deletionPolicy: 'Delete' | 'Merge' | 'Retain';
      readonly template?: { readonly engineVersion: 'v2'; readonly data: Readonly<Record<string, string>> };
    };
    readonly data?: readonly {
      readonly secretKey: string;
      readonly remoteRef: { readonly key: string; readonly property?: string };
    }[];
    readonly dataFrom?: readonly { readonly extract: { readonly key: string } }[];
  }
>;

interface StoreSpec {
  readonly provider: {
    readonly aws: { readonly service: 'SecretsManager' | 'ParameterStore'; readonly region: string };
  };
  readonly conditions?: readonly { readonly namespaces: readonly string[] }[];
}

export type SecretStore = Custom<'external-secrets.io/v1', 'SecretStore', StoreSpec>;
export type ClusterSecretStore = Custom<'external-secrets.io/v1', 'ClusterSecretStore', StoreSpec>;

export type Issuer = Custom<
  'cert-manager.io/v1',
  'Issuer',
  { readonly selfSigned: Readonly<Record<string, never>> } | { readonly ca: { readonly secretName: string } }
>;

export type Certificate = Custom<
  'cert-manager.io/v1',
  'Certificate',
  {
    readonly secretName: string;
    readonly isCA?: boolean;
    readonly commonName?: string;
    readonly dnsNames?: readonly string[];
    readonly duration?: string;
    readonly renewBefore?: string;
    readonly privateKey?: {
      readonly algorithm: 'RSA' | 'ECDSA' | 'Ed25519';
      readonly size?: number;
      readonly rotationPolicy?: 'Never' | 'Always';
    };
    readonly usages?: readonly ('digital signature' | 'key encipherment' | 'server auth' | 'client auth')[];
    readonly issuerRef: {
      readonly group?: 'cert-manager.io';
      readonly kind?: 'Issuer' | 'ClusterIssuer';
      readonly name: string;
    };
  }
>;

/** kedacore/keda apis/keda/v1alpha1/scaledobject_types.go, scaletriggers_types.go (2026-08). */
export type ScaledObject = Custom<
  'keda.sh/v1alpha1',
  'ScaledObject',
  {
    readonly scaleTargetRef: { readonly apiVersion?: string; readonly kind?: string; readonly name: string };
    readonly minReplicaCount: number;
    readonly maxReplicaCount: number;
    readonly fallback?: { readonly failureThreshold: number; readonly replicas: number; readonly behavior?: string };
    readonly advanced: {
      readonly horizontalPodAutoscalerConfig: {
        readonly name: string;
        readonly behavior?: Omit<PublishedBehavior, 'scaleUp' | 'scaleDown'> & {
          readonly scaleUp?: ScalingRules;
          readonly scaleDown?: ScalingRules;
        };
      };
    };
    readonly triggers: readonly {
      readonly type: 'cpu' | 'memory' | 'prometheus';
      readonly name?: string;
      readonly metricType?: 'Utilization' | 'AverageValue' | 'Value';
      readonly metadata: Readonly<Record<string, string>>;
    }[];
  }
>;

/** argoproj/argo-cd pkg/apis/application/v1alpha1/types.go, 3.x (2026-08). */
export type Application = Custom<
  'argoproj.io/v1alpha1',
  'Application',
  {
    readonly project: string;
    readonly source:
      | { readonly repoURL: string; readonly path: string; readonly targetRevision: string }
      | {
          readonly repoURL: string;
          readonly chart: string;
          readonly targetRevision: string;
          readonly helm: {
            readonly releaseName: string;
            readonly valuesObject?: object;
            readonly skipCrds?: boolean;
          };
        };
    readonly destination: { readonly server: string; readonly namespace: string };
    readonly syncPolicy: {
      readonly automated: { readonly prune: boolean; readonly selfHeal: boolean };
      readonly syncOptions: readonly string[];
      readonly retry: {
        readonly limit: number;
        readonly refresh?: boolean;
        readonly backoff: { readonly duration: string; readonly factor: number; readonly maxDuration: string };
      };
    };
    readonly ignoreDifferences?: readonly {
      readonly group?: string;
      readonly kind: string;
      readonly jqPathExpressions?: readonly string[];
      readonly jsonPointers?: readonly string[];
    }[];
  }
>;

/** As above. */
export type AppProject = Custom<
  'argoproj.io/v1alpha1',
  'AppProject',
  {
    readonly description: string;
    readonly sourceRepos: readonly string[];
    readonly destinations: readonly { readonly server: string; readonly namespace: string }[];
    readonly clusterResourceWhitelist: readonly { readonly group: string; readonly kind: string }[];
    readonly namespaceResourceWhitelist?: readonly { readonly group: string; readonly kind: string }[];
  }
>;

/** istio/api networking/v1/destination_rule.proto (2026-07). */
export type DestinationRule = Custom<
  'networking.istio.io/v1',
  'DestinationRule',
  {
    readonly host: string;
    readonly trafficPolicy: {
      readonly loadBalancer: { readonly simple: 'LEAST_REQUEST' | 'ROUND_ROBIN' | 'RANDOM' };
      readonly outlierDetection: {
        readonly consecutive5xxErrors: number;
        readonly interval: string;
        readonly baseEjectionTime: string;
        readonly maxEjectionPercent: number;
      };
    };
  }
>;

/** As in istio/api security/v1/authorization_policy.proto (2026-07). Without rules it lets nobody in. */
export type AuthorizationPolicy = Custom<
  'security.istio.io/v1',
  'AuthorizationPolicy',
  {
    readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly action?: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
    readonly rules?: readonly {
      readonly from?: readonly {
        readonly source: { readonly principals?: readonly string[]; readonly ipBlocks?: readonly string[] };
      }[];
      readonly to?: readonly {
        readonly operation: {
          readonly ports?: readonly string[];
          readonly methods?: readonly string[];
          readonly paths?: readonly string[];
        };
      }[];
      readonly when?: readonly { readonly key: string; readonly values: readonly string[] }[];
    }[];
  }
>;

/** As in istio/api security/v1/peer_authentication.proto (2026-07). */
export type PeerAuthentication = Custom<
  'security.istio.io/v1',
  'PeerAuthentication',
  {
    readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly mtls: { readonly mode: 'STRICT' | 'PERMISSIVE' | 'DISABLE' };
    readonly portLevelMtls?: Readonly<Record<string, { readonly mode: 'STRICT' | 'PERMISSIVE' | 'DISABLE' }>>;
  }
>;

/** As in kubernetes-sigs/aws-load-balancer-controller v3.5.0, apis/elbv2/v1beta1: a group is named or pointed at. */
export type TargetGroupBinding = Custom<
  'elbv2.k8s.aws/v1beta1',
  'TargetGroupBinding',
  {
    readonly targetGroupName: string;
    readonly targetType?: 'instance' | 'ip';
    readonly serviceRef: { readonly name: string; readonly port: number | string };
  }
>;

/** Fields of a rule that the published type leaves out, because the API writes them in line. */
interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT')[];
  readonly resources: readonly string[];
}

/** As in kubernetes/api admissionregistration/v1, types.go (1.35). */
export type ValidatingAdmissionPolicy = Omit<PublishedPolicy, 'spec'> & {
  readonly spec: Omit<NonNullable<PublishedPolicy['spec']>, 'matchConstraints'> & {
    readonly matchConstraints: Omit<
      NonNullable<NonNullable<PublishedPolicy['spec']>['matchConstraints']>,
      'resourceRules'
    > & { readonly resourceRules: readonly ResourceRule[] };
  };
};

/** As in prometheus-operator v0.93, apis/monitoring/v1/prometheusrule_types.go: a rule records or alerts. */
export type PrometheusRule = Custom<
  'monitoring.coreos.com/v1',
  'PrometheusRule',
  {
    readonly groups: readonly {
      readonly name: string;
      readonly interval?: string;
      readonly rules: readonly (
        | { readonly record: string; readonly expr: string; readonly labels?: Readonly<Record<string, string>> }
        | {
            readonly alert: string;
            readonly expr: string;
            readonly for?: string;
            readonly labels?: Readonly<Record<string, string>>;
            readonly annotations?: Readonly<Record<string, string>>;
          }
      )[];
    }[];
  }
>;
