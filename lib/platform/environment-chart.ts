import { type App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  BlueGreenRollout,
  CanaryRollout,
  ClusterServices,
  certificateNames,
  DeployerRole,
  DestinationRule,
  ExternalSecret,
  MetricAdapterRules,
  NginxProxy,
  PlatformNamespace,
  PostgresServer,
  PriorityClasses,
  PrivateCa,
  RedisCluster,
  RedisServer,
  SecretStore,
  StorageClass,
  setTargetVersion,
  VectorDatabase,
  WebService,
} from '../kubernetes';
import {
  type EnvironmentSpec,
  isDatabaseServer,
  isRedisCluster,
  isRedisServer,
  MONITORING_NAMESPACE,
  type PlatformSpec,
  podStores,
  storeCertificateNames,
} from '../model';
import { Layer } from './layer';
import { planCache } from './plan/plan-cache';
import { adapterMetrics, planControllers } from './plan/plan-controllers';
import { planGateway } from './plan/plan-gateway';
import { meshHosts } from './plan/plan-mesh';
import { planNamespace } from './plan/plan-namespace';
import { VOLUME_CLASS } from './plan/plan-pod-store';
import { planRelease } from './plan/plan-rollout';
import { followedSecrets, needsAuthority, tlsSecret } from './plan/plan-secrets';
import { planPostgresServer, planRedisServer, planVectorDatabase } from './plan/plan-stores';

/**
 * Custom resources among the workloads, and what a release is watched and decided by: `kubectl argo rollouts` promotes and
 * aborts by the status of the Rollout, reads runs and experiments, and ends a run by a patch.
 */
const DEPLOYED_RESOURCES = {
  'argoproj.io': [
    'analysistemplates',
    'rollouts',
    { kind: 'rollouts/status', verbs: ['get', 'update', 'patch'] },
    { kind: 'analysisruns', verbs: ['get', 'list', 'watch', 'patch', 'delete'] },
    { kind: 'experiments', verbs: ['get', 'list', 'watch'] },
  ],
  'autoscaling.k8s.io': ['verticalpodautoscalers'],
  'cert-manager.io': ['certificates', 'issuers'],
  'external-secrets.io': ['externalsecrets', 'secretstores'],
  'keda.sh': ['scaledobjects'],
  'networking.istio.io': ['destinationrules', 'virtualservices'],
} as const;

/** All manifests of one environment, in the layers in which they are applied. One chart, because cdk8s' cost grows with their number squared. */
export class EnvironmentChart extends Chart {
  constructor(
    app: App,
    private readonly platform: PlatformSpec,
    private readonly environment: EnvironmentSpec,
  ) {
    super(app, environment.name, { namespace: environment.namespace, disableResourceNameHashes: true });
    const { version } = environment.cluster;
    if (version !== undefined) setTargetVersion(this, version);

    this.definitions(new Layer(this, '00-crds'));
    this.controllers(new Layer(this, '10-controllers'));
    this.policies(new Layer(this, '20-policies'));
    this.workloads(new Layer(this, '30-workloads'));
  }

  /** What must be known before anything of its kind is applied. */
  private definitions(layer: Layer): void {
    new ClusterServices(layer, 'ClusterServices', {
      ...planControllers(this.platform.name, this.environment),
      layer: '00-crds',
    });
  }

  /** What runs in every cluster, and its configuration. */
  private controllers(layer: Layer): void {
    const services = planControllers(this.platform.name, this.environment);
    new ClusterServices(layer, 'ClusterServices', { ...services, layer: '10-controllers' });
    if (this.environment.externalMetrics === 'keda') return;
    new MetricAdapterRules(layer, 'MetricRules', {
      metrics: adapterMetrics(this.environment),
      namespace: MONITORING_NAMESPACE,
      partOf: this.platform.name,
    });
  }

  /** What workloads stand in. */
  private policies(layer: Layer): void {
    new PlatformNamespace(layer, 'Namespace', planNamespace(this.platform.name, this.environment));
    new DeployerRole(layer, 'Deployers', { name: 'deployers', resources: DEPLOYED_RESOURCES });
    new PriorityClasses(layer, 'PriorityClasses');
    new StorageClass(layer, 'StorageClass', { name: VOLUME_CLASS, isDefault: true });
  }

  private workloads(layer: Layer): void {
    const { environment, platform } = this;
    this.secrets(layer);
    this.stores(layer);
    for (const service of environment.services) {
      const { as, props } = planRelease(platform, environment, service);
      if (as === 'deployment') new WebService(layer, service.name, props);
      else if (as === 'blue-green') new BlueGreenRollout(layer, service.name, props);
      else new CanaryRollout(layer, service.name, props);
    }
    this.traffic(layer);
    const { gateway } = environment;
    if (gateway) new NginxProxy(layer, gateway.name, planGateway(platform.name, environment, gateway));
  }

  /** How sidecars treat the pods of each service, all in one file. */
  private traffic(layer: Layer): void {
    const hosts = meshHosts(this.environment);
    if (hosts.length === 0) return;
    const rules = new Construct(layer, 'mesh-traffic');
    for (const service of hosts) new DestinationRule(rules, service, { service, partOf: this.platform.name });
  }

  private stores(layer: Layer): void {
    const { environment, platform } = this;
    const { databases, caches, vectorDatabases = [] } = environment;
    for (const server of databases.filter(isDatabaseServer)) {
      new PostgresServer(layer, server.name, planPostgresServer(platform.name, environment, server));
    }
    for (const cache of caches.filter(isRedisCluster)) {
      new RedisCluster(layer, cache.name, planCache(platform.name, environment, cache));
    }
    for (const server of caches.filter(isRedisServer)) {
      new RedisServer(layer, server.name, planRedisServer(platform.name, environment, server));
    }
    for (const database of vectorDatabases) {
      new VectorDatabase(layer, database.name, planVectorDatabase(platform.name, environment, database));
    }
  }

  /** Secrets that follow those in AWS, and certificates for traffic between pods. */
  private secrets(layer: Layer): void {
    const { environment, platform } = this;
    const labels = { 'app.kubernetes.io/part-of': platform.name };
    const followed = followedSecrets(platform.name, environment);
    if (followed.size > 0) {
      const store = new SecretStore(layer, 'Secrets', { name: 'aws', region: environment.region, labels });
      for (const [name, from] of followed) {
        new ExternalSecret(store, name, { name, from, store: store.reference, labels });
      }
    }
    if (podStores(environment).length > 0) this.certificates(layer);
  }

  private certificates(layer: Layer): void {
    const { environment, platform } = this;
    const { databases, caches, vectorDatabases = [], namespace } = environment;
    const authority = new PrivateCa(layer, 'Certificates', { name: `${platform.name}-ca` });
    const issue = (name: string, dnsNames: readonly string[]) =>
      authority.certificate(name, { secretName: tlsSecret(name), dnsNames });

    for (const { name } of caches.filter(isRedisCluster)) issue(name, certificateNames({ name }, namespace));
    for (const store of [...databases.filter(isDatabaseServer), ...caches.filter(isRedisServer), ...vectorDatabases]) {
      issue(store.name, storeCertificateNames(store, namespace));
    }
    for (const service of environment.services) {
      if (needsAuthority(environment, service)) issue(service.name, [service.name]);
    }
  }
}
