import { type Check, type Finding, inspect } from '../../check';
import type { EnvironmentSpec, PlatformSpec } from '../environment';
import { type CostScope, costWatchPlan, inspectCostWatch } from './cost-watch';
import { type OperationsSpec, RUNBOOKS_FOLDER } from './operations';

/** What is asked of operations by themselves. */
export const OPERATIONS_CHECKS: readonly Check<OperationsSpec>[] = [
  {
    id: 'operations-runbooks-are-in-a-folder',
    prop: 'runbooks',
    holds: ({ runbooks = RUNBOOKS_FOLDER }) => /^[\x21-\x7e]*[\x21-\x2e\x30-\x7e]$/.test(runbooks),
    rule: 'must be a URL or a path, without blanks and without / at its end',
    remedy: 'use one such as https://runbooks.example.com',
  },
];

/** An environment that is watched, among all of its platform. */
interface Watched {
  readonly environment: EnvironmentSpec;
  readonly platform: PlatformSpec;
}

const scopeOf = ({ operations }: EnvironmentSpec): CostScope | undefined =>
  operations?.costs && costWatchPlan(operations.costs).counts;

const othersOfAccount = ({ environment, platform }: Watched): EnvironmentSpec[] =>
  platform.environments.filter(({ name, account }) => name !== environment.name && account === environment.account);

const watchesAnomalies = ({ operations }: EnvironmentSpec): boolean =>
  operations?.costs?.anomaliesFromUsd !== undefined;

/** Others whose cost counts as well. */
const countedToo = (watched: Watched): string[] => {
  const { environment } = watched;
  const scope = scopeOf(environment);
  return othersOfAccount(watched)
    .filter(({ region }) => scope === 'account' || (scope === 'region' && region === environment.region))
    .map(({ name }) => name);
};

const isForSomethingWatched = ({ environment, platform }: Watched): boolean =>
  platform.environments.some(({ name, operations }) => name === environment.standbyFor && operations !== undefined);

/** What is asked of operations among those of the other environments. */
export const OPERATIONS_RELATION_CHECKS: readonly Check<Watched>[] = [
  {
    id: 'operations-anomalies-are-watched-once',
    prop: 'operations.costs.anomaliesFromUsd',
    holds: (watched) => !watchesAnomalies(watched.environment) || !othersOfAccount(watched).some(watchesAnomalies),
    rule: ({ environment: { account } }) =>
      `must be declared by one environment of ${account}: AWS refuses a second monitor`,
    received: (watched) =>
      [watched.environment, ...othersOfAccount(watched)].filter(watchesAnomalies).map(({ name }) => name),
    remedy: 'leave it to the environment that costs most',
  },
  {
    id: 'operations-budget-counts-its-own',
    prop: 'operations.costs.counts',
    severity: 'warning',
    holds: (watched) => countedToo(watched).length === 0,
    rule: ({ environment }) =>
      `'${scopeOf(environment)}' should count one environment: the limit is that of ${environment.name} alone`,
    received: countedToo,
    remedy: "count by 'region', or by 'tag' once that is a cost allocation tag",
  },
  {
    id: 'operations-quotas-are-the-accounts',
    prop: 'operations.quotas',
    holds: ({ environment, platform }) =>
      environment.operations?.quotas === undefined ||
      (platform.accounts ?? []).every(({ id }) => id !== environment.account),
    rule: ({ environment: { account } }) =>
      `must be left out: the platform declares ${account}, and its quotas with it`,
    received: ({ environment }) => Object.keys(environment.operations?.quotas ?? {}),
    remedy: 'declare them in quotas of the account, by region: it asks AWS for them',
  },
  {
    id: 'operations-standby-is-watched',
    prop: 'operations',
    severity: 'warning',
    holds: (watched) => watched.environment.operations !== undefined || !isForSomethingWatched(watched),
    rule: ({ environment: { standbyFor } }) =>
      `should be declared here as it is for ${standbyFor}: nobody hears when what must take over falls behind`,
    received: () => 'none',
    remedy: 'declare operations with the same subscriptions',
  },
];

/** What is wrong with who watches an environment, by itself and among the others. */
export function inspectOperationsSpec(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const { operations } = environment;
  return [
    ...inspect<Watched>(path, { environment, platform }, OPERATIONS_RELATION_CHECKS),
    ...(operations === undefined ? [] : inspect(`${path}/Operations`, operations, OPERATIONS_CHECKS)),
    ...(operations?.costs === undefined ? [] : inspectCostWatch(`${path}/Operations/costs`, operations.costs)),
  ];
}
