import type { ObjectMeta } from 'kubernetes-types/meta/v1';

/** Kinds of Velero, Chaos Mesh and Gatekeeper: only what we emit, read against the definitions in their charts. */

interface Custom<Version extends string, Kind extends string, Spec> {
  readonly apiVersion: Version;
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
}

/** velero-io/velero v1.18, pkg/apis/velero/v1/{schedule,backup}_types.go. */
type BackupSchedule = Custom<
  'velero.io/v1',
  'Schedule',
  {
    readonly schedule: string;
    readonly skipImmediately?: boolean;
    readonly useOwnerReferencesInBackup?: boolean;
    readonly template: {
      readonly includedNamespaces: readonly string[];
      readonly excludedNamespaceScopedResources?: readonly string[];
      readonly snapshotVolumes?: boolean;
      readonly defaultVolumesToFsBackup?: boolean;
      readonly storageLocation?: string;
      readonly ttl: string;
    };
  }
>;

interface PodSelection {
  readonly mode: 'one' | 'all' | 'fixed' | 'fixed-percent' | 'random-max-percent';
  readonly value?: string;
  readonly selector: {
    readonly namespaces: readonly string[];
    readonly labelSelectors: Readonly<Record<string, string>>;
  };
}

interface NetworkFault extends PodSelection {
  readonly direction: 'to' | 'from' | 'both';
  readonly target: PodSelection;
  readonly duration: string;
}

/** chaos-mesh/chaos-mesh v2.8.3, api/v1alpha1: schedule, podchaos and networkchaos. */
type ChaosSchedule = Custom<
  'chaos-mesh.org/v1alpha1',
  'Schedule',
  {
    readonly schedule: string;
    readonly startingDeadlineSeconds: number;
    readonly concurrencyPolicy: 'Forbid' | 'Allow';
    readonly historyLimit: number;
  } & (
    | {
        readonly type: 'PodChaos';
        readonly podChaos: PodSelection & { readonly action: 'pod-kill'; readonly gracePeriod: number };
      }
    | {
        readonly type: 'NetworkChaos';
        readonly networkChaos: NetworkFault &
          (
            | { readonly action: 'partition' }
            | { readonly action: 'delay'; readonly delay: { readonly latency: string; readonly jitter?: string } }
          );
      }
  )
>;

/** Two kinds of one name, told apart by their groups. */
export type Schedule = BackupSchedule | ChaosSchedule;

/** open-policy-agent/gatekeeper v3.23.0, charts/gatekeeper/crds. */
export type ConstraintTemplate = Custom<
  'templates.gatekeeper.sh/v1',
  'ConstraintTemplate',
  {
    readonly crd: { readonly spec: { readonly names: { readonly kind: string } } };
    readonly targets: readonly {
      readonly target: 'admission.k8s.gatekeeper.sh';
      readonly code: readonly {
        readonly engine: 'Rego' | 'K8sNativeValidation';
        readonly source: { readonly version: 'v1'; readonly rego: string };
      }[];
    }[];
  }
>;

export type SyncSet = Custom<
  'syncset.gatekeeper.sh/v1alpha1',
  'SyncSet',
  { readonly gvks: readonly { readonly group: string; readonly version: string; readonly kind: string }[] }
>;

interface ConstraintSpec {
  readonly enforcementAction: 'deny' | 'warn' | 'dryrun';
  readonly match: {
    readonly kinds: readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[];
    readonly namespaces: readonly string[];
  };
}

/** Kinds that our templates make. */
export type UniqueAutoscalerTarget = Custom<
  'constraints.gatekeeper.sh/v1beta1',
  'UniqueAutoscalerTarget',
  ConstraintSpec
>;
export type UniqueIngressHost = Custom<'constraints.gatekeeper.sh/v1beta1', 'UniqueIngressHost', ConstraintSpec>;
