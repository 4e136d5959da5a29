export { type ImageLock, type ImageUse, imagesOf, lockedName, lockImages, lockReference } from './image-lock';
export { IMAGE_LOCK_CHECKS, inspectImageLock, type LockedImages } from './image-lock-checks';
