/** A release and nothing else: no range, no wildcard, no branch. A leading `v` belongs to the chart's own numbers. */
export const isExactVersion = (version: string): boolean =>
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/.test(version);
