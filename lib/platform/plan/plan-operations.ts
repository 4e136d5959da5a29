import type {
  AlarmTopicProps,
  BackupAlarmsProps,
  CacheAlarmsProps,
  ClusterAlarmsProps,
  DatabaseAlarmsProps,
  ExpectedBackup,
  LoadBalancerAlarmsProps,
  NatAlarmsProps,
} from '../../aws';
import {
  alarmTopicName,
  BACKUP_INTERVAL,
  BACKUP_START_WINDOW,
  clusterName,
  copyVaultName,
  type EnvironmentSpec,
  isReplicationGroup,
  type PlatformSpec,
  podStores,
  replicationGroupPlan,
  vaultName,
  writersIn,
} from '../../model';
import { Duration } from '../../units';
import { planDatabaseAlarms } from './plan-database-alarms';
import { edgeDeclaration, gatewayTargets } from './plan-edge';
import { named, runbookOf, type Watched } from './watched';

/** What is watched in other stacks, and the topic: known to Terraform only. */
export interface WatchedPlace {
  readonly topicArn: string;
  /** Ids of NAT gateways by zone. */
  readonly natGateways: Readonly<Record<string, string>>;
  /** Last parts of ARNs, as metrics have them; undefined without an edge. */
  readonly loadBalancer:
    | { readonly suffix: string; readonly targetGroups: Readonly<Record<string, string>> }
    | undefined;
}

/** All alarms of an environment; those of stores by the name of the store. */
export interface AlarmPlans {
  readonly cluster: ClusterAlarmsProps;
  readonly nat: NatAlarmsProps;
  readonly loadBalancer: LoadBalancerAlarmsProps | undefined;
  readonly backups: BackupAlarmsProps | undefined;
  readonly databases: Readonly<Record<string, DatabaseAlarmsProps>>;
  readonly caches: Readonly<Record<string, CacheAlarmsProps>>;
}

/** The place as far as it is known before it exists: what inspection needs. */
export function plannedWatchedPlace(platform: PlatformSpec, environment: EnvironmentSpec): WatchedPlace {
  const { zones, network } = environment;
  const edge = edgeDeclaration(platform, environment);
  const behind = network.nat === 'per-zone' ? zones : zones.slice(0, 1);
  return {
    topicArn: 'made-by-the-operations-stack',
    natGateways: Object.fromEntries(behind.map((zone) => [zone, 'made-by-the-network-stack'])),
    loadBalancer: edge && {
      suffix: 'app/made-by-the-edge-stack',
      targetGroups: {
        [gatewayTargets(platform.name, environment, edge.gateway).name]: 'targetgroup/made-by-the-edge-stack',
      },
    },
  };
}

/** Where the alarms of an environment go. */
export const planAlarmTopic = (platform: PlatformSpec, { name, operations }: Watched): AlarmTopicProps => ({
  name: alarmTopicName(platform.name, name),
  subscriptions: operations.subscriptions,
});

/** Every alarm that follows from what an environment declares. */
export function planAlarms(platform: PlatformSpec, environment: Watched, place: WatchedPlace): AlarmPlans {
  const { thresholds = {} } = environment.operations;
  const name = clusterName(platform.name, environment.name);
  const topicArns = [place.topicArn];
  const databases = environment.databases.flatMap((database) => {
    const plan = planDatabaseAlarms(platform, environment, database, topicArns);
    return plan ? [[database.name, plan] as const] : [];
  });
  return {
    cluster: { topicArns, name, clusterName: name, ...(thresholds.cluster && { thresholds: thresholds.cluster }) },
    nat: { topicArns, name, gateways: place.natGateways, ...(thresholds.nat && { thresholds: thresholds.nat }) },
    loadBalancer: planLoadBalancerAlarms(platform, environment, place),
    backups: planBackupAlarms(platform, environment, topicArns),
    databases: Object.fromEntries(databases),
    caches: planCacheAlarms(platform, environment, topicArns),
  };
}

function planLoadBalancerAlarms(
  platform: PlatformSpec,
  environment: Watched,
  { topicArn, loadBalancer }: WatchedPlace,
): LoadBalancerAlarmsProps | undefined {
  if (loadBalancer === undefined) return undefined;
  const { loadBalancer: thresholds } = environment.operations.thresholds ?? {};
  const { suffix, targetGroups } = loadBalancer;
  const unavailable = Object.keys(targetGroups).map((group) => `Unavailable-${group}`);
  return {
    topicArns: [topicArn],
    name: clusterName(platform.name, environment.name),
    loadBalancer: suffix,
    targetGroups,
    ...(thresholds && { thresholds }),
    ...named(runbookOf(platform, environment, { of: environment, section: 'loss-of-a-region' }), ...unavailable),
  };
}

function planCacheAlarms(
  { name: platform }: PlatformSpec,
  { name, caches, operations }: Watched,
  topicArns: readonly string[],
): Record<string, CacheAlarmsProps> {
  const { caches: thresholds } = operations.thresholds ?? {};
  return Object.fromEntries(
    caches.filter(isReplicationGroup).map((cache) => {
      const { nodeType, shards, replicasPerShard, clusterMode, eviction } = replicationGroupPlan(cache);
      const identifier = `${clusterName(platform, name)}-${cache.name}`;
      const shape = { nodeType, shards, replicasPerShard, clusterMode, eviction };
      return [cache.name, { topicArns, name: identifier, identifier, ...shape, ...(thresholds && { thresholds }) }];
    }),
  );
}

/** A job may start late, and then takes its time: two hours are more than either of ours needs. */
const LONGEST_RUN = Duration.hours(2);

/** Backups that must arrive: those of databases in time for the next, those of volumes once a day, if there are any. */
function expectedBackups(platform: PlatformSpec, environment: Watched): ExpectedBackup[] {
  const late = BACKUP_START_WINDOW.plus(LONGEST_RUN);
  const interval = environment.backups?.interval ?? BACKUP_INTERVAL;
  return [
    ...(writersIn(platform, environment).length > 0 ? [{ resourceType: 'RDS', within: interval.plus(late) }] : []),
    ...(podStores(environment).length > 0 ? [{ resourceType: 'EBS', within: Duration.days(1).plus(late) }] : []),
  ];
}

function planBackupAlarms(
  platform: PlatformSpec,
  environment: Watched,
  topicArns: readonly string[],
): BackupAlarmsProps | undefined {
  if (environment.backups === undefined) return undefined;
  const expects = expectedBackups(platform, environment);
  const missing = expects.map(({ resourceType }) => `Missing-${resourceType}`);
  return {
    topicArns,
    name: clusterName(platform.name, environment.name),
    vaultName: vaultName(platform.name, environment.name),
    copyVaultName: copyVaultName(platform.name, environment.name),
    expects,
    ...named(
      runbookOf(platform, environment, { of: environment, section: 'what-is-claimed' }),
      'Failed',
      'Expired',
      'CopyFailed',
      'CopyNotSent',
      ...missing,
    ),
  };
}
