import { ACGS } from '../../apps/acgs';
import type { EnvironmentSpec } from '../../lib/model';
import type { Output } from './output';
import { output } from './output';
import { lost, statefulIds } from './stateful';

/** Without quotas, which are declared for regions of environments that are left out. */
const accounts = (ACGS.accounts ?? []).map(({ quotas: _, ...account }) => account);

const production = (change: (environment: EnvironmentSpec) => EnvironmentSpec): Output =>
  output({
    ...ACGS,
    accounts,
    environments: ACGS.environments
      .filter(({ name }) => name === 'production')
      .map(({ local: _, ...environment }) => change(environment)),
  });

const ids = (change: (environment: EnvironmentSpec) => EnvironmentSpec): string[] =>
  statefulIds(production(change), ['acgs/production']);

const before = ids((environment) => environment);

/** Addresses and kinds without what a hash says. */
const readable = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/_[0-9A-F]{8}\b/, ''));

/** An environment that consists of these objects and resources. */
const emitted = (objects: object[], resource: object = {}): string[] =>
  statefulIds(
    {
      kubernetes: {},
      terraform: {},
      documents: {},
      objects: () => objects,
      stack: () => ({ resource }),
      stacks: ['shop-production-data'],
    },
    ['shop/production'],
  );

describe('what must not be lost', () => {
  test('more of a service changes nothing', () => {
    const now = ids((environment) => ({
      ...environment,
      services: environment.services.map((service) => ({ ...service, image: { ...service.image, tag: '2.0.1' } })),
    }));
    expect(now).toEqual(before);
  });

  test('more storage of the database changes nothing', () => {
    const now = ids((environment) => ({
      ...environment,
      databases: environment.databases.map((database) => ({ ...database, backupRetention: undefined }) as never),
    }));
    expect(now).toEqual(before);
  });

  test('another name of a cache loses its claims, its sets and its secret', () => {
    const now = ids((environment) => ({
      ...environment,
      caches: environment.caches.map((cache) => (cache.name === 'revocations' ? { ...cache, name: 'revoked' } : cache)),
      services: environment.services.map((service) => ({
        ...service,
        connections: service.connections.map((to) =>
          'name' in to && to.name === 'revocations' ? { ...to, name: 'revoked' } : to,
        ),
      })),
    }));
    const gone = readable(lost(before, now));
    expect(gone).toContain('acgs/production Claim acgs/data-revocations-shard-0-0');
    expect(gone).toContain(
      'acgs-production-data aws_secretsmanager_secret.Cache-revocations name=acgs/production/revocations/auth',
    );
    expect(gone.every((line) => line.includes('revocations'))).toBe(true);
    expect(lost(now, before)).toHaveLength(gone.length);
  });
});

describe('ids of what holds data', () => {
  const set = (overrides: object = {}) => ({
    kind: 'StatefulSet',
    metadata: { namespace: 'shop', name: 'db' },
    spec: {
      replicas: 2,
      serviceName: 'db-members',
      selector: { matchLabels: { b: '2', a: '1' } },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            storageClassName: 'gp3',
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '6Gi' } },
          },
        },
      ],
      ...overrides,
    },
  });

  test('of a StatefulSet are what Kubernetes lets nobody change, and the claims of each pod', () => {
    expect(emitted([set()])).toEqual([
      'shop/production Claim shop/data-db-0',
      'shop/production Claim shop/data-db-1',
      'shop/production StatefulSet shop/db claim data class=gp3 ReadWriteOnce 6Gi',
      'shop/production StatefulSet shop/db serviceName=db-members selector=a=1,b=2',
    ]);
  });

  test.each([
    ['its service', { serviceName: 'other' }],
    ['its selector', { selector: { matchLabels: { a: '1' } } }],
    ['its claims', { volumeClaimTemplates: [] }],
    ['its pods', { replicas: 1 }],
  ])('another value of %s loses one', (_it, overrides) => {
    expect(lost(emitted([set()]), emitted([set(overrides)])).length).toBeGreaterThan(0);
  });

  test('more pods lose none', () => {
    expect(lost(emitted([set()]), emitted([set({ replicas: 3 })]))).toEqual([]);
  });

  test('of claims, volumes and namespaces are their names', () => {
    const named = (kind: string, spec: object) => ({ kind, metadata: { namespace: 'shop', name: 'x' }, spec });
    expect(
      emitted([
        named('PersistentVolumeClaim', {}),
        named('PersistentVolume', { persistentVolumeReclaimPolicy: 'Retain' }),
        named('Namespace', {}),
        named('Deployment', {}),
      ]),
    ).toEqual(['shop/production Claim shop/x', 'shop/production Namespace x', 'shop/production Volume x Retain']);
  });

  test('of resources are the address and the name', () => {
    const ids = emitted([], {
      aws_db_instance: { Main_1: { identifier: 'shop-main' } },
      aws_s3_bucket: { Logs_1: { bucket_prefix: 'logs-' } },
      aws_kms_key: { Key_1: { description: 'may change' } },
      aws_kms_alias: { Alias_1: { name: 'alias/shop', target_key_id: `\${aws_kms_key.Key_1.key_id}` } },
      aws_route: { Out_1: {} },
    });
    expect(ids).toEqual([
      'shop-production-data aws_db_instance.Main_1 identifier=shop-main',
      'shop-production-data aws_kms_key.Key_1 alias=alias/shop',
      'shop-production-data aws_s3_bucket.Logs_1 bucket=*',
    ]);
  });
});
