import {
  type CiProviderProps,
  type CiRoleProps,
  LOG_WRITERS,
  type LogBucketsProps,
  logBucketName,
  type QuotaRequestsProps,
  type ServiceLinkedRolesProps,
  type StateBucketProps,
} from '../../aws';
import { userSecretName } from '../../aws/cache/redis-replication-group-props';
import { drawnSecretName } from '../../aws/database/postgres-database-props';
import type { Statement } from '../../aws/policy';
import {
  type AccountQuotas,
  type AccountSpec,
  cacheSecret,
  clusterName,
  databaseSecret,
  environmentsOf,
  homeRegions,
  isInstance,
  isReplicationGroup,
  logBucketPrefix,
  MASTER_ROLE,
  type PlatformSpec,
  pipelineRoleName,
  QUOTA_NAMES,
  regionsOf,
  secretRoot,
  serviceQuota,
  stateBucketsOf,
} from '../../model';
import { karpenterInstanceProfile } from '../../model/capacity/karpenter';
import type { AwsStackProps } from '../aws-stack';

/** Where the stack of an account is applied. */
export const accountPlace = (platform: string, { name, id, region, state, tags }: AccountSpec): AwsStackProps => ({
  account: id,
  region,
  state,
  tags: { ...tags, platform, account: name, stack: 'account' },
});

/** Buckets of logs, one set in each region: for everything where environments run, for other buckets elsewhere. */
export const planLogs = (platform: PlatformSpec, account: AccountSpec): (LogBucketsProps & { region: string })[] =>
  regionsOf(platform, account).map((region) => ({
    name: logBucketPrefix(platform.name, account.id, region),
    region,
    writers: homeRegions(platform, account).includes(region) ? LOG_WRITERS : ['s3'],
  }));

/** Buckets of states with their copies. A copy is named after what it is of: the region alone could be another's. */
export const planStates = (platform: PlatformSpec, account: AccountSpec): StateBucketProps[] =>
  stateBucketsOf(platform, account).map(({ bucket, region, copyRegion }) => ({
    name: bucket,
    region,
    accessLogs: { bucket: recordsOf(platform, account, region) },
    ...(copyRegion !== undefined && {
      replicaRegion: copyRegion,
      replicaName: `${bucket}-copy`,
      replicaAccessLogs: { bucket: recordsOf(platform, account, copyRegion) },
    }),
  }));

/** Name of the bucket that records who asked what of the others in a region. */
const recordsOf = ({ name }: PlatformSpec, { id }: AccountSpec, region: string): string =>
  logBucketName(logBucketPrefix(name, id, region), 's3');

/** Roles of AWS' services, but for those that the account has. */
export const planServiceRoles = ({ existingRoles }: AccountSpec): ServiceLinkedRolesProps =>
  existingRoles === undefined ? {} : { existing: existingRoles };

/** Requests by region, for what AWS does not grant unasked and can grant at all. */
export const planQuotaRequests = ({ quotas = {} }: AccountSpec): (QuotaRequestsProps & { region: string })[] =>
  Object.entries(quotas).flatMap(([region, values]) => {
    const asked = QUOTA_NAMES.filter((name) => isAsked(values, name));
    return asked.length === 0
      ? []
      : [{ region, quotas: Object.fromEntries(asked.map((name) => [name, values[name] ?? 0])) }];
  });

const isAsked = (values: AccountQuotas, name: (typeof QUOTA_NAMES)[number]): boolean =>
  serviceQuota(name).code !== undefined && (values[name] ?? 0) > serviceQuota(name).default;

/** Whose tokens the account believes. */
export const planProvider = ({ pipeline }: AccountSpec): CiProviderProps | undefined =>
  pipeline && {
    kind: pipeline.kind,
    ...(pipeline.host !== undefined && { host: pipeline.host }),
    ...(pipeline.providerExists !== undefined && { exists: pipeline.providerExists }),
  };

/** What other parts of the stack make; for inspection stand-ins serve. */
export type PipelinePlace = Pick<CiRoleProps, 'provider' | 'states'> & {
  /** Policy that bounds each role which an apply makes. */
  readonly roleBoundaryArn: string;
  /** Makes an ARN of this account in a region. */
  readonly arn: (service: string, resource: string, region: string) => string;
};

/** Roles that plan and apply what the account's environments are made of. */
export function planPipelineRoles(
  platform: PlatformSpec,
  account: AccountSpec,
  { provider, states, roleBoundaryArn, arn }: PipelinePlace,
): CiRoleProps[] {
  const { pipeline } = account;
  if (pipeline === undefined) return [];
  const common = {
    provider,
    source: pipeline.source,
    states,
    regions: regionsOf(platform, account),
    secretArns: readSecrets(platform, account).map(({ name, region }) =>
      arn('secretsmanager', `secret:${name}-*`, region),
    ),
  };
  const profiles = environmentsOf(platform, account)
    .filter(({ cluster }) => cluster.karpenter)
    .map(({ name }) => karpenterInstanceProfile(clusterName(platform.name, name)))
    .map((name) => arn('iam', `instance-profile/${name}`, ''));
  return [
    { ...common, name: pipelineRoleName(platform.name, 'plan'), purpose: 'plan' },
    {
      ...common,
      name: pipelineRoleName(platform.name, 'apply'),
      purpose: 'apply',
      roleBoundaryArn,
      statements: makeProfiles(profiles),
      ...(pipeline.applyJobs && { jobs: pipeline.applyJobs }),
      ...(pipeline.permissionsBoundaryArn !== undefined && {
        permissionsBoundaryArn: pipeline.permissionsBoundaryArn,
      }),
    },
  ];
}

/** Profiles of nodes that Karpenter makes have names of their own, where all others are drawn. */
const makeProfiles = (profiles: readonly string[]): Statement[] =>
  profiles.length === 0
    ? []
    : [
        {
          sid: 'MakeNodeProfiles',
          actions: [
            'iam:AddRoleToInstanceProfile',
            'iam:CreateInstanceProfile',
            'iam:DeleteInstanceProfile',
            'iam:GetInstanceProfile',
            'iam:RemoveRoleFromInstanceProfile',
            'iam:TagInstanceProfile',
            'iam:UntagInstanceProfile',
          ],
          resources: profiles,
        },
      ];

/** Secrets that each run of Terraform opens, to write what it knows into others: by name and region. */
const readSecrets = (platform: PlatformSpec, account: AccountSpec): { name: string; region: string }[] =>
  environmentsOf(platform, account).flatMap(({ name, region, databases, caches }) => {
    const root = secretRoot(platform.name, name);
    return [
      ...databases
        .filter(isInstance)
        .map((one) => drawnSecretName({ secretName: databaseSecret(root, one.name, MASTER_ROLE) })),
      ...caches.filter(isReplicationGroup).map((one) => userSecretName({ secretName: cacheSecret(root, one.name) })),
    ].map((secret) => ({ name: secret, region }));
  });
