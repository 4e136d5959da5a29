import type { Arguments } from './provider-assembly';

export type Body = Readonly<Record<string, unknown>>;

/** What is wrong with the arguments of one block, beyond their names and types. */
export type Rule = (body: Body) => string | undefined;

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isExpression = (value: unknown): value is string => typeof value === 'string' && value.includes('${');

export const given = (body: Body, name: string) => {
  const value = body[name];
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
};

export const atMostOne =
  (...names: readonly string[]): Rule =>
  (body) => {
    const both = names.filter((name) => given(body, name));
    return both.length > 1 ? `${both.join(' and ')} exclude one another` : undefined;
  };

const exactlyOne =
  (...names: readonly string[]): Rule =>
  (body) =>
    names.some((name) => given(body, name)) ? atMostOne(...names)(body) : `one of ${names.join(', ')} is required`;

/** With `name` goes `other`. */
export const needs =
  (name: string, other: string): Rule =>
  (body) =>
    given(body, name) && !given(body, other) ? `${name} needs ${other}` : undefined;

const requiredUnless =
  (name: string, excuse: (body: Body) => boolean, why: string): Rule =>
  (body) =>
    given(body, name) || excuse(body) ? undefined : `${name} is required unless ${why}`;

const oneOf =
  (name: string, ...values: readonly (string | number)[]): Rule =>
  (body) => {
    const received = Array.isArray(body[name]) ? body[name] : [body[name]];
    const wrong = received.filter((value) => value != null && !isExpression(value) && !values.includes(value));
    return wrong.length > 0 ? `${name} must be one of ${values.join(', ')}, got ${wrong.join(', ')}` : undefined;
  };

const isCopy = (body: Body) =>
  ['replicate_source_db', 'snapshot_identifier', 'restore_to_point_in_time'].some((name) => given(body, name));

const SECURITY_GROUP_RULE = [
  exactlyOne('cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'),
  requiredUnless('from_port', ({ ip_protocol }) => ip_protocol === '-1', 'ip_protocol is -1'),
  requiredUnless('to_port', ({ ip_protocol }) => ip_protocol === '-1', 'ip_protocol is -1'),
  requiredUnless('description', () => false, 'never: a rule says why it is there'),
];

/** Choices, exclusions and companions that the provider's types do not hold, by the block they are about. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  aws_autoscaling_group: [atMostOne('launch_template', 'launch_configuration', 'mixed_instances_policy')],
  aws_cloudwatch_log_group: [
    oneOf('log_group_class', 'STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'),
    // biome-ignore format: a row of days reads better than a column
    oneOf('retention_in_days', 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
  ],
  aws_cloudwatch_metric_alarm: [
    exactlyOne('metric_name', 'metric_query'),
    atMostOne('statistic', 'extended_statistic', 'metric_query'),
    exactlyOne('threshold', 'threshold_metric_id'),
    oneOf(
      'comparison_operator',
      ...['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'],
      ...['LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold'],
    ),
    oneOf('statistic', 'SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'),
    oneOf('treat_missing_data', 'missing', 'ignore', 'breaching', 'notBreaching'),
  ],
  aws_db_instance: [
    atMostOne('password', 'password_wo', 'manage_master_user_password'),
    atMostOne('snapshot_identifier', 'replicate_source_db', 'restore_to_point_in_time', 's3_import'),
    atMostOne('replicate_source_db', 'db_name'),
    atMostOne('replicate_source_db', 'username'),
    atMostOne('replicate_source_db', 'password_wo'),
    requiredUnless(
      'final_snapshot_identifier',
      ({ skip_final_snapshot }) => skip_final_snapshot === true,
      'skip_final_snapshot is true',
    ),
    requiredUnless('engine', isCopy, 'it copies another database'),
    requiredUnless('username', isCopy, 'it copies another database'),
    requiredUnless('allocated_storage', isCopy, 'it copies another database'),
    needs('performance_insights_retention_period', 'performance_insights_enabled'),
    oneOf('database_insights_mode', 'standard', 'advanced'),
    oneOf('enabled_cloudwatch_logs_exports', 'postgresql', 'upgrade', 'iam-db-auth-error'),
    oneOf('engine_lifecycle_support', 'open-source-rds-extended-support', 'open-source-rds-extended-support-disabled'),
    oneOf('monitoring_interval', 0, 1, 5, 10, 15, 30, 60),
    oneOf('network_type', 'IPV4', 'DUAL'),
    oneOf(
      'performance_insights_retention_period',
      7,
      731,
      ...Array.from({ length: 23 }, (_, month) => (month + 1) * 31),
    ),
    oneOf('storage_type', 'gp2', 'gp3', 'io1', 'io2', 'standard'),
  ],
  'aws_db_parameter_group.parameter': [oneOf('apply_method', 'immediate', 'pending-reboot')],
  aws_ecr_repository: [oneOf('image_tag_mutability', 'MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION')],
  aws_eip: [oneOf('domain', 'vpc')],
  aws_eks_access_entry: [
    oneOf('type', 'STANDARD', 'EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'EC2', 'HYBRID_LINUX', 'HYPERPOD_LINUX'),
  ],
  'aws_eks_access_policy_association.access_scope': [oneOf('type', 'cluster', 'namespace')],
  aws_eks_addon: [
    oneOf('resolve_conflicts_on_create', 'NONE', 'OVERWRITE'),
    oneOf('resolve_conflicts_on_update', 'NONE', 'OVERWRITE', 'PRESERVE'),
  ],
  aws_eks_cluster: [
    oneOf('enabled_cluster_log_types', 'api', 'audit', 'authenticator', 'controllerManager', 'scheduler'),
  ],
  'aws_eks_cluster.access_config': [oneOf('authentication_mode', 'CONFIG_MAP', 'API', 'API_AND_CONFIG_MAP')],
  'aws_eks_cluster.encryption_config': [oneOf('resources', 'secrets')],
  'aws_eks_cluster.kubernetes_network_config': [oneOf('ip_family', 'ipv4', 'ipv6')],
  'aws_eks_cluster.upgrade_policy': [oneOf('support_type', 'STANDARD', 'EXTENDED')],
  aws_eks_node_group: [
    atMostOne('launch_template', 'disk_size'),
    atMostOne('launch_template', 'remote_access'),
    oneOf('capacity_type', 'ON_DEMAND', 'SPOT', 'CAPACITY_BLOCK'),
    oneOf(
      'ami_type',
      ...['AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD', 'AL2023_x86_64_NEURON', 'AL2023_x86_64_NVIDIA'],
      ...['AL2023_ARM_64_NVIDIA', 'BOTTLEROCKET_x86_64', 'BOTTLEROCKET_ARM_64', 'BOTTLEROCKET_x86_64_NVIDIA'],
      ...['BOTTLEROCKET_ARM_64_NVIDIA', 'BOTTLEROCKET_x86_64_FIPS', 'BOTTLEROCKET_ARM_64_FIPS', 'CUSTOM'],
    ),
  ],
  'aws_eks_node_group.launch_template': [exactlyOne('id', 'name')],
  'aws_eks_node_group.taint': [oneOf('effect', 'NO_SCHEDULE', 'NO_EXECUTE', 'PREFER_NO_SCHEDULE')],
  'aws_eks_node_group.update_config': [
    exactlyOne('max_unavailable', 'max_unavailable_percentage'),
    oneOf('update_strategy', 'DEFAULT', 'MINIMAL'),
  ],
  aws_elasticache_replication_group: [
    atMostOne('num_cache_clusters', 'num_node_groups'),
    atMostOne('num_cache_clusters', 'replicas_per_node_group'),
    atMostOne('auth_token', 'user_group_ids'),
    oneOf('engine', 'redis', 'valkey'),
    oneOf('transit_encryption_mode', 'preferred', 'required'),
    oneOf('cluster_mode', 'enabled', 'disabled', 'compatible'),
  ],
  'aws_elasticache_replication_group.log_delivery_configuration': [
    oneOf('destination_type', 'cloudwatch-logs', 'kinesis-firehose'),
    oneOf('log_format', 'json', 'text'),
    oneOf('log_type', 'slow-log', 'engine-log'),
  ],
  aws_flow_log: [
    exactlyOne('vpc_id', 'subnet_id', 'eni_id', 'transit_gateway_id', 'transit_gateway_attachment_id'),
    oneOf('log_destination_type', 'cloud-watch-logs', 's3', 'kinesis-data-firehose'),
    oneOf('max_aggregation_interval', 60, 600),
    oneOf('traffic_type', 'ACCEPT', 'REJECT', 'ALL'),
  ],
  aws_kms_key: [oneOf('key_usage', 'ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC')],
  aws_launch_template: [
    atMostOne('instance_type', 'instance_requirements'),
    atMostOne('vpc_security_group_ids', 'network_interfaces'),
    atMostOne('default_version', 'update_default_version'),
  ],
  'aws_launch_template.block_device_mappings.ebs': [
    oneOf('volume_type', 'standard', 'io1', 'io2', 'gp2', 'gp3', 'sc1', 'st1'),
  ],
  'aws_launch_template.metadata_options': [
    oneOf('http_endpoint', 'enabled', 'disabled'),
    oneOf('http_protocol_ipv6', 'enabled', 'disabled'),
    oneOf('http_tokens', 'optional', 'required'),
    oneOf('instance_metadata_tags', 'enabled', 'disabled'),
  ],
  aws_lb: [oneOf('load_balancer_type', 'application', 'network', 'gateway')],
  aws_lb_target_group: [oneOf('target_type', 'instance', 'ip', 'lambda', 'alb')],
  aws_nat_gateway: [oneOf('connectivity_type', 'private', 'public')],
  aws_route: [
    exactlyOne('destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'),
    exactlyOne(
      ...['gateway_id', 'nat_gateway_id', 'transit_gateway_id', 'vpc_peering_connection_id', 'vpc_endpoint_id'],
      ...['network_interface_id', 'egress_only_gateway_id', 'local_gateway_id', 'carrier_gateway_id'],
    ),
  ],
  aws_route53_record: [exactlyOne('alias', 'records'), needs('records', 'ttl')],
  aws_route_table_association: [exactlyOne('subnet_id', 'gateway_id')],
  'aws_s3_bucket_versioning.versioning_configuration': [oneOf('status', 'Enabled', 'Suspended', 'Disabled')],
  aws_secretsmanager_secret_version: [exactlyOne('secret_string', 'secret_binary', 'secret_string_wo')],
  aws_security_group: [requiredUnless('description', () => false, 'never: a group says what it is for')],
  aws_vpc_endpoint: [
    oneOf('vpc_endpoint_type', 'Gateway', 'GatewayLoadBalancer', 'Interface', 'Resource', 'ServiceNetwork'),
  ],
  aws_vpc_security_group_egress_rule: SECURITY_GROUP_RULE,
  aws_vpc_security_group_ingress_rule: SECURITY_GROUP_RULE,
  aws_wafv2_web_acl: [oneOf('scope', 'REGIONAL', 'CLOUDFRONT')],
};

/** Arguments of a block that exclude or need one another. `block` is its type and the names of the blocks it is in. */
export function choiceFaults(block: string, body: Body, args: Arguments): string[] {
  const prefixed = [...args.keys()].filter((name) => args.has(`${name}_prefix`));
  const rules = [...prefixed.map((name) => atMostOne(name, `${name}_prefix`)), ...(RULES[block] ?? [])];
  return rules.map((rule) => rule(body)).filter((fault) => fault !== undefined);
}
