import type { Finding } from '../check';
import { composeStack, inspectLocal } from '../local';
import type { EnvironmentSpec, PlatformSpec } from '../model';
import type { FileTree } from './output/file-tree';

/** All that is wrong with an environment on one machine; makes nothing. */
export const inspectCompose = (path: string, { name }: PlatformSpec, environment: EnvironmentSpec): Finding[] =>
  environment.local === undefined ? [] : inspectLocal(`${path}/local`, name, environment, environment.local);

/** An environment as a Compose stack, if it also runs on one machine. */
export const composeFiles = ({ name }: PlatformSpec, environment: EnvironmentSpec): FileTree =>
  environment.local === undefined ? new Map() : composeStack(name, environment, environment.local).files;
