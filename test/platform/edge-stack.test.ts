import type { EdgeSpec, EnvironmentSpec, PlatformSpec } from '../../lib/model';
import { inspectPlatform } from '../../lib/platform';
import { accountLogBucket, edgeDeclaration } from '../../lib/platform/plan/plan-edge';
import { Duration } from '../../lib/units';
import { DNS, EDGE, GATEWAY, primary, reachable, shop, standby } from '../support/edge';
import { edgeStack } from '../support/edge-stack';
import { ids, refused } from '../support/findings';
import type { Manifest } from '../support/manifests';
import { type Output, output } from '../support/output';
import { type Block, resources } from '../support/terraform';

const alone = (overrides: Partial<EnvironmentSpec> = {}): PlatformSpec => shop([reachable(overrides)]);
const withEdge = (edge: Partial<EdgeSpec>, overrides: Partial<EnvironmentSpec> = {}): PlatformSpec =>
  alone({ ...overrides, edge: { ...EDGE, ...edge } });

const edgeOf = (made: Output, environment = 'production'): Block => made.stack(`shop-${environment}-edge`);
const one = (json: Block, type: string): Block => {
  const [only, ...more] = resources(json, type);
  expect([only === undefined, more.length]).toEqual([false, 0]);
  return only;
};
const object = (objects: readonly Manifest[], kind: string, name: string): Manifest => {
  const found = objects.filter((each) => each.kind === kind && each.metadata.name === name);
  expect(found).toHaveLength(1);
  return found[0];
};
const names = (json: Block): string[] =>
  resources(json, 'aws_route53_record')
    .filter(({ alias }) => alias)
    .map(({ type, name }) => `${type} ${name}`)
    .sort();

const made = output(alone());
const pair = output(shop());
const cdn = output(withEdge({ delivery: 'cloudfront' }));

/** What nginx reads. */
const config = (of: Output): string =>
  object(of.objects('shop/production'), 'ConfigMap', 'gateway-config').data['nginx.conf'];

describe('with an edge', () => {
  const { edge: _, ...closed } = reachable();
  const without = output(shop([closed]));

  test('there is one stack more, and no other stack of the environment changes but by what that one reads', () => {
    expect(made.stacks.filter((name) => !without.stacks.includes(name))).toEqual(['shop-production-edge']);
    const changed = without.stacks.filter((name) => {
      const [now, before] = [made, without].map((of) => ({ ...of.stack(name), output: undefined, '//': undefined }));
      return JSON.stringify(now) !== JSON.stringify(before);
    });
    expect(changed).toEqual([]);
  });

  test('there are targets, a label that holds pods back until they are healthy, and leave to deploy both', () => {
    const files = Object.keys(made.kubernetes).filter((path) => made.kubernetes[path] !== without.kubernetes[path]);
    expect(files).toEqual([
      'shop/production/20-policies/deployers.yaml',
      'shop/production/20-policies/namespace.yaml',
      'shop/production/30-workloads/gateway.yaml',
    ]);
    const label = (of: Output) =>
      object(of.objects('shop/production'), 'Namespace', 'shop').metadata.labels[
        'elbv2.k8s.aws/pod-readiness-gate-inject'
      ];
    expect([label(made), label(without)]).toEqual(['enabled', undefined]);
    const rules: Manifest[] = object(made.objects('shop/production'), 'Role', 'deployers').rules;
    expect(rules.find(({ apiGroups }) => apiGroups.includes('elbv2.k8s.aws'))?.resources).toEqual([
      'targetgroupbindings',
    ]);
  });

  test('targets stand before the pods that wait for them', () => {
    const kinds = [...(made.kubernetes['shop/production/30-workloads/gateway.yaml'] ?? '').matchAll(/^kind: (.*)$/gm)];
    const order = kinds.map(([, kind]) => kind);
    expect(order.indexOf('TargetGroupBinding')).toBeGreaterThanOrEqual(0);
    expect(order.indexOf('TargetGroupBinding')).toBeLessThan(order.indexOf('Deployment'));
  });
});

describe('from the load balancer to the gateway', () => {
  const objects = made.objects('shop/production');
  const group = one(edgeOf(made), 'aws_lb_target_group');
  const binding: Manifest = objects.find(({ kind }) => kind === 'TargetGroupBinding');

  test('both planes name the same group', () => {
    expect(binding.spec.targetGroupName).toBe(group.name);
    expect(group.name).toMatch(/^shop-production-gateway-\w{7}$/);
  });

  test('requests and questions go to ports that the pods have', () => {
    const { spec } = object(objects, 'Deployment', 'gateway');
    const ports = Object.fromEntries(
      spec.template.spec.containers[0].ports.map((port: Manifest) => [port.name, port.containerPort]),
    );
    expect({ http: group.port, status: Number(group.health_check.port) }).toEqual({
      http: ports.http,
      status: ports.status,
    });
    expect(group.health_check.path).toBe(spec.template.spec.containers[0].readinessProbe.httpGet.path);
    expect(binding.spec.serviceRef).toEqual({ name: 'gateway', port: 'http' });
    expect(object(objects, 'Service', 'gateway').spec.ports.map(({ name }: Manifest) => name)).toContain('http');
  });

  test('security groups and network policy let the same ports through, from the public subnets alone', () => {
    const json = edgeOf(made);
    const inbound = resources(json, 'aws_vpc_security_group_ingress_rule').filter(
      ({ referenced_security_group_id: from }) => from,
    );
    expect(inbound.map(({ from_port }) => from_port).sort()).toEqual([8080, 8081]);
    const publicRanges = resources(made.stack('shop-production-network'), 'aws_subnet')
      .filter(({ map_public_ip_on_launch: open, tags }) => open || /-public-/.test(tags.Name))
      .map(({ cidr_block }) => cidr_block)
      .sort();
    expect(publicRanges).toHaveLength(3);
    const policy = object(objects, 'NetworkPolicy', 'gateway');
    const doors: string[] = policy.spec.ingress.flatMap(({ from, ports }: Manifest) =>
      (from ?? []).flatMap(({ ipBlock }: Manifest) =>
        ipBlock ? ports.map(({ port }: Manifest) => `${ipBlock.cidr} ${port}`) : [],
      ),
    );
    expect(doors.sort()).toEqual(publicRanges.flatMap((cidr) => [`${cidr} 8080`, `${cidr} 8081`]).sort());
  });

  test('nginx believes those subnets about who the client is', () => {
    expect(config(made)).toContain('real_ip_header X-Forwarded-For;');
    expect(config(made).match(/set_real_ip_from/g)).toHaveLength(3);
  });

  test('in a mesh, strict or not, both ports go past the sidecar: the load balancer has no certificate of the mesh', () => {
    const meshed = output(alone({ mesh: 'istio' }));
    const annotations = object(meshed.objects('shop/production'), 'Deployment', 'gateway').spec.template.metadata
      .annotations;
    const { port, health_check: health } = one(edgeOf(meshed), 'aws_lb_target_group');
    expect(annotations['traffic.sidecar.istio.io/excludeInboundPorts']).toBe(`${port},${health.port}`);
  });

  test.each([
    ['another port', { port: 9080 }, { port: 9080 }],
    ['another status port', { statusPort: 9081 }, { health_check: { port: '9081' } }],
  ])('%s of the gateway is one of the group, the rules and the policy', (_, change, expected) => {
    const after = output(alone({ gateway: { ...GATEWAY, ...change } }));
    const [port = 0] = Object.values(change);
    expect(one(edgeOf(after), 'aws_lb_target_group')).toMatchObject(expected);
    expect(resources(edgeOf(after), 'aws_vpc_security_group_egress_rule').map(({ to_port }) => to_port)).toContain(
      port,
    );
    expect(JSON.stringify(object(after.objects('shop/production'), 'NetworkPolicy', 'gateway'))).toContain(`${port}`);
    const bound = after.objects('shop/production').find(({ kind }) => kind === 'TargetGroupBinding');
    expect(bound.spec.targetGroupName).toBe(one(edgeOf(after), 'aws_lb_target_group').name);
  });

  test('it waits as long as the gateway says', () => {
    const slow = { loadBalancerIdle: Duration.seconds(90), clientKeepalive: Duration.seconds(100) };
    expect(one(edgeStack(alone({ gateway: { ...GATEWAY, ...slow } })), 'aws_lb').idle_timeout).toBe(90);
    expect(one(edgeOf(made), 'aws_lb').idle_timeout).toBe(60);
  });
});

describe('names', () => {
  test('alone, the domain leads to the load balancer', () => {
    expect(names(edgeOf(made))).toEqual(['A shop.example.com']);
  });

  test('with a standby, each region leads to itself, and both serve the name that users know', () => {
    expect(names(edgeOf(pair))).toEqual(['A eu-west-1.shop.example.com']);
    expect(names(edgeOf(pair, 'production-dr'))).toEqual([
      'A standby.shop.example.com',
      'A us-east-2.shop.example.com',
    ]);
    for (const name of ['production', 'production-dr']) {
      const { domain_name: first, subject_alternative_names: others } = one(edgeOf(pair, name), 'aws_acm_certificate');
      const served: string[] = one(edgeOf(pair, name), 'aws_lb_listener_rule').condition[0].host_header.values;
      expect([first, ...others]).toEqual(served);
      expect(served).toContain('shop.example.com');
    }
  });

  test('say nothing about health: what they lead to is asked for elsewhere', () => {
    const aliases = [edgeOf(pair), edgeOf(pair, 'production-dr'), edgeOf(cdn)].flatMap((json) =>
      resources(json, 'aws_route53_record').flatMap(({ alias }) => alias ?? []),
    );
    expect(aliases.map(({ evaluate_target_health: asked }) => asked)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test('a standby needs nothing that is kept where users are', () => {
    const states = Object.values<Block>(edgeOf(pair, 'production-dr').data.terraform_remote_state);
    expect(states.map(({ config: { region } }) => region)).toEqual(['us-east-2', 'us-east-2', 'us-east-2']);
  });
});

describe('what follows from stage and declaration', () => {
  test('the load balancer waits for the policy that lets it write', () => {
    expect(one(edgeOf(made), 'aws_lb').depends_on).toContainEqual(expect.stringMatching(/^aws_s3_bucket_policy\./));
  });

  test.each([
    ['production', true, undefined],
    ['staging', true, undefined],
    ['development', false, true],
  ] as const)('%s: deletion protection %s, logs that go with the bucket %s', (stage, held, emptied) => {
    const json = edgeStack(alone({ stage }));
    expect(one(json, 'aws_lb').enable_deletion_protection).toBe(held);
    expect(one(json, 'aws_s3_bucket').force_destroy).toBe(emptied);
  });

  test('clients get 6000 requests a minute, in an emergency a tenth, load generators as many as they want', () => {
    const rule = (edge: Partial<EdgeSpec>): Block =>
      one(edgeStack(withEdge(edge)), 'aws_wafv2_web_acl').rule.find(({ name }: Block) => name === 'rate-limit')
        .statement.rate_based_statement;
    expect(rule({})).toMatchObject({ limit: 6000, evaluation_window_sec: 60, aggregate_key_type: 'IP' });
    expect(rule({ firewall: { mode: 'emergency' } }).limit).toBe(600);
    const exceptions = [{ cidr: '203.0.113.10/32', reason: 'load tests until March' }];
    expect(rule({ firewall: { limit: 900, window: Duration.minutes(5), exceptions } })).toMatchObject({
      limit: 900,
      evaluation_window_sec: 300,
      scope_down_statement: expect.anything(),
    });
  });

  test('records are kept for a year, or as long as is said', () => {
    const kept = (edge: Partial<EdgeSpec>) => {
      const json = edgeStack(withEdge(edge));
      const [{ expiration }] = one(json, 'aws_s3_bucket_lifecycle_configuration').rule;
      return [expiration[0].days, one(json, 'aws_cloudwatch_log_group').retention_in_days];
    };
    expect([kept({}), kept({ logRetention: Duration.days(90) })]).toEqual([
      [365, 365],
      [90, 90],
    ]);
  });

  test('another TLS policy reaches the listener', () => {
    const json = edgeStack(withEdge({ tlsPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }));
    const policies = resources(json, 'aws_lb_listener').map(({ ssl_policy }) => ssl_policy);
    expect(policies).toContain('ELBSecurityPolicy-TLS13-1-3-2021-06');
  });
});

describe('behind CloudFront', () => {
  const json = edgeOf(cdn);

  test('users are led to it, by both protocols, and it alone to the load balancer', () => {
    expect(names(json)).toEqual(['A origin.shop.example.com', 'A shop.example.com', 'AAAA shop.example.com']);
    const distribution = one(json, 'aws_cloudfront_distribution');
    expect(distribution.aliases).toEqual(['shop.example.com']);
    expect(distribution.origin[0].domain_name).toBe('origin.shop.example.com');
    const clients = resources(json, 'aws_vpc_security_group_ingress_rule').filter(({ from_port }) => from_port === 443);
    expect(clients.map(({ cidr_ipv4, prefix_list_id }) => [cidr_ipv4, typeof prefix_list_id])).toEqual([
      [undefined, 'string'],
    ]);
    expect(resources(json, 'aws_lb_listener').map(({ port }) => port)).toEqual([443]);
  });

  test('certificates and firewalls stand where each is looked for, and one certificate makes the proof for both', () => {
    const places = (type: string) => resources(json, type).map(({ region, scope }) => [region, scope]);
    expect(places('aws_acm_certificate')).toEqual(
      expect.arrayContaining([
        [undefined, undefined],
        ['us-east-1', undefined],
      ]),
    );
    expect(places('aws_wafv2_web_acl')).toEqual(
      expect.arrayContaining([
        [undefined, 'REGIONAL'],
        ['us-east-1', 'CLOUDFRONT'],
      ]),
    );
    expect(resources(json, 'aws_route53_record').filter(({ for_each }) => for_each)).toHaveLength(1);
    expect(resources(json, 'aws_acm_certificate').find(({ region }) => region === undefined)).toMatchObject({
      domain_name: 'shop.example.com',
      subject_alternative_names: ['origin.shop.example.com'],
    });
  });

  test('the address of a user comes from the header that CloudFront writes, for nginx and for the firewall', () => {
    expect(config(cdn)).toContain('real_ip_header x-viewer-address;');
    const regional = resources(json, 'aws_wafv2_web_acl').find(({ scope }) => scope === 'REGIONAL');
    const limit = regional.rule.find(({ name }: Block) => name === 'rate-limit').statement.rate_based_statement;
    expect(limit).toMatchObject({
      aggregate_key_type: 'FORWARDED_IP',
      forwarded_ip_config: { header_name: 'x-viewer-address' },
    });
  });

  test('its logs have a bucket of their own, whose key their writer may use', () => {
    const policies = resources(json, 'aws_s3_bucket_policy').map(({ policy }) => policy);
    expect(policies.filter((policy) => policy.includes('CloudFrontLogs'))).toHaveLength(1);
    expect(
      resources(json, 'aws_s3_bucket')
        .map(({ bucket_prefix }) => bucket_prefix)
        .sort(),
    ).toEqual(['shop-production-cdn-', 'shop-production-edge-']);
    expect(JSON.stringify(resources(json, 'aws_kms_key'))).toContain('delivery.logs.amazonaws.com');
  });

  test('what is inspected is what is built', () => {
    expect(inspectPlatform(withEdge({ delivery: 'cloudfront' }))).toEqual([]);
  });
});

describe('where an account keeps logs', () => {
  const accounts = [
    { name: 'main', id: '123456789012', region: 'eu-west-1', state: { kind: 'local' } },
  ] as unknown as NonNullable<PlatformSpec['accounts']>;
  const kept = (platform: PlatformSpec) => edgeStack({ ...platform, accounts });

  test('the load balancer writes there, by a name that both know, and no bucket is made', () => {
    const json = kept(alone());
    expect(one(json, 'aws_lb').access_logs).toEqual({
      bucket: 'shop-logs-123456789012-eu-west-1-load-balancers',
      enabled: true,
      prefix: 'shop-production',
    });
    expect(resources(json, 'aws_s3_bucket')).toEqual([]);
  });

  test('CloudFront too', () => {
    const json = kept(withEdge({ delivery: 'cloudfront' }));
    const [destination] = resources(json, 'aws_cloudwatch_log_delivery_destination');
    expect(destination.delivery_destination_configuration[0].destination_resource_arn).toMatch(
      /:s3:::shop-logs-123456789012-eu-west-1-cloudfront$/,
    );
    expect(resources(json, 'aws_s3_bucket')).toEqual([]);
  });

  test('its stack comes first, also before that of the zone', () => {
    const { stacks } = JSON.parse(output({ ...alone(), accounts }).terraform['manifest.json'] ?? '{}');
    expect(stacks['shop-production-edge'].dependencies).toContain('shop-account-main');
    expect(stacks['shop-dns'].dependencies).toEqual(['shop-account-main']);
  });

  test('those of another account do not count', () => {
    const others = accounts.map((spec) => ({ ...spec, id: '210987654321' }));
    const declared = edgeDeclaration({ ...alone(), accounts: others }, reachable());
    expect(declared && accountLogBucket(declared, 'load-balancers')).toBeUndefined();
    expect(declared).toBeDefined();
  });
});

/** So long that nothing fits in front of it. */
const LONG = `${['a', 'b', 'c'].map((letter) => letter.repeat(63)).join('.')}.${'d'.repeat(40)}.shop.example.com`;

describe('inspection', () => {
  const found = (platform: PlatformSpec) => inspectPlatform(platform).map(({ path, check }) => `${path} ${check}`);

  test('a door that is sound has no finding', () => {
    expect([found(alone()), found(shop())]).toEqual([[], []]);
  });

  test.each<[string, PlatformSpec, string]>([
    ['its firewall', withEdge({ firewall: { limit: 9 } }), 'web-acl-limit-is-offered'],
    ['its TLS', withEdge({ tlsPolicy: 'ELBSecurityPolicy-2016-08' as never }), 'load-balancer-tls-is-1-2-or-later'],
    ['its retention', withEdge({ logRetention: Duration.days(91) }), 'log-retention-is-offered'],
    ['its name', alone({ name: 'a-very-long-name-of-an-environment' }), 'load-balancer-name-is-allowed'],
    [
      'the time of its pods',
      alone({ gateway: { ...GATEWAY, drainFor: Duration.seconds(5) } }),
      'target-group-delay-ends-before-its-pods',
    ],
    [
      'the patience of its gateway',
      alone({ gateway: { ...GATEWAY, upstream: { timeouts: { read: Duration.seconds(61) } } } }),
      'load-balancer-waits-for-slow-responses',
    ],
    [
      'the patience of CloudFront',
      withEdge(
        { delivery: 'cloudfront' },
        { gateway: { ...GATEWAY, loadBalancerIdle: Duration.seconds(20), clientKeepalive: Duration.seconds(30) } },
      ),
      'cloudfront-origin-timeout-is-reached',
    ],
    ['its bucket', withEdge({ logRetention: Duration.hours(12) }), 'secure-bucket-expiration-is-in-days'],
    ['its certificate', shop([primary({ domain: LONG }), standby()]), 'certificate-names-are-names'],
    ['its zone', shop([reachable({ domain: 'shop' })], { ...DNS, zone: 'shop' }), 'public-zone-name-is-a-domain'],
    ['a failover from us-east-1', fromVirginia(), 'failover-switch-survives-the-primary'],
  ])('%s is looked at before anything is made', (_, platform, check) => {
    expect(ids(inspectPlatform(platform))).toContain(check);
    expect(refused(() => output(platform))).toContain(check);
  });

  function fromVirginia(): PlatformSpec {
    const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
    return shop([primary({ region: 'us-east-1', zones }), standby()]);
  }
});
