import { Construct } from 'constructs';
import {
  type Check,
  enforce,
  type Finding,
  inspect,
  isDnsLabel,
  isDnsName,
  isWholeWithin,
  withDefaults,
} from '../../check';
import { MASTER_ROLE } from '../../model';
import { Duration } from '../../units';
import type { EncryptionKey } from '../secrets/encryption-key';
import { EphemeralPassword } from '../secrets/ephemeral-password';
import { roleSecretName } from './postgres-database-props';
import type { SecretReplica } from './postgres-secret';
import { POSTGRES_DECLARED_SECRET_CHECKS, type SecretsPlan } from './postgres-secret-checks';
import { keyedReplicas } from './postgres-secret-replicas';
import { namesOfRoles, publishMaster, publishRole } from './postgres-secret-set';

/** Where a server answers that is no RDS instance, and who enters it. */
export interface PostgresRoleSecretsProps {
  /** Name of the database in descriptions, and the prefix of its secrets unless another is given. */
  readonly identifier: string;
  /** DNS name of the server: `main.alfred.svc.cluster.local`. */
  readonly host: string;
  /** Port of the server (1-65535). @default 5432 */
  readonly port?: number;
  /** Name of the database inside the server (letter first, then letters, digits, underscores; 1-63). */
  readonly databaseName: string;
  /** Key of the secrets; whoever reads one must be allowed to decrypt with it. */
  readonly key: EncryptionKey;
  /**
   * User that the server is set up with (1-63 letters, digits or underscores, a letter first). Applications never use it.
   * @default 'dbadmin'
   */
  readonly masterUsername?: string;
  /** Roles that applications use, by service name (DNS labels). @default - none */
  readonly roles?: readonly string[];
  /**
   * Versions of the passwords of single roles, by their names (whole numbers, 1 or more). @default - `rolePasswordVersion` for all
   */
  readonly roleVersions?: Readonly<Record<string, number>>;
  /** Start of all secrets' names: letters, digits and `/_+=.@-`. @default - the identifier */
  readonly secretPrefix?: string;
  /** Name of the master secret, of the same characters. @default - `<secretPrefix>/master` */
  readonly secretName?: string;
  /** Raise it to draw a new password for the master user (whole number, 1 or more). @default 1 */
  readonly passwordVersion?: number;
  /** Raise it to draw new passwords for all roles (whole number, 1 or more). @default 1 */
  readonly rolePasswordVersion?: number;
  /**
   * Time in which deleted secrets can be restored; their names stay taken (whole days, 7-30). 0 days delete at once.
   * @default Duration.days(30)
   */
  readonly secretRecoveryWindow?: Duration;
  /** Regions that keep copies of the secrets. @default - none */
  readonly secretReplicas?: readonly SecretReplica[];
}

type Plan = Required<PostgresRoleSecretsProps> & SecretsPlan;

function planned(props: PostgresRoleSecretsProps): Plan {
  const secretPrefix = props.secretPrefix ?? props.identifier;
  const defaults = {
    port: 5432,
    masterUsername: 'dbadmin',
    roles: [],
    roleVersions: {},
    secretPrefix,
    secretName: roleSecretName({ secretPrefix }, MASTER_ROLE),
    passwordVersion: 1,
    rolePasswordVersion: 1,
    secretRecoveryWindow: Duration.days(30),
    secretReplicas: [],
  } satisfies Partial<PostgresRoleSecretsProps>;
  const plan = withDefaults<PostgresRoleSecretsProps, typeof defaults>(defaults, props);
  return { ...plan, credentials: { kind: 'declared-secret' } };
}

/** Names that a server cannot give to a role, or has already given. */
const isTaken = (name: string): boolean => /^pg_|^(all|none|public|user)$/i.test(name);

/** What is asked of the place of a server and of those who enter it; `POSTGRES_DECLARED_SECRET_CHECKS` asks the rest. */
export const POSTGRES_ROLE_SECRETS_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'postgres-secrets-name-a-host',
    prop: 'host',
    holds: ({ host }) => isDnsName(host),
    rule: 'must be a DNS name: labels of a-z, 0-9 and inner hyphens, joined by dots',
    remedy: 'use the name of its Service, such as main.alfred.svc.cluster.local',
  },
  {
    id: 'postgres-secrets-name-a-port',
    prop: 'port',
    holds: ({ port }) => isWholeWithin(port, 1, 65_535),
    rule: 'must be a whole number from 1 to 65535',
    remedy: 'leave it out for 5432',
  },
  {
    id: 'postgres-secrets-name-a-database',
    prop: 'databaseName',
    holds: ({ databaseName }) => /^[A-Za-z]\w{0,62}$/.test(databaseName),
    rule: 'must be 1-63 letters, digits or underscores, a letter first',
    remedy: 'use a name such as alfred',
  },
  {
    id: 'postgres-secrets-name-a-master',
    prop: 'masterUsername',
    holds: ({ masterUsername }) => /^[A-Za-z]\w{0,62}$/.test(masterUsername) && !isTaken(masterUsername),
    rule: 'must be 1-63 letters, digits or underscores, a letter first, and no name that PostgreSQL keeps',
    remedy: 'leave it out for dbadmin',
  },
  {
    id: 'postgres-secrets-name-roles',
    prop: 'roles',
    holds: ({ roles, masterUsername }) =>
      roles.every((role) => isDnsLabel(role) && !isTaken(role) && role !== masterUsername),
    rule: 'must be DNS labels, none of them the master user or a name that PostgreSQL keeps',
    remedy: 'use the names of the services',
  },
];

/**
 * Secrets for a PostgreSQL that is no RDS instance, with the fields that those of an RDS instance have: a service finds
 * `engine`, `host`, `port`, `username`, `password` and `dbname`, wherever its database runs. Passwords are in no plan, state
 * or output. Whoever sets the server up takes the master's from its secret, and gives each role the password of its own.
 *
 * @example
 * new PostgresRoleSecrets(stack, 'Main', {
 *   identifier: 'alfred-development-main',
 *   host: 'main.alfred.svc.cluster.local',
 *   databaseName: 'alfred',
 *   roles: ['gateway'],
 *   secretPrefix: 'alfred/development/main',
 *   key: new EncryptionKey(stack, 'Key', { alias: 'alfred-development-stores', description: 'Passwords of stores' }),
 * });
 */
export class PostgresRoleSecrets extends Construct {
  /** What is wrong with place, roles, names and versions; makes nothing. */
  static inspect(path: string, props: PostgresRoleSecretsProps): Finding[] {
    const plan = planned(props);
    return [
      ...inspect<Plan>(path, plan, POSTGRES_ROLE_SECRETS_CHECKS),
      ...inspect<SecretsPlan>(path, plan, POSTGRES_DECLARED_SECRET_CHECKS),
    ];
  }

  /** Declared name of the master secret. */
  readonly masterSecretName: string;
  /** Declared name of each role's secret. */
  readonly roleSecretNames: Readonly<Record<string, string>>;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: PostgresRoleSecretsProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, PostgresRoleSecrets.inspect(this.node.path, props));

    const set = { ...plan, place: plan.host, replicas: keyedReplicas(this, plan) };
    publishMaster(this, set, { password: new EphemeralPassword(this, 'Password') });
    for (const role of plan.roles) publishRole(this, set, role);
    this.masterSecretName = plan.secretName;
    this.roleSecretNames = namesOfRoles(plan);
  }
}
