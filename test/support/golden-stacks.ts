import { digest, Facts } from './golden-facts';
import type { Block } from './terraform';

/** What people look at, by type. `name=path` where the last part of the path says too little. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  aws_autoscaling_group: ['min_size', 'max_size', 'desired_capacity'],
  aws_backup_plan: ['rule'],
  aws_backup_vault: ['name'],
  aws_cloudwatch_log_group: ['name', 'days=retention_in_days'],
  aws_cloudwatch_metric_alarm: ['metric_name', 'statistic', 'period', 'evaluation_periods', 'threshold'],
  aws_db_instance: [
    'identifier',
    'engine',
    'engine_version',
    'instance_class',
    'replicate_source_db',
    'allocated_storage',
    'max_allocated_storage',
    'storage_type',
    'iops',
    'multi_az',
    'port',
    'backup_retention_period',
    'deletion_protection',
    'skip_final_snapshot',
    'publicly_accessible',
  ],
  aws_db_parameter_group: ['family', 'set=parameter'],
  aws_db_subnet_group: ['name'],
  aws_eip: [],
  aws_eks_access_policy_association: ['principal_arn', 'policy_arn', 'scope=access_scope'],
  aws_eks_addon: ['addon_name', 'addon_version', 'configuration_values'],
  aws_eks_cluster: [
    'name',
    'version',
    'public=vpc_config.endpoint_public_access',
    'support=upgrade_policy.support_type',
    'logs=enabled_cluster_log_types',
    'deletion_protection',
  ],
  aws_eks_node_group: [
    'instance_types',
    'capacity_type',
    'ami_type',
    'min=scaling_config.min_size',
    'max=scaling_config.max_size',
    'desired=scaling_config.desired_size',
    'taint',
    'update=update_config',
  ],
  aws_eks_pod_identity_association: ['namespace', 'service_account'],
  aws_elasticache_replication_group: [
    'replication_group_id',
    'engine',
    'engine_version',
    'node_type',
    'num_node_groups',
    'replicas_per_node_group',
    'num_cache_clusters',
    'port',
    'multi_az_enabled',
    'transit_encryption_enabled',
    'snapshot_retention_limit',
  ],
  aws_elasticache_parameter_group: ['family', 'set=parameter'],
  aws_flow_log: ['traffic_type', 'log_destination_type'],
  aws_instance: ['instance_type'],
  aws_kms_key: ['description', 'deletion_window_in_days', 'enable_key_rotation'],
  aws_launch_template: [
    'instance_type',
    'ebs=block_device_mappings.*.ebs',
    'tokens=metadata_options.http_tokens',
    'hops=metadata_options.http_put_response_hop_limit',
  ],
  aws_lb: ['name', 'internal', 'load_balancer_type', 'idle_timeout', 'enable_deletion_protection'],
  aws_lb_listener: ['port', 'protocol', 'ssl_policy'],
  aws_lb_target_group: ['name', 'port', 'protocol', 'target_type', 'deregistration_delay'],
  aws_nat_gateway: ['connectivity_type'],
  aws_network_acl_rule: ['rule_number', 'rule_action', 'protocol', 'cidr_block', 'from_port', 'to_port'],
  aws_route: ['destination_cidr_block', 'via=vpc_peering_connection_id'],
  aws_route53_record: ['name', 'type', 'ttl'],
  aws_s3_bucket: ['bucket', 'force_destroy'],
  aws_secretsmanager_secret: ['name', 'recovery_window_in_days'],
  aws_security_group: ['name', 'name_prefix', 'description'],
  aws_subnet: ['availability_zone', 'cidr_block'],
  aws_vpc: ['cidr_block', 'enable_dns_hostnames'],
  aws_vpc_security_group_egress_rule: ['cidr_ipv4', 'ip_protocol', 'from_port', 'to_port'],
  aws_vpc_security_group_ingress_rule: ['cidr_ipv4', 'ip_protocol', 'from_port', 'to_port'],
  helm_release: ['name', 'namespace', 'chart', 'version'],
};

/** Types of which there are many that say little each: a line for all of them. */
const BULK = [
  'aws_autoscaling_group_tag',
  'aws_ec2_subnet_cidr_reservation',
  'aws_eip',
  'aws_iam_instance_profile',
  'aws_iam_role_policy_attachment',
  'aws_kms_alias',
  'aws_nat_gateway',
  'aws_route_table',
  'aws_route_table_association',
  'aws_secretsmanager_secret_version',
  'aws_vpc_endpoint',
];

/** Parameters and the like, as the list that people compare. */
const legible = (value: Block): Block =>
  Array.isArray(value) && value.every((item) => item?.name !== undefined && item?.value !== undefined)
    ? value.map(({ name, value: set }) => `${name}:${set}`)
    : value;

function line(type: string, id: string, body: Block): string {
  const path = String(body['//']?.metadata?.path ?? id).replace(/^[^/]+\//, '');
  const facts = new Facts(body);
  facts.take('//');
  for (const shown of SHOWN[type] ?? []) {
    const [name = shown, at = shown] = shown.includes('=') ? shown.split('=') : [shown, shown];
    facts.show(name, legible(facts.take(at)));
  }
  return facts.line(`${type} ${path.replace(/\/Resource$/, '')}`);
}

/** A line for each resource of a stack, after one for all that is not a resource. */
export function stackLines(name: string, json: Block): string[] {
  const { resource = {}, terraform = {}, output = {}, '//': _metadata, ...rest } = json;
  const [backend = 'none'] = Object.keys(terraform.backend ?? {});
  const state = new Facts({ ...rest, terraform, output })
    .show('backend', backend)
    .show('region', rest.provider?.aws?.[0]?.region)
    .show('outputs', Object.keys(output).length);
  const lines = Object.entries<Block>(resource).flatMap(([type, bodies]) => {
    if (!BULK.includes(type)) return Object.entries(bodies).map(([id, body]) => line(type, id, body));
    return [`${type} x${Object.keys(bodies).length}  ~${digest(bodies)}`];
  });
  return [state.line(`stack ${name}`), ...lines.sort().map((text) => `  ${text}`)];
}
