/** A whole number within bounds, both included. False for NaN. */
export const isWholeWithin = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/** An RFC 1123 label, as names of Kubernetes objects that become DNS names need: 1-63 of a-z, 0-9 and inner hyphens. */
export const isDnsLabel = (name: string): boolean => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);

/** The values that occur more than once, each once. */
export function duplicates<T>(values: readonly T[]): T[] {
  const seen = new Set<T>();
  const repeated = new Set<T>();
  for (const value of values) (seen.has(value) ? repeated : seen).add(value);
  return [...repeated];
}

/** Ends with a tag other than `latest`, or with a digest: `:1.4.0`, `@sha256:…`. */
export const isPinnedImage = (image: string): boolean =>
  /^[^@]+(:(?!latest$)\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})$/.test(image);
