import { configuredTexts } from '../configured';
import type { Database, Facts, Workload } from '../facts';
import { onceFor } from '../once-for';
import { autoscalersByTarget, boundsOf, extraOf } from '../pack/demand';
import type { Evidence } from '../rule';
import { pgBouncerIni } from '../texts/pgbouncer-ini';
import { podsMounting } from './behind';

/** A PgBouncer: what it lets in, and what it opens itself. */
export interface Pooler {
  readonly workload: Workload;
  /** Least and most pods of it. */
  readonly floor: number;
  readonly pods: number;
  /** Pods that a release adds. */
  readonly extra: number;
  /** Clients that each pod takes. */
  readonly maxClients: number;
  /** Connections that each pod opens to a host at most, by database entry. */
  readonly servers: readonly { readonly entry: string; readonly host: string; readonly connections: number }[];
  /** Whether a database entry stands for all others, so that what it opens has no bound of its own. */
  readonly isOpenEnded: boolean;
  readonly evidence: Evidence;
}

/** Defaults of PgBouncer. Source: pgbouncer.org, config.html. */
const DEFAULT_CLIENTS = 100;
const DEFAULT_POOL = 20;

/** Every PgBouncer whose configuration is a ConfigMap that some pods mount. */
export const poolersOf = onceFor(readPoolers);

function readPoolers(facts: Facts): Pooler[] {
  const scalers = autoscalersByTarget(facts);
  const mounting = podsMounting(facts);
  return configuredTexts(facts.objects).flatMap(({ object, text, evidence }) => {
    const ini = pgBouncerIni(text);
    if (ini === undefined) return [];
    const setting = (name: string, otherwise: number): number => {
      const written = Number(ini.settings.get(name));
      return Number.isInteger(written) && written >= 0 ? written : otherwise;
    };
    const users = usersOf(facts, ini.databases);
    const size = setting('default_pool_size', DEFAULT_POOL);
    const most = setting('max_db_connections', 0);
    const servers = [...ini.databases].map(([entry, target]) => {
      const own = Number(target.max_db_connections ?? most);
      const pooled =
        (Number(target.pool_size ?? size) + Number(target.reserve_pool ?? setting('reserve_pool_size', 0))) * users;
      return { entry, host: target.host ?? '', connections: own > 0 ? own : pooled };
    });
    return mounting(object).map((workload) => {
      const { floor, ceiling } = boundsOf(scalers, workload);
      return {
        workload,
        floor,
        pods: ceiling,
        extra: extraOf(workload, ceiling),
        maxClients: setting('max_client_conn', DEFAULT_CLIENTS),
        servers,
        isOpenEnded: ini.databases.has('*') && most === 0,
        evidence,
      };
    });
  });
}

/** Each workload that has a pool to one of the entries logs in as its own role, and each role has its own pool. */
function usersOf({ assumptions: { pools } }: Facts, entries: ReadonlyMap<string, unknown>): number {
  const users = [...pools.values()].filter((own) => own.some(({ database }) => entries.has(database)));
  return Math.max(1, users.length);
}

/** Whether pools that name it mean this PgBouncer: its workload, or one of its database entries. */
export const isPooler =
  ({ workload, servers }: Pooler) =>
  (name: string): boolean =>
    name === workload.name || name === workload.id || servers.some(({ entry }) => entry === name);

/** Whether a host belongs to a database: an endpoint starts with the identifier of its instance. */
export const isHostOf = (host: string, database: Database, databases: readonly Database[]): boolean =>
  host.split('.')[0] === database.name || (databases.length === 1 && host !== '');
