import type {
  HorizontalPodAutoscaler as PublishedAutoscaler,
  HorizontalPodAutoscalerBehavior as PublishedBehavior,
  HPAScalingRules as PublishedRules,
  HorizontalPodAutoscalerSpec as PublishedSpec,
} from 'kubernetes-types/autoscaling/v2';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';

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
