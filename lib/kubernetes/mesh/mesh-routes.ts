import type { MeshRetrySpec } from '../../model';
import { meshRetryPlan } from '../../model/mesh/retries';

/** What we write of a VirtualService. Source: istio/api networking/v1, virtual_service.proto (2026-07). */
interface HttpRoute {
  readonly name: string;
  readonly match?: readonly MethodMatch[];
  readonly timeout?: string;
  readonly retries: { readonly attempts: number; readonly perTryTimeout?: string; readonly retryOn: string };
  readonly route: readonly Destination[];
}

interface MethodMatch {
  readonly method: { readonly exact: string };
  readonly withoutHeaders: Readonly<Record<string, { readonly regex: string }>>;
}

/** A Service, and its share of the requests. */
export interface Destination {
  readonly destination: { readonly host: string };
  readonly weight?: number;
}

/** Requests that may be repeated. */
export const RETRIED_ROUTE = 'retried';
/** All others. */
export const PRIMARY_ROUTE = 'primary';

/** What no pod has seen. Istio's own default also repeats what was answered with 503. */
const UNSEEN = 'connect-failure,refused-stream';

/** What failed on the way, or took too long (`reset`), or a proxy or full service answered (502, 503, 504). */
const FAILED = `${UNSEEN},reset,gateway-error`;

/** Connections that stay open have no deadline: WebSockets, and events that a server sends as they happen. */
const STAY_OPEN = { upgrade: { regex: '.+' }, accept: { regex: '.*text/event-stream.*' } } as const;

/**
 * Routes to the same destinations: first that of requests which may be repeated, if there are any, then that of all
 * others. They are repeated only if no pod has seen them, and nobody ends them early.
 */
export function meshRoutes(route: readonly Destination[], retries: MeshRetrySpec | undefined): HttpRoute[] {
  const primary = { name: PRIMARY_ROUTE, retries: { attempts: 2, retryOn: UNSEEN }, route };
  if (retries === undefined) return [primary];
  const { attempts, perTry, deadline, methods } = meshRetryPlan(retries);
  const retried = {
    name: RETRIED_ROUTE,
    match: methods.map((method) => ({ method: { exact: method }, withoutHeaders: STAY_OPEN })),
    timeout: deadline.toString(),
    retries: { attempts, perTryTimeout: perTry.toString(), retryOn: FAILED },
    route,
  };
  return [retried, primary];
}
