import type { EnvironmentSpec, PlatformSpec } from '../model';
import type { FileTree } from './output/file-tree';

/** What an environment costs in a month, as data. */
export const costs = (_platform: PlatformSpec, _environment: EnvironmentSpec): FileTree => new Map();
