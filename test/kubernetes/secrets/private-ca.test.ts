import { CERTIFICATE_CHECKS, PRIVATE_CA_CHECKS, PrivateCa } from '../../../lib/kubernetes/secrets/private-ca';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const build = (dnsNames: readonly string[] = ['*.cache']) =>
  manifests((chart) =>
    new PrivateCa(chart, 'Ca', { name: 'shop-ca' }).certificate('Cache', { secretName: 'cache-tls', dnsNames }),
  );

describe('PrivateCa', () => {
  test('a certificate is signed by the authority, not by itself', () => {
    const objects = build();
    const issuer = only(objects, 'Certificate', 'cache-tls').spec.issuerRef.name;
    expect(issuer).toBe('shop-ca');
    expect(only(objects, 'Issuer', issuer).spec).toEqual({ ca: { secretName: 'shop-ca' } });
    expect(only(objects, 'Certificate', 'shop-ca').spec).toMatchObject({ isCA: true, secretName: 'shop-ca' });
    expect(only(objects, 'Certificate', 'cache-tls').spec.isCA).toBeUndefined();
  });

  test('one for all of a cluster keeps its key with cert-manager, and issues where it is asked to', () => {
    const objects = manifests((chart) =>
      new PrivateCa(chart, 'Ca', { name: 'shop-ca', clusterNamespace: 'cert-manager' }).certificate('Cache', {
        secretName: 'cache-tls',
        dnsNames: ['cache'],
        namespace: 'caches',
      }),
    );
    const issuers = objects.filter(({ kind }) => kind === 'ClusterIssuer');
    expect(issuers.map(({ metadata }) => [metadata.name, metadata.namespace])).toEqual([
      ['shop-ca-root', undefined],
      ['shop-ca', undefined],
    ]);
    expect(only(objects, 'Certificate', 'shop-ca').metadata.namespace).toBe('cert-manager');
    expect(only(objects, 'Certificate', 'cache-tls').metadata.namespace).toBe('caches');
    expect(only(objects, 'Certificate', 'cache-tls').spec.issuerRef).toEqual({
      group: 'cert-manager.io',
      kind: 'ClusterIssuer',
      name: 'shop-ca',
    });
    expect(objects.some(({ kind }) => kind === 'Issuer')).toBe(false);
  });

  test('a renewed certificate has a new key', () => {
    expect(only(build(), 'Certificate', 'cache-tls').spec).toMatchObject({
      duration: '2160h',
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      dnsNames: ['*.cache'],
    });
  });

  const valid = { secretName: 'cache-tls', dnsNames: ['*.cache'] };
  const broken: [check: string, findings: readonly string[]][] = [
    ['private-ca-name-is-dns-label', ids(PrivateCa.inspect('ca', { name: 'Shop' }))],
    [
      'private-ca-namespace-is-dns-label',
      ids(PrivateCa.inspect('ca', { name: 'shop', clusterNamespace: 'Cert Manager' })),
    ],
    ['certificate-namespace-is-dns-label', ids(PrivateCa.inspectCertificate('ca', { ...valid, namespace: 'a.b' }))],
    ['certificate-secret-is-dns-label', ids(PrivateCa.inspectCertificate('ca', { ...valid, secretName: 'Cache' }))],
    ['certificate-names-a-host', ids(PrivateCa.inspectCertificate('ca', { ...valid, dnsNames: [] }))],
    [
      'certificate-lasts-an-hour',
      ids(PrivateCa.inspectCertificate('ca', { ...valid, lifetime: Duration.minutes(59) })),
    ],
    [
      'certificate-ends-before-its-authority',
      ids(PrivateCa.inspectCertificate('ca', { ...valid, lifetime: Duration.days(3650) })),
    ],
    ...['', 'a b', 'Cache', 'cache:6379', '*', '*.*.cache', 'cache.*', `${'a'.repeat(64)}.cache`].map(
      (name): [string, readonly string[]] => [
        'certificate-names-are-dns-names',
        ids(PrivateCa.inspectCertificate('ca', { ...valid, dnsNames: ['cache', name] })),
      ],
    ),
  ];

  test.each(broken)('%s fails', (check, findings) => expect(findings).toEqual([check]));

  test('the authority keeps its key, so that trust is never split', () => {
    expect(only(build(), 'Certificate', 'shop-ca').spec.privateKey.rotationPolicy).toBe('Never');
  });

  test('a day less than the authority is short enough', () => {
    expect(PrivateCa.inspectCertificate('ca', { ...valid, lifetime: Duration.days(3649) })).toEqual([]);
  });

  test('labels of 63 characters are names', () => {
    expect(PrivateCa.inspectCertificate('ca', { ...valid, dnsNames: [`*.${'a'.repeat(63)}.svc`] })).toEqual([]);
  });

  test('one hour is long enough', () => {
    expect(PrivateCa.inspectCertificate('ca', { ...valid, lifetime: Duration.hours(1) })).toEqual([]);
  });

  test('a refused certificate stops the build', () => {
    expect(refused(() => build([]))).toEqual(['certificate-names-a-host']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(PRIVATE_CA_CHECKS, CERTIFICATE_CHECKS));
  });
});
