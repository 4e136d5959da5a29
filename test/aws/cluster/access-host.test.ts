import { ACCESS_HOST_CHECKS, AccessHost, type AccessHostProps } from '../../../lib/aws/cluster/access-host';
import { allIds, ids } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const props: AccessHostProps = {
  name: 'acgs-production-access',
  vpcId: 'vpc-1',
  subnetId: 'subnet-a',
  clusterSecurityGroupId: 'sg-cluster',
  reaches: ['10.0.0.0/16'],
};

const synth = (overrides: Partial<AccessHostProps> = {}): Block =>
  terraform((stack) => {
    new AccessHost(stack, 'AccessHost', { ...props, ...overrides });
  });

describe('AccessHost', () => {
  test('has no open port: the only rule that lets in is that of the cluster', () => {
    const json = synth();

    expect(onlyResource(json, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
      security_group_id: 'sg-cluster',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    });
    expect(onlyResource(json, 'aws_security_group').ingress).toBeUndefined();
  });

  test('opens TLS connections to the cluster and to Session Manager, and nothing else', () => {
    const rules = resources(synth(), 'aws_vpc_security_group_egress_rule');

    expect(rules.map((rule) => rule.cidr_ipv4 ?? rule.referenced_security_group_id).sort()).toEqual([
      '10.0.0.0/16',
      'sg-cluster',
    ]);
    for (const rule of rules) {
      expect(rule).toMatchObject({ ip_protocol: 'tcp', from_port: 443, to_port: 443 });
      expect(rule.security_group_id).toMatch(/^\$\{aws_security_group\./);
    }
  });

  test('takes patches from S3 where it is told the way, and changes nothing else for it', () => {
    const patched = resources(synth({ s3PrefixListId: 'pl-1' }), 'aws_vpc_security_group_egress_rule');
    const ways = patched.filter(({ prefix_list_id }) => prefix_list_id !== undefined);

    expect(ways).toEqual([
      expect.objectContaining({ prefix_list_id: 'pl-1', ip_protocol: 'tcp', from_port: 443, to_port: 443 }),
    ]);
    expect(patched).toHaveLength(3);
    expect(resources(synth(), 'aws_vpc_security_group_egress_rule')).toHaveLength(2);
  });

  test('group and rules say what they are for', () => {
    const json = synth();
    const described = [
      ...resources(json, 'aws_security_group'),
      ...resources(json, 'aws_vpc_security_group_ingress_rule'),
      ...resources(json, 'aws_vpc_security_group_egress_rule'),
    ];

    expect(described).toHaveLength(4);
    for (const { description } of described) expect(description.length).toBeGreaterThan(10);
  });

  test('is private, encrypted and guarded against stolen metadata', () => {
    expect(onlyResource(synth(), 'aws_instance')).toMatchObject({
      instance_type: 't4g.nano',
      subnet_id: 'subnet-a',
      associate_public_ip_address: false,
      metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
      root_block_device: { encrypted: true, volume_type: 'gp3' },
      tags: { Name: 'acgs-production-access' },
    });
    expect(onlyResource(synth(), 'aws_instance').key_name).toBeUndefined();
  });

  test('starts from the newest image and is not replaced by a newer one', () => {
    const json = synth();
    const [image]: Block[] = Object.values(json.data.aws_ssm_parameter);

    expect(image.name).toBe('/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64');
    expect(onlyResource(json, 'aws_instance').ami).toMatch(/^\$\{data\.aws_ssm_parameter\..*\.insecure_value}$/);
    expect(onlyResource(json, 'aws_instance').lifecycle.ignore_changes).toEqual(['ami']);
  });

  test('may talk to Session Manager and do nothing else', () => {
    const json = synth();

    expect(onlyResource(json, 'aws_iam_role_policy_attachment').policy_arn).toMatch(/AmazonSSMManagedInstanceCore$/);
    expect(resources(json, 'aws_iam_role_policy')).toEqual([]);
    expect(onlyResource(json, 'aws_instance').depends_on).toHaveLength(1);
  });
});

describe('AccessHost.inspect', () => {
  const rows: readonly (readonly [reaches: readonly string[], expected: readonly string[]])[] = [
    [['0.0.0.0/0'], []],
    [['10.0.0.0/16', '10.1.0.0/16'], []],
    [[], ['access-host-reaches-session-manager']],
    [['10.0.0.1/16'], ['access-host-reaches-session-manager']],
    [['vpc'], ['access-host-reaches-session-manager']],
    [['10.0.0.0/16', '10.0.0.0/16'], ['access-host-reaches-session-manager']],
  ];

  test.each(rows)('of ranges %p finds %p', (reaches, expected) => {
    expect(ids(AccessHost.inspect('AccessHost', { ...props, reaches }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, expected]) => expected))]).toEqual(allIds(ACCESS_HOST_CHECKS));
  });
});
