import { type VersionRunbookProps, versionRunbook } from '../../lib/config';

const PROPS: VersionRunbookProps = {
  platform: 'acgs',
  environment: 'production',
  asOf: '2026-11-21',
  calendar: [
    {
      of: 'chart',
      name: 'charts istiod',
      version: 'release 1.30.3',
      state: 'standard',
      standardUntil: '2026-11-30',
      daysLeft: 9,
    },
    {
      of: 'eks',
      name: 'cluster acgs-production',
      version: 'Kubernetes 1.35',
      state: 'standard',
      standardUntil: '2027-03-27',
      extendedUntil: '2028-03-27',
      daysLeft: 126,
    },
    { of: 'cache', name: 'cache results', version: 'Valkey 8.2', state: 'unknown' },
  ],
  charts: [
    { name: 'istiod', version: '1.30.3', endOfSupport: '2026-11-30' },
    { name: 'keda', version: '2.20.1' },
  ],
  kubernetes: { version: '1.35', next: ['1.36', '1.37'] },
};

const lines = (overrides: Partial<VersionRunbookProps> = {}) => versionRunbook({ ...PROPS, ...overrides }).split('\n');

describe('versionRunbook', () => {
  test('says what ends when, in the order that it is given', () => {
    const text = lines();
    const start = text.indexOf('## What ends') + 2;
    expect(text.slice(start, start + 5)).toEqual([
      '| what | version | support | standard until | days left | paid until |',
      '|---|---|---|---|---|---|',
      '| charts istiod | release 1.30.3 | standard | 2026-11-30 | 9 |  |',
      '| cluster acgs-production | Kubernetes 1.35 | standard | 2027-03-27 | 126 | 2028-03-27 |',
      '| cache results | Valkey 8.2 | unknown | not announced |  |  |',
    ]);
  });

  test('lists every chart, with what is known of its end', () => {
    expect(lines()).toEqual(
      expect.arrayContaining(['| istiod | 1.30.3 | 2026-11-30 |', '| keda | 2.20.1 | not announced |']),
    );
  });

  test('names every minor on the way up, or says that none is known', () => {
    expect(versionRunbook(PROPS)).toContain('Kubernetes goes up one minor at a time: 1.35, 1.36, 1.37.');
    const newest = { kubernetes: { version: '1.37', next: [] } };
    expect(versionRunbook({ ...PROPS, ...newest })).toContain('The catalog knows nothing after Kubernetes 1.37.');
  });

  test('has a title, the day, and an end of line at its end', () => {
    const [title, , day] = lines();
    expect(title).toBe('# Versions of acgs production');
    expect(day).toContain('As on 2026-11-21.');
    expect(lines().slice(-2)).toEqual(['4. Move `asOf` on, and read what synthesis says.', '']);
  });
});
