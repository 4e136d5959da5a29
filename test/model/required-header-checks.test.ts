import {
  type EnvironmentSpec,
  inspectRequiredHeader,
  type MetricAlertSpec,
  REQUIRED_HEADER_CHECKS,
} from '../../lib/model';
import { Duration } from '../../lib/units';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';
import { TELEMETRY } from '../support/telemetry';

const HASH = 'cdd01ef066bc6cf2';
const gateway = { name: 'gateway', scaling: service('x').scaling };
const alert: MetricAlertSpec = {
  alert: 'HashViolation',
  metric: { name: 'compliance_rate', series: 'compliance_rate', kind: 'gauge', combine: 'min' },
  when: { below: 1 },
  for: Duration.seconds(0),
  severity: 'critical',
  summary: 'a request without the hash',
  steps: ['Find it.'],
};
const watching = (changes: Partial<MetricAlertSpec>) => ({ ...TELEMETRY, alerts: [{ ...alert, ...changes }] });

const requiring = (
  header: Partial<NonNullable<EnvironmentSpec['requiredHeader']>> = {},
  overrides: Partial<EnvironmentSpec> = {},
): EnvironmentSpec =>
  environment({
    settings: { HASH },
    gateway,
    telemetry: watching({}),
    requiredHeader: { name: 'X-Hash', setting: 'HASH', alert: 'HashViolation', ...header },
    ...overrides,
  });

const withoutGateway = ({ gateway: _, ...rest }: EnvironmentSpec): EnvironmentSpec => rest;
const withoutAlert = ({ requiredHeader: header, ...rest }: EnvironmentSpec): EnvironmentSpec => {
  const { alert: _, ...unheard } = header ?? { name: '', setting: '' };
  return { ...rest, requiredHeader: unheard };
};
const instances = [{ service: service('agents'), instanceTypes: ['m5.large'], min: 1, max: 2, desired: 1 }];

const broken: [check: string, declared: EnvironmentSpec][] = [
  ['required-header-is-a-name', requiring({ name: 'X_Hash' })],
  ['required-header-is-a-name', requiring({ name: '' })],
  ['required-header-is-a-name', requiring({ name: 'x-request-ID' })],
  ['required-header-has-a-value', requiring({ setting: 'OTHER' })],
  ['required-header-has-a-value', requiring({}, { settings: { HASH: '1234567' } })],
  ['required-header-has-a-value', requiring({}, { settings: { HASH: 'a'.repeat(129) } })],
  ['required-header-has-a-value', requiring({}, { settings: { HASH: 'cdd01ef0.*' } })],
  ['required-header-scope-is-known', requiring({ scope: 'sometimes' as 'from-outside' })],
  [
    'required-header-services-agree',
    requiring({}, { services: [service('orders', { settings: { HASH: 'cdd01ef066bc6cf3' } })] }),
  ],
  ['required-header-answers-agree', requiring({}, { gateway: { ...gateway, headers: { 'x-hash': 'other' } } })],
  ['required-header-is-insisted-on', withoutGateway(requiring())],
  ['required-header-is-insisted-on', withoutGateway(requiring({}, { mesh: 'istio' }))],
  ['required-header-is-insisted-on', withoutGateway(requiring({}, { mesh: 'istio', meshPolicy: { callers: 'any' } }))],
  [
    'required-header-is-insisted-on',
    withoutGateway(requiring({ scope: 'from-outside' }, { mesh: 'istio', meshPolicy: {} })),
  ],
  ['required-header-covers-instances', requiring({}, { instances })],
  ['required-header-violations-page', requiring({ alert: 'Another' })],
  ['required-header-violations-page', requiring({}, { telemetry: watching({ severity: 'warning' }) })],
  ['required-header-violations-page', requiring({}, { telemetry: watching({ escalation: '5m' }) })],
  ['required-header-violations-are-heard', withoutAlert(requiring())],
];

test.each(broken)('%s fails (row %#)', (check, declared) => {
  expect(ids(inspectRequiredHeader('shop/production', declared))).toEqual([check]);
});

test.each<[string, EnvironmentSpec]>([
  ['nothing required', environment()],
  ['a gateway that asks for it', requiring()],
  ['eight letters', requiring({}, { settings: { HASH: '12345678' } })],
  ['128 letters', requiring({}, { settings: { HASH: 'a'.repeat(128) } })],
  ['a service that says the same', requiring({}, { services: [service('orders', { settings: { HASH } })] })],
  ['an answer that says the same', requiring({}, { gateway: { ...gateway, headers: { 'x-hash': HASH } } })],
  ['sidecars alone that ask for it', withoutGateway(requiring({}, { mesh: 'istio', meshPolicy: {} }))],
  [
    'a warning that pages at once',
    requiring({}, { telemetry: watching({ severity: 'warning', escalation: 'immediate' }) }),
  ],
])('%s is accepted', (_, declared) => {
  expect(inspectRequiredHeader('shop/production', declared)).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(REQUIRED_HEADER_CHECKS));
});
