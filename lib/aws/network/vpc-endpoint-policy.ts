import { policyDocument, type Statement } from '../policy';

/** Services through which data could leave with someone else's credentials, and whose endpoints take a policy. */
const GUARDED: readonly string[] = ['s3', 'dynamodb', 'ecr.api', 'ecr.dkr', 'kms', 'logs', 'secretsmanager', 'sts'];

const ANYONE = { AWS: ['*'] };

/**
 * Who may use an endpoint: principals of the accounts named, so that nobody inside carries data out with credentials
 * brought along. IAM decides what they may do. Undefined for services whose endpoints are left at the policy of AWS.
 */
export function endpointPolicy(service: string, accounts: readonly string[]): string | undefined {
  if (!GUARDED.includes(service)) return undefined;
  const own: Statement = {
    sid: 'OwnPrincipals',
    principals: ANYONE,
    actions: ['*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:PrincipalAccount': accounts } },
  };
  return policyDocument([own, ...strangers(service, accounts)]);
}

/** Requests that no principal of ours signs, and that work stops without. */
function strangers(service: string, accounts: readonly string[]): Statement[] {
  if (service === 's3') {
    // Image layers (ECR signs those links) and packages of Amazon Linux. Reading cannot carry data out; writing is not here.
    return [{ sid: 'AnyoneReads', principals: ANYONE, actions: ['s3:GetObject'], resources: ['*'] }];
  }
  if (service === 'sts') {
    return [
      {
        sid: 'TokensBecomeOwnRoles',
        principals: ANYONE,
        actions: ['sts:AssumeRoleWithWebIdentity'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:ResourceAccount': accounts } },
      },
    ];
  }
  return [];
}
