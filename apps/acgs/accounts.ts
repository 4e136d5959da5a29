import type { AccountSpec, PipelineSpec } from '../../lib/model';
import { ACCOUNTS, REGION, STANDBY_REGION, type Stage, stateIn } from './places';

/** Where the code is: put yours here. Jobs apply in a protected environment of the account's name, after a review. */
const pipeline = (stage: Stage): PipelineSpec => ({
  kind: 'github',
  source: { repository: 'example/acgs' },
  applyJobs: { on: 'environment', environment: stage },
});

/** One person tries things out: state is local, so that nobody else can apply. */
const development: AccountSpec = {
  name: 'development',
  id: ACCOUNTS.development,
  region: REGION,
  state: { kind: 'local' },
  // a new account has 5
  quotas: { [REGION]: { onDemandVcpus: 144 } },
};

const staging: AccountSpec = {
  name: 'staging',
  id: ACCOUNTS.staging,
  region: REGION,
  state: stateIn('staging'),
  copyRegion: STANDBY_REGION,
  pipeline: pipeline('staging'),
  quotas: { [REGION]: { onDemandVcpus: 256, spotVcpus: 64, elasticIps: 10 } },
};

/** Applied where production goes on: quotas and images of that region are changed while the other one is lost. */
const production: AccountSpec = {
  name: 'production',
  id: ACCOUNTS.production,
  region: STANDBY_REGION,
  state: stateIn('production', STANDBY_REGION),
  pipeline: pipeline('production'),
  quotas: {
    [REGION]: { onDemandVcpus: 512, spotVcpus: 128, elasticIps: 10 },
    [STANDBY_REGION]: { onDemandVcpus: 256, spotVcpus: 128, elasticIps: 10 },
  },
};

export const ACCOUNT_SPECS: readonly AccountSpec[] = [development, staging, production];
