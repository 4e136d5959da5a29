import type { PodSpec } from 'kubernetes-types/core/v1';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';

interface Custom<Version extends string, Kind extends string, Spec> {
  readonly apiVersion: Version;
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
}

export type ClusterIssuer = Custom<
  'cert-manager.io/v1',
  'ClusterIssuer',
  { readonly selfSigned: Readonly<Record<string, never>> } | { readonly ca: { readonly secretName: string } }
>;

/** As in elastic/cloud-on-k8s v3.5.0, pkg/apis/elasticsearch/v1/elasticsearch_types.go. */
export type Elasticsearch = Custom<
  'elasticsearch.k8s.elastic.co/v1',
  'Elasticsearch',
  {
    readonly version: string;
    readonly volumeClaimDeletePolicy: 'DeleteOnScaledownOnly' | 'DeleteOnScaledownAndClusterDeletion';
    readonly updateStrategy: { readonly changeBudget: { readonly maxUnavailable: number; readonly maxSurge: number } };
    readonly auth: {
      readonly fileRealm: readonly { readonly secretName: string }[];
      readonly roles: readonly { readonly secretName: string }[];
    };
    readonly http: { readonly tls: { readonly certificate: { readonly secretName: string } } };
    readonly nodeSets: readonly {
      readonly name: string;
      readonly count: number;
      readonly config: Readonly<Record<string, string | boolean>>;
      readonly podTemplate: { readonly spec: PodSpec };
      readonly volumeClaimTemplates: readonly {
        readonly metadata: { readonly name: 'elasticsearch-data' };
        readonly spec: {
          readonly accessModes: readonly 'ReadWriteOnce'[];
          readonly storageClassName: string;
          readonly resources: { readonly requests: { readonly storage: string } };
        };
      }[];
    }[];
  }
>;

/** As in istio/api telemetry/v1, telemetry.proto (2026-07). */
export type Telemetry = Custom<
  'telemetry.istio.io/v1',
  'Telemetry',
  {
    readonly tracing: readonly {
      readonly providers: readonly { readonly name: string }[];
      readonly randomSamplingPercentage: number;
    }[];
  }
>;
