import fc from 'fast-check';
import { configChecksum, fileMounts, fileVolumes } from '../../../lib/kubernetes/workload/mounts';

const secrets = [
  { secret: 'database', mountPath: '/etc/secrets/database' },
  { secret: 'database', mountPath: '/etc/other' },
];
const configs = [{ name: 'database', mountPath: '/etc/config' }];

describe('files of a pod', () => {
  test('a Secret and a ConfigMap of one name are two volumes, one mounted twice is one', () => {
    expect(fileVolumes(secrets, configs)).toEqual([
      { name: 'secret-database', secret: { secretName: 'database', defaultMode: 0o440 } },
      { name: 'config-database', configMap: { name: 'database', defaultMode: 0o440 } },
    ]);
  });

  test('every mount is read-only', () => {
    expect(fileMounts(secrets, configs)).toEqual([
      { name: 'secret-database', mountPath: '/etc/secrets/database', readOnly: true },
      { name: 'secret-database', mountPath: '/etc/other', readOnly: true },
      { name: 'config-database', mountPath: '/etc/config', readOnly: true },
    ]);
  });
});

describe('configChecksum', () => {
  const of = (content: Record<string, string>, name = 'config') =>
    configChecksum([{ name, mountPath: '/etc/config', content }]);

  test('content that is not known has none', () => {
    expect(configChecksum(configs)).toEqual({});
    expect(of({})).toEqual({});
  });

  test('it is the SHA-256 of the sorted lines', () => {
    // printf '["config","a","b"]' | sha256sum
    expect(of({ a: 'b' })).toEqual({
      'headroom.dev/config-checksum': 'f96c1838f0697e90db64c006ebbc4c7787a3abc7d9116b8b7f77a7f704735201',
    });
  });

  test('it moves with a value, a key and a name, also where they run together', () => {
    const all = [of({ a: 'b' }), of({ a: 'c' }), of({ ab: '' }), of({ '': 'ab' }), of({ a: 'b' }, 'other')];
    expect(new Set(all.map((annotations) => JSON.stringify(annotations))).size).toBe(5);
  });

  test('the order of keys does not matter', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (content) => {
        const reversed = Object.fromEntries(Object.entries(content).reverse());
        expect(of(reversed)).toEqual(of(content));
      }),
    );
  });
});
