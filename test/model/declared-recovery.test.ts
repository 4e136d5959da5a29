import {
  BACKUPS_CHECKS,
  type BackupsSpec,
  type DatabaseSpec,
  declaredRecovery,
  type EnvironmentSpec,
  inspectBackups,
  type PlatformSpec,
  recoveryObjectives,
  successorOf,
  writersIn,
} from '../../lib/model';
import { Duration } from '../../lib/units';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';

const { days, hours, minutes, seconds } = Duration;

const BACKUPS: BackupsSpec = { copyRegion: 'us-east-1' };
const OPERATIONS = { subscriptions: [] };

const follows = (overrides: object = {}): DatabaseSpec => ({
  kind: 'replica',
  name: 'main',
  of: { environment: 'production', database: 'main' },
  instanceClass: 'db.m6g.large',
  maxConnections: 500,
  ...overrides,
});

const [instance] = environment().databases;
if (instance === undefined || instance.kind !== undefined) throw new Error('there is no instance');

const production = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({
    databases: [{ ...instance, backupWindow: '08:00-09:00', maintenanceWindow: 'sun:09:00-sun:10:00' }],
    backups: BACKUPS,
    operations: OPERATIONS,
    ...overrides,
  });

const elsewhere = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({
    name: 'production-dr',
    region: 'us-east-1',
    zones: ['us-east-1a', 'us-east-1b'],
    databases: [follows()],
    standbyFor: 'production',
    operations: OPERATIONS,
    ...overrides,
  });

const shop = (...environments: EnvironmentSpec[]): PlatformSpec => ({ name: 'shop', environments });

/** What is declared for the only database of the first environment. */
function spec(...environments: EnvironmentSpec[]) {
  const platform = shop(...environments);
  const [first] = environments;
  const [writer] = first === undefined ? [] : writersIn(platform, first);
  if (first?.backups === undefined || writer === undefined) throw new Error('there is nothing to back up');
  return declaredRecovery(platform, first, first.backups, writer);
}

describe('what is claimed', () => {
  test('follows from the declaration of database, backups and standby alone', () => {
    expect(spec(production(), elsewhere())).toEqual({
      region: 'eu-west-1',
      multiAz: true,
      pointInTime: { retention: days(30) },
      replicatedBackups: { region: 'us-east-1', retention: days(30) },
      backups: {
        interval: hours(6),
        startWithin: hours(1),
        retention: days(30),
        copies: [{ region: 'us-east-1', locked: false }],
      },
      standby: { region: 'us-east-1', warm: true },
      replica: { region: 'us-east-1', lag: minutes(5) },
    });
  });

  test('one number changes, and the claim with it', () => {
    const databases = [{ ...instance, multiAz: false, backupRetention: days(7) }];
    expect(spec(production({ databases }), elsewhere())).toMatchObject({
      multiAz: false,
      pointInTime: { retention: days(7) },
      replicatedBackups: { retention: days(7) },
    });
    const late = { ...OPERATIONS, thresholds: { databases: { replicaLag: minutes(20) } } };
    expect(spec(production(), elsewhere({ operations: late })).replica?.lag).toEqual(minutes(20));
    expect(spec(production({ backups: { ...BACKUPS, interval: hours(12) } })).backups?.interval).toEqual(hours(12));
    const cold = elsewhere({ services: [service('orders', { scaling: { min: 0, max: 3, metrics: [] } })] });
    expect(spec(production(), cold).standby?.warm).toBe(false);
    expect(spec(production(), elsewhere({ services: [] })).standby?.warm).toBe(false);
  });

  test('goal, times of a drill and the time to notice damage are passed on', () => {
    const told = { goal: { rto: hours(2) }, measured: { restore: minutes(40) }, noticedWithin: days(14) };
    expect(spec(production({ backups: { ...BACKUPS, ...told } }))).toMatchObject(told);
  });

  test('health checks of DNS count only where they lead users to a standby', () => {
    const dns = {
      zone: 'example.com',
      account: '123456789012',
      region: 'us-east-1',
      state: { kind: 'local' },
    } as const;
    const edge = { healthPath: '/orders/health' };
    const pair = [production({ edge }), elsewhere({ edge })] as const;
    const platform = { ...shop(...pair), dns };
    const [writer] = writersIn(platform, pair[0]);
    if (writer === undefined) throw new Error('there is nothing to back up');
    expect(declaredRecovery(platform, pair[0], BACKUPS, writer).dns).toEqual({
      detection: seconds(30),
      ttl: seconds(60),
    });
    expect(declaredRecovery({ ...platform, environments: [pair[0]] }, pair[0], BACKUPS, writer).dns).toBeUndefined();
    expect(spec(...pair).dns).toBeUndefined();
  });

  test('of an account that is lost, only what another one holds for good', () => {
    const of = (lock?: BackupsSpec['lock']) => {
      const otherAccount = { id: '999999999999', vault: 'copies', ...(lock && { lock }) };
      const [claim] = recoveryObjectives(spec(production({ backups: { ...BACKUPS, otherAccount } }))).claims.slice(-1);
      return claim?.by;
    };
    expect(of()).toBeUndefined();
    expect(of({ mode: 'governance' })).toBeUndefined();
    expect(of({ mode: 'compliance' })).toBe('locked copy in another account');
  });
});

describe('who goes on', () => {
  const successor = (...environments: EnvironmentSpec[]) => {
    const [first] = environments;
    return first && successorOf(shop(...environments), first, 'main');
  };
  const reader = (name: string, region: string) => {
    const { standbyFor: _standby, ...rest } = elsewhere({ name, region, zones: [`${region}a`, `${region}b`] });
    return rest;
  };

  test('the environment that stands by, before any that only reads', () => {
    expect(successor(production(), reader('one', 'us-east-1'), elsewhere())?.environment.name).toBe('production-dr');
  });

  test('a reader where the copies are, else the first, and nobody of the lost region', () => {
    const readers = [reader('far', 'eu-central-1'), reader('near', 'us-east-1')];
    expect(successor(production(), ...readers)?.environment.name).toBe('near');
    expect(successor(production({ backups: { copyRegion: 'us-west-2' } }), ...readers)?.environment.name).toBe('far');
    expect(successor(production(), reader('beside', 'eu-west-1'))).toBeUndefined();
    expect(successor(production())).toBeUndefined();
  });

  test('a standby without a replica goes on from backups', () => {
    const standby = successor(production(), elsewhere({ databases: [] }));
    expect(standby?.environment.name).toBe('production-dr');
    expect(standby?.replica).toBeUndefined();
  });
});

describe('what takes writes', () => {
  test('instances, and replicas once they are promoted', () => {
    const names = (promoted: boolean) => {
      const standby = elsewhere({ databases: [follows({ promoted })] });
      return writersIn(shop(production(), standby), standby).map(({ name, backupRetention }) => [
        name,
        backupRetention,
      ]);
    };
    expect(names(false)).toEqual([]);
    expect(names(true)).toEqual([['main', days(30)]]);
    expect(writersIn(shop(production()), production()).map(({ name }) => name)).toEqual(['main']);
  });
});

describe('inspectBackups', () => {
  const found = (...environments: EnvironmentSpec[]) => {
    const [first] = environments;
    return first ? ids(inspectBackups('shop/production', shop(...environments), first)) : [];
  };
  const withBackups = (part: Partial<BackupsSpec>) => production({ backups: { ...BACKUPS, ...part } });
  const { operations: _operations, ...unheard } = production();
  const { operations: _of, standbyFor: _standby, ...unheardReader } = elsewhere();
  const other = { id: '999999999999', vault: 'copies' };

  const rows: readonly (readonly [
    check: string | undefined,
    it: string,
    declared: EnvironmentSpec,
    other?: EnvironmentSpec,
  ])[] = [
    [undefined, 'what is sound', production()],
    [undefined, 'a standby where the copies are', production(), elsewhere()],
    ['backups-copy-region-is-well-formed', 'a zone', withBackups({ copyRegion: 'us-east-1a' })],
    ['backups-copies-leave-the-region', 'its own region', withBackups({ copyRegion: 'eu-west-1' })],
    ['backups-copies-go-to-the-standby', 'another region', withBackups({ copyRegion: 'us-west-2' }), elsewhere()],
    ['backups-other-account-is-another', 'its own', withBackups({ otherAccount: { ...other, id: '123456789012' } })],
    ['backups-other-account-is-another', 'a number', withBackups({ otherAccount: { ...other, id: '99999999999' } })],
    ['backups-other-vault-is-a-vault', 'one letter', withBackups({ otherAccount: { ...other, vault: 'a' } })],
    [undefined, 'two letters', withBackups({ otherAccount: { ...other, vault: 'ab' } })],
    [
      'backups-vaults-have-distinct-names',
      'an environment named after copies, in their region',
      production(),
      environment({ name: 'production-copies', region: 'us-east-1', backups: { copyRegion: 'us-west-2' } }),
    ],
    [
      undefined,
      'one of that name in another region',
      production(),
      environment({ name: 'production-copies', region: 'us-east-2', backups: { copyRegion: 'us-west-2' } }),
    ],
    [
      undefined,
      'one of that name in another account',
      production(),
      environment({
        name: 'production-copies',
        account: '210987654321',
        region: 'us-east-1',
        backups: { copyRegion: 'us-west-2' },
      }),
    ],
    ['backups-stay-out-of-known-windows', 'none', production({ databases: [instance] })],
    [
      'backups-stay-out-of-known-windows',
      'one of two',
      production({ databases: [{ ...instance, backupWindow: '08:00-09:00' }] }),
    ],
    ['backups-are-heard-of', 'nobody', unheard],
    ['backups-lag-is-heard-of', 'nobody where it is read', production(), unheardReader],
  ];

  const each = rows.map(([check, it, ...environments]) => ({ check, it, environments }));

  test.each(each)('$check: $it', ({ check, environments }) => {
    expect(found(...environments.filter((one) => one !== undefined))).toEqual(check === undefined ? [] : [check]);
  });

  test('an environment without backups is asked nothing', () => {
    expect(found(environment())).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].filter(Boolean).sort()).toEqual(allIds(BACKUPS_CHECKS));
  });
});
