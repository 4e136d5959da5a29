import { LOG_RETENTION_CHECKS, LogRetention, type LogRetentionProps } from '../../../lib/kubernetes';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const props: LogRetentionProps = {
  name: 'log-retention',
  namespace: 'logging',
  url: 'https://logs-es-http.logging.svc:9200',
  store: { pods: { app: 'elasticsearch' }, port: 9200 },
  stream: 'pod-logs',
  retention: Duration.days(90),
  copies: 1,
  userSecret: 'user-log-keeper',
  authoritySecret: 'log-keeper-tls',
  image: 'docker.io/curlimages/curl:8.10.1',
};

const build = (overrides: Partial<LogRetentionProps> = {}): Manifest[] =>
  manifests((chart) => new LogRetention(chart, 'Retention', { ...props, ...overrides }));
const job = (overrides: Partial<LogRetentionProps> = {}): Manifest => only(build(overrides), 'Job');
const file = (name: string, overrides: Partial<LogRetentionProps> = {}): Manifest =>
  JSON.parse(only(build(overrides), 'ConfigMap').data[name]);

describe('LogRetention', () => {
  test('has indices end after a day, and go 90 days later', () => {
    expect(file('policy.json').policy.phases).toEqual({
      hot: { min_age: '0ms', actions: { rollover: { max_age: '1d', max_primary_shard_size: '25gb' } } },
      delete: { min_age: '90d', actions: { delete: {} } },
    });
    expect(file('policy.json', { retention: Duration.days(7) }).policy.phases.delete.min_age).toBe('7d');
  });

  test('gives each index of the stream that policy and its copies', () => {
    const { index_patterns, data_stream, template } = file('template.json');
    expect(index_patterns).toEqual(['pod-logs']);
    expect(data_stream).toEqual({});
    expect(template.settings).toMatchObject({ 'index.lifecycle.name': 'pod-logs', 'index.number_of_replicas': 1 });
    expect(file('template.json', { copies: 0 }).template.settings['index.number_of_replicas']).toBe(0);
  });

  test('what programs write is one field, so that no two of them contradict one another', () => {
    const { mappings } = file('template.json').template;
    expect(mappings.dynamic).toBe(false);
    expect(mappings.properties.data.type).toBe('flattened');
  });

  test('runs anew whenever what it says changes, and only then', () => {
    const names = [job(), job(), job({ retention: Duration.days(91) }), job({ copies: 0 })].map(
      ({ metadata }) => metadata.name,
    );
    expect(names[0]).toMatch(/^log-retention-[0-9a-f]{8}$/);
    expect(names[1]).toBe(names[0]);
    expect(new Set(names).size).toBe(3);
  });

  test('waits for Elasticsearch no longer than an hour, and is gone a day later', () => {
    expect(job().spec).toMatchObject({ backoffLimit: 6, activeDeadlineSeconds: 3600, ttlSecondsAfterFinished: 86_400 });
  });

  test('finds password and authority as files, and nothing of them in its manifest', () => {
    const { volumes, containers } = job().spec.template.spec;
    expect(volumes.flatMap(({ secret }: Manifest) => secret?.secretName ?? [])).toEqual([
      'user-log-keeper',
      'log-keeper-tls',
    ]);
    expect(containers[0].volumeMounts.every(({ readOnly }: Manifest) => readOnly)).toBe(true);
    expect(containers[0].command).toEqual(['/bin/sh', '/etc/log-retention/keep.sh']);
  });

  test('talks with Elasticsearch alone', () => {
    const { ingress, egress } = only(build(), 'NetworkPolicy').spec;
    expect(ingress).toEqual([]);
    expect(egress.map(({ ports }: Manifest) => ports[0].port)).toEqual([53, 53, 9200]);
  });
});

const rows: readonly (readonly [it: string, given: Partial<LogRetentionProps>, expected: readonly string[]])[] = [
  ['takes what is sound', {}, []],
  ['takes a name of 40 characters', { name: 'a'.repeat(40) }, []],
  ['refuses one of 41', { name: 'a'.repeat(41) }, ['log-retention-name-is-a-short-dns-label']],
  ['refuses a namespace in capitals', { namespace: 'Logging' }, ['log-retention-name-is-a-short-dns-label']],
  ['refuses no day', { retention: Duration.hours(23) }, ['log-retention-is-in-days']],
  ['takes one', { retention: Duration.days(1) }, []],
  ['takes ten years', { retention: Duration.days(3650) }, []],
  ['refuses a day more', { retention: Duration.days(3651) }, ['log-retention-is-in-days']],
  ['refuses what is no image', { image: 'curl latest' }, ['log-retention-image-is-a-reference']],
];

test.each(rows)('%s', (_, given, expected) => {
  expect(ids(LogRetention.inspect('Retention', { ...props, ...given }))).toEqual(expected);
  expect(refused(() => build(given))).toEqual(expected);
});

test('every check has a failing row', () => {
  expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(LOG_RETENTION_CHECKS));
});
