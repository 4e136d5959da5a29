import { Chart, Testing } from 'cdk8s';
import { SECRET_STORE_CHECKS, SecretStore, type SecretStoreProps } from '../../../lib/kubernetes/secrets/secret-store';
import { allIds, refused } from '../../support/findings';
import { type Manifest, manifests } from '../../support/manifests';

const valid: SecretStoreProps = { name: 'aws', region: 'us-west-2' };

function store(props: Partial<SecretStoreProps> = {}): { object: Manifest; reference: unknown } {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
  const { reference } = new SecretStore(chart, 'Store', { ...valid, ...props });
  return { object: Testing.synth(chart)[0], reference };
}

describe('SecretStore', () => {
  test('reads Secrets Manager of its region for its own namespace, and holds no credential', () => {
    expect(store()).toEqual({
      object: {
        apiVersion: 'external-secrets.io/v1',
        kind: 'SecretStore',
        metadata: { name: 'aws', namespace: 'shop' },
        spec: { provider: { aws: { service: 'SecretsManager', region: 'us-west-2' } } },
      },
      reference: { kind: 'SecretStore', name: 'aws' },
    });
  });

  test('for several namespaces it is a store of the cluster that admits no others', () => {
    const { object, reference } = store({ namespaces: ['shop', 'jobs'], labels: { team: 'a' } });
    expect(reference).toEqual({ kind: 'ClusterSecretStore', name: 'aws' });
    expect(object).toMatchObject({ kind: 'ClusterSecretStore', metadata: { name: 'aws', labels: { team: 'a' } } });
    expect(object.metadata).not.toHaveProperty('namespace');
    expect(object.spec.conditions).toEqual([{ namespaces: ['shop', 'jobs'] }]);
  });

  test.each(['us-west-2', 'us-gov-east-1', 'eu-central-1'])('accepts %s', (region) => {
    expect(SecretStore.inspect('p', { ...valid, region })).toEqual([]);
  });

  const broken: [id: string, props: Partial<SecretStoreProps>][] = [
    ['secret-store-name-is-a-dns-label', { name: 'AWS' }],
    ['secret-store-stands-in-one-namespace', { namespace: 'Monitoring' }],
    ['secret-store-stands-in-one-namespace', { namespace: 'monitoring', namespaces: ['shop'] }],
    ['secret-store-region-is-a-region', { region: 'us-west-2a' }],
    ['secret-store-region-is-a-region', { region: 'oregon' }],
    ['secret-store-names-namespaces', { namespaces: [] }],
    ['secret-store-names-namespaces', { namespaces: ['shop', '*'] }],
  ];

  test.each(broken)('refuses: %s %j', (id, props) => {
    expect(refused(() => manifests((chart) => new SecretStore(chart, 'Store', { ...valid, ...props })))).toEqual([id]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([id]) => id))].sort()).toEqual(allIds(SECRET_STORE_CHECKS));
  });
});
