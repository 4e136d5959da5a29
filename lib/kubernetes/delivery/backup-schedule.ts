import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import { VELERO } from '../../model/recovery/velero';
import { Duration } from '../../units';
import { type Labels, standardLabels } from '../labels';

/** What of the cluster is kept, when and for how long. */
export interface BackupScheduleProps {
  /** Name of the schedule, and what names of its backups start with (DNS label), of no other cluster that is seen in one place. */
  readonly name: string;
  /** Namespaces whose objects are kept (at least one DNS label, each once). */
  readonly namespaces: readonly string[];
  /** Time of day in UTC: `00:30`. @default '00:00' */
  readonly at?: string;
  /** How long each backup is kept (whole days, 1-36500). @default Duration.days(90) */
  readonly retention?: Duration;
  /** Storage location of Velero that is written to (DNS label). @default 'default' */
  readonly location?: string;
  /** Labels of the schedule and its backups. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

const DEFAULTS = { at: '00:00', retention: Duration.days(90), location: 'default', labels: {} } as const;

type Plan = BackupScheduleProps & Required<Pick<BackupScheduleProps, keyof typeof DEFAULTS>>;

const planned = (props: BackupScheduleProps): Plan => withDefaults(DEFAULTS, props);

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

const DAY = Duration.days(1);

/** What is said about a schedule of backups. */
export const BACKUP_SCHEDULE_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'backup-schedule-is-named',
    prop: 'name',
    holds: ({ name, location }) => isDnsLabel(name) && isDnsLabel(location),
    rule: 'and location must be 1-63 of a-z, 0-9 and inner hyphens',
    received: ({ name, location }) => [name, location],
    remedy: 'use production-daily',
  },
  {
    id: 'backup-schedule-has-namespaces',
    prop: 'namespaces',
    holds: ({ namespaces }) =>
      namespaces.length > 0 && new Set(namespaces).size === namespaces.length && namespaces.every(isDnsLabel),
    rule: 'must be at least one namespace, each once and without wildcards',
    remedy: 'name the namespace of the workloads',
  },
  {
    id: 'backup-schedule-has-a-time',
    prop: 'at',
    holds: ({ at }) => TIME.test(at),
    rule: 'must be a time of day in UTC such as 00:30',
    remedy: 'leave it out for midnight',
  },
  {
    id: 'backup-schedule-keeps-whole-days',
    prop: 'retention',
    holds: ({ retention }) =>
      retention.inMillis % DAY.inMillis === 0 && DAY.isAtMost(retention) && retention.isAtMost(Duration.days(3653)),
    rule: 'must be whole days, 1 or more',
    remedy: 'leave it out for 90 days',
  },
];

/**
 * What follows from other objects, or must not leave the cluster: controllers make it anew, and secrets come from where they
 * are kept.
 */
const LEFT_OUT = [
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
  'pods',
  'replicasets.apps',
  'secrets',
];

/** `00:30` each day, as cron has it. */
function daily(at: string): string {
  const [, hour, minute] = TIME.exec(at) ?? [];
  return `${Number(minute)} ${Number(hour)} * * *`;
}

/**
 * The objects of namespaces, kept each day by Velero: claims and volumes as objects, so that what was deleted finds its disk
 * again, without what is on the disks. Each backup is whole and small; what is on disks is a matter of their snapshots.
 *
 * @example
 * new BackupSchedule(chart, 'Daily', { name: 'daily', namespaces: ['shop'], retention: Duration.days(90) });
 */
export class BackupSchedule extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: BackupScheduleProps): Finding[] {
    return inspect(path, planned(props), BACKUP_SCHEDULE_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: BackupScheduleProps) {
    super(scope, id);
    const { name, namespaces, at, retention, location, labels, partOf } = planned(props);
    enforce(this, BackupSchedule.inspect(this.node.path, props));
    new ApiObject(this, 'Resource', {
      apiVersion: 'velero.io/v1',
      kind: 'Schedule',
      metadata: {
        name,
        namespace: VELERO.namespace,
        labels: { ...labels, ...standardLabels(name, 'backups', partOf) },
      },
      spec: {
        schedule: daily(at),
        // A schedule that is made at noon waits for its hour.
        skipImmediately: true,
        useOwnerReferencesInBackup: false,
        template: {
          includedNamespaces: namespaces,
          excludedNamespaceScopedResources: LEFT_OUT,
          snapshotVolumes: false,
          defaultVolumesToFsBackup: false,
          storageLocation: location,
          ttl: `${retention.toDays() * 24}h0m0s`,
        },
      },
    });
  }
}
