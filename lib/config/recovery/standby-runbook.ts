/** Who stands by for whom. */
export interface StandbyRunbookProps {
  /** Platform, `acgs`. */
  readonly platform: string;
  /** Environment that stands by, `production-dr`. */
  readonly environment: string;
  /** Environment that serves users until then, `production`. */
  readonly original: string;
  /** Where the runbook of that one is, from where this one is. */
  readonly runbook: string;
}

/** What there is to recover in an environment that keeps nothing of its own yet: Markdown. */
export const standbyRunbook = ({ platform, environment, original, runbook }: StandbyRunbookProps): string =>
  [
    `# Recovery of ${platform} ${environment}`,
    '',
    `${environment} stands by for ${original}: what is done when something is lost is in the [runbook of ${original}](${runbook}).`,
    '',
    'Until its database is promoted it keeps nothing that is not there as well: a replica that follows is made anew, and so is',
    'the rest, from the declarations. Once `promoted: true` is declared, its recovery stack backs it up to a region that is not',
    'the lost one, and this file is a runbook of its own.',
    '',
  ].join('\n');
