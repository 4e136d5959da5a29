/**
 * Names that both planes know at synthesis, so that a manifest needs no Terraform token.
 * Each is defined on one side and used on the other; nothing else may spell them out.
 */

/** EKS cluster, and prefix of what belongs to it: `acgs-production`. */
export const clusterName = (platform: string, environment: string): string => `${platform}-${environment}`;

/** Terraform stack: `acgs-production-network`. */
export const stackName = (platform: string, environment: string, layer: StackLayer): string =>
  `${clusterName(platform, environment)}-${layer}`;

/** Stack that makes an account ready: `acgs-account-production`. */
export const accountStackName = (platform: string, account: string): string => `${platform}-account-${account}`;

/** Stack of the public zone: `acgs-dns`. */
export const dnsStackName = (platform: string): string => `${platform}-dns`;

/** Stack of a zone below that of the platform: `acgs-dns-staging-acgs-example-com`. */
export const delegatedDnsStackName = (platform: string, zone: string): string =>
  `${dnsStackName(platform)}-${zone.replaceAll('.', '-')}`;

/** Stack of the names that lead to one of two regions: `acgs-failover`. */
export const failoverStackName = (platform: string): string => `${platform}-failover`;

/** What names of an account's log buckets in a region start with: `acgs-logs-333333333333-us-west-2`. */
export const logBucketPrefix = (platform: string, accountId: string, region: string): string =>
  `${platform}-logs-${accountId}-${region}`;

/** Alias of the key of a bucket with states, without `alias/`: `s3/acgs-terraform-state-333333333333`. */
export const stateKeyAlias = (bucket: string): string => `s3/${bucket}`;

/** Role that pipelines plan or apply with: `acgs-ci-apply`. */
export const pipelineRoleName = (platform: string, purpose: 'plan' | 'apply'): string => `${platform}-ci-${purpose}`;

/** Policy that bounds the roles that pipelines make: `acgs-boundary`. */
export const roleBoundaryName = (platform: string): string => `${platform}-boundary`;

/** Stacks of an environment, in the order they are deployed; split by how often they change and what they can break. */
export const STACK_LAYERS = [
  'network',
  'cluster',
  'gitops',
  'data',
  'edge',
  'instances',
  'recovery',
  'operations',
] as const;
export type StackLayer = (typeof STACK_LAYERS)[number];

/** RDS instance of a declared database: `acgs-production-main`. */
export const databaseIdentifier = (platform: string, environment: string, database: string): string =>
  `${clusterName(platform, environment)}-${database}`;

/** SNS topic that the alarms of an environment go to: `acgs-production-alarms`. */
export const alarmTopicName = (platform: string, environment: string): string =>
  `${clusterName(platform, environment)}-alarms`;

/** Vault of an environment's backups in its own region: `acgs-production`. */
export const vaultName = clusterName;

/** Vault of their copies in another region: `acgs-production-copies`. */
export const copyVaultName = (platform: string, environment: string): string =>
  `${clusterName(platform, environment)}-copies`;

/** Bucket of what the cluster of an environment knows, which Velero writes to: `acgs-production-velero-333333333333`. */
export const clusterBackupBucket = (platform: string, environment: string, accountId: string): string =>
  `${clusterName(platform, environment)}-velero-${accountId}`;

/** Its copy in another region, which Velero of a standby reads: `acgs-production-velero-333333333333-us-east-1`. */
export const clusterBackupCopy = (
  platform: string,
  environment: string,
  accountId: string,
  copyRegion: string,
): string => `${clusterBackupBucket(platform, environment, accountId)}-${copyRegion}`;

/**
 * Schedule of its backups, and what their names start with: `production-daily`. A standby sees those of what it stands in for
 * beside its own, and Velero knows backups by their names alone.
 */
export const clusterBackupSchedule = (environment: string): string => `${environment}-daily`;

/** File, in the folder of an environment's runbooks, that says what to do when something is lost. */
export const RECOVERY_RUNBOOK = 'recovery.md';

/** File, in the same folder, that says until when each version is supported. */
export const VERSIONS_RUNBOOK = 'versions.md';

/** SNS topic, in us-east-1, that hears what an environment costs: `acgs-production-costs`. */
export const costTopicName = (platform: string, environment: string): string =>
  `${clusterName(platform, environment)}-costs`;

/** Everything an environment keeps in Secrets Manager is below this: `acgs/production`. */
export const secretRoot = (platform: string, environment: string): string => `${platform}/${environment}`;

/** Secret of one role of a database: `acgs/production/main/auth-service`. */
export const databaseSecret = (root: string, database: string, role: string): string => `${root}/${database}/${role}`;

/** Last part of the name below; a role of this name would have the same secret. */
export const ENDPOINT = 'endpoint';

/** Secret that says where a replica is: what it knows wins over the copy of its primary's: `acgs/production-dr/main/endpoint`. */
export const endpointSecret = (root: string, database: string): string => `${root}/${database}/${ENDPOINT}`;

/** Role of a database that no application has. */
export const MASTER_ROLE = 'master';

/** Role of a PostgreSQL in the cluster that sets the others up, from within its pod. */
export const SUPERUSER_ROLE = 'superuser';

/** What makes the roles of a managed database: Job, service account and Pod Identity association: `main-roles`. */
export const databaseRolesName = (database: string): string => `${database}-roles`;

/** What migrates the tables of a service: Job, service account and network policy: `auth-service-migration`. */
export const migrationName = (service: string): string => `${service}-migration`;

/** Secret with address and password of a cache: `acgs/production/cache/auth`. */
export const cacheSecret = (root: string, cache: string): string => `${root}/${cache}/auth`;

/** Secret with the keys by which alerts reach people: `acgs/production/alerting/receivers`. */
export const receiversSecret = (root: string): string => `${root}/alerting/receivers`;

/** Secret with the key of a vector database: `alfred/production/vector-db/auth`. */
export const vectorSecret = cacheSecret;

/** Namespace and service account of External Secrets, which reads what is below the secret root. */
export const EXTERNAL_SECRETS = { namespace: 'external-secrets', serviceAccount: 'external-secrets' } as const;

/** Namespace and service account of Cluster Autoscaler. */
export const CLUSTER_AUTOSCALER = { namespace: 'kube-system', serviceAccount: 'cluster-autoscaler' } as const;

/** Namespace and service account of the AWS Load Balancer Controller. */
export const LOAD_BALANCER_CONTROLLER = {
  namespace: 'kube-system',
  serviceAccount: 'aws-load-balancer-controller',
} as const;

/** Namespace and service account of Argo Rollouts, which asks AWS about target groups. */
export const ARGO_ROLLOUTS = { namespace: 'argo-rollouts', serviceAccount: 'argo-rollouts' } as const;

/** Namespace of Argo CD, which installs what stands before the workloads. */
export const ARGOCD_NAMESPACE = 'argocd';

/** Namespace of Chaos Mesh, whose agents reach into nodes. */
export const CHAOS_MESH_NAMESPACE = 'chaos-mesh';

/** Namespace of Gatekeeper, as its webhook and its charts name it. */
export const GATEKEEPER_NAMESPACE = 'gatekeeper-system';

/** Namespace of Prometheus and what belongs to it. */
export const MONITORING_NAMESPACE = 'monitoring';

/** Where the Prometheus of the cluster answers: the Service that its operator makes of every Prometheus. */
export const PROMETHEUS = {
  url: `http://prometheus-operated.${MONITORING_NAMESPACE}.svc.cluster.local`,
  port: 9090,
} as const;
