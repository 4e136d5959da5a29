import type { Block } from '../support/terraform';

const policy = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** A statement of an IAM policy. */
export const allow = (action: string, resource = '*', more: object = {}): string =>
  policy({ Effect: 'Allow', Action: [action], Resource: [resource], ...more });

/** A statement of the policy of a resource. */
export const admit = (principal: object | string, more: object = {}): string =>
  policy({ Effect: 'Allow', Principal: principal, Action: ['sts:AssumeRole'], ...more });

/** A reference to the one resource of a type. */
const of = (type: string, attribute = 'id'): string => `\${${type}.A.${attribute}}`;

const KEY = of('aws_kms_key', 'arn');

/** One resource of each type that a rule is about, as every rule wants it. */
export const soundStack = (): Block => ({
  resource: {
    aws_eks_cluster: {
      A: {
        enabled_cluster_log_types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
        encryption_config: { provider: { key_arn: KEY }, resources: ['secrets'] },
        version: '1.35',
        vpc_config: { endpoint_public_access: false },
      },
    },
    aws_eks_node_group: { A: { remote_access: { ec2_ssh_key: 'ops', source_security_group_ids: ['sg-1'] } } },
    aws_launch_template: {
      A: {
        metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 1 },
        network_interfaces: [{ associate_public_ip_address: 'false' }],
      },
    },
    aws_autoscaling_group: { A: { launch_template: { id: 'lt-1' }, tag: [{ key: 'a', value: 'b' }] } },
    aws_db_instance: {
      A: {
        engine: 'postgres',
        engine_version: '15',
        auto_minor_version_upgrade: true,
        backup_retention_period: 30,
        ca_cert_identifier: 'rds-ca-rsa2048-g1',
        copy_tags_to_snapshot: true,
        deletion_protection: true,
        enabled_cloudwatch_logs_exports: ['postgresql'],
        iam_database_authentication_enabled: true,
        monitoring_interval: 60,
        multi_az: true,
        parameter_group_name: of('aws_db_parameter_group', 'name'),
        performance_insights_enabled: true,
        performance_insights_kms_key_id: KEY,
        port: 5439,
        publicly_accessible: false,
        storage_encrypted: true,
      },
    },
    aws_db_parameter_group: { A: { parameter: [{ name: 'rds.force_ssl', value: '1' }] } },
    aws_rds_cluster: {
      A: {
        engine: 'aurora-postgresql',
        engine_version: '15.4',
        backup_retention_period: 30,
        copy_tags_to_snapshot: true,
        db_cluster_parameter_group_name: of('aws_rds_cluster_parameter_group', 'name'),
        deletion_protection: true,
        enabled_cloudwatch_logs_exports: ['postgresql'],
        iam_database_authentication_enabled: true,
        kms_key_id: KEY,
        port: 5439,
        storage_encrypted: true,
      },
    },
    aws_rds_cluster_parameter_group: {
      A: {
        parameter: [
          { name: 'log_statement', value: 'ddl' },
          { name: 'log_min_duration_statement', value: '1000' },
        ],
      },
    },
    aws_backup_selection: { A: { resources: [of('aws_rds_cluster', 'arn')] } },
    aws_rds_global_cluster: { A: { storage_encrypted: true } },
    aws_db_instance_automated_backups_replication: { A: { kms_key_id: KEY } },
    aws_elasticache_replication_group: {
      A: {
        at_rest_encryption_enabled: true,
        automatic_failover_enabled: true,
        auth_token_wo: 'ephemeral',
        kms_key_id: KEY,
        multi_az_enabled: true,
        port: 6389,
        snapshot_retention_limit: 7,
        subnet_group_name: 'cache',
        transit_encryption_enabled: true,
      },
    },
    aws_vpc: { A: {} },
    aws_flow_log: { A: { vpc_id: of('aws_vpc') } },
    aws_default_security_group: { A: { vpc_id: of('aws_vpc') } },
    aws_subnet: { A: { map_public_ip_on_launch: false } },
    aws_security_group: { A: { description: 'API' } },
    aws_vpc_security_group_ingress_rule: {
      A: {
        security_group_id: of('aws_security_group'),
        description: 'HTTPS',
        cidr_ipv4: '0.0.0.0/0',
        ip_protocol: 'tcp',
        from_port: 443,
        to_port: 443,
      },
    },
    aws_vpc_security_group_egress_rule: {
      A: {
        security_group_id: of('aws_security_group'),
        description: 'HTTPS',
        cidr_ipv4: '0.0.0.0/0',
        ip_protocol: 'tcp',
        from_port: 443,
        to_port: 443,
      },
    },
    aws_vpc_endpoint: { A: { security_group_ids: [of('aws_security_group')] } },
    aws_network_acl: { A: { subnet_ids: ['subnet-1'] } },
    aws_network_acl_rule: { A: { rule_action: 'allow', protocol: 'tcp', from_port: 443, to_port: 443 } },
    aws_eip: { A: {} },
    aws_nat_gateway: { A: { allocation_id: of('aws_eip') } },
    aws_route: { A: { destination_cidr_block: '10.1.0.0/16', vpc_peering_connection_id: 'pcx-1' } },
    aws_kms_key: { A: { enable_key_rotation: true, policy: admit({ AWS: ['arn:aws:iam::123456789012:root'] }) } },
    aws_cloudwatch_log_group: { A: { retention_in_days: 365, kms_key_id: KEY } },
    aws_secretsmanager_secret: { A: { kms_key_id: KEY } },
    aws_secretsmanager_secret_rotation: { A: { rotation_rules: { automatically_after_days: 90 } } },
    aws_sns_topic: { A: { kms_master_key_id: KEY } },
    aws_sns_topic_policy: { A: { policy: admit({ Service: 'cloudwatch.amazonaws.com' }) } },
    aws_s3_bucket: { A: {} },
    aws_s3_bucket_logging: { A: { bucket: of('aws_s3_bucket') } },
    aws_s3_bucket_server_side_encryption_configuration: {
      A: {
        bucket: of('aws_s3_bucket'),
        rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms' } }],
      },
    },
    aws_s3_bucket_versioning: {
      A: { bucket: of('aws_s3_bucket'), versioning_configuration: { status: 'Enabled' } },
    },
    aws_s3_bucket_public_access_block: {
      A: {
        bucket: of('aws_s3_bucket'),
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    },
    aws_s3_bucket_replication_configuration: {
      A: { bucket: of('aws_s3_bucket'), rule: [{ status: 'Enabled' }] },
    },
    aws_s3_bucket_lifecycle_configuration: {
      A: {
        bucket: of('aws_s3_bucket'),
        rule: [{ abort_incomplete_multipart_upload: { days_after_initiation: 7 } }],
      },
    },
    aws_s3_bucket_notification: { A: { bucket: of('aws_s3_bucket') } },
    aws_s3_bucket_ownership_controls: {
      A: { bucket: of('aws_s3_bucket'), rule: { object_ownership: 'BucketOwnerEnforced' } },
    },
    aws_backup_vault: { A: { kms_key_arn: KEY } },
    aws_iam_role: { A: { assume_role_policy: admit({ Service: ['ec2.amazonaws.com'] }) } },
    aws_iam_role_policy: { A: { policy: allow('ec2:DescribeInstances') } },
    aws_iam_role_policy_attachment: { A: { policy_arn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore' } },
    aws_lb: {
      A: {
        access_logs: { bucket: 'logs', enabled: true },
        drop_invalid_header_fields: true,
        enable_cross_zone_load_balancing: true,
        enable_deletion_protection: true,
      },
    },
    aws_wafv2_web_acl_association: { A: { resource_arn: of('aws_lb', 'arn') } },
    aws_lb_listener: { A: { protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' } },
    aws_lb_target_group: { A: { protocol: 'HTTP', health_check: { path: '/health' } } },
    aws_route53_record: { A: { type: 'A', alias: { name: of('aws_lb', 'dns_name') } } },
    aws_route53_zone: { A: {} },
    aws_route53_hosted_zone_dnssec: { A: { hosted_zone_id: of('aws_route53_zone', 'zone_id') } },
    aws_route53_query_log: { A: { zone_id: of('aws_route53_zone', 'zone_id') } },
  },
});
