import type { CostWatchSpec, EnvironmentSpec, OperationsSpec, PlatformSpec } from '../../lib/model';
import { inspectPlatform } from '../../lib/platform';
import { plannedWatchedPlace } from '../../lib/platform/plan/plan-operations';
import { Duration, Memory, Percent } from '../../lib/units';
import { reachable, shop as reachableShop } from '../support/edge';
import { environment, service } from '../support/environment';
import { ids } from '../support/findings';
import { type Output, output } from '../support/output';
import { readable } from '../support/references';
import { type Block, onlyResource, resources } from '../support/terraform';

const ON_CALL = { protocol: 'email', name: 'on-call', address: 'on-call@example.com' } as const;
const OWNERS = { protocol: 'email', name: 'owners', address: 'owners@example.com' } as const;
const RELAY = { protocol: 'https', name: 'relay', url: 'https://relay.example.com/costs' } as const;

/** What an account in use has been granted. */
const QUOTAS = { onDemandVcpus: 200 };

const OPERATIONS: OperationsSpec = { subscriptions: [ON_CALL], quotas: QUOTAS };

const watched = (overrides: Partial<EnvironmentSpec> = {}, operations: Partial<OperationsSpec> = {}): EnvironmentSpec =>
  environment({ ...overrides, operations: { ...OPERATIONS, ...operations } });

const shop = (...environments: readonly EnvironmentSpec[]): PlatformSpec => ({ name: 'shop', environments });

const costs = (overrides: Partial<CostWatchSpec> = {}): Partial<OperationsSpec> => ({
  costs: { subscriptions: [OWNERS], ...overrides },
});

const stackOf = (made: Output, name = 'production'): Block => made.stack(`shop-${name}-operations`);

/** Alarms by name, without what all names of an environment start with. */
const alarms = (json: Block, prefix = 'shop-production-'): Record<string, Block> =>
  Object.fromEntries(
    resources(json, 'aws_cloudwatch_metric_alarm').map((alarm) => [alarm.alarm_name.replace(prefix, ''), alarm]),
  );

const synth = (...environments: readonly EnvironmentSpec[]): Block => stackOf(output(shop(...environments)));

const found = (...environments: readonly EnvironmentSpec[]): string[] => ids(inspectPlatform(shop(...environments)));

/** A copy in another region, with the services of the first one but for those that write. */
const copy = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  watched(
    {
      name: 'standby',
      region: 'us-east-1',
      zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      network: { cidr: '10.30.0.0/16', nat: 'per-zone' },
      databases: [
        {
          kind: 'replica',
          name: 'main',
          of: { environment: 'production', database: 'main' },
          instanceClass: 'db.m6g.large',
          maxConnections: 500,
        },
      ],
      services: [service('reader')],
      caches: [],
      ...overrides,
    },
    {},
  );

describe('without operations', () => {
  const before = output(shop(environment()));
  const after = output(shop(watched()));

  test('there is neither stack nor file, and all the rest is the same', () => {
    expect(after.stacks.filter((name) => !before.stacks.includes(name))).toEqual(['shop-production-operations']);
    expect(Object.keys(before.documents).filter((path) => path.includes('versions'))).toEqual([]);
    expect(before.kubernetes).toEqual(after.kubernetes);
    const changed = before.stacks.filter((name) => {
      const [now, then] = [after, before].map((of) => ({ ...of.stack(name), output: undefined, '//': undefined }));
      return JSON.stringify(now) !== JSON.stringify(then);
    });
    expect(changed).toEqual([]);
  });

  test('the network tells the ids of its gateways, and nobody else tells anything', () => {
    const told = after.stacks.filter((name) => {
      const [now, then] = [after, before].map((of) => Object.keys(of.stack(name)?.output ?? {}).length);
      return now !== then;
    });
    expect(told).toEqual(['shop-production-network']);
  });
});

describe('the topic', () => {
  test('has the name that other stacks know, a key, and who is on call', () => {
    const json = synth(watched());
    expect(onlyResource(json, 'aws_sns_topic').name).toBe('shop-production-alarms');
    expect(readable(onlyResource(json, 'aws_sns_topic').kms_master_key_id)).toBe('<aws_kms_key.arn>');
    expect(onlyResource(json, 'aws_sns_topic_subscription')).toMatchObject({
      protocol: 'email',
      endpoint: 'on-call@example.com',
    });
  });

  test('hears every alarm, when it rings and when it is over', () => {
    const all = resources(synth(watched()), 'aws_cloudwatch_metric_alarm');
    expect(all.length).toBeGreaterThan(10);
    for (const { alarm_actions, ok_actions } of all) {
      expect([...alarm_actions, ...ok_actions].map(readable)).toEqual(['<aws_sns_topic.arn>', '<aws_sns_topic.arn>']);
    }
  });

  test('nobody who hears is a warning', () => {
    expect(found(watched({}, { subscriptions: [] }))).toEqual(['alarm-topic-has-subscribers']);
  });
});

describe('alarms', () => {
  const all = alarms(synth(watched()));

  test('watch the database, the gateways and the control plane', () => {
    expect(Object.keys(all).sort()).toEqual(
      [
        ...['cpu', 'connections', 'storage', 'memory', 'disk-queue', 'operation-credits', 'throughput-credits'],
        'transaction-ids',
      ]
        .map((name) => `main-${name}`)
        .concat(['a', 'b', 'c'].flatMap((zone) => [`nat-eu-west-1${zone}-packets`, `nat-eu-west-1${zone}-ports`]))
        .concat(['api-errors', 'api-throttling', 'control-plane-storage', 'unschedulable-pods'])
        .sort(),
    );
  });

  test('say what to do, each of them', () => {
    for (const { alarm_description } of Object.values(all)) expect(alarm_description).toMatch(/\. What to do: \w/);
  });

  test('follow from what is declared: one number there, and the thresholds move', () => {
    const databases = environment().databases.map((database) => ({
      ...database,
      storage: Memory.gib(200),
      maxConnections: 400,
    })) as EnvironmentSpec['databases'];
    const seen = (json: Record<string, Block>) =>
      ['storage', 'connections'].map((name) => json[`main-${name}`]?.threshold);

    expect(seen(all)).toEqual([20 * 2 ** 30, 400]);
    expect(seen(alarms(synth(watched({ databases }))))).toEqual([40 * 2 ** 30, 320]);
  });

  test('ring from the thresholds that are told', () => {
    const thresholds = {
      databases: { cpu: Percent.of(70) },
      nat: { failedPorts: 3 },
      cluster: { unschedulableFor: Duration.minutes(30) },
    };
    const told = alarms(synth(watched({}, { thresholds })));
    expect([
      told['main-cpu']?.threshold,
      told['nat-eu-west-1a-ports']?.threshold,
      told['unschedulable-pods']?.evaluation_periods,
    ]).toEqual([70, 3, 30]);
  });

  test('watch the one gateway that there is', () => {
    const network = { cidr: '10.20.0.0/16', nat: 'single' } as const;
    const names = Object.keys(alarms(synth(watched({ network })))).filter((name) => name.startsWith('nat-'));
    expect(names.sort()).toEqual(['nat-eu-west-1a-packets', 'nat-eu-west-1a-ports']);
    const { dimensions } = alarms(synth(watched({ network })))['nat-eu-west-1a-ports'] ?? {};
    expect(dimensions.NatGatewayId).toContain('cross-stack-reference-input-shop-production-network');
  });

  test('watch each node of a cache, but not that a cache drops what it is meant to drop', () => {
    const cache = (eviction: 'noeviction' | 'allkeys-lru'): EnvironmentSpec['caches'] => [
      { kind: 'replication-group', name: 'cache', nodeType: 'cache.m7g.large', eviction },
    ];
    const kinds = (eviction: 'noeviction' | 'allkeys-lru') =>
      Object.keys(alarms(synth(watched({ caches: cache(eviction) }))))
        .filter((name) => name.startsWith('cache-'))
        .sort();
    const both = (...of: readonly string[]) =>
      ['001', '002'].flatMap((node) => of.map((one) => `cache-${node}-${one}`));

    expect(kinds('noeviction')).toEqual(both('connections', 'cpu', 'evictions', 'memory', 'replica-lag'));
    expect(kinds('allkeys-lru')).toEqual(both('connections', 'cpu', 'replica-lag'));
  });

  test('on a replica: how far it is behind, from five minutes on; once promoted, what a writer runs out of', () => {
    const following = alarms(stackOf(output(shop(watched(), copy())), 'standby'), 'shop-standby-');
    expect(following['main-replica-lag']).toMatchObject({ threshold: 300, treat_missing_data: 'breaching' });
    expect(following['main-transaction-ids']).toBeUndefined();

    const databases = copy().databases.map((database) => ({
      ...database,
      promoted: true,
    })) as EnvironmentSpec['databases'];
    const promoted = alarms(stackOf(output(shop(watched(), copy({ databases }))), 'standby'), 'shop-standby-');
    expect(promoted['main-replica-lag']).toBeUndefined();
    expect(promoted['main-transaction-ids']).toBeDefined();
  });

  test('on the load balancer, where there is an edge, by what the edge stack calls its parts', () => {
    const made = output(reachableShop([reachable({ operations: OPERATIONS })]));
    const json = alarms(stackOf(made));
    expect(
      Object.keys(json)
        .filter((name) => /^(target|load-balancer|gateway)-/.test(name))
        .sort(),
    ).toEqual(['gateway-latency', 'gateway-unavailable', 'gateway-unhealthy', 'load-balancer-errors', 'target-errors']);
    const told = Object.values<string>(json['gateway-unavailable']?.dimensions).join();
    expect(told).toMatch(
      /shop-production-edge\.outputs\.\S*arn_suffix.*shop-production-edge\.outputs\.\S*target_group\S*arn_suffix/,
    );
  });
});

describe('thresholds that cannot be are found before anything is built', () => {
  const caches: EnvironmentSpec['caches'] = [{ kind: 'replication-group', name: 'cache', nodeType: 'cache.m7g.large' }];

  test.each<[check: string, subject: EnvironmentSpec]>([
    ['database-alarm-cpu-is-a-share', watched({}, { thresholds: { databases: { cpu: Percent.of(5) } } })],
    ['cache-alarm-cpu-is-a-share', watched({ caches }, { thresholds: { caches: { cpu: Percent.of(5) } } })],
    ['nat-alarm-failed-ports-are-possible', watched({}, { thresholds: { nat: { failedPorts: -1 } } })],
    ['cluster-alarm-pods-are-possible', watched({}, { thresholds: { cluster: { unschedulablePods: -1 } } })],
    [
      'load-balancer-alarm-targets-are-possible',
      reachable({ operations: { ...OPERATIONS, thresholds: { loadBalancer: { unhealthyTargets: -1 } } } }),
    ],
    [
      'backup-alarm-waits-for-possible-times',
      watched({ backups: { copyRegion: 'us-east-1', interval: Duration.minutes(90) } }),
    ],
  ])('%s', (check, subject) => {
    expect(ids(inspectPlatform(reachableShop([subject])))).toContain(check);
  });

  test('of a load balancer that is not there nothing is asked', () => {
    expect(found(watched({}, { thresholds: { loadBalancer: { unhealthyTargets: -1 } } }))).toEqual([]);
  });
});

test('what is inspected is what is built: the same gateways and target groups', () => {
  for (const nat of ['per-zone', 'single'] as const) {
    const subject = reachable({ operations: OPERATIONS, network: { cidr: '10.20.0.0/16', nat } });
    const platform = reachableShop([subject]);
    const built = Object.keys(alarms(stackOf(output(platform))));
    const { natGateways, loadBalancer } = plannedWatchedPlace(platform, subject);
    expect(Object.keys(natGateways).map((zone) => `nat-${zone}-ports`)).toEqual(
      built.filter((name) => name.endsWith('-ports')).sort(),
    );
    expect(Object.keys(loadBalancer?.targetGroups ?? {}).map((group) => `${group}-latency`)).toEqual(
      built.filter((name) => name.endsWith('-latency')),
    );
  }
});

describe('with backups', () => {
  const backups = { copyRegion: 'us-east-1' };
  const json = alarms(synth(watched({ backups })));

  test('failures ring in both vaults, and backups that must arrive are waited for', () => {
    expect(
      Object.keys(json)
        .filter((name) => name.startsWith('backup-'))
        .sort(),
    ).toEqual([
      'backup-copy-failed',
      'backup-copy-not-sent',
      'backup-expired',
      'backup-failed',
      'backup-missing-ebs',
      'backup-missing-rds',
    ]);
    const [failed, copied] = ['backup-failed', 'backup-copy-failed'].map(
      (name) => json[name]?.metric_query[0].expression,
    );
    expect(failed).toContain("= 'shop-production'");
    expect(copied).toContain("= 'shop-production-copies'");
  });

  test('they are waited for as long as their interval, an hour to start and two to run', () => {
    const hours = (made: Record<string, Block>) =>
      ['rds', 'ebs'].map((kind) => made[`backup-missing-${kind}`]?.evaluation_periods);
    expect(hours(json)).toEqual([9, 27]);
    const often = { ...backups, interval: Duration.hours(2) };
    expect(hours(alarms(synth(watched({ backups: often }))))).toEqual([5, 27]);
  });

  test('nothing is waited for that there is not', () => {
    const bare = watched({ backups, databases: [], caches: [], services: [service('alone')] });
    expect(Object.keys(alarms(synth(bare))).filter((name) => name.includes('missing'))).toEqual([]);
  });

  test('alarms name the runbook that is written, below the folder that is said', () => {
    const named = (made: Record<string, Block>) =>
      Object.fromEntries(
        Object.entries(made).flatMap(([name, { alarm_description }]) => {
          const [, runbook] = / Runbook: (\S+)$/.exec(alarm_description) ?? [];
          return runbook ? [[name, runbook]] : [];
        }),
      );
    const file = 'runbooks/shop/production/recovery.md';
    expect(named(json)).toEqual({
      'main-cpu': `${file}#loss-of-a-zone`,
      ...Object.fromEntries(
        ['failed', 'expired', 'copy-failed', 'copy-not-sent', 'missing-rds', 'missing-ebs'].map((name) => [
          `backup-${name}`,
          `${file}#what-is-claimed`,
        ]),
      ),
    });
    const elsewhere = alarms(synth(watched({ backups }, { runbooks: 'https://docs.example.com' })));
    expect(named(elsewhere)['main-cpu']).toBe('https://docs.example.com/shop/production/recovery.md#loss-of-a-zone');
    expect(named(alarms(synth(watched())))).toEqual({});
  });

  test('a replica that is late names the runbook of what it follows', () => {
    const made = output(shop(watched({ backups }), copy()));
    const lag = alarms(stackOf(made, 'standby'), 'shop-standby-')['main-replica-lag'];
    expect(lag?.alarm_description).toMatch(/ Runbook: runbooks\/shop\/production\/recovery\.md#loss-of-a-region$/);
  });

  test('every runbook that is named is written, and has that heading', () => {
    const [main] = environment().databases;
    const databases = [main, { ...main, name: 'other', databaseName: 'other' }] as EnvironmentSpec['databases'];
    const made = output(shop(watched({ backups, databases }), copy({ backups: { copyRegion: 'us-west-2' } })));
    const links = ['production', 'standby'].flatMap((name) =>
      resources(stackOf(made, name), 'aws_cloudwatch_metric_alarm').flatMap(({ alarm_description }) =>
        [...(/ Runbook: (\S+)$/.exec(alarm_description) ?? [])].slice(1),
      ),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links).toContain('runbooks/shop/production/recovery-other.md#loss-of-a-zone');
    for (const link of new Set(links)) {
      const [path = '', section] = link.split('#');
      const headings = [...(made.documents[path] ?? '').matchAll(/^## (.*)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^a-z ]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(headings).toContain(section);
    }
  });
});

describe('a watch on cost', () => {
  test('is not there unless it is declared', () => {
    const json = synth(watched());
    for (const type of ['aws_budgets_budget', 'aws_ce_anomaly_monitor']) expect(resources(json, type)).toEqual([]);
  });

  test('has a limit that follows from the environment: another node more, and it rises', () => {
    const limit = (overrides: Partial<EnvironmentSpec>) =>
      Number(onlyResource(synth(watched(overrides, costs())), 'aws_budgets_budget').limit_amount);
    const { cluster } = environment();
    const larger = { ...cluster, nodeGroups: cluster.nodeGroups.map((group) => ({ ...group, desired: 4 })) };
    const difference = limit({ cluster: larger }) - limit({});
    // an m6i.large and its root volume, for a month, and a fifth
    expect(difference).toBeGreaterThanOrEqual(88);
    expect(difference).toBeLessThanOrEqual(90);
  });

  test('is a fifth above what the document of costs expects, whatever traffic is said', () => {
    const pair = (overrides: Partial<CostWatchSpec>) => {
      const made = output(shop(watched({}, costs(overrides))));
      const expected: number = JSON.parse(made.documents['cost/shop/production/monthly.json'] ?? '').total.expected;
      return [Number(onlyResource(stackOf(made), 'aws_budgets_budget').limit_amount), expected] as const;
    };
    const [limit, expected] = pair({});
    expect(limit).toBe(Math.ceil((Math.round(expected * 100) * 12) / 1000));
    const [higher, more] = pair({ usage: { natGb: { min: 50, expected: 2200, max: 5000 } } });
    // 2000 GB at 0.045 USD
    expect(Math.round((more - expected) * 100)).toBe(9000);
    expect(higher - limit).toBe(108);
  });

  test('has the limit that is declared, and tells by letter without a topic', () => {
    const json = synth(watched({}, costs({ monthlyUsd: 1500, anomaliesFromUsd: 75 })));
    expect(onlyResource(json, 'aws_budgets_budget')).toMatchObject({ name: 'shop-production', limit_amount: '1500' });
    expect(onlyResource(json, 'aws_budgets_budget').cost_filter ?? []).toEqual([]);
    expect(onlyResource(json, 'aws_ce_anomaly_subscription')).toMatchObject({
      frequency: 'DAILY',
      subscriber: [{ type: 'EMAIL', address: 'owners@example.com' }],
    });
    expect(resources(json, 'aws_sns_topic').map(({ name }) => name)).toEqual(['shop-production-alarms']);
  });

  test('who is told by https hears by way of a topic in us-east-1 that both services may publish to', () => {
    const json = synth(watched({}, costs({ subscriptions: [OWNERS, RELAY], anomaliesFromUsd: 75 })));
    const topic = resources(json, 'aws_sns_topic').find(({ name }) => name === 'shop-production-costs');
    expect(topic?.region).toBe('us-east-1');
    const key = resources(json, 'aws_kms_key').find(({ region }) => region === 'us-east-1');
    expect(key?.policy).toContain('costalerts.amazonaws.com');
    expect(key?.policy).toContain('budgets.amazonaws.com');
    const told = resources(json, 'aws_sns_topic_subscription').filter(({ region }) => region === 'us-east-1');
    expect(told.map(({ endpoint }) => endpoint)).toEqual([RELAY.url]);

    const [notification] = onlyResource(json, 'aws_budgets_budget').notification;
    expect(notification.subscriber_sns_topic_arns.map(readable)).toEqual(['<aws_sns_topic.arn>']);
    expect(notification.subscriber_email_addresses).toEqual(['owners@example.com']);
    const [letters, messages] = ['DAILY', 'IMMEDIATE'].map((frequency) =>
      resources(json, 'aws_ce_anomaly_subscription').find((one) => one.frequency === frequency),
    );
    expect(letters?.subscriber).toEqual([{ type: 'EMAIL', address: 'owners@example.com' }]);
    expect(messages?.subscriber.map(({ type }: Block) => type)).toEqual(['SNS']);
  });

  test.each([
    ['account', []],
    ['region', [{ name: 'Region', values: ['eu-west-1'] }]],
    ['tag', [{ name: 'TagKeyValue', values: ['user:environment$production'] }]],
  ] as const)('counts by %s', (counts, filter) => {
    const json = synth(watched({}, costs({ counts })));
    expect(onlyResource(json, 'aws_budgets_budget').cost_filter ?? []).toEqual(filter);
  });

  test('reckons a replica with the storage of what it follows', () => {
    const limit = (gib: number) => {
      const primary = watched();
      const databases = primary.databases.map((one) => ({
        ...one,
        storage: Memory.gib(gib),
      })) as EnvironmentSpec['databases'];
      const follower = { ...copy(), operations: { ...OPERATIONS, ...costs({ counts: 'region' }) } };
      const made = output(shop({ ...primary, databases }, follower));
      return Number(onlyResource(stackOf(made, 'standby'), 'aws_budgets_budget').limit_amount);
    };
    expect(limit(300)).toBeGreaterThan(limit(100));
  });

  test.each<[check: string, overrides: Partial<CostWatchSpec>]>([
    ['cost-somebody-is-told', { subscriptions: [] }],
    ['cost-emails-are-addresses', { subscriptions: [{ ...OWNERS, address: 'owners' }] }],
    ['budget-limit-is-money', { monthlyUsd: 0 }],
    ['cost-anomaly-threshold-is-money', { anomaliesFromUsd: 0.5 }],
    ['alarm-topic-endpoints-hold-no-keys', { subscriptions: [{ ...RELAY, url: `${RELAY.url}?key=1` }] }],
  ])('%s is found before anything is built', (check, overrides) => {
    expect(found(watched({}, costs(overrides)))).toContain(check);
  });
});

describe('quotas', () => {
  const quotas = (environments: readonly EnvironmentSpec[], accounts?: PlatformSpec['accounts']) =>
    inspectPlatform({ ...shop(...environments), ...(accounts && { accounts }) }).filter(({ path }) =>
      path.endsWith('/Quotas'),
    );

  test('that nobody declares are asked for, where AWS grants too little unasked', () => {
    const bare = environment({ operations: { subscriptions: [ON_CALL] } });
    expect(quotas([bare]).map(({ path, check, severity }) => [path, check, severity])).toEqual([
      ['shop/production/Quotas', 'quota-on-demand-vcpus-is-known', 'warning'],
    ]);
  });

  test('that fall short stop synthesis; 26 vCPUs are needed: twelve nodes at the most, and the access host', () => {
    const granted = (onDemandVcpus: number) => watched({}, { quotas: { onDemandVcpus } });
    expect(ids(quotas([granted(26)]))).toEqual([]);
    expect(ids(quotas([granted(25)]))).toEqual(['quota-on-demand-vcpus-suffices']);
  });

  test('are shared by all environments of an account and region, and told once', () => {
    const neighbour = watched({ name: 'staging', network: { cidr: '10.30.0.0/16', nat: 'per-zone' } }, { quotas: {} });
    const granted = (onDemandVcpus: number) => watched({}, { quotas: { onDemandVcpus, elasticIps: 6 } });
    expect(quotas([granted(52), neighbour])).toEqual([]);
    expect(quotas([granted(51), neighbour]).map(({ path, check }) => [path, check])).toEqual([
      ['shop/production/Quotas', 'quota-on-demand-vcpus-suffices'],
    ]);
    const elsewhere = {
      ...neighbour,
      region: 'eu-central-1',
      zones: ['a', 'b', 'c'].map((zone) => `eu-central-1${zone}`),
    };
    expect(ids(quotas([granted(51), elsewhere]))).toEqual(['quota-on-demand-vcpus-is-known']);
  });

  test('of the account are those that its stack asks for', () => {
    const bare = environment({ operations: { subscriptions: [ON_CALL] } });
    const account = (onDemandVcpus: number) => ({
      name: 'own',
      id: bare.account,
      region: bare.region,
      state: { kind: 'local' } as const,
      quotas: { [bare.region]: { onDemandVcpus } },
    });
    expect(quotas([bare], [account(26)])).toEqual([]);
    expect(ids(quotas([bare], [account(25)]))).toEqual(['quota-on-demand-vcpus-suffices']);
  });
});

describe('versions', () => {
  test('that end soon are told, before anything else is', () => {
    const on = (asOf: string, operations: Partial<OperationsSpec> = {}) =>
      inspectPlatform(shop(watched({ asOf }, operations)))
        .filter(({ path, check }) => path.includes('/Versions') && check !== 'calendar-is-recent')
        .map(({ path, check }) => `${path.replace('shop/production/Versions/', '')} ${check}`);

    expect(on('2026-11-21')).toEqual([]);
    expect(on('2026-12-27')).toEqual(['cluster shop-production calendar-version-has-time-left']);
    expect(on('2026-12-27', { upgrades: { notice: Duration.days(30) } })).toEqual([]);
    expect(on('2027-03-28')).toEqual(['cluster shop-production calendar-version-is-in-standard-support']);
    expect(on('2027-03-28', { upgrades: { extendedSupport: 'accepted' } })).toEqual([]);
  });

  test('of the mesh are told once for all its charts', () => {
    const meshed = watched({ mesh: 'istio' });
    const told = inspectPlatform(shop(meshed)).filter(({ check }) => check === 'calendar-version-has-time-left');
    expect(told.map(({ path }) => path)).toEqual(['shop/production/Versions/charts istio-base, istio-cni, istiod']);
    const text = output(shop(meshed)).documents['runbooks/shop/production/versions.md'] ?? '';
    expect(text.match(/^\| charts /gm)).toHaveLength(1);
  });

  test('are listed, a replica with the version of what it follows', () => {
    const { documents } = output(shop(watched(), copy()));
    expect(documents['runbooks/shop/production/versions.md']).toContain(
      '| database shop-production-main | PostgreSQL 16 |',
    );
    expect(documents['runbooks/shop/standby/versions.md']).toContain('| database shop-standby-main | PostgreSQL 16 |');
    expect(documents['runbooks/shop/production/versions.md']).toMatch(/^\| argo-cd \| \S+ \|/m);
  });
});
