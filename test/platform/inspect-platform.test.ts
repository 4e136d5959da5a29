import type { PlatformSpec } from '../../lib/model';
import { inspectPlatform, PLATFORM_RELATION_CHECKS } from '../../lib/platform/inspect-platform';
import { Duration, Memory, Percent } from '../../lib/units';
import { environment, service } from '../support/environment';
import { allIds, ids, refused } from '../support/findings';
import { output } from '../support/output';

const valid = environment();

/** Ten faults in five places: network, cluster, database, cache and service. */
const faulty: PlatformSpec = {
  name: 'shop',
  environments: [
    environment({
      network: { cidr: '8.8.0.0/16', nat: 'per-zone', interfaceEndpoints: ['com.amazonaws.eu-west-1.ecr.api'] },
      cluster: {
        version: '1.28',
        apiAccess: { through: 'session-manager' },
        nodeGroups: [{ name: 'general', instanceTypes: ['m6i.large'], min: 4, max: 6, desired: 3 }],
      },
      databases: valid.databases.map((database) => ({
        ...database,
        version: '15.4',
        backupRetention: Duration.days(36),
      })),
      caches: valid.caches.map((cache) => ({ ...cache, port: 80, storage: Memory.mib(512) })),
      services: [
        service('orders', {
          port: 80,
          scaling: { min: 7, max: 6, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
        }),
      ],
    }),
  ],
};

describe('inspectPlatform', () => {
  test('ten faults in five constructs are exactly ten errors, each with its place', () => {
    const errors = inspectPlatform(faulty).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ path, prop, check }) => `${path} ${prop} ${check}`).sort()).toEqual(
      [
        'shop/production/Network cidr network-cidr-is-private',
        'shop/production/Network interfaceEndpoints network-endpoints-are-short-names',
        'shop/production/Cluster version cluster-version-has-not-ended',
        'shop/production/Cluster/general desired node-group-desired-is-within-bounds',
        'shop/production/main version postgres-minor-can-be-created',
        'shop/production/main backupRetention postgres-backups-are-kept',
        'shop/production/cache port redis-port-leaves-room-for-the-bus',
        'shop/production/cache storage redis-storage-holds-two-copies',
        'shop/production/orders port service-port-is-unprivileged',
        'shop/production/orders/Autoscaler max scaling-min-is-at-most-max',
      ].sort(),
    );
  });

  test('every error names the value it got and a way out', () => {
    for (const { received, remedy, rule } of inspectPlatform(faulty)) {
      expect([received, remedy, rule].map((text) => text.length > 0 && !/undefined|NaN|\[object/.test(text))).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  test('a valid platform has no finding', () => {
    expect(inspectPlatform({ name: 'shop', environments: [valid] })).toEqual([]);
  });

  test('all environments are inspected', () => {
    const other = environment({ name: 'staging', account: '1', network: { cidr: '10.30.0.0/16', nat: 'per-zone' } });
    const findings = inspectPlatform({ name: 'shop', environments: [environment({ account: '2' }), other] });
    expect(findings.map(({ path, received }) => [path, received])).toEqual([
      ['shop/production', '2'],
      ['shop/staging', '1'],
    ]);
  });

  test.each([
    { it: 'the same range', cidr: '10.20.0.0/16', overlap: true },
    { it: 'a part of it', cidr: '10.20.128.0/17', overlap: true },
    { it: 'the next range', cidr: '10.21.0.0/16', overlap: false },
  ])('networks of two environments: $it', ({ cidr, overlap }) => {
    const other = environment({ name: 'staging', network: { cidr, nat: 'per-zone' } });
    const findings = inspectPlatform({ name: 'shop', environments: [valid, other] });
    expect(ids(findings)).toEqual(overlap ? ['platform-networks-do-not-overlap'] : []);
  });

  test('every relation has a failing row', () => {
    expect(allIds(PLATFORM_RELATION_CHECKS)).toEqual(['platform-networks-do-not-overlap']);
  });

  test('what inspection accepts can be built', () => {
    expect(refused(() => output({ name: 'shop', environments: [valid] }))).toEqual([]);
  });
});
