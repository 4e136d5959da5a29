import { Network } from '../../../lib/aws/network/network';
import type { NetworkProps } from '../../../lib/aws/network/network-plan';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const valid: NetworkProps = {
  name: 'shop-production',
  cidr: '10.0.0.0/16',
  zones: ['us-west-2a', 'us-west-2b'],
  nat: 'per-zone',
};

const synth = (overrides: Partial<NetworkProps> = {}, read?: (network: Network) => unknown) =>
  terraform((stack) => {
    const network = new Network(stack, 'Network', { ...valid, ...overrides });
    if (read) stack.addOverride('output.read.value', read(network));
  });

const service = ({ service_name }: Block): string => service_name.replace(/^com\.amazonaws\.\$\{[^}]+\.region\}\./, '');

const endpoints = (json: Block, type: string): Block[] =>
  resources(json, 'aws_vpc_endpoint').filter(({ vpc_endpoint_type }) => vpc_endpoint_type === type);

const privateIds = (json: Block, type: string): string[] =>
  Object.entries<Block>(json.resource[type])
    .filter(([, { tags }]) => tags['headroom.dev/tier'] === 'private')
    .map(([id]) => `\${${type}.${id}.id}`);

test('by default a cluster reaches what it calls inside the VPC', () => {
  const json = synth();
  expect(endpoints(json, 'Gateway').map(service)).toEqual(['s3']);
  expect(endpoints(json, 'Interface').map(service).sort()).toEqual(
    [
      ...['autoscaling', 'ec2', 'ec2messages', 'ecr.api', 'ecr.dkr', 'eks-auth', 'elasticloadbalancing'],
      ...['kms', 'logs', 'secretsmanager', 'ssm', 'ssmmessages', 'sts'],
    ].sort(),
  );
});

test('gateways serve private subnets alone', () => {
  const json = synth({ gatewayEndpoints: ['s3', 'dynamodb'] });
  expect(endpoints(json, 'Gateway').map(service).sort()).toEqual(['dynamodb', 's3']);
  for (const { route_table_ids } of endpoints(json, 'Gateway')) {
    expect(route_table_ids).toEqual(privateIds(json, 'aws_route_table'));
  }
});

test("interfaces stand in every private subnet, answer to the service's own name, and share one group", () => {
  const json = synth({}, ({ endpointSecurityGroupId }) => endpointSecurityGroupId);
  for (const endpoint of endpoints(json, 'Interface')) {
    expect(endpoint).toMatchObject({
      private_dns_enabled: true,
      subnet_ids: privateIds(json, 'aws_subnet'),
      security_group_ids: [json.output.read.value],
    });
  }
});

test('the group admits HTTPS from the VPC and opens nothing itself', () => {
  const json = synth({}, ({ endpointSecurityGroupId }) => endpointSecurityGroupId);
  const group = onlyResource(json, 'aws_security_group');
  expect(group.description).toBe('Interface endpoints of shop-production');
  expect(group).not.toHaveProperty('ingress');
  expect(group).not.toHaveProperty('egress');
  expect(onlyResource(json, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
    security_group_id: json.output.read.value,
    description: 'HTTPS from the VPC',
    cidr_ipv4: '10.0.0.0/16',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
  });
  expect(json.resource.aws_vpc_security_group_egress_rule).toBeUndefined();
});

test('without interface endpoints there is no group', () => {
  const json = synth({ interfaceEndpoints: [] }, ({ endpointSecurityGroupId }) => endpointSecurityGroupId ?? 'none');
  expect(endpoints(json, 'Interface')).toEqual([]);
  expect(endpoints(json, 'Gateway')).toHaveLength(1);
  expect(json.resource.aws_security_group).toBeUndefined();
  expect(json.output.read.value).toBe('none');
});

test('the prefix list is that of the gateway of S3, if there is one', () => {
  const read = (overrides: Partial<NetworkProps>): string =>
    synth(overrides, ({ s3PrefixListId }) => s3PrefixListId ?? 'none').output.read.value;
  expect(read({ gatewayEndpoints: ['dynamodb', 's3'] })).toMatch(
    /^\$\{aws_vpc_endpoint\.\w+_s3_\w+\.prefix_list_id\}$/,
  );
  expect(read({ gatewayEndpoints: ['dynamodb'] })).toBe('none');
});

test('without any endpoints there are none', () => {
  expect(synth({ interfaceEndpoints: [], gatewayEndpoints: [] }).resource.aws_vpc_endpoint).toBeUndefined();
});

test('adding a service leaves the others as they are', () => {
  const [before, after] = [synth({ interfaceEndpoints: ['kms'] }), synth({ interfaceEndpoints: ['ecr.api', 'kms'] })];
  expect(after.resource.aws_vpc_endpoint).toMatchObject(before.resource.aws_vpc_endpoint);
});

test('policies admit the own account and those trusted', () => {
  const json = synth({ interfaceEndpoints: ['kms'], trustedAccounts: ['111111111111'] });
  const [kms] = endpoints(json, 'Interface');
  const [statement] = JSON.parse(kms.policy).Statement;
  expect(statement.Condition.StringEquals['aws:PrincipalAccount']).toEqual([
    expect.stringMatching(/^\$\{data\.aws_caller_identity\..+\.account_id\}$/),
    '111111111111',
  ]);
});

test('a service that is not guarded keeps the policy of AWS', () => {
  const [endpoint] = endpoints(synth({ interfaceEndpoints: ['eks-auth'] }), 'Interface');
  expect(endpoint).not.toHaveProperty('policy');
});

test('endpoints carry their names', () => {
  const json = synth({ interfaceEndpoints: ['ecr.api'] });
  expect(resources(json, 'aws_vpc_endpoint').map(({ tags }) => tags.Name)).toEqual([
    'shop-production-ecr.api',
    'shop-production-s3',
  ]);
});
