import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import {
  EXTERNAL_SECRET_CHECKS,
  type ExternalSecretProps,
  externalSecretPlan,
  mergedSources,
} from './external-secret-props';
import type { StoreReference } from './secret-store';

/** Fields of the custom resource that we write. */
interface ExternalSecretSpec {
  readonly refreshInterval: string;
  readonly secretStoreRef: StoreReference;
  readonly target: {
    readonly name: string;
    readonly creationPolicy: 'Owner';
    readonly deletionPolicy: 'Retain';
    readonly template?: { readonly engineVersion: 'v2'; readonly data: Readonly<Record<string, string>> };
  };
  readonly data: readonly {
    readonly secretKey: string;
    readonly remoteRef: { readonly key: string; readonly property?: string };
  }[];
  readonly dataFrom: readonly { readonly extract: { readonly key: string } }[];
}

/**
 * A Secret that follows one in AWS Secrets Manager, so that no manifest ever holds its value.
 * It goes with this object, but stays with its last value should the source disappear.
 *
 * @example
 * const store = new SecretStore(chart, 'Store', { name: 'aws', region: 'us-west-2' });
 * new ExternalSecret(chart, 'Database', {
 *   name: 'database',
 *   store: store.reference,
 *   from: 'shop/production/database',
 * });
 *
 * @example
 * // user and password of the primary, host and port of the replica next to the reader
 * const store = new SecretStore(chart, 'Store', { name: 'aws', region: 'eu-central-1' });
 * new ExternalSecret(chart, 'Database', {
 *   name: 'database',
 *   store: store.reference,
 *   from: ['shop/production/main/api', 'shop/production-eu/main/endpoint'],
 * });
 */
export class ExternalSecret extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: ExternalSecretProps): Finding[] {
    return inspect(path, externalSecretPlan(props), EXTERNAL_SECRET_CHECKS);
  }

  /** Name of the Secret in the cluster. */
  readonly secretName: string;

  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    const plan = externalSecretPlan(props);
    enforce(this, ExternalSecret.inspect(this.node.path, props));

    this.secretName = plan.name;
    const spec: ExternalSecretSpec = {
      refreshInterval: `${plan.refreshEvery.toSeconds()}s`,
      secretStoreRef: plan.store,
      target: {
        name: plan.name,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        ...(plan.content && { template: { engineVersion: 'v2', data: plan.content } }),
      },
      data: Object.entries(plan.keys).map(([secretKey, { secret, field }]) => ({
        secretKey,
        remoteRef: { key: secret, ...(field === undefined ? {} : { property: field }) },
      })),
      dataFrom: mergedSources(plan).map((key) => ({ extract: { key } })),
    };
    new ApiObject(this, 'Resource', {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: plan.name, labels: plan.labels, ...(plan.namespace && { namespace: plan.namespace }) },
      spec,
    });
  }
}
