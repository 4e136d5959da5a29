import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { Construct } from 'constructs';
import { POSTGRES_PARAMETERS, type PostgresParameterName } from '../../catalog';
import { type RdsParameter, rdsParameters } from '../../config';
import type { PostgresTuning } from '../../model';

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
  ['rds.log_retention_period', '4320'],
];

const baseParameter = ([name, value]: (typeof BASE)[number]): RdsParameter => ({
  name,
  value,
  applyMethod: POSTGRES_PARAMETERS.facts[name].apply === 'static' ? 'pending-reboot' : 'immediate',
});

/**
 * Server parameters of one major. A change of major makes a new group before the old one goes, so that an upgrade never
 * waits for its own parameters.
 */
export class PostgresParameterGroup extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: PostgresParameterGroupProps) {
    super(scope, id);
    const declared = rdsParameters(props);
    const base = BASE.map(baseParameter).filter(({ name }) => !declared.some((parameter) => parameter.name === name));

    this.name = new DbParameterGroup(this, 'Resource', {
      namePrefix: `${props.namePrefix}-pg${props.major}-`,
      family: `postgres${props.major}`,
      description: `Parameters of ${props.namePrefix}, PostgreSQL ${props.major}`,
      parameter: [...declared, ...base],
      lifecycle: { createBeforeDestroy: true },
    }).name;
  }
}
