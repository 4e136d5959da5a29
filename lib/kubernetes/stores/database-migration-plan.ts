import { type Check, isDnsLabel, isPinnedImage, isWholeWithin, withDefaults } from '../../check';
import { migrationName, PUBLIC_IMAGES } from '../../model';
import { Cpu, Duration, Memory } from '../../units';
import type { OpenPeer } from '../cluster/network-peers';
import type { Labels } from '../labels';
import type { WebServiceProps } from '../workload/web-service-props';

/** A service, and the program that brings its tables to the shape of its release. */
export interface DatabaseMigrationProps
  extends Pick<WebServiceProps, 'image' | 'resources' | 'settings' | 'secretFiles' | 'labels' | 'partOf'> {
  /** Name of the service (DNS label of at most 40 characters); its objects are called `<service>-migration`. */
  readonly service: string;
  /** Program and arguments; it may run again. */
  readonly command: readonly string[];
  /** Folder of `secretFiles` with the role that it logs in as: it starts once that is possible. */
  readonly roleFolder: string;
  /** Where the database answers. */
  readonly database: readonly OpenPeer[];
  /** Longest time of a run, with the wait (whole minutes, 5 min to 6 h). @default Duration.minutes(30) */
  readonly within?: Duration;
  /** An image with psql and a shell, for the wait. @default - that of `PUBLIC_IMAGES` */
  readonly waitImage?: string;
  /** PriorityClass of the pod. @default - the cluster's default */
  readonly priorityClassName?: string;
  /** @default - any untainted node */
  readonly nodes?: NonNullable<WebServiceProps['nodes']>;
}

export const amounts = (cpu: number, memory: number) => ({
  cpu: Cpu.millis(cpu),
  memory: Memory.mib(memory),
  ephemeralStorage: Memory.mib(128),
});

const DEFAULTS = {
  within: Duration.minutes(30),
  waitImage: PUBLIC_IMAGES.postgres,
  resources: { requests: amounts(100, 128), limits: amounts(500, 256) },
  settings: {},
  secretFiles: [],
  labels: {},
  nodes: {},
} as const satisfies Partial<DatabaseMigrationProps>;

/** The props with every default in place. */
export type DatabaseMigrationPlan = DatabaseMigrationProps &
  Required<Pick<DatabaseMigrationProps, keyof typeof DEFAULTS>>;

export const databaseMigrationPlan = (props: DatabaseMigrationProps): DatabaseMigrationPlan =>
  withDefaults(DEFAULTS, props);

/** Component that it is labelled as. */
export const MIGRATION_COMPONENT = 'database-migration';

/** Labels of the pods that migrate the tables of a service, whichever Job they are of. */
export const migrationSelector = (service: string): Labels => ({
  'app.kubernetes.io/name': migrationName(service),
  'app.kubernetes.io/component': MIGRATION_COMPONENT,
});

/** What is said about program, time and the role that is waited for. */
export const DATABASE_MIGRATION_CHECKS: readonly Check<DatabaseMigrationPlan>[] = [
  {
    id: 'database-migration-service-is-a-short-dns-label',
    prop: 'service',
    holds: ({ service }) => isDnsLabel(service) && service.length <= 40,
    rule: 'must be 1-40 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of the service',
  },
  {
    id: 'database-migration-image-is-pinned',
    prop: 'image',
    holds: ({ image }) => isPinnedImage(image),
    rule: 'must have a digest or a tag other than latest: a Job runs once for each',
    remedy: 'use that of the release',
  },
  {
    id: 'database-migration-has-a-program',
    prop: 'command',
    holds: ({ command }) => command.length > 0 && command[0] !== '',
    rule: 'must name a program, or the service itself would start',
    remedy: "use what applies the migrations, such as ['alembic', 'upgrade', 'head']",
  },
  {
    id: 'database-migration-ends',
    prop: 'within',
    holds: ({ within }) => isWholeWithin(within.inMillis / 60_000, 5, 360),
    rule: 'must be 5 min to 6 h in whole minutes',
    remedy: 'leave it out for 30 min',
  },
  {
    id: 'database-migration-has-its-role',
    prop: 'roleFolder',
    holds: ({ roleFolder, secretFiles }) => secretFiles.some(({ mountPath }) => mountPath === roleFolder),
    rule: 'must be a folder of secretFiles',
    remedy: 'mount the Secret of the role there',
  },
];
