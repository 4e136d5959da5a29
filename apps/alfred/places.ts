import { type StateBackend, stateKeyAlias } from '../../lib/model';

/** Documentation account ids: put yours here. */
export const ACCOUNTS = { development: '444444444444', production: '555555555555' } as const;

export type Stage = keyof typeof ACCOUNTS;

/** Where everything is written. */
export const WRITER_REGION = 'us-west-2';

/** Where names and accounts are managed: not where everything is written, whose loss they must get over. */
export const HOME_REGION = 'us-east-1';

/** Each region's own: what recovers from the loss of another must not need that one. The account's stack makes the buckets. */
export function stateIn(region: string): StateBackend {
  const bucket = `alfred-terraform-state-${ACCOUNTS.production}-${region}`;
  return { kind: 's3', bucket, region, kmsKeyAlias: stateKeyAlias(bucket) };
}
