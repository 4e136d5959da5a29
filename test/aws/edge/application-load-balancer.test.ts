import { TerraformOutput } from 'cdktf';
import { ApplicationLoadBalancer } from '../../../lib/aws/edge/application-load-balancer';
import { LOAD_BALANCER_CHECKS } from '../../../lib/aws/edge/load-balancer-checks';
import type { ApplicationLoadBalancerProps } from '../../../lib/aws/edge/load-balancer-props';
import { targetGroupName } from '../../../lib/model/edge/target-group-name';
import { blueGreenWeights } from '../../../lib/model/edge/traffic-weights';
import { Duration, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';
import { BALANCER, misspelt, unhardened } from './samples';

type Change = Partial<ApplicationLoadBalancerProps>;

const s = Duration.seconds;

const synth = (change: Change = {}): Block =>
  terraform((stack) => new ApplicationLoadBalancer(stack, 'LoadBalancer', { ...BALANCER, ...change }));

const [gateway] = BALANCER.targetGroups;
const blue = { name: 'blue', port: 8080, healthCheck: { path: '/health' } };
const green = { ...blue, name: 'green' };
const released = (share: number): Change => ({
  targetGroups: [blue, green],
  weights: blueGreenWeights(Percent.of(share)),
});

const listener = (json: Block, port: number): Block =>
  resources(json, 'aws_lb_listener').find((one) => one.port === port);

const rules = (json: Block, way: 'ingress' | 'egress'): Block[] =>
  resources(json, `aws_vpc_security_group_${way}_rule`);

/** What lets clients in: not what lets the load balancer in at the pods. */
const doors = (json: Block): Block[] => rules(json, 'ingress').filter((rule) => rule.security_group_id !== 'sg-0c');

describe('the load balancer', () => {
  test('has the names and values of the provider', () => {
    expect(misspelt(synth({ connectionLogs: { bucket: 'logs', prefix: 'connections' } }))).toEqual([]);
    expect(misspelt(synth({ clients: 'cloudfront' }))).toEqual([]);
  });

  test('faces the internet, keeps what it must and drops what it may', () => {
    expect(onlyResource(synth(), 'aws_lb')).toMatchObject({
      name: 'acgs-production',
      load_balancer_type: 'application',
      internal: false,
      subnets: ['subnet-0a', 'subnet-0b', 'subnet-0c'],
      enable_deletion_protection: true,
      drop_invalid_header_fields: true,
      desync_mitigation_mode: 'defensive',
      enable_http2: true,
      enable_zonal_shift: true,
      xff_header_processing_mode: 'append',
      idle_timeout: 60,
      client_keep_alive: 3600,
      access_logs: { enabled: true, bucket: 'acgs-production-edge-logs', prefix: 'access' },
    });
  });

  test('writes what is declared', () => {
    const json = synth({
      scheme: 'internal',
      deletionProtection: false,
      desync: 'strictest',
      http2: false,
      idleTimeout: s(30),
      clientKeepAlive: s(60),
      accessLogs: { bucket: 'one' },
      connectionLogs: { bucket: 'two', prefix: 'tls' },
    });
    expect(onlyResource(json, 'aws_lb')).toMatchObject({
      internal: true,
      enable_deletion_protection: false,
      desync_mitigation_mode: 'strictest',
      enable_http2: false,
      idle_timeout: 30,
      client_keep_alive: 60,
      access_logs: { enabled: true, bucket: 'one' },
      connection_logs: { enabled: true, bucket: 'two', prefix: 'tls' },
    });
    expect(onlyResource(json, 'aws_lb').access_logs).not.toHaveProperty('prefix');
  });

  test('comes after what must stand before its logs', () => {
    let policy = '';
    const json = terraform((stack) => {
      const [one, two] = ['One', 'Two'].map(
        (id) => new ApplicationLoadBalancer(stack, id, { ...BALANCER, name: id.toLowerCase() }),
      );
      const after = [one, two].flatMap((balancer) => (balancer ? [balancer.node.findChild('Resource') as never] : []));
      const [first, second] = after;
      new ApplicationLoadBalancer(stack, 'LoadBalancer', {
        ...BALANCER,
        accessLogs: { bucket: 'a', after: first ? [first] : [] },
        connectionLogs: { bucket: 'b', after: second ? [second] : [] },
      });
      policy = 'aws_lb.';
    });
    const [last] = resources(json, 'aws_lb').filter(({ name }) => name === 'acgs-production');
    expect(last.depends_on.map((one: string) => one.startsWith(policy))).toEqual([true, true]);
    expect(onlyResource(synth(), 'aws_lb')).not.toHaveProperty('depends_on');
  });

  test('same props, same bytes', () => {
    expect(JSON.stringify(synth(released(10)))).toBe(JSON.stringify(synth(released(10))));
  });

  test('is hardened, but for port 80, which leads to 443', () => {
    expect(unhardened(synth())).toEqual(['CKV_AWS_260']);
    expect(unhardened(synth({ http: 'closed' }))).toEqual([]);
    expect(unhardened(synth({ clients: 'cloudfront' }))).toEqual([]);
  });
});

describe('listeners', () => {
  test('HTTPS answers 404 where no rule matches, and does not say what it is', () => {
    expect(listener(synth(), 443)).toMatchObject({
      protocol: 'HTTPS',
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      certificate_arn: BALANCER.certificateArn,
      routing_http_response_server_enabled: false,
      default_action: [{ type: 'fixed-response', fixed_response: { content_type: 'text/plain', status_code: '404' } }],
    });
  });

  test('HTTP only sends on to HTTPS, or is not there', () => {
    expect(listener(synth(), 80)).toMatchObject({
      protocol: 'HTTP',
      default_action: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' } }],
    });
    expect(listener(synth({ http: 'closed' }), 80)).toBeUndefined();
    expect(listener(synth({ clients: 'cloudfront' }), 80)).toBeUndefined();
  });

  test('the one rule takes the declared names to all pods', () => {
    const rule = onlyResource(synth({ hosts: ['acgs.example.com', '*.acgs.example.com'] }), 'aws_lb_listener_rule');
    expect(rule.condition).toEqual([{ host_header: { values: ['acgs.example.com', '*.acgs.example.com'] } }]);
    expect(rule.action).toHaveLength(1);
    expect(rule.action[0].forward.target_group).toMatchObject([{ weight: 100 }]);
    expect(rule.action[0].forward.stickiness).toMatchObject({ enabled: false });
  });

  test('another TLS policy changes nothing else', () => {
    const policy = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
    const text = JSON.stringify(synth({ tlsPolicy: policy }));
    expect(text.replace(policy, 'ELBSecurityPolicy-TLS13-1-2-2021-06')).toBe(JSON.stringify(synth()));
  });
});

describe('a release', () => {
  const weights = (json: Block) =>
    onlyResource(json, 'aws_lb_listener_rule').action[0].forward.target_group.map(({ weight }: Block) => weight);

  test.each([
    [0, [100, 0]],
    [10, [90, 10]],
    [50, [50, 50]],
    [100, [0, 100]],
  ])('%i %% of requests to green', (share, expected) => {
    expect(weights(synth(released(share)))).toEqual(expected);
  });

  test('a shift, and the way back, change the weights of one rule and nothing else', () => {
    const before = synth(released(0));
    const after = synth(released(50));
    const [rule] = Object.values<Block>(after.resource.aws_lb_listener_rule);
    const [old] = Object.values<Block>(before.resource.aws_lb_listener_rule);
    rule.action[0].forward.target_group = old.action[0].forward.target_group;
    expect(after).toEqual(before);
  });

  test('without weights the first set has all, and one that is not weighed none', () => {
    expect(weights(synth({ targetGroups: [blue, green] }))).toEqual([100, 0]);
    expect(weights(synth({ targetGroups: [blue, green], weights: { green: 7 } }))).toEqual([0, 7]);
  });
});

describe('target groups', () => {
  const group = (change: Partial<NonNullable<typeof gateway>> = {}) =>
    onlyResource(synth({ targetGroups: [{ ...blue, ...gateway, ...change }] }), 'aws_lb_target_group');

  test('hold pods, ask them as documented, and stick to none', () => {
    expect(group()).toMatchObject({
      target_type: 'ip',
      vpc_id: 'vpc-0a1b',
      port: 8080,
      protocol: 'HTTP',
      protocol_version: 'HTTP1',
      load_balancing_algorithm_type: 'round_robin',
      deregistration_delay: '30',
      stickiness: { type: 'lb_cookie', enabled: false },
      health_check: {
        enabled: true,
        path: '/readyz',
        port: '8081',
        protocol: 'HTTP',
        interval: 5,
        timeout: 3,
        healthy_threshold: 2,
        unhealthy_threshold: 3,
        matcher: '200',
      },
    });
    expect(group()).not.toHaveProperty('slow_start');
    expect(group()).not.toHaveProperty('load_balancing_anomaly_mitigation');
  });

  test('write what is declared', () => {
    expect(
      group({ slowStart: s(60), deregistrationDelay: s(0), protocol: 'HTTPS', protocolVersion: 'HTTP2' }),
    ).toMatchObject({
      slow_start: 60,
      deregistration_delay: '0',
      protocol: 'HTTPS',
      protocol_version: 'HTTP2',
      health_check: { protocol: 'HTTPS' },
    });
    expect(group({ algorithm: 'weighted_random' })).toMatchObject({
      load_balancing_algorithm_type: 'weighted_random',
      load_balancing_anomaly_mitigation: 'on',
    });
    expect(group({ healthCheck: { path: '/' } }).health_check.port).toBe('traffic-port');
  });

  test('have the name that the cluster knows, and stand before their predecessor goes', () => {
    const { name, lifecycle } = group();
    expect(name).toBe(targetGroupName('acgs-production', { name: 'gateway', port: 8080 }));
    expect(lifecycle).toEqual({ create_before_destroy: true });
  });

  test('can be referred to by name, also as target tracking asks', () => {
    const json = terraform((stack) => {
      const { targetGroups } = new ApplicationLoadBalancer(stack, 'LoadBalancer', { ...BALANCER, ...released(0) });
      expect(Object.keys(targetGroups)).toEqual(['blue', 'green']);
      new TerraformOutput(stack, 'Label', { value: targetGroups.green?.resourceLabel });
    });
    expect(json.output.Label.value).toMatch(
      /^\$\{aws_lb\.\w+\.arn_suffix\}\/\$\{aws_lb_target_group\.LoadBalancer_Targets-green_\w+\.arn_suffix\}$/,
    );
  });
});

describe('who gets through', () => {
  test('anybody, to both listeners; then to the ports of pods and nowhere else', () => {
    const json = synth();
    expect(doors(json).map(({ from_port, to_port, cidr_ipv4 }) => [from_port, to_port, cidr_ipv4])).toEqual([
      [80, 80, '0.0.0.0/0'],
      [443, 443, '0.0.0.0/0'],
    ]);
    expect(
      rules(json, 'egress').map(({ from_port, to_port, ...rule }) => [
        from_port,
        to_port,
        rule.referenced_security_group_id,
      ]),
    ).toEqual([
      [8080, 8080, 'sg-0c'],
      [8081, 8081, 'sg-0c'],
    ]);
  });

  test('the pods let the load balancer in at the same ports', () => {
    const json = synth();
    const own = onlyResource(json, 'aws_lb').security_groups[0];
    const atPods = rules(json, 'ingress').filter((rule) => rule.security_group_id === 'sg-0c');
    expect(atPods.map((rule) => [rule.from_port, rule.to_port, rule.referenced_security_group_id])).toEqual([
      [8080, 8080, own],
      [8081, 8081, own],
    ]);
  });

  test('groups with the same ports share a rule', () => {
    expect(rules(synth(released(10)), 'egress')).toHaveLength(1);
  });

  test('CloudFront alone, by the list that AWS keeps', () => {
    const json = synth({ clients: 'cloudfront' });
    const [list] = Object.values<Block>(json.data.aws_ec2_managed_prefix_list);
    expect(list.name).toBe('com.amazonaws.global.cloudfront.origin-facing');
    expect(doors(json)).toHaveLength(1);
    expect(doors(json)[0]).toMatchObject({ from_port: 443, prefix_list_id: expect.stringContaining('prefix_list') });
  });

  test('those of a list, each with its description', () => {
    const json = synth({
      http: 'closed',
      clients: [
        { description: 'office', cidr: '203.0.113.0/24' },
        { description: 'partners', prefixListId: 'pl-0a' },
        { description: 'jobs', securityGroupId: 'sg-0d' },
      ],
    });
    expect(doors(json)).toMatchObject([
      { description: 'office', cidr_ipv4: '203.0.113.0/24' },
      { description: 'partners', prefix_list_id: 'pl-0a' },
      { description: 'jobs', referenced_security_group_id: 'sg-0d' },
    ]);
  });

  test('inside, whoever has a route', () => {
    expect(doors(synth({ scheme: 'internal' }))[0]).toMatchObject({
      description: 'Anybody with a route to its subnets',
      cidr_ipv4: '0.0.0.0/0',
    });
  });

  test('the firewall stands before it, or is left out', () => {
    const json = synth();
    const [arn] = [onlyResource(json, 'aws_wafv2_web_acl_association')];
    expect(arn).toMatchObject({ web_acl_arn: BALANCER.webAclArn, resource_arn: expect.stringContaining('aws_lb.') });
    const { webAclArn: _, ...open } = BALANCER;
    const without = terraform((stack) => new ApplicationLoadBalancer(stack, 'LoadBalancer', open));
    expect(resources(without, 'aws_wafv2_web_acl_association')).toEqual([]);
  });
});

const client = (description: string, cidr = '10.0.0.0/8'): Change => ({ clients: [{ description, cidr }] });
const logs = (prefix: string): Change => ({ accessLogs: { bucket: 'b', prefix } });

const broken: [check: string, it: string, change: Change][] = [
  ['load-balancer-name-is-allowed', 'a capital', { name: 'Acgs' }],
  ['load-balancer-name-is-allowed', '33 characters', { name: 'a'.repeat(33) }],
  ['load-balancer-name-is-allowed', 'a hyphen at the end', { name: 'acgs-' }],
  ['load-balancer-name-is-allowed', 'a prefix of AWS', { name: 'internal-acgs' }],
  ['load-balancer-has-subnets-in-two-zones', 'one', { subnetIds: ['subnet-0a'] }],
  ['load-balancer-has-subnets-in-two-zones', 'one twice', { subnetIds: ['subnet-0a', 'subnet-0a'] }],
  ['load-balancer-tls-is-1-2-or-later', 'an old one', { tlsPolicy: 'ELBSecurityPolicy-2016-08' as never }],
  ['load-balancer-hosts-are-names', 'none', { hosts: [] }],
  [
    'load-balancer-hosts-are-names',
    'six',
    { hosts: ['a', 'b', 'c', 'd', 'e', 'f'].map((one) => `${one}.example.com`) },
  ],
  ['load-balancer-hosts-are-names', 'a URL', { hosts: ['https://acgs.example.com'] }],
  ['load-balancer-groups-are-told-apart', 'blue twice', { targetGroups: [blue, blue] }],
  ['load-balancer-clients-are-named', 'nobody', { clients: [] }],
  ['load-balancer-clients-are-described', 'nothing', client('')],
  ['load-balancer-clients-are-described', 'a quote', client("the boss's")],
  ['load-balancer-clients-are-ranges', 'an address', client('office', '10.0.0.1')],
  ['load-balancer-cloudfront-speaks-https', 'a redirect', { clients: 'cloudfront', http: 'redirect' }],
  ['load-balancer-cloudfront-reaches-it', 'inside', { clients: 'cloudfront', scheme: 'internal' }],
  ['load-balancer-log-prefix-is-allowed', 'a slash at the end', logs('access/')],
  ['load-balancer-log-prefix-is-allowed', 'what AWS adds', logs('x/AWSLogs')],
  ['load-balancer-log-prefix-is-allowed', 'nothing', logs('')],
  ['load-balancer-logs-are-apart', 'the same place', { connectionLogs: BALANCER.accessLogs }],
  ['load-balancer-idle-timeout-is-offered', '0', { idleTimeout: s(0) }],
  ['load-balancer-idle-timeout-is-offered', '4001 s', { idleTimeout: s(4001), targetKeepalive: s(5000) }],
  ['load-balancer-idle-timeout-is-offered', 'a half', { idleTimeout: s(59.5) }],
  ['load-balancer-closes-before-its-targets', 'together', { targetKeepalive: s(60) }],
  ['load-balancer-waits-for-slow-responses', '61 s', { slowestResponse: s(61) }],
  ['load-balancer-client-keep-alive-is-offered', '59 s', { clientKeepAlive: s(59) }],
  ['load-balancer-client-keep-alive-is-offered', '7 days and 1 s', { clientKeepAlive: s(604_801) }],
];

describe('each check', () => {
  const found = (change: Change) => ids(ApplicationLoadBalancer.inspect('edge', { ...BALANCER, ...change }));
  const { webAclArn: _, ...open } = BALANCER;

  test.each(broken)('%s: %s', (check, _it, change) => {
    expect(found(change)).toEqual([check]);
  });

  test('load-balancer-has-a-firewall: a warning where anybody connects', () => {
    const seen = (change: Change) => ids(ApplicationLoadBalancer.inspect('edge', { ...open, ...change }));
    expect(seen({})).toEqual(['load-balancer-has-a-firewall']);
    expect(seen({ clients: 'cloudfront' })).toEqual([]);
    expect(seen({ scheme: 'internal' })).toEqual([]);
    expect(refused(() => terraform((stack) => new ApplicationLoadBalancer(stack, 'A', open)))).toEqual([]);
  });

  test('has a failing row', () => {
    expect([...new Set([...broken.map(([check]) => check), 'load-balancer-has-a-firewall'])].sort()).toEqual(
      allIds(LOAD_BALANCER_CHECKS),
    );
  });

  test.each<[string, Change]>([
    ['the props as they are', {}],
    ['32 characters', { name: 'a'.repeat(32) }],
    ['two subnets', { subnetIds: ['subnet-0a', 'subnet-0b'] }],
    ['five hosts', { hosts: ['a', 'b', 'c', 'd', '*'].map((one) => `${one}.example.com`) }],
    ['CloudFront', { clients: 'cloudfront' }],
    ['logs in one bucket under two prefixes', { connectionLogs: { ...BALANCER.accessLogs, prefix: 'connections' } }],
    ['the shortest idle time-out', { idleTimeout: s(1) }],
    ['the longest idle time-out', { idleTimeout: s(4000), targetKeepalive: s(4001) }],
    ['pods that close a moment later', { targetKeepalive: Duration.millis(60_001) }],
    ['answers as slow as it waits', { slowestResponse: s(60) }],
    ['the shortest connection', { clientKeepAlive: s(60) }],
    ['the longest connection', { clientKeepAlive: Duration.days(7) }],
  ])('accepts %s', (_it, change) => {
    expect(found(change)).toEqual([]);
  });

  test('target groups and weights are looked at, too, each at its place', () => {
    const findings = ApplicationLoadBalancer.inspect('edge', {
      ...BALANCER,
      targetGroups: [blue, { ...green, port: 0 }],
      weights: { red: 1 },
    });
    expect(findings.map(({ prop, check }) => [prop, check])).toEqual([
      ['weights', 'traffic-weights-name-groups'],
      ['targetGroups[1].port', 'target-group-port-is-a-port'],
    ]);
  });

  test('nothing is made of what is wrong', () => {
    expect(refused(() => synth({ name: 'Acgs', hosts: [], targetGroups: [] }))).toEqual([
      'load-balancer-name-is-allowed',
      'load-balancer-hosts-are-names',
      'traffic-weights-add-up',
      'traffic-goes-to-one-to-five-groups',
    ]);
  });

  test('an optional prop that is undefined counts as left out', () => {
    const given = {
      webAclArn: BALANCER.webAclArn,
      tlsPolicy: undefined,
      weights: undefined,
      http: undefined,
      idleTimeout: undefined,
    };
    expect(JSON.stringify(synth(given as unknown as Change))).toBe(JSON.stringify(synth()));
  });
});
