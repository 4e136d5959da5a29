import { FAILOVER_CHECKS } from '../../../lib/aws/edge/failover-checks';
import type { FailoverRecordsProps } from '../../../lib/aws/edge/failover-props';
import { FailoverRecords } from '../../../lib/aws/edge/failover-records';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, resources, terraform } from '../../support/terraform';
import { FAILOVER, misspelt, side, unhardened } from './samples';

type Change = Partial<FailoverRecordsProps>;

const s = Duration.seconds;
const ARN = 'arn:aws:route53-recovery-control::123456789012:controlpanel/0a/routingcontrol/0b';
const control: Change = { gate: { kind: 'routing-control', arn: ARN } };

const synth = (change: Change = {}): Block =>
  terraform((stack) => new FailoverRecords(stack, 'Failover', { ...FAILOVER, ...change }));

const records = (json: Block): Block[] => resources(json, 'aws_route53_record');
const record = (json: Block, id: string): Block => records(json).find((one) => one.set_identifier === id);
const checks = (json: Block): Record<string, Block> => json.resource.aws_route53_health_check;
const gate = (json: Block): Block => Object.values(checks(json)).find((one) => one.disabled);

/** What Route 53 sees. */
interface World {
  /** Names that answer the health check. */
  readonly answering: readonly string[];
  /** Whether the routing control is on. */
  readonly control?: boolean;
}

/** The status of a health check by the rules of Route 53. */
function isHealthy(json: Block, reference: string, world: World): boolean {
  const [, name = ''] = /aws_route53_health_check\.(\w+)\.id/.exec(reference) ?? [];
  const check = checks(json)[name];
  const seen = (): boolean => {
    if (check.disabled) return true;
    if (check.type === 'RECOVERY_CONTROL') return world.control === true;
    if (check.type !== 'CALCULATED') return world.answering.includes(check.fqdn);
    const healthy = check.child_healthchecks.filter((child: string) => isHealthy(json, child, world));
    return healthy.length >= check.child_health_threshold;
  };
  return seen() !== (check.invert_healthcheck === true);
}

/** The region that users are led to: the primary's if neither is healthy. */
function answer(json: Block, world: World): string {
  const [primary, secondary] = ['primary', 'secondary'].map((id) => record(json, id));
  const isThere = ({ health_check_id }: Block) => isHealthy(json, health_check_id, world);
  const chosen = !isThere(primary) && isThere(secondary) ? secondary : primary;
  return chosen.alias.name.split('.')[0];
}

/** As a runbook leaves it. */
function thrown(json: Block): Block {
  gate(json).invert_healthcheck = false;
  return json;
}

const WEST = 'us-west-2.acgs.example.com';
const EAST = 'us-east-1.acgs.example.com';

describe('where users are led', () => {
  test.each([
    ['while both regions answer, to the primary', [WEST, EAST], 'us-west-2'],
    ['when the primary is lost, nowhere else: the standby is not promoted', [EAST], 'us-west-2'],
    ['when all is lost, to the primary', [], 'us-west-2'],
  ])('with the gate closed: %s', (_, answering, region) => {
    expect(answer(synth(), { answering })).toBe(region);
    expect(answer(synth(control), { answering, control: false })).toBe(region);
  });

  test.each([
    ['after a loss, to the standby', [EAST], 'us-east-1'],
    ['in a planned move, to the standby', [WEST, EAST], 'us-east-1'],
    ['when the old primary answers again, still to the standby', [WEST, EAST], 'us-east-1'],
    ['when the standby stumbles, still to it and not to the old database', [WEST], 'us-east-1'],
    ['when nothing answers, to the standby', [], 'us-east-1'],
  ])('with the gate open: %s', (_, answering, region) => {
    expect(answer(thrown(synth()), { answering })).toBe(region);
    expect(answer(synth(control), { answering, control: true })).toBe(region);
  });

  test('the gate is one bit: nothing else differs between closed and open', () => {
    const open = thrown(synth());
    gate(open).invert_healthcheck = true;
    expect(open).toEqual(synth());
  });
});

describe('the records', () => {
  test('have the names and values of the provider, and are hardened', () => {
    expect(misspelt(synth())).toEqual([]);
    expect(misspelt(synth({ ...control, searchString: 'ok' }))).toEqual([]);
    expect(unhardened(synth())).toEqual([]);
  });

  test('are aliases, kept for 60 s, and let no load balancer decide about a promotion', () => {
    const json = synth();
    expect(record(json, 'primary')).toMatchObject({
      zone_id: FAILOVER.zoneId,
      name: 'acgs.example.com',
      type: 'A',
      failover_routing_policy: { type: 'PRIMARY' },
      alias: { name: WEST, zone_id: FAILOVER.zoneId, evaluate_target_health: false },
    });
    expect(record(json, 'secondary')).toMatchObject({
      name: 'acgs.example.com',
      failover_routing_policy: { type: 'SECONDARY' },
      alias: { name: EAST, zone_id: FAILOVER.zoneId, evaluate_target_health: false },
    });
  });

  test('name regions and make nothing in them: what is lost with a region is not asked', () => {
    expect(records(synth()).map(({ name, set_identifier }) => [name, set_identifier])).toEqual([
      ['acgs.example.com', 'primary'],
      ['acgs.example.com', 'secondary'],
    ]);
    const json = synth();
    expect([json.data, JSON.stringify(json).includes('aws_lb')]).toEqual([undefined, false]);
  });
});

describe('health', () => {
  const path = (json: Block) => Object.values(checks(json)).find((one) => one.fqdn === WEST);

  test('is asked over HTTPS, along the path of users, at the name of the region', () => {
    expect(path(synth())).toMatchObject({
      type: 'HTTPS',
      fqdn: WEST,
      port: 443,
      enable_sni: true,
      resource_path: '/auth-service/health',
      request_interval: 10,
      failure_threshold: 3,
      lifecycle: { create_before_destroy: true },
    });
    expect(path(synth({ searchString: '"database":"up"', interval: s(30), failureThreshold: 1 }))).toMatchObject({
      type: 'HTTPS_STR_MATCH',
      search_string: '"database":"up"',
      request_interval: 30,
      failure_threshold: 1,
    });
  });

  test('Terraform makes the gate closed and leaves it as a runbook sets it', () => {
    expect(gate(synth())).toMatchObject({
      disabled: true,
      invert_healthcheck: true,
      lifecycle: { ignore_changes: ['invert_healthcheck'] },
    });
  });

  test('no other pace or path makes another gate, which would be closed', () => {
    const other = synth({ interval: s(30), failureThreshold: 5, searchString: 'ok', healthPath: '/' });
    expect(gate(other)).toEqual(gate(synth()));
  });

  test('a routing control takes the place of the switch', () => {
    const json = synth(control);
    expect(gate(json)).toBeUndefined();
    expect(Object.values(checks(json))).toContainEqual(
      expect.objectContaining({ type: 'RECOVERY_CONTROL', routing_control_arn: ARN }),
    );
  });

  test('the gate is an output, for the runbook', () => {
    expect(Object.values<Block>(synth().output)).toMatchObject([
      { description: 'Promotion gate of acgs.example.com', value: expect.stringContaining('Gate') },
    ]);
  });

  test.each([
    [{}, 90],
    [{ interval: s(30) }, 150],
    [{ failureThreshold: 1 }, 70],
  ])('%j leads clients away after %i s', (change, seconds) => {
    let detection = s(0);
    terraform((stack) => {
      detection = new FailoverRecords(stack, 'Failover', { ...FAILOVER, ...change }).detection;
    });
    expect(detection.toSeconds()).toBe(seconds);
  });
});

const broken: [check: string, it: string, change: Change][] = [
  ['failover-names-are-names', 'one label', { name: 'acgs' }],
  ['failover-names-are-names', 'a capital at a side', { primary: { ...side('us-west-2'), name: 'West.example.com' } }],
  ['failover-names-differ', 'one for all', { primary: { ...side('us-west-2'), name: 'acgs.example.com' } }],
  ['failover-regions-differ', 'the same', { secondary: { ...side('us-west-2'), name: 'two.example.com' } }],
  ['failover-regions-are-regions', 'a zone', { primary: { ...side('us-west-2'), region: 'us-west-2a' } }],
  ['failover-health-path-is-absolute', 'no slash', { healthPath: 'health' }],
  ['failover-health-path-is-absolute', '256 characters', { healthPath: `/${'a'.repeat(255)}` }],
  ['failover-search-string-is-short', 'nothing', { searchString: '' }],
  ['failover-search-string-is-short', '256 characters', { searchString: 'a'.repeat(256) }],
  ['failover-interval-is-offered', '20 s', { interval: s(20) }],
  ['failover-interval-is-offered', '9 s', { interval: s(9) }],
  ['failover-threshold-is-offered', '0', { failureThreshold: 0 }],
  ['failover-threshold-is-offered', '11', { failureThreshold: 11 }],
  ['failover-switch-survives-the-primary', 'us-east-1', { primary: side('us-east-1'), secondary: side('us-west-2') }],
  ['failover-routing-control-is-an-arn', 'a name', { gate: { kind: 'routing-control', arn: 'gate' } }],
];

describe('each check', () => {
  const found = (change: Change) => ids(FailoverRecords.inspect('edge', { ...FAILOVER, ...change }));

  test.each(broken)('%s: %s', (check, _, change) => {
    expect(found(change)).toEqual([check]);
  });

  test('NaN fails', () => {
    expect(ids(FailoverRecords.inspect('edge', { ...FAILOVER, failureThreshold: Number.NaN }))).toEqual([
      'failover-threshold-is-offered',
    ]);
  });

  test('has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(FAILOVER_CHECKS));
  });

  test.each<[string, Change]>([
    ['the props as they are', {}],
    ['255 characters of a path', { healthPath: `/${'a'.repeat(254)}` }],
    ['255 characters to look for', { searchString: 'a'.repeat(255) }],
    ['30 s', { interval: s(30) }],
    ['one failure', { failureThreshold: 1 }],
    ['ten failures', { failureThreshold: 10 }],
    [
      'a primary in us-east-1 with a routing control',
      { primary: side('us-east-1'), secondary: side('us-west-2'), ...control },
    ],
  ])('accepts %s', (_, change) => {
    expect(found(change)).toEqual([]);
  });

  test('nothing is made of what is wrong', () => {
    expect(refused(() => synth({ interval: s(20), failureThreshold: 0 }))).toEqual([
      'failover-interval-is-offered',
      'failover-threshold-is-offered',
    ]);
  });
});
