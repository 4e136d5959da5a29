/**
 * The typed API objects of cdk8s-plus-28, and nothing else of it: its higher-level classes carry defaults of their own
 * (`docs/decisions/` says why we do not build on them), and cost their load time.
 */
export * from 'cdk8s-plus-28/lib/imports/k8s';
