import { type Finding, InvalidPropsError, inspect, isError } from '../../check';
import { inspectUpstreams, type UpstreamServer } from '../../model';
import { type NginxProxyPlan, type NginxProxySpec, planNginxProxy } from '../../model/nginx/nginx-proxy';
import { nginxConf } from './nginx-conf';
import {
  inspectSource,
  type ResolvedPods,
  type ServerSource,
  type ServiceDomain,
  SURROUNDINGS_CHECKS,
  type Surroundings,
} from './nginx-servers';

/**
 * One declaration of upstreams, routes and limits, and the nginx.conf of each place it runs in. What clients and
 * services are promised is the same everywhere; only where the servers come from differs.
 *
 * @example
 * const gateway = NginxUpstreams.of({
 *   upstreams: [{ name: 'shop_cluster', service: 'shop', port: 8001 }],
 *   routes: [{ path: '/', upstream: 'shop_cluster' }],
 * });
 * const compose = gateway.staticServers({ shop_cluster: composeServers('shop', 3) });
 * const kubernetes = gateway.resolved({ namespace: 'shop' }, { replicas: 3 });
 */
export class NginxUpstreams {
  /** Findings about the declaration alone; servers and surroundings are checked when a configuration is written. */
  static inspect(path: string, spec: NginxProxySpec): Finding[] {
    return inspectUpstreams(path, spec);
  }

  /** @throws InvalidPropsError listing everything that is wrong with the declaration. */
  static of(spec: NginxProxySpec, path = 'nginx'): NginxUpstreams {
    refuse(NginxUpstreams.inspect(path, spec));
    return new NginxUpstreams(planNginxProxy(spec), path);
  }

  private constructor(
    /** The declaration with every default applied. */
    readonly plan: NginxProxyPlan,
    private readonly path: string,
  ) {}

  /**
   * Servers listed by upstream, for Compose: names must resolve when nginx starts, unless there is a `resolver` to ask again
   * and again.
   */
  staticServers(
    servers: Readonly<Record<string, readonly UpstreamServer[]>>,
    surroundings: Surroundings = {},
    resolver?: string,
  ): string {
    return this.render({ from: 'list', servers, ...(resolver === undefined ? {} : { resolver }) }, surroundings);
  }

  /** The pods behind headless Services, followed as they come and go. nginx 1.27.3 or later. */
  resolved(pods: ResolvedPods, surroundings: Surroundings = {}): string {
    return this.render(podsSource(pods), surroundings);
  }

  /** One address for each service, behind which a mesh balances, retries and leaves failing pods out. */
  meshed(domain: ServiceDomain, surroundings: Surroundings = {}): string {
    return this.render(meshSource(domain), surroundings);
  }

  private render(source: ServerSource, surroundings: Surroundings): string {
    const around = { replicas: 1, scratchPath: '/tmp', ...surroundings };
    refuse([
      ...inspectSource(this.path, this.plan.upstreams, source),
      ...inspect(this.path, around, SURROUNDINGS_CHECKS),
    ]);
    return nginxConf(this.plan, source, around);
  }
}

export function podsSource({ namespace, clusterDomain = 'cluster.local', ...own }: ResolvedPods): ServerSource {
  const { resolver = `kube-dns.kube-system.svc.${clusterDomain}`, podsServices = {} } = own;
  return { from: 'pods', namespace, clusterDomain, resolver, podsServices };
}

export const meshSource = ({ namespace, clusterDomain = 'cluster.local' }: ServiceDomain): ServerSource => ({
  from: 'mesh',
  namespace,
  clusterDomain,
});

function refuse(findings: readonly Finding[]): void {
  const errors = findings.filter(isError);
  if (errors.length > 0) throw new InvalidPropsError(errors);
}
