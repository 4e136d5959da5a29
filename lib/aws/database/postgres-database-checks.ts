import { type Check, isDnsLabel } from '../../check';
import { isReservedWord } from '../../model/postgres/reserved-words';
import type { DatabasePlan } from './postgres-database-props';
import { POSTGRES_INSTANCE_CHECKS } from './postgres-instance-checks';
import { POSTGRES_SECRET_CHECKS } from './postgres-secret-checks';

/** Role names that PostgreSQL or RDS keep for themselves, or that SQL reads as something else. */
const isTakenRole = (name: string): boolean => /^(pg_|rds)|^(admin|all|none|postgres|public|user)$/i.test(name);

/** What RDS, EC2 and Secrets Manager ask of the instance; `POSTGRES_CHECKS` asks the rest. */
export const POSTGRES_DATABASE_CHECKS: readonly Check<DatabasePlan>[] = [
  ...POSTGRES_INSTANCE_CHECKS,

  {
    id: 'postgres-master-username-is-allowed',
    prop: 'masterUsername',
    holds: ({ masterUsername }) =>
      /^[A-Za-z]\w{0,62}$/.test(masterUsername) && !isTakenRole(masterUsername) && !isReservedWord(masterUsername),
    rule: 'must be 1-63 letters, digits or underscores, a letter first, and no name or word of PostgreSQL or RDS',
    remedy: 'leave it out for dbadmin',
  },
  {
    id: 'postgres-roles-are-allowed',
    prop: 'roles',
    holds: ({ roles, masterUsername }) =>
      roles.every((role) => isDnsLabel(role) && !isTakenRole(role) && role !== masterUsername),
    rule: 'must be DNS labels, none of them the master user or a name of PostgreSQL or RDS',
    remedy: 'use the names of the services',
  },
  ...POSTGRES_SECRET_CHECKS,
];
