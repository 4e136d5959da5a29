import { DataAwsSecretsmanagerSecret } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret';
import { EcrPullThroughCacheRule } from '@cdktf/provider-aws/lib/ecr-pull-through-cache-rule';
import { EcrRegistryPolicy } from '@cdktf/provider-aws/lib/ecr-registry-policy';
import { EcrRegistryScanningConfiguration } from '@cdktf/provider-aws/lib/ecr-registry-scanning-configuration';
import { EcrRepositoryCreationTemplate } from '@cdktf/provider-aws/lib/ecr-repository-creation-template';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, withDefaults } from '../../check';
import { upstreamOf } from '../../model';
import { Duration } from '../../units';
import { AwsAccount } from '../aws-account';
import { policyDocument } from '../policy';
import { IMAGE_REGISTRY_CHECKS, prefixOf } from './image-registry-checks';
import type { ImageRegistryPlan, ImageRegistryProps, PullThroughCache } from './image-registry-props';
import { elsewhere, ImageReplication, idOf } from './image-replication';
import { lifecyclePolicy } from './lifecycle';

const planned = (props: ImageRegistryProps): ImageRegistryPlan => ({
  ...withDefaults(
    {
      replicateTo: [],
      replicatedPrefixes: [],
      replicaKeyArns: {},
      scanning: 'basic',
      caches: [],
      pullers: [],
      releases: 100,
      after: [],
    },
    props,
  ),
  untagged: props.untagged ?? Duration.days(30),
});

/**
 * What the registry of an account and region does for all repositories: scan what is pushed, copy it to the region of the
 * standby, and fetch from public registries once, so that nodes come up when those are down or turn us away. There is one in
 * an account and region: make it in the bootstrap stack.
 *
 * **Upgrade.** Images from before are not copied: push them again, or copy them with `crane copy`. Copies are immutable from
 * the template on; repositories that exist in the other region keep what they have.
 *
 * **Destroy.** Repositories that the registry made, cached and copied ones, stay, and so does the key of the copies
 * (`prevent_destroy`): take it out of the state first.
 *
 * @example
 * new ImageRegistry(stack, 'Registry', {
 *   replicateTo: ['us-east-1'],
 *   replicatedPrefixes: ['acgs/'],
 *   caches: [
 *     { upstream: 'registry.k8s.io' },
 *     { upstream: 'docker.io', credentialsSecret: 'ecr-pullthroughcache/docker-hub' },
 *   ],
 *   pullers: [nodeRoleArn],
 * });
 */
export class ImageRegistry extends Construct {
  /** What is wrong with regions, caches and numbers; makes nothing. */
  static inspect(path: string, props: ImageRegistryProps): Finding[] {
    return inspect<ImageRegistryPlan>(path, planned(props), IMAGE_REGISTRY_CHECKS);
  }

  /** What images of each cached registry start with here, below the address of this registry: `docker-hub` for `docker.io`. */
  readonly cachePrefixes: Readonly<Record<string, string>>;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ImageRegistryProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, ImageRegistry.inspect(this.node.path, props));

    this.scan(plan);
    if (plan.replicateTo.length > 0) new ImageReplication(this, 'Copies', plan);
    for (const cache of plan.caches) this.cache(cache, plan);
    if (plan.caches.length > 0 && plan.pullers.length > 0) this.admit(plan);
    this.cachePrefixes = Object.fromEntries(plan.caches.map((cache) => [cache.upstream, prefixOf(cache)]));
  }

  private scan(plan: ImageRegistryPlan): void {
    const { scanning } = plan;
    new EcrRegistryScanningConfiguration(this, 'Scanning', {
      ...elsewhere(plan),
      scanType: scanning.toUpperCase(),
      rule: [
        {
          scanFrequency: scanning === 'enhanced' ? 'CONTINUOUS_SCAN' : 'SCAN_ON_PUSH',
          repositoryFilter: [{ filter: '*', filterType: 'WILDCARD' }],
        },
      ],
    });
  }

  /** Tags move upstream, so they move here. Keys of ours would need a role for each pull; what is public needs none. */
  private cache(cache: PullThroughCache, plan: ImageRegistryPlan): void {
    const prefix = prefixOf(cache);
    const place = new Construct(this, `Cache-${idOf(prefix)}`);
    const template = new EcrRepositoryCreationTemplate(place, 'Template', {
      ...elsewhere(plan),
      prefix,
      description: `Images of ${cache.upstream}`,
      appliedFor: ['PULL_THROUGH_CACHE'],
      imageTagMutability: 'MUTABLE',
      encryptionConfiguration: [{ encryptionType: 'AES256' }],
      lifecyclePolicy: lifecyclePolicy(plan),
    });
    const { credentialsSecret } = cache;
    new EcrPullThroughCacheRule(place, 'Resource', {
      ...elsewhere(plan),
      ecrRepositoryPrefix: prefix,
      upstreamRegistryUrl: upstreamOf(cache.upstream).url,
      ...(credentialsSecret !== undefined && {
        credentialArn: new DataAwsSecretsmanagerSecret(place, 'Credentials', {
          ...elsewhere(plan),
          name: credentialsSecret,
        }).arn,
      }),
      dependsOn: [template, ...plan.after],
    });
  }

  private admit(plan: ImageRegistryPlan): void {
    const account = AwsAccount.of(this);
    new EcrRegistryPolicy(this, 'Policy', {
      ...elsewhere(plan),
      policy: policyDocument([
        {
          sid: 'FirstPullFetches',
          principals: { AWS: plan.pullers },
          actions: ['ecr:CreateRepository', 'ecr:BatchImportUpstreamImage'],
          resources: plan.caches.map((cache) => account.arn('ecr', `repository/${prefixOf(cache)}/*`, plan.region)),
        },
      ]),
    });
  }
}
