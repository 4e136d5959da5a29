import { EncryptionKey, PostgresDatabase, RedisReplicationGroup } from '../../lib/aws';
import type { Finding } from '../../lib/check';
import {
  ClusterServices,
  DisruptionBudget,
  type DisruptionBudgetProps,
  NetworkPolicy,
  PriorityClasses,
  StorageClass,
  WebService,
  type WebServiceProps,
} from '../../lib/kubernetes';
import { inspectTargets } from '../../lib/model';
import { Duration, Memory } from '../../lib/units';
import { CACHE } from '../support/cache';
import { ids } from '../support/findings';
import { INSTANCE } from '../support/postgres';
import { full, least, scaling } from '../support/web-service';
import { holdsNaN, isWellFormed } from './well-formed';

const web = (props: Partial<WebServiceProps>): Finding[] =>
  WebService.inspect('shop/Api', { ...least, ingressFrom: [], scrapedBy: [], ...props });
const budget = (props: Partial<DisruptionBudgetProps>): Finding[] =>
  DisruptionBudget.inspect('shop/Budget', { name: 'api', selector: { app: 'api' }, ...props });
const key = (props: object): Finding[] =>
  EncryptionKey.inspect('shop/Key', { alias: 'shop', description: 'of the shop', ...props });
const services = (props: object): Finding[] =>
  ClusterServices.inspect('shop/ClusterServices', {
    clusterName: 'shop-production',
    region: 'eu-west-1',
    stage: 'production',
    metrics: [],
    ...props,
  });

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };

/** Slips that a declaration cannot hold, because it decides them: they are made with the constructs themselves. */
const ROWS: readonly [slip: string, findings: Finding[], expected: readonly string[]][] = [
  ['pods counted twice, by hand and by load', web({ scaling, replicas: 3 }), ['web-service-replicas-have-one-owner']],
  ['one pod, gone while its node drains', web({ replicas: 1 }), ['web-service-outlives-a-drain']],
  [
    'no number of pods',
    web({ replicas: Number.NaN }),
    ['web-service-replicas-are-whole', 'web-service-outlives-a-drain'],
  ],
  [
    'killed before requests have ended',
    web({ gracePeriod: Duration.seconds(44) }),
    ['web-service-grace-covers-the-drain'],
  ],
  [
    'slower to stop than spot nodes are taken back',
    web({ ...full, gracePeriod: Duration.minutes(2) }),
    ['web-service-stops-before-spot-reclaim'],
  ],
  [
    'more temporary files than the limit',
    web({ temporarySpace: Memory.gib(1) }),
    ['web-service-temporary-space-fits-limit'],
  ],
  ['a program that runs as root', web({ runAs: 0 }), ['web-service-runs-unprivileged']],
  ['an image by latest', web({ image: 'registry.example.com/shop/api:latest' }), ['web-service-image-is-pinned']],
  ['a secret as a variable', web({ settings: { API_TOKEN: 'hunter2' } }), ['service-settings-hold-no-secrets']],
  [
    'two secrets in one folder',
    web({
      secretFiles: [
        { secret: 'a', mountPath: '/etc/a' },
        { secret: 'b', mountPath: '/etc/a' },
      ],
    }),
    ['web-service-mounts-are-apart'],
  ],
  ['nobody said who may connect', WebService.inspect('shop/Api', least), ['web-service-callers-are-declared']],
  ['a budget that blocks every drain', budget({ maxUnavailable: 0 }), ['disruption-budget-lets-a-pod-go']],
  ['a budget that is no number', budget({ maxUnavailable: Number.NaN }), ['disruption-budget-lets-a-pod-go']],
  ['a budget that matches nothing', budget({ selector: {} }), ['disruption-budget-selects-a-workload']],
  [
    'a policy whose selector is no label',
    NetworkPolicy.inspect('shop/Policy', { name: 'api', selector: { app: 'a b' } }),
    ['network-policy-selector-is-of-labels'],
  ],
  [
    'a policy open to a port beyond the last',
    NetworkPolicy.inspect('shop/Policy', {
      name: 'api',
      selector: {},
      ingress: [{ cidr: '10.0.0.0/8', port: 65_536 }],
    }),
    ['network-peer-port-is-real'],
  ],
  [
    'two autoscalers of one workload',
    inspectTargets('shop', [
      { kind: 'HorizontalPodAutoscaler', name: 'one', target },
      { kind: 'ScaledObject', name: 'two', target },
    ]),
    ['target-has-one-horizontal-autoscaler'],
  ],
  [
    'both autoscalers on one resource',
    inspectTargets('shop', [
      { kind: 'HorizontalPodAutoscaler', name: 'one', target, policy: scaling },
      {
        kind: 'VerticalPodAutoscaler',
        name: 'two',
        target,
        policy: { mode: 'Recreate', containers: [{ container: '*', resources: ['cpu'] }] },
      },
    ]),
    ['target-resources-have-one-autoscaler'],
  ],
  [
    'two owners of external metrics',
    services({
      externalMetrics: 'keda',
      metrics: [
        {
          on: 'external',
          metric: { name: 'queue', series: 'queue_length', kind: 'gauge', combine: 'max' },
          target: { average: 30 },
        },
      ],
    }),
    ['cluster-services-external-metrics-have-one-owner'],
  ],
  [
    'a default priority that does not exist',
    PriorityClasses.inspect('shop/Priorities', { globalDefault: 'none' }),
    ['priority-class-default-exists'],
  ],
  [
    'fewer operations than a volume has',
    StorageClass.inspect('shop/Storage', { iops: 2999 }),
    ['storage-class-iops-are-offered'],
  ],
  [
    'windows of a database that overlap',
    PostgresDatabase.inspect('shop/Database', {
      ...INSTANCE,
      backupWindow: '07:00-08:00',
      maintenanceWindow: 'sun:07:30-sun:08:30',
    }),
    ['postgres-windows-are-apart'],
  ],
  [
    'a database open to everybody',
    PostgresDatabase.inspect('shop/Database', {
      ...INSTANCE,
      allowedFrom: [{ cidr: '0.0.0.0/0', description: 'all' }],
    }),
    ['postgres-client-is-not-everyone'],
  ],
  [
    'a cache in one zone',
    RedisReplicationGroup.inspect('shop/Cache', { ...CACHE, subnetIds: ['subnet-0a'] }),
    ['cache-has-subnets-in-two-zones'],
  ],
  ['a key that ends before anybody notices', key({ deletionWindow: Duration.days(6) }), ['key-deletion-leaves-time']],
  ['a key under a name of AWS', key({ alias: 'aws/shop' }), ['key-alias-is-allowed']],
];

test.each(ROWS)('%s', (_slip, findings, expected) => {
  expect(ids(findings)).toEqual([...expected]);
  expect(findings.filter((finding) => !isWellFormed(finding))).toEqual([]);
  expect(holdsNaN(findings)).toBe(false);
});

test('without a slip nothing is said', () => {
  expect([web({}), budget({}), key({}), services({})].flat()).toEqual([]);
});
