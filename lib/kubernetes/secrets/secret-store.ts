import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, isRegion } from '../../check';
import { clusterScoped } from '../cluster-scoped';
import type { Labels } from '../labels';

/** A store as external secrets name it. */
export interface StoreReference {
  /** `SecretStore` serves its own namespace alone, `ClusterSecretStore` those it allows. */
  readonly kind: 'SecretStore' | 'ClusterSecretStore';
  /** Name of the store. */
  readonly name: string;
}

/** Where secrets are read from, and by which namespaces. */
export interface SecretStoreProps {
  /** DNS label. */
  readonly name: string;
  /** AWS region of the secrets, for example `us-west-2`. */
  readonly region: string;
  /** Namespace of a SecretStore (DNS label). @default - that of the chart */
  readonly namespace?: string;
  /** Namespaces that may use it, which makes it a ClusterSecretStore. @default - a SecretStore for its own namespace */
  readonly namespaces?: readonly string[];
  /** Labels of the store. @default - none */
  readonly labels?: Labels;
}

/** What is said about a store. */
export const SECRET_STORE_CHECKS: readonly Check<SecretStoreProps>[] = [
  {
    id: 'secret-store-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as aws',
  },
  {
    id: 'secret-store-stands-in-one-namespace',
    prop: 'namespace',
    holds: ({ namespace, namespaces }) =>
      namespace === undefined || (namespaces === undefined && isDnsLabel(namespace)),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens, and left out where namespaces are listed',
    remedy: 'use a name such as monitoring',
  },
  {
    id: 'secret-store-region-is-a-region',
    prop: 'region',
    holds: ({ region }) => isRegion(region),
    rule: 'must be an AWS region such as us-west-2',
    remedy: 'leave out the letter of the zone',
  },
  {
    id: 'secret-store-names-namespaces',
    prop: 'namespaces',
    holds: ({ namespaces }) => namespaces === undefined || (namespaces.length > 0 && namespaces.every(isDnsLabel)),
    rule: 'must name at least one namespace: without any, every namespace could read every secret',
    remedy: 'list the namespaces, or leave it out',
  },
];

/** Fields of the custom resource that we write. */
interface SecretStoreSpec {
  readonly provider: { readonly aws: { readonly service: 'SecretsManager'; readonly region: string } };
  readonly conditions?: readonly { readonly namespaces: readonly string[] }[];
}

/**
 * AWS Secrets Manager as a source of Secrets, read with the identity of the External Secrets controller: a Pod Identity
 * association on the AWS side says which secrets that may be, so no credential and no ARN stands here.
 *
 * @example
 * const store = new SecretStore(chart, 'Store', {
 *   name: 'aws',
 *   region: 'us-west-2',
 *   namespaces: ['shop'],
 * });
 * new ExternalSecret(chart, 'Database', { name: 'database', store: store.reference, from: 'shop/database' });
 */
export class SecretStore extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: SecretStoreProps): Finding[] {
    return inspect(path, props, SECRET_STORE_CHECKS);
  }

  /** What external secrets refer to. */
  readonly reference: StoreReference;

  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    super(scope, id);
    const { name, region, namespace, namespaces, labels = {} } = props;
    enforce(this, SecretStore.inspect(this.node.path, props));

    this.reference = { kind: namespaces === undefined ? 'SecretStore' : 'ClusterSecretStore', name };
    const spec: SecretStoreSpec = {
      provider: { aws: { service: 'SecretsManager', region } },
      ...(namespaces === undefined ? {} : { conditions: [{ namespaces }] }),
    };
    const object = new ApiObject(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: this.reference.kind,
      metadata: { name, labels, ...(namespace && { namespace }) },
      spec,
    });
    if (namespaces !== undefined) clusterScoped(object);
  }
}
