import type { PlatformSpec } from '../../lib/model';
import { inspectPlatform } from '../../lib/platform';
import type { Manifest } from '../support/manifests';
import { output } from '../support/output';
import { everyOutput, PLATFORMS } from '../support/platforms';
import { onlyResource, resources } from '../support/terraform';

const emitted = everyOutput();
const workloads = (environment: string): string[] =>
  emitted
    .objects(environment)
    .filter(({ kind }) => ['Deployment', 'Rollout', 'StatefulSet'].includes(kind))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .sort();

const INTERNAL = [
  'darwin-godel-machine',
  'evolutionary-computation',
  'executive-council',
  'formal-verification',
  'governance-synthesis',
  'integrity-service',
  'policy-governance',
];
const PUBLIC = ['agent-hitl', 'auth-service', 'constitutional-ai'];
const CACHES = [0, 1, 2].flatMap((shard) => [
  `StatefulSet cache-shard-${shard}`,
  `StatefulSet revocations-shard-${shard}`,
]);
const AGENTS = ['agent-financial', 'agent-legal', 'agent-rag', 'agent-social'];

const as = (kind: string, names: readonly string[]): string[] => names.map((name) => `${kind} ${name}`);

describe('what runs where', () => {
  test('ACGS in development is ten Deployments, the gateway, a pooler and two Redis Clusters', () => {
    expect(workloads('acgs/development')).toEqual(
      [...as('Deployment', [...INTERNAL, ...PUBLIC, 'gateway', 'main-pooler']), ...CACHES].sort(),
    );
  });

  test.each(['acgs/staging', 'acgs/production'])('%s releases what users reach by canaries', (environment) => {
    expect(workloads(environment)).toEqual(
      [...as('Deployment', [...INTERNAL, 'gateway', 'main-pooler']), ...as('Rollout', PUBLIC), ...CACHES].sort(),
    );
  });

  test('the standby of ACGS runs the core services, and no store of its own', () => {
    expect(workloads('acgs/production-dr')).toEqual([
      'Deployment gateway',
      'Deployment integrity-service',
      'Deployment main-pooler',
      'Deployment policy-governance',
      'Rollout auth-service',
      'Rollout constitutional-ai',
    ]);
  });

  test.each(['alfred/production', 'alfred/production-us-east-1', 'alfred/production-eu-central-1'])(
    '%s runs five agents and one vector database',
    (environment) => {
      expect(workloads(environment)).toEqual([
        ...as('Deployment', [...AGENTS, 'gateway', 'main-pooler']),
        'Rollout agent-core-rollout',
        'StatefulSet vector-db',
      ]);
    },
  );

  test('Alfred in development has its database and its cache in the cluster', () => {
    expect(workloads('alfred/development')).toEqual([
      ...as('Deployment', [...AGENTS, 'gateway']),
      'Rollout agent-core-rollout',
      ...as('StatefulSet', ['postgres', 'redis', 'vector-db']),
    ]);
  });
});

describe('regions', () => {
  const bounds = (environment: string): Record<string, readonly [min: number, max: number]> =>
    Object.fromEntries(
      emitted
        .objects(environment)
        .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
        .map(({ metadata, spec }: Manifest) => [metadata.name, [spec.minReplicas, spec.maxReplicas]]),
    );

  test('the standby may grow as far as production', () => {
    const there = bounds('acgs/production');
    expect(Object.entries(bounds('acgs/production-dr'))).toEqual(
      Object.entries(there).filter(([name]) =>
        [
          'acgs-auth-service-hpa',
          'acgs-constitutional-ai-hpa',
          'gateway',
          'integrity-service',
          'policy-governance',
        ].includes(name),
      ),
    );
  });

  test.each([
    ['acgs-production-dr', 'acgs-production-main', '333333333333'],
    ['alfred-production-us-east-1', 'alfred-production-main', '555555555555'],
    ['alfred-production-eu-central-1', 'alfred-production-main', '555555555555'],
  ])('%s follows the database %s', (name, source, account) => {
    const stack = emitted.stack(`${name}-data`);
    const [{ allowed_account_ids: allowed }] = stack.provider.aws;
    const followed = onlyResource(stack, 'aws_db_instance')
      .replicate_source_db.replace(/\$\{data\.aws_partition\.\w+\.partition\}/, 'aws')
      .replace(/\$\{data\.aws_caller_identity\.\w+\.account_id\}/, allowed.join());
    expect(followed).toBe(`arn:aws:rds:us-west-2:${account}:db:${source}`);
  });

  test('secrets of the writers are copied to every region that reads them', () => {
    const copies = (stack: string): string[] => [
      ...new Set(
        resources(emitted.stack(stack), 'aws_secretsmanager_secret').map(({ replica = [] }) =>
          replica.map(({ region }: { region: string }) => region).join(' '),
        ),
      ),
    ];
    expect(copies('acgs-production-data').sort()).toEqual(['', 'us-east-1']);
    expect(copies('alfred-production-data').sort()).toEqual(['', 'us-east-1 eu-central-1']);
    expect(copies('acgs-staging-data')).toEqual(['']);
  });
});

describe('relations between two syntheses', () => {
  const [acgs] = PLATFORMS;
  const changedIn = (change: (platform: PlatformSpec) => PlatformSpec): string[] => {
    if (acgs === undefined) throw new Error('there is no platform');
    const after = output(change(acgs)).objects('acgs/production');
    const before = emitted.objects('acgs/production').map((object) => JSON.stringify(object));
    return after
      .filter((object) => !before.includes(JSON.stringify(object)))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  };
  test('another owner of external metrics changes who scales, and no workload', () => {
    const keda = changedIn((platform) => ({
      ...platform,
      environments: platform.environments.map((environment) => ({ ...environment, externalMetrics: 'keda' as const })),
    }));
    const kinds = new Set(keda.map((object) => object.split(' ')[0]));
    expect([...kinds].sort()).toEqual(['AppProject', 'Application', 'Namespace', 'ScaledObject']);
  });
});

test('no finding of any platform is an error', () => {
  expect(PLATFORMS.flatMap(inspectPlatform).filter(({ severity }) => severity !== 'warning')).toEqual([]);
});
