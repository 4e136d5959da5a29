import type { App } from 'cdktf';
import type { Finding } from '../check';
import type { EnvironmentSpec, PlatformSpec } from '../model';
import type { FileTree } from './output/file-tree';

/** All that is wrong with backups and what they promise; makes nothing. */
export function inspectRecoveryOf(_path: string, _platform: PlatformSpec, _environment: EnvironmentSpec): Finding[] {
  return [];
}

/** Vaults, plans and buckets of an environment, if it declares backups. */
export function buildRecovery(_app: App, _platform: PlatformSpec, _environment: EnvironmentSpec): void {}

/** What people do when something is lost, with the names of the environment. */
export const runbooks = (_platform: PlatformSpec, _environment: EnvironmentSpec): FileTree => new Map();
