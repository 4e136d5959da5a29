/** Where commands are run, and what changes things there. */
export interface RunbookPlace {
  /** Platform, `acgs`. */
  readonly platform: string;
  /** Environment, `production`. */
  readonly environment: string;
  readonly region: string;
  /** EKS cluster. */
  readonly cluster: string;
  /** Namespace of the workloads. */
  readonly namespace: string;
  /** Argo CD puts back what is changed by hand, or people and pipelines apply. */
  readonly appliedBy: 'argo-cd' | 'kubectl';
  /** URL without `/` at its end. @default - nothing is measured */
  readonly grafana?: string;
  /** Other files of the same folder that are written, by name: `recovery.md`. */
  readonly files: readonly string[];
}

/** What runs a service. */
export interface RunbookWorkload {
  readonly service: string;
  readonly kind: 'Deployment' | 'Rollout';
  /** Name of the Deployment or Rollout. */
  readonly object: string;
  readonly release: 'rolling' | 'canary' | 'blue-green';
  /** Way back of a Rollout. @default - a Deployment has none of them */
  readonly back?: {
    /** Versions back that skip tests and pauses. */
    readonly revisions: number;
    /** How long old pods still run after everybody was moved. */
    readonly keptFor: string;
  };
  readonly autoscaler: string;
  readonly scaledBy: 'HorizontalPodAutoscaler' | 'ScaledObject';
  readonly min: number;
  readonly max: number;
  /** What it is scaled by: `cpu 70%`. */
  readonly targets: readonly string[];
  /** Time of which the most cautious wish counts. */
  readonly waits: { readonly up: string; readonly down: string };
  /** Name of the disruption budget. */
  readonly budget: string;
  /** What one pod asks for and may reach, sidecar included. */
  readonly pod: { readonly cpu: string; readonly memory: string; readonly memoryLimit: string };
  /** Connections that one pod may hold, by database. */
  readonly pools: Readonly<Record<string, number>>;
  readonly port: number;
  readonly healthPath: string;
  /** How long a pod may take to start. */
  readonly startsWithin: string;
  /** Longest time that a pod takes to go (seconds). */
  readonly endsWithinSeconds: number;
  /** Users reach it through the gateway. */
  readonly isPublic: boolean;
  /** Job that brings its tables up to date. @default - it has none */
  readonly migration?: string;
}

/** A database and how people talk to it from within the cluster. */
export type RunbookDatabase = {
  readonly name: string;
  /** Name inside the server: `acgs`. */
  readonly databaseName: string;
  readonly maxConnections: number;
  /** Deployment that pools in front of it, and how many connections it holds. @default - pods connect to the database itself */
  readonly pooler?: { readonly name: string; readonly serverConnections: number };
} & (
  | { readonly runs: 'pod'; readonly object: string }
  | {
      readonly runs: 'rds';
      readonly identifier: string;
      /** CronJob whose pods know the master's password. @default - a replica has none */
      readonly rolesJob?: string;
      /** It follows another database, and takes no writes. */
      readonly isReplica: boolean;
      readonly multiAz: boolean;
    }
);

/** A cache with pods, or one of ElastiCache. */
export type RunbookCache = { readonly name: string; readonly port: number } & (
  | { readonly runs: 'pod'; readonly pod: string; readonly isCluster: boolean; readonly replicas: number }
  | { readonly runs: 'elasticache'; readonly identifier: string; readonly replicas: number }
);

/** Nodes that come and go together. */
export interface RunbookNodes {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly instanceTypes: readonly string[];
  /** One group a zone: volumes stay there. */
  readonly zoned: boolean;
}

/** One runbook's title and its first lines. */
export const opening = (
  title: string,
  { platform, environment, files }: RunbookPlace,
  ...about: string[]
): string[] => [
  `# ${title} of ${platform} ${environment}`,
  '',
  'Written from the declarations; changes belong there.',
  ...about,
  ...(files.includes(TROUBLESHOOTING) && title !== 'Troubleshooting'
    ? [`How to reach the cluster is in [${TROUBLESHOOTING}](${TROUBLESHOOTING}#the-cluster).`]
    : []),
  '',
];

export const ROLLBACK = 'rollback.md';
export const TRAFFIC_SPIKE = 'traffic-spike.md';
export const MAINTENANCE = 'maintenance.md';
export const FAILOVER = 'failover.md';
export const COMPLIANCE = 'compliance.md';
export const TROUBLESHOOTING = 'troubleshooting.md';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table in Markdown; rows of one cell for each of the head. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(head),
  `|${head.map(() => '---|').join('')}`,
  ...rows.map(row),
  '',
];
