import { type StateBackend, stateKeyAlias } from '../../lib/model';

/** Documentation account ids: put yours here. */
export const ACCOUNTS = { development: '111111111111', staging: '222222222222', production: '333333333333' } as const;

/** Where everything runs. */
export const REGION: string = 'us-west-2';

/** Where production goes on when its region is lost; the documents give it two zones. */
export const STANDBY_REGION = 'us-east-1';

export type Stage = keyof typeof ACCOUNTS;

/**
 * States are kept in the region that they describe: what recovers from the loss of a region must not need it. The stack of
 * the account makes the bucket, and the key.
 */
export function stateIn(stage: Stage, region = REGION): StateBackend {
  const name = `acgs-terraform-state-${ACCOUNTS[stage]}`;
  const bucket = region === REGION ? name : `${name}-${region}`;
  return { kind: 's3', bucket, region, kmsKeyAlias: stateKeyAlias(bucket) };
}
