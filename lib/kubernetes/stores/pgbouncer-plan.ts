import { type Check, duplicates, isDnsLabel, isWholeWithin, withDefaults } from '../../check';
import type { PooledDatabase } from '../../config/pgbouncer/pgbouncer-ini';
import {
  connectionsPerPod,
  type DatabasePoolerPlan,
  type DatabasePoolerSpec,
  databasePoolerPlan,
  PUBLIC_IMAGES,
  poolerMemory,
} from '../../model';
import type { Memory } from '../../units';
import { type OpenPeer, type PodPeer, PROMETHEUS } from '../cluster/network-peers';
import type { NodePlacement } from '../workload/node-placement';

/** A pooler as objects of Kubernetes: what it stands in front of, and who comes. */
export interface PgBouncerProps extends Omit<DatabasePoolerSpec, 'database' | 'except' | 'serverAuthority'> {
  /** Name of the database inside its server, by which clients ask for it. */
  readonly databaseName: string;
  /** Connections that the server takes. */
  readonly maxConnections: number;
  /** Connections that clients may open to the pooler, all of them together (1-100000). */
  readonly demand: number;
  /** Secrets with `username` and `password`, one for each role (DNS labels of at most 56 characters, each once). */
  readonly roles: readonly string[];
  /** Secrets with further logins of the same roles, which take turns and share their connections. @default - none */
  readonly otherLogins?: readonly string[];
  /** Secret with `host` and `port` of the server (DNS label of at most 56 characters). */
  readonly serverSecret: string;
  /** Certificates (PEM) of who signs that of the server, or `own`: the same who signs the pooler's. */
  readonly serverAuthority: string;
  /** Secret with `tls.crt`, `tls.key` and `ca.crt`, for the names that clients use (DNS label). @default - `<name>-tls` */
  readonly tlsSecret?: string;
  /** Pods that may connect. Nobody else can. */
  readonly clients: readonly PodPeer[];
  /** Where the server answers. */
  readonly server: readonly OpenPeer[];
  /** Pods that may read its metrics. @default - the Prometheus in `monitoring` */
  readonly scrapers?: readonly PodPeer[];
  /** An image of the declared release, with pg_isready and a shell; by tag or digest. @default - that of `PUBLIC_IMAGES` */
  readonly image?: string;
  /** Image of its exporter; `off` serves no metrics. @default - that of `PUBLIC_IMAGES` */
  readonly exporterImage?: string;
  /** PriorityClass of the pods. @default - the cluster's default */
  readonly priorityClass?: string;
  /** @default - any untainted node */
  readonly placement?: NodePlacement;
  /** Further labels of nodes over which its pods are spread. @default - none */
  readonly spreadOver?: readonly string[];
  /** Product it belongs to. @default - none */
  readonly partOf?: string;
}

/** Signed by whoever signs the pooler's own certificate. */
export const OWN_AUTHORITY = 'own';

const DEFAULTS = {
  otherLogins: [],
  scrapers: [PROMETHEUS],
  image: PUBLIC_IMAGES.pgbouncer,
  exporterImage: PUBLIC_IMAGES.pgbouncerExporter,
  placement: {},
  spreadOver: [],
} as const satisfies Partial<PgBouncerProps>;

/** The props with every choice made. */
export type PgBouncerPlan = PgBouncerProps &
  Required<Pick<PgBouncerProps, keyof typeof DEFAULTS | 'tlsSecret'>> &
  Omit<DatabasePoolerPlan, 'database' | 'except' | 'serverAuthority' | 'memory'>;

export function pgBouncerPlan(props: PgBouncerProps): PgBouncerPlan {
  const { serverAuthority } = props;
  const { database: _, except: _none, ...pool } = databasePoolerPlan({ ...props, database: '' });
  return { ...withDefaults({ ...DEFAULTS, tlsSecret: `${props.name}-tls` }, props), ...pool, serverAuthority };
}

/** What the configuration of one pod is made of: its part of the connections, and all clients. */
export const podPool = (plan: PgBouncerPlan): { readonly pool: PgBouncerPlan; readonly database: PooledDatabase } => ({
  pool: { ...plan, serverConnections: connectionsPerPod(plan) },
  database: {
    databaseName: plan.databaseName,
    host: plan.serverSecret,
    port: 0,
    maxConnections: plan.maxConnections,
    demand: plan.demand,
    roles: plan.roles,
  },
});

/** Memory of a pod: all clients may come to one, while another is away. */
export const pgBouncerMemory = (plan: PgBouncerPlan): Memory =>
  poolerMemory({ ...plan, database: '', except: [] }, plan.demand, connectionsPerPod(plan));

const secretsOf = ({ roles, otherLogins, serverSecret, tlsSecret }: PgBouncerPlan): string[] => [
  ...roles,
  ...otherLogins,
  serverSecret,
  tlsSecret,
];

const badSecrets = (plan: PgBouncerPlan): string[] => [
  ...secretsOf(plan).filter((name) => !isDnsLabel(name) || name.length > 56),
  ...duplicates(secretsOf(plan)),
];

/** What is said about the pods of a pooler; numbers are checked by the model, peers by the network policy. */
export const PGBOUNCER_POD_CHECKS: readonly Check<PgBouncerPlan>[] = [
  {
    id: 'pgbouncer-has-roles',
    prop: 'roles',
    holds: ({ roles }) => roles.length > 0,
    rule: 'must name one Secret or more: nobody could log in',
    received: ({ roles }) => roles,
    remedy: 'leave the pooler out where nobody connects',
  },
  {
    id: 'pgbouncer-secrets-are-dns-labels',
    prop: 'roles',
    holds: (plan) => badSecrets(plan).length === 0,
    rule: 'and other Secrets must be 1-56 of a-z, 0-9 and inner hyphens, each once',
    received: badSecrets,
    remedy: 'use names such as orders-main',
  },
  {
    id: 'pgbouncer-demand-is-counted',
    prop: 'demand',
    holds: ({ demand }) => isWholeWithin(demand, 1, 100_000),
    rule: 'must be 1-100000',
    remedy: 'use the sum of all pools of all processes',
  },
  {
    id: 'pgbouncer-database-name-is-plain',
    prop: 'databaseName',
    holds: ({ databaseName }) => /^[A-Za-z][\w-]{0,62}$/.test(databaseName),
    rule: 'must be 1-63 letters, digits, _ and -, a letter first',
    remedy: 'use the name inside the server',
  },
  {
    id: 'pgbouncer-authority-is-pem',
    prop: 'serverAuthority',
    holds: ({ serverAuthority }) =>
      serverAuthority === OWN_AUTHORITY ||
      /^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----\n?$/.test(serverAuthority),
    rule: "must be certificates (PEM), or 'own'",
    received: () => 'something else',
    remedy: "use the text of the bundle that the server's operator publishes",
  },
  {
    id: 'pgbouncer-reaches-the-server',
    prop: 'server',
    holds: ({ server }) => server.length > 0,
    rule: 'must say where the server answers: everything else is closed',
    received: () => [],
    remedy: "use the ranges of the database's subnets",
  },
];
