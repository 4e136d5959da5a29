import { VectorDatabase } from '../../../lib/kubernetes/stores/vector-database';
import type { VectorDatabaseProps } from '../../../lib/kubernetes/stores/vector-database-plan';
import { type Manifest, manifests, only } from '../../support/manifests';

const valid: VectorDatabaseProps = { name: 'vector-db', clients: [{ pods: { app: 'search' } }] };

const synth = (props: Partial<VectorDatabaseProps> = {}): Manifest[] =>
  manifests((chart) => new VectorDatabase(chart, 'Vectors', { ...valid, ...props }));
const pod = (props?: Partial<VectorDatabaseProps>) => only(synth(props), 'StatefulSet').spec.template.spec;
const server = (props?: Partial<VectorDatabaseProps>) => pod(props).containers[0];
const config = (props?: Partial<VectorDatabaseProps>): string =>
  only(synth(props), 'ConfigMap', 'vector-db-config').data['config.yaml'];
const ports = (props?: Partial<VectorDatabaseProps>) =>
  server(props).ports.map(({ name, containerPort }: Manifest) => `${name} ${containerPort}`);

describe('VectorDatabase', () => {
  test('has one configuration, whose last section is left open for the key', () => {
    expect(config()).toBe(`log_level: INFO
telemetry_disabled: true
storage:
  storage_path: /qdrant/storage
  snapshots_path: /qdrant/snapshots
cluster:
  enabled: false
tls:
  cert: /etc/qdrant/tls/tls.crt
  key: /etc/qdrant/tls/tls.key
  ca_cert: /etc/qdrant/tls/ca.crt
  cert_ttl: 3600
service:
  host: 0.0.0.0
  http_port: 6333
  grpc_port: 6334
  metrics_port: 6336
  enable_tls: true
  enable_cors: false
  enable_static_content: false
`);
  });

  test('speaks plain text when told so, with names that say so', () => {
    expect(config({ tls: 'off' })).toContain('  enable_tls: false\n');
    expect(config({ tls: 'off' })).not.toContain('tls:\n');
    expect(ports()).toEqual(['https 6333', 'tls-grpc 6334', 'metrics 6336']);
    expect(ports({ tls: 'off' })).toEqual(['http 6333', 'grpc 6334', 'metrics 6336']);
  });

  test('has its ports wherever they are written', () => {
    const moved = { port: 7000, grpcPort: 7001 };
    expect(config(moved)).toContain('  http_port: 7000\n  grpc_port: 7001\n');
    expect(ports(moved)).toEqual(['https 7000', 'tls-grpc 7001', 'metrics 6336']);
    const served = only(synth(moved), 'Service', 'vector-db').spec.ports;
    expect(served.map(({ port, targetPort }: Manifest) => [port, targetPort])).toEqual([
      [7000, 'https'],
      [7001, 'tls-grpc'],
    ]);
    const { ingress } = only(synth(moved), 'NetworkPolicy').spec;
    expect(ingress.map(({ ports }: Manifest) => ports[0].port)).toEqual([7000, 7001, 6336]);
  });

  test('is asked for its health without a key, over the protocol that it speaks', () => {
    const asked = ({ startupProbe, readinessProbe, livenessProbe }: Manifest) =>
      [startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet);
    expect(asked(server())).toEqual([
      { path: '/livez', port: 'https', scheme: 'HTTPS' },
      { path: '/readyz', port: 'https', scheme: 'HTTPS' },
      { path: '/livez', port: 'https', scheme: 'HTTPS' },
    ]);
    expect(asked(server({ tls: 'off' }))[0]).toEqual({ path: '/livez', port: 'http', scheme: 'HTTP' });
    const { periodSeconds, failureThreshold } = server().startupProbe;
    expect(periodSeconds * failureThreshold).toBe(1800);
  });

  test('starts with its key from a file, where nothing else is written to the image', () => {
    expect(server().image).toBe('docker.io/qdrant/qdrant:v1.19.0-unprivileged');
    expect(server().command).toEqual(['sh', '/etc/qdrant/scripts/start.sh']);
    const env = Object.fromEntries(server().env.map(({ name, value }: Manifest) => [name, value]));
    expect(env).toEqual({
      QDRANT_CONF: '/etc/qdrant/config/config.yaml',
      QDRANT_RUN_FOLDER: '/run/qdrant',
      QDRANT_KEY_FILE: '/etc/qdrant/auth/password',
      QDRANT_TLS_FOLDER: '/etc/qdrant/tls',
      QDRANT_INIT_FILE_PATH: '/tmp/initialized',
    });
    const writable = server()
      .volumeMounts.filter(({ readOnly }: Manifest) => !readOnly)
      .map(({ mountPath }: Manifest) => mountPath);
    expect(writable).toEqual(['/run/qdrant', '/tmp', '/qdrant/storage', '/qdrant/snapshots']);
  });

  test('offers its metrics to Prometheus only where that can read them', () => {
    const annotations = (props?: Partial<VectorDatabaseProps>) =>
      only(synth(props), 'StatefulSet').spec.template.metadata.annotations;
    expect(annotations()).not.toHaveProperty(['prometheus.io/scrape']);
    expect(annotations({ tls: 'off' })).toMatchObject({ 'prometheus.io/port': '6336' });
    expect(annotations({ tls: 'off', scrapers: [] })).not.toHaveProperty(['prometheus.io/scrape']);
  });
});
