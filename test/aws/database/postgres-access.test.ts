import { ref, Token } from 'cdktf';
import { PostgresAccess, type PostgresClient } from '../../../lib/aws/database/postgres-access';
import { onlyResource, resources, terraform } from '../../support/terraform';

const synth = (allowedFrom: readonly PostgresClient[], port = 5439) =>
  terraform((stack) => {
    new PostgresAccess(stack, 'Access', {
      identifier: 'acgs-production-main',
      vpcId: 'vpc-0a1b',
      subnetIds: ['subnet-0a', 'subnet-0b'],
      port,
      allowedFrom,
    });
  });

const PODS: PostgresClient = { cidr: '10.0.0.0/18', description: 'pods of the cluster' };
const NODES: PostgresClient = { securityGroupId: 'sg-0a', description: 'nodes' };

const rule = (client: PostgresClient) => {
  const { cidr_ipv4, referenced_security_group_id, from_port, to_port, ip_protocol, description } = onlyResource(
    synth([client]),
    'aws_vpc_security_group_ingress_rule',
  );
  return { cidr_ipv4, referenced_security_group_id, from_port, to_port, ip_protocol, description };
};

test('each client reaches the port and no other', () => {
  const shared = { from_port: 5439, to_port: 5439, ip_protocol: 'tcp' };
  expect(rule(PODS)).toEqual({ ...shared, cidr_ipv4: '10.0.0.0/18', description: 'pods of the cluster' });
  expect(rule(NODES)).toEqual({ ...shared, referenced_security_group_id: 'sg-0a', description: 'nodes' });
});

test('nothing is opened that was not asked for', () => {
  const json = synth([]);
  expect(resources(json, 'aws_vpc_security_group_ingress_rule')).toEqual([]);
  expect(resources(json, 'aws_vpc_security_group_egress_rule')).toEqual([]);
  const group = onlyResource(json, 'aws_security_group');
  expect(group).not.toHaveProperty('ingress');
  expect(group).not.toHaveProperty('egress');
});

test('the group says what it is for and can be replaced while it is in use', () => {
  expect(onlyResource(synth([]), 'aws_security_group')).toMatchObject({
    name_prefix: 'acgs-production-main-',
    description: 'Clients of PostgreSQL acgs-production-main',
    vpc_id: 'vpc-0a1b',
    lifecycle: { create_before_destroy: true },
  });
});

test('the subnets stand in a group of their own', () => {
  expect(onlyResource(synth([]), 'aws_db_subnet_group')).toMatchObject({
    name: 'acgs-production-main',
    subnet_ids: ['subnet-0a', 'subnet-0b'],
  });
});

test('the order of clients does not matter: each rule stays where it is', () => {
  const rules = (clients: PostgresClient[]) => synth(clients).resource.aws_vpc_security_group_ingress_rule;
  const plain = (clients: PostgresClient[]) =>
    Object.fromEntries(Object.keys(rules(clients)).map((name) => [name, rules(clients)[name].description]));
  expect(plain([NODES, PODS])).toEqual(plain([PODS, NODES]));
  expect(Object.keys(rules([NODES, PODS]))).toEqual(expect.arrayContaining(Object.keys(rules([PODS]))));
});

test.each<{ it: string; before: PostgresClient; sameRule: boolean }>([
  { it: 'of a range', before: PODS, sameRule: true },
  { it: 'of a known group', before: NODES, sameRule: true },
  {
    it: 'of a group that only Terraform knows',
    before: { securityGroupId: Token.asString(ref('aws_security_group.x.id')), description: 'nodes' },
    sameRule: false,
  },
])('another description $it changes the rule in place: $sameRule', ({ before, sameRule }) => {
  const [one, other] = [before, { ...before, description: 'somebody else' }].map((client) =>
    Object.keys(synth([client]).resource.aws_vpc_security_group_ingress_rule),
  );
  expect(JSON.stringify(one) === JSON.stringify(other)).toBe(sameRule);
});
