import type { BackupsSpec, DatabaseSpec, EnvironmentSpec, PlatformSpec } from '../../lib/model';
import { inspectPlatform } from '../../lib/platform';
import { Duration } from '../../lib/units';
import { environment } from '../support/environment';
import { ids } from '../support/findings';
import { output } from '../support/output';
import { type Block, onlyResource, resources } from '../support/terraform';

const { days, hours } = Duration;

const BACKUPS: BackupsSpec = { copyRegion: 'us-east-1' };

const OPERATIONS = {
  subscriptions: [{ protocol: 'email', name: 'on-call', address: 'on-call@example.com' }],
  quotas: { onDemandVcpus: 1000 },
} as const;

const shop = (overrides: Partial<EnvironmentSpec> = {}, ...more: EnvironmentSpec[]): PlatformSpec => ({
  name: 'shop',
  environments: [environment(overrides), ...more],
});

const backedUp = (backups: Partial<BackupsSpec> = {}, overrides: Partial<EnvironmentSpec> = {}): PlatformSpec =>
  shop({ backups: { ...BACKUPS, ...backups }, ...overrides });

const recovery = (...of: Parameters<typeof backedUp>): Block =>
  output(backedUp(...of)).stack('shop-production-recovery');

const named = (stack: Block, type: string, name: string): Block => {
  const [found] = resources(stack, type).filter((body) => body.name === name);
  if (found === undefined) throw new Error(`there is no ${type} ${name}`);
  return found;
};

/** Account, region and partition as applying fills them in. */
const filled = (text: string): string =>
  text
    .replaceAll(/\$\{data\.aws_caller_identity\.\w+\.account_id\}/g, '123456789012')
    .replaceAll(/\$\{data\.aws_region\.\w+\.region\}/g, 'eu-west-1')
    .replaceAll(/\$\{data\.aws_partition\.\w+\.partition\}/g, 'aws');

const stack = recovery();

describe('backups of an environment', () => {
  test('appear with their declaration, and change only who may read them, and that Velero runs', () => {
    const [before, after] = [output(shop()), output(backedUp())];
    const others = (one: typeof before) =>
      Object.fromEntries(
        one.stacks.map((name) => [name, one.stack(name)] as const).filter(([name]) => !name.endsWith('-recovery')),
      );
    expect(before.stacks).not.toContain('shop-production-recovery');
    expect(Object.keys(before.documents)).not.toContain('runbooks/shop/production/recovery.md');
    expect(Object.keys(after.documents)).toContain('runbooks/shop/production/recovery.md');
    const manifests = Object.entries(after.kubernetes).filter(([path, text]) => text !== before.kubernetes[path]);
    expect(manifests.map(([path]) => path.replace('shop/production/', '')).sort()).toEqual([
      '00-crds/cluster-services.yaml',
      '10-controllers/cluster-services.yaml',
      '20-policies/backups.yaml',
      '20-policies/kustomization.yaml',
    ]);
    const velero = (files: typeof before) =>
      Object.values(files.kubernetes).filter((text) => /chart: velero/.test(text));
    expect([velero(before), velero(after)].map(({ length }) => length)).toEqual([0, 1]);
    const changed = Object.entries(others(after)).filter(
      ([name, json]) => JSON.stringify(json) !== JSON.stringify(before.stack(name)),
    );
    expect(changed.map(([name]) => name)).toEqual(['shop-production-cluster', 'shop-production-data']);
    // the database says what is promised of it
    const [kept, told] = [before, after].map(
      (one) => resources(one.stack('shop-production-data'), 'aws_db_instance')[0],
    );
    const { 'headroom.dev/rpo': rpo, 'headroom.dev/rto': rto, ...tags } = told?.tags ?? {};
    expect([rpo, rto]).toEqual(['3600s', '14400s']);
    expect({ ...told, tags }).toEqual({ ...kept, tags: kept?.tags ?? {} });
    expect(resources(after.stack('shop-production-cluster'), 'aws_eks_pod_identity_association')).toContainEqual(
      expect.objectContaining({ namespace: 'velero', service_account: 'velero-server' }),
    );
  });

  test('wait for the database, and read no other state', () => {
    const { stacks } = JSON.parse(output(backedUp()).terraform['manifest.json'] ?? '{}');
    expect(stacks['shop-production-recovery'].dependencies).toEqual(['shop-production-data']);
    expect(stack.data.terraform_remote_state).toBeUndefined();
  });

  test('of databases come every 6 hours, for 30 days, here and there', () => {
    const [rule] = named(stack, 'aws_backup_plan', 'shop-production-databases').rule;
    expect(rule).toMatchObject({
      schedule: 'cron(0 0,6,12,18 * * ? *)',
      start_window: 60,
      lifecycle: { delete_after: 30 },
      copy_action: [{ lifecycle: { delete_after: 30 } }],
    });
    expect(named(stack, 'aws_backup_selection', 'Databases').resources.map(filled)).toEqual([
      'arn:aws:rds:eu-west-1:123456789012:db:shop-production-main',
    ]);
  });

  test('of volumes come daily, for 90 days, and of no root volume', () => {
    const [rule] = named(stack, 'aws_backup_plan', 'shop-production-volumes').rule;
    expect(rule).toMatchObject({
      schedule: 'cron(0 0 * * ? *)',
      lifecycle: { delete_after: 90 },
      copy_action: [{ lifecycle: { delete_after: 90 } }],
    });
    const { resources: arns, condition } = named(stack, 'aws_backup_selection', 'Volumes');
    expect(arns.map(filled)).toEqual(['arn:aws:ec2:eu-west-1:123456789012:volume/*']);
    expect(condition).toEqual([
      {
        string_equals: [
          { key: 'aws:ResourceTag/ebs.csi.aws.com/cluster', value: 'true' },
          { key: 'aws:ResourceTag/kubernetes.io/cluster/shop-production', value: 'owned' },
        ],
      },
    ]);
  });

  test('lie in vaults of both regions, each with a key of its own region', () => {
    const vaults = resources(stack, 'aws_backup_vault').map(({ name, region, kms_key_arn: key }) => {
      const [, id = ''] = /aws_kms_key\.(\w+)\.arn/.exec(key) ?? [];
      return { name, region, keyIn: stack.resource.aws_kms_key[id].region };
    });
    expect(vaults).toEqual([
      { name: 'shop-production-copies', region: 'us-east-1', keyIn: 'us-east-1' },
      { name: 'shop-production', region: undefined, keyIn: undefined },
    ]);
  });

  test('every second of the database is in the other region', () => {
    const elsewhere = onlyResource(stack, 'aws_db_instance_automated_backups_replication');
    expect(filled(elsewhere.source_db_instance_arn)).toBe('arn:aws:rds:eu-west-1:123456789012:db:shop-production-main');
    expect(elsewhere).toMatchObject({ region: 'us-east-1', retention_period: 30 });
  });

  test('what the cluster knows has a bucket, and a copy of it in the other region', () => {
    expect(resources(stack, 'aws_s3_bucket').map(({ bucket, region }) => [bucket, region])).toEqual([
      ['shop-production-velero-123456789012-us-east-1', 'us-east-1'],
      ['shop-production-velero-123456789012', undefined],
    ]);
    expect(resources(stack, 'aws_s3_bucket_replication_configuration')).toHaveLength(1);
  });

  test('one number changes where it counts', () => {
    const changed = recovery({
      interval: hours(12),
      at: '03:30',
      retention: days(14),
      applicationRetention: days(60),
      lock: { mode: 'governance', minRetention: days(7), maxRetention: days(90) },
      keptOnDestroy: false,
    });
    const [databases] = named(changed, 'aws_backup_plan', 'shop-production-databases').rule;
    expect(databases).toMatchObject({
      schedule: 'cron(30 3,15 * * ? *)',
      lifecycle: { delete_after: 14 },
      copy_action: [{ lifecycle: { delete_after: 14 } }],
    });
    const [volumes] = named(changed, 'aws_backup_plan', 'shop-production-volumes').rule;
    expect(volumes).toMatchObject({ schedule: 'cron(30 3 * * ? *)', lifecycle: { delete_after: 60 } });
    expect(resources(changed, 'aws_backup_vault_lock_configuration')).toEqual([
      expect.objectContaining({ region: 'us-east-1', min_retention_days: 7, max_retention_days: 90 }),
      expect.not.objectContaining({ region: expect.anything() }),
    ]);
    expect(
      resources(changed, 'aws_s3_bucket_lifecycle_configuration').map(
        ({
          rule: [
            {
              noncurrent_version_expiration: [versions],
            },
          ],
        }) => versions.noncurrent_days,
      ),
    ).toEqual([60, 60]);
    const kept = (one: Block): number => (JSON.stringify(one).match(/prevent_destroy/g) ?? []).length;
    // two vaults and two buckets, each with its key, and the key of the database's backups
    expect([kept(stack), kept(changed)]).toEqual([9, 0]);
  });

  test('a database that keeps less sends less', () => {
    const databases: DatabaseSpec[] = environment().databases.map((database) => ({
      ...database,
      backupRetention: days(7),
    })) as DatabaseSpec[];
    const changed = recovery({}, { databases });
    expect(onlyResource(changed, 'aws_db_instance_automated_backups_replication').retention_period).toBe(7);
  });

  test('two databases are both covered, and each has a runbook', () => {
    const databases = [
      ...environment().databases,
      ...environment().databases.map((one) => ({ ...one, name: 'archive' })),
    ];
    const both = output(backedUp({}, { databases: databases as DatabaseSpec[] }));
    const found = both.stack('shop-production-recovery');
    expect(named(found, 'aws_backup_selection', 'Databases').resources).toHaveLength(2);
    expect(resources(found, 'aws_db_instance_automated_backups_replication')).toHaveLength(2);
    expect(Object.keys(both.documents).filter((path) => path.startsWith('runbooks/shop/production/recovery'))).toEqual([
      'runbooks/shop/production/recovery-archive.md',
      'runbooks/shop/production/recovery.md',
    ]);
  });
});

describe('another account', () => {
  const otherAccount = { id: '999999999999', vault: 'kept', lock: { mode: 'compliance' } } as const;
  const shared = output(backedUp({ otherAccount }));

  test('gets a copy of databases, and none of volumes, whose key is not ours to share', () => {
    const found = shared.stack('shop-production-recovery');
    const copies = (name: string) =>
      named(found, 'aws_backup_plan', name).rule[0].copy_action.map((copy: Block) =>
        filled(copy.destination_vault_arn),
      );
    expect(copies('shop-production-databases')).toEqual([
      expect.stringContaining('aws_backup_vault.Copies_'),
      'arn:aws:backup:eu-west-1:999999999999:backup-vault:kept',
    ]);
    expect(copies('shop-production-volumes')).toHaveLength(1);
  });

  test('may use the key of the database, and without one nobody may', () => {
    const shares = (one: typeof shared) =>
      resources(one.stack('shop-production-data'), 'aws_kms_key')
        .map(({ policy }) => filled(policy))
        .filter((policy) => policy.includes('arn:aws:iam::999999999999:root'));
    expect(shares(shared)).toHaveLength(1);
    expect(shares(output(backedUp()))).toEqual([]);
  });

  test('has a section in the runbook', () => {
    expect(shared.documents['runbooks/shop/production/recovery.md']).toContain(
      'With credentials of account 999999999999',
    );
  });
});

describe('records of requests', () => {
  const state = { kind: 'local' } as const;
  const accounts = [{ name: 'production', id: '123456789012', region: 'eu-west-1', state }];
  const logging = (platform: PlatformSpec) =>
    resources(output(platform).stack('shop-production-recovery'), 'aws_s3_bucket_logging').map(
      ({ target_bucket: bucket, region = 'eu-west-1' }) => [bucket, region],
    );

  test('go to the account where the platform declares it', () => {
    expect(logging(backedUp())).toEqual([]);
    expect(logging({ ...backedUp(), accounts })).toContainEqual(['shop-logs-123456789012-eu-west-1-s3', 'eu-west-1']);
  });
});

describe('the drill', () => {
  test('reminds whoever hears alarms, by the name of the runbook', () => {
    const { documents, stack: of } = output(
      backedUp({ drill: { months: [2, 5, 8, 11], hour: 8 } }, { operations: OPERATIONS }),
    );
    const {
      name,
      schedule_expression: schedule,
      target,
    } = onlyResource(of('shop-production-recovery'), 'aws_scheduler_schedule');
    expect([name, schedule]).toEqual(['shop-production-recovery-drill', 'cron(0 8 ? 2,5,8,11 2#1 *)']);
    expect(filled(target.arn)).toBe('arn:aws:sns:eu-west-1:123456789012:shop-production-alarms');
    const title = /^# (.+)$/m.exec(documents['runbooks/shop/production/recovery.md'] ?? '')?.[1];
    expect(target.input.endsWith(`: ${title}`)).toBe(true);
    const topic = resources(of('shop-production-operations'), 'aws_sns_topic').map((one) => one.name);
    expect(topic).toContain('shop-production-alarms');
  });

  test('is nobody`s where nobody hears', () => {
    expect(resources(stack, 'aws_scheduler_schedule')).toEqual([]);
  });
});

describe('Velero', () => {
  const standby = (backups?: BackupsSpec): EnvironmentSpec =>
    environment({
      name: 'production-dr',
      region: 'us-east-1',
      zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      network: { cidr: '10.21.0.0/16', nat: 'per-zone' },
      standbyFor: 'production',
      ...(backups && { backups }),
    });
  const statements = (platform: PlatformSpec, of: string): Block[] => {
    const roles: Block = output(platform).stack(of).resource.aws_iam_role_policy;
    const [policy] = Object.entries<Block>(roles).flatMap(([id, body]) =>
      id.startsWith('Velero_') ? [body.policy] : [],
    );
    return policy === undefined ? [] : JSON.parse(filled(policy)).Statement;
  };
  const writable = (found: Block[]): string[] =>
    found.filter(({ Action }) => Action.includes('s3:DeleteObject')).flatMap(({ Resource }) => Resource);

  test('writes to the bucket of its environment', () => {
    expect(writable(statements(backedUp(), 'shop-production-cluster'))).toEqual([
      'arn:aws:s3:::shop-production-velero-123456789012/*',
    ]);
  });

  test('of a standby restores from the copy and deletes nothing in it', () => {
    const copy = 'arn:aws:s3:::shop-production-velero-123456789012-us-east-1';
    const reading = statements(
      { ...backedUp(), environments: [...backedUp().environments, standby()] },
      'shop-production-dr-cluster',
    );
    expect(writable(reading)).toEqual([]);
    expect(reading.find(({ Sid }) => Sid === 'ReadBackups').Resource).toEqual([`${copy}/*`]);

    const both = statements(
      { ...backedUp(), environments: [...backedUp().environments, standby({ copyRegion: 'us-east-2' })] },
      'shop-production-dr-cluster',
    );
    expect(writable(both)).toEqual(['arn:aws:s3:::shop-production-dr-velero-123456789012/*']);
    expect(both.find(({ Sid }) => Sid === 'ReadBackupsElsewhere').Resource).toEqual([`${copy}/*`]);
  });

  test('is nobody where nothing is kept, and never reads what another account keeps', () => {
    expect(statements(shop(), 'shop-production-cluster')).toEqual([]);
    const stranger = { ...standby(), account: '210987654321' };
    expect(
      statements({ ...backedUp(), environments: [...backedUp().environments, stranger] }, 'shop-production-dr-cluster'),
    ).toEqual([]);
  });
});

describe('a promise', () => {
  test('that the declarations do not keep stops synthesis, with its arithmetic', () => {
    const [finding] = inspectPlatform(backedUp({ goal: { rpo: Duration.minutes(15) } })).filter(
      ({ severity }) => severity === 'error',
    );
    expect(finding).toMatchObject({ path: 'shop/production/main', check: 'recovery-rpo-is-met', prop: 'region-loss' });
    expect(finding?.received).toMatch(/^20 min = 5 min .+ \+ 15 min .+, from: replicated automated backups$/);
  });

  test('of the account is reported, and stops nothing', () => {
    const findings = inspectPlatform(backedUp()).filter(({ check }) => check.startsWith('recovery-'));
    expect(findings.map(({ check, severity }) => [check, severity])).toEqual([
      ['recovery-survives-its-account', 'warning'],
    ]);
  });

  test('is not made by an environment that only stands by', () => {
    const waiting = environment({ name: 'dr', databases: [], services: [], backups: BACKUPS });
    const findings = inspectPlatform({ name: 'shop', environments: [waiting] });
    expect(ids(findings).filter((id) => id.startsWith('recovery-'))).toEqual([]);
  });
});
