import type { Duration } from '../../units';

/** How long images stay. */
export interface ImageRetention {
  /** Images with a tag that stay, the newest ones: enough to roll back to (1-10000). */
  readonly releases: number;
  /** How long images without a tag stay, left behind by what they were part of (whole days, 1-3650). */
  readonly untagged: Duration;
}

/** The lifecycle policy of a repository: tagged images by number, since age says nothing about what runs; others by age. */
export const lifecyclePolicy = ({ releases, untagged }: ImageRetention): string =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: `Images without a tag go after ${untagged.toDays()} days`,
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: untagged.toDays(),
        },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: `The newest ${releases} releases stay`,
        selection: {
          tagStatus: 'tagged',
          tagPatternList: ['*'],
          countType: 'imageCountMoreThan',
          countNumber: releases,
        },
        action: { type: 'expire' },
      },
    ],
  });
