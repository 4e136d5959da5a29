import { ACGS } from '../../apps/acgs';
import { output } from '../support/output';
import { type Block, resources } from '../support/terraform';

/** Everything here is read from what is synthesized, as a person would who has lost us-west-2. */
const { documents, objects, stack } = output(ACGS);
const runbook = documents['runbooks/acgs/production/recovery.md'] ?? '';
const failover = stack('acgs-failover');

const record = (side: 'primary' | 'secondary'): Block =>
  resources(failover, 'aws_route53_record').find((one) => one.set_identifier === side);
const check = (reference: string | undefined): Block =>
  failover.resource.aws_route53_health_check[reference?.match(/aws_route53_health_check\.([\w-]+)\.id/)?.[1] ?? ''];

test('users are served again after 86.5 minutes, step by step, and four hours are promised', () => {
  const line = runbook.split('\n').find((one) => one.startsWith('- region-loss, service: ')) ?? '';
  const [total, steps = ''] = line.slice('- region-loss, service: '.length).split(' = ');
  expect(total).toBe('1 h 26 min 30 s');
  expect(steps.split(' + ').map((step) => step.match(/^\d+ \w+/)?.[0])).toEqual([
    '30 s', // health checks see it
    '30 min', // somebody decides
    '30 min', // the replica is promoted
    '10 min', // services learn where it is
    '15 min', // nodes join
    '1 min', // resolvers ask again
  ]);
  expect(0.5 + 30 + 30 + 10 + 15 + 1).toBeLessThan(4 * 60);
});

test('the replica is one that can be promoted: encrypted under a key of its region, and backed up from then on', () => {
  const [replica] = resources(stack('acgs-production-dr-data'), 'aws_db_instance');
  expect(replica).toMatchObject({ identifier: 'acgs-production-dr-main', storage_encrypted: true });
  expect(replica.kms_key_id).toMatch(/^\$\{aws_kms_key\./);
  expect(replica.backup_retention_period).toBeGreaterThanOrEqual(1);
});

test('users are moved after it is promoted, and by hand', () => {
  const promote = runbook.indexOf(
    'aws rds promote-read-replica --db-instance-identifier acgs-production-dr-main --region us-east-1',
  );
  const open = runbook.indexOf('aws route53 update-health-check');
  expect(promote).toBeGreaterThan(0);
  expect(open).toBeGreaterThan(promote);
  const gate = check(record('secondary').health_check_id);
  // a disabled check is healthy, and inverted it is not: closed until somebody turns it, which Terraform leaves alone
  expect(gate).toMatchObject({
    disabled: true,
    invert_healthcheck: true,
    lifecycle: { ignore_changes: ['invert_healthcheck'] },
  });
});

test('nobody goes back by itself: with the gate open the primary counts as lost, whatever it answers', () => {
  const primary = check(record('primary').health_check_id);
  expect(primary).toMatchObject({ type: 'CALCULATED', child_health_threshold: 1, invert_healthcheck: true });
  const children: Block[] = primary.child_healthchecks.map(check);
  expect(children).toContain(check(record('secondary').health_check_id));
  expect(children.find(({ disabled }) => disabled !== true)).toMatchObject({
    fqdn: 'us-west-2.acgs.example.com',
    invert_healthcheck: true,
  });
});

test('the core services may grow there as far as at home, on nodes that may, too', () => {
  const ceilings = (environment: string): Map<string, number> =>
    new Map(
      objects(environment)
        .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
        .map(({ spec }) => [spec.scaleTargetRef.name, spec.maxReplicas]),
    );
  const home = ceilings('acgs/production');
  const standby = ceilings('acgs/production-dr');
  expect([...standby.keys()].sort()).toEqual([
    'auth-service',
    'constitutional-ai',
    'gateway',
    'integrity-service',
    'policy-governance',
  ]);
  for (const [name, ceiling] of standby) expect([name, ceiling]).toEqual([name, home.get(name)]);
  const nodes = resources(stack('acgs-production-dr-cluster'), 'aws_eks_node_group')
    .filter(({ labels }) => labels['headroom.dev/node-group'] === 'general')
    .map((group) => group.scaling_config.max_size);
  expect(nodes).toEqual([20]);
});
