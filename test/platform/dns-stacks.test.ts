import type { PublicDnsSpec } from '../../lib/model';
import { DNS, primary, reachable, shop, standby } from '../support/edge';
import { environment } from '../support/environment';
import { type Output, output } from '../support/output';
import { type Block, resources } from '../support/terraform';
import { crossStackFaults } from '../support/terraform-stacks';

const pair = output(shop());

const statesOf = (made: Output, stack: string): Block[] =>
  Object.values(made.stack(stack).data?.terraform_remote_state ?? {});
const dependencies = (made: Output, stack: string): string[] =>
  [...JSON.parse(made.terraform['manifest.json'] ?? '{}').stacks[stack].dependencies].sort();
const backend = (made: Output, stack: string): Block => made.stack(stack).terraform.backend.s3;
const provider = (made: Output, stack: string): Block => made.stack(stack).provider.aws[0];

describe('the zone', () => {
  test('has a stack of its own, in the account, region and state that are declared', () => {
    expect(provider(pair, 'shop-dns')).toMatchObject({ region: 'us-east-2', allowed_account_ids: ['123456789012'] });
    expect(backend(pair, 'shop-dns')).toMatchObject({
      bucket: 'shop-state-us-east-2',
      key: 'shop-dns.tfstate',
      region: 'us-east-2',
    });
    expect(resources(pair.stack('shop-dns'), 'aws_route53_zone')).toMatchObject([
      { name: 'shop.example.com', lifecycle: { prevent_destroy: true } },
    ]);
  });

  test('stands before every edge', () => {
    for (const name of ['shop-production-edge', 'shop-production-dr-edge']) {
      expect(dependencies(pair, name)).toContain('shop-dns');
    }
    expect(dependencies(pair, 'shop-dns')).toEqual([]);
  });

  test('is not made where none is declared', () => {
    const { stacks } = output({ name: 'shop', environments: [environment()] });
    expect(stacks.filter((name) => /dns|failover|edge/.test(name))).toEqual([]);
  });

  test('may stand alone, before there is any edge', () => {
    const { edge: _, ...closed } = reachable();
    expect(output(shop([closed])).stacks.filter((name) => /dns|failover|edge/.test(name))).toEqual(['shop-dns']);
  });
});

describe('what leads users to one of two regions', () => {
  const json = pair.stack('shop-failover');

  test('is there for a pair, and only for one', () => {
    expect(output(shop([reachable()])).stacks).not.toContain('shop-failover');
    expect(resources(json, 'aws_route53_record').map(({ name, alias }) => [name, alias.name])).toEqual([
      ['shop.example.com', 'eu-west-1.shop.example.com'],
      ['shop.example.com', 'us-east-2.shop.example.com'],
    ]);
  });

  test('names what the stacks of both regions make, in the same zone', () => {
    const made = ['production', 'production-dr'].flatMap((name) =>
      resources(pair.stack(`shop-${name}-edge`), 'aws_route53_record').map((record) => record.name),
    );
    for (const { alias, zone_id } of resources(json, 'aws_route53_record')) {
      expect(made).toContain(alias.name);
      expect(alias.zone_id).toBe(zone_id);
    }
  });

  test('reads the state of the zone and of nothing else: not of a region that users leave, when it is lost', () => {
    expect(statesOf(pair, 'shop-failover').map(({ config }) => [config.key, config.region])).toEqual([
      ['shop-dns.tfstate', 'us-east-2'],
    ]);
    expect(backend(pair, 'shop-failover').region).toBe('us-east-2');
    expect(statesOf(pair, 'shop-dns')).toEqual([]);
  });

  test('comes after both doors, whose records it leads to', () => {
    expect(dependencies(pair, 'shop-failover')).toEqual([
      'shop-dns',
      'shop-production-dr-edge',
      'shop-production-edge',
    ]);
  });

  test('asks the path that the primary declares, at the name of its region', () => {
    const asked = resources(json, 'aws_route53_health_check').filter(({ resource_path: path }) => path !== '/');
    expect(asked.filter(({ type }) => type === 'HTTPS')).toMatchObject([
      { fqdn: 'eu-west-1.shop.example.com', resource_path: '/orders/health' },
    ]);
    const other = output(shop([primary({ edge: { healthPath: '/orders/deep' } }), standby()]));
    expect(JSON.stringify(other.stack('shop-failover'))).toContain('/orders/deep');
  });

  test('makes its gate closed: a standby gets users only when a person opens it', () => {
    const gates = resources(json, 'aws_route53_health_check').filter(({ disabled }) => disabled);
    expect(gates).toMatchObject([{ invert_healthcheck: true, lifecycle: { ignore_changes: ['invert_healthcheck'] } }]);
  });
});

describe('a zone below, for another account', () => {
  const state = { kind: 's3', bucket: 'other-state', region: 'eu-west-1' } as const;
  const below = { zone: 'staging.shop.example.com', account: '210987654321', region: 'eu-west-1', state };
  const staging = reachable({ name: 'staging', account: '210987654321', domain: 'staging.shop.example.com' });
  const stack = 'shop-dns-staging-shop-example-com';
  const made = (delegated: Partial<NonNullable<PublicDnsSpec['delegated']>[number]> = {}) =>
    output(shop([staging], { ...DNS, delegated: [{ ...below, ...delegated }] }));
  const records = (of: Output) => resources(of.stack('shop-dns'), 'aws_route53_record');

  test('has a stack in that account, which is all that its environments read', () => {
    const zone = made();
    expect(provider(zone, stack).allowed_account_ids).toEqual(['210987654321']);
    expect(statesOf(zone, 'shop-staging-edge').map(({ config }) => config.key)).toContain(`${stack}.tfstate`);
    expect(statesOf(zone, 'shop-staging-edge').map(({ config }) => config.key)).not.toContain('shop-dns.tfstate');
  });

  test('is led to by what it has put out, and no account reads the state of another', () => {
    const nameServers = ['ns-1.example.net', 'ns-2.example.org'];
    expect(records(made())).toEqual([]);
    const known = made({ nameServers, dsRecord: `1 13 2 ${'0A'.repeat(32)}` });
    expect(records(known)).toMatchObject([
      { name: below.zone, type: 'NS', ttl: 3600, records: nameServers },
      { name: below.zone, type: 'DS', ttl: 3600, records: [`1 13 2 ${'0A'.repeat(32)}`] },
    ]);
    expect(statesOf(known, 'shop-dns')).toEqual([]);
  });
});

test('references between these stacks resolve, and none waits for one that waits for it', () => {
  expect(crossStackFaults(Object.fromEntries(pair.stacks.map((name) => [name, pair.stack(name)])))).toEqual([]);
});
