import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { DEFAULT_KUBERNETES_VERSION, hasFeature } from '../../catalog';
import { type Check, enforce, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import type { AdmissionRule } from '../../config/admission/admission-rule';
import { POD_CONDITIONS, podRules, SERVICE_RULE } from '../../config/admission/pod-rules';
import { ADMISSION_MODES, type AdmissionSpec } from '../../model';
import { clusterScoped } from '../cluster-scoped';
import { type Labels, NAMESPACE_LABEL, standardLabels } from '../labels';
import { targetHas, targetVersion } from '../target-version';

/** A namespace, and what the API server asks of objects in it. */
export interface AdmissionPoliciesProps extends Pick<AdmissionSpec, 'mode'> {
  /** What names of the policies, which belong to no namespace, start with (DNS label of at most 40 characters). */
  readonly name: string;
  /** The namespace, not one of Kubernetes. */
  readonly namespace: string;
  /** Where images may come from: registries or paths with a slash at their end, or full names of repositories. */
  readonly images: readonly string[];
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

type Plan = AdmissionPoliciesProps & Required<Pick<AdmissionPoliciesProps, 'mode' | 'labels'>>;

const planned = (props: AdmissionPoliciesProps): Plan => withDefaults({ mode: 'deny', labels: {} }, props);

const ACTIONS = { deny: ['Deny', 'Audit'], warn: ['Warn', 'Audit'], audit: ['Audit'] } as const;

const rule = (apiGroup: string, apiVersion: string, ...resources: readonly string[]) => ({
  apiGroups: [apiGroup],
  apiVersions: [apiVersion],
  operations: ['CREATE', 'UPDATE'],
  resources,
});

/** Pods, and what makes them: whoever declares a pod that would be refused is told at once. */
const PODS = [
  rule('', 'v1', 'pods', 'pods/ephemeralcontainers'),
  rule('apps', 'v1', 'daemonsets', 'deployments', 'statefulsets'),
  rule('batch', 'v1', 'cronjobs', 'jobs'),
  rule('argoproj.io', 'v1alpha1', 'rollouts'),
];

const SERVICES = [rule('', 'v1', 'services')];

/** Without it the cluster itself, and what the policies are mended with, could be locked out. */
const NEVER = ['kube-system', 'kube-node-lease', 'kube-public'];

/** Kept beside the policy, for whoever finds a request refused by an expression that fails. */
const FAILURE_REASON =
  'A rule that cannot be evaluated refuses: the API server evaluates it itself, so that no webhook can be down';

const isPlace = (place: string): boolean =>
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d{1,5})?\/([a-z0-9._/-]*)$/.test(place);

const badPlaces = ({ images }: Plan): string[] => images.filter((place) => !isPlace(place));

/** What is said about namespace, names and images. */
export const ADMISSION_POLICIES_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'admission-name-is-a-short-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name.length <= 40,
    rule: 'must be 1-40 of a-z, 0-9 and inner hyphens',
    remedy: 'name it after the platform',
  },
  {
    id: 'admission-namespace-is-not-of-kubernetes',
    prop: 'namespace',
    holds: ({ namespace }) => isDnsLabel(namespace) && namespace !== 'default' && !namespace.startsWith('kube-'),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens, not default and not kube-…',
    remedy: 'use the namespace of the workloads',
  },
  {
    id: 'admission-mode-is-known',
    prop: 'mode',
    holds: ({ mode }) => ADMISSION_MODES.includes(mode),
    rule: `must be one of ${ADMISSION_MODES.join(', ')}`,
    remedy: 'leave it out for deny',
  },
  {
    id: 'admission-images-have-a-registry',
    prop: 'images',
    holds: (plan) => plan.images.length > 0 && badPlaces(plan).length === 0,
    rule: 'must be one or more registries or paths with a slash at their end, or full names of repositories without a tag',
    received: (plan) => (plan.images.length === 0 ? plan.images : badPlaces(plan)),
    remedy: 'write registry.example.com/shop/ or docker.io/library/redis',
  },
];

/** What is said about the release of Kubernetes. */
export const ADMISSION_TARGET_CHECKS: readonly Check<{ readonly version: string }>[] = [
  {
    id: 'admission-policies-are-served',
    prop: 'version',
    severity: 'warning',
    holds: ({ version }) => hasFeature(version, 'validating-admission-policy'),
    rule: 'should be 1.30 or later: an older API server knows no such policies, and none are made',
    remedy: 'upgrade the cluster, or rely on the Pod Security level',
  },
];

/**
 * Rules that the API server itself checks in one namespace, without a webhook that could be down: images from known
 * registries by tag or digest, requests and limits, users and groups other than root's, no privileges, nothing of the node,
 * no way in but declared load balancers. They hold for what is made from now on; running pods stay.
 *
 * @example
 * new AdmissionPolicies(chart, 'Admission', { name: 'shop', namespace: 'shop', images: ['registry.example.com/shop/'] });
 */
export class AdmissionPolicies extends Construct {
  /**
   * Findings about the props, with defaults applied; builds nothing.
   *
   * @param version Kubernetes minor that the cluster runs.
   */
  static inspect(path: string, props: AdmissionPoliciesProps, version: string = DEFAULT_KUBERNETES_VERSION): Finding[] {
    return [
      ...inspect(path, planned(props), ADMISSION_POLICIES_CHECKS),
      ...inspect(path, { version }, ADMISSION_TARGET_CHECKS),
    ];
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: AdmissionPoliciesProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, AdmissionPolicies.inspect(this.node.path, props, targetVersion(this)));

    if (!targetHas(this, 'validating-admission-policy')) return;
    for (const pods of podRules(plan.images)) this.policy(pods, { resourceRules: PODS, when: POD_CONDITIONS }, plan);
    this.policy(SERVICE_RULE, { resourceRules: SERVICES, when: [] }, plan);
  }

  private policy(
    { name: subject, variables, validations }: AdmissionRule,
    { resourceRules, when }: { readonly resourceRules: readonly object[]; readonly when: readonly object[] },
    { name: prefix, namespace, mode, labels, partOf }: Plan,
  ): void {
    const name = `${prefix}-${subject}`;
    const metadata = { name, labels: { ...labels, ...standardLabels(name, 'admission', partOf) } };
    const namespaceSelector = (operator: 'In' | 'NotIn', values: readonly string[]) => ({
      matchExpressions: [{ key: NAMESPACE_LABEL, operator, values }],
    });
    const apiVersion = 'admissionregistration.k8s.io/v1';
    clusterScoped(
      new ApiObject(this, subject, {
        apiVersion,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { ...metadata, annotations: { 'headroom.dev/failure-policy-reason': FAILURE_REASON } },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: { resourceRules, namespaceSelector: namespaceSelector('NotIn', NEVER) },
          ...(when.length > 0 && { matchConditions: when }),
          ...(variables.length > 0 && { variables }),
          validations: validations.map((validation) => ({ ...validation, reason: 'Invalid' })),
        },
      }),
    );
    clusterScoped(
      new ApiObject(this, `${subject}-binding`, {
        apiVersion,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata,
        spec: {
          policyName: name,
          validationActions: ACTIONS[mode],
          matchResources: { namespaceSelector: namespaceSelector('In', [namespace]) },
        },
      }),
    );
  }
}
