import type { ImageSpec } from '../service/image';
import type { ServiceSpec } from '../service/service';
import { type ImageUser, imageKinds } from './image-sources';
import { PUBLIC_IMAGES } from './public-images';

/**
 * Digests of images by what was resolved to them: repository and tag below the registry of the environment
 * (`acgs/auth-service:1.4.0`), or a full reference (`docker.io/library/nginx:1.29.4`). What `images.lock.json` holds.
 *
 * @example
 * const lock: ImageLock = { 'acgs/auth-service:1.4.0': `sha256:${'0'.repeat(64)}` };
 */
export type ImageLock = Readonly<Record<string, string>>;

/** What an environment runs, as a lock names it. */
export interface ImageUse {
  /** Repository and tag, or a full reference with its tag. */
  readonly image: string;
  /** Who runs it: the name of a service, or of what it stands in for. */
  readonly by: string;
  /** Digest that the declaration itself names, if it does. */
  readonly digest?: string;
}

/** How a lock names the image of a service. */
export const lockedName = ({ repository, tag }: ImageSpec): string => `${repository}:${tag}`;

/** A reference without its digest, and the digest. */
function parted(reference: string): Pick<ImageUse, 'image' | 'digest'> {
  const [image = reference, digest] = reference.split('@');
  return digest === undefined ? { image } : { image, digest };
}

const serviceImages = ({ name, image, rollout }: ServiceSpec): ImageUse[] => {
  const smokeTest = rollout?.smokeTest?.image;
  return [
    { image: lockedName(image), by: name, ...(image.digest !== undefined && { digest: image.digest }) },
    ...(smokeTest === undefined ? [] : [{ ...parted(smokeTest), by: `the smoke test of ${name}` }]),
  ];
};

/** What an environment names itself, and what it runs without naming it. */
const references = (environment: ImageUser): Readonly<Record<string, string>> => ({
  ...environment.images,
  ...Object.fromEntries(
    imageKinds(environment)
      .filter((kind) => environment.images?.[kind] === undefined)
      .map((kind) => [kind, PUBLIC_IMAGES[kind]]),
  ),
});

/**
 * Every image that an environment runs or names, services and their smoke tests first. Images that come through a cache are
 * named as upstream names them: the digest is the same.
 */
export const imagesOf = (environment: ImageUser): ImageUse[] => [
  ...environment.services.flatMap(serviceImages),
  ...Object.entries(references(environment)).map(([by, reference]) => ({ ...parted(reference), by })),
];

const lockImage = (image: ImageSpec, lock: ImageLock): ImageSpec => {
  const digest = image.digest ?? lock[lockedName(image)];
  return digest === undefined ? image : { ...image, digest };
};

/** A reference with the digest that the lock has for it; one that names a digest stays as it is. */
export const lockReference = (reference: string, lock: ImageLock): string => {
  const digest = reference.includes('@') ? undefined : lock[reference];
  return digest === undefined ? reference : `${reference}@${digest}`;
};

function lockService(service: ServiceSpec, lock: ImageLock): ServiceSpec {
  const locked = { ...service, image: lockImage(service.image, lock) };
  const { rollout } = service;
  if (rollout?.smokeTest?.image === undefined) return locked;
  const smokeTest = { ...rollout.smokeTest, image: lockReference(rollout.smokeTest.image, lock) };
  return { ...locked, rollout: { ...rollout, smokeTest } };
}

/**
 * The environment with a digest for each image that the lock knows, so that every node runs the same bytes whatever becomes of
 * a tag. What the declaration pins itself stays; what the lock lacks stays by tag, and is for `inspectImageLock` to report.
 */
export function lockImages<E extends ImageUser>(environment: E, lock: ImageLock): E {
  const { services, images = {} } = environment;
  const pinned = Object.entries(references(environment))
    .map(([name, reference]) => [name, lockReference(reference, lock)] as const)
    .filter(([name, reference]) => Object.hasOwn(images, name) || reference.includes('@'));
  return {
    ...environment,
    services: services.map((service) => lockService(service, lock)),
    ...(pinned.length > 0 && { images: Object.fromEntries(pinned) }),
  };
}
