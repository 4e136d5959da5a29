import type { Block } from '../support/terraform';
import { brokenAwsRules } from './aws-rule';
import { AWS_RULES } from './aws-rules';
import { admit, allow, soundStack } from './sound-stack';

/** Rules that a sound stack breaks once the arguments of its resource of that type have been changed. */
function brokenBy(type: string, change: object): string[] {
  const json = soundStack();
  const first: Block = json.resource[type]?.A;
  json.resource[type] = { A: { ...first, ...change } };
  return brokenAwsRules('shop', json, AWS_RULES).map(({ check }) => check);
}

/** The same without the resources of a type. */
function brokenWithout(type: string): string[] {
  const json = soundStack();
  delete json.resource[type];
  return brokenAwsRules('shop', json, AWS_RULES).map(({ check }) => check);
}

const open = { cidr_ipv4: '0.0.0.0/0', ip_protocol: 'tcp' };
const reached = (from: number, to: number) => ({ ...open, from_port: from, to_port: to });
const INGRESS = 'aws_vpc_security_group_ingress_rule';
const CACHE = 'aws_elasticache_replication_group';
const POLICY = 'aws_iam_role_policy';
const BLOCK = 'aws_s3_bucket_public_access_block';
const aurora = { engine: 'aurora-mysql', enabled_cloudwatch_logs_exports: ['audit'], backtrack_window: 3600 };

/** A change of one resource, and what it breaks besides where one cannot be broken alone. */
const changed: [id: string, type: string, change: object, others?: readonly string[]][] = [
  ['CKV_AWS_37', 'aws_eks_cluster', { enabled_cluster_log_types: ['api', 'audit', 'authenticator', 'scheduler'] }],
  ['CKV_AWS_38', 'aws_eks_cluster', { vpc_config: { endpoint_public_access: true } }, ['CKV_AWS_39']],
  [
    'CKV_AWS_39',
    'aws_eks_cluster',
    { vpc_config: { endpoint_public_access: true, public_access_cidrs: ['192.0.2.0/24'] } },
  ],
  ['CKV_AWS_58', 'aws_eks_cluster', { encryption_config: undefined }],
  ['CKV_AWS_339', 'aws_eks_cluster', { version: '1.33' }],
  ['CKV_AWS_100', 'aws_eks_node_group', { remote_access: { ec2_ssh_key: 'ops' } }],
  ['CKV_AWS_79', 'aws_launch_template', { metadata_options: { http_put_response_hop_limit: 1 } }],
  [
    'CKV_AWS_341',
    'aws_launch_template',
    { metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 2 } },
  ],
  ['CKV_AWS_88', 'aws_launch_template', { network_interfaces: [{ associate_public_ip_address: 'true' }] }],
  ['CKV_AWS_46', 'aws_launch_template', { user_data: Buffer.from('AKIAIOSFODNN7EXAMPLE').toString('base64') }],
  ['CKV_AWS_153', 'aws_autoscaling_group', { tag: [] }],
  ['CKV_AWS_315', 'aws_autoscaling_group', { launch_template: undefined }],
  ['CKV_AWS_16', 'aws_db_instance', { storage_encrypted: undefined }],
  ['CKV_AWS_17', 'aws_db_instance', { publicly_accessible: true }],
  ['CKV_AWS_118', 'aws_db_instance', { monitoring_interval: 0 }],
  ['CKV_AWS_129', 'aws_db_instance', { enabled_cloudwatch_logs_exports: [] }],
  ['CKV_AWS_133', 'aws_db_instance', { backup_retention_period: 0 }],
  ['CKV_AWS_133', 'aws_db_instance', { replicate_source_db: 'main', backup_retention_period: 0 }],
  ['CKV_AWS_157', 'aws_db_instance', { multi_az: false }],
  ['CKV_AWS_161', 'aws_db_instance', { iam_database_authentication_enabled: undefined }],
  ['CKV_AWS_211', 'aws_db_instance', { ca_cert_identifier: 'rds-ca-2019' }],
  ['CKV_AWS_226', 'aws_db_instance', { auto_minor_version_upgrade: false }],
  ['CKV_AWS_250', 'aws_db_instance', { engine_version: '13.4' }],
  ['CKV_AWS_293', 'aws_db_instance', { deletion_protection: false }],
  ['CKV_AWS_353', 'aws_db_instance', { performance_insights_enabled: false }],
  ['CKV_AWS_354', 'aws_db_instance', { performance_insights_kms_key_id: undefined }],
  ['CKV_AWS_388', 'aws_rds_cluster', { engine_version: '11.8' }, ['CKV_AWS_250']],
  ['CKV2_AWS_60', 'aws_db_instance', { copy_tags_to_snapshot: false }],
  ['CKV2_AWS_69', 'aws_db_parameter_group', { parameter: [{ name: 'rds.force_ssl', value: '0' }] }],
  ['RDS11', 'aws_db_instance', { port: 5432 }],
  ['RDS11', 'aws_db_instance', { port: undefined }],
  ['CKV_AWS_96', 'aws_rds_cluster', { storage_encrypted: false }],
  ['CKV_AWS_139', 'aws_rds_cluster', { deletion_protection: undefined }],
  ['CKV_AWS_162', 'aws_rds_cluster', { iam_database_authentication_enabled: false }],
  ['CKV_AWS_313', 'aws_rds_cluster', { copy_tags_to_snapshot: false }],
  ['CKV_AWS_324', 'aws_rds_cluster', { enabled_cloudwatch_logs_exports: undefined }],
  ['CKV_AWS_325', 'aws_rds_cluster', { ...aurora, enabled_cloudwatch_logs_exports: ['error'] }],
  ['CKV_AWS_326', 'aws_rds_cluster', { ...aurora, backtrack_window: 0 }],
  ['CKV_AWS_327', 'aws_rds_cluster', { kms_key_id: undefined }],
  ['CKV2_AWS_27', 'aws_rds_cluster_parameter_group', { parameter: [{ name: 'log_statement', value: 'ddl' }] }],
  ['CKV_AWS_140', 'aws_rds_global_cluster', { storage_encrypted: false }],
  ['CKV_AWS_245', 'aws_db_instance_automated_backups_replication', { kms_key_id: undefined }],
  ['CKV_AWS_29', CACHE, { at_rest_encryption_enabled: false }],
  ['CKV_AWS_30', CACHE, { transit_encryption_enabled: undefined }],
  ['CKV_AWS_31', CACHE, { auth_token_wo: undefined }],
  ['CKV_AWS_191', CACHE, { kms_key_id: undefined }],
  ['CKV2_AWS_50', CACHE, { multi_az_enabled: false }],
  ['CKV2_AWS_50', CACHE, { automatic_failover_enabled: false }],
  ['CKV_AWS_134', CACHE, { snapshot_retention_limit: 0 }],
  ['CKV_AWS_322', CACHE, { auto_minor_version_upgrade: 'false' }],
  ['CKV_AWS_323', CACHE, { subnet_group_name: undefined }],
  ['AEC5', CACHE, { port: 6379 }],
  ['AEC5', CACHE, { port: undefined }],
  ['CKV_AWS_130', 'aws_subnet', { map_public_ip_on_launch: true }],
  ['CKV_AWS_23', 'aws_security_group', { description: undefined }],
  ['CKV_AWS_23', 'aws_security_group', { ingress: [{ from_port: 443, to_port: 443, protocol: 'tcp' }] }],
  ['CKV_AWS_23', INGRESS, { description: '' }],
  ['CKV_AWS_24', INGRESS, reached(20, 22)],
  ['CKV_AWS_24', INGRESS, { ...reached(22, 22), cidr_ipv4: undefined, cidr_ipv6: '::/0' }],
  ['CKV_AWS_25', INGRESS, reached(3389, 3389)],
  ['CKV_AWS_260', INGRESS, reached(80, 80)],
  ['CKV_AWS_277', INGRESS, { ...open, ip_protocol: '-1' }],
  ['CKV_AWS_277', INGRESS, reached(0, 65_535)],
  ['CKV_AWS_382', 'aws_vpc_security_group_egress_rule', { ...open, ip_protocol: '-1' }],
  ['CKV_AWS_148', 'aws_default_vpc', {}],
  ['CKV_AWS_352', 'aws_network_acl_rule', { protocol: '-1' }],
  ['CKV2_AWS_5', 'aws_vpc_endpoint', { security_group_ids: [] }],
  ['CKV2_AWS_12', 'aws_default_security_group', { ingress: [{ protocol: '-1', self: true, description: 'x' }] }],
  ['CKV2_AWS_1', 'aws_network_acl', { subnet_ids: [] }],
  ['CKV2_AWS_44', 'aws_route', { destination_cidr_block: '0.0.0.0/0' }],
  ['CKV_AWS_7', 'aws_kms_key', { enable_key_rotation: false }],
  ['CKV_AWS_33', 'aws_kms_key', { policy: admit({ AWS: '*' }) }],
  ['CKV_AWS_227', 'aws_kms_key', { is_enabled: false }],
  ['CKV2_AWS_64', 'aws_kms_key', { policy: undefined }],
  ['CKV_AWS_66', 'aws_cloudwatch_log_group', { retention_in_days: 0 }],
  ['CKV_AWS_338', 'aws_cloudwatch_log_group', { retention_in_days: 364 }],
  ['CKV_AWS_158', 'aws_cloudwatch_log_group', { kms_key_id: undefined }],
  ['CKV_AWS_149', 'aws_secretsmanager_secret', { kms_key_id: 'alias/aws/secretsmanager' }],
  ['CKV_AWS_304', 'aws_secretsmanager_secret_rotation', { rotation_rules: { automatically_after_days: 91 } }],
  ['CKV_AWS_26', 'aws_sns_topic', { kms_master_key_id: undefined }],
  ['CKV_AWS_169', 'aws_sns_topic_policy', { policy: admit('*') }],
  ['CKV_AWS_385', 'aws_sns_topic_policy', { policy: admit({ AWS: ['arn:aws:iam::210987654321:root'] }) }],
  [
    'CKV_AWS_19',
    'aws_s3_bucket_server_side_encryption_configuration',
    { rule: [{ bucket_key_enabled: true }] },
    ['CKV_AWS_145'],
  ],
  [
    'CKV_AWS_145',
    'aws_s3_bucket_server_side_encryption_configuration',
    { rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }] },
  ],
  ['CKV_AWS_20', 'aws_s3_bucket', { acl: 'public-read' }],
  ['CKV_AWS_57', 'aws_s3_bucket', { acl: 'public-read-write' }, ['CKV_AWS_20']],
  ['CKV_AWS_21', 'aws_s3_bucket_versioning', { versioning_configuration: { status: 'Suspended' } }],
  ['CKV_AWS_53', BLOCK, { block_public_acls: false }],
  ['CKV_AWS_54', BLOCK, { block_public_policy: undefined }],
  ['CKV_AWS_55', BLOCK, { ignore_public_acls: false }],
  ['CKV_AWS_56', BLOCK, { restrict_public_buckets: false }],
  ['CKV_AWS_144', 'aws_s3_bucket_replication_configuration', { rule: [{ status: 'Disabled' }] }],
  ['CKV_AWS_300', 'aws_s3_bucket_lifecycle_configuration', { rule: [{ expiration: { days: 30 } }] }],
  ['CKV2_AWS_65', 'aws_s3_bucket_ownership_controls', { rule: { object_ownership: 'ObjectWriter' } }],
  ['CKV_AWS_166', 'aws_backup_vault', { kms_key_arn: undefined }],
  ['CKV_AWS_60', 'aws_iam_role', { assume_role_policy: admit({ AWS: ['*'] }) }],
  ['CKV_AWS_61', 'aws_iam_role', { assume_role_policy: admit({ AWS: 'arn:aws:iam::123456789012:root' }) }],
  ['CKV_AWS_62', POLICY, { policy: allow('*') }, ['CKV_AWS_63', 'CKV_AWS_111', 'CKV_AWS_356', 'CKV2_AWS_40']],
  ['CKV_AWS_63', POLICY, { policy: allow('*', 'arn:aws:s3:::logs') }, ['CKV2_AWS_40']],
  ['CKV_AWS_107', POLICY, { policy: allow('sts:GetFederationToken') }, ['CKV_AWS_356']],
  ['CKV_AWS_108', POLICY, { policy: allow('secretsmanager:GetSecretValue') }, ['CKV_AWS_356']],
  ['CKV_AWS_109', POLICY, { policy: allow('kms:PutKeyPolicy') }, ['CKV_AWS_111', 'CKV_AWS_356']],
  ['CKV_AWS_110', POLICY, { policy: allow('iam:PassRole') }, ['CKV_AWS_111', 'CKV_AWS_356']],
  ['CKV_AWS_111', POLICY, { policy: allow('ec2:TerminateInstances') }, ['CKV_AWS_356']],
  ['CKV_AWS_356', POLICY, { policy: allow('s3:GetBucketPolicy') }],
  ['CKV_AWS_274', 'aws_iam_role_policy_attachment', { policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
  ['CKV2_AWS_40', POLICY, { policy: allow('iam:*', 'arn:aws:iam::123456789012:role/app') }],
  ['CKV2_AWS_56', 'aws_iam_role_policy_attachment', { policy_arn: 'arn:aws:iam::aws:policy/IAMFullAccess' }],
  ['CKV_AWS_2', 'aws_lb_listener', { protocol: undefined, ssl_policy: undefined }],
  ['CKV2_AWS_20', 'aws_lb_listener', { protocol: 'HTTP' }, ['CKV_AWS_2']],
  ['CKV_AWS_103', 'aws_lb_listener', { ssl_policy: 'ELBSecurityPolicy-TLS13-1-1-2021-06' }],
  ['CKV2_AWS_74', 'aws_lb_listener', { ssl_policy: 'ELBSecurityPolicy-2016-08' }, ['CKV_AWS_103']],
  ['CKV_AWS_91', 'aws_lb', { access_logs: undefined }],
  ['CKV_AWS_131', 'aws_lb', { drop_invalid_header_fields: false }],
  ['CKV_AWS_150', 'aws_lb', { enable_deletion_protection: undefined }],
  ['CKV_AWS_152', 'aws_lb', { load_balancer_type: 'network', enable_cross_zone_load_balancing: false }],
  ['CKV_AWS_328', 'aws_lb', { desync_mitigation_mode: 'monitor' }],
  ['CKV2_AWS_28', 'aws_wafv2_web_acl_association', { resource_arn: 'elsewhere' }],
  ['CKV_AWS_261', 'aws_lb_target_group', { health_check: undefined }],
  ['CKV2_AWS_23', 'aws_route53_record', { alias: undefined, records: ['192.0.2.7'] }],
];

/** Rules that another resource fulfils, and that break without it. */
const missing: [id: string, type: string, others?: readonly string[]][] = [
  ['CKV2_AWS_8', 'aws_backup_selection'],
  ['CKV2_AWS_11', 'aws_flow_log'],
  ['CKV2_AWS_12', 'aws_default_security_group'],
  ['CKV2_AWS_19', 'aws_nat_gateway'],
  ['CKV_AWS_18', 'aws_s3_bucket_logging'],
  ['CKV_AWS_21', 'aws_s3_bucket_versioning'],
  ['CKV_AWS_144', 'aws_s3_bucket_replication_configuration'],
  ['CKV2_AWS_6', 'aws_s3_bucket_public_access_block'],
  ['CKV2_AWS_61', 'aws_s3_bucket_lifecycle_configuration'],
  ['CKV2_AWS_62', 'aws_s3_bucket_notification'],
  ['CKV2_AWS_65', 'aws_s3_bucket_ownership_controls'],
  ['CKV_AWS_19', 'aws_s3_bucket_server_side_encryption_configuration', ['CKV_AWS_145']],
  ['CKV2_AWS_38', 'aws_route53_hosted_zone_dnssec'],
  ['CKV2_AWS_39', 'aws_route53_query_log'],
];

/** What looks alike and is as it should be. */
const sound: [it: string, type: string, change: object][] = [
  ['ports that are open to named ranges', INGRESS, { ...reached(22, 22), cidr_ipv4: '10.0.0.0/8' }],
  ['a range that ends below the port', INGRESS, reached(8000, 8443)],
  [
    'a listener that only redirects',
    'aws_lb_listener',
    { protocol: 'HTTP', default_action: [{ redirect: { protocol: 'HTTPS' } }] },
  ],
  ['a public API server is named twice only if everybody reaches it', 'aws_lb', { internal: true }],
  [
    'a key for signatures, which cannot rotate',
    'aws_kms_key',
    { customer_master_key_spec: 'RSA_2048', enable_key_rotation: false },
  ],
  [
    'a replica, which has backups of its source',
    'aws_db_instance',
    { replicate_source_db: 'main', backup_retention_period: undefined, port: undefined },
  ],
  [
    'changes under a condition',
    POLICY,
    { policy: allow('ec2:TerminateInstances', '*', { Condition: { StringEquals: { a: 'b' } } }) },
  ],
  [
    'data that is named',
    POLICY,
    { policy: allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:shop/*') },
  ],
  ['a user group instead of a password', CACHE, { auth_token_wo: undefined, user_group_ids: ['app'] }],
  ['an address that a machine has', 'aws_eip', { instance: 'i-1' }],
  ['Aurora of MySQL with its logs', 'aws_rds_cluster', aurora],
];

describe('rules about AWS', () => {
  test('a sound stack breaks none', () => {
    expect(brokenAwsRules('shop', soundStack(), AWS_RULES)).toEqual([]);
  });

  test.each(changed)('one change breaks %s: %s %j', (id, type, change, others = []) => {
    expect(brokenBy(type, change).sort()).toEqual([id, ...others].sort());
  });

  test.each(missing)('%s needs %s', (id, type, others = []) => {
    expect(brokenWithout(type).sort()).toEqual([id, ...others].sort());
  });

  test.each(sound)('%s breaks none', (_it, type, change) => {
    expect(brokenBy(type, change)).toEqual([]);
  });

  test('a finding names stack, type and id', () => {
    const json = { resource: { aws_default_vpc: { Old: {} } } };
    expect(brokenAwsRules('shop-network', json, AWS_RULES)).toEqual([
      { check: 'CKV_AWS_148', on: 'shop-network aws_default_vpc.Old' },
    ]);
  });

  test('every rule has a row that breaks it', () => {
    const broken = [...changed, ...missing].map(([id]) => id);
    expect(AWS_RULES.map(({ id }) => id).filter((id) => !broken.includes(id))).toEqual([]);
  });
});
