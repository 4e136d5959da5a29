/**
 * Annotation of what deploys objects that nobody has read: the pods that it makes, for who counts seats. It has entries with
 * semicolons between, `server: 2x cpu=100m,memory=128Mi; agent: each-node cpu=50m,memory=64Mi tolerates=*`, or is `none`.
 */
export const PODS_ANNOTATION = 'headroom.dev/pods';
