import { isExactVersion } from '../../catalog/exact-version';
import { type Check, isDnsLabel, isDnsName, isWholeWithin, withDefaults } from '../../check';
import type { HelmValues } from '../../config/helm-values';
import { ARGOCD_NAMESPACE } from '../../model';
import type { Labels } from '../labels';
import type { IgnoredDifference } from './service-application';

/** A chart of a Helm repository, and how Argo CD keeps it in a namespace of its own cluster. */
export interface ArgoApplicationProps {
  /** Name of the application (DNS name). */
  readonly name: string;
  /** Namespace of Argo CD (DNS label). @default 'argocd' */
  readonly namespace?: string;
  /** Project that says what the application may do. */
  readonly project: string;
  /** Address of the Helm repository, `https://charts.example.com`; an OCI registry has no scheme. */
  readonly repository: string;
  /** Name of the chart. */
  readonly chart: string;
  /** Exact version of the chart. */
  readonly version: string;
  /** Name of the release, from which charts derive other names. @default - `name` */
  readonly releaseName?: string;
  /** What the chart is given. @default - its own defaults */
  readonly values?: HelmValues;
  /** Namespace of the chart's objects (DNS label). */
  readonly destination: string;
  /**
   * Place among the objects of one parent's sync: lower numbers are healthy first (-1000 to 1000). It orders nothing
   * between two parents, nor where no parent applies the application. @default 0
   */
  readonly wave?: number;
  /** Whether Argo CD removes what the chart no longer has. Never for definitions: their objects would go with them. @default true */
  readonly prune?: boolean;
  /**
   * What deleting the application does: `keep` leaves everything it installed running, `remove` takes it away first, and
   * waits for Argo CD to do so for ever if that is gone before.
   * @default 'keep'
   */
  readonly onDelete?: 'keep' | 'remove';
  /** Labels and annotations of the namespace, which Argo CD then makes. @default - the namespace is there */
  readonly createNamespace?: { readonly labels?: Labels; readonly annotations?: Labels };
  /** Pods that the chart makes, as the annotation `headroom.dev/pods` says them. @default - not said */
  readonly pods?: string;
  /** Fields that others write. @default - none */
  readonly ignoreDifferences?: readonly IgnoredDifference[];
}

const DEFAULTS = { namespace: ARGOCD_NAMESPACE, wave: 0, prune: true, onDelete: 'keep' } as const;

/** The props with their defaults. */
export type ArgoApplicationPlan = ArgoApplicationProps & Required<Pick<ArgoApplicationProps, keyof typeof DEFAULTS>>;

export const planArgoApplication = (props: ArgoApplicationProps): ArgoApplicationPlan => withDefaults(DEFAULTS, props);

const isRepository = (address: string): boolean =>
  /^(https:\/\/)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[\w.~-]+)*\/?$/.test(address) && address.includes('.');

/** What is said about an application. */
export const ARGO_APPLICATION_CHECKS: readonly Check<ArgoApplicationPlan>[] = [
  {
    id: 'argo-application-is-named',
    prop: 'name',
    holds: ({ name, project, namespace, destination }) =>
      isDnsName(name) && [project, namespace, destination].every(isDnsLabel),
    rule: 'must be a DNS name; project, namespace and destination must be DNS labels',
    received: ({ name, project, namespace, destination }) => [name, project, namespace, destination],
    remedy: 'use lower-case letters, digits and inner hyphens',
  },
  {
    id: 'argo-application-release-fits',
    prop: 'releaseName',
    holds: ({ name, releaseName = name }) => isDnsLabel(releaseName) && releaseName.length <= 53,
    rule: 'must be a DNS label of at most 53 characters, the most that Helm takes',
    received: ({ name, releaseName = name }) => releaseName,
    remedy: 'shorten it',
  },
  {
    id: 'argo-application-repository-is-an-address',
    prop: 'repository',
    holds: ({ repository }) => isRepository(repository),
    rule: 'must be an https address, or an OCI registry without a scheme',
    remedy: 'leave out oci://, as Argo CD does',
  },
  {
    id: 'argo-application-chart-is-pinned',
    prop: 'version',
    holds: ({ version }) => isExactVersion(version),
    rule: 'must be an exact version such as 1.2.3',
    remedy: 'name the release that was tried',
  },
  {
    id: 'argo-application-wave-is-whole',
    prop: 'wave',
    holds: ({ wave }) => isWholeWithin(wave, -1000, 1000),
    rule: 'must be a whole number from -1000 to 1000',
    remedy: 'leave it out for 0',
  },
];
