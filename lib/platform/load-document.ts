import type { Finding } from '../check';
import { loadScripts } from '../local';
import { type EnvironmentSpec, inspectLoad, type PlatformSpec } from '../model';
import type { FileTree } from './output/file-tree';

/** All that is wrong with the load tests of an environment; makes nothing. */
export const inspectLoads = (path: string, environment: EnvironmentSpec): Finding[] =>
  environment.load === undefined ? [] : inspectLoad(`${path}/load`, environment, environment.load);

/** Load tests of an environment as k6 scripts. */
export const loadFiles = (_platform: PlatformSpec, environment: EnvironmentSpec): FileTree =>
  environment.load === undefined ? new Map() : loadScripts(environment, environment.load);
