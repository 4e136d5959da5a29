import type { Block } from '../support/terraform';
import { type AwsRule, isLeftOn, isOn, isSet, list, type Resource, rule, type StackView } from './aws-rule';

const INSTANCE = 'aws_db_instance';
const EITHER = 'aws_db_instance aws_rds_cluster_instance';
const CLUSTER = 'aws_rds_cluster';
const GROUP = 'aws_elasticache_replication_group';
const NODE = 'aws_elasticache_cluster';

const DEFAULT_PORTS = [3306, 5432, 1433, 1521];

/** A replica takes over storage, master and backups from its source. */
const isReplica = ({ replicate_source_db }: Block): boolean => isSet(replicate_source_db);

const parameter = (group: Resource | undefined, name: string): string | undefined =>
  list(group?.body.parameter).find((one) => one.name === name)?.value;

const requiresTls = (body: Block, _resource: Resource, stack: StackView): boolean => {
  const group = stack.referred(body, 'aws_db_parameter_group');
  return ['rds.force_ssl', 'require_secure_transport'].some((name) =>
    ['1', 'ON'].includes(String(parameter(group, name)).toUpperCase()),
  );
};

/** PostgreSQL releases whose log_fdw reads files that it should not: all before these. */
const FIRST_SOUND: Readonly<Record<string, number>> = { 9: 99, 10: 19, 11: 14, 12: 9, 13: 5, 14: 0 };

const hasSoundLogFdw = ({ engine = '', engine_version: version = '' }: Block): boolean => {
  const [major = '', minor = ''] = String(version).split('.');
  if (!/postgres/.test(engine) || FIRST_SOUND[major] === undefined) return true;
  return minor === '' || Number(minor) >= FIRST_SOUND[major];
};

const READS_LOCAL_FILES = ['10.11', '10.12', '10.13', '11.6', '11.7', '11.8'];

/** RDS, Aurora and ElastiCache. */
export const DATABASE_RULES: readonly AwsRule[] = [
  rule('CKV_AWS_16', INSTANCE, 'storage encrypted', (body) => isOn(body.storage_encrypted)),
  rule('CKV_AWS_17', EITHER, 'nothing public', (body) => !isOn(body.publicly_accessible)),
  rule('CKV_AWS_118', EITHER, 'enhanced monitoring', ({ monitoring_interval: seconds = 0 }) => seconds > 0),
  rule('CKV_AWS_129', INSTANCE, 'logs kept', (body) => list(body.enabled_cloudwatch_logs_exports).length > 0),
  rule('CKV_AWS_133', `${INSTANCE} ${CLUSTER}`, 'backups kept', (body) =>
    isReplica(body) ? body.backup_retention_period !== 0 : body.backup_retention_period > 0,
  ),
  rule('CKV_AWS_157', INSTANCE, 'a standby in another zone', (body) => isOn(body.multi_az)),
  rule('CKV_AWS_161', INSTANCE, 'IAM authentication', (body) => isOn(body.iam_database_authentication_enabled)),
  rule('CKV_AWS_211', INSTANCE, 'a certificate authority of today', ({ ca_cert_identifier: ca }) =>
    ['rds-ca-rsa2048-g1', 'rds-ca-rsa4096-g1', 'rds-ca-ecc384-g1'].includes(ca),
  ),
  rule('CKV_AWS_226', EITHER, 'minor releases as they come', (body) => isLeftOn(body.auto_minor_version_upgrade)),
  rule('CKV_AWS_250', `${INSTANCE} ${CLUSTER}`, 'no log_fdw that reads any file', hasSoundLogFdw),
  rule('CKV_AWS_293', INSTANCE, 'deletion protection', (body) => isOn(body.deletion_protection)),
  rule('CKV_AWS_353', EITHER, 'performance insights', (body) => isOn(body.performance_insights_enabled)),
  rule('CKV_AWS_354', EITHER, 'performance insights with a key of ours', (body) =>
    isSet(body.performance_insights_kms_key_id),
  ),
  rule(
    'CKV_AWS_388',
    `${INSTANCE} ${CLUSTER}`,
    'no Aurora that reads local files',
    ({ engine, engine_version: version }) => engine !== 'aurora-postgresql' || !READS_LOCAL_FILES.includes(version),
  ),
  rule('CKV2_AWS_60', INSTANCE, 'snapshots that carry the tags', (body) => isOn(body.copy_tags_to_snapshot)),
  rule('CKV2_AWS_69', INSTANCE, 'connections with TLS only', requiresTls),
  rule('RDS11', `${INSTANCE} ${CLUSTER}`, 'a port that scanners do not guess', (body) =>
    isReplica(body) && !isSet(body.port) ? true : isSet(body.port) && !DEFAULT_PORTS.includes(body.port),
  ),

  rule('CKV_AWS_96', CLUSTER, 'storage encrypted', (body) => isOn(body.storage_encrypted)),
  rule('CKV_AWS_139', CLUSTER, 'deletion protection', (body) => isOn(body.deletion_protection)),
  rule('CKV_AWS_162', CLUSTER, 'IAM authentication', (body) => isOn(body.iam_database_authentication_enabled)),
  rule('CKV_AWS_313', CLUSTER, 'snapshots that carry the tags', (body) => isOn(body.copy_tags_to_snapshot)),
  rule('CKV_AWS_324', CLUSTER, 'logs kept', (body) => list(body.enabled_cloudwatch_logs_exports).length > 0),
  rule(
    'CKV_AWS_325',
    CLUSTER,
    'the audit log of MySQL',
    (body) => !/mysql/.test(body.engine) || list(body.enabled_cloudwatch_logs_exports).includes('audit'),
  ),
  rule('CKV_AWS_326', CLUSTER, 'backtracking of MySQL', ({ engine, backtrack_window: seconds = 0 }) =>
    /mysql/.test(engine) ? seconds > 0 : true,
  ),
  rule('CKV_AWS_327', CLUSTER, 'a key of ours', (body) => isSet(body.kms_key_id)),
  rule(
    'CKV2_AWS_8',
    CLUSTER,
    'a plan of AWS Backup',
    (_body, cluster, stack) => stack.users(cluster, 'aws_backup_selection').length > 0,
  ),
  rule('CKV2_AWS_27', CLUSTER, 'queries of PostgreSQL logged', (body, _cluster, stack) => {
    const group = stack.referred(body, 'aws_rds_cluster_parameter_group');
    const logs = ['log_statement', 'log_min_duration_statement'];
    return !/postgres/.test(body.engine) || logs.every((name) => isSet(parameter(group, name)));
  }),
  rule('CKV_AWS_140', 'aws_rds_global_cluster', 'storage encrypted', (body) => isOn(body.storage_encrypted)),
  rule('CKV_AWS_245', 'aws_db_instance_automated_backups_replication', 'copies with a key of ours', (body) =>
    isSet(body.kms_key_id),
  ),

  rule('CKV_AWS_29', GROUP, 'data encrypted at rest', (body) => isOn(body.at_rest_encryption_enabled)),
  rule('CKV_AWS_30', GROUP, 'data encrypted in transit', (body) => isOn(body.transit_encryption_enabled)),
  rule(
    'CKV_AWS_31',
    GROUP,
    'a password, or users of a group',
    ({ auth_token, auth_token_wo, user_group_ids }) =>
      isSet(auth_token) || isSet(auth_token_wo) || list(user_group_ids).length > 0,
  ),
  rule('CKV_AWS_191', GROUP, 'a key of ours', (body) => isSet(body.kms_key_id)),
  rule('CKV2_AWS_50', GROUP, 'a replica in another zone that takes over', (body) =>
    [body.multi_az_enabled, body.automatic_failover_enabled].every(isOn),
  ),
  rule('CKV_AWS_134', `${GROUP} ${NODE}`, 'backups of Redis', ({ engine, snapshot_retention_limit: days = 0 }) =>
    engine === 'memcached' ? true : days > 0,
  ),
  rule('CKV_AWS_322', `${GROUP} ${NODE}`, 'minor releases as they come', (body) =>
    isLeftOn(body.auto_minor_version_upgrade),
  ),
  rule(
    'CKV_AWS_323',
    `${GROUP} ${NODE}`,
    'subnets of ours',
    ({ subnet_group_name: name = 'default' }) => name !== 'default',
  ),
  rule(
    'AEC5',
    `${GROUP} ${NODE}`,
    'a port that scanners do not guess',
    ({ port = 6379 }) => ![6379, 11211].includes(port),
  ),
];
