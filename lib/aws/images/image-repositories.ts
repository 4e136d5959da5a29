import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { EcrRepositoryPolicy } from '@cdktf/provider-aws/lib/ecr-repository-policy';
import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect, isWholeWithin, withDefaults } from '../../check';
import { Duration } from '../../units';
import { AwsAccount } from '../aws-account';
import { policyDocument } from '../policy';
import { EncryptionKey } from '../secrets/encryption-key';
import { lifecyclePolicy } from './lifecycle';
import { isRepositoryName } from './repository-name';

/** Where our images are kept. */
export interface ImageRepositoriesProps {
  /** Names of the repositories (distinct, at least one): `acgs/auth-service`. Another name is another repository. */
  readonly repositories: readonly string[];
  /** Region to make them in. @default - the stack's */
  readonly region?: string;
  /** ARN of the key of all images. It cannot change later. @default - an own key with the alias `keyAlias` */
  readonly keyArn?: string;
  /** Alias of the own key, without `alias/`. @default 'ecr/images' */
  readonly keyAlias?: string;
  /** Releases that stay in each repository (10-10000): those that run, and those to roll back to. @default 100 */
  readonly releases?: number;
  /** How long images without a tag stay (whole days, 1-3650). @default Duration.days(7) */
  readonly untagged?: Duration;
  /** Accounts that pull (12 digits each, distinct): those of other stages. @default - this account only */
  readonly pullingAccounts?: readonly string[];
  /** Whether a repository goes with its images. Without, ECR refuses to delete one that holds any. @default false */
  readonly emptiedOnDestroy?: boolean;
}

type Optional = 'keyArn' | 'region';
type Plan = Required<Omit<ImageRepositoriesProps, Optional>> & Pick<ImageRepositoriesProps, Optional>;

const wrongNames = ({ repositories }: Plan): string[] => [
  ...repositories.filter((name) => !isRepositoryName(name)),
  ...duplicates(repositories),
];

/** What is asked of repositories. */
export const IMAGE_REPOSITORY_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'image-repositories-have-names',
    prop: 'repositories',
    holds: (plan) => plan.repositories.length > 0 && wrongNames(plan).length === 0,
    rule: 'must be distinct names of 2-256 lower-case letters and digits, joined by . _ - or /, at least one',
    received: (plan) => (plan.repositories.length === 0 ? 'none' : wrongNames(plan)),
    remedy: 'use the platform and the service: acgs/auth-service',
  },
  {
    id: 'image-repositories-keep-releases',
    prop: 'releases',
    holds: ({ releases }) => isWholeWithin(releases, 10, 10_000),
    rule: 'must be 10 to 10000',
    remedy: 'use 100: an image that still runs somewhere must not be the oldest',
  },
  {
    id: 'image-repositories-forget-in-days',
    prop: 'untagged',
    holds: ({ untagged }) => isWholeWithin(untagged.inMillis / Duration.days(1).inMillis, 1, 3650),
    rule: 'must be 1 to 3650 whole days',
    remedy: 'use 7 days',
  },
  {
    id: 'image-repositories-accounts-are-ids',
    prop: 'pullingAccounts',
    holds: ({ pullingAccounts }) =>
      pullingAccounts.every((account) => /^\d{12}$/.test(account)) && duplicates(pullingAccounts).length === 0,
    rule: 'must be distinct account ids of 12 digits',
    remedy: 'leave out this account, which may pull anyway',
  },
];

const planned = (props: ImageRepositoriesProps): Plan => ({
  ...withDefaults({ keyAlias: 'ecr/images', releases: 100, pullingAccounts: [], emptiedOnDestroy: false }, props),
  untagged: props.untagged ?? Duration.days(7),
});

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] as const;

/**
 * Repositories of our own images: a tag is never moved, every image is scanned when it is pushed and encrypted with one key,
 * and old ones go. Copies in another region are made by an `ImageRegistry`.
 *
 * **Upgrade.** A repository that is added is empty: push before a manifest names it. The number of releases is counted by
 * the age of tags, so that a release that stays for long while others come and go needs a higher number.
 *
 * **Destroy.** ECR refuses while images are left, unless `emptiedOnDestroy`. The own key stays (`prevent_destroy`) while the
 * repositories do: take it out of the state last.
 *
 * @example
 * new ImageRepositories(stack, 'Images', { repositories: ['acgs/auth-service', 'acgs/audit-service'] });
 */
export class ImageRepositories extends Construct {
  /** What is wrong with names, numbers and accounts; makes nothing. */
  static inspect(path: string, props: ImageRepositoriesProps): Finding[] {
    const plan = planned(props);
    return [
      ...inspect<Plan>(path, plan, IMAGE_REPOSITORY_CHECKS),
      ...(plan.keyArn === undefined ? EncryptionKey.inspect(`${path}/Key`, keyOf(plan)) : []),
    ];
  }

  /** URLs by name, as `docker push` takes them: references. */
  readonly urls: Readonly<Record<string, string>>;
  /** ARNs by name, for policies. */
  readonly arns: Readonly<Record<string, string>>;
  /** ARN of the key of all images. */
  readonly keyArn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ImageRepositoriesProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, ImageRepositories.inspect(this.node.path, props));

    this.keyArn = plan.keyArn ?? new EncryptionKey(this, 'Key', keyOf(plan)).arn;
    const made = plan.repositories.map((name) => [name, this.repository(name, plan)] as const);
    this.urls = Object.fromEntries(made.map(([name, { repositoryUrl }]) => [name, repositoryUrl]));
    this.arns = Object.fromEntries(made.map(([name, { arn }]) => [name, arn]));
  }

  private repository(name: string, plan: Plan): EcrRepository {
    const place = new Construct(this, name.replaceAll('/', '--'));
    const elsewhere = plan.region === undefined ? {} : { region: plan.region };
    const repository = new EcrRepository(place, 'Resource', {
      ...elsewhere,
      name,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: this.keyArn }],
      forceDelete: plan.emptiedOnDestroy,
    });
    new EcrLifecyclePolicy(place, 'Lifecycle', {
      ...elsewhere,
      repository: repository.name,
      policy: lifecyclePolicy(plan),
    });
    if (plan.pullingAccounts.length > 0) {
      const { partition } = AwsAccount.of(this);
      new EcrRepositoryPolicy(place, 'Policy', {
        ...elsewhere,
        repository: repository.name,
        policy: policyDocument([
          {
            sid: 'OtherAccountsPull',
            principals: { AWS: plan.pullingAccounts.map((account) => `arn:${partition}:iam::${account}:root`) },
            actions: PULL,
          },
        ]),
      });
    }
    return repository;
  }
}

const keyOf = ({ keyAlias, region }: Plan) => ({
  ...(region !== undefined && { region }),
  alias: keyAlias,
  description: 'Container images of the account',
  keptOnDestroy: true,
});
