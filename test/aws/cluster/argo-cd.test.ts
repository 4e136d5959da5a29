import { ARGO_CD_CHECKS, ArgoCd, type ArgoCdProps } from '../../../lib/aws/cluster/argo-cd';
import { Duration } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { type Block, onlyResource, terraform } from '../../support/terraform';

const props: ArgoCdProps = { clusterName: 'acgs-production', region: 'us-west-2' };

const synth = (overrides: Partial<ArgoCdProps> = {}): Block =>
  terraform((stack) => {
    new ArgoCd(stack, 'ArgoCd', { ...props, ...overrides });
  });

const release = (overrides: Partial<ArgoCdProps> = {}): Block => onlyResource(synth(overrides), 'helm_release');
const values = (overrides: Partial<ArgoCdProps> = {}): Block => JSON.parse(release(overrides).values[0]);
const kubernetes = (): Block => synth().provider.helm[0].kubernetes;

describe('ArgoCd', () => {
  test('is one exact release, made whole or not at all', () => {
    expect(release()).toMatchObject({
      name: 'argocd',
      namespace: 'argocd',
      create_namespace: true,
      repository: 'https://argoproj.github.io/argo-helm',
      chart: 'argo-cd',
      version: '10.1.1',
      atomic: true,
      cleanup_on_fail: true,
      wait: true,
      timeout: 900,
      max_history: 5,
    });
  });

  test('Terraform waits longer than Helm, so that a failure is still undone', () => {
    const { timeout, timeouts } = release({ timeout: Duration.minutes(20) });
    expect(timeout).toBe(1200);
    expect(timeouts).toEqual({ create: '1500s', update: '1500s', delete: '1500s' });
  });

  test('fetches credentials when they are needed, and keeps none', () => {
    expect(kubernetes().exec).toEqual({
      api_version: 'client.authentication.k8s.io/v1beta1',
      command: 'aws',
      args: ['eks', 'get-token', '--cluster-name', 'acgs-production', '--region', 'us-west-2', '--output', 'json'],
    });
    expect(kubernetes()).not.toHaveProperty('token');
    expect(kubernetes()).not.toHaveProperty('insecure');
    expect(release()).not.toHaveProperty('set_sensitive');
  });

  test('reaches the API server at its own address or through a tunnel, and knows it by its own name in both cases', () => {
    const json = synth();
    const [id] = Object.keys(json.data.aws_eks_cluster);
    const endpoint = `data.aws_eks_cluster.${id}.endpoint`;
    expect(json.data.aws_eks_cluster[id as string].name).toBe('acgs-production');
    expect(json.variable.api_server).toMatchObject({ type: 'string', default: '' });
    expect(kubernetes()).toMatchObject({
      host: `\${coalesce(var.api_server, ${endpoint})}`,
      tls_server_name: `\${trimprefix(${endpoint}, "https://")}`,
      cluster_ca_certificate: `\${base64decode(data.aws_eks_cluster.${id}.certificate_authority[0].data)}`,
    });
  });

  test('names its provider in full, for Terraform and OpenTofu alike', () => {
    expect(synth().terraform.required_providers.helm.source).toBe('hashicorp/helm');
  });

  test('its ConfigMap says which pods the release makes, whatever else values say of it', () => {
    const pods = (overrides: Partial<ArgoCdProps> = {}): string =>
      values(overrides).configs.cm.annotations['headroom.dev/pods'];
    expect(pods()).toContain('argocd-server: 2x cpu=50m,memory=128Mi,memory-limit=512Mi;');
    expect(pods({ stage: 'development' })).toContain('argocd-server: 1x');
    const { configs } = values({
      values: { configs: { cm: { 'admin.enabled': 'false', annotations: { team: 'core' } } } },
    });
    expect(configs.cm).toEqual({
      'admin.enabled': 'false',
      annotations: { team: 'core', 'headroom.dev/pods': pods() },
    });
  });

  test('what is not a quantity leaves the pods unsaid', () => {
    const server = { resources: { requests: { cpu: 'much' } } };
    expect(values({ values: { server } }).configs.cm).not.toHaveProperty('annotations');
  });

  test('runs twice what can, but in development', () => {
    const sizes = ({ server, repoServer, applicationSet, controller }: Block) =>
      [server, repoServer, applicationSet, controller].map(({ replicas }) => replicas);
    expect(sizes(values())).toEqual([2, 2, 2, 1]);
    expect(sizes(values({ stage: 'staging' }))).toEqual([2, 2, 2, 1]);
    expect(sizes(values({ stage: 'development' }))).toEqual([1, 1, 1, 1]);
  });

  test('every part has a rank, requests and limits, and is spread', () => {
    const { controller, server, repoServer, applicationSet, redis } = values();
    for (const part of [controller, server, repoServer, applicationSet, redis]) {
      expect(part.priorityClassName).toBe('system-cluster-critical');
      expect(Object.keys(part.resources)).toEqual(['requests', 'limits']);
      expect(part.topologySpreadConstraints).toHaveLength(2);
    }
  });

  test('nobody signs in or is told before somebody says how, and definitions outlive it', () => {
    expect(values()).toMatchObject({
      dex: { enabled: false },
      notifications: { enabled: false },
      crds: { install: true, keep: true },
    });
  });

  test('waves of applications wait, because Argo CD looks at their health', () => {
    const { cm } = values().configs;
    expect(cm['resource.customizations.health.argoproj.io_Application']).toMatch(/obj\.status\.health\.status/);
  });

  test('values of the caller stand in the place of ours', () => {
    const given = values({ values: { dex: { enabled: true } } });
    expect(given.dex).toEqual({ enabled: true });
    expect(given.notifications).toEqual({ enabled: false });
  });

  test('version and namespace are as given', () => {
    expect(release({ chartVersion: '10.2.0', namespace: 'gitops' })).toMatchObject({
      version: '10.2.0',
      namespace: 'gitops',
    });
    terraform((stack) => {
      expect(new ArgoCd(stack, 'ArgoCd', { ...props, namespace: 'gitops' }).namespace).toBe('gitops');
    });
  });
});

describe('ArgoCd.inspect', () => {
  const rows: readonly (readonly [it: string, given: Partial<ArgoCdProps>, expected: readonly string[]])[] = [
    ['takes the shortest time', { timeout: Duration.minutes(5) }, []],
    ['takes the longest time', { timeout: Duration.minutes(60) }, []],
    ['refuses a shorter one', { timeout: Duration.seconds(299) }, ['argo-cd-timeout-is-in-range']],
    ['refuses a part of a second', { timeout: Duration.millis(300_500) }, ['argo-cd-timeout-is-in-range']],
    ['refuses a longer one', { timeout: Duration.seconds(3601) }, ['argo-cd-timeout-is-in-range']],
    ['refuses a zone as region', { region: 'us-west-2a' }, ['argo-cd-region-is-a-region']],
    ['refuses a namespace with a dot', { namespace: 'argo.cd' }, ['argo-cd-namespace-is-a-dns-label']],
    ['refuses a range', { chartVersion: '10.x' }, ['argo-cd-chart-is-pinned']],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(ids(ArgoCd.inspect('ArgoCd', { ...props, ...given }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(ARGO_CD_CHECKS));
  });
});
