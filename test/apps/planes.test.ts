import { clusterServices } from '../../lib/kubernetes';
import { ALERTMANAGER_ACCOUNT, type EnvironmentSpec, METRICS_ACCOUNTS } from '../../lib/model';
import { planControllers } from '../../lib/platform/plan/plan-controllers';
import type { Manifest } from '../support/manifests';
import { everyOutput, PLATFORMS, stacksOf } from '../support/platforms';
import { contestedApis, type LayeredManifests, unservedKinds } from '../support/served-kinds';
import { type Block, resources } from '../support/terraform';

/** Names that both planes know: each that is used on one side is defined exactly once on the other. */
const emitted = everyOutput();

const places = PLATFORMS.flatMap((platform) =>
  platform.environments.map((environment) => ({
    name: `${platform.name}/${environment.name}`,
    platform: platform.name,
    declared: platform,
    environment,
  })),
);

const stack = (name: string, layer: string): Block => emitted.stack(`${name.replace('/', '-')}-${layer}`);
const named = (objects: readonly Manifest[], kind: string): string[] =>
  objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
const pods = (objects: readonly Manifest[]): Manifest[] =>
  objects.flatMap((object) => object.spec?.template?.spec ?? []);

/** Secrets that exist in a region: made there, or copied there by the environment that makes them. */
function secretsIn(platform: string, { region }: EnvironmentSpec): string[] {
  return places
    .filter((place) => place.platform === platform)
    .flatMap((place) =>
      resources(stack(place.name, 'data'), 'aws_secretsmanager_secret').flatMap(({ name, replica = [] }) =>
        place.environment.region === region || replica.some((copy: Block) => copy.region === region) ? [name] : [],
      ),
    );
}

const COMPONENT = 'app.kubernetes.io/component';

describe.each(places)('$name', ({ name, platform, declared, environment }) => {
  const objects = emitted.objects(name);

  test('every secret that a manifest follows is made exactly once, in its region', () => {
    const followed = objects
      .filter(({ kind }) => kind === 'ExternalSecret')
      .flatMap(({ spec }) => spec.dataFrom.map((source: Manifest) => source.extract.key));
    const made = secretsIn(platform, environment);
    expect(new Set(made).size).toBe(made.length);
    expect([...new Set(followed)].filter((secret) => !made.includes(secret))).toEqual([]);
  });

  test('every secret that Terraform makes for the cluster is followed by a manifest', () => {
    const followed = objects
      .filter(({ kind }) => kind === 'ExternalSecret')
      .flatMap(({ spec }) => spec.dataFrom.map((source: Manifest) => source.extract.key));
    const made = resources(stack(name, 'data'), 'aws_secretsmanager_secret').map((secret) => secret.name);
    const idle = made.filter((secret) => !followed.includes(secret));
    expect(idle.filter((secret) => !/\/(master(\/password)?|auth\/user)$/.test(secret))).toEqual([]);
  });

  test('every Secret that a pod mounts is followed or issued exactly once', () => {
    const mounted = pods(objects).flatMap((pod) =>
      (pod.volumes ?? []).flatMap((volume: Manifest) =>
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
    expect([...new Set(mounted)].filter((secret) => !made.includes(secret))).toEqual([]);
  });

  test('every node group that a pod asks for exists, and its taints are tolerated', () => {
    const groups = resources(stack(name, 'cluster'), 'aws_eks_node_group').map(({ labels, taint = [] }) => ({
      name: labels['headroom.dev/node-group'],
      taints: taint.map(({ key, value }: Block) => `${key}=${value}`),
    }));
    for (const pod of pods(objects).filter(({ nodeSelector }) => nodeSelector?.['headroom.dev/node-group'])) {
      const group = groups.find((other) => other.name === pod.nodeSelector['headroom.dev/node-group']);
      const tolerated = (pod.tolerations ?? []).map(({ key, value }: Manifest) => `${key}=${value}`);
      expect(tolerated).toEqual(expect.arrayContaining(group?.taints ?? ['there is no such group']));
    }
  });

  test('ports that manifests open to subnets for databases are those of the stores there', () => {
    const ranges = resources(stack(name, 'network'), 'aws_subnet')
      .filter(({ tags }) => tags['headroom.dev/tier'] === 'database')
      .map(({ cidr_block }) => cidr_block);
    const data = stack(name, 'data');
    const ports = [...resources(data, 'aws_db_instance'), ...resources(data, 'aws_elasticache_replication_group')].map(
      ({ port }) => port,
    );
    const opened = objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .flatMap(({ spec }) => spec.egress ?? [])
      .filter((rule: Manifest) => ranges.includes(rule.to?.[0]?.ipBlock?.cidr))
      .map((rule: Manifest) => rule.ports[0].port);
    expect([...new Set(opened)].sort()).toEqual([...new Set(ports)].sort());
  });

  test('the target group of its pods is made exactly once, and every group that Terraform makes for pods is named', () => {
    const bound = objects.filter(({ kind }) => kind === 'TargetGroupBinding').map(({ spec }) => spec.targetGroupName);
    const made = resources(stack(name, 'edge') ?? {}, 'aws_lb_target_group').map((group) => group.name);
    expect(bound).toEqual(made);
    expect(made).toHaveLength(environment.edge === undefined ? 0 : 1);
  });

  test('a service account has an identity exactly if its controller needs one', () => {
    const associations = resources(stack(name, 'cluster'), 'aws_eks_pod_identity_association');
    const controllers = clusterServices(planControllers(declared, environment)).flatMap(
      ({ namespace, serviceAccount }) => (serviceAccount === undefined ? [] : [`${namespace}/${serviceAccount}`]),
    );
    // What makes the roles of a database reads its master, which nothing else in the cluster may.
    const makers = objects
      .filter(({ kind, metadata }) => kind === 'CronJob' && metadata.labels[COMPONENT] === 'database-roles')
      .map(({ metadata, spec }) => `${metadata.namespace}/${spec.jobTemplate.spec.template.spec.serviceAccountName}`);
    // Parts of one chart that each may do something of their own.
    const parts = [
      ...(environment.observability?.metrics.longTerm ? Object.values(METRICS_ACCOUNTS) : []),
      ...(environment.telemetry?.heartbeat === 'on' ? [ALERTMANAGER_ACCOUNT] : []),
    ].map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`);
    expect(associations.map(({ namespace, service_account }) => `${namespace}/${service_account}`).sort()).toEqual(
      [...controllers, ...makers, ...parts].sort(),
    );
  });

  test('the parts that have an identity of their own run under just those accounts', () => {
    const accounts = clusterServices(planControllers(declared, environment)).flatMap(({ name: chart, values }) => {
      const at = (path: string): string[] => {
        const found = path.split('/').reduce((inner: Manifest, key) => inner?.[key], values as Manifest);
        return found === undefined ? [] : [found];
      };
      if (chart === 'kube-prometheus-stack') {
        return ['prometheus', 'alertmanager'].flatMap((part) => at(`${part}/serviceAccount/name`));
      }
      return chart === 'thanos' ? ['storeGateway', 'compact'].flatMap((part) => at(`${part}/serviceAccount/name`)) : [];
    });
    const named = resources(stack(name, 'cluster'), 'aws_eks_pod_identity_association')
      .filter(({ namespace }) => namespace === 'monitoring')
      .map(({ service_account }) => service_account);
    expect(accounts.sort()).toEqual(named.sort());
  });

  test('the bucket and the topic that pods are told of are made exactly once', () => {
    const told = JSON.stringify(clusterServices(planControllers(declared, environment)).map(({ values }) => values));
    const buckets = resources(stack(name, 'data'), 'aws_s3_bucket').map(({ bucket }) => bucket);
    const topics = resources(stack(name, 'operations') ?? {}, 'aws_sns_topic').map((topic) => topic.name);
    const bucket = [...told.matchAll(/"bucket":"([\w-]+-metrics-\d{12})"/g)].map(([, found]) => found);
    const topic = [...told.matchAll(/"topic_arn":"arn:aws:sns:[\w-]+:\d{12}:([\w-]+)"/g)].map(([, found]) => found);
    expect([...new Set(bucket)]).toEqual(buckets.filter((found) => /-metrics-\d{12}$/.test(found)));
    expect(topic).toEqual(topics.filter((found) => found.endsWith('-heartbeat')));
  });

  test('External Secrets is denied the master of every database of the platform', () => {
    const policies = resources(stack(name, 'cluster'), 'aws_iam_role_policy').map(({ policy }) => JSON.parse(policy));
    const denied = policies.flatMap(({ Statement }) => Statement).filter(({ Effect }: Block) => Effect === 'Deny');
    expect(denied).toEqual([
      expect.objectContaining({
        Action: ['secretsmanager:GetSecretValue'],
        Resource: [
          expect.stringMatching(new RegExp(`:secret:${platform}/\\*/\\*/master-\\*$`)),
          expect.stringMatching(new RegExp(`:secret:${platform}/\\*/\\*/master/\\*$`)),
        ],
      }),
    ]);
  });

  test('every kind is served before anything of that kind is applied, and every API by one owner', () => {
    const layers: LayeredManifests = Object.fromEntries(
      ['00-crds', '10-controllers', '20-policies', '30-workloads'].map((layer) => [
        layer,
        emitted.objects(`${name}/${layer}`),
      ]),
    );
    const applications = clusterServices(planControllers(declared, environment));
    expect(unservedKinds(layers, applications)).toEqual([]);
    expect(contestedApis(layers, applications)).toEqual([]);
  });

  test('the stacks are those of what is declared, each after the ones it reads', () => {
    const own = name.replace('/', '-');
    const { stacks } = JSON.parse(emitted.terraform['manifest.json'] ?? '{}');
    // what makes an account ready comes before all that is in it
    const readBy = (layer: string): string[] =>
      stacks[`${own}-${layer}`].dependencies
        .filter((stack: string) => !stack.startsWith(`${platform}-account-`))
        .toSorted();
    const { edge, backups, operations, instances } = environment;
    const declared = Object.entries({ edge, recovery: backups, operations, instances }).flatMap(([layer, spec]) =>
      spec === undefined ? [] : [layer],
    );
    const layers = ['cluster', 'data', 'gitops', 'network', ...declared].sort();
    expect(stacksOf(emitted, name)).toEqual(layers.map((layer) => `${own}-${layer}`));
    expect(readBy('network')).toEqual([]);
    expect(readBy('cluster')).toEqual([`${own}-network`]);
    expect(readBy('gitops')).toEqual([`${own}-cluster`]);
    const managed = resources(stack(name, 'data'), 'aws_db_subnet_group');
    const followed = environment.databases.flatMap((database) =>
      database.kind === 'replica' ? [`${platform}-${database.of.environment}-data`] : [],
    );
    const readHere = managed.length === 0 ? [] : [`${own}-cluster`, `${own}-network`];
    expect(readBy('data')).toEqual([...readHere, ...followed].sort());
    if (edge === undefined) return;
    const [zone = ''] = readBy('edge').filter((stack) => stack.startsWith(`${platform}-dns`));
    expect(readBy('edge')).toEqual([zone, `${own}-cluster`, `${own}-network`].sort());
  });
});
