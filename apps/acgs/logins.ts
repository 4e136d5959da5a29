import type { RoleRotation } from '../../lib/model';

/** Step of the rotation of the services' passwords: even ones prepare, odd ones switch. One at a time, and the replicas with it. */
export const LOGINS: RoleRotation = { roleRotation: 1 };
