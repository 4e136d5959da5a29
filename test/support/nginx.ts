import type { NginxProxySpec, RouteSpec } from '../../lib/model/nginx/nginx-proxy';
import type { UpstreamSpec } from '../../lib/model/nginx/upstreams';

export const SHOP: UpstreamSpec = { name: 'shop_cluster', service: 'shop', port: 8001 };

/** One upstream behind one route, with something of it changed. */
export const gateway = (overrides: Partial<NginxProxySpec> = {}): NginxProxySpec => ({
  upstreams: [SHOP],
  routes: [{ path: '/', upstream: 'shop_cluster' }],
  ...overrides,
});

export const withUpstream = (overrides: Partial<UpstreamSpec>): NginxProxySpec =>
  gateway({ upstreams: [{ ...SHOP, ...overrides }] });

export const withRoute = (overrides: Partial<RouteSpec>): NginxProxySpec =>
  gateway({ routes: [{ path: '/', upstream: 'shop_cluster', ...overrides }] });

/** The lines directly below a head such as `location /`, without semicolons; of the `at`-th block of that head. */
export function blockOf(conf: string, head: string, at = 0): string[] {
  const lines = conf.split('\n').map((line) => line.trim());
  const starts = lines.flatMap((line, index) => (line === `${head} {` ? [index] : []));
  const start = starts[at];
  if (start === undefined) throw new Error(`no block ${head}`);
  const own: string[] = [];
  let depth = 0;
  for (const line of lines.slice(start + 1)) {
    if (line === '}' && depth === 0) return own;
    if (line === '}') depth -= 1;
    else if (line.endsWith('{')) depth += 1;
    else if (depth === 0 && line !== '') own.push(line.replace(/;$/, ''));
  }
  throw new Error(`block ${head} does not end`);
}

export const hasBlock = (conf: string, head: string): boolean =>
  conf.split('\n').some((line) => line.trim() === `${head} {`);
