/** A whole number within bounds, both included. False for NaN. */
export const isWholeWithin = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/** An RFC 1123 label, as names of Kubernetes objects that become DNS names need: 1-63 of a-z, 0-9 and inner hyphens. */
export const isDnsLabel = (name: string): boolean => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);

/** An RFC 1123 subdomain, as most names of Kubernetes objects are: labels joined by dots, at most 253 characters. */
export const isDnsName = (name: string): boolean => name.length <= 253 && name.split('.').every(isDnsLabel);

/** Key of a label or annotation: `app`, `example.com/app`. */
export function isLabelKey(key: string): boolean {
  const [name = '', prefix, ...rest] = key.split('/').reverse();
  return (
    rest.length === 0 &&
    (prefix === undefined || isDnsName(prefix)) &&
    /^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/.test(name)
  );
}

/** Value of a label: empty, or at most 63 letters, digits and inner `.`, `_` and `-`. */
export const isLabelValue = (value: string): boolean => /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/.test(value);

/** Labels that Kubernetes would refuse, as `key=value`. */
export const invalidLabels = (labels: Readonly<Record<string, string>>): string[] =>
  Object.entries(labels)
    .filter(([key, value]) => !isLabelKey(key) || !isLabelValue(value))
    .map((pair) => pair.join('='));

/** Reads as an AWS region, of any partition: `us-west-2`, `us-gov-east-1`. Not whether AWS has it. */
export const isRegion = (region: string): boolean => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region);

/** A day of the calendar, as `2026-11-21`. */
export function isIsoDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

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

/** Reads as an image: a lower-case repository after an optional registry, then tag and digest, both optional. */
export const isImageReference = (image: string): boolean =>
  /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?\/)?[a-z0-9]+(([._]|__|-+|\/)[a-z0-9]+)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/.test(
    image,
  );
