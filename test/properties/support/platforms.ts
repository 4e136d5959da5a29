import {
  type Balancing,
  type ClusterSpec,
  type EnvironmentSpec,
  isInstance,
  type NodeGroupSpec,
  type PlatformSpec,
  type PostgresSpec,
  SECURITY_HEADERS,
} from '../../../lib/model';
import { Duration, Memory, Percent, Rate } from '../../../lib/units';
import { type Draw, drawn } from './draw';
import { mutated } from './mutations';
import { service } from './services';
import { cache, database, replica, vectorDatabase } from './stores';

const ACCOUNT = '123456789012';
const VERSIONS = ['1.31', '1.32', '1.33', '1.34', '1.35', '1.36'] as const;

const size = (draw: Draw, least: number, most: number) => {
  const min = draw.whole(least, most - 1);
  const max = draw.whole(min + 1, most);
  return { min, max, desired: draw.whole(min, max) };
};

/** A group for everything, one for what has volumes and sometimes one more. */
function nodeGroups(draw: Draw): NodeGroupSpec[] {
  const spot = draw.chance(50);
  return [
    {
      name: 'general',
      instanceTypes: draw.one(['m6i.xlarge'], ['m5.2xlarge', 'm6i.2xlarge'], ['m7g.xlarge']),
      ...size(draw, 2, 6),
      ...draw.maybe(30, 'rootVolume', () => Memory.gib(draw.whole(40, 200))),
      ...draw.maybe(30, 'labels', () => ({ 'example.com/team': 'shop' })),
    },
    { name: 'stateful', instanceTypes: ['m5.xlarge'], ...size(draw, 1, 3), zones: 'each' },
    ...(draw.chance(50)
      ? [
          {
            name: 'extra',
            capacity: spot ? ('spot' as const) : ('on-demand' as const),
            instanceTypes: ['m5.xlarge', 'm6i.xlarge', 'm6a.xlarge'],
            ...size(draw, 0, 5),
            ...draw.maybe(50, 'taints', () => [
              { key: 'example.com/extra', value: 'yes', effect: draw.one('NoSchedule' as const, 'NoExecute' as const) },
            ]),
          },
        ]
      : []),
  ];
}

function cluster(draw: Draw): ClusterSpec {
  const version = draw.one(...VERSIONS);
  return {
    ...(version === '1.35' && draw.chance(50) ? {} : { version }),
    ...(Number(version.slice(2)) < 34 ? { supportType: 'EXTENDED' } : {}),
    ...draw.maybe(10, 'autoscaler', () => 'none' as const),
    apiAccess: draw.one<ClusterSpec['apiAccess']>(
      { through: 'session-manager' },
      { through: 'private-network', cidrs: ['10.250.0.0/16'] },
      { through: 'public-allowlist', cidrs: ['203.0.113.0/24', '198.51.100.0/25'] },
    ),
    ...draw.maybe(15, 'addonVersions', () => ({ coredns: 'v1.12.1-eksbuild.2' })),
    nodeGroups: nodeGroups(draw),
  };
}

function gateway(draw: Draw): NonNullable<EnvironmentSpec['gateway']> {
  const min = draw.whole(1, 3);
  return {
    name: 'gateway',
    scaling: { min, max: min + draw.whole(1, 5), metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
    ...draw.maybe(50, 'headers', () => ({ ...SECURITY_HEADERS, 'X-Shop': 'yes' })),
    ...draw.maybe(40, 'limits', () => [
      { name: 'per_client', rate: Rate.perMinute(draw.whole(600, 60_000)), burst: draw.whole(0, 100) },
    ]),
    ...draw.maybe(40, 'upstream', () => ({
      balancing: draw.one<Balancing>('least-conn', 'ip-hash', { hash: 'uri', consistent: true }),
      maxFails: draw.whole(0, 5),
      failTimeout: Duration.seconds(draw.whole(1, 60)),
    })),
    ...draw.maybe(30, 'maxBody', () => Memory.mib(draw.whole(1, 16))),
    ...draw.maybe(20, 'compressedTypes', () => ['application/json']),
  };
}

/** Where an environment stands, and what it may follow. */
interface Place {
  readonly name: string;
  readonly region: string;
  readonly second: number;
  readonly primary?: EnvironmentSpec;
}

function environment(draw: Draw, { name, region, second, primary }: Place): EnvironmentSpec {
  const zones = ['a', 'b', 'c'].slice(0, draw.one(2, 3, 3)).map((zone) => `${region}${zone}`);
  const machines = cluster(draw);
  const stores = ['stateful'];
  const source = primary?.databases.find(isInstance) as PostgresSpec | undefined;
  const first = source && primary ? replica(draw, primary.name, source) : database(draw, 'main', stores);
  const databases = [first, ...(first.name === 'main' && draw.chance(30) ? [database(draw, 'reports', stores)] : [])];
  const caches = ['cache', 'sessions'].slice(0, draw.whole(0, 2)).map((of) => cache(draw, of, stores, zones.length));
  const vectorDatabases = draw.chance(40) ? [vectorDatabase(draw, 'vectors', stores)] : [];
  const mesh = draw.chance(40);
  const owner = draw.one(undefined, 'prometheus-adapter' as const, 'keda' as const);
  const proxy = draw.chance(60) ? gateway(draw) : undefined;
  const names = draw.list(
    draw.whole(10, 18),
    (index) => `${['orders', 'stock', 'search', 'mail'][index % 4]}-${index}`,
  );
  const services = names.map((of) =>
    service(draw, of, {
      names,
      databases,
      caches,
      vectorDatabases,
      nodes: machines.nodeGroups.map((group) => group.name).filter((group) => group !== 'stateful'),
      weights: mesh ? 'istio' : 'alb',
      gateway: proxy !== undefined,
      mesh,
      keda: owner === 'keda',
      version: machines.version ?? '1.35',
      rolesOf: (client) =>
        primary?.services
          .filter((other) => other.name === client)
          .flatMap(({ connections }) => connections.flatMap((to) => (to.to === 'database' ? [to.name] : []))) ?? [],
    }),
  );
  return {
    name,
    stage: draw.one('development', 'staging', 'production'),
    account: ACCOUNT,
    region,
    zones,
    registry: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com`,
    ...draw.maybe(20, 'images', () => ({ nginx: 'mirror.example.com/nginxinc/nginx-unprivileged:1.29.1' })),
    adminPrincipals: [`arn:aws:iam::${ACCOUNT}:role/admin`],
    deployPrincipals: draw.chance(70) ? [`arn:aws:iam::${ACCOUNT}:role/deploy`] : [],
    domain: `${name}.shop.example.com`,
    namespace: 'shop',
    network: {
      cidr: `10.${second}.0.0/${draw.one(16, 16, 17, 18)}`,
      nat: draw.one('per-zone', 'single'),
      ...draw.maybe(40, 'interfaceEndpoints', () => draw.one([], ['ssm', 'ssmmessages', 'ec2messages'], ['ecr.api'])),
    },
    cluster: tolerated(machines, services),
    databases,
    caches,
    ...(vectorDatabases.length > 0 && { vectorDatabases }),
    services,
    ...(mesh && { mesh: 'istio' as const }),
    ...(owner && { externalMetrics: owner }),
    ...(proxy && services.some(({ isPublic }) => isPublic) && { gateway: proxy }),
    ...draw.maybe(20, 'annotations', () => ({ 'example.com/owner': 'shop: the team, #1' })),
    ...draw.maybe(20, 'settings', () => ({ LOG_FORMAT: 'json' })),
    state: draw.one<EnvironmentSpec['state']>(
      { kind: 'local' },
      { kind: 's3', bucket: 'shop-terraform-state', region, kmsKeyAlias: 'terraform' },
      { kind: 's3', bucket: 'shop-terraform-state', region },
    ),
    asOf: '2026-11-21',
    ...draw.maybe(20, 'tags', () => ({ 'cost-center': '4711' })),
  };
}

/** A group that nobody names loses its taints. */
function tolerated(machines: ClusterSpec, services: readonly { readonly nodes?: string }[]): ClusterSpec {
  return {
    ...machines,
    nodeGroups: machines.nodeGroups.map(({ taints, ...group }) =>
      taints && services.some(({ nodes }) => nodes === group.name) ? { ...group, taints } : group,
    ),
  };
}

/** Platforms of one or two environments, mostly sound. */
export const sound = drawn((draw): PlatformSpec => {
  const first = environment(draw, { name: 'production', region: 'eu-west-1', second: draw.whole(0, 99) });
  if (draw.chance(65)) return { name: 'shop', environments: [first] };
  const other = environment(draw, {
    name: 'other',
    region: 'us-east-1',
    second: draw.whole(100, 199),
    ...(draw.chance(70) && { primary: first }),
  });
  return { name: 'shop', environments: [first, other] };
});

/** The same, with one to twelve values that may be wrong in nine of ten. */
export const platform = drawn((draw) => draw).chain((draw) =>
  sound.map((spec) => {
    const changes = draw.chance(90) ? draw.whole(1, 12) : 0;
    return draw.list(changes, (at) => at).reduce((so) => mutated(draw, so), spec);
  }),
);

/** Services, stores, sets of node groups, networks, gateways and environments of a platform. */
export const declarations = ({ environments }: PlatformSpec): number =>
  environments.reduce(
    (count, { services, databases, caches, vectorDatabases = [], gateway: proxy }) =>
      count + 3 + services.length + databases.length + caches.length + vectorDatabases.length + (proxy ? 1 : 0),
    0,
  );
