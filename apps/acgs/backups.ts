import type { BackupsSpec, PostgresSpec } from '../../lib/model';
import { Duration } from '../../lib/units';

/** Of the platform's databases and of what its cluster knows, wherever it serves users. */
export const BACKUPS: Omit<BackupsSpec, 'copyRegion'> = {
  interval: Duration.hours(6),
  retention: Duration.days(30),
  applicationRetention: Duration.days(90),
  goal: { rto: Duration.hours(4), rpo: Duration.hours(1) },
};

/**
 * Where the standby's own backups are copied once it serves users: neither its region nor the one that was lost, which may
 * still be out of reach by then.
 */
export const THIRD_REGION = 'us-east-2';

/** When RDS works on a database: at night where its users are, and between backups, which start at 0, 6, 12 and 18 h UTC. */
export const WINDOWS: Required<Pick<PostgresSpec, 'backupWindow' | 'maintenanceWindow'>> = {
  backupWindow: '08:00-09:00',
  maintenanceWindow: 'sun:09:00-sun:10:00',
};
