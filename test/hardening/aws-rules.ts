import { ACCESS_RULES } from './aws-access';
import { COMPUTE_RULES } from './aws-compute';
import { DATABASE_RULES } from './aws-databases';
import { EDGE_RULES } from './aws-edge';
import { NETWORK_RULES } from './aws-networks';
import type { AwsRule } from './aws-rule';
import { STORAGE_RULES } from './aws-storage';

/** Each waits for a resource of its types: there need not be one yet. */
export const AWS_RULES: readonly AwsRule[] = [
  ...COMPUTE_RULES,
  ...DATABASE_RULES,
  ...NETWORK_RULES,
  ...STORAGE_RULES,
  ...ACCESS_RULES,
  ...EDGE_RULES,
];

/** cdk-nag's names, and the rules that ask for the same. */
export const CDK_NAG_COVERAGE: Readonly<Record<string, readonly string[]>> = {
  EKS1: ['CKV_AWS_39'],
  EKS2: ['CKV_AWS_37'],
  RDS2: ['CKV_AWS_16', 'CKV_AWS_96'],
  RDS3: ['CKV_AWS_157'],
  RDS6: ['CKV_AWS_161', 'CKV_AWS_162'],
  RDS8: ['CKV_AWS_277'],
  RDS10: ['CKV_AWS_293', 'CKV_AWS_139'],
  RDS11: ['RDS11'],
  RDS13: ['CKV_AWS_133'],
  AEC1: ['CKV_AWS_323'],
  AEC3: ['CKV_AWS_29', 'CKV_AWS_30'],
  AEC4: ['CKV2_AWS_50'],
  AEC5: ['AEC5'],
  AEC6: ['CKV_AWS_31'],
  VPC7: ['CKV2_AWS_11'],
  EC23: ['CKV_AWS_277', 'CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_260'],
  EC27: ['CKV_AWS_23'],
};
