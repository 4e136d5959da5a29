import { type App, TerraformOutput } from 'cdktf';
import {
  AccountGuards,
  AwsAccount,
  CiProvider,
  CiRole,
  type CiStates,
  CostAllocationTags,
  DefaultVolumeEncryption,
  ImageRegistry,
  ImageRepositories,
  LogBuckets,
  QuotaRequests,
  RoleBoundary,
  ServiceLinkedRoles,
  StateBucket,
  type TrustedProvider,
} from '../aws';
import type { Finding } from '../check';
import {
  type AccountSpec,
  accountStackName,
  homeRegions,
  inspectAccountSpecs,
  type PlatformSpec,
  regionsOf,
  roleBoundaryName,
} from '../model';
import { AwsStack } from './aws-stack';
import {
  accountPlace,
  planLogs,
  planPipelineRoles,
  planProvider,
  planQuotaRequests,
  planServiceRoles,
  planStates,
} from './plan/plan-account';
import { planRegistries, planRepositories } from './plan/plan-images';

/** All that is wrong with the accounts of a platform; makes nothing. */
export function inspectAccounts(platform: PlatformSpec): Finding[] {
  const findings = inspectAccountSpecs(platform);
  return [
    ...findings,
    ...(platform.accounts ?? []).flatMap((account) =>
      inspectParts(`${platform.name}/account-${account.name}`, platform, account),
    ),
  ];
}

/** Stands in for what the stack makes: these checks read no ARN. */
const UNMADE = { arn: 'made-by-the-account-stack', keyArn: 'made-by-the-account-stack' } as const;

function inspectParts(path: string, platform: PlatformSpec, account: AccountSpec): Finding[] {
  const states = planStates(platform, account);
  const provider = planProvider(account);
  const repositories = planRepositories(platform, account);
  const trusted: TrustedProvider | undefined = provider && {
    arn: UNMADE.arn,
    kind: provider.kind,
    host: provider.host ?? 'made-by-the-account-stack',
    audience: 'made-by-the-account-stack',
  };
  const roles = trusted
    ? planPipelineRoles(platform, account, {
        provider: trusted,
        states: states.map(() => ({ bucketArn: UNMADE.arn, keyArn: UNMADE.keyArn })),
        roleBoundaryArn: UNMADE.arn,
        arn: (service, resource, region) => `arn:aws:${service}:${region}:${account.id}:${resource}`,
      })
    : [];
  const homes = homeRegions(platform, account);
  return [
    ...ServiceLinkedRoles.inspect(`${path}/ServiceLinkedRoles`, planServiceRoles(account)),
    ...AccountGuards.inspect(`${path}/Guards`, { regions: regionsOf(platform, account) }),
    ...(homes.length > 0 ? DefaultVolumeEncryption.inspect(`${path}/Volumes`, { regions: homes }) : []),
    ...planLogs(platform, account).flatMap((logs) => LogBuckets.inspect(`${path}/Logs/${logs.region}`, logs)),
    ...states.flatMap((state) => StateBucket.inspect(`${path}/States/${state.name}`, state)),
    ...(provider ? CiProvider.inspect(`${path}/Pipelines`, provider) : []),
    ...(provider ? RoleBoundary.inspect(`${path}/Boundary`, { name: roleBoundaryName(platform.name) }) : []),
    ...roles.flatMap((role) => CiRole.inspect(`${path}/${role.name}`, role)),
    ...planQuotaRequests(account).flatMap((quotas) => QuotaRequests.inspect(`${path}/Quotas/${quotas.region}`, quotas)),
    ...(repositories ? ImageRepositories.inspect(`${path}/Images`, repositories) : []),
    ...planRegistries(platform, account).flatMap((registry) =>
      ImageRegistry.inspect(`${path}/Registry/${registry.region}`, registry),
    ),
    ...(account.costTags ? CostAllocationTags.inspect(`${path}/CostTags`, { keys: account.costTags }) : []),
  ];
}

/** A stack for each account by its id, before any environment in it. */
export function buildAccounts(app: App, platform: PlatformSpec): ReadonlyMap<string, AwsStack> {
  return new Map(
    (platform.accounts ?? []).map((account) => {
      const name = accountStackName(platform.name, account.name);
      const stack = new AwsStack(app, name, accountPlace(platform.name, account));
      buildAccount(stack, platform, account);
      return [account.id, stack];
    }),
  );
}

function buildAccount(stack: AwsStack, platform: PlatformSpec, account: AccountSpec): void {
  const { roles } = new ServiceLinkedRoles(stack, 'ServiceLinkedRoles', planServiceRoles(account));
  new AccountGuards(stack, 'Guards', { regions: regionsOf(platform, account) });
  const homes = homeRegions(platform, account);
  if (homes.length > 0) new DefaultVolumeEncryption(stack, 'Volumes', { regions: homes, after: roles });

  const states = buildStates(stack, platform, account);
  buildPipelines(stack, platform, account, states);
  for (const quotas of planQuotaRequests(account)) new QuotaRequests(stack, `Quotas-${quotas.region}`, quotas);

  const repositories = planRepositories(platform, account);
  if (repositories) new ImageRepositories(stack, 'Images', repositories);
  for (const registry of planRegistries(platform, account)) {
    new ImageRegistry(stack, `Registry-${registry.region}`, { ...registry, after: roles });
  }
  if (account.costTags) new CostAllocationTags(stack, 'CostTags', { keys: account.costTags });
}

/** Buckets of states, and before them those that record who asked what of them. */
function buildStates(stack: AwsStack, platform: PlatformSpec, account: AccountSpec): CiStates[] {
  const logs = new Map(
    planLogs(platform, account).map((props) => [
      props.region,
      new LogBuckets(stack, `Logs-${props.region}`, props).nameOf('s3'),
    ]),
  );
  const recordedIn = (region: string | undefined) => {
    const bucket = region === undefined ? undefined : logs.get(region);
    return bucket === undefined ? undefined : { bucket };
  };
  return planStates(platform, account).map((props) => {
    const [accessLogs, replicaAccessLogs] = [recordedIn(props.region), recordedIn(props.replicaRegion)];
    const { arn, keyArn } = new StateBucket(stack, `States-${props.name}`, {
      ...props,
      ...(accessLogs && { accessLogs }),
      ...(replicaAccessLogs && { replicaAccessLogs }),
    });
    return { bucketArn: arn, keyArn };
  });
}

function buildPipelines(
  stack: AwsStack,
  platform: PlatformSpec,
  account: AccountSpec,
  states: readonly CiStates[],
): void {
  const props = planProvider(account);
  if (props === undefined) return;
  const made = AwsAccount.of(stack);
  const place = {
    provider: new CiProvider(stack, 'Pipelines', props),
    states,
    roleBoundaryArn: new RoleBoundary(stack, 'Boundary', { name: roleBoundaryName(platform.name), states }).arn,
    arn: (service: string, resource: string, region: string) => made.arn(service, resource, region),
  };
  for (const role of planPipelineRoles(platform, account, place)) {
    const { arn } = new CiRole(stack, role.name, role);
    new TerraformOutput(stack, `Role-${role.name}`, { value: arn, description: `What pipelines ${role.purpose} with` });
  }
}
