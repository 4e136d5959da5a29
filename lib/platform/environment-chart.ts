import { type App, Chart } from 'cdk8s';
import {
  certificateNames,
  DeployerRole,
  ExternalSecret,
  MetricAdapterRules,
  NginxProxy,
  PlatformNamespace,
  PriorityClasses,
  PrivateCa,
  RedisCluster,
  SecretStore,
  StorageClass,
  setTargetVersion,
  WebService,
} from '../kubernetes';
import { type EnvironmentSpec, MONITORING_NAMESPACE } from '../model';
import { Layer } from './layer';
import { connectionsTo } from './plan/connections';
import { planCache, VOLUME_CLASS } from './plan/plan-cache';
import { planGateway } from './plan/plan-gateway';
import { planNamespace } from './plan/plan-namespace';
import { followedSecrets, tlsSecret } from './plan/plan-secrets';
import { planService } from './plan/plan-service';

/** Custom resources among the workloads. */
const DEPLOYED_RESOURCES = {
  'autoscaling.k8s.io': ['verticalpodautoscalers'],
  'cert-manager.io': ['certificates', 'issuers'],
  'external-secrets.io': ['externalsecrets', 'secretstores'],
} as const;

/** All manifests of one environment, in the layers in which they are applied. One chart, because cdk8s' cost grows with their number squared. */
export class EnvironmentChart extends Chart {
  constructor(
    app: App,
    private readonly platform: string,
    private readonly environment: EnvironmentSpec,
  ) {
    super(app, environment.name, { namespace: environment.namespace, disableResourceNameHashes: true });
    const { version } = environment.cluster;
    if (version !== undefined) setTargetVersion(this, version);

    this.controllers(new Layer(this, '10-controllers'));
    this.policies(new Layer(this, '20-policies'));
    this.workloads(new Layer(this, '30-workloads'));
  }

  /** Configuration of what runs in every cluster. */
  private controllers(layer: Layer): void {
    new MetricAdapterRules(layer, 'MetricRules', {
      metrics: this.environment.services.flatMap(({ scaling }) => scaling.metrics),
      namespace: MONITORING_NAMESPACE,
      partOf: this.platform,
    });
  }

  /** What workloads stand in. */
  private policies(layer: Layer): void {
    new PlatformNamespace(layer, 'Namespace', planNamespace(this.platform, this.environment));
    new DeployerRole(layer, 'Deployers', { name: 'deployers', resources: DEPLOYED_RESOURCES });
    new PriorityClasses(layer, 'PriorityClasses');
    new StorageClass(layer, 'StorageClass', { name: VOLUME_CLASS, isDefault: true });
  }

  private workloads(layer: Layer): void {
    const { environment, platform } = this;
    this.secrets(layer);
    for (const cache of environment.caches) {
      new RedisCluster(layer, cache.name, planCache(platform, environment, cache));
    }
    for (const service of environment.services) {
      new WebService(layer, service.name, planService(platform, environment, service));
    }
    const { gateway } = environment;
    if (gateway) new NginxProxy(layer, gateway.name, planGateway(platform, environment, gateway));
  }

  /** Secrets that follow those in AWS, and certificates for traffic between pods. */
  private secrets(layer: Layer): void {
    const { environment, platform } = this;
    const labels = { 'app.kubernetes.io/part-of': platform };
    const followed = followedSecrets(platform, environment);
    if (followed.size > 0) {
      const store = new SecretStore(layer, 'Secrets', { name: 'aws', region: environment.region, labels });
      for (const [name, from] of followed) {
        new ExternalSecret(store, name, { name, from, store: store.reference, labels });
      }
    }
    if (environment.caches.length === 0) return;

    const authority = new PrivateCa(layer, 'Certificates', { name: `${platform}-ca` });
    for (const { name } of environment.caches) {
      authority.certificate(name, {
        secretName: tlsSecret(name),
        dnsNames: certificateNames({ name }, environment.namespace),
      });
    }
    for (const service of environment.services) {
      if (connectionsTo(service, 'cache').length === 0) continue;
      authority.certificate(service.name, { secretName: tlsSecret(service.name), dnsNames: [service.name] });
    }
  }
}
