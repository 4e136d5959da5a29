import { withDefaults } from '../../check';
import type { Cpu, Memory } from '../../units';
import type { PostgresServerSpec } from '../postgres/postgres-server';
import type { RedisClusterSpec } from '../redis/redis';
import type { RedisServerSpec } from '../redis/redis-server';
import type { PoolerSpec } from './pooler';

/** How one service runs on one machine. */
export interface LocalServiceSpec {
  /** A service of the environment. */
  readonly name: string;
  /** Containers (1-50). @default - the least pods that its scaling policy keeps */
  readonly replicas?: number;
  /** Port of the machine that leads to it (1-65535); a port leads to one container, so that `replicas` must be 1. @default - none */
  readonly publish?: number;
}

/** A program that an image of the services has, to ask for their health. */
export type HealthProbe = 'curl' | 'wget' | 'python';

/** Images of what is no service: full references, by tag or digest. */
export interface LocalImages {
  /** Redis 7.0 or later with redis-cli and a user `redis`. */
  readonly redis?: string;
  /** nginx 1.27.3 or later that runs without root. */
  readonly nginx?: string;
  /** PostgreSQL 15 or later with a user `postgres`. */
  readonly postgres?: string;
  /** PgBouncer with pg_isready. */
  readonly pgbouncer?: string;
  /** Qdrant 1.17 or later that runs without root. */
  readonly qdrant?: string;
}

/**
 * An environment on one machine, with Docker Compose: its services, its gateway and its stores as containers. Everything
 * that is not said here follows from the environment.
 */
export interface LocalSpec {
  /** The smallest machine that must hold what is reserved. @default - not compared */
  readonly host?: {
    /** Processors. */
    readonly cpu: Cpu;
    /** Memory. */
    readonly memory: Memory;
  };
  /** Registry of the services' images. @default - none: images of this machine, built or loaded here */
  readonly registry?: string;
  /**
   * Folder of passwords, as seen from the stack's folder: one that generating again does not replace.
   * @default - beside `dist`: '../../../../secrets/<platform>-<environment>'
   */
  readonly secretsFolder?: string;
  /** Services that start at once, each named once; the others start with the profile `all`. @default - all, as their policies have them */
  readonly services?: readonly LocalServiceSpec[];
  /** What the images of the services answer a health check with. @default 'curl' */
  readonly probe?: HealthProbe;
  /** Address of the machine that ports are opened on (IPv4); `0.0.0.0` opens them to the network. @default '127.0.0.1' */
  readonly publishOn?: string;
  /** Ports of the machine that lead to the gateway (1-65535). With `https` the other only redirects. @default - http 8080 */
  readonly gateway?: {
    /** Plain HTTP. */
    readonly http: number;
    /** TLS, with a certificate that is made beside the passwords. @default - plain HTTP only */
    readonly https?: number;
  };
  /** Servers in place of databases that AWS runs, by their names. @default - the environment's own, if they run in a cluster */
  readonly databases?: readonly PostgresServerSpec[];
  /** Redis in place of caches that AWS runs or that are too large, by their names. @default - the environment's own */
  readonly caches?: readonly (RedisClusterSpec | RedisServerSpec)[];
  /** What the members of a Redis Cluster are called, by cache: `redis` gives `redis-1`, `redis-2`. @default - the cache's name */
  readonly memberNames?: Readonly<Record<string, string>>;
  /** Ports of the machine that lead to databases and single Redis servers, by store (1-65535). @default - none */
  readonly publishStores?: Readonly<Record<string, number>>;
  /** Pool between services and databases. @default - services connect to the databases themselves */
  readonly pooler?: PoolerSpec;
  /** @default - the releases that the other renderings use; PgBouncer 1.25 */
  readonly images?: LocalImages;
}

const DEFAULTS = {
  probe: 'curl',
  publishOn: '127.0.0.1',
  databases: [],
  caches: [],
  memberNames: {},
  publishStores: {},
  images: {},
} as const satisfies LocalSpec;

/** The declaration with its defaults. */
export type LocalChoices = LocalSpec & Required<Pick<LocalSpec, keyof typeof DEFAULTS>>;

export const localChoices = (spec: LocalSpec): LocalChoices => withDefaults({ ...DEFAULTS }, spec);
