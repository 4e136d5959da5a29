import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { Construct } from 'constructs';
import { POSTGRES_PARAMETERS, type PostgresParameterName } from '../../catalog';
import { type RdsParameter, rdsParameters } from '../../config';
import type { PostgresTuning } from '../../model';

/** The parameters of a declaration, and the major that they are for. */
export interface PostgresParameterGroupProps extends PostgresTuning {
  /** Start of the group's name: lower-case letters, digits and single hyphens, a letter first. */
  readonly namePrefix: string;
  /** PostgreSQL major, for example `15`: a group serves one. */
  readonly major: string;
}

/**
 * What every group says unless the declaration says otherwise. Connections use TLS; waits for locks and statements of a
 * second or more are logged. No statement is logged by its kind: `log_statement = ddl` would write `CREATE ROLE …
 * PASSWORD` to the log.
 */
const BASE: readonly (readonly [PostgresParameterName, string])[] = [
  ['rds.force_ssl', '1'],
  ['shared_preload_libraries', 'pg_stat_statements'],
  ['log_lock_waits', '1'],
  ['log_min_duration_statement', '1000'],
];

/**
 * Dynamic, but sent as if they were static. RDS reports a parameter at its default as `pending-reboot`, and takes no
 * change of the method alone: with `immediate`, every plan would show the same difference again. `rds.force_ssl` is 1 by
 * default from PostgreSQL 15 on. Nothing is lost: a server reads its group when it starts for the first time.
 */
const SENT_AS_STATIC: readonly PostgresParameterName[] = ['rds.force_ssl'];

const waitsForRestart = (name: PostgresParameterName): boolean =>
  SENT_AS_STATIC.includes(name) || POSTGRES_PARAMETERS.facts[name].apply === 'static';

const baseParameter = ([name, value]: (typeof BASE)[number]): RdsParameter => ({
  name,
  value,
  applyMethod: waitsForRestart(name) ? 'pending-reboot' : 'immediate',
});

/**
 * Server parameters of one major. A change of major makes a new group and leaves the old one to AWS: the instance uses it
 * until its maintenance window, and RDS deletes no group in use. Delete it by hand after the upgrade; it costs nothing.
 *
 * @example
 * new PostgresParameterGroup(stack, 'Parameters', {
 *   namePrefix: 'acgs-production-main',
 *   major: '15',
 *   maxConnections: 1000,
 *   parameters: { workMem: Memory.mib(16), statementTimeout: Duration.seconds(30) },
 * });
 */
export class PostgresParameterGroup extends Construct {
  /** Name with the suffix that Terraform adds, a reference: another one for each new group. */
  readonly name: string;

  /** Makes the group; ranges are checked with the declaration, by `inspectPostgres`. */
  constructor(scope: Construct, id: string, props: PostgresParameterGroupProps) {
    super(scope, id);
    const declared = rdsParameters(props);
    const base = BASE.map(baseParameter).filter(({ name }) => !declared.some((parameter) => parameter.name === name));

    this.name = new DbParameterGroup(this, 'Resource', {
      namePrefix: `${props.namePrefix}-pg${props.major}-`,
      family: `postgres${props.major}`,
      description: `Parameters of ${props.namePrefix}, PostgreSQL ${props.major}`,
      parameter: [...declared, ...base],
      skipDestroy: true,
      lifecycle: { createBeforeDestroy: true },
    }).name;
  }
}
