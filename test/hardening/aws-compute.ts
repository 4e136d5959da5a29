import { type AwsRule, at, isOff, isSet, list, rule } from './aws-rule';

const LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** In standard support on the day of the review; the calendar of the library says until when. */
const SUPPORTED = ['1.34', '1.35', '1.36'];

const HARD_CODED = /AKIA[0-9A-Z]{16}|aws_secret_access_key|-----BEGIN [A-Z ]*PRIVATE KEY/i;

const INSTANCES = 'aws_launch_template aws_instance';

/** EKS, its nodes, and other machines. */
export const COMPUTE_RULES: readonly AwsRule[] = [
  rule(
    'CKV_AWS_37',
    'aws_eks_cluster',
    'all five logs of the control plane',
    ({ enabled_cluster_log_types: on = [] }) => LOGS.every((log) => on.includes(log)),
  ),
  rule(
    'CKV_AWS_38',
    'aws_eks_cluster',
    'no API server that everybody reaches',
    (body) =>
      isOff(at(body, 'vpc_config.endpoint_public_access')) ||
      (list(at(body, 'vpc_config.public_access_cidrs')).length > 0 &&
        !list(at(body, 'vpc_config.public_access_cidrs')).includes('0.0.0.0/0')),
  ),
  rule('CKV_AWS_39', 'aws_eks_cluster', 'an API server inside the network', (body) =>
    isOff(at(body, 'vpc_config.endpoint_public_access')),
  ),
  rule(
    'CKV_AWS_58',
    'aws_eks_cluster',
    'Secrets encrypted with a key of ours',
    (body) =>
      isSet(at(body, 'encryption_config.provider.key_arn')) &&
      at(body, 'encryption_config.resources').includes('secrets'),
  ),
  rule('CKV_AWS_339', 'aws_eks_cluster', 'a supported version', ({ version }) => SUPPORTED.includes(version)),
  rule(
    'CKV_AWS_100',
    'aws_eks_node_group',
    'SSH to nodes from named groups only',
    ({ remote_access: access }) =>
      !isSet(at({ access }, 'access.ec2_ssh_key')) || isSet(at({ access }, 'access.source_security_group_ids')),
  ),
  rule('CKV_AWS_79', INSTANCES, 'sessions for instance metadata', (body) =>
    ['required'].includes(at(body, 'metadata_options.http_tokens')),
  ),
  rule(
    'CKV_AWS_341',
    'aws_launch_template',
    'metadata that no pod reaches',
    (body) => at(body, 'metadata_options.http_put_response_hop_limit') === 1,
  ),
  rule('CKV_AWS_88', INSTANCES, 'no public address', (body) =>
    [body.associate_public_ip_address, ...list(body.network_interfaces).map((one) => one.associate_public_ip_address)]
      .filter(isSet)
      .every(isOff),
  ),
  rule('CKV_AWS_46', INSTANCES, 'no credentials in user data', ({ user_data = '', user_data_base64 = '' }) => {
    const decoded = Buffer.from(user_data_base64 || user_data, 'base64').toString('latin1');
    return ![user_data, decoded].some((text) => HARD_CODED.test(text));
  }),
  rule('CKV_AWS_153', 'aws_autoscaling_group', 'tags that reach instances', ({ tag }) => list(tag).length > 0),
  rule(
    'CKV_AWS_315',
    'aws_autoscaling_group',
    'a launch template',
    (body) => isSet(at(body, 'launch_template')) || isSet(at(body, 'mixed_instances_policy.launch_template')),
  ),
];
