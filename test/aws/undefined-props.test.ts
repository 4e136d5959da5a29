import type { TerraformStack } from 'cdktf';
import {
  AccessHost,
  type AccessHostProps,
  ArgoCd,
  type ArgoCdProps,
  ClusterAccess,
  type ClusterAccessProps,
  ClusterAddons,
  type ClusterAddonsProps,
  EksCluster,
  type EksClusterProps,
  EncryptionKey,
  type EncryptionKeyProps,
  LogGroup,
  type LogGroupProps,
  Network,
  type NetworkProps,
  NodeGroup,
  type NodeGroupProps,
  PasswordSecret,
  type PasswordSecretProps,
  PodIdentityAssociation,
  type PodIdentityAssociationProps,
  PostgresDatabase,
  type PostgresDatabaseProps,
  PostgresParameterGroup,
  type PostgresParameterGroupProps,
  PostgresReplica,
  type PostgresReplicaProps,
  PostgresRoleSecrets,
  type PostgresRoleSecretsProps,
  RedisReplicationGroup,
  type RedisReplicationGroupProps,
  ServiceRole,
  type ServiceRoleProps,
} from '../../lib/aws';
import type { Finding } from '../../lib/check';
import { CACHE } from '../support/cache';
import { INSTANCE } from '../support/postgres';
import { STANDBY } from '../support/postgres-replica';
import { terraform } from '../support/terraform';

type OptionalKey<P> = { [K in keyof P]-?: object extends Pick<P, K> ? K : never }[keyof P];

/** Every optional prop by name: the compiler asks for those that are added later. */
type Optional<P> = Readonly<Record<OptionalKey<P>, undefined>>;

/** What is given in either case: all that must be, and what may be. */
type Given<P> = Omit<P, OptionalKey<P>> & Partial<P>;

interface Row {
  readonly it: string;
  /** Findings and resources, with optional props left out or given as undefined. */
  readonly seen: (given: boolean) => { readonly findings: readonly Finding[]; readonly json: unknown };
}

const row = <P>(
  construct: {
    new (stack: TerraformStack, id: string, props: P): unknown;
    readonly name: string;
    readonly inspect?: (path: string, props: P) => Finding[];
  },
  required: (stack: TerraformStack) => Given<P>,
  optional: Optional<P>,
): Row => ({
  it: construct.name,
  seen: (given) => {
    let findings: readonly Finding[] = [];
    const json = terraform((stack) => {
      const props = { ...(given ? optional : {}), ...required(stack) } as unknown as P;
      findings = construct.inspect?.('Subject', props) ?? [];
      new construct(stack, 'Subject', props);
    });
    return { findings, json };
  },
});

const key = (stack: TerraformStack) =>
  new EncryptionKey(stack, 'GivenKey', { alias: 'given', description: 'Given', users: ['logs'] });

const { maxStorage: _storage, backupRetention: _retention, ...DATABASE } = INSTANCE;

const general = { name: 'general', instanceTypes: ['m5.xlarge'], min: 3, max: 20, desired: 6 };

const network = {
  vpcId: 'vpc-1',
  cidr: '10.0.0.0/16',
  zones: ['us-west-2a', 'us-west-2b'],
  privateSubnetIds: ['subnet-a', 'subnet-b'],
  s3PrefixListId: undefined,
};

const rows: readonly Row[] = [
  row<EncryptionKeyProps>(EncryptionKey, () => ({ alias: 'a', description: 'A' }), {
    region: undefined,
    users: undefined,
    sharedWith: undefined,
    deletionWindow: undefined,
    keptOnDestroy: undefined,
  }),
  row<LogGroupProps>(LogGroup, (stack) => ({ name: '/a', key: key(stack) }), { retention: undefined }),
  row<ServiceRoleProps>(ServiceRole, () => ({ service: 'eks.amazonaws.com', description: 'A' }), {
    ownAccountOnly: undefined,
    requestTags: undefined,
    managedPolicies: undefined,
    statements: undefined,
  }),
  row<PasswordSecretProps>(PasswordSecret, (stack) => ({ name: 'a', description: 'A', key: key(stack) }), {
    version: undefined,
    recoveryWindow: undefined,
    fields: undefined,
    password: undefined,
    renewedBy: undefined,
  }),
  row<NetworkProps>(
    Network,
    () => ({ name: 'shop', cidr: '10.0.0.0/16', zones: ['us-west-2a', 'us-west-2b'], nat: 'per-zone' }),
    {
      interfaceEndpoints: undefined,
      podAddressesPerZone: undefined,
      clusterName: undefined,
      gatewayEndpoints: undefined,
      trustedAccounts: undefined,
      flowLogInterval: undefined,
      flowLogRetention: undefined,
      key: undefined,
    },
  ),
  row<AccessHostProps>(
    AccessHost,
    () => ({
      name: 'access',
      vpcId: 'vpc-1',
      subnetId: 'subnet-a',
      clusterSecurityGroupId: 'sg-1',
      reaches: ['10.0.0.0/16'],
    }),
    { s3PrefixListId: undefined },
  ),
  row<ClusterAccessProps>(
    ClusterAccess,
    () => ({
      clusterName: 'acgs',
      adminPrincipals: ['arn:aws:iam::123456789012:role/operators'],
      deployPrincipals: ['arn:aws:iam::123456789012:role/pipeline'],
    }),
    { deployNamespaces: undefined },
  ),
  row<ClusterAddonsProps>(ClusterAddons, () => ({ clusterName: 'acgs', version: '1.35' }), {
    addonVersions: undefined,
    volumeKey: undefined,
  }),
  ...[
    { statements: [{ sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] }] },
    { managedPolicies: ['AmazonS3ReadOnlyAccess'] },
  ].map((rights) =>
    row<PodIdentityAssociationProps>(
      PodIdentityAssociation,
      () => ({ clusterName: 'acgs', namespace: 'acgs', serviceAccount: 'auth', ...rights }),
      { statements: undefined, managedPolicies: undefined },
    ),
  ),
  row<NodeGroupProps>(
    NodeGroup,
    () => ({
      ...general,
      cluster: { name: 'acgs', version: '1.35', securityGroupId: 'sg-1', nodeRoleArn: 'arn:role' },
      subnetIds: ['subnet-a', 'subnet-b'],
      zoneNames: ['us-west-2a', 'us-west-2b'],
    }),
    {
      capacity: undefined,
      rootVolume: undefined,
      labels: undefined,
      taints: undefined,
      zones: undefined,
      autoscaler: undefined,
      maxUnavailable: undefined,
      releaseVersion: undefined,
      rootVolumeKey: undefined,
      tags: undefined,
    },
  ),
  row<EksClusterProps>(
    EksCluster,
    () => ({
      name: 'acgs',
      network,
      apiAccess: { through: 'session-manager' },
      adminPrincipals: ['arn:aws:iam::123456789012:role/operators'],
      deployPrincipals: ['arn:aws:iam::123456789012:role/pipeline'],
      asOf: '2026-11-21',
    }),
    {
      version: undefined,
      supportType: undefined,
      autoscaler: undefined,
      addonVersions: undefined,
      volumeKey: undefined,
      deployNamespaces: undefined,
      nodeGroups: undefined,
      stage: undefined,
      logRetention: undefined,
      key: undefined,
      accessHostReaches: undefined,
      nodeSessions: undefined,
      tags: undefined,
    },
  ),
  row<PostgresParameterGroupProps>(
    PostgresParameterGroup,
    () => ({ namePrefix: 'acgs', major: '15', maxConnections: 100 }),
    { parameters: undefined },
  ),
  row<PostgresDatabaseProps>(PostgresDatabase, () => DATABASE, {
    kind: undefined,
    allowExtendedSupport: undefined,
    maxStorage: undefined,
    iops: undefined,
    throughputMibps: undefined,
    multiAz: undefined,
    port: undefined,
    backupRetention: undefined,
    deletionProtection: undefined,
    parameters: undefined,
    key: undefined,
    credentials: undefined,
    masterUsername: undefined,
    secretPrefix: undefined,
    secretName: undefined,
    passwordVersion: undefined,
    roles: undefined,
    rolePasswordVersion: undefined,
    secretRecoveryWindow: undefined,
    secretReplicas: undefined,
    readReplicas: undefined,
    backupWindow: undefined,
    maintenanceWindow: undefined,
    finalSnapshot: undefined,
    insights: undefined,
    monitoringInterval: undefined,
    logRetention: undefined,
    allowMajorVersionUpgrade: undefined,
  }),
  ...[{}, { source: { identifier: 'acgs-production-main', region: 'us-east-1' }, inSourceRegion: true }].map(
    ({ inSourceRegion = false, ...place }) =>
      row<PostgresReplicaProps>(
        PostgresReplica,
        (stack) => ({ ...STANDBY, ...place, ...(inSourceRegion && { key: key(stack) }) }),
        {
          backupRetention: undefined,
          backupWindow: undefined,
          deletionProtection: undefined,
          endpointSecretName: undefined,
          established: undefined,
          finalSnapshot: undefined,
          insights: undefined,
          key: undefined,
          logRetention: undefined,
          maintenanceWindow: undefined,
          maxStorage: undefined,
          monitoringInterval: undefined,
          multiAz: undefined,
          parameters: undefined,
          port: undefined,
          promoted: undefined,
          secretRecoveryWindow: undefined,
        },
      ),
  ),
  row<PostgresRoleSecretsProps>(
    PostgresRoleSecrets,
    (stack) => ({
      identifier: 'shop-development-main',
      host: 'main.shop.svc',
      databaseName: 'shop',
      key: key(stack),
      roles: ['api'],
    }),
    {
      masterUsername: undefined,
      passwordVersion: undefined,
      port: undefined,
      rolePasswordVersion: undefined,
      roles: undefined,
      secretName: undefined,
      secretPrefix: undefined,
      secretRecoveryWindow: undefined,
      secretReplicas: undefined,
    },
  ),
  ...[{}, { shards: 3 }].map((shape) =>
    row<RedisReplicationGroupProps>(RedisReplicationGroup, () => ({ ...CACHE, ...shape }), {
      acceptedPasswords: undefined,
      allowExtendedSupport: undefined,
      changes: undefined,
      clusterMode: undefined,
      deletionProtection: undefined,
      engine: undefined,
      eviction: undefined,
      finalSnapshot: undefined,
      idleTimeout: undefined,
      key: undefined,
      keyspaceEvents: undefined,
      logRetention: undefined,
      maintenanceWindow: undefined,
      minReplicasToWrite: undefined,
      multiAz: undefined,
      notificationTopicArn: undefined,
      passwordVersion: undefined,
      port: undefined,
      replicasPerShard: undefined,
      reservedMemory: undefined,
      secretRecoveryWindow: undefined,
      shards: undefined,
      snapshotRetention: undefined,
      snapshotWindow: undefined,
      tags: undefined,
      version: undefined,
    }),
  ),
  row<ArgoCdProps>(ArgoCd, () => ({ clusterName: 'acgs', region: 'us-west-2' }), {
    chartVersion: undefined,
    namespace: undefined,
    stage: undefined,
    timeout: undefined,
    values: undefined,
  }),
];

describe('an optional prop given as undefined counts as left out', () => {
  test.each(rows)('by $it', ({ seen }) => {
    expect(seen(true)).toEqual(seen(false));
    expect(JSON.stringify(seen(true).json)).toBe(JSON.stringify(seen(false).json));
  });
});
