import { rdsClass } from '../../catalog';
import { type Check, withDefaults } from '../../check';
import type { DatabaseThresholds } from '../../model/operations/database-thresholds';
import type { Memory } from '../../units';
import type { AlarmSetActions } from './alarm-set';

/** An RDS instance that is watched. */
export interface DatabaseAlarmsProps extends AlarmSetActions {
  /** What the names of the alarms start with: `acgs-production-main` makes `acgs-production-main-cpu`. */
  readonly name: string;
  /** Identifier of the instance, `acgs-production-main`. */
  readonly identifier: string;
  /** Whether it is written to, or follows another. @default 'primary' */
  readonly role?: 'primary' | 'replica';
  /** Its class, `db.r5.xlarge`: says how much memory there is, and whether its processor bursts. */
  readonly instanceClass: string;
  /** Storage as declared (above 0). Storage that grew by itself is measured by this still: declare it anew then. */
  readonly storage: Memory;
  /** Kind of its volume: gp2 has credits of its own, others are bounded by the class. @default 'gp3' */
  readonly volume?: 'gp2' | 'gp3' | 'io1' | 'io2';
  /** Connections that the server accepts (6-262143). */
  readonly maxConnections: number;
  /** When to ring. @default - those of `databaseThresholds` */
  readonly thresholds?: DatabaseThresholds;
}

const DEFAULTS = { role: 'primary', volume: 'gp3', thresholds: {} } as const;

/** A watched instance with its defaults. */
export type DatabaseAlarmsPlan = DatabaseAlarmsProps & Required<Pick<DatabaseAlarmsProps, keyof typeof DEFAULTS>>;

/** Fills in the defaults. */
export const databaseAlarmsPlan = (props: DatabaseAlarmsProps): DatabaseAlarmsPlan => withDefaults(DEFAULTS, props);

/** What is asked of a watched instance. */
export const DATABASE_ALARM_CHECKS: readonly Check<DatabaseAlarmsPlan>[] = [
  {
    id: 'database-alarm-class-is-known',
    prop: 'instanceClass',
    severity: 'warning',
    holds: ({ instanceClass }) => rdsClass(instanceClass) !== undefined,
    rule: 'should be a class of the catalog: of others the memory is not known, and there is no alarm on it',
    remedy: 'watch FreeableMemory with an Alarm of your own',
  },
  {
    id: 'database-alarm-storage-is-declared',
    prop: 'storage',
    holds: ({ storage }) => storage.inBytes > 0,
    rule: 'must be above 0',
    remedy: 'give what the instance was declared with',
  },
  {
    id: 'database-alarm-max-connections-is-possible',
    prop: 'maxConnections',
    holds: ({ maxConnections }) => maxConnections >= 6 && maxConnections <= 262_143,
    rule: 'must be 6 to 262143',
    remedy: 'give max_connections as the instance has it',
  },
];
