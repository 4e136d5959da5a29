import { namedHosts } from '../../../lib/ledger/network/hosts';

const rows: readonly { readonly it: string; readonly text: string; readonly expected: readonly string[] }[] = [
  { it: 'takes the port of an address', text: 'http://orders:8080/v1?a=b', expected: ['orders 8080'] },
  { it: 'knows the port of a scheme', text: 'postgresql://orders.shop/db', expected: ['orders.shop 5432'] },
  { it: 'knows no port of a scheme that it does not know', text: 'grpc://orders', expected: [] },
  { it: 'takes a host with a port and no scheme', text: 'orders.shop.svc:6379', expected: ['orders.shop.svc 6379'] },
  { it: 'takes every host of a list', text: 'a:1,b:2; c:3', expected: ['a 1', 'b 2', 'c 3'] },
  { it: 'finds the host behind credentials', text: 'amqp://user:secret@mq:5672/', expected: ['mq 5672'] },
  { it: 'looks through wrappers', text: 'jdbc:postgresql://db:5433/shop', expected: ['db 5433'] },
  { it: 'looks through schemes of drivers', text: 'postgresql+asyncpg://db:5433/shop', expected: ['db 5433'] },
  { it: 'takes a value behind an equals sign', text: '--target=http://orders:8080', expected: ['orders 8080'] },
  { it: 'takes no port above 65535', text: 'orders:65536', expected: [] },
  { it: 'takes the last port that there is', text: 'orders:65535', expected: ['orders 65535'] },
  { it: 'takes no port 0', text: 'orders:0', expected: [] },
  { it: 'takes no name alone', text: 'orders', expected: [] },
  { it: 'takes nothing that is put together later', text: 'http://$(HOST):8080', expected: [] },
  { it: 'skips lines that are commented out', text: '# http://a:1\n; http://b:2\nhttp://c:3', expected: ['c 3'] },
  { it: 'takes a mark inside a line for what it is', text: 'http://a:1 # old\nhttp://b:2', expected: ['a 1', 'b 2'] },
];

test.each(rows)('$it', ({ text, expected }) => {
  expect(namedHosts(text).map(({ host, port }) => `${host} ${port}`)).toEqual(expected);
});

test('words never repeat a password', () => {
  expect(namedHosts('amqp://user:secret@mq:5672/').map(({ words }) => words)).toEqual(['amqp://mq:5672']);
});
