import { App } from 'cdk8s';
import { BackupSchedule, ClusterServices, PlatformNamespace } from '../../../lib/kubernetes';
import type { EnvironmentSpec, PlatformSpec } from '../../../lib/model';
import { EnvironmentChart } from '../../../lib/platform/environment-chart';
import { manifestFiles } from '../../../lib/platform/output/manifest-files';
import { planControllers } from '../../../lib/platform/plan/plan-controllers';
import { planBackupPlaces, planBackupSchedule } from '../../../lib/platform/plan/plan-delivery';
import { planNamespace } from '../../../lib/platform/plan/plan-namespace';
import { Duration } from '../../../lib/units';
import { environment } from '../../support/environment';
import { manifests } from '../../support/manifests';

const backups = { copyRegion: 'us-east-1' };

const production = environment({ backups });
const standby = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({ name: 'standby', region: 'us-east-1', standbyFor: 'production', ...overrides });

const shop = (...environments: EnvironmentSpec[]): PlatformSpec => ({ name: 'shop', environments });

const COPY = {
  name: 'production',
  bucket: 'shop-production-velero-123456789012-us-east-1',
  region: 'us-east-1',
};

describe('places of backups', () => {
  test('an environment writes to its own bucket', () => {
    expect(planBackupPlaces(shop(production), production)).toEqual({
      writesTo: { name: 'default', bucket: 'shop-production-velero-123456789012', region: 'eu-west-1' },
    });
  });

  test('a standby reads the copy of what it stands in for, and has nothing to write to', () => {
    expect(planBackupPlaces(shop(production, standby()), standby())).toEqual({ restoresFrom: COPY });
  });

  test('a standby with backups of its own has both, under different names', () => {
    const one = standby({ backups: { copyRegion: 'us-west-2' } });
    const places = planBackupPlaces(shop(production, one), one);
    expect(places).toEqual({
      writesTo: { name: 'default', bucket: 'shop-standby-velero-123456789012', region: 'us-east-1' },
      restoresFrom: COPY,
    });
    expect(
      ClusterServices.inspect('x', planControllers(shop(production, one), one)).filter(({ prop }) => prop === 'velero'),
    ).toEqual([]);
  });

  test.each<[string, EnvironmentSpec, EnvironmentSpec]>([
    ['nobody keeps backups', environment(), standby()],
    ['the other account cannot be read', production, standby({ account: '210987654321' })],
    ['it stands in for nobody', production, environment({ name: 'alone' })],
  ])('without a place no Velero runs: %s', (_, primary, one) => {
    const platform = shop(primary, one);
    expect(planBackupPlaces(platform, one)).toBeUndefined();
    expect(planControllers(platform, one)).not.toHaveProperty('velero');
    expect(planBackupSchedule(platform, one)).toBeUndefined();
  });
});

describe('the schedule', () => {
  test('is named after its environment: a standby sees backups of both, and tells them by their names', () => {
    const one = standby({ backups });
    const platform = shop(production, one);
    const names = platform.environments.map((each) => planBackupSchedule(platform, each)?.name);
    expect(names).toEqual(['production-daily', 'standby-daily']);
  });

  test('keeps the namespace of the workloads as long as volumes are kept, at their hour', () => {
    const one = environment({ backups: { ...backups, at: '02:30', applicationRetention: Duration.days(30) } });
    const schedule = planBackupSchedule(shop(one), one);
    expect(schedule).toMatchObject({ namespaces: ['shop'], at: '02:30', retention: Duration.days(30) });
    expect(schedule && BackupSchedule.inspect('x', schedule)).toEqual([]);
  });
});

test('faults and rules between objects are installed where they are declared', () => {
  const one = environment({
    stage: 'staging',
    constraints: { unique: ['ingress-host'] },
    chaos: { experiments: [] },
  });
  expect(planControllers(shop(one), one)).toMatchObject({ chaos: true, constraints: true });
  expect(planControllers(shop(production), production)).not.toHaveProperty('chaos');
  expect(planControllers(shop(production), production)).not.toHaveProperty('constraints');
});

test('the namespace is marked for faults where some are declared, and nowhere else', () => {
  const one = environment({ stage: 'staging', chaos: { experiments: [] } });
  expect(planNamespace('shop', one).annotations).toEqual({ 'chaos-mesh.org/inject': 'enabled' });
  expect(planNamespace('shop', environment()).annotations).toBeUndefined();
  const [namespace] = manifests(
    (chart) =>
      new PlatformNamespace(chart, 'Namespace', { name: 'shop', annotations: { 'chaos-mesh.org/inject': 'enabled' } }),
  );
  expect(namespace.metadata.annotations).toEqual({ 'chaos-mesh.org/inject': 'enabled' });
});

test('each object stands in the layer after what makes its kind', () => {
  const experiment = {
    name: 'lose-a-pod',
    action: 'pod-kill',
    service: 'orders',
    hypothesis: 'Nobody notices that a pod is gone',
    days: ['tuesday'],
    at: '10:00',
  } as const;
  const one = environment({
    backups,
    constraints: { unique: ['ingress-host'], mode: 'warn' },
    chaos: { experiments: [experiment], productionBecause: 'Only here is there enough load to learn from' },
  });
  const files = manifestFiles(new EnvironmentChart(new App(), shop(one), one));
  expect(files.get('20-policies/backups.yaml')).toContain('name: production-daily');
  expect(files.get('10-controllers/unique-templates.yaml')).toContain('kind: UniqueIngressHost');
  expect(files.get('20-policies/constraints.yaml')).toContain('enforcementAction: warn');
  expect(files.get('30-workloads/chaos.yaml')).toContain('name: lose-a-pod');

  const bare = environment();
  const without = [...manifestFiles(new EnvironmentChart(new App(), shop(bare), bare)).keys()];
  expect(without.filter((path) => /backups|unique|constraints|chaos/.test(path))).toEqual([]);
});
