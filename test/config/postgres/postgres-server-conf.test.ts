import { postgresHba, postgresServerConf } from '../../../lib/config/postgres/postgres-server-conf';

const conf = (folders: { config: string; socket: string; tls?: string }) =>
  postgresServerConf({ port: 5433, maxConnections: 10, folders }).split('\n');

describe('postgresServerConf', () => {
  test('says where everything is, then what was declared', () => {
    expect(conf({ config: '/c', socket: '/s' })).toEqual([
      "listen_addresses = '*'",
      'port = 5433',
      "unix_socket_directories = '/s'",
      "hba_file = '/c/pg_hba.conf'",
      "ident_file = '/c/pg_ident.conf'",
      'ssl = off',
      "password_encryption = 'scram-sha-256'",
      'tcp_keepalives_idle = 60',
      'logging_collector = off',
      "log_line_prefix = '%m [%p] %q%u@%d '",
      "log_timezone = 'UTC'",
      "timezone = 'UTC'",
      'max_connections = 10',
      '',
    ]);
  });

  test('a folder with a quote in its name stays one value', () => {
    expect(conf({ config: '/c', socket: "/it's" })).toContain("unix_socket_directories = '/it''s'");
  });

  test('with a certificate nothing older than TLS 1.2 is spoken', () => {
    const lines = conf({ config: '/c', socket: '/s', tls: '/t' });
    expect(lines.filter((line) => line.startsWith('ssl'))).toEqual([
      'ssl = on',
      "ssl_cert_file = '/t/tls.crt'",
      "ssl_key_file = '/t/tls.key'",
      "ssl_min_protocol_version = 'TLSv1.2'",
    ]);
  });
});

test('no rule of postgresHba lets anybody in without a password over the network', () => {
  for (const tls of ['/t', undefined]) {
    const rules = postgresHba(tls === undefined ? {} : { tls })
      .trim()
      .split('\n');
    const methods = rules.filter((rule) => rule.startsWith('host')).map((rule) => rule.split(' ').at(-1));
    expect(new Set(methods)).toEqual(new Set(['scram-sha-256']));
  }
});
