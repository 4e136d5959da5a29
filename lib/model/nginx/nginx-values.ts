import { isWholeWithin } from '../../check';
import { Duration, type Memory } from '../../units';

/**
 * What may stand in a configuration file as it is. nginx has no escape that works everywhere, `$` starts a variable
 * even inside quotes, and a `;` or `{` out of place is another configuration: so values are refused, never rewritten.
 */

/** Name of an upstream or a shared-memory zone. */
export const isNginxName = (name: string): boolean => /^[A-Za-z]\w{0,62}$/.test(name);

/** Field name of a header, without what nginx would drop (`_`) or cannot turn into a variable. */
export const isHeaderName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name);

/** Visible ASCII and spaces that a double-quoted string holds as they are. */
export const isHeaderValue = (value: string): boolean => /^[\x20-\x7e]{1,4096}$/.test(value) && !/["\\$]/.test(value);

/** Path of a location. nginx compares it with the decoded path, so that `%` would never match. */
export const isLocationPath = (path: string): boolean => /^\/[\w.~/-]{0,1023}$/.test(path) && !path.includes('//');

/** A file inside the container. */
export const isFilePath = (path: string): boolean => /^\/[\w./-]{1,1023}$/.test(path);

/** A DNS name, its first label possibly `*`. */
export const isServerName = (name: string): boolean =>
  name.length <= 253 &&
  /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(name);

/** A host to connect to: a DNS name, a Compose alias (which may have `_`) or an IPv4 address. */
export const isUpstreamHost = (host: string): boolean => /^[A-Za-z0-9][\w.-]{0,252}$/.test(host);

/** A DNS server: name, IPv4 or bracketed IPv6 address, with or without a port. */
export const isResolver = (address: string): boolean =>
  /^([\w.-]{1,253}|\[[0-9a-f:]{2,39}\])(:\d{1,5})?$/.test(address);

export const isMimeType = (type: string): boolean => /^[a-z]+\/[a-z0-9.+-]{1,64}$/.test(type);

/** Zone that the renderer takes for TLS sessions. */
export const TLS_ZONE = 'tls_sessions';

export const MIN_WAIT = Duration.millis(100);
export const MAX_WAIT = Duration.hours(1);

export const lasts = (duration: Duration, min: Duration, max: Duration): boolean =>
  min.isAtMost(duration) && duration.isAtMost(max);

/** Whole KiB within bounds, both included: what nginx' `k` can say. */
export const isZoneSize = (size: Memory, minKib: number, maxKib: number): boolean =>
  isWholeWithin(size.inBytes / 1024, minKib, maxKib);
