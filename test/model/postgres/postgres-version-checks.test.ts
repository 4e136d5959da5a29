import { inspect } from '../../../lib/check';
import {
  type DatedVersion,
  POSTGRES_VERSION_CHECKS,
  postgresMajor,
} from '../../../lib/model/postgres/postgres-version-checks';
import { allIds, ids } from '../../support/findings';
import { TODAY } from '../../support/postgres';

const findings = (version: string, asOf = TODAY, allowExtendedSupport = false) =>
  inspect<DatedVersion>('acgs/main', { version, asOf, allowExtendedSupport }, POSTGRES_VERSION_CHECKS);

const rows: { it: string; version: string; asOf?: string; extended?: boolean; expected: string[] }[] = [
  { it: 'a major in standard support', version: '15', expected: [] },
  { it: 'the newest major', version: '18', expected: [] },
  {
    it: 'a major a day before its release',
    version: '18',
    asOf: '2025-11-13',
    expected: ['postgres-version-is-offered'],
  },
  { it: 'a major on the day of its release', version: '18', asOf: '2025-11-14', expected: [] },
  { it: 'a major nobody has heard of', version: '19', expected: ['postgres-version-is-offered'] },
  {
    it: 'a major of three digits',
    version: '115',
    expected: ['postgres-version-is-well-formed', 'postgres-version-is-offered'],
  },
  {
    it: 'a major that starts with 0',
    version: '015',
    expected: ['postgres-version-is-well-formed', 'postgres-version-is-offered'],
  },
  { it: 'a major of one digit', version: '9', expected: ['postgres-version-is-offered'] },
  { it: 'a minor of three digits', version: '15.180', expected: ['postgres-version-is-well-formed'] },
  { it: 'a word', version: 'latest', expected: ['postgres-version-is-well-formed', 'postgres-version-is-offered'] },
  { it: 'three numbers', version: '15.18.1', expected: ['postgres-version-is-well-formed'] },
  { it: 'a major with a dot', version: '15.', expected: ['postgres-version-is-well-formed'] },
  { it: 'extended support unasked', version: '13', expected: ['postgres-version-is-in-standard-support'] },
  { it: 'extended support asked for', version: '13', extended: true, expected: [] },
  { it: 'the last day of standard support', version: '13', asOf: '2026-02-28', expected: ['postgres-support-lasts'] },
  {
    it: 'the first day after it',
    version: '13',
    asOf: '2026-03-01',
    expected: ['postgres-version-is-in-standard-support'],
  },
  { it: 'the last day of extended support', version: '13', asOf: '2029-02-28', extended: true, expected: [] },
  {
    it: 'the end of all support, even when extended support is paid',
    version: '13',
    asOf: '2029-03-01',
    extended: true,
    expected: ['postgres-version-is-offered'],
  },
  { it: '91 days before the end of standard support', version: '14', asOf: '2026-11-29', expected: [] },
  { it: '90 days before it', version: '14', asOf: '2026-11-30', expected: ['postgres-support-lasts'] },
  {
    it: 'the minor of document 001',
    version: '15.4',
    expected: ['postgres-minor-can-be-created', 'postgres-minor-is-left-to-upgrades'],
  },
  {
    it: 'the newest minor that was closed',
    version: '15.12',
    expected: ['postgres-minor-can-be-created', 'postgres-minor-is-left-to-upgrades'],
  },
  { it: 'the oldest minor that is not', version: '15.13', expected: ['postgres-minor-is-left-to-upgrades'] },
  { it: 'the newest minor', version: '15.18', expected: ['postgres-minor-is-left-to-upgrades'] },
  {
    it: 'a minor after it',
    version: '15.19',
    expected: ['postgres-minor-is-known', 'postgres-minor-is-left-to-upgrades'],
  },
  {
    it: 'any minor of a major without a closed one',
    version: '18.1',
    expected: ['postgres-minor-is-left-to-upgrades'],
  },
  { it: 'a date in words', version: '15', asOf: 'today', expected: ['postgres-as-of-is-a-date'] },
  { it: 'a day that is no day', version: '15', asOf: '2026-11-32', expected: ['postgres-as-of-is-a-date'] },
];

test.each(rows)('$it: $version gives $expected', ({ version, asOf, extended, expected }) => {
  expect(ids(findings(version, asOf, extended))).toEqual(expected);
});

test('every check has a failing row', () => {
  expect([...new Set(rows.flatMap(({ expected }) => expected))].sort()).toEqual(allIds(POSTGRES_VERSION_CHECKS));
});

test('15.4 is refused with the reason and what to use', () => {
  expect(findings('15.4')[0]).toMatchObject({
    severity: 'error',
    prop: 'version',
    rule: 'must be 15.13 or newer: RDS no longer creates older minors of it',
    received: '15.4',
    remedy: 'use 15, which becomes 15.18 or newer',
  });
});

test('the end of standard support is named with its day and the way out', () => {
  expect(findings('13')[0]).toMatchObject({
    rule: 'must be in standard support on 2026-11-21; that of 13 ended on 2026-02-28',
    remedy: 'use 18, or pay by the vCPU hour with allowExtendedSupport',
  });
  expect(findings('14', '2026-12-30')[0]).toMatchObject({
    severity: 'warning',
    rule: 'should be supported for more than 90 days; that of 14 ends on 2027-02-28, in 60 days',
  });
});

test('a pinned minor is only warned about', () => {
  expect(findings('15.18').map(({ severity }) => severity)).toEqual(['warning']);
});

test('the major of a version is what stands before the dot', () => {
  expect(postgresMajor('15')).toBe('15');
  expect(postgresMajor('15.18')).toBe('15');
});
