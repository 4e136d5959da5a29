/** Namespace and service account of Argo Rollouts, which asks AWS about target groups. */
export const ARGO_ROLLOUTS = { namespace: 'argo-rollouts', serviceAccount: 'argo-rollouts' } as const;
