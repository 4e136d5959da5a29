/** Why a finding may stay: several words. */
export type Reason = `${string} ${string} ${string}`;

/** A finding that is known and may stay. */
export interface Waiver {
  /** Id of the rule that reports it. */
  readonly check: string;
  /** Kubernetes: `environment Kind/name`. Terraform: `stack type.id`. Matched from its start to its end. */
  readonly on: RegExp;
  readonly reason: Reason;
}

/** A finding of either plane: the rule, and where. */
export interface Reported {
  readonly check: string;
  readonly on: string;
}

const covers = ({ check, on }: Waiver, found: Reported): boolean =>
  check === found.check && new RegExp(`^(?:${on.source})$`, on.flags).test(found.on);

/** What no waiver covers. */
export const unwaived = (found: readonly Reported[], waivers: readonly Waiver[]): string[] =>
  found.filter((one) => !waivers.some((waiver) => covers(waiver, one))).map(({ check, on }) => `${on}: ${check}`);

/** Waivers that cover nothing: what they excused is repaired or renamed, so they go. */
export const unused = (found: readonly Reported[], waivers: readonly Waiver[]): string[] =>
  waivers
    .filter((waiver) => !found.some((one) => covers(waiver, one)))
    .map(({ check, on, reason }) => `${check} on ${on.source}: ${reason}`);
