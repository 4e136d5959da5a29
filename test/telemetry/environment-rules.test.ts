import {
  type AlertingRule,
  type EnvironmentSpec,
  isAlert,
  type RecordingRule,
  type TelemetrySpec,
} from '../../lib/model';
import { alertRunbook, environmentRules } from '../../lib/telemetry';
import { Duration, Memory, Percent } from '../../lib/units';
import { environment, service } from '../support/environment';
import { COUNTER, POOL, TELEMETRY } from '../support/telemetry';

const rulesOf = (telemetry: Partial<TelemetrySpec> = {}, changes: Partial<EnvironmentSpec> = {}) =>
  environmentRules('shop', environment({ telemetry: { ...TELEMETRY, ...telemetry }, ...changes })).flatMap(
    ({ rules }) => rules,
  );

const alerts = (...given: Parameters<typeof rulesOf>): AlertingRule[] => rulesOf(...given).filter(isAlert);
const records = (...given: Parameters<typeof rulesOf>): RecordingRule[] =>
  rulesOf(...given).flatMap((rule) => (isAlert(rule) ? [] : [rule]));
const named = (name: string, ...given: Parameters<typeof rulesOf>): AlertingRule[] =>
  alerts(...given).filter(({ alert }) => alert === name);

const onRequests = service('orders', {
  scaling: { min: 2, max: 6, metrics: [{ on: 'pods', metric: { name: 'rps', series: COUNTER.name }, average: 70 }] },
});

describe('rules of an environment', () => {
  test('there are none without telemetry', () => {
    expect(environmentRules('shop', environment())).toEqual([]);
    expect(alertRunbook('shop', environment())).toBeUndefined();
  });

  test('every alert says how bad it is, what it means, where to look and what to do', () => {
    for (const { alert, labels, annotations } of alerts()) {
      expect(labels).toMatchObject({ platform: 'shop', environment: 'production' });
      expect(['critical', 'warning', 'info']).toContain(labels.severity);
      expect(['immediate', '5m', 'none']).toContain(labels.escalation);
      expect(annotations.summary).not.toBe('');
      expect(annotations.description).toMatch(/\S{3}/);
      expect(annotations.runbook_url).toBe(
        `https://runbooks.example.com/shop/production/alerts.md#${alert.toLowerCase()}`,
      );
      expect(annotations.dashboard_url).toMatch(/^http:\/\/monitoring-dashboard:3000\/d\/[a-z-]+$/);
    }
  });

  test('what is critical pages at once', () => {
    for (const { labels } of alerts().filter((one) => one.labels.severity === 'critical')) {
      expect(labels.escalation).toBe('immediate');
    }
  });

  test('the runbook has a chapter for every anchor that an alert leads to, and each chapter a step', () => {
    const caches = ['cache', 'other'].map((name) => ({ name, memory: Memory.mib(768) }));
    const text = alertRunbook('shop', environment({ telemetry: TELEMETRY, caches })) ?? '';
    const chapters = [...text.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(chapters.sort()).toEqual([...new Set(alerts({}, { caches }).map(({ alert }) => alert))].sort());
    for (const chapter of text.split('\n## ').slice(1)) expect(chapter).toMatch(/What to do:\n\n1\. \S/);
    expect(text).not.toContain('{{');
  });

  test('a target of the autoscaler is the target of the alert', () => {
    const target = (given: readonly RecordingRule[]) =>
      given
        .filter(({ record }) => record === 'service:requests_per_pod:target')
        .map(({ expr, labels }) => [expr, labels]);
    expect(target(records({}, { services: [onRequests] }))).toEqual([
      ['vector(70)', { namespace: 'shop', service: 'orders' }],
    ]);
    expect(target(records())).toEqual([]);
    expect(named('ScalingRequired')).toEqual([]);
    expect(named('ScalingRequired', {}, { services: [onRequests] })).toHaveLength(1);
  });

  test('one objective moves every speed of burning it', () => {
    const thresholds = (availability: number) =>
      alerts({ objectives: { ...TELEMETRY.objectives, availability: Percent.of(availability) } })
        .filter(({ alert }) => alert.startsWith('AvailabilityBudget'))
        .map(({ expr }) => [...expr.matchAll(/> \((.*?)\)/g)].map(([, bound]) => bound));
    expect(thresholds(99.9)).toEqual([
      ['14.4 * 0.001', '14.4 * 0.001'],
      ['6 * 0.001', '6 * 0.001'],
      ['3 * 0.001', '3 * 0.001'],
    ]);
    expect(thresholds(99.95)[0]).toEqual(['14.4 * 0.0005', '14.4 * 0.0005']);
  });

  test('requests within the objective are counted by its bucket, however its bound is written', () => {
    const buckets = (within: Duration): string[] =>
      records({
        objectives: { ...TELEMETRY.objectives, latency: { share: Percent.of(99), within } },
      }).flatMap(({ expr }) => [...expr.matchAll(/le=~?"[^"]*"/g)].map(([matcher]) => matcher));
    expect(new Set(buckets(Duration.millis(50)))).toEqual(new Set(['le="0.05"']));
    expect(new Set(buckets(Duration.seconds(1)))).toEqual(new Set(['le=~"1(\\\\.0)?"']));
  });

  test('the pool that a pod may open counts all its processes', () => {
    const pooled = service('orders', {
      processes: 4,
      connections: [{ to: 'database', name: 'main', pool: 5 }],
    });
    const limits = records({ poolSeries: POOL.name }, { services: [pooled] }).filter(({ record }) =>
      record.includes('pool'),
    );
    expect(limits).toEqual([
      {
        record: 'service:pool_connections_per_pod:limit',
        expr: 'vector(20)',
        labels: { namespace: 'shop', service: 'orders', database: 'main' },
      },
    ]);
    expect(named('ConnectionPoolExhausted')).toEqual([]);
  });

  test('a cache has as many members as it is declared with, and one that drops keys may be full', () => {
    const cache = { name: 'cache', memory: Memory.mib(768) };
    const members = (shards: number) => named('RedisMemberDown', {}, { caches: [{ ...cache, shards }] })[0]?.expr;
    expect(members(3)).toContain('< 6 > 0');
    expect(members(4)).toContain('< 8 > 0');
    expect(named('RedisMemoryHigh', {}, { caches: [cache] })).toHaveLength(1);
    expect(named('RedisMemoryHigh', {}, { caches: [{ ...cache, eviction: 'allkeys-lru' }] })).toEqual([]);
    expect(named('CacheHitRateLow', { cacheHitsAtLeast: Percent.of(85) }, { caches: [cache] })).toEqual([]);
    expect(
      named(
        'CacheHitRateLow',
        { cacheHitsAtLeast: Percent.of(85) },
        { caches: [{ ...cache, eviction: 'allkeys-lru' }] },
      ),
    ).toHaveLength(1);
  });

  test('thresholds of the environment are those of CloudWatch', () => {
    const operations = { subscriptions: [], thresholds: { caches: { replicaLag: Duration.seconds(7) } } };
    expect(named('RedisReplicaLag')[0]?.expr).toMatch(/> 30$/);
    expect(named('RedisReplicaLag', {}, { operations })[0]?.expr).toMatch(/> 7$/);
  });

  test('a service that is released has pods of its Rollout, under the name of the Rollout', () => {
    const blueGreen = service('orders', { rollout: { strategy: 'blue-green', rolloutName: 'orders-rollout' } });
    const [ready] = records({}, { services: [blueGreen] });
    expect(ready?.expr).toContain('pod=~"orders-rollout-[');
    expect(ready?.labels).toEqual({ namespace: 'shop', service: 'orders' });
  });

  test('two declarations alike have the same rules', () => {
    expect(JSON.stringify(rulesOf())).toBe(JSON.stringify(rulesOf()));
  });
});
