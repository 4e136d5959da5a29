import { type Check, type Finding, inspect, isImageReference } from '../../check';
import type { EnvironmentSpec } from '../environment';
import { type ImageLock, type ImageUse, imagesOf } from './image-lock';
import type { ImageUser } from './image-sources';

/** An environment and its lock, side by side. */
export interface LockedImages {
  readonly stage: EnvironmentSpec['stage'];
  readonly lock: ImageLock;
  /** What the environment runs. */
  readonly uses: readonly ImageUse[];
  /** Images that others run who share the lock: no entry of theirs is stale. */
  readonly elsewhere: readonly string[];
}

const isDigest = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);

const wrongDigests = ({ lock }: LockedImages): string[] =>
  Object.entries(lock)
    .filter(([, digest]) => !isDigest(digest))
    .map(([image, digest]) => `${image}: ${digest}`);

const wrongNames = ({ lock }: LockedImages): string[] =>
  Object.keys(lock).filter((image) => image.includes('@') || !isImageReference(image) || !/:[\w][\w.-]*$/.test(image));

const unlocked = ({ lock, uses }: LockedImages): string[] =>
  uses
    .filter(({ image, digest }) => digest === undefined && !Object.hasOwn(lock, image))
    .map(({ image, by }) => `${image} of ${by}`);

const contradicted = ({ lock, uses }: LockedImages): string[] =>
  uses
    .filter(({ image, digest }) => digest !== undefined && Object.hasOwn(lock, image) && lock[image] !== digest)
    .map(({ image, by }) => `${image} of ${by}`);

const stale = ({ lock, uses, elsewhere }: LockedImages): string[] => {
  const used = new Set([...uses.map(({ image }) => image), ...elsewhere]);
  return Object.keys(lock).filter((image) => !used.has(image));
};

/** Ends with `:latest`, or names no tag at all after its last slash. */
const moving = ({ uses }: LockedImages): string[] =>
  uses
    .filter(({ image }) => /:latest$/.test(image) || !/:[\w.-]+$/.test(image))
    .map(({ image, by }) => `${image} of ${by}`);

/** What is asked of a lock. Without one for production, what runs there could change under its tag. */
export const IMAGE_LOCK_CHECKS: readonly Check<LockedImages>[] = [
  {
    id: 'image-lock-names-are-tagged',
    prop: 'lock',
    holds: (subject) => wrongNames(subject).length === 0,
    rule: 'must name images by repository and tag, without a digest',
    received: wrongNames,
    remedy: 'make it anew with scripts/lock-images.mjs',
  },
  {
    id: 'image-lock-digests-are-well-formed',
    prop: 'lock',
    holds: (subject) => wrongDigests(subject).length === 0,
    rule: 'must have digests of sha256: and 64 hex digits',
    received: wrongDigests,
    remedy: 'make it anew with scripts/lock-images.mjs',
  },
  {
    id: 'image-lock-covers-production',
    prop: 'lock',
    holds: (subject) => subject.stage !== 'production' || unlocked(subject).length === 0,
    rule: 'must have a digest for each image of production',
    received: unlocked,
    remedy: 'run scripts/lock-images.mjs once the images are pushed, and commit what it writes',
  },
  {
    id: 'image-lock-covers-other-stages',
    prop: 'lock',
    severity: 'warning',
    holds: (subject) => subject.stage === 'production' || unlocked(subject).length === 0,
    rule: ({ stage }) => `should have a digest for each image of ${stage}: what is tested is then what is released`,
    received: unlocked,
    remedy: 'run scripts/lock-images.mjs once the images are pushed, and commit what it writes',
  },
  {
    id: 'image-lock-agrees-with-declarations',
    prop: 'lock',
    holds: (subject) => contradicted(subject).length === 0,
    rule: 'must have the digest that a declaration names itself',
    received: contradicted,
    remedy: 'leave the digest out of the declaration, or make the lock anew',
  },
  {
    id: 'image-lock-holds-nothing-stale',
    prop: 'lock',
    severity: 'warning',
    holds: (subject) => stale(subject).length === 0,
    rule: 'should name only what runs somewhere',
    received: stale,
    remedy: 'run scripts/lock-images.mjs, which leaves out what is no longer named',
  },
  {
    id: 'image-lock-tags-stand-still',
    prop: 'images',
    severity: 'warning',
    holds: (subject) => moving(subject).length === 0,
    rule: 'should have tags other than latest: a digest under a moving tag says little to whoever reads it',
    received: moving,
    remedy: 'use the tag of a release',
  },
];

/**
 * Where a lock and an environment part.
 *
 * @param elsewhere What others run who share the lock: other environments, charts.
 */
export const inspectImageLock = (
  path: string,
  environment: Pick<EnvironmentSpec, 'stage'> & ImageUser,
  lock: ImageLock,
  elsewhere: readonly string[] = [],
): Finding[] =>
  inspect(path, { stage: environment.stage, lock, uses: imagesOf(environment), elsewhere }, IMAGE_LOCK_CHECKS);
