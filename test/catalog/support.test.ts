import { EKS_VERSIONS, POSTGRES_VERSIONS, supportOn } from '../../lib/catalog';

describe('supportOn', () => {
  const period = { released: '2023-09-26', standardUntil: '2024-11-26', extendedUntil: '2025-11-26' };

  test.each([
    { asOf: '2023-09-25', state: 'unreleased' },
    { asOf: '2023-09-26', state: 'standard' },
    { asOf: '2024-11-26', state: 'standard' },
    { asOf: '2024-11-27', state: 'extended' },
    { asOf: '2025-11-26', state: 'extended' },
    { asOf: '2025-11-27', state: 'ended' },
  ])('on $asOf it is $state', ({ asOf, state }) => {
    expect(supportOn(period, asOf)).toBe(state);
  });

  test('a version that nobody has read about is unknown', () => {
    expect(supportOn(undefined, '2026-01-01')).toBe('unknown');
    expect(supportOn(EKS_VERSIONS.facts.get('1.99'), '2026-01-01')).toBe('unknown');
  });
});

describe('calendars', () => {
  test.each([
    { version: '1.28', state: 'ended' },
    { version: '1.30', state: 'ended' },
    { version: '1.31', state: 'extended' },
    { version: '1.33', state: 'extended' },
    { version: '1.34', state: 'standard' },
    { version: '1.35', state: 'standard' },
    { version: '1.36', state: 'standard' },
  ])('Kubernetes $version on 2026-11-20 is $state', ({ version, state }) => {
    expect(supportOn(EKS_VERSIONS.facts.get(version), '2026-11-20')).toBe(state);
  });

  test.each([
    { major: '13', state: 'extended' },
    { major: '14', state: 'standard' },
    { major: '15', state: 'standard' },
    { major: '18', state: 'standard' },
  ])('PostgreSQL $major on 2026-11-20 is $state', ({ major, state }) => {
    expect(supportOn(POSTGRES_VERSIONS.facts.get(major), '2026-11-20')).toBe(state);
  });

  test.each([...EKS_VERSIONS.facts, ...POSTGRES_VERSIONS.facts])(
    '%s is released before its support ends',
    (_, period) => {
      const { released, standardUntil, extendedUntil } = period;
      expect([released, standardUntil, extendedUntil].every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))).toBe(true);
      expect([released, standardUntil, extendedUntil]).toEqual([released, standardUntil, extendedUntil].sort());
    },
  );
});
