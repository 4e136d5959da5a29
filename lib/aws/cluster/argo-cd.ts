import { DataAwsEksCluster } from '@cdktf/provider-aws/lib/data-aws-eks-cluster';
import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { Release } from '@cdktf/provider-helm/lib/release';
import { Fn, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { CHARTS } from '../../catalog/charts';
import { isExactVersion } from '../../catalog/exact-version';
import {
  type Check,
  enforce,
  type Finding,
  inspect,
  isDnsLabel,
  isRegion,
  isWholeWithin,
  withDefaults,
} from '../../check';
import type { HelmValues } from '../../config/helm-values';
import { ARGOCD_NAMESPACE } from '../../model';
import { Duration } from '../../units';
import { argoCdRelease } from './argo-cd-values';

/** The cluster that Argo CD is installed in, and how. */
export interface ArgoCdProps {
  /** Name of the EKS cluster. A reference to it orders this after the cluster. */
  readonly clusterName: string;
  /** AWS region of the cluster, for the command that fetches credentials: `us-west-2`. */
  readonly region: string;
  /** Development runs one pod of each; elsewhere, all but the controller and its cache run twice. @default 'production' */
  readonly stage?: 'development' | 'staging' | 'production';
  /** Namespace of Argo CD (DNS label), which the release makes. @default 'argocd' */
  readonly namespace?: string;
  /** Exact version of the chart. @default - that of the catalog */
  readonly chartVersion?: string;
  /** Values over ours, by the names at the top of the chart; each replaces ours whole. @default - none */
  readonly values?: HelmValues;
  /** How long an installation or upgrade may take (5-60 min); what is not ready by then is undone. @default Duration.minutes(15) */
  readonly timeout?: Duration;
}

const DEFAULTS = {
  stage: 'production',
  namespace: ARGOCD_NAMESPACE,
  chartVersion: CHARTS.facts['argo-cd'].version,
  values: {},
  timeout: Duration.minutes(15),
} as const;

type Plan = Required<ArgoCdProps>;

const planned = (props: ArgoCdProps): Plan => withDefaults(DEFAULTS, props) as Plan;

/** What is asked of the release. */
export const ARGO_CD_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'argo-cd-region-is-a-region',
    prop: 'region',
    holds: ({ region }) => isRegion(region),
    rule: 'must be an AWS region such as us-west-2, known at synthesis',
    remedy: 'leave out the letter of the zone',
  },
  {
    id: 'argo-cd-namespace-is-a-dns-label',
    prop: 'namespace',
    holds: ({ namespace }) => isDnsLabel(namespace),
    rule: 'must be a DNS label',
    remedy: 'leave it out for argocd',
  },
  {
    id: 'argo-cd-chart-is-pinned',
    prop: 'chartVersion',
    holds: ({ chartVersion }) => isExactVersion(chartVersion),
    rule: 'must be an exact version such as 10.1.1',
    remedy: 'leave it out for that of the catalog',
  },
  {
    id: 'argo-cd-timeout-is-in-range',
    prop: 'timeout',
    holds: ({ timeout }) => isWholeWithin(timeout.inMillis / 1000, 300, 3600),
    rule: 'must be 5 to 60 minutes: images are pulled to new nodes',
    remedy: 'leave it out for 15',
  },
];

/** Name that the chart derives the names of all its objects from. */
const RELEASE = 'argocd';

/**
 * The first installation of Argo CD, which then brings everything else into the cluster. In a stack of its own, because its
 * provider talks to the API server: the cluster must stand when it is planned, and what breaks here breaks no cluster.
 *
 * Credentials are fetched when they are needed, by `aws eks get-token`, and never stored. Where the API server is reached is
 * the variable `api_server`: left out, its own address; through a tunnel, `https://localhost:8443`. Its certificate is
 * checked against its own name in both cases.
 *
 * An upgrade that does not become ready is rolled back. Destroying it leaves the definitions, and all that Argo CD installed,
 * in the cluster; take down what controllers made in AWS before. A release keeps no secret in the state: the first password
 * of `admin` is drawn in the cluster, in the Secret `argocd-initial-admin-secret`.
 *
 * @example
 * new ArgoCd(stack, 'ArgoCd', { clusterName: cluster.name, region: 'us-west-2', stage: 'production' });
 */
export class ArgoCd extends Construct {
  /** What is wrong with region, namespace, version and time-out; makes nothing and asks AWS nothing. */
  static inspect(path: string, props: ArgoCdProps): Finding[] {
    return inspect(path, planned(props), ARGO_CD_CHECKS);
  }

  /** Namespace of Argo CD, where applications and projects are put. */
  readonly namespace: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ArgoCdProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, ArgoCd.inspect(this.node.path, props));

    const { repository, chart } = CHARTS.facts['argo-cd'];
    this.namespace = plan.namespace;
    const seconds = plan.timeout.toSeconds();
    new Release(this, 'Resource', {
      provider: this.provider(plan),
      name: RELEASE,
      namespace: plan.namespace,
      createNamespace: true,
      repository,
      chart,
      version: plan.chartVersion,
      values: [JSON.stringify(argoCdRelease(plan.stage !== 'development', plan.values))],
      atomic: true,
      cleanupOnFail: true,
      wait: true,
      waitForJobs: true,
      timeout: seconds,
      timeouts: { create: `${seconds + 300}s`, update: `${seconds + 300}s`, delete: `${seconds + 300}s` },
      maxHistory: 5,
    });
  }

  private provider({ clusterName, region }: Plan): HelmProvider {
    // The full source lets Terraform and OpenTofu each use their own registry.
    TerraformStack.of(this).addOverride('terraform.required_providers.helm.source', 'hashicorp/helm');
    const cluster = new DataAwsEksCluster(this, 'Cluster', { name: clusterName });
    const apiServer = new TerraformVariable(this, 'ApiServer', {
      type: 'string',
      default: '',
      description:
        'Where the API server is reached, https://localhost:8443 through a tunnel; empty for its own address',
    });
    apiServer.overrideLogicalId('api_server');
    return new HelmProvider(this, 'Helm', {
      kubernetes: {
        host: Fn.coalesce([apiServer.stringValue, cluster.endpoint]),
        tlsServerName: Fn.trimprefix(cluster.endpoint, 'https://'),
        clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          command: 'aws',
          args: ['eks', 'get-token', '--cluster-name', clusterName, '--region', region, '--output', 'json'],
        },
      },
    });
  }
}
