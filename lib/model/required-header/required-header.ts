import type { SmokeTestSpec } from '../rollout/smoke-test';
import type { ServiceSpec } from '../service/service';

/** Which requests carry the header: those that come from outside, or those between services, too, where sidecars see them. */
export const HEADER_SCOPES = ['every-request', 'from-outside'] as const;
export type HeaderScope = (typeof HEADER_SCOPES)[number];

/**
 * A header that every request to a service carries. What lacks it, or has another value, is refused and reaches no service;
 * nothing is stopped. Only GET and HEAD of the paths that probes ask are free of it.
 */
export interface RequiredHeaderSpec {
  /** Name of letters, digits and `-`. Browsers ask first whether they may send it, and that question has it not. */
  readonly name: string;
  /** Setting of the environment that holds the value (8-128 letters, digits, `_` and `-`); every service has the same. */
  readonly setting: string;
  /**
   * `every-request` also has sidecars ask for it, where the mesh lets in declared callers alone; elsewhere it is the gateway
   * that asks. @default 'every-request'
   */
  readonly scope?: HeaderScope;
  /** Alert of `telemetry` that pages at once when a service finds that it was not so. @default - nobody hears of it */
  readonly alert?: string;
}

/** What a server insists on. */
export interface RequiredHeader {
  /** Field name. */
  readonly name: string;
  /** The one value that is let through, compared as it is written. */
  readonly value: string;
  /** Paths that GET and HEAD may ask for without it, exactly so, with any query. @default - none */
  readonly exempt?: readonly string[];
}

interface Requiring {
  readonly requiredHeader?: RequiredHeaderSpec;
  readonly settings?: Readonly<Record<string, string>>;
  readonly edge?: { readonly healthPath: string };
}

interface Smoked {
  readonly smokeTest?: SmokeTestSpec;
}

type Probed = Pick<ServiceSpec, 'name' | 'health' | 'rollout'>;

/** Name and value, without the paths; undefined where nothing is required. */
export const requiredHeader = ({ requiredHeader: spec, settings = {} }: Requiring): RequiredHeader | undefined =>
  spec && { name: spec.name, value: settings[spec.setting] ?? '' };

/** Path at a service of what health checks of DNS ask its gateway for. */
function pathBehindEdge({ edge }: Requiring, service: string): string[] {
  const [path = ''] = (edge?.healthPath ?? '').split('?');
  return path.startsWith(`/${service}/`) ? [path.slice(service.length + 1)] : [];
}

/** What a release asks before users do. A program of its own sends what it likes. */
const smokePaths = ({
  rollout: { smokeTest = { paths: [] } } = {},
}: {
  readonly rollout?: Smoked;
}): readonly string[] => ('paths' in smokeTest ? smokeTest.paths : []);

/** Paths of a service that probes ask. */
export const probedPaths = (environment: Requiring, service: Probed): string[] => [
  ...new Set([service.health.readinessPath, ...pathBehindEdge(environment, service.name), ...smokePaths(service)]),
];

/** What the gateway insists on: each of its services is below its name. */
export function gatewayHeader(environment: Requiring, published: readonly Probed[]): RequiredHeader | undefined {
  const header = requiredHeader(environment);
  return (
    header && {
      ...header,
      exempt: published.flatMap((service) =>
        probedPaths(environment, service).map((path) => `/${service.name}${path === '/' ? '' : path}`),
      ),
    }
  );
}
