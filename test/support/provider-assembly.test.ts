import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { EncryptionKey, LogGroup } from '../../lib/aws';
import { ProviderAssembly } from './provider-assembly';
import { terraform } from './terraform';
import { terraformFaults } from './terraform-faults';
import { crossStackFaults } from './terraform-stacks';

/** Terraform's own way to write an expression. */
const $ = (expression: string) => `\${${expression}}`;

const SETTINGS = {
  required_version: '>= 1.11.0',
  required_providers: {
    aws: { source: 'hashicorp/aws', version: '6.25.0' },
    random: { source: 'hashicorp/random', version: '3.7.2' },
  },
  backend: { local: { path: 'state/data.tfstate' } },
};

const DATABASE = {
  identifier: 'orders',
  instance_class: 'db.r6g.large',
  engine: 'postgres',
  allocated_storage: 100,
  multi_az: true,
  username: 'postgres',
  password_wo: $('ephemeral.random_password.master.result'),
  password_wo_version: 1,
  skip_final_snapshot: false,
  final_snapshot_identifier: 'orders-final',
  enabled_cloudwatch_logs_exports: ['postgresql'],
  tags: { Name: 'orders' },
  vpc_security_group_ids: [$('aws_security_group.database.id')],
  kms_key_id: $('aws_kms_key.data.arn'),
  timeouts: { create: '2h' },
  lifecycle: { prevent_destroy: true, ignore_changes: ['engine_version', 'tags["x"]'] },
  depends_on: ['aws_kms_key.data'],
  '//': { metadata: { path: 'data/Database/Resource' } },
};

const stack = (resource: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) => ({
  '//': { metadata: { stackName: 'data' } },
  terraform: SETTINGS,
  provider: { aws: [{ region: 'us-west-2', default_tags: [{ tags: { platform: 'acgs' } }] }] },
  ephemeral: { random_password: { master: { length: 32, special: false } } },
  data: { aws_vpc: { shared: { filter: [{ name: 'tag:Name', values: ['shared'] }] } } },
  resource: {
    aws_kms_key: { data: { description: 'data', enable_key_rotation: true } },
    aws_security_group: { database: { description: 'the database', vpc_id: $('data.aws_vpc.shared.id') } },
    aws_db_instance: { orders: DATABASE },
    ...resource,
  },
  output: { endpoint: { value: $('aws_db_instance.orders.address') } },
  ...rest,
});

const database = (changes: Record<string, unknown>) =>
  stack({ aws_db_instance: { orders: { ...DATABASE, ...changes } } });

const rule = (changes: Record<string, unknown>) =>
  stack({
    aws_vpc_security_group_ingress_rule: {
      pods: {
        security_group_id: $('aws_security_group.database.id'),
        description: 'pods reach the database',
        ip_protocol: 'tcp',
        from_port: 5432,
        to_port: 5432,
        cidr_ipv4: '10.0.0.0/16',
        ...changes,
      },
    },
  });

const nodeGroup = (changes: Record<string, unknown>) =>
  stack({
    aws_eks_node_group: {
      general: {
        cluster_name: 'acgs',
        node_group_name: 'general',
        node_role_arn: 'arn:aws:iam::111122223333:role/node',
        subnet_ids: ['subnet-1'],
        scaling_config: { min_size: 3, max_size: 10, desired_size: 3 },
        update_config: { max_unavailable: 1 },
        ...changes,
      },
    },
  });

const secret = (changes: Record<string, unknown>) =>
  stack({ aws_secretsmanager_secret_version: { master: { secret_id: 'master', ...changes } } });

describe('a stack that Terraform would take', () => {
  test.each([
    { it: 'has resources, data, an ephemeral password, a backend and an output', json: stack() },
    { it: 'has a rule of a security group', json: rule({}) },
    { it: 'opens all ports by protocol', json: rule({ ip_protocol: '-1', from_port: null, to_port: null }) },
    { it: 'has a node group', json: nodeGroup({ taint: [{ key: 'spot', value: 'true', effect: 'NO_SCHEDULE' }] }) },
    { it: 'writes a block of which there is one as a list of one', json: database({ timeouts: [{ create: '2h' }] }) },
    { it: 'takes an expression for a number', json: database({ allocated_storage: $('var.size') }) },
    {
      it: 'keeps an endpoint in a secret',
      json: secret({ secret_string: $('jsonencode({"host" = aws_db_instance.orders.address})') }),
    },
    {
      it: 'sends a password around the state',
      json: secret({
        secret_string_wo: $('jsonencode({"password" = ephemeral.random_password.master.result})'),
        secret_string_wo_version: 1,
      }),
    },
    {
      it: 'makes blocks from a list',
      json: stack({
        aws_launch_template: {
          general: { dynamic: { tag_specifications: { for_each: ['volume'], content: { resource_type: 'volume' } } } },
        },
      }),
    },
    { it: 'takes an expression for a choice', json: nodeGroup({ capacity_type: $('var.capacity') }) },
    {
      it: 'gives none of what excludes another',
      json: stack({
        aws_launch_template: { general: { vpc_security_group_ids: [], network_interfaces: [{ device_index: 0 }] } },
      }),
    },
    { it: 'writes what only looks like an expression', json: database({ tags: { Name: `$${$('aws_vpc.gone.id')}` } }) },
    {
      it: 'reads another stack',
      json: stack(
        {},
        {
          data: {
            aws_vpc: { shared: { id: $('data.terraform_remote_state.network.outputs.vpc') } },
            terraform_remote_state: { network: { backend: 'local', config: { path: 'state/network.tfstate' } } },
          },
        },
      ),
    },
    { it: 'ignores every change', json: database({ lifecycle: { ignore_changes: 'all' } }) },
    { it: 'renames a resource', json: stack({}, { moved: [{ from: 'aws_kms_key.old', to: 'aws_kms_key.data' }] }) },
  ])('$it', ({ json }) => {
    expect(terraformFaults(json)).toEqual([]);
  });
});

test('a stack of our own constructs has no fault but where its provider comes from', () => {
  const json = terraform((scope) => {
    new AwsProvider(scope, 'Aws', { region: 'us-west-2' });
    const key = new EncryptionKey(scope, 'Key', { alias: 'logs', description: 'logs', users: ['logs'] });
    new LogGroup(scope, 'Logs', { name: '/shop/orders', key });
  });
  expect(terraformFaults(json)).toEqual(["required_providers.aws is not hashicorp's"]);
});

const ORDERS = 'aws_db_instance.orders';

test.each([
  {
    it: 'a misspelt argument',
    json: database({ instance_clas: 'db.r6g.large' }),
    fault: `${ORDERS} has no argument instance_clas`,
  },
  {
    it: 'a missing argument',
    json: database({ instance_class: null }),
    fault: `${ORDERS}: instance_class is required`,
  },
  {
    it: 'a text for a number',
    json: database({ allocated_storage: '100' }),
    fault: `${ORDERS}.allocated_storage must be a number, got "100"`,
  },
  {
    it: 'a number for a text',
    json: database({ engine_version: 17 }),
    fault: `${ORDERS}.engine_version must be a string, got 17`,
  },
  {
    it: 'a text for a yes or no',
    json: database({ multi_az: 'true' }),
    fault: `${ORDERS}.multi_az must be a boolean, got "true"`,
  },
  {
    it: 'one value for a list',
    json: database({ vpc_security_group_ids: 'sg-1' }),
    fault: `${ORDERS}.vpc_security_group_ids must be a list, got "sg-1"`,
  },
  {
    it: 'a wrong item of a list',
    json: database({ vpc_security_group_ids: ['sg-1', 2] }),
    fault: `${ORDERS}.vpc_security_group_ids[1] must be a string, got 2`,
  },
  {
    it: 'a list for a map',
    json: database({ tags: ['orders'] }),
    fault: `${ORDERS}.tags must be a map, got ["orders"]`,
  },
  {
    it: 'a wrong value of a map',
    json: database({ tags: { owner: 1 } }),
    fault: `${ORDERS}.tags.owner must be a string, got 1`,
  },
  {
    it: 'a misspelt argument of a block',
    json: database({ timeouts: { creat: '2h' } }),
    fault: `${ORDERS}.timeouts has no argument creat`,
  },
  {
    it: 'two of a block that may be there once',
    json: database({ timeouts: [{ create: '1h' }, { create: '2h' }] }),
    fault: `${ORDERS}.timeouts must be an object, got [{"create":"1h"},{"create":"2h"}]`,
  },
  {
    it: 'an expression in place of a block',
    json: database({ timeouts: $('local.timeouts') }),
    fault: `${ORDERS}.timeouts is a block and takes no expression`,
  },
  {
    it: 'one block where a list of them belongs',
    json: nodeGroup({ taint: { key: 'spot', effect: 'NO_SCHEDULE' } }),
    fault: 'aws_eks_node_group.general.taint must be a list, got {"key":"spot","effect":"NO_SCHEDULE"}',
  },
  {
    it: 'a missing argument of a block',
    json: nodeGroup({ scaling_config: { min_size: 3, max_size: 10 } }),
    fault: 'aws_eks_node_group.general.scaling_config: desired_size is required',
  },
  {
    it: 'a missing block',
    json: nodeGroup({ scaling_config: null }),
    fault: 'aws_eks_node_group.general: scaling_config is required',
  },
  {
    it: 'an argument of a resource in a data source',
    json: stack({}, { data: { aws_vpc: { shared: { enable_dns_support: true } } } }),
    fault: 'data.aws_vpc.shared has no argument enable_dns_support',
  },
  {
    it: 'a resource the provider does not have',
    json: stack({ aws_db_instanze: { orders: {} } }),
    fault: 'aws_db_instanze.orders: the provider has no such resource',
  },
  {
    it: 'a trigger in braces, which Terraform cannot read in JSON',
    json: stack({
      terraform_data: { asked: { input: { value: 1 } } },
      aws_vpc: {
        main: { cidr_block: '10.0.0.0/16', lifecycle: { replace_triggered_by: [$('terraform_data.asked')] } },
      },
    }),
    fault: `aws_vpc.main: replace_triggered_by names ${$('terraform_data.asked')} in braces`,
  },
  {
    it: 'a resource that would keep a password in the state',
    json: stack({ random_password: { master: { length: 32 } } }),
    fault: 'random_password.master: the provider has no such resource',
  },
  {
    it: 'a name Terraform cannot read',
    json: stack({ aws_kms_key: { data: { description: 'd' }, '1st': {} } }),
    fault: 'aws_kms_key.1st: a name is letters, digits, _ and -',
  },
  {
    it: 'no block where at least one belongs',
    json: stack({
      aws_lb_listener: { web: { load_balancer_arn: 'arn:aws:elasticloadbalancing:lb', default_action: [] } },
    }),
    fault: 'aws_lb_listener.web: default_action is required',
  },
  {
    it: 'a variable with an unknown argument',
    json: stack({}, { variable: { size: { type: 'number', defualt: 1 } } }),
    fault: 'variable.size has no argument defualt',
  },
  {
    it: 'a move to nowhere',
    json: stack({}, { moved: [{ from: 'aws_kms_key.old' }] }),
    fault: 'moved[0]: to is required',
  },
  {
    it: 'a version of a password that is not there',
    json: database({ password_wo: null, manage_master_user_password: true }),
    fault: `${ORDERS}: password_wo_version needs password_wo`,
  },
  {
    it: 'a block made from a list without one',
    json: stack({ aws_launch_template: { general: { dynamic: { metadata_options: { content: {} } } } } }),
    fault: 'aws_launch_template.general.dynamic.metadata_options: for_each is required',
  },
  {
    it: 'a misspelt block made from a list',
    json: stack({ aws_launch_template: { general: { dynamic: { metadata: { for_each: [], content: {} } } } } }),
    fault: 'aws_launch_template.general has no block metadata',
  },
  {
    it: 'a token that nothing resolved',
    json: database({ identifier: $('TfToken[TOKEN.7]') }),
    fault: `${ORDERS}.identifier holds an unresolved token`,
  },
  {
    it: 'a number that stands for a token',
    json: database({ allocated_storage: -1.8881545897087626e289 }),
    fault: `${ORDERS}.allocated_storage holds an unresolved token`,
  },
  {
    it: 'a misspelt rule of the life cycle',
    json: database({ lifecycle: { prevent_destory: true } }),
    fault: `${ORDERS}.lifecycle has no argument prevent_destory`,
  },
  {
    it: 'an ignored argument that is none',
    json: database({ lifecycle: { ignore_changes: ['engin_version'] } }),
    fault: `${ORDERS}: ignore_changes names engin_version, which is no argument`,
  },
  {
    it: 'an unknown ephemeral argument',
    json: stack({}, { ephemeral: { random_password: { master: { length: 32, size: 1 } } } }),
    fault: 'ephemeral.random_password.master has no argument size',
  },
  {
    it: 'an output without a value',
    json: stack({}, { output: { endpoint: { sensitive: true } } }),
    fault: 'output.endpoint: value is required',
  },
  {
    it: 'an unknown kind of block',
    json: stack({}, { resources: {} }),
    fault: 'resources is no block that is known here',
  },
  {
    it: 'a misspelt argument of the provider',
    json: stack({}, { provider: { aws: [{ regoin: 'us-west-2' }] } }),
    fault: 'provider.aws has no argument regoin',
  },
  {
    it: 'keys of an account in the provider',
    json: stack({}, { provider: { aws: [{ region: 'us-west-2', secret_key: 'abc' }] } }),
    fault: 'provider.aws: secret_key holds a secret in plain text',
  },
  {
    it: 'two providers of one name',
    json: stack({}, { provider: { aws: [{ region: 'us-west-2' }, { region: 'us-east-1' }] } }),
    fault: 'provider.aws is configured twice',
  },
  {
    it: 'a provider that is not configured',
    json: database({ provider: 'aws.standby' }),
    fault: `${ORDERS}: provider aws.standby is not configured`,
  },
  {
    it: 'a provider that is not required',
    json: stack({}, { terraform: { required_providers: { random: SETTINGS.required_providers.random } } }),
    fault: 'required_providers.aws is required',
  },
  {
    it: "a provider that is not HashiCorp's",
    json: stack(
      {},
      { terraform: { required_providers: { ...SETTINGS.required_providers, aws: { source: 'aws', version: '6' } } } },
    ),
    fault: "required_providers.aws is not hashicorp's",
  },
  {
    it: 'a misspelt argument of the backend',
    json: stack(
      {},
      { terraform: { ...SETTINGS, backend: { s3: { bucket: 'b', key: 'k', region: 'r', use_lock_file: true } } } },
    ),
    fault: 'backend.s3 has no argument use_lock_file',
  },
  {
    it: 'a password in plain text',
    json: database({ password_wo: null, password_wo_version: null, password: 'hunter2' }),
    fault: `${ORDERS}: password holds a secret in plain text`,
  },
  {
    it: 'a password in plain text that is written only',
    json: database({ password_wo: 'hunter2' }),
    fault: `${ORDERS}: password_wo holds a secret in plain text`,
  },
  {
    it: 'a password in the state',
    json: database({ password_wo: null, password_wo_version: null, password: $('var.password') }),
    fault: `${ORDERS}: password puts a secret into the state: use password_wo`,
  },
  {
    it: 'a password written only that comes from the state',
    json: database({ password_wo: $('aws_kms_key.data.id') }),
    fault: `${ORDERS}: password_wo comes from what is kept in the state`,
  },
  {
    it: 'a password written only that never changes',
    json: database({ password_wo_version: null }),
    fault: `${ORDERS}: password_wo needs password_wo_version`,
  },
  {
    it: 'two passwords',
    json: database({ manage_master_user_password: true }),
    fault: `${ORDERS}: password_wo and manage_master_user_password exclude one another`,
  },
  {
    it: 'a secret in plain text',
    json: secret({ secret_string: 'hunter2' }),
    fault: 'aws_secretsmanager_secret_version.master: secret_string holds a secret in plain text',
  },
  {
    it: 'two secrets in one',
    json: secret({ secret_string: $('var.a'), secret_string_wo: $('var.a'), secret_string_wo_version: 1 }),
    fault: 'aws_secretsmanager_secret_version.master: secret_string and secret_string_wo exclude one another',
  },
  {
    it: 'a name and its prefix',
    json: database({ identifier_prefix: 'orders-' }),
    fault: `${ORDERS}: identifier and identifier_prefix exclude one another`,
  },
  {
    it: 'a name and a prefix of a node group',
    json: nodeGroup({ node_group_name_prefix: 'general-' }),
    fault: 'aws_eks_node_group.general: node_group_name and node_group_name_prefix exclude one another',
  },
  {
    it: 'two ways to update a node group',
    json: nodeGroup({ update_config: { max_unavailable: 1, max_unavailable_percentage: 33 } }),
    fault:
      'aws_eks_node_group.general.update_config: max_unavailable and max_unavailable_percentage exclude one another',
  },
  {
    it: 'a capacity that EC2 does not sell',
    json: nodeGroup({ capacity_type: 'spot' }),
    fault: 'aws_eks_node_group.general: capacity_type must be one of ON_DEMAND, SPOT, CAPACITY_BLOCK, got spot',
  },
  {
    it: 'an unknown value in a list',
    json: database({ enabled_cloudwatch_logs_exports: ['postgresql', 'error'] }),
    fault: `${ORDERS}: enabled_cloudwatch_logs_exports must be one of postgresql, upgrade, iam-db-auth-error, got error`,
  },
  {
    it: 'an unknown value in a block of a list',
    json: nodeGroup({ taint: [{ key: 'spot', effect: 'NoSchedule' }] }),
    fault:
      'aws_eks_node_group.general.taint[0]: effect must be one of NO_SCHEDULE, NO_EXECUTE, PREFER_NO_SCHEDULE, got NoSchedule',
  },
  {
    it: 'a database without a last snapshot',
    json: database({ final_snapshot_identifier: null }),
    fault: `${ORDERS}: final_snapshot_identifier is required unless skip_final_snapshot is true`,
  },
  {
    it: 'a rule for two sources',
    json: rule({ cidr_ipv6: '::/0' }),
    fault: 'aws_vpc_security_group_ingress_rule.pods: cidr_ipv4 and cidr_ipv6 exclude one another',
  },
  {
    it: 'a rule for no source',
    json: rule({ cidr_ipv4: null }),
    fault:
      'aws_vpc_security_group_ingress_rule.pods: one of cidr_ipv4, cidr_ipv6, prefix_list_id, referenced_security_group_id is required',
  },
  {
    it: 'a rule that does not say why',
    json: rule({ description: null }),
    fault:
      'aws_vpc_security_group_ingress_rule.pods: description is required unless never: a rule says why it is there',
  },
  {
    it: 'a reference to what is not there',
    json: database({ kms_key_id: $('aws_kms_key.dta.arn') }),
    fault: `${ORDERS} refers to aws_kms_key.dta, which is not there`,
  },
  {
    it: 'a reference inside a text',
    json: database({ tags: { Name: `key of ${$('join("-", [aws_kms_key.dta.arn, "x"])')}` } }),
    fault: `${ORDERS} refers to aws_kms_key.dta, which is not there`,
  },
  {
    it: 'a reference to what a resource does not export',
    json: database({ kms_key_id: $('aws_kms_key.data.arm') }),
    fault: `${ORDERS} refers to aws_kms_key.data.arm, which it does not export`,
  },
  {
    it: 'a reference to what an ephemeral password does not export',
    json: database({ password_wo: $('ephemeral.random_password.master.value') }),
    fault: `${ORDERS} refers to ephemeral.random_password.master.value, which it does not export`,
  },
  {
    it: 'a reference to a data source as if it were a resource',
    json: database({ kms_key_id: $('aws_vpc.shared.arn') }),
    fault: `${ORDERS} refers to aws_vpc.shared, which is not there`,
  },
  {
    it: 'a reference behind braces',
    json: database({ tags: { Name: $('lookup({ a = 1 }, aws_kms_key.dta.arn)') } }),
    fault: `${ORDERS} refers to aws_kms_key.dta, which is not there`,
  },
  {
    it: 'a reference to one of several that does not export it',
    json: database({ kms_key_id: $('aws_kms_key.data[0].arm') }),
    fault: `${ORDERS} refers to aws_kms_key.data.arm, which it does not export`,
  },
  {
    it: 'a replacement by what is not there',
    json: database({ lifecycle: { replace_triggered_by: ['aws_kms_key.gone'] } }),
    fault: `${ORDERS} refers to aws_kms_key.gone, which is not there`,
  },
  {
    it: 'a dependency on what is not there',
    json: database({ depends_on: ['aws_kms_key.gone'] }),
    fault: `${ORDERS} refers to aws_kms_key.gone, which is not there`,
  },
  {
    it: 'an output of what is not there',
    json: stack({}, { output: { endpoint: { value: $('aws_db_instance.gone.address') } } }),
    fault: 'output refers to aws_db_instance.gone, which is not there',
  },
  {
    it: 'resources that wait for one another',
    json: stack({
      aws_kms_key: { data: { description: $('aws_security_group.database.id') } },
      aws_security_group: { database: { description: $('aws_kms_key.data.arn') } },
    }),
    fault: 'aws_kms_key.data -> aws_security_group.database -> aws_kms_key.data is a cycle',
  },
])('$it is the only fault', ({ json, fault }) => {
  expect(terraformFaults(json)).toEqual([fault]);
});

describe('stacks that read one another', () => {
  const producer = (name: string, reads?: string, output = 'vpc') => ({
    terraform: { backend: { local: { path: `state/${name}.tfstate` } } },
    output: { [output]: { value: $('aws_vpc.main.id') } },
    ...(reads === undefined
      ? {}
      : {
          data: {
            terraform_remote_state: { other: { backend: 'local', config: { path: `state/${reads}.tfstate` } } },
          },
          resource: {
            aws_subnet: {
              a: { vpc_id: $('data.terraform_remote_state.other.outputs.vpc'), cidr_block: '10.0.0.0/24' },
            },
          },
        }),
  });

  test.each([
    {
      it: 'may do so in one direction',
      stacks: { network: producer('network'), data: producer('data', 'network') },
      faults: [],
    },
    {
      it: 'may not read what is not put out',
      stacks: { network: producer('network', undefined, 'vpc_id'), data: producer('data', 'network') },
      faults: ['data reads vpc of network, which it does not put out'],
    },
    {
      it: 'may not read a state that no stack writes',
      stacks: { data: producer('data', 'network') },
      faults: ['data reads other, which is the state of no stack here'],
    },
    {
      it: 'may not wait for one another',
      stacks: { network: producer('network', 'data'), data: producer('data', 'network') },
      faults: ['network -> data -> network is a cycle'],
    },
    {
      it: 'may not share a state',
      stacks: { network: producer('network'), data: producer('network') },
      faults: ['data keeps its state where another stack keeps its own'],
    },
  ])('$it', ({ stacks, faults }) => {
    expect(crossStackFaults(stacks)).toEqual(faults);
  });

  test('are read by quoted names too', () => {
    const read = (output: string) => ({
      ...producer('data', 'network'),
      resource: { aws_subnet: { a: { vpc_id: $(`data.terraform_remote_state.other.outputs["${output}"]`) } } },
    });
    expect(crossStackFaults({ network: producer('network'), data: read('vpc') })).toEqual([]);
    expect(crossStackFaults({ network: producer('network'), data: read('vpcs') })).toEqual([
      'data reads vpcs of network, which it does not put out',
    ]);
  });

  test('are found by bucket and key', () => {
    const backend = { bucket: 'state', key: 'network', region: 'us-west-2' };
    const network = {
      terraform: { backend: { s3: { ...backend, use_lockfile: true } } },
      output: { vpc: { value: 'x' } },
    };
    const reader = (key: string) => ({
      ...producer('data', 'network'),
      data: { terraform_remote_state: { other: { backend: 's3', config: { ...backend, key } } } },
    });
    expect(crossStackFaults({ network, data: reader('network') })).toEqual([]);
    expect(crossStackFaults({ network, data: reader('edge') })).toHaveLength(1);
  });
});

describe("the provider's types", () => {
  test.each([
    { it: 'a text', name: 'instance_class', expected: { required: true, block: false, type: { kind: 'string' } } },
    {
      it: 'a number',
      name: 'allocated_storage',
      expected: { required: false, block: false, type: { kind: 'number' } },
    },
    { it: 'a yes or no', name: 'multi_az', expected: { required: false, block: false, type: { kind: 'boolean' } } },
    {
      it: 'a list',
      name: 'vpc_security_group_ids',
      expected: { required: false, block: false, type: { kind: 'list', of: { kind: 'string' } } },
    },
    {
      it: 'a map',
      name: 'tags',
      expected: { required: false, block: false, type: { kind: 'map', of: { kind: 'string' } } },
    },
  ])('say what takes $it', ({ name, expected }) => {
    expect(ProviderAssembly.schema('resource', 'aws_db_instance')?.arguments.get(name)).toEqual(expected);
  });

  test('say what a resource exports, and what only the data source of that name does', () => {
    expect(ProviderAssembly.schema('resource', 'aws_db_instance')?.exports('address')).toBe(true);
    expect(ProviderAssembly.schema('resource', 'aws_db_instance')?.exports('adress')).toBe(false);
    expect(ProviderAssembly.schema('resource', 'aws_availability_zones')).toBeUndefined();
    expect(ProviderAssembly.schema('data', 'aws_availability_zones')?.exports('zone_ids')).toBe(true);
  });
});
