import type { PgBouncerProps } from '../../kubernetes';
import type { DatabasePoolerSpec, EnvironmentSpec, PlatformSpec } from '../../model';
import { planPooler } from './plan-pooler';
import { toDatabase } from './plan-service';

/** A pooler that reaches the database behind it; undefined while that is not declared. */
export function plannedPooler(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  pooler: DatabasePoolerSpec,
): PgBouncerProps | undefined {
  const database = environment.databases.find(({ name }) => name === pooler.database);
  return database && planPooler(platform, environment, pooler, toDatabase(platform, environment, database));
}
