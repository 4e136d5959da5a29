import { redisBytes, redisSetting, redisSettings } from '../../../lib/ledger/texts/redis-conf';

test('settings have words without quotes, and the last of a name counts', () => {
  const settings = redisSettings(
    '# note\nMaxmemory 1gb\n\nsave ""\n  client-output-buffer-limit replica 256mb 128mb 60\nmaxmemory 2gb',
  );
  expect(settings.map(({ name, line }) => `${line} ${name}`)).toEqual([
    '2 maxmemory',
    '4 save',
    '5 client-output-buffer-limit',
    '6 maxmemory',
  ]);
  expect(redisSetting(settings, 'save')?.words).toEqual(['']);
  expect(redisSetting(settings, 'maxmemory')?.words).toEqual(['2gb']);
  expect(redisSetting(settings, 'dir')).toBeUndefined();
});

test.each([
  ['1024', 1024],
  ['1k', 1000],
  ['1kb', 1024],
  ['2m', 2_000_000],
  ['2MB', 2_097_152],
  ['2g', 2_000_000_000],
  ['2gb', 2_147_483_648],
  ['10%', undefined],
  ['2tb', undefined],
  [undefined, undefined],
])('%j is %s bytes', (amount, bytes) => {
  expect(redisBytes(amount)).toBe(bytes);
});
