import { Duration } from '../units';
import type { ComposeHealthCheck, ComposeService } from './compose-file';
import { type Bounds, composeResources } from './compose-text';
import type { LocalPlan } from './local-plan';

/** Between the gateway, the services and the world. */
export const SERVICES_NETWORK = 'services';
/** Between services and stores, with no way out. */
export const STORES_NETWORK = 'stores';
/** For stores that a port of the machine leads to: no port leads into a network without a way out. */
export const PUBLISHED_NETWORK = 'published';

/** What all containers have in common: they come back after a crash, cannot write to their image or gain rights, and keep logs short. */
type Common = 'deploy' | 'restart' | 'read_only' | 'cap_drop' | 'security_opt' | 'logging';

/** A container with what all of them have in common. */
export const container = (
  own: Omit<ComposeService, Common>,
  { replicas = 1, resources }: { readonly replicas?: number; readonly resources: Bounds },
): ComposeService => ({
  ...own,
  deploy: { replicas, resources: composeResources(resources) },
  restart: 'unless-stopped',
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
});

/** As often as the documents ask their services: every 30 s, 10 s to answer, three times. */
const OFTEN = { interval: Duration.seconds(30), timeout: Duration.seconds(10), retries: 3 } as const;

/** Stores are what others wait for: they are asked more often. */
const OFTENER = { interval: Duration.seconds(5), timeout: Duration.seconds(6), retries: 6 } as const;

const healthCheck = (
  test: readonly string[],
  { interval, timeout, retries }: { interval: Duration; timeout: Duration; retries: number },
  startWithin: Duration,
): ComposeHealthCheck => ({
  test: ['CMD', ...test],
  interval: `${interval}`,
  timeout: `${timeout}`,
  retries,
  start_period: `${startWithin}`,
});

/** Health of a service. */
export const serviceHealth = (test: readonly string[], startWithin: Duration): ComposeHealthCheck =>
  healthCheck(test, OFTEN, startWithin);

/** Health of what services wait for. */
export const storeHealth = (test: readonly string[], startWithin: Duration = Duration.minutes(1)): ComposeHealthCheck =>
  healthCheck(test, OFTENER, startWithin);

/** A folder in memory that any user of the container may write to. */
export const inMemory = (path: string, mebibytes: number): string => `${path}:mode=1777,size=${mebibytes}m`;

/** A file beside the Compose file, for reading. */
export const mounted = (file: string, path: string): string => `./${file}:${path}:ro`;

/** A port of the machine that leads to one of the container. */
export const published = ({ choices }: LocalPlan, port: number, to: number): string =>
  `${choices.publishOn}:${port}:${to}`;

/** Where services find what they need for a store: the same folders as in a cluster. */
export const connectFolder = ({ platform }: LocalPlan, store: string): string =>
  `/var/run/secrets/${platform}/${store}`;

/** Networks of a store, and the names by which it is reached in them. */
export function storeNetworks({ choices }: LocalPlan, store: string, aliases: readonly string[]) {
  const reached = aliases.length === 0 ? {} : { aliases };
  return {
    [STORES_NETWORK]: reached,
    ...(choices.publishStores[store] === undefined ? {} : { [PUBLISHED_NETWORK]: {} }),
  };
}

/** Port of a store on the machine, if one is declared. */
export function storePorts(plan: LocalPlan, store: string, port: number): Pick<ComposeService, 'ports'> {
  const outside = plan.choices.publishStores[store];
  return outside === undefined ? {} : { ports: [published(plan, outside, port)] };
}
