import { isWholeWithin } from '../../check';

/**
 * Two logins for each role of a service, which take turns, so that no password that anybody uses is ever changed. The first has the
 * service's name and owns the tables; the second acts as the first. `roleRotation` counts the steps:
 *
 * | step | what is done | services use |
 * |---|---|---|
 * | 1 | both exist | the first |
 * | 2 | the second gets a new password | the first |
 * | 3 | services are told | the second |
 * | 4 | the first gets a new password | the second |
 * | 5 | services are told | the first |
 * | 6 | as 2 | the first |
 *
 * Even steps prepare, odd ones switch. Raise it by one, apply Terraform, then the manifests, and wait for the Job of the roles before
 * the next: it ends once every declared password works. What services used before stays valid until the step after next, so that
 * pods may be restarted at any time in between; the way back from a switch is the number before. Both passwords are new after
 * four steps, which is what a leak takes.
 */
export interface RoleRotation {
  /** Step of the rotation (1 or more), up by one at a time. @default - one login; a new password ends the old one */
  readonly roleRotation?: number;
}

/** Steps that are counted. */
export const isRotationStep = (step: number): boolean => isWholeWithin(step, 1, 1_000_000);

/** Name of the second login of a role. */
export const secondLogin = (role: string): string => `${role}-b`;

/** Which of the two services use. */
const usesSecond = (step: number): boolean => Math.floor((step - 1) / 2) % 2 === 1;

/** The login that services use at that step. */
export const loginInUse = ({ roleRotation }: RoleRotation, role: string): string =>
  roleRotation !== undefined && usesSecond(roleRotation) ? secondLogin(role) : role;

/** Versions of both passwords at that step. @param start Version of the first before it took turns. */
export const loginVersions = (step: number, start = 1): { readonly first: number; readonly second: number } => ({
  first: start + Math.floor(step / 4),
  second: 1 + Math.floor((step + 2) / 4),
});
