import { type Check, type Finding, inspect } from '../check';
import type { EnvironmentSpec } from './environment';
import { isHeaderName } from './nginx/nginx-values';
import { HEADER_SCOPES, requiredHeader } from './required-header/required-header';

/** Headers that proxies write themselves: whatever a client sends in them is replaced or dropped. */
const WRITTEN_BY_PROXIES: readonly string[] = [
  'connection',
  'host',
  'upgrade',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-request-id',
];

/** An environment that requires a header. */
type Requiring = EnvironmentSpec & Required<Pick<EnvironmentSpec, 'requiredHeader'>>;

const requires = (environment: EnvironmentSpec): environment is Requiring => environment.requiredHeader !== undefined;

/** What nginx and Envoy compare without a thought, wherever it stands. */
const isValue = (value: string): boolean => /^[\w-]{8,128}$/.test(value);

/** Services that would be told another value than the one that is asked for. */
function differing(environment: Requiring): string[] {
  const { setting } = environment.requiredHeader;
  const value = requiredHeader(environment)?.value;
  return environment.services.flatMap(({ name, settings: { [setting]: own = value } = {} }) =>
    own === value ? [] : [`${name}: ${own}`],
  );
}

const answered = ({ gateway, requiredHeader: { name } }: Requiring): string[] =>
  Object.entries(gateway?.headers ?? {}).flatMap(([header, value]) =>
    header.toLowerCase() === name.toLowerCase() ? [value] : [],
  );

const asksCallers = ({ mesh, meshPolicy }: Requiring): boolean =>
  mesh !== undefined && meshPolicy !== undefined && (meshPolicy.callers ?? 'declared') === 'declared';

const paging = ({ telemetry }: Requiring): string[] =>
  (telemetry?.alerts ?? [])
    .filter(
      ({ severity, escalation }) => (escalation ?? (severity === 'critical' ? 'immediate' : 'none')) === 'immediate',
    )
    .map(({ alert }) => alert);

/** What is asked of a header that is required. */
export const REQUIRED_HEADER_CHECKS: readonly Check<Requiring>[] = [
  {
    id: 'required-header-is-a-name',
    prop: 'requiredHeader.name',
    holds: ({ requiredHeader: { name } }) => isHeaderName(name) && !WRITTEN_BY_PROXIES.includes(name.toLowerCase()),
    rule: 'must be a header name of letters, digits and -, and none that proxies write themselves',
    received: ({ requiredHeader: { name } }) => name,
    remedy: 'use one of your own, X-Constitutional-Hash for one',
  },
  {
    id: 'required-header-has-a-value',
    prop: 'requiredHeader.setting',
    holds: (environment) => isValue(requiredHeader(environment)?.value ?? ''),
    rule: 'must name one of the settings of the environment, whose value is 8-128 letters, digits, _ and -',
    received: (environment) => requiredHeader(environment)?.value ?? 'nothing',
    remedy: 'give the setting to the environment, so that every service has it',
  },
  {
    id: 'required-header-scope-is-known',
    prop: 'requiredHeader.scope',
    holds: ({ requiredHeader: { scope } }) => HEADER_SCOPES.includes(scope ?? 'every-request'),
    rule: `must be one of ${HEADER_SCOPES.join(', ')}`,
    received: ({ requiredHeader: { scope } }) => scope,
    remedy: 'leave it out for every-request',
  },
  {
    id: 'required-header-services-agree',
    prop: 'services',
    holds: (environment) => differing(environment).length === 0,
    rule: (environment) =>
      `must have ${environment.requiredHeader.setting} as the environment has it, ${requiredHeader(environment)?.value}: a service that knows another refuses what the gateway lets through`,
    received: differing,
    remedy: 'leave the setting out of the service',
  },
  {
    id: 'required-header-answers-agree',
    prop: 'gateway.headers',
    holds: (environment) => answered(environment).every((value) => value === requiredHeader(environment)?.value),
    rule: (environment) => `must answer with the value that is asked for, ${requiredHeader(environment)?.value}`,
    received: answered,
    remedy: 'use the same constant for both',
  },
  {
    id: 'required-header-is-insisted-on',
    prop: 'requiredHeader',
    holds: (environment) =>
      environment.gateway !== undefined ||
      (environment.requiredHeader.scope !== 'from-outside' && asksCallers(environment)),
    rule: 'must be left out where neither a gateway nor a mesh with declared callers asks for it',
    received: ({ requiredHeader: { name } }) => name,
    remedy: 'declare the gateway',
  },
  {
    id: 'required-header-covers-instances',
    prop: 'instances',
    holds: ({ instances = [] }) => instances.length === 0,
    rule: 'must be none: the load balancer sends to them without asking for the header',
    received: ({ instances = [] }) => instances.map(({ service }) => service.name),
    remedy: 'run them as pods behind the gateway, or require nothing',
  },
  {
    id: 'required-header-violations-page',
    prop: 'requiredHeader.alert',
    holds: (environment) => {
      const { alert } = environment.requiredHeader;
      return alert === undefined || paging(environment).includes(alert);
    },
    rule: 'must be an alert of telemetry that pages at once',
    received: ({ requiredHeader: { alert } }) => alert,
    remedy: "name one of severity 'critical', or give it escalation: 'immediate'",
  },
  {
    id: 'required-header-violations-are-heard',
    prop: 'requiredHeader.alert',
    severity: 'warning',
    holds: ({ requiredHeader: { alert } }) => alert !== undefined,
    rule: 'should name the alert that pages when a service finds a request that should not have come so far',
    received: ({ requiredHeader: { alert } }) => alert,
    remedy: 'declare an alert on what services report, and name it',
  },
];

/** Everything that is wrong with the header that requests carry. */
export const inspectRequiredHeader = (path: string, environment: EnvironmentSpec): Finding[] =>
  requires(environment) ? inspect(path, environment, REQUIRED_HEADER_CHECKS) : [];
