import { pgBouncerIni } from '../../../lib/ledger/texts/pgbouncer-ini';

test('has databases with their connection strings, and settings', () => {
  const ini = pgBouncerIni(
    [
      '; note',
      '[databases]',
      "shop = host=db.example.com port=5432 dbname='shop' pool_size=5",
      '* = host=other',
      '[pgbouncer]',
      'Max_Client_Conn = 500',
      '# max_client_conn = 1',
      '[users]',
      'app = pool_mode=session',
    ].join('\n'),
  );
  expect([...(ini?.databases ?? [])]).toEqual([
    ['shop', { host: 'db.example.com', port: '5432', dbname: 'shop', pool_size: '5' }],
    ['*', { host: 'other' }],
  ]);
  expect([...(ini?.settings ?? [])]).toEqual([['max_client_conn', '500']]);
});

test.each(['', '[databases]\na = host=b', 'pgbouncer'])('%j is none', (text) => {
  expect(pgBouncerIni(text)).toBeUndefined();
});
