import { withDefaults } from '../../check';
import type { Cpu, Memory } from '../../units';
import type { Resources } from '../service/service';

/** A store that is one pod with a volume of its own. While the pod restarts or moves, nobody is served. */
export interface StoreSpec {
  /** DNS label, the name by which services refer to it. */
  readonly name: string;
  /** Name of its StatefulSet and Service (1-40 of a-z, 0-9 and inner hyphens, a letter first). @default - `name` */
  readonly objectName?: string;
  /** Names of further Services that lead to it, each like `objectName`. @default - none */
  readonly aliases?: readonly string[];
  /** Port of its protocol (1024-65535). @default - the protocol's own */
  readonly port?: number;
  /** Processor request (10 millicores or more). @default - depends on the kind of store */
  readonly cpu?: Cpu;
  /** Processor limit, at least the request. @default - depends on the kind of store */
  readonly cpuLimit?: Cpu;
  /** Memory limit (128 MiB or more). @default - depends on the kind of store */
  readonly memory?: Memory;
  /** Memory request, at most the limit; what is used above it goes first when a node runs out. @default - depends on the kind of store */
  readonly memoryRequest?: Memory;
  /** Volume with its data (1 GiB to 16 TiB). @default - depends on the kind of store */
  readonly storage?: Memory;
  /** Raise it to draw a new password (whole number, 1 or more); its kind says when the old one ends. @default 1 */
  readonly passwordVersion?: number;
  /** Name of the node group it runs on; one with a group per zone, because of the volume. @default - any untainted node */
  readonly nodes?: string;
  /** Requests a second that it serves, as measured (1 or more). @default - not known */
  readonly measuredRps?: number;
}

type Optional = 'nodes' | 'measuredRps';

/** A store with every choice made. */
export type StorePlan = Required<Omit<StoreSpec, Optional>> & Pick<StoreSpec, Optional>;

/** What a kind of store has unless it is declared otherwise. */
export type StoreDefaults = Omit<StorePlan, 'name' | 'objectName' | 'aliases' | 'passwordVersion' | Optional>;

/** The declaration with those defaults; what the kind of store adds to it is kept. */
export function storePlan<S extends StoreSpec>(defaults: StoreDefaults, spec: S): S & StorePlan {
  const common: StoreSpec = spec;
  return { ...spec, ...withDefaults({ ...defaults, objectName: spec.name, aliases: [], passwordVersion: 1 }, common) };
}

/** Requests and limits of the server's container. @param ephemeralStorage Logs and temporary files; data has its volume. */
export const storeResources = (plan: StorePlan, ephemeralStorage: Memory): Resources => ({
  requests: { cpu: plan.cpu, memory: plan.memoryRequest, ephemeralStorage },
  limits: { cpu: plan.cpuLimit, memory: plan.memory, ephemeralStorage },
});

/** The headless Service that names the pod. */
export const membersName = (objectName: string): string => `${objectName}-members`;

/** By what pods reach it, from any namespace once its own is known. */
export const storeHost = ({ name, objectName = name }: StoreSpec, namespace?: string): string =>
  namespace === undefined ? objectName : `${objectName}.${namespace}.svc`;

/** Names that its certificate must be valid for: of its Services and, once the namespace is known, of its pod. */
export function storeCertificateNames(
  { name, objectName = name, aliases = [] }: StoreSpec,
  namespace?: string,
): string[] {
  const names = [objectName, ...aliases];
  if (namespace === undefined) return names;
  const endings = [namespace, `${namespace}.svc`, `${namespace}.svc.cluster.local`];
  const pod = `${objectName}-0.${membersName(objectName)}`;
  return [...names, ...endings.flatMap((ending) => [...names, pod].map((name) => `${name}.${ending}`))];
}
