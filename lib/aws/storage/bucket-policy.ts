import { policyDocument, type Statement } from '../policy';
import type { BucketStatement } from './secure-bucket-props';

/** Statements that every bucket has. */
export const TLS_SIDS = ['DenyPlainText', 'DenyOldTls'] as const;

/** Nobody reads or writes without TLS 1.2; services of AWS, whose requests carry no version, are asked for TLS. */
function tlsOnly(arn: string): Statement[] {
  const [plainText, oldTls] = TLS_SIDS;
  const everything = {
    effect: 'Deny',
    principals: { AWS: ['*'] },
    actions: ['s3:*'],
    resources: [arn, `${arn}/*`],
  } as const;
  return [
    { ...everything, sid: plainText, conditions: { Bool: { 'aws:SecureTransport': 'false' } } },
    { ...everything, sid: oldTls, conditions: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  ];
}

/** The one policy of a bucket: TLS first, then what was declared, with its paths below the bucket's ARN. */
export const bucketPolicy = (arn: string, statements: readonly BucketStatement[]): string =>
  policyDocument([
    ...tlsOnly(arn),
    ...statements.map(({ paths, ...statement }) => ({ ...statement, resources: paths.map((path) => `${arn}${path}`) })),
  ]);
