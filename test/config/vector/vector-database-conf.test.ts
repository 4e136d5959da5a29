import { parse } from 'yaml';
import { vectorDatabaseConf } from '../../../lib/config/vector/vector-database-conf';

const settings = { port: 1, grpcPort: 2, metricsPort: 3, folders: { storage: '/data', snapshots: '/snapshots' } };

describe('vectorDatabaseConf', () => {
  test('becomes whole with one more line, the key, as a part of service', () => {
    const whole: unknown = parse(`${vectorDatabaseConf(settings)}  api_key: "a \\"key\\""\n`);
    expect(whole).toEqual({
      log_level: 'INFO',
      telemetry_disabled: true,
      storage: { storage_path: '/data', snapshots_path: '/snapshots' },
      cluster: { enabled: false },
      service: {
        host: '0.0.0.0',
        http_port: 1,
        grpc_port: 2,
        metrics_port: 3,
        enable_tls: false,
        enable_cors: false,
        enable_static_content: false,
        api_key: 'a "key"',
      },
    });
  });

  test('encrypts where there is a certificate', () => {
    const folders = { ...settings.folders, tls: '/tls' };
    expect(parse(vectorDatabaseConf({ ...settings, folders }))).toMatchObject({
      tls: { cert: '/tls/tls.crt', key: '/tls/tls.key', ca_cert: '/tls/ca.crt' },
      service: { enable_tls: true },
    });
  });
});
