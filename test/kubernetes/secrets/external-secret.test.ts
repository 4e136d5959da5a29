import { ExternalSecret } from '../../../lib/kubernetes/secrets/external-secret';
import {
  EXTERNAL_SECRET_CHECKS,
  type ExternalSecretProps,
} from '../../../lib/kubernetes/secrets/external-secret-props';
import { Duration } from '../../../lib/units';
import { allIds, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const valid: ExternalSecretProps = {
  name: 'database',
  store: { kind: 'SecretStore', name: 'aws' },
  from: 'acgs/production/database',
};

const { from: _from, ...sourceless } = valid;

const secret = (props: Partial<ExternalSecretProps> = {}, base: ExternalSecretProps = valid) =>
  only(
    manifests((chart) => new ExternalSecret(chart, 'Secret', { ...base, ...props })),
    'ExternalSecret',
  );

describe('ExternalSecret', () => {
  test('every field of a remote secret becomes a key, and outlives its source', () => {
    expect(secret({ labels: { team: 'a' } })).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'database', labels: { team: 'a' } },
      spec: {
        refreshInterval: '900s',
        secretStoreRef: { kind: 'SecretStore', name: 'aws' },
        target: { name: 'database', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
        data: [],
        dataFrom: [{ extract: { key: 'acgs/production/database' } }],
      },
    });
  });

  test('of several remote secrets, later ones win: they stand in the order in which the controller merges them', () => {
    const from = ['acgs/production/main/auth-service', 'acgs/production-dr/main/endpoint'];
    expect(secret({ from }).spec.dataFrom).toEqual([
      { extract: { key: 'acgs/production/main/auth-service' } },
      { extract: { key: 'acgs/production-dr/main/endpoint' } },
    ]);
    expect(secret({ from: [...from].reverse() }).spec.dataFrom[1]).toEqual({ extract: { key: from[0] } });
  });

  test('a list of one name is that name', () => {
    expect(secret({ from: ['acgs/production/database'] })).toEqual(secret());
  });

  test('single keys come from a field or from a whole secret', () => {
    const keys = { password: { secret: 'a/b', field: 'password' }, 'tls.crt': { secret: 'c' } };
    const { spec } = secret({ keys }, sourceless);
    expect(spec.dataFrom).toEqual([]);
    expect(spec.data).toEqual([
      { secretKey: 'password', remoteRef: { key: 'a/b', property: 'password' } },
      { secretKey: 'tls.crt', remoteRef: { key: 'c' } },
    ]);
  });

  test('pods find it under its name', () => {
    manifests((chart) => expect(new ExternalSecret(chart, 'Secret', valid).secretName).toBe('database'));
  });

  test.each([30, 86_400])('may be read every %d s', (seconds) => {
    expect(secret({ refreshEvery: Duration.seconds(seconds) }).spec.refreshInterval).toBe(`${seconds}s`);
  });

  const broken: [id: string, props: ExternalSecretProps][] = [
    ['external-secret-name-is-a-dns-label', { ...valid, name: 'data_base' }],
    ['external-secret-namespace-is-a-dns-label', { ...valid, namespace: 'Monitoring' }],
    ['external-secret-has-a-source', sourceless],
    ['external-secret-has-a-source', { ...sourceless, keys: {} }],
    ['external-secret-has-a-source', { ...valid, from: [] }],
    ['external-secret-sources-are-distinct', { ...valid, from: ['a/b', 'c', 'a/b'] }],
    ['external-secret-sources-are-names', { ...valid, from: ['a/b', 'c d'] }],
    ['external-secret-sources-are-names', { ...valid, from: '' }],
    ['external-secret-sources-are-names', { ...valid, from: 'arn:aws:secretsmanager:us-west-2:1:secret:x' }],
    ['external-secret-sources-are-names', { ...valid, keys: { a: { secret: 'a b' } } }],
    ['external-secret-keys-are-files', { ...valid, keys: { 'a/b': { secret: 'a' } } }],
    ['external-secret-content-is-given', { ...valid, content: {} }],
    ['external-secret-content-is-given', { ...valid, content: { 'a/b': 'x' } }],
    ['external-secret-content-is-given', { ...valid, content: { host: '' } }],
    ['external-secret-refresh-is-bounded', { ...valid, refreshEvery: Duration.seconds(29) }],
    ['external-secret-refresh-is-bounded', { ...valid, refreshEvery: Duration.seconds(86_401) }],
    ['external-secret-refresh-is-bounded', { ...valid, refreshEvery: Duration.millis(30_500) }],
  ];

  test('content replaces what the sources have, and may repeat it', () => {
    const content = { host: 'pooler.shop.svc', password: '{{ .password }}' };
    const { spec } = secret({}, { ...valid, content });
    expect(spec.target).toMatchObject({ name: valid.name, template: { engineVersion: 'v2', data: content } });
  });

  test.each(broken)('refuses: %s %j', (id, props) => expect(refused(() => secret({}, props))).toEqual([id]));

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([id]) => id))].sort()).toEqual(allIds(EXTERNAL_SECRET_CHECKS));
  });
});
