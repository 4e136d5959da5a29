export { IMAGE_CACHE_CHECKS, inspectImageCache } from './image-cache-checks';
export { type ImageLock, type ImageUse, imagesOf, lockedName, lockImages, lockReference } from './image-lock';
export { IMAGE_LOCK_CHECKS, inspectImageLock, type LockedImages } from './image-lock-checks';
export { cachedReference, cachedUpstreams, type ImageUser, imageFor, imageKinds } from './image-sources';
export { type ImageKind, PUBLIC_IMAGES } from './public-images';
export {
  CREDENTIALS_PREFIX,
  isUpstream,
  UPSTREAMS,
  type Upstream,
  type UpstreamName,
  upstreamOf,
  upstreamOfImage,
} from './upstreams';
