import type { RecoveryObjectives } from '../../model/recovery/recovery-objectives';

/** Names that the commands of a runbook are written with. */
export interface RecoveryRunbookProps {
  /** Platform, `acgs`. */
  readonly platform: string;
  /** Environment that serves users, `production`. */
  readonly environment: string;
  /** Its region. */
  readonly region: string;
  /** Region that backups are copied to: that of the standby, if there is one. */
  readonly copyRegion: string;
  /**
   * Environment that takes over when the region is lost, and its region. One that `reads` serves users of its own from the
   * replica, and is told to write once that is promoted.
   * @default - none: it is declared and built when needed
   */
  readonly standby?: { readonly environment: string; readonly region: string; readonly reads?: boolean };
  /** Identifier of the database that takes writes. */
  readonly database: string;
  /** Identifier of its replica in the region of the standby. @default - none: backups are restored there */
  readonly replica?: string;
  /** Vault of the plan, and the one of its copies in the other region. */
  readonly vaults: { readonly own: string; readonly copies: string };
  /** Account and vault of the locked copies. @default - there are none */
  readonly lockedCopies?: { readonly accountId: string; readonly region: string; readonly vault: string };
  /** Bucket of what the cluster knows, its copy, and the schedule of Velero that fills it. */
  readonly clusterBackups: { readonly bucket: string; readonly copy: string; readonly schedule: string };
  /** Host that users ask for. */
  readonly host: string;
  /** Path that is answered only if users are served. @default '/' */
  readonly path?: string;
  /** Service whose pods show whether the platform works, in its namespace. */
  readonly namespace: string;
  /** Command that lets DNS send users to the standby, once its database takes writes. @default - people change the name */
  readonly openGate?: string;
  /** What is claimed, from the declarations. */
  readonly objectives: RecoveryObjectives;
}
