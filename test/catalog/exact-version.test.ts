import { isExactVersion } from '../../lib/catalog/exact-version';

test.each(['1.2.3', 'v1.21.1', '0.11.0', '1.31.0-rc.0', '10.20.30'])('%s is one release', (version) => {
  expect(isExactVersion(version)).toBe(true);
});

test.each([
  '',
  '1',
  '1.2',
  '1.2.x',
  '*',
  '^1.2.3',
  '~1.2.3',
  '>=1.2.3',
  '1.2.3 || 2',
  '01.2.3',
  'latest',
  '1.2.3-',
  ' 1.2.3',
])('%p is none', (version) => {
  expect(isExactVersion(version)).toBe(false);
});
