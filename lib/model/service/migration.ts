import type { Duration } from '../../units';
import type { ImageSpec } from './image';

/**
 * What brings the tables of a service to the shape that its release expects, before pods of that release start. The release
 * before still runs meanwhile, and comes back if the new one fails: a migration adds, and what nobody reads any more is removed by a
 * later one.
 */
export interface MigrationSpec {
  /** Program and arguments; it may run again, and then finds its work done. */
  readonly command: readonly string[];
  /** What it runs in. @default - the image of the service */
  readonly image?: ImageSpec;
  /** Longest time of a run, with the wait for its role (whole minutes, 5 min to 6 h). @default Duration.minutes(30) */
  readonly within?: Duration;
}
