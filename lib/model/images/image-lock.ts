import type { EnvironmentSpec } from '../environment';
import type { ImageSpec, ServiceSpec } from '../service/service';

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

type Pinned = Pick<EnvironmentSpec, 'services' | 'images'>;

const serviceImages = ({ name, image, rollout }: ServiceSpec): ImageUse[] => {
  const smokeTest = rollout?.smokeTest?.image;
  return [
    { image: lockedName(image), by: name, ...(image.digest !== undefined && { digest: image.digest }) },
    ...(smokeTest === undefined ? [] : [{ ...parted(smokeTest), by: `the smoke test of ${name}` }]),
  ];
};

/** Every image that an environment names, services and their smoke tests first, in the order they are written. */
export const imagesOf = ({ services, images = {} }: Pinned): ImageUse[] => [
  ...services.flatMap(serviceImages),
  ...Object.entries(images).map(([by, reference]) => ({ ...parted(reference), by })),
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
export function lockImages<E extends Pinned>(environment: E, lock: ImageLock): E {
  const { services, images } = environment;
  return {
    ...environment,
    services: services.map((service) => lockService(service, lock)),
    ...(images && {
      images: Object.fromEntries(
        Object.entries(images).map(([name, reference]) => [name, lockReference(reference, lock)]),
      ),
    }),
  };
}
