import { execFileSync } from 'node:child_process';
import type { RecoveryRunbookProps } from '../../lib/config/recovery/recovery-runbook-props';
import {
  inspectRecoveryRunbook,
  RECOVERY_RUNBOOK_CHECKS,
  recoveryRunbook,
  recoveryRunbookTitle,
} from '../../lib/config/recovery-runbook';
import { recoveryObjectives } from '../../lib/model/recovery/recovery-objectives';
import { Duration } from '../../lib/units';
import { allIds, ids } from '../support/findings';

const { minutes, hours, days, seconds } = Duration;

const props: RecoveryRunbookProps = {
  platform: 'acgs',
  environment: 'production',
  region: 'us-west-2',
  copyRegion: 'us-east-1',
  standby: { environment: 'production-dr', region: 'us-east-1' },
  database: 'acgs-production-main',
  replica: 'acgs-production-dr-main',
  vaults: { own: 'acgs-production', copies: 'acgs-production-copies' },
  lockedCopies: { accountId: '444455556666', region: 'us-west-2', vault: 'acgs-locked' },
  clusterBackups: {
    bucket: 'acgs-cluster-backups',
    copy: 'acgs-cluster-backups-us-east-1',
    schedule: 'production-daily',
  },
  host: 'api.example.com',
  namespace: 'acgs',
  openGate: 'aws route53-recovery-cluster update-routing-control-state --routing-control-state On',
  objectives: recoveryObjectives({
    region: 'us-west-2',
    multiAz: true,
    pointInTime: { retention: days(30) },
    replica: { region: 'us-east-1', lag: minutes(5) },
    backups: {
      interval: hours(6),
      startWithin: hours(1),
      retention: days(30),
      copies: [{ region: 'us-west-2', otherAccount: true, locked: true }],
    },
    standby: { region: 'us-east-1', warm: true },
    dns: { detection: seconds(90), ttl: seconds(60) },
  }),
};

const { lockedCopies, ...withoutCopies } = props;

/** Nothing stands by, and no name is declared. */
const { standby: _standby, replica: _replica, openGate: _openGate, ...alone } = props;

/** A section of the text, from its heading to the next. */
const section = (text: string, title: string): string =>
  text.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';

/** Everything that is to be typed. */
const commands = (text: string): string =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines = '']) => lines.replace(/^ {3}/gm, '')).join('\n');

describe('recoveryRunbook', () => {
  const text = recoveryRunbook(props);

  test('says what is claimed for each loss, with the arithmetic', () => {
    const claimed = section(text, 'What is claimed');
    expect(claimed).toContain('| zone-loss | standby in another zone | 0 s | 17 min |');
    expect(claimed).toContain('| region-loss | replica | 5 min | 1 h 27 min 30 s |');
    expect(claimed).toContain('| corruption | point-in-time recovery | 5 min | 1 h 55 min |');
    expect(claimed).toContain('| account-loss | locked copy in another account | 8 h 30 min | 3 h 17 min 30 s |');
    expect(claimed).toContain('- account-loss, data: 8 h 30 min = 6 h between backups (declared) + ');
    expect(claimed).toContain('- region-loss, service: 1 h 27 min 30 s = ');
  });

  test('says so where nothing survives', () => {
    const objectives = recoveryObjectives({
      region: 'us-west-2',
      multiAz: true,
      dns: { detection: seconds(90), ttl: seconds(60) },
    });
    expect(recoveryRunbook({ ...props, objectives })).toContain('| region-loss | nothing | none | none |');
  });

  test('has a section for the drill, for each loss and for the way back', () => {
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      'What is claimed',
      'Drill, each quarter',
      'Loss of a zone',
      'Loss of a region',
      'Corruption or deletion',
      'Loss of the account',
      'Going back',
    ]);
    expect(text.startsWith('# Recovery of acgs production\n')).toBe(true);
    expect(recoveryRunbookTitle(props)).toBe('Recovery of acgs production');
  });

  test('the drill touches nothing that serves: it promotes and deletes only what it made', () => {
    const drill = commands(section(text, 'Drill, each quarter'));
    expect(drill).not.toMatch(/promote|modify|route53/);
    const deletions = drill.split('\n').filter((line) => line.includes('delete'));
    expect(deletions).toEqual([
      'aws rds delete-db-instance --db-instance-identifier acgs-production-main-drill --skip-final-snapshot --delete-automated-backups --region us-east-1',
      'velero restore delete drill --confirm',
      'kubectl delete namespace acgs-drill',
    ]);
    expect(drill).toContain('--target-db-instance-identifier acgs-production-main-drill');
  });

  test('the drill restores the newest complete backup of this environment, and of it only what starts nothing', () => {
    const drill = commands(section(text, 'Drill, each quarter'));
    expect(drill).toContain('velero backup get --selector velero.io/schedule-name=production-daily --output json');
    expect(drill).toContain('select(.status.phase == "Completed")');
    expect(drill).toContain(
      'velero restore create drill --from-backup "$BACKUP" --namespace-mappings acgs:acgs-drill --include-resources configmaps,serviceaccounts,networkpolicies.networking.k8s.io,poddisruptionbudgets.policy --wait',
    );
  });

  test('objects that were deleted come back from before the moment, and nothing that stands is changed', () => {
    const order = commands(section(text, 'Corruption or deletion'));
    const [moment, newest, restored] = [
      'MOMENT=',
      '.status.startTimestamp < $moment',
      'velero restore create --from-backup "$BACKUP" --include-namespaces acgs --existing-resource-policy none --wait',
    ].map((line) => order.indexOf(line));
    expect(moment).toBeGreaterThan(-1);
    expect(newest).toBeGreaterThan(moment ?? 0);
    expect(restored).toBeGreaterThan(newest ?? 0);
    expect(order).toContain('--arg moment "$MOMENT"');
  });

  test('users are moved only after the replica is promoted', () => {
    const order = commands(section(text, 'Loss of a region'));
    const [stopped, promoted, opened] = [
      'scale deployments --all --replicas=0',
      'rds promote-read-replica --db-instance-identifier acgs-production-dr-main --region us-east-1',
      props.openGate ?? '',
    ].map((line) => order.indexOf(line));
    expect(stopped).toBeGreaterThan(-1);
    expect(promoted).toBeGreaterThan(stopped ?? 0);
    expect(opened).toBeGreaterThan(promoted ?? 0);
  });

  test('corruption is undone in the region of the primary, never from the replica', () => {
    const order = commands(section(text, 'Corruption or deletion'));
    expect(order).not.toContain('acgs-production-dr-main');
    expect(order).not.toContain('us-east-1');
    expect(order).toContain('--restore-time "$MOMENT"');
  });

  test('a restored instance gets the network and parameters of the one beside it', () => {
    for (const title of ['Drill, each quarter', 'Loss of a region', 'Corruption or deletion']) {
      const order = commands(section(text, title));
      const kept = {
        SUBNET_GROUP: 'DBSubnetGroup.DBSubnetGroupName',
        SECURITY_GROUPS: 'VpcSecurityGroups[].VpcSecurityGroupId',
        PARAMETER_GROUP: 'DBParameterGroups[0].DBParameterGroupName',
      };
      for (const [name, query] of Object.entries(kept)) {
        const [line] = order.split('\n').filter((one) => one.startsWith(`${name}=$(aws rds describe-db-instances `));
        expect(line).toContain(`--query 'DBInstances[0].${query}' --output text`);
        expect(order).toMatch(new RegExp(`restore-db-instance-to-point-in-time .*\\$${name}\\b`));
      }
    }
  });

  test('where nothing stands by, a region is built anew, and the drill restores beside what serves', () => {
    const bare = recoveryRunbook(alone);
    expect(bare).not.toMatch(/production-dr|undefined|promote-read-replica|Open the gate/);
    const loss = section(bare, 'Loss of a region');
    expect(loss).toContain('production is built anew in us-east-1');
    expect(loss).toContain(
      '--target-db-instance-identifier acgs-production-main-restored --use-latest-restorable-time',
    );
    expect(loss).toContain('--backup-vault-name acgs-production-copies');
    expect(loss).toContain('Lead api.example.com to the new door');
    const drill = commands(section(bare, 'Drill, each quarter'));
    expect(drill).toContain(
      'rds restore-db-instance-to-point-in-time --source-db-instance-identifier acgs-production-main --target-db-instance-identifier acgs-production-main-drill --use-latest-restorable-time',
    );
    expect(drill).toMatch(
      /delete-db-instance --db-instance-identifier acgs-production-main-drill .*--region us-west-2/,
    );
    expect(drill).not.toContain('ReplicaLag');
    expect(() => execFileSync('bash', ['-n'], { input: commands(bare) })).not.toThrow();
  });

  test('an environment that serves readers is told to write once its replica is promoted', () => {
    const reader = { ...props, standby: { environment: 'production-us-east-1', region: 'us-east-1', reads: true } };
    const loss = section(recoveryRunbook(reader), 'Loss of a region');
    expect(loss.indexOf("drop `access: 'read'`")).toBeGreaterThan(loss.indexOf('promote-read-replica'));
    expect(section(text, 'Loss of a region')).not.toContain("access: 'read'");
  });

  test('a standby without a replica restores what was replicated', () => {
    const { replica: _none, ...restored } = props;
    const loss = section(recoveryRunbook(restored), 'Loss of a region');
    expect(loss).not.toContain('promote-read-replica');
    expect(loss).toContain('--target-db-instance-identifier acgs-production-main-restored');
  });

  test('asks for what only a platform that serves answers', () => {
    expect(commands(text)).toContain('curl --fail --silent --show-error https://api.example.com/\n');
    expect(commands(recoveryRunbook({ ...props, path: '/orders/health' }))).toContain(
      'https://api.example.com/orders/health',
    );
  });

  test('speaks of locked copies only where there are any', () => {
    expect(section(text, 'Loss of the account')).toContain('444455556666');
    const bare = recoveryRunbook(withoutCopies);
    expect(section(bare, 'Loss of the account')).toContain('Nothing is declared that survives it.');
    expect(bare).not.toContain('444455556666');
    expect(lockedCopies?.vault).toBe('acgs-locked');
  });

  test('numbers its steps, and every line to type is shell', () => {
    expect(section(text, 'Loss of a zone')).toMatch(/^1\. [\s\S]*^2\. /m);
    expect(() => execFileSync('bash', ['-n'], { input: commands(text) })).not.toThrow();
    expect(commands(text)).not.toMatch(/undefined|NaN|\[object/);
  });

  test('the same names give the same text', () => {
    expect(recoveryRunbook({ ...props })).toBe(text);
  });

  const rows: readonly (readonly [string | undefined, string, Partial<RecoveryRunbookProps>])[] = [
    [undefined, 'what is valid', {}],
    ['recovery-runbook-names-are-plain', 'a reference', { database: 'a; rm -rf ~' }],
    ['recovery-runbook-names-are-plain', 'an empty vault', { vaults: { own: '', copies: 'a' } }],
    ['recovery-runbook-names-are-plain', 'an option', { namespace: '--all' }],
    ['recovery-runbook-regions-are-regions', 'a zone', { region: 'us-west-2a' }],
    [
      'recovery-runbook-regions-are-regions',
      'no region of the standby',
      { standby: { environment: 'dr', region: '' } },
    ],
    [
      'recovery-runbook-account-is-a-number',
      'a name',
      { lockedCopies: { accountId: 'backups', region: 'us-west-2', vault: 'a' } },
    ],
    ['recovery-runbook-host-is-a-name', 'an address', { host: 'https://api.example.com' }],
    ['recovery-runbook-regions-are-regions', 'no region of copies', { copyRegion: 'nowhere' }],
    ['recovery-runbook-path-is-a-path', 'a command', { path: '/; reboot' }],
    ['recovery-runbook-path-is-a-path', 'none', { path: 'health' }],
    ['recovery-runbook-gate-opens', 'nothing', { openGate: ' ' }],
    ['recovery-runbook-gate-opens', 'two lines', { openGate: 'a\nb' }],
  ];

  test('a replica without an environment that takes over is refused', () => {
    expect(ids(inspectRecoveryRunbook('acgs/production', { ...alone, replica: 'acgs-production-dr-main' }))).toEqual([
      'recovery-runbook-replica-stands-by',
    ]);
    expect(inspectRecoveryRunbook('acgs/production', alone)).toEqual([]);
  });

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(inspectRecoveryRunbook('acgs/production', { ...props, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('every check has a failing row', () => {
    const failing = [...rows.map(([check]) => check), 'recovery-runbook-replica-stands-by'];
    expect([...new Set(failing)].filter(Boolean).sort()).toEqual(allIds(RECOVERY_RUNBOOK_CHECKS));
  });
});
