import { type Check, duplicates, isDnsLabel, isRegion, isWholeWithin, withDefaults } from '../../check';
import { databaseRolesName, PUBLIC_IMAGES } from '../../model';
import { Duration } from '../../units';
import type { OpenPeer } from '../cluster/network-peers';
import type { Labels } from '../labels';
import type { NodePlacement } from '../workload/node-placement';

/** A database outside the cluster, its master, and the roles of those who use it. */
export interface DatabaseRolesProps {
  /** Name of the database (DNS label of at most 40 characters); its objects are called `<name>-roles`. */
  readonly name: string;
  /** Name of the master's secret in Secrets Manager, with `host`, `port`, `username`, `password` and `dbname`. */
  readonly masterSecret: string;
  /** AWS region of that secret. */
  readonly region: string;
  /** Secrets of the cluster with `username` and `password` of each role (DNS labels of at most 56 characters, each once). */
  readonly roles: readonly string[];
  /**
   * Secrets of second logins, each with that of the role it acts as; all are among `roles`. Their Secrets have `version`, too.
   * @default - none: each role has one login
   */
  readonly secondLogins?: Readonly<Record<string, string>>;
  /** Version that each Secret must have got before its password is set (whole numbers, 1 or more). @default - none is waited for */
  readonly versions?: Readonly<Record<string, number>>;
  /** Version of a Secret that says none, as those from before logins took turns (whole number, 1 or more). @default 1 */
  readonly startVersion?: number;
  /** Where the database answers. */
  readonly database: readonly OpenPeer[];
  /** Where Secrets Manager answers. */
  readonly secrets: readonly OpenPeer[];
  /** How often roles are looked after: a new password works that much later at the most (5, 6, 10, 12, 15, 20 or 30 min). @default Duration.minutes(15) */
  readonly every?: Duration;
  /** An image with psql 16 or later and a shell; by tag or digest. @default - that of `PUBLIC_IMAGES` */
  readonly image?: string;
  /** An image with the AWS command line and a shell; by tag or digest. @default - that of `PUBLIC_IMAGES` */
  readonly awsImage?: string;
  /** PriorityClass of the pods. @default - the cluster's default */
  readonly priorityClass?: string;
  /** @default - any untainted node */
  readonly placement?: NodePlacement;
  /** Labels of all objects. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

const DEFAULTS = {
  every: Duration.minutes(15),
  image: PUBLIC_IMAGES.postgres,
  awsImage: PUBLIC_IMAGES.awsCli,
  secondLogins: {},
  versions: {},
  startVersion: 1,
  placement: {},
  labels: {},
} as const satisfies Partial<DatabaseRolesProps>;

/** The props with every default in place. */
export type DatabaseRolesPlan = DatabaseRolesProps & Required<Pick<DatabaseRolesProps, keyof typeof DEFAULTS>>;

export const databaseRolesPlan = (props: DatabaseRolesProps): DatabaseRolesPlan => withDefaults(DEFAULTS, props);

export const rolesName = ({ name }: Pick<DatabaseRolesProps, 'name'>): string => databaseRolesName(name);

const badRoles = ({ roles }: DatabaseRolesPlan): string[] => [
  ...roles.filter((role) => !isDnsLabel(role) || role.length > 56),
  ...duplicates(roles),
];

/** What is said about names and times; peers are checked by the network policy. */
export const DATABASE_ROLES_CHECKS: readonly Check<DatabaseRolesPlan>[] = [
  {
    id: 'database-roles-name-is-a-short-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name) && name.length <= 40,
    rule: 'must be 1-40 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of the database',
  },
  {
    id: 'database-roles-master-is-named',
    prop: 'masterSecret',
    holds: ({ masterSecret }) => /^[\w/+=.@-]{1,512}$/.test(masterSecret),
    rule: 'must be the name of a secret, known at synthesis: 1-512 letters, digits and /_+=.@-',
    remedy: 'use the name that Terraform gives it',
  },
  {
    id: 'database-roles-region-is-a-region',
    prop: 'region',
    holds: ({ region }) => isRegion(region),
    rule: 'must be an AWS region such as us-west-2',
    remedy: 'leave out the letter of the zone',
  },
  {
    id: 'database-roles-are-of-somebody',
    prop: 'roles',
    holds: (plan) => plan.roles.length > 0 && badRoles(plan).length === 0,
    rule: 'must be one or more names of Secrets: 1-56 of a-z, 0-9 and inner hyphens, each once',
    received: (plan) => (plan.roles.length === 0 ? plan.roles : badRoles(plan)),
    remedy: 'leave the roles out where nobody connects',
  },
  {
    id: 'database-roles-logins-are-roles',
    prop: 'secondLogins',
    holds: ({ secondLogins, roles }) =>
      Object.entries(secondLogins).every(
        ([second, first]) => second !== first && [second, first].every((name) => roles.includes(name)),
      ),
    rule: 'must name two of the roles each',
    received: ({ secondLogins }) => secondLogins,
    remedy: 'add both Secrets to roles',
  },
  {
    id: 'database-roles-versions-count',
    prop: 'versions',
    holds: ({ versions, roles }) =>
      Object.entries(versions).every(
        ([name, version]) => roles.includes(name) && isWholeWithin(version, 1, Number.MAX_SAFE_INTEGER),
      ),
    rule: 'must be whole numbers of at least 1, of Secrets among the roles',
    received: ({ versions }) => versions,
    remedy: 'use those of the secrets that Terraform writes',
  },
  {
    id: 'database-roles-start-version-counts',
    prop: 'startVersion',
    holds: ({ startVersion }) => isWholeWithin(startVersion, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be a whole number of at least 1',
    remedy: 'use the version that passwords had before logins took turns, or leave it out for 1',
  },
  {
    id: 'database-roles-can-reach-both-sides',
    prop: ({ database }) => (database.length === 0 ? 'database' : 'secrets'),
    holds: ({ database, secrets }) => database.length > 0 && secrets.length > 0,
    rule: 'must name who may be connected to: everything else is closed',
    received: () => [],
    remedy: "use the ranges of the database's subnets, and those of the endpoint of Secrets Manager",
  },
  {
    id: 'database-roles-are-looked-after-evenly',
    prop: 'every',
    holds: ({ every }) => isWholeWithin(every.inMillis / 60_000, 5, 30) && 60 % (every.inMillis / 60_000) === 0,
    rule: 'must be 5, 6, 10, 12, 15, 20 or 30 minutes: what an hour divides into',
    remedy: 'leave it out for 15 minutes',
  },
];
