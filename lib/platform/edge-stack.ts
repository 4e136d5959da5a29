import type { App } from 'cdktf';
import type { EksCluster, Network } from '../aws';
import type { Finding } from '../check';
import type { EnvironmentSpec, PlatformSpec } from '../model';

/** What other stacks ask of an edge. */
export type Edge = object;

/** All that is wrong with an environment's door; makes nothing. */
export function inspectEdge(_path: string, _platform: PlatformSpec, _environment: EnvironmentSpec): Finding[] {
  return [];
}

/** Certificate, firewall and load balancer of an environment, if it declares an edge. */
export function buildEdge(
  _app: App,
  _platform: PlatformSpec,
  _environment: EnvironmentSpec,
  _network: Network,
  _cluster: EksCluster,
): Edge | undefined {
  return undefined;
}
