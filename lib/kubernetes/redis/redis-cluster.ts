import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, inspectEach } from '../../check';
import { REDIS_CHECKS } from '../../model';
import { CLUSTER_BUS_OFFSET } from '../../model/redis/redis';
import { DNS, type Door, type PodPeer } from '../cluster/network-peers';
import { NETWORK_PEER_CHECKS, NetworkPolicy } from '../cluster/network-policy';
import { KubeConfigMap, KubeService, KubeServiceAccount, type ServicePort } from '../k8s';
import type { Labels } from '../labels';
import { metricsAnnotations } from '../metrics-annotations';
import { intOrString } from '../quantities';
import { DisruptionBudget } from '../workload/disruption-budget';
import { configChecksum } from '../workload/mounts';
import { inspectPlacement } from '../workload/node-placement';
import { REDIS_CLUSTER_CHECKS } from './redis-cluster-checks';
import { configFiles, configName, SCRIPT_FILES, scriptsName } from './redis-files';
import { EXPORTER_PORT } from './redis-member';
import {
  certificateNames,
  clientAddresses,
  memberSelector,
  membersService,
  type RedisClusterPlan,
  type RedisClusterProps,
  redisClusterPlan,
  redisLabels,
  redisServiceAccount,
} from './redis-plan';
import { reconcilerSelector, redisBootstrap, redisReconciler } from './redis-reconciler';
import { redisShard } from './redis-shard';

const inspectPeers = (path: string, prop: string, peers: readonly PodPeer[], port: number): Finding[] =>
  inspectEach(
    path,
    prop,
    peers.map((peer) => ({ ...peer, port })),
    NETWORK_PEER_CHECKS,
  );

/**
 * A Redis Cluster that outlives the loss of a pod, a node or a zone without losing its majority: each shard is a
 * StatefulSet whose members stand in different zones, and the primaries are at home in one zone each.
 *
 * A Job forms the cluster and a CronJob keeps its shape; both run the same script. Nothing here moves slots between
 * shards: after raising `shards` rebalance with redis-cli, and before lowering it move the slots away. A HorizontalPodAutoscaler
 * must never be attached: more pods are not more shards.
 *
 * Its two Secrets, with certificate and password, come from elsewhere. Nodes should have `vm.overcommit_memory=1`.
 *
 * A password is changed without an outage. Change the Secret: within two minutes, as its files are renewed, each member
 * takes the new password beside the old one, and members, reconciler and exporter use it among themselves. Clients have a day
 * to follow: then the old one ends, for new connections only. Restarting the StatefulSets one after the other ends it
 * sooner. No manifest changes.
 *
 * @example
 * new RedisCluster(chart, 'Cache', {
 *   name: 'cache',
 *   memory: Memory.gib(3),
 *   zones: ['us-west-2a', 'us-west-2b', 'us-west-2c'],
 *   clients: [{ pods: { 'app.kubernetes.io/name': 'orders' } }],
 * });
 */
export class RedisCluster extends Construct {
  /** Findings about the declaration, its pods and everyone who may connect; builds nothing. */
  static inspect(path: string, props: RedisClusterProps): Finding[] {
    const plan = redisClusterPlan(props);
    return [
      ...inspect(path, plan, REDIS_CHECKS),
      ...inspect(path, plan, REDIS_CLUSTER_CHECKS),
      ...inspectPlacement(path, 'placement', plan.placement),
      ...inspectPeers(path, 'clients', plan.clients, plan.port),
      ...inspectPeers(path, 'scrapers', plan.scrapers, EXPORTER_PORT),
    ];
  }

  /** Members as `host:port`, for the start list of a client that speaks the cluster protocol. Its chart should have a namespace. */
  readonly clientAddresses: readonly string[];
  /** Names a certificate of the members must be valid for. */
  readonly certificateNames: readonly string[];
  /** Service in front of all ready members, as a single address to start from. */
  readonly serviceName: string;
  /** Port of the data protocol; the cluster bus is 10000 above. */
  readonly port: number;
  /** Labels of the members, for what may connect to them. */
  readonly selector: Labels;

  constructor(scope: Construct, id: string, props: RedisClusterProps) {
    super(scope, id);
    const plan = redisClusterPlan(props);
    enforce(this, RedisCluster.inspect(this.node.path, props));

    const { namespace } = Chart.of(this);
    this.clientAddresses = clientAddresses(plan, namespace);
    this.certificateNames = certificateNames(plan, namespace);
    this.serviceName = plan.name;
    this.port = plan.port;
    this.selector = memberSelector(plan);

    this.files(plan);
    this.services(plan);
    this.policies(plan);
    const annotations = this.annotations(plan);
    for (let shard = 0; shard < plan.shards; shard++) redisShard(this, plan, shard, annotations);
    new DisruptionBudget(this, 'Budget', {
      name: plan.name,
      selector: memberSelector(plan),
      labels: redisLabels(plan),
    });
    redisBootstrap(this, plan);
    redisReconciler(this, plan);
  }

  private files(plan: RedisClusterPlan): void {
    const labels = redisLabels(plan);
    new KubeServiceAccount(this, 'ServiceAccount', {
      metadata: { name: redisServiceAccount(plan), labels },
      automountServiceAccountToken: false,
    });
    new KubeConfigMap(this, 'Config', { metadata: { name: configName(plan), labels }, data: configFiles(plan) });
    new KubeConfigMap(this, 'Scripts', { metadata: { name: scriptsName(plan), labels }, data: { ...SCRIPT_FILES } });
  }

  /** Members find each other before they are ready: the cluster is formed of members that are not. */
  private services(plan: RedisClusterPlan): void {
    const labels = redisLabels(plan);
    const port = (name: string, number: number): ServicePort => ({
      name,
      port: number,
      targetPort: intOrString(name),
      protocol: 'TCP',
    });
    new KubeService(this, 'Members', {
      metadata: { name: membersService(plan), labels },
      spec: {
        clusterIp: 'None',
        publishNotReadyAddresses: true,
        selector: memberSelector(plan),
        ports: [
          port('redis', plan.port),
          port('bus', plan.port + CLUSTER_BUS_OFFSET),
          ...(plan.exporterImage === 'off' ? [] : [port('metrics', EXPORTER_PORT)]),
        ],
      },
    });
    new KubeService(this, 'Resource', {
      metadata: { name: plan.name, labels },
      spec: { type: 'ClusterIP', selector: memberSelector(plan), ports: [port('redis', plan.port)] },
    });
  }

  /** Without TLS the bus trusts whoever reaches it, so it is open to members only, always. */
  private policies(plan: RedisClusterPlan): void {
    const labels = redisLabels(plan);
    const data: Door = { port: plan.port };
    const bus: Door = { port: plan.port + CLUSTER_BUS_OFFSET };
    const members = { pods: memberSelector(plan) };
    const scrapers = plan.exporterImage === 'off' ? [] : plan.scrapers;
    new NetworkPolicy(this, 'MemberPolicy', {
      name: plan.name,
      labels,
      selector: memberSelector(plan),
      ingress: [
        { ...members, ...data },
        { ...members, ...bus },
        { pods: reconcilerSelector(plan), ...data },
        ...plan.clients.map((client) => ({ ...client, ...data })),
        ...scrapers.map((scraper) => ({ ...scraper, port: EXPORTER_PORT })),
      ],
      egress: [{ ...members, ...data }, { ...members, ...bus }, ...DNS],
    });
    new NetworkPolicy(this, 'ReconcilerPolicy', {
      name: `${plan.name}-reconciler`,
      labels,
      selector: reconcilerSelector(plan),
      egress: [{ ...members, ...data }, ...DNS],
    });
  }

  /** Where Prometheus finds the exporter; and a change of the configuration, or of how it is completed, restarts the members one by one. */
  private annotations(plan: RedisClusterPlan): Readonly<Record<string, string>> {
    const { 'configure.sh': configure } = SCRIPT_FILES;
    const isScraped = plan.exporterImage !== 'off' && plan.scrapers.length > 0;
    return {
      ...(isScraped ? metricsAnnotations(EXPORTER_PORT) : {}),
      ...configChecksum([
        { name: configName(plan), mountPath: '', content: { ...configFiles(plan), 'configure.sh': configure } },
      ]),
    };
  }
}
