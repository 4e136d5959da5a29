import type { App } from 'cdktf';
import type { Network } from '../aws';
import type { Finding } from '../check';
import type { EnvironmentSpec, PlatformSpec } from '../model';
import type { Edge } from './edge-stack';

/** All that is wrong with alarms, quotas and versions of an environment; makes nothing. */
export function inspectOperations(_path: string, _platform: PlatformSpec, _environment: EnvironmentSpec): Finding[] {
  return [];
}

/** Topic, alarms and a watch on cost, if an environment declares operations. */
export function buildOperations(
  _app: App,
  _platform: PlatformSpec,
  _environment: EnvironmentSpec,
  _network: Network,
  _edge: Edge | undefined,
): void {}
