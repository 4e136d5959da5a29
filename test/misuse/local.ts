import type { LocalSpec, PostgresServerSpec } from '../../lib/model';
import { Cpu, Duration, Memory, Percent } from '../../lib/units';
import { inEnvironment, type Misuse } from './rows';

const postgres: PostgresServerSpec = {
  kind: 'server',
  name: 'main',
  databaseName: 'shop',
  maxConnections: 100,
};

const sound: LocalSpec = { databases: [postgres], images: { postgres: 'docker.io/library/postgres:16.14-trixie' } };

const onOneMachine = (part: Partial<LocalSpec>) => inEnvironment({ local: { ...sound, ...part } });

/** Slips in what runs on one machine, and in load tests. */
export const LOCAL_ROWS: readonly Misuse[] = [
  {
    fault: 'a database that only AWS can run',
    slip: inEnvironment({ local: {} }),
    errors: ['local-stores-run-in-containers', 'local-postgres-is-of-the-same-major'],
  },
  {
    fault: 'a service that is not there',
    slip: onOneMachine({ services: [{ name: 'order' }] }),
    errors: ['local-services-are-declared'],
  },
  {
    fault: 'a port for two containers',
    slip: onOneMachine({ services: [{ name: 'orders', publish: 9000 }] }),
    errors: ['local-published-services-run-once'],
  },
  {
    fault: 'a machine that is too small',
    slip: onOneMachine({ host: { cpu: Cpu.cores(2), memory: Memory.gib(4) } }),
    errors: ['local-host-holds-what-is-reserved'],
  },
  {
    fault: 'a pool in front of connections that nobody counted',
    slip: onOneMachine({ pooler: { serverConnections: 50 } }),
    errors: ['local-pools-are-declared'],
  },
  {
    fault: 'a load test that cannot fail',
    slip: inEnvironment({
      load: {
        tests: [
          {
            name: 'baseline',
            purpose: 'shows nothing',
            load: { users: 10, during: Duration.minutes(1) },
            requests: [{ service: 'orders', path: '/' }],
            thresholds: {},
          },
        ],
      },
    }),
    errors: ['load-test-can-fail'],
  },
  {
    fault: 'a load test of a service that is not there',
    slip: inEnvironment({
      load: {
        tests: [
          {
            name: 'baseline',
            purpose: 'asks nobody',
            load: { perSecond: 10, during: Duration.minutes(1) },
            requests: [{ service: 'order', path: '/' }],
            thresholds: { failed: Percent.of(1) },
          },
        ],
      },
    }),
    errors: ['load-test-asks-services'],
  },
  {
    fault: 'an autoscaler that no number of requests is known to move',
    slip: inEnvironment({ load: { tests: [], scaling: { eventsPerRequest: {} } } }),
    errors: [],
    warnings: ['load-moves-each-autoscaler'],
  },
];
