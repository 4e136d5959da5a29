import type { Facts } from '../facts';
import { groupOf } from '../facts/view';
import { at, listAt, pointerTo, textAt } from '../members';
import { isSameNamespace } from '../rules/behind';
import type { Json, KubernetesObject } from '../source';

/** A secret of AWS that an object asks for by name. */
export interface SecretKey {
  readonly key: string;
  /** Undefined where the store was not given. */
  readonly service: 'SecretsManager' | 'ParameterStore' | undefined;
  readonly pointer: string;
}

/** Keys that an ExternalSecret or a SecretProviderClass asks AWS for; none of other stores. */
export function secretKeysOf(facts: Facts): (object: KubernetesObject) => readonly SecretKey[] {
  const stores = facts.objects.filter(({ kind }) => kind === 'SecretStore' || kind === 'ClusterSecretStore');
  const byName = new Map<string, KubernetesObject[]>();
  for (const store of stores) byName.set(store.name, [...(byName.get(store.name) ?? []), store]);
  return (object) => {
    const group = groupOf(object.apiVersion);
    if (object.kind === 'ExternalSecret' && group === 'external-secrets.io') return external(object);
    return object.kind === 'SecretProviderClass' && group === 'secrets-store.csi.x-k8s.io' ? provided(object) : [];
  };

  function external({ value, namespace }: KubernetesObject): SecretKey[] {
    const service = serviceOf(at(value, 'spec', 'secretStoreRef'), namespace);
    if (service === 'other') return [];
    const key = (holder: Json | undefined, pointer: string): SecretKey[] => {
      const name = textAt(holder, 'key');
      return name === undefined || /[${]/.test(name) ? [] : [{ key: plain(name), service, pointer: `${pointer}/key` }];
    };
    return [
      ...listAt(value, 'spec', 'data').flatMap((one, index) =>
        key(at(one, 'remoteRef'), pointerTo('spec', 'data', index, 'remoteRef')),
      ),
      ...listAt(value, 'spec', 'dataFrom').flatMap((one, index) =>
        key(at(one, 'extract'), pointerTo('spec', 'dataFrom', index, 'extract')),
      ),
    ];
  }

  function serviceOf(reference: Json | undefined, namespace: string | undefined): SecretKey['service'] | 'other' {
    const kind = textAt(reference, 'kind') ?? 'SecretStore';
    const store = (byName.get(textAt(reference, 'name') ?? '') ?? []).find(
      (one) => one.kind === kind && (kind === 'ClusterSecretStore' || isSameNamespace(one.namespace, namespace)),
    );
    if (store === undefined) return undefined;
    const service = textAt(store.value, 'spec', 'provider', 'aws', 'service');
    return service === 'SecretsManager' || service === 'ParameterStore' ? service : 'other';
  }
}

/** Objects of the provider for AWS are YAML in a text. */
function provided({ value }: KubernetesObject): SecretKey[] {
  if (textAt(value, 'spec', 'provider') !== 'aws') return [];
  const items = (textAt(value, 'spec', 'parameters', 'objects') ?? '').split(/^\s*-\s/m);
  return items.flatMap((item): SecretKey[] => {
    const word = (name: string): string | undefined => new RegExp(`${name}:\\s*["']?([^"'\\s]+)`).exec(item)?.[1];
    const [name, type] = [word('objectName'), word('objectType')];
    if (name === undefined || /[${]/.test(name)) return [];
    const isParameter = type === 'ssmparameter' || name.includes(':ssm:');
    const service = isParameter ? 'ParameterStore' : 'SecretsManager';
    return [{ key: plain(name), service, pointer: '/spec/parameters/objects' }];
  });
}

/** The name inside an ARN, without the six characters that Secrets Manager adds. */
function plain(key: string): string {
  const [, secret] = /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(key) ?? [];
  const [, parameter] = /^arn:[^:]+:ssm:[^:]*:[^:]*:parameter(\/.+)$/.exec(key) ?? [];
  return secret?.replace(/-[A-Za-z0-9]{6}$/, '') ?? parameter ?? key;
}
