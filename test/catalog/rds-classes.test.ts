import { OLDEST_CREATABLE_MINOR, POSTGRES_VERSIONS, RDS_CLASSES, rdsClass } from '../../lib/catalog';

describe('RDS classes', () => {
  test.each([
    { name: 'db.r5.xlarge', vcpus: 4, memoryMib: 32_768, usdPerHour: 0.5 },
    { name: 'db.r5.2xlarge', vcpus: 8, memoryMib: 65_536, usdPerHour: 1 },
    { name: 'db.m6g.large', vcpus: 2, memoryMib: 8192, usdPerHour: 0.159 },
    { name: 'db.t4g.micro', vcpus: 2, memoryMib: 1024, usdPerHour: 0.016 },
  ])('$name is as its source has it', (row) => {
    expect(rdsClass(row.name)).toEqual(row);
  });

  test('a price that was not read is left out, not zero', () => {
    expect(rdsClass('db.r7g.large')).toEqual({ name: 'db.r7g.large', vcpus: 2, memoryMib: 16_384 });
  });

  test('a class that the catalog lacks is undefined', () => {
    expect(rdsClass('db.r5.huge')).toBeUndefined();
    expect(rdsClass('r5.large')).toBeUndefined();
  });

  test('memory families hold 8 GiB a vCPU, general ones 4', () => {
    for (const { name, vcpus, memoryMib } of RDS_CLASSES.facts.values()) {
      if (name.startsWith('db.r')) expect([name, memoryMib / vcpus]).toEqual([name, 8192]);
      if (name.startsWith('db.m')) expect([name, memoryMib / vcpus]).toEqual([name, 4096]);
    }
  });
});

describe('PostgreSQL versions', () => {
  test('the newest minor of a major is of that major, and can still be created', () => {
    for (const [major, { newestMinor }] of POSTGRES_VERSIONS.facts) {
      const [of, minor] = newestMinor.split('.');
      expect(of).toBe(major);
      expect(Number(minor)).toBeGreaterThanOrEqual(OLDEST_CREATABLE_MINOR.get(major) ?? 0);
    }
  });

  test.each([
    ['14', 18],
    ['15', 13],
    ['16', 9],
    ['17', 5],
  ])('of %s, minors below %i are closed', (major, minor) => {
    expect(OLDEST_CREATABLE_MINOR.get(major)).toBe(minor);
  });
});
