import { type Check, isDnsLabel } from '../../check';
import type { WebServicePlan } from './web-service-props';

/** Leaves room for the prefix that makes it the name of a volume. */
const isMountable = (name: string): boolean => isDnsLabel(name) && name.length <= 56;

const mountNames = ({ secretFiles, configMaps }: WebServicePlan): string[] => [
  ...secretFiles.map(({ secret }) => secret),
  ...configMaps.map(({ name }) => name),
];

const TEMPORARY = '/tmp';

const folders = ({ secretFiles, configMaps }: WebServicePlan): string[] => [
  TEMPORARY,
  ...[...secretFiles, ...configMaps].map(({ mountPath }) => mountPath),
];

const isFolder = (path: string): boolean => /^(\/[\w.-]+)+$/.test(path) && !/\/\.\.?(\/|$)/.test(path);

/** Folders that are no folders, or lie in another one or around it. */
const tangledFolders = (plan: WebServicePlan): string[] =>
  folders(plan).filter(
    (path, index, all) =>
      !isFolder(path) || all.some((other, at) => at !== index && `${path}/`.startsWith(`${other}/`)),
  );

const TREES: readonly string[] = ['/dev', '/proc', '/sys'];

/** A mount covers what the image has there; a tree of the kernel must not be touched at any depth. */
const SYSTEM_FOLDERS: readonly string[] = [...TREES, '/bin', '/etc', '/lib', '/lib64', '/sbin', '/usr', '/var'];

const systemFolders = (plan: WebServicePlan): string[] =>
  folders(plan).filter((path) => SYSTEM_FOLDERS.includes(path) || TREES.some((tree) => path.startsWith(`${tree}/`)));

/** What is said about files in a container; a part of `WEB_SERVICE_CHECKS`. */
export const WEB_SERVICE_MOUNT_CHECKS: readonly Check<WebServicePlan>[] = [
  {
    id: 'web-service-mounts-are-named',
    prop: (plan) => (plan.secretFiles.every(({ secret }) => isMountable(secret)) ? 'configMaps' : 'secretFiles'),
    holds: (plan) => mountNames(plan).every(isMountable),
    rule: 'must name objects with 1-56 of a-z, 0-9 and inner hyphens',
    received: (plan) => mountNames(plan).filter((name) => !isMountable(name)),
    remedy: 'give the Secret or ConfigMap a shorter name without dots',
  },
  {
    id: 'web-service-mounts-are-apart',
    prop: 'mountPath',
    holds: (plan) => tangledFolders(plan).length === 0,
    rule: 'must be absolute folders, none of them inside another one or /tmp',
    received: tangledFolders,
    remedy: 'use one folder for each, such as /etc/secrets/database',
  },
  {
    id: 'web-service-mounts-leave-the-system-alone',
    prop: 'mountPath',
    holds: (plan) => systemFolders(plan).length === 0,
    rule: `must not be one of ${SYSTEM_FOLDERS.join(', ')}, whose files it would hide`,
    received: systemFolders,
    remedy: 'use a folder of its own below, such as /etc/secrets/database',
  },
];
