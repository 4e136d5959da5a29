import type { HashKey } from '../../model';
import type { Memory } from '../../units';

/** nginx' variable with the value of a request's header: `X-Api-Key` is `$http_x_api_key`. */
export const headerVariable = (header: string): string => `$http_${header.toLowerCase().replaceAll('-', '_')}`;

/** What to hash a request by. */
export function hashVariable(key: HashKey): string {
  if (key === 'uri') return '$request_uri';
  return 'header' in key ? headerVariable(key.header) : `$cookie_${key.cookie}`;
}

/** A size as nginx writes it: `64k`, `10m`. It knows no suffix above `m` for most directives. */
export function nginxSize(size: Memory): string {
  const kib = size.toKib();
  return kib % 1024 === 0 ? `${kib / 1024}m` : `${kib}k`;
}
