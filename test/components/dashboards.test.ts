import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { PLATFORMS } from '../../apps';
import { isAlert, namesOf, promqlNames, servedSeries, type TelemetrySpec } from '../../lib/model';
import { DASHBOARDS, environmentDashboards, environmentRules } from '../../lib/telemetry';
import { Duration, Percent } from '../../lib/units';
import { environment } from '../support/environment';
import { TELEMETRY } from '../support/telemetry';

// biome-ignore lint/suspicious/noExplicitAny: Grafana's JSON has no type here
type Json = any;

const environments = PLATFORMS.flatMap((platform) =>
  platform.environments.map((one) => ({
    name: `${platform.name}/${one.name}`,
    platform: platform.name,
    environment: one,
  })),
);

const opened = (...given: Parameters<typeof environmentDashboards>): Json[] =>
  [...environmentDashboards(...given).values()].map((text) => JSON.parse(text));
const panelsOf = (dashboard: Json): Json[] => dashboard.panels.filter(({ type }: Json) => type !== 'row');
const expressions = (dashboards: readonly Json[]): string[] =>
  dashboards.flatMap(panelsOf).flatMap(({ targets }) => targets.map(({ expr }: Json) => expr));

describe.each(environments)('dashboards of $name', ({ platform, environment: declared }) => {
  const dashboards = opened(platform, declared);

  test('each address that an alert leads to is one of them', () => {
    expect(dashboards.map(({ uid }) => uid).sort()).toEqual(Object.values(DASHBOARDS).sort());
    const leads = environmentRules(platform, declared).flatMap(({ rules }) =>
      rules.filter(isAlert).map(({ annotations }) => annotations.dashboard_url.split('/d/')[1]),
    );
    expect([...new Set(leads)].filter((uid) => !dashboards.some((one) => one.uid === uid))).toEqual([]);
  });

  test('every panel has a title, words, a unit, a query and colours that rise', () => {
    for (const dashboard of dashboards) {
      for (const { title, description, fieldConfig, targets, datasource } of panelsOf(dashboard)) {
        expect([title, description, fieldConfig.defaults.unit].filter((text) => !text)).toEqual([]);
        expect(targets.length).toBeGreaterThan(0);
        expect(datasource).toEqual({ type: 'prometheus', uid: '$' + '{datasource}' });
        const [first, ...steps] = fieldConfig.defaults.thresholds.steps.map(({ value }: Json) => value);
        expect(first).toBeNull();
        expect(steps).toEqual([...steps].sort((a: number, b: number) => a - b));
      }
    }
  });

  test('panels have distinct numbers and titles, and none lies over another', () => {
    for (const { panels } of dashboards) {
      expect(new Set(panels.map(({ id }: Json) => id)).size).toBe(panels.length);
      const titled = panels.filter(({ type }: Json) => type !== 'row');
      const cells = titled.flatMap(({ gridPos: { x, y, w, h } }: Json) =>
        Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
    }
  });

  test('only what is served or recorded is asked for', () => {
    const recorded = environmentRules(platform, declared).flatMap(({ rules }) =>
      rules.flatMap((rule) => (isAlert(rule) ? [] : [rule.record])),
    );
    const served = declared.telemetry ? servedSeries(declared.telemetry).flatMap(namesOf) : [];
    const known = new Set([...recorded, ...served]);
    const asked = expressions(dashboards).flatMap(promqlNames);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('dashboards', () => {
  const stepsOf = (title: string, telemetry: Partial<TelemetrySpec> = {}) =>
    opened('shop', environment({ telemetry: { ...TELEMETRY, ...telemetry } }))
      .flatMap(panelsOf)
      .find((panel) => panel.title === title)?.fieldConfig.defaults.thresholds.steps;

  test('there are none without telemetry', () => {
    expect(environmentDashboards('shop', environment()).size).toBe(0);
  });

  test('colours change where the declaration says', () => {
    expect(stepsOf('P99 latency')).toEqual([
      { value: null, color: 'green' },
      { value: 0.05, color: 'red' },
    ]);
    const within = Duration.millis(10);
    expect(
      stepsOf('P99 latency', { objectives: { ...TELEMETRY.objectives, latency: { share: Percent.of(99), within } } }),
    ).toEqual([
      { value: null, color: 'green' },
      { value: 0.01, color: 'red' },
    ]);
    expect(stepsOf('Errors', { errorsAtMost: Percent.of(2) })?.[1]).toEqual({ value: 0.02, color: 'red' });
    expect(stepsOf('Used', { utilization: { storage: Percent.of(70) } })?.[1]).toEqual({ value: 0.7, color: 'red' });
    expect(stepsOf('Changes in an hour', { scalingEventsPerHour: 4 })?.[1]).toEqual({ value: 4, color: 'red' });
  });

  test('colours may be declared in any order', () => {
    const throughputColors = [
      { from: 30, color: 'red' },
      { from: 10, color: 'green' },
    ] as const;
    expect(stepsOf('Service Throughput (RPS)', { throughputColors })).toEqual([
      { value: null, color: 'green' },
      { value: 10, color: 'green' },
      { value: 30, color: 'red' },
    ]);
  });

  test('what must not fall is red below its bound', () => {
    const alert = {
      alert: 'PoolTooSmall',
      metric: { name: 'pool', series: 'shop_pool_connections', kind: 'gauge' },
      when: { below: 3 },
      for: Duration.minutes(1),
      severity: 'info',
      summary: 'pool is small',
      steps: ['look'],
    } as const;
    expect(stepsOf('pool is small', { alerts: [alert] })).toEqual([
      { value: null, color: 'red' },
      { value: 3, color: 'green' },
    ]);
  });

  test('the same declaration has the same bytes', () => {
    const write = () => [...environmentDashboards('shop', environment({ telemetry: TELEMETRY }))];
    expect(write()).toEqual(write());
  });
});

const describeWith = spawnSync('promtool', ['--version']).status === 0 ? describe : describe.skip;

describeWith('Prometheus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(environments)('reads every query of the dashboards of $name', ({ platform, environment: declared }) => {
    const rules = expressions(opened(platform, declared)).map((expr, index) => ({ record: `panel:${index}`, expr }));
    const file = join(folder, `${platform}-${declared.name}.yaml`);
    writeFileSync(file, stringify({ groups: [{ name: 'panels', rules }] }));
    const { status, stdout } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8', timeout: 20_000 });
    expect(stdout).toContain(`${rules.length} rules found`);
    expect(status).toBe(0);
  });
});
