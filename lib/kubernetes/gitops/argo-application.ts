import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import type { HelmValues } from '../../config/helm-values';
import { PODS_ANNOTATION } from '../../model/pods-annotation';
import type { Labels } from '../labels';
import {
  ARGO_APPLICATION_CHECKS,
  type ArgoApplicationPlan,
  type ArgoApplicationProps,
  planArgoApplication,
} from './argo-application-props';
import type { IgnoredDifference } from './service-application';

/** What we emit of an Application. Source: argoproj/argo-cd, `pkg/apis/application/v1alpha1/types.go`. */
interface ApplicationSpec {
  readonly project: string;
  readonly source: {
    readonly repoURL: string;
    readonly chart: string;
    readonly targetRevision: string;
    readonly helm: { readonly releaseName: string; readonly valuesObject?: HelmValues };
  };
  readonly destination: { readonly server: string; readonly namespace: string };
  readonly syncPolicy: {
    readonly automated: { readonly prune: boolean; readonly selfHeal: boolean };
    readonly syncOptions: readonly string[];
    readonly managedNamespaceMetadata?: { readonly labels?: Labels; readonly annotations?: Labels };
    readonly retry: {
      readonly limit: number;
      readonly backoff: { readonly duration: string; readonly factor: number; readonly maxDuration: string };
    };
  };
  readonly ignoreDifferences?: readonly IgnoredDifference[];
}

/** The cluster that Argo CD itself runs in. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** Has Argo CD remove what the application installed before the application itself goes. */
const REMOVE_FIRST = 'resources-finalizer.argocd.argoproj.io';

/** What a chart needs may come up minutes later in a new cluster: nearly an hour of attempts. */
const RETRY = { limit: 15, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } };

const syncOptions = ({ createNamespace, ignoreDifferences = [] }: ArgoApplicationPlan): string[] => [
  `CreateNamespace=${createNamespace !== undefined}`,
  // Definitions are larger than the annotation in which a client-side apply keeps its last state.
  'ServerSideApply=true',
  'SkipDryRunOnMissingResource=true',
  ...(ignoreDifferences.length > 0 ? ['RespectIgnoreDifferences=true'] : []),
];

/**
 * A chart of an exact version that Argo CD installs, keeps as declared and repairs. The values are the chart's own, as an
 * object, so that a review shows which of them changed.
 *
 * @example
 * new ArgoApplication(chart, 'CertManager', {
 *   name: 'cert-manager', project: 'cluster-services', destination: 'cert-manager',
 *   repository: 'https://charts.jetstack.io', chart: 'cert-manager', version: 'v1.21.1',
 *   values: { crds: { enabled: true, keep: true } },
 * });
 */
export class ArgoApplication extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: ArgoApplicationProps): Finding[] {
    return inspect(path, planArgoApplication(props), ARGO_APPLICATION_CHECKS);
  }

  /** Name of the application. */
  readonly name: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ArgoApplicationProps) {
    super(scope, id);
    const plan = planArgoApplication(props);
    enforce(this, ArgoApplication.inspect(this.node.path, props));

    const { name, namespace, wave, onDelete, pods, ignoreDifferences = [] } = plan;
    this.name = name;
    const { releaseName = name, values = {}, createNamespace } = plan;
    const spec: ApplicationSpec = {
      project: plan.project,
      source: {
        repoURL: plan.repository,
        chart: plan.chart,
        targetRevision: plan.version,
        helm: { releaseName, ...(Object.keys(values).length > 0 && { valuesObject: values }) },
      },
      destination: { server: IN_CLUSTER, namespace: plan.destination },
      syncPolicy: {
        automated: { prune: plan.prune, selfHeal: true },
        syncOptions: syncOptions(plan),
        ...(createNamespace !== undefined && { managedNamespaceMetadata: createNamespace }),
        retry: RETRY,
      },
      ...(ignoreDifferences.length > 0 && { ignoreDifferences }),
    };
    new ApiObject(this, 'Resource', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name,
        namespace,
        annotations: {
          'argocd.argoproj.io/sync-wave': `${wave}`,
          ...(pods !== undefined && { [PODS_ANNOTATION]: pods }),
        },
        ...(onDelete === 'remove' && { finalizers: [REMOVE_FIRST] }),
      },
      spec,
    });
  }
}
