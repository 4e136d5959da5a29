import { type App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AdmissionPolicies,
  BackupSchedule,
  BlueGreenRollout,
  CacheWarming,
  CanaryRollout,
  ChaosExperiment,
  ClusterServices,
  DatabaseMigration,
  DeployerRole,
  DestinationRule,
  Ec2NodeClass,
  MeshAccess,
  MetricAdapterRules,
  NginxProxy,
  NodePool,
  PlatformNamespace,
  PriorityClasses,
  ServiceRoutes,
  StorageClass,
  setTargetVersion,
  TargetGroupBinding,
  UniqueConstraint,
  UniqueTemplates,
  WebService,
} from '../kubernetes';
import {
  clusterName,
  type EnvironmentSpec,
  MONITORING_NAMESPACE,
  migrationName,
  nodePools,
  type PlatformSpec,
  targetGroupName,
} from '../model';
import { buildAlerts } from './alerts';
import { buildSecrets, buildStores } from './environment-stores';
import { Layer } from './layer';
import { buildObservability } from './observability';
import { planAdmission } from './plan/plan-admission';
import { planCacheWarming } from './plan/plan-cache-warming';
import { adapterMetrics, planControllers } from './plan/plan-controllers';
import { planBackupSchedule } from './plan/plan-delivery';
import { deployedResources } from './plan/plan-deployers';
import { gatewayTargets } from './plan/plan-edge';
import { planGateway } from './plan/plan-gateway';
import { planNodeClass } from './plan/plan-karpenter';
import { meshHosts, planMeshAccess, planRoutes } from './plan/plan-mesh';
import { planMigrations } from './plan/plan-migrations';
import { planNamespace } from './plan/plan-namespace';
import { VOLUME_CLASS } from './plan/plan-pod-store';
import { planRelease } from './plan/plan-rollout';

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
      ...planControllers(this.platform, this.environment),
      layer: '00-crds',
    });
  }

  /** What runs in every cluster, and its configuration. */
  private controllers(layer: Layer): void {
    const services = planControllers(this.platform, this.environment);
    new ClusterServices(layer, 'ClusterServices', { ...services, layer: '10-controllers' });
    const { constraints } = this.environment;
    if (constraints) {
      new UniqueTemplates(layer, 'UniqueTemplates', { unique: constraints.unique, partOf: this.platform.name });
    }
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
    new DeployerRole(layer, 'Deployers', { name: 'deployers', resources: deployedResources(this.environment) });
    new PriorityClasses(layer, 'PriorityClasses');
    new StorageClass(layer, 'StorageClass', { name: VOLUME_CLASS, isDefault: true });
    const admission = planAdmission(this.platform.name, this.environment);
    if (admission) new AdmissionPolicies(layer, 'AdmissionPolicies', admission);
    this.constraints(layer);
    const backups = planBackupSchedule(this.platform, this.environment);
    if (backups) new BackupSchedule(layer, 'Backups', backups);
    buildAlerts(layer, this.platform.name, this.environment);
    buildObservability(layer, this.platform.name, this.environment);
    this.nodes(layer);
  }

  /** What no two objects may claim; its kinds were made by the layer before. */
  private constraints(layer: Layer): void {
    const { constraints, namespace } = this.environment;
    if (constraints === undefined) return;
    const { unique, mode } = constraints;
    const all = new Construct(layer, 'constraints');
    for (const claim of unique) {
      const name = `${this.platform.name}-${claim}`;
      new UniqueConstraint(all, claim, { name, claim, namespace, partOf: this.platform.name, ...(mode && { mode }) });
    }
  }

  /** What Karpenter makes nodes of. */
  private nodes(layer: Layer): void {
    const nodeClass = planNodeClass(this.platform.name, this.environment);
    if (nodeClass === undefined) return;
    const karpenter = new Construct(layer, 'karpenter');
    new Ec2NodeClass(karpenter, 'NodeClass', nodeClass);
    for (const pool of nodePools(this.environment.cluster)) new NodePool(karpenter, pool.name, pool);
  }

  private workloads(layer: Layer): void {
    const { environment, platform } = this;
    buildSecrets(layer, platform, environment);
    buildStores(layer, platform, environment);
    for (const migration of planMigrations(platform, environment)) {
      new DatabaseMigration(layer, migrationName(migration.service), migration);
    }
    for (const service of environment.services) {
      const { as, props } = planRelease(platform, environment, service);
      if (as === 'deployment') new WebService(layer, service.name, props);
      else if (as === 'blue-green') new BlueGreenRollout(layer, service.name, props);
      else new CanaryRollout(layer, service.name, props);
    }
    const warming = planCacheWarming(platform.name, environment);
    if (warming) new CacheWarming(layer, warming.name, warming);
    this.traffic(layer);
    this.gateway(layer);
    this.chaos(layer);
  }

  /** Faults on purpose, all in one file, so that all can be taken away at once. */
  private chaos(layer: Layer): void {
    const { chaos, namespace } = this.environment;
    if (chaos === undefined) return;
    const all = new Construct(layer, 'chaos');
    for (const experiment of chaos.experiments) {
      new ChaosExperiment(all, experiment.name, { experiment, namespace, partOf: this.platform.name });
    }
  }

  /** The way in from outside: the gateway, and its pods as targets of the load balancer that Terraform makes. */
  private gateway(layer: Layer): void {
    const { platform, environment } = this;
    const { gateway, edge, name } = environment;
    if (gateway === undefined) return;
    const proxy = new NginxProxy(layer, gateway.name, planGateway(platform.name, environment, gateway));
    if (edge === undefined) return;
    const targets = gatewayTargets(platform.name, environment, gateway);
    new TargetGroupBinding(proxy, 'Targets', {
      targetGroupName: targetGroupName(clusterName(platform.name, name), targets),
      service: gateway.name,
      partOf: platform.name,
    });
  }

  /** How sidecars treat the pods of each service, all in one file. */
  private traffic(layer: Layer): void {
    const hosts = meshHosts(this.environment);
    if (hosts.length === 0) return;
    const rules = new Construct(layer, 'mesh-traffic');
    for (const service of hosts) new DestinationRule(rules, service, { service, partOf: this.platform.name });
    for (const routes of planRoutes(this.platform.name, this.environment)) {
      new ServiceRoutes(rules, `${routes.service}-routes`, routes);
    }
    const access = planMeshAccess(this.platform.name, this.environment);
    if (access) new MeshAccess(layer, 'mesh-access', access);
  }
}
