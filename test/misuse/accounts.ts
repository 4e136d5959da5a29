import type { AccountSpec, PlatformSpec, StateBackend } from '../../lib/model';
import { environment } from '../support/environment';
import { inEnvironment, type Misuse } from './rows';

/** Slips in where images come from. */
export const IMAGE_ROWS: readonly Misuse[] = [
  {
    fault: 'a cache in a registry that ECR does not keep',
    slip: inEnvironment({ imageCache: 'pull-through', registry: 'registry.example.com/shop' }),
    errors: ['environment-image-cache-is-its-own'],
  },
  {
    fault: 'a cache in the registry of another region',
    slip: inEnvironment({
      imageCache: 'pull-through',
      registry: '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
    }),
    errors: ['environment-image-cache-is-its-own'],
  },
];

const kept = (bucket: string, region: string): StateBackend => ({
  kind: 's3',
  bucket,
  region,
  kmsKeyAlias: `s3/${bucket}`,
});

const account: AccountSpec = {
  name: 'main',
  id: '123456789012',
  region: 'eu-west-1',
  state: kept('shop-states', 'eu-west-1'),
};

const shop = (part: Partial<AccountSpec>, more: readonly AccountSpec[] = []): PlatformSpec => ({
  name: 'shop',
  environments: [environment({ state: kept('shop-states', 'eu-west-1') })],
  accounts: [{ ...account, ...part }, ...more],
});

const pipeline = { kind: 'github', source: { repository: 'example/shop' } } as const;

/** Slips in accounts, which only a whole platform shows. */
export const ACCOUNT_SLIPS: readonly [fault: string, platform: PlatformSpec, errors: readonly string[]][] = [
  [
    'an account of other digits',
    shop({ id: '1234' }),
    ['account-id-has-12-digits', 'platform-accounts-are-all-declared'],
  ],
  ['two owners of one account', shop({}, [{ ...account, name: 'again' }]), ['platform-accounts-have-distinct-ids']],
  [
    'two accounts of one name',
    shop({}, [{ ...account, id: '999999999999' }]),
    ['platform-accounts-have-distinct-names'],
  ],
  [
    'a stack of the name of another',
    {
      ...shop({ name: 'network' }),
      environments: [environment({ name: 'account', state: kept('shop-states', 'eu-west-1') })],
    },
    ['platform-account-stacks-have-names-of-their-own'],
  ],
  [
    'a key that the bucket does not have',
    shop({ state: { kind: 's3', bucket: 'shop-states', region: 'eu-west-1', kmsKeyAlias: 'terraform' } }),
    ['account-states-are-under-the-key-of-their-bucket'],
  ],
  [
    'a bucket in two places',
    shop({ state: kept('shop-states', 'eu-central-1') }),
    ['account-state-buckets-have-one-region'],
  ],
  ['a bucket of no name', shop({ state: kept('Shop', 'eu-west-1') }), ['secure-bucket-name-is-allowed']],
  ['quotas for nobody', shop({ quotas: { 'us-east-1': { vpcs: 6 } } }), ['account-quotas-are-of-its-regions']],
  [
    'half a processor',
    shop({ quotas: { 'eu-west-1': { onDemandVcpus: 100.5 } } }),
    ['account-quotas-are-whole-numbers'],
  ],
  [
    'a pipeline of every branch',
    shop({ pipeline: { ...pipeline, applyJobs: { on: 'branch', branch: '*' } } }),
    ['ci-role-jobs-are-named-exactly'],
  ],
  [
    'a pipeline that applies proposals',
    shop({ pipeline: { ...pipeline, applyJobs: { on: 'proposals' } } }),
    ['ci-role-applies-what-was-merged'],
  ],
  [
    'a pipeline of a whole owner',
    shop({ pipeline: { kind: 'github', source: { repository: 'example' } } }),
    ['ci-role-source-is-one-repository'],
  ],
  [
    'a pipeline without states',
    { ...shop({ pipeline, state: { kind: 'local' } }), environments: [environment()] },
    ['account-pipeline-finds-states'],
  ],
  ['a tag of AWS on the bill', shop({ costTags: ['aws:createdBy'] }), ['cost-allocation-keys-are-allowed']],
];
