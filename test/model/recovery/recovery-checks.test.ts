import type { RecoverySpec } from '../../../lib/model/recovery/recovery';
import { inspectRecovery, RECOVERY_CHECKS, RECOVERY_SPEC_CHECKS } from '../../../lib/model/recovery/recovery-checks';
import { Duration } from '../../../lib/units';
import { allIds } from '../../support/findings';

const { minutes, hours, days, seconds } = Duration;

const copies = [{ region: 'us-east-1' }, { region: 'us-west-2', otherAccount: true, locked: true }];
const backups = { interval: hours(6), startWithin: hours(1), retention: days(30), copies };

const DNS = { detection: seconds(90), ttl: seconds(60) };

const full: RecoverySpec = {
  region: 'us-west-2',
  multiAz: true,
  pointInTime: { retention: days(30) },
  replica: { region: 'us-east-1', lag: minutes(5) },
  replicatedBackups: { region: 'us-east-1', retention: days(30) },
  backups,
  standby: { region: 'us-east-1', warm: true },
  dns: DNS,
};

/** Measured so well that an hour bounds even the loss of the account. */
const fast: RecoverySpec = {
  ...full,
  goal: { rto: hours(4), rpo: hours(9) },
};

const found = (spec: RecoverySpec): string[] =>
  inspectRecovery('acgs/production', spec).map(({ check, prop, severity }) => `${severity} ${check} ${prop}`);

describe('inspectRecovery', () => {
  test('production as declared meets 4 hours and 1 hour in all but one loss, and says by how much it misses there', () => {
    const [only, ...others] = inspectRecovery('acgs/production', full);
    expect(others).toEqual([]);
    expect(only).toEqual({
      check: 'recovery-account-rpo-is-met',
      severity: 'warning',
      path: 'acgs/production',
      prop: 'account-loss',
      rule: 'must lose less than 1 h of data',
      received:
        '8 h 30 min = 6 h between backups (declared) + 1 h until AWS starts one (declared) + ' +
        '30 min the backup takes (estimated) + 1 h the copy takes (estimated), from: locked copy in another account',
      remedy: 'even backups every hour miss it by the time that they start and travel; state 8 h 30 min for this loss',
    });
  });

  const rows: readonly (readonly [expected: readonly string[], it: string, spec: RecoverySpec])[] = [
    [[], 'a goal of 9 hours of data', fast],
    [
      [],
      'a lag below the goal',
      { ...fast, goal: { rpo: hours(9) }, replica: { region: 'us-east-1', lag: minutes(59) } },
    ],
    [
      [
        'error recovery-rpo-is-met zone-loss',
        'error recovery-rpo-is-met region-loss',
        'error recovery-rpo-is-met corruption',
        'warning recovery-survives-its-account account-loss',
      ],
      'a goal that is reached, which misses it',
      {
        ...fast,
        multiAz: false,
        goal: { rpo: minutes(5) },
        pointInTime: { retention: days(30) },
        backups: { ...backups, copies: [] },
      },
    ],
    [
      [
        'error recovery-rto-is-met region-loss',
        'error recovery-rto-is-met corruption',
        'warning recovery-account-rto-is-met account-loss',
      ],
      'half an hour without service',
      { ...fast, goal: { rto: minutes(30), rpo: hours(9) } },
    ],
    [[], 'just more than the loss of the account takes', { ...fast, goal: { rto: seconds(11_851), rpo: hours(9) } }],
    [
      ['warning recovery-account-rto-is-met account-loss'],
      'just what the loss of the account takes',
      { ...fast, goal: { rto: seconds(11_850), rpo: hours(9) } },
    ],
    [[], 'just more than the loss of the account costs', { ...fast, goal: { rpo: minutes(511) } }],
    [
      ['warning recovery-account-rpo-is-met account-loss'],
      'just what the loss of the account costs',
      { ...fast, goal: { rpo: minutes(510) } },
    ],
    [
      ['warning recovery-survives-its-account account-loss'],
      'no copy in another account',
      { ...full, backups: { ...backups, copies: copies.slice(0, 1) } },
    ],
    [
      ['error recovery-is-possible region-loss', 'warning recovery-survives-its-account account-loss'],
      'one region',
      { region: 'us-west-2', multiAz: true, pointInTime: { retention: days(30) }, dns: DNS },
    ],
    [
      ['error recovery-rpo-is-met region-loss', 'warning recovery-account-rpo-is-met account-loss'],
      'copies alone',
      {
        region: 'us-west-2',
        multiAz: true,
        pointInTime: { retention: days(30) },
        standby: { region: 'us-east-1', warm: true },
        backups,
        dns: DNS,
      },
    ],
    [
      [
        'error recovery-goal-leaves-time goal',
        ...['zone-loss', 'region-loss', 'corruption'].map((one) => `error recovery-rto-is-met ${one}`),
        'warning recovery-account-rto-is-met account-loss',
      ],
      'no time at all',
      { ...fast, goal: { rto: minutes(0), rpo: hours(9) } },
    ],
    [
      ['error recovery-replica-lags replica'],
      'a replica that is never behind',
      { ...fast, replica: { region: 'us-east-1', lag: minutes(0) } },
    ],
    [
      ['warning recovery-replica-leaves-the-region replica'],
      'a replica beside its primary',
      { ...fast, replica: { region: 'us-west-2', lag: minutes(5) } },
    ],
    [
      ['error recovery-standby-leaves-the-region standby'],
      'a standby beside what it stands by for',
      { ...fast, standby: { region: 'us-west-2', warm: true } },
    ],
    [
      ['error recovery-backups-come-again backups'],
      'backups all the time',
      { ...fast, backups: { ...backups, interval: hours(0) } },
    ],
    [
      ['error recovery-backups-come-again backups'],
      'backups that are not kept',
      { ...fast, backups: { ...backups, retention: hours(0) } },
    ],
  ];

  test.each(rows)('%j: %s', (expected, _, spec) => {
    expect(found(spec)).toEqual(expected);
  });

  test('every check has a failing row', () => {
    const failing = [...rows.flatMap(([expected]) => expected)].map((line) => line.split(' ')[1]);
    expect([...new Set(failing)].sort()).toEqual(allIds(RECOVERY_CHECKS, RECOVERY_SPEC_CHECKS));
  });
});
