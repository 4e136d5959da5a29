import fc from 'fast-check';
import { RECOVERY_SCENARIOS, type RecoveryScenario, type RecoverySpec } from '../../../lib/model/recovery/recovery';
import { recoveryObjectives } from '../../../lib/model/recovery/recovery-objectives';
import { Duration } from '../../../lib/units';

const { minutes, hours, days, seconds } = Duration;

/** Production of document 001 with everything that the decisions ask for. */
const full: RecoverySpec = {
  region: 'us-west-2',
  multiAz: true,
  pointInTime: { retention: days(30) },
  replica: { region: 'us-east-1', lag: minutes(5) },
  replicatedBackups: { region: 'us-east-1', retention: days(30) },
  backups: {
    interval: hours(6),
    startWithin: hours(1),
    retention: days(30),
    copies: [{ region: 'us-east-1' }, { region: 'us-west-2', otherAccount: true, locked: true }],
  },
  standby: { region: 'us-east-1', warm: true },
  dns: { detection: seconds(90), ttl: seconds(60) },
};

/** The same without some of it. */
const without = (...props: readonly (keyof RecoverySpec)[]): RecoverySpec => {
  const left = Object.entries(full).filter(([prop]) => !props.includes(prop as keyof RecoverySpec));
  return Object.fromEntries(left) as unknown as RecoverySpec;
};

const claimOf = (scenario: RecoveryScenario, spec: RecoverySpec) => {
  const found = recoveryObjectives(spec).claims.find((claim) => claim.scenario === scenario);
  if (found === undefined) throw new Error(`no claim about ${scenario}`);
  return found;
};

interface Row {
  readonly it: string;
  readonly scenario: RecoveryScenario;
  readonly spec: RecoverySpec;
  readonly by: string | undefined;
  readonly rpo: Duration | undefined;
  readonly rto: Duration | undefined;
}

const rows: readonly Row[] = [
  {
    it: 'loses nothing with its zone: 2 min failover + 15 min for pods',
    scenario: 'zone-loss',
    spec: full,
    by: 'standby in another zone',
    rpo: minutes(0),
    rto: minutes(17),
  },
  {
    it: 'goes back to the last log without a standby zone: 30 + 60 + 10 + 15 min',
    scenario: 'zone-loss',
    spec: { ...full, multiAz: false },
    by: 'point-in-time recovery',
    rpo: minutes(5),
    rto: minutes(115),
  },
  {
    it: 'takes a backup of the region where there is nothing else: 6 h + 1 h + 30 min',
    scenario: 'zone-loss',
    spec: { ...without('pointInTime'), multiAz: false },
    by: 'backup',
    rpo: minutes(450),
    rto: minutes(115),
  },
  {
    it: 'loses its lag with the region: 90 s + 30 + 30 + 10 + 15 min + 60 s',
    scenario: 'region-loss',
    spec: full,
    by: 'replica',
    rpo: minutes(5),
    rto: seconds(5250),
  },
  {
    it: 'loses 5 + 15 min of log without a replica, and restores for an hour',
    scenario: 'region-loss',
    spec: without('replica'),
    by: 'replicated automated backups',
    rpo: minutes(20),
    rto: seconds(7050),
  },
  {
    it: 'loses 6 h + 1 h + 30 min + 1 h with copies alone',
    scenario: 'region-loss',
    spec: without('replica', 'replicatedBackups'),
    by: 'copy of a backup',
    rpo: minutes(510),
    rto: seconds(7050),
  },
  {
    it: 'builds a cluster first where none stands by: 90 min more',
    scenario: 'region-loss',
    spec: without('standby'),
    by: 'replica',
    rpo: minutes(5),
    rto: seconds(5250 + 5400),
  },
  {
    it: 'builds a cluster first where the one that stands by is cold',
    scenario: 'region-loss',
    spec: { ...full, standby: { region: 'us-east-1', warm: false } },
    by: 'replica',
    rpo: minutes(5),
    rto: seconds(5250 + 5400),
  },
  {
    it: 'builds a cluster first where the one that stands by is somewhere else',
    scenario: 'region-loss',
    spec: { ...full, standby: { region: 'eu-central-1', warm: true } },
    by: 'replica',
    rpo: minutes(5),
    rto: seconds(5250 + 5400),
  },
  {
    it: 'brings a copy of another account back first: an hour more',
    scenario: 'region-loss',
    spec: {
      ...without('replica', 'replicatedBackups'),
      backups: {
        interval: hours(6),
        startWithin: hours(1),
        retention: days(30),
        copies: [{ region: 'us-east-1', otherAccount: true }],
      },
    },
    by: 'copy of a backup',
    rpo: minutes(510),
    rto: seconds(7050 + 3600),
  },
  {
    it: 'is gone with the region where everything is in it',
    scenario: 'region-loss',
    spec: {
      ...full,
      replica: { region: 'us-west-2', lag: minutes(5) },
      replicatedBackups: { region: 'us-west-2', retention: days(30) },
      backups: { interval: hours(6), startWithin: hours(1), retention: days(30), copies: [{ region: 'us-west-2' }] },
    },
    by: undefined,
    rpo: undefined,
    rto: undefined,
  },
  {
    it: 'is gone with the region where only its own point-in-time recovery was declared',
    scenario: 'region-loss',
    spec: without('replica', 'replicatedBackups', 'backups'),
    by: undefined,
    rpo: undefined,
    rto: undefined,
  },
  {
    it: 'goes back to before corruption: 30 + 60 + 10 + 15 min',
    scenario: 'corruption',
    spec: full,
    by: 'point-in-time recovery',
    rpo: minutes(5),
    rto: minutes(115),
  },
  {
    it: 'goes back to before corruption in the other region, where the first reaches back too little',
    scenario: 'corruption',
    spec: { ...full, pointInTime: { retention: days(6) } },
    by: 'replicated automated backups',
    rpo: minutes(20),
    rto: seconds(7050),
  },
  {
    it: 'reaches back just far enough',
    scenario: 'corruption',
    spec: { ...full, pointInTime: { retention: days(7) } },
    by: 'point-in-time recovery',
    rpo: minutes(5),
    rto: minutes(115),
  },
  {
    it: 'takes the last backup from before corruption where there is nothing else',
    scenario: 'corruption',
    spec: without('pointInTime', 'replicatedBackups'),
    by: 'backup',
    rpo: minutes(450),
    rto: minutes(115),
  },
  {
    it: 'finds no help against corruption in a replica, which has copied it',
    scenario: 'corruption',
    spec: without('pointInTime', 'replicatedBackups', 'backups'),
    by: undefined,
    rpo: undefined,
    rto: undefined,
  },
  {
    it: 'finds no help against damage that is older than every backup',
    scenario: 'corruption',
    spec: { ...full, noticedWithin: days(31) },
    by: undefined,
    rpo: undefined,
    rto: undefined,
  },
  {
    it: 'loses 6 h + 1 h + 30 min + 1 h with the account: 90 s + 30 + 90 + 60 + 15 min + 60 s to build anew',
    scenario: 'account-loss',
    spec: full,
    by: 'locked copy in another account',
    rpo: minutes(510),
    rto: seconds(11_850),
  },
  {
    it: 'is gone with the account where the copy there can be deleted',
    scenario: 'account-loss',
    spec: {
      ...full,
      backups: {
        interval: hours(6),
        startWithin: hours(1),
        retention: days(30),
        copies: [
          { region: 'us-west-2', otherAccount: true },
          { region: 'us-east-1', locked: true },
        ],
      },
    },
    by: undefined,
    rpo: undefined,
    rto: undefined,
  },
];

describe('recoveryObjectives', () => {
  test.each(rows)('$scenario: $it', ({ scenario, spec, by, rpo, rto }) => {
    const claim = claimOf(scenario, spec);
    expect([claim.by, claim.rpo?.inMillis, claim.rto?.inMillis]).toEqual([by, rpo?.inMillis, rto?.inMillis]);
  });

  test('the claim is the worst of all, not necessarily of one loss', () => {
    const { rpo, rto } = recoveryObjectives(full);
    expect([`${rpo}`, `${rto}`]).toEqual(['510m', '11850s']);
    const measured = { build: minutes(5), restore: minutes(5) };
    expect(`${recoveryObjectives({ ...full, measured }).rto}`).toBe('5250s');
  });

  test('there is no claim where a loss takes everything', () => {
    const objectives = recoveryObjectives(without('pointInTime', 'replicatedBackups', 'backups'));
    expect(objectives).not.toHaveProperty('rpo');
    expect(objectives).not.toHaveProperty('rto');
  });

  test('says its arithmetic in words, with how well each number is known', () => {
    expect(claimOf('account-loss', full).rpoInWords).toBe(
      '8 h 30 min = 6 h between backups (declared) + 1 h until AWS starts one (declared) + ' +
        '30 min the backup takes (estimated) + 1 h the copy takes (estimated)',
    );
    expect(claimOf('region-loss', full).rtoInWords).toBe(
      '1 h 27 min 30 s = 1 min 30 s until health checks see it (declared) + ' +
        '30 min somebody is woken, looks and decides (estimated) + 30 min the replica is promoted (estimated) + ' +
        '10 min secrets and pools learn the new address (estimated) + 15 min nodes join and pods get ready (estimated) + ' +
        '1 min until resolvers ask again (declared)',
    );
    expect(claimOf('zone-loss', full)).toMatchObject({
      rpoInWords: '0 s',
      rtoInWords:
        '17 min = 2 min failover to the standby in the other zone (documented) + 15 min nodes join and pods get ready (estimated)',
    });
    expect(claimOf('corruption', without('pointInTime', 'replicatedBackups', 'backups'))).toMatchObject({
      rpoInWords: 'nothing declared survives it',
      rtoInWords: 'nothing declared survives it',
    });
  });

  test('a time that a drill measured takes the place of the estimate', () => {
    const claim = claimOf('corruption', { ...full, measured: { restore: minutes(40), logUpload: minutes(6) } });
    expect([`${claim.rpo}`, `${claim.rto}`]).toEqual(['6m', '95m']);
    expect(claim.rtoInWords).toContain('40 min a new instance is restored (measured)');
  });

  test('of two ways that lose the same, the faster one is taken', () => {
    const slow = { ...full, replica: { region: 'us-east-1', lag: minutes(20) }, measured: { promotion: hours(2) } };
    expect(claimOf('region-loss', slow).by).toBe('replicated automated backups');
    expect(claimOf('region-loss', { ...slow, measured: {} }).by).toBe('replica');
  });

  const MECHANISMS = ['pointInTime', 'replica', 'replicatedBackups', 'backups', 'standby'] as const;

  test('one mechanism less never makes a claim better', () => {
    fc.assert(
      fc.property(fc.subarray([...MECHANISMS]), fc.constantFrom(...MECHANISMS), (left, last) => {
        const [more, less] = [without(...left.filter((one) => one !== last)), without(...left, last)];
        for (const scenario of RECOVERY_SCENARIOS) {
          const [with_, without_] = [claimOf(scenario, more).rpo, claimOf(scenario, less).rpo];
          if (without_ !== undefined) expect(with_?.isAtMost(without_)).toBe(true);
        }
      }),
    );
  });
});

test('without health checks people see it and lead users elsewhere, as long as that is estimated or measured', () => {
  const { dns: _dns, ...unwatched } = full;
  const service = (spec: RecoverySpec): string | undefined =>
    recoveryObjectives(spec).claims.find(({ scenario }) => scenario === 'region-loss')?.rtoInWords;
  expect(service(unwatched)).toContain('10 min until somebody sees it (estimated)');
  expect(service(unwatched)).toContain('15 min until users are led elsewhere (estimated)');
  const measured = { ...full.measured, detection: minutes(3), forgetting: minutes(4) };
  expect(service({ ...unwatched, measured })).toContain('3 min until somebody sees it (measured)');
  expect(service({ ...unwatched, measured })).toContain('4 min until users are led elsewhere (measured)');
});
