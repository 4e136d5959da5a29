/** Labels of an object: keys of at most 63 characters after an optional `prefix/`, values of at most 63. */
export type Labels = Readonly<Record<string, string>>;

/** Labels that never change over the life of a workload: what selectors may select. */
export const selectorLabels = (name: string): Labels => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': name,
});

/** Kubernetes' recommended labels. */
export const standardLabels = (name: string, component: string, partOf?: string): Labels => ({
  ...selectorLabels(name),
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'cdk-headroom',
  ...(partOf === undefined ? {} : { 'app.kubernetes.io/part-of': partOf }),
});

/** Label that the API server keeps on every namespace. */
export const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';
