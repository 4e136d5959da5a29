import type { CostWatchSpec, EnvironmentSpec, OperationsSpec } from '../../lib/model';
import { Duration, Percent } from '../../lib/units';
import type { Misuse } from './rows';

const MAIL = { protocol: 'email', name: 'on-call', address: 'on-call@example.com' } as const;

/** Accounts that no other row is in: budgets, monitors and quotas are an account's. */
const own = (environment: EnvironmentSpec): EnvironmentSpec => ({
  ...environment,
  account: `9${environment.name.replaceAll(/\D/g, '').padStart(11, '0')}`,
});

/** Operations in an account of their own, in part replaced. */
const watched =
  (part: Partial<OperationsSpec>) =>
  (valid: EnvironmentSpec): EnvironmentSpec => ({
    ...own(valid),
    operations: { subscriptions: [MAIL], quotas: { onDemandVcpus: 200 }, ...part },
  });

const priced = (part: Partial<CostWatchSpec>) => watched({ costs: { subscriptions: [MAIL], ...part } });

/** Slips in who watches an environment. */
export const OPERATIONS_ROWS: readonly Misuse[] = [
  {
    fault: 'alarms that nobody hears',
    slip: watched({ subscriptions: [] }),
    errors: [],
    warnings: ['alarm-topic-has-subscribers'],
  },
  {
    fault: 'an address without a domain',
    slip: watched({ subscriptions: [{ ...MAIL, address: 'on-call' }] }),
    errors: ['alarm-topic-endpoints-are-well-formed'],
  },
  {
    fault: 'a key in the URL of a paging service',
    slip: watched({ subscriptions: [{ protocol: 'https', name: 'pager', url: 'https://pager.example.com/?key=1' }] }),
    errors: ['alarm-topic-endpoints-hold-no-keys'],
  },
  {
    fault: 'two who hear under one name',
    slip: watched({ subscriptions: [MAIL, MAIL] }),
    errors: ['alarm-topic-subscriptions-have-names'],
  },
  {
    fault: 'runbooks in a folder with a slash at its end',
    slip: watched({ runbooks: 'https://runbooks.example.com/' }),
    errors: ['operations-runbooks-are-in-a-folder'],
  },
  {
    fault: 'a processor that rings when it idles',
    slip: watched({ thresholds: { databases: { cpu: Percent.of(5) } } }),
    errors: ['database-alarm-cpu-is-a-share'],
  },
  {
    fault: 'a lag that an idle primary has',
    slip: watched({ thresholds: { databases: { replicaLag: Duration.seconds(30) } } }),
    errors: ['database-alarm-lag-tells-idle-from-late'],
  },
  {
    fault: 'failed ports without number',
    slip: watched({ thresholds: { nat: { failedPorts: Number.NaN } } }),
    errors: ['nat-alarm-failed-ports-are-possible'],
  },
  {
    fault: 'pods that may wait for a second',
    slip: watched({ thresholds: { cluster: { unschedulableFor: Duration.seconds(1) } } }),
    errors: ['cluster-alarm-waits-for-nodes'],
  },
  { fault: 'a cost that nobody is told of', slip: priced({ subscriptions: [] }), errors: ['cost-somebody-is-told'] },
  { fault: 'a month for nothing', slip: priced({ monthlyUsd: 0 }), errors: ['budget-limit-is-money'] },
  { fault: 'a month without number', slip: priced({ monthlyUsd: Number.NaN }), errors: ['budget-limit-is-money'] },
  {
    fault: 'room for fifty times the cost',
    slip: priced({ headroom: Percent.of(5000) }),
    errors: ['cost-watch-headroom-is-possible'],
  },
  {
    fault: 'traffic that descends',
    slip: priced({ usage: { natGb: { min: 3, expected: 2, max: 1 } } }),
    errors: ['monthly-usage-ranges-ascend'],
  },
  {
    fault: 'anomalies of half a dollar',
    slip: priced({ anomaliesFromUsd: 0.5 }),
    errors: ['cost-anomaly-threshold-is-money'],
  },
  {
    fault: 'two monitors in an account',
    slip: (valid, twin) =>
      [valid, { ...twin, name: `${valid.name}-dr` }].map((one) => ({
        ...priced({ anomaliesFromUsd: 50, counts: 'region' })(one),
        account: own(valid).account,
      })),
    errors: ['operations-anomalies-are-watched-once'],
  },
  {
    fault: 'a budget on an account that another environment is in',
    slip: (valid, twin) => [priced({})(valid), { ...twin, account: own(valid).account }],
    errors: [],
    warnings: ['operations-budget-counts-its-own'],
  },
  {
    fault: 'quotas that hold fewer nodes than are declared',
    slip: watched({ quotas: { onDemandVcpus: 25 } }),
    errors: ['quota-on-demand-vcpus-suffices'],
  },
  {
    fault: 'quotas that nobody looked up',
    slip: watched({ quotas: {} }),
    errors: [],
    warnings: ['quota-on-demand-vcpus-is-known'],
  },
  {
    fault: 'quotas without number',
    slip: watched({ quotas: { onDemandVcpus: Number.NaN } }),
    errors: ['quota-on-demand-vcpus-suffices', 'quota-values-are-numbers'],
  },
  {
    fault: 'notice of a day',
    slip: watched({ upgrades: { notice: Duration.days(1) } }),
    errors: ['upgrade-policy-gives-notice'],
  },
  {
    fault: 'a version whose support ends within the notice',
    slip: watched({ upgrades: { notice: Duration.days(200) } }),
    errors: [],
    warnings: ['calendar-version-has-time-left'],
  },
  {
    fault: 'a standby that nobody watches',
    slip: (valid, twin) => {
      const original = watched({})(valid);
      return [original, { ...twin, account: original.account, standbyFor: original.name }];
    },
    errors: [],
    warnings: ['operations-standby-is-watched'],
  },
];
