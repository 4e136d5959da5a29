import type { UpstreamName } from '../images/upstreams';
import type { StateBackend } from '../state-backend';
import type { LinkedService } from './linked-services';
import type { PipelineSpec } from './pipeline';
import type { AccountQuotas } from './quotas';

/** An AWS account of a platform, made ready before any environment is. */
export interface AccountSpec {
  /** DNS label, unique in its platform: `production`. */
  readonly name: string;
  /** AWS account id (12 digits). Its environments are those with this id. */
  readonly id: string;
  /**
   * Region that its stack is applied in: the standby's, where there is one, for what must be changed when a region is lost
   * must not be in that region. What it makes in other regions names them.
   */
  readonly region: string;
  /**
   * Where Terraform keeps what it knows of the account, in the same region. A bucket is one that this stack makes: the first
   * run starts with a local state and moves it there.
   */
  readonly state: StateBackend;
  /**
   * Region that gets copies of the states that are kept in others (another than those of its only environments).
   * @default - the first other region of its environments; none where all are in one, with a warning
   */
  readonly copyRegion?: string;
  /** Pipelines that deploy its environments; their states are in buckets. @default - none: people deploy */
  readonly pipeline?: PipelineSpec;
  /**
   * Quotas by region, as Service Quotas is to show them ("applied account-level quota value", whole numbers). Those above what
   * AWS grants unasked are asked for. @default - what AWS grants unasked
   */
  readonly quotas?: Readonly<Record<string, AccountQuotas>>;
  /** Services whose role exists already, of an account in use (`aws iam list-roles --path-prefix /aws-service-role/`). @default - none */
  readonly existingRoles?: readonly LinkedService[];
  /**
   * Names of secrets with user and token for public registries that ask who, in each region whose environments use a cache
   * of theirs: made by hand, starting with `ecr-pullthroughcache/`.
   * @default - ecr-pullthroughcache/docker-hub and ecr-pullthroughcache/github
   */
  readonly registrySecrets?: Readonly<Partial<Record<UpstreamName, string>>>;
  /**
   * Keys of tags that its bill is broken down by (`platform`, `environment`, `stack`), of the account that pays. AWS refuses
   * keys that no resource has carried for a day: add them once something runs. @default - none
   */
  readonly costTags?: readonly string[];
  /** Tags of every resource of its stack, beside platform, account, stack, managed-by. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}
