/** What an environment keeps beside its stores, and what it promises for a loss. */
export interface BackupsSpec {
  /** Region of the copies: another one than the environment's. */
  readonly copyRegion: string;
}
