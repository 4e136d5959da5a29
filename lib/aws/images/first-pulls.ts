import type { AwsAccount } from '../aws-account';
import type { Statement } from '../policy';

/**
 * What nodes must be allowed beside pulling, so that the first pull of an image fetches it. Without a repository of its name
 * there is none to fetch it to, and the caches of a registry make one only in the name of who asks.
 * Source: ECR user guide, "IAM permissions required to sync an upstream registry".
 */
export const firstPulls = (account: AwsAccount, caches: readonly string[]): Statement[] =>
  caches.length === 0
    ? []
    : [
        {
          sid: 'FirstPullFetches',
          actions: ['ecr:CreateRepository', 'ecr:BatchImportUpstreamImage'],
          resources: caches.map((cache) => account.arn('ecr', `repository/${cache}/*`)),
        },
      ];
