import { block, comment, print } from '../../../lib/config/nginx/nginx-text';

test('directives end in semicolons, blocks are indented and stand apart, comments belong to what follows', () => {
  const text = print([
    comment('first'),
    'pid /tmp/nginx.pid',
    block('events', ['worker_connections 256']),
    block('http', [comment('one'), block('server', []), 'server_tokens off', comment('two'), 'gzip on']),
  ]);

  expect(text).toBe(
    [
      '# first',
      'pid /tmp/nginx.pid;',
      '',
      'events {',
      '    worker_connections 256;',
      '}',
      '',
      'http {',
      '    # one',
      '    server {',
      '    }',
      '',
      '    server_tokens off;',
      '    # two',
      '    gzip on;',
      '}',
      '',
    ].join('\n'),
  );
});
