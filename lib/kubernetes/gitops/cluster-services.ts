import { Construct } from 'constructs';
import { CHARTS } from '../../catalog/charts';
import { enforce, type Finding, inspect } from '../../check';
import { chartFootprint } from '../../config/chart-footprint';
import { podSecurity } from '../cluster/pod-security';
import { clusterScoped } from '../cluster-scoped';
import { KubeNamespace } from '../k8s';
import { ArgoApplication } from './argo-application';
import { ArgoProject } from './argo-project';
import { CLUSTER_SERVICES_CHECKS } from './cluster-services-checks';
import { clusterServices } from './cluster-services-plan';
import { type ClusterServicesPlan, type ClusterServicesProps, planClusterServices } from './cluster-services-props';
import type { ServiceApplication, ServiceLayer } from './service-application';
import { serviceNamespaces, writableNamespaces } from './service-namespaces';

/** The services of a cluster, and which part of them is emitted. */
export interface ClusterServicesLayerProps extends ClusterServicesProps {
  /** Folder that the objects go to: definitions with project and namespaces, or controllers. */
  readonly layer: ServiceLayer;
}

/** Namespaces come before what is put in them. */
const FIRST_WAVE = -1;

/**
 * What stands before the workloads, as applications of Argo CD: one instance for each of the two layers, with the same props.
 * The first has the project, the namespaces with their security level, and the charts of definitions; the second has the
 * controllers, so that each kind is known before anything of that kind is applied.
 *
 * Deleting the objects leaves all charts running. To take a cluster down, delete workloads and Ingresses first, so that the
 * controllers still remove what they made in AWS; Terraform then takes Argo CD and the cluster.
 *
 * @example
 * const services = { clusterName: 'acgs-production', region: 'us-west-2', externalMetrics: 'keda' } as const;
 * new ClusterServices(definitions, 'Services', { ...services, layer: '00-crds' });
 * new ClusterServices(controllers, 'Services', { ...services, layer: '10-controllers' });
 */
export class ClusterServices extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: ClusterServicesProps): Finding[] {
    return inspect(path, planClusterServices(props), CLUSTER_SERVICES_CHECKS);
  }

  /** What the emitted applications install. */
  readonly applications: readonly ServiceApplication[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ClusterServicesLayerProps) {
    super(scope, id);
    const plan = planClusterServices(props);
    enforce(this, ClusterServices.inspect(this.node.path, props));

    const all = clusterServices(props);
    this.applications = all.filter(({ layer }) => layer === props.layer);
    if (props.layer === '00-crds') this.foundation(plan, all);
    for (const application of this.applications) this.application(plan, application);
  }

  private foundation({ argocdNamespace, project }: ClusterServicesPlan, all: readonly ServiceApplication[]): void {
    new ArgoProject(this, 'Project', {
      name: project,
      namespace: argocdNamespace,
      description: 'What stands before the workloads of this cluster',
      repositories: [...new Set(all.map(({ chart }) => CHARTS.facts[chart].repository))].sort(),
      destinations: writableNamespaces(all),
      // Controllers bring definitions, roles, webhooks and APIs of the whole cluster.
      clusterKinds: ['*/*'],
      wave: FIRST_WAVE,
    });
    for (const { name, level, reason } of serviceNamespaces(all, argocdNamespace)) {
      const { labels, annotations } = podSecurity(this, level, reason);
      const object = new KubeNamespace(this, `Namespace-${name}`, {
        metadata: {
          name,
          labels,
          annotations: { ...annotations, 'argocd.argoproj.io/sync-wave': `${FIRST_WAVE}` },
        },
      });
      clusterScoped(object);
    }
  }

  private application(plan: ClusterServicesPlan, application: ServiceApplication): void {
    const { name, layer, chart, version, namespace, wave, values, ignoreDifferences } = application;
    const { repository, chart: chartName } = CHARTS.facts[chart];
    const pods = chartFootprint(chart, values);
    new ArgoApplication(this, name, {
      name,
      namespace: plan.argocdNamespace,
      project: plan.project,
      repository,
      chart: chartName,
      version,
      values,
      ...(pods !== undefined && { pods }),
      destination: namespace,
      wave,
      prune: layer !== '00-crds',
      ignoreDifferences,
    });
  }
}
