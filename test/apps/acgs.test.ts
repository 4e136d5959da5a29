import { ACGS } from '../../apps/acgs';
import { SERVICES } from '../../apps/acgs/services';
import type { PlatformSpec } from '../../lib/model';
import type { Manifest } from '../support/manifests';
import { output } from '../support/output';
import { type Block, resources } from '../support/terraform';

const acgs = output(ACGS);
const environments = ['development', 'staging', 'production'] as const;
const named = (objects: readonly Manifest[], kind: string): string[] =>
  objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);

describe('the ACGS platform', () => {
  test.each(environments)('%s runs all ten services', (environment) => {
    const objects = acgs.objects(`acgs/${environment}`);
    expect(named(objects, 'Deployment').sort()).toEqual([...SERVICES.map(({ name }) => name), 'gateway'].sort());
  });

  test('every environment has its three stacks', () => {
    expect([...acgs.stacks].sort()).toEqual(
      environments.flatMap((name) => ['cluster', 'data', 'network'].map((layer) => `acgs-${name}-${layer}`)).sort(),
    );
  });

  test('stacks are ordered network, cluster, data', () => {
    const { stacks } = JSON.parse(acgs.terraform['manifest.json'] ?? '{}');
    expect(stacks['acgs-production-network'].dependencies).toEqual([]);
    expect(stacks['acgs-production-cluster'].dependencies).toEqual(['acgs-production-network']);
    expect(stacks['acgs-production-data'].dependencies.sort()).toEqual([
      'acgs-production-cluster',
      'acgs-production-network',
    ]);
  });

  test('no manifest holds a Terraform token, and no file a path of this machine', () => {
    const withToken = Object.entries(acgs.kubernetes).filter(([, text]) =>
      /\$\{(aws_|data\.|ephemeral\.|TfToken)/.test(text),
    );
    expect(withToken.map(([path]) => path)).toEqual([]);
    const all = [...Object.values(acgs.kubernetes), ...Object.values(acgs.terraform)].join('\n');
    expect(all).not.toContain(process.cwd());
  });

  test('synthesizing for another release of Kubernetes changes only what the release knows', () => {
    const older: PlatformSpec = {
      ...ACGS,
      environments: ACGS.environments.map((environment) => ({
        ...environment,
        cluster: { ...environment.cluster, version: '1.34' },
      })),
    };
    const before = acgs.objects('acgs/production');
    const after = output(older).objects('acgs/production');
    const changed = after.filter((object, at) => JSON.stringify(object) !== JSON.stringify(before[at]));
    expect(after).toHaveLength(before.length);
    expect(named(changed, 'Namespace')).toEqual(['acgs']);
    expect(
      changed.filter(({ kind }) => kind !== 'Namespace').map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ).toEqual([]);
  });
});

describe('names of one plane', () => {
  const objects = acgs.objects('acgs/production');
  const stack = (layer: string): Block => acgs.stack(`acgs-production-${layer}`);

  test('every secret that a manifest follows is made exactly once by Terraform', () => {
    const followed = objects
      .filter(({ kind }) => kind === 'ExternalSecret')
      .flatMap(({ spec }) => spec.dataFrom.map((source: Manifest) => source.extract.key));
    const made = resources(stack('data'), 'aws_secretsmanager_secret').map(({ name }) => name);
    expect(new Set(made).size).toBe(made.length);
    expect(made.filter((name) => !name.endsWith('/master')).sort()).toEqual([...followed].sort());
  });

  test('every Secret that a pod mounts is followed or issued exactly once', () => {
    const mounted = objects.flatMap((object) =>
      (object.spec?.template?.spec?.volumes ?? []).flatMap((volume: Manifest) =>
        volume.secret
          ? [volume.secret.secretName]
          : (volume.projected?.sources ?? []).flatMap((source: Manifest) => source.secret?.name ?? []),
      ),
    );
    const made = [
      ...named(objects, 'ExternalSecret'),
      ...objects.filter(({ kind }) => kind === 'Certificate').map(({ spec }) => spec.secretName),
    ];
    expect(new Set(made).size).toBe(made.length);
    expect([...new Set(mounted)].filter((name) => !made.includes(name))).toEqual([]);
  });

  test('every node group that a pod asks for exists, and its taints are tolerated', () => {
    const groups = resources(stack('cluster'), 'aws_eks_node_group').map(({ labels, taint = [] }) => ({
      name: labels['headroom.dev/node-group'],
      taints: taint.map(({ key, value }: Block) => `${key}=${value}`),
    }));
    const pods = objects.flatMap((object) => object.spec?.template?.spec ?? []);
    const asking = pods.filter((pod: Manifest) => pod.nodeSelector?.['headroom.dev/node-group'] !== undefined);
    expect(asking.length).toBeGreaterThanOrEqual(3);
    for (const pod of asking) {
      const group = groups.find(({ name }) => name === pod.nodeSelector['headroom.dev/node-group']);
      const tolerated = (pod.tolerations ?? []).map(({ key, value }: Manifest) => `${key}=${value}`);
      expect(tolerated).toEqual(expect.arrayContaining(group?.taints ?? ['there is no such group']));
    }
  });

  test('database ports opened by manifests are the one of the instance, in the ranges of its subnets', () => {
    const ranges = resources(stack('network'), 'aws_subnet')
      .filter(({ tags }) => tags['headroom.dev/tier'] === 'database')
      .map(({ cidr_block }) => cidr_block);
    const [instance] = resources(stack('data'), 'aws_db_instance');
    const policy = objects.find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'integrity-service',
    );
    const opened = policy.spec.egress.filter((rule: Manifest) => ranges.includes(rule.to[0]?.ipBlock?.cidr));
    expect(opened.map((rule: Manifest) => rule.ports[0].port)).toEqual([instance.port, instance.port, instance.port]);
  });

  test('identities are bound to the service accounts of the controllers that need them', () => {
    const associations = resources(stack('cluster'), 'aws_eks_pod_identity_association');
    expect(associations.map(({ namespace, service_account }) => `${namespace}/${service_account}`).sort()).toEqual([
      'external-secrets/external-secrets',
      'kube-system/cluster-autoscaler',
    ]);
  });

  test('External Secrets is denied the master of every database', () => {
    const policies = resources(stack('cluster'), 'aws_iam_role_policy').map(({ policy }) => JSON.parse(policy));
    const denied = policies.flatMap(({ Statement }) => Statement).filter(({ Effect }: Block) => Effect === 'Deny');
    expect(denied).toEqual([
      expect.objectContaining({
        Action: ['secretsmanager:GetSecretValue'],
        Resource: [expect.stringMatching(/:secret:acgs\/production\/\*\/master-\*$/)],
      }),
    ]);
  });
});

describe('what must never be replaced by accident', () => {
  /** Changing this list moves or replaces data: it needs a decision record and `moved` blocks. */
  test('ids of stateful resources', () => {
    const stateful = [
      'aws_db_instance',
      'aws_eks_cluster',
      'aws_kms_key',
      'aws_secretsmanager_secret',
      'aws_vpc',
      'aws_subnet',
    ];
    const paths = ['network', 'cluster', 'data'].flatMap((layer) =>
      stateful.flatMap((type) =>
        resources(acgs.stack(`acgs-production-${layer}`), type).map((block) => `${type} ${block['//'].metadata.path}`),
      ),
    );
    expect(paths.map((path) => path.replace('acgs-production-', '')).sort()).toEqual([
      'aws_db_instance data/Database-main/Resource',
      'aws_eks_cluster cluster/Cluster/Resource',
      'aws_kms_key cluster/Cluster/Key/Resource',
      'aws_kms_key data/CacheKey/Resource',
      'aws_kms_key data/Database-main/Key/Resource',
      'aws_kms_key network/Network/FlowLogs/Key/Resource',
      'aws_secretsmanager_secret data/Cache-cache/Resource',
      'aws_secretsmanager_secret data/Cache-revocations/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Master/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-agent-hitl/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-auth-service/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-constitutional-ai/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-darwin-godel-machine/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-evolutionary-computation/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-executive-council/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-formal-verification/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-governance-synthesis/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-integrity-service/Resource',
      'aws_secretsmanager_secret data/Database-main/Secrets/Role-policy-governance/Resource',
      'aws_subnet network/Network/Database/us-west-2a/Resource',
      'aws_subnet network/Network/Database/us-west-2b/Resource',
      'aws_subnet network/Network/Database/us-west-2c/Resource',
      'aws_subnet network/Network/Private/us-west-2a/Resource',
      'aws_subnet network/Network/Private/us-west-2b/Resource',
      'aws_subnet network/Network/Private/us-west-2c/Resource',
      'aws_subnet network/Network/Public/us-west-2a/Resource',
      'aws_subnet network/Network/Public/us-west-2b/Resource',
      'aws_subnet network/Network/Public/us-west-2c/Resource',
      'aws_vpc network/Network/Resource',
    ]);
  });
});
