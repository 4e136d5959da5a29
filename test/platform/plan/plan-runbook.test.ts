import { execFileSync } from 'node:child_process';
import { inspectRecoveryRunbook, recoveryRunbook } from '../../../lib/config';
import { type EnvironmentSpec, type PlatformSpec, writersIn } from '../../../lib/model';
import { planRecoveryRunbook, planStandbyRunbook, runbookTitle } from '../../../lib/platform/plan/plan-runbook';
import { type BackedUp, isBackedUp } from '../../../lib/platform/plan/plan-vaults';
import { environment } from '../../support/environment';

const EDGE = { healthPath: '/orders/health' };
const DNS = { zone: 'example.com', account: '123456789012', region: 'us-east-1', state: { kind: 'local' } } as const;

const production = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({ backups: { copyRegion: 'us-east-1' }, ...overrides });

const elsewhere = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({
    name: 'elsewhere',
    region: 'us-east-1',
    databases: [
      {
        kind: 'replica',
        name: 'main',
        of: { environment: 'production', database: 'main' },
        instanceClass: 'db.m6g.large',
        maxConnections: 500,
      },
    ],
    ...overrides,
  });

function plan(platform: Omit<PlatformSpec, 'name'>) {
  const shop: PlatformSpec = { name: 'shop', ...platform };
  const [first] = shop.environments;
  const [database] = first ? writersIn(shop, first) : [];
  if (first === undefined || database === undefined || !isBackedUp(first))
    throw new Error('there is nothing to back up');
  return planRecoveryRunbook(shop, first, database);
}

describe('the runbook of an environment', () => {
  test('has the names that stacks and stores have', () => {
    const found = plan({ environments: [production(), elsewhere({ standbyFor: 'production' })] });
    expect(found).toMatchObject({
      database: 'shop-production-main',
      replica: 'shop-elsewhere-main',
      standby: { environment: 'elsewhere', region: 'us-east-1' },
      vaults: { own: 'shop-production', copies: 'shop-production-copies' },
      clusterBackups: {
        bucket: 'shop-production-velero-123456789012',
        copy: 'shop-production-velero-123456789012-us-east-1',
        schedule: 'production-daily',
      },
      host: 'shop.example.com',
    });
    expect(found.standby?.reads).toBeUndefined();
    expect(inspectRecoveryRunbook('shop/production', found)).toEqual([]);
  });

  test('knows whether who takes over serves readers of its own', () => {
    expect(plan({ environments: [production(), elsewhere()] }).standby?.reads).toBe(true);
    expect(plan({ environments: [production()] }).standby).toBeUndefined();
  });

  test('asks what the health check of DNS asks', () => {
    expect(plan({ environments: [production({ edge: EDGE })] }).path).toBe('/orders/health');
    expect(plan({ environments: [production()] }).path).toBeUndefined();
  });

  test('opens the gate where there is one, found by what it looks like', () => {
    const pair = [production({ edge: EDGE }), elsewhere({ edge: EDGE, standbyFor: 'production' })];
    const found = plan({ environments: pair, dns: DNS });
    expect(found.openGate).toBe(
      `aws route53 update-health-check --health-check-id "$(aws route53 list-health-checks --query "HealthChecks[?HealthCheckConfig.FullyQualifiedDomainName=='us-east-1.shop.example.com' && HealthCheckConfig.Disabled].Id | [0]" --output text)" --no-inverted`,
    );
    expect(() => execFileSync('bash', ['-n'], { input: found.openGate })).not.toThrow();
    expect(plan({ environments: pair }).openGate).toBeUndefined();
    expect(plan({ environments: [production({ edge: EDGE }), elsewhere()], dns: DNS }).openGate).toBeUndefined();
  });

  test('carries what is claimed, and is named as the reminder names it', () => {
    const shop: PlatformSpec = { name: 'shop', environments: [production()] };
    const text = recoveryRunbook(plan(shop));
    expect(text).toContain('| region-loss | replicated automated backups | 20 min | 3 h 50 min |');
    expect(text.startsWith(`# ${runbookTitle(shop, shop.environments[0] as BackedUp)}\n`)).toBe(true);
  });
});

test('the note of a standby leads to the runbook of its original', () => {
  const standby = elsewhere({ standbyFor: 'production', backups: { copyRegion: 'us-east-2' } }) as BackedUp;
  const shop: PlatformSpec = { name: 'shop', environments: [production(), standby] };
  expect(planStandbyRunbook(shop, standby, 'production').runbook).toBe('../production/recovery.md');
});
