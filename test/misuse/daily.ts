import type { EnvironmentSpec } from '../../lib/model';
import { GATEWAY } from '../support/edge';
import { service } from '../support/environment';
import { inEnvironment, type Misuse } from './rows';

/** A gateway that lets in what carries the header. */
const guarded = (
  header: Partial<NonNullable<EnvironmentSpec['requiredHeader']>> = {},
  part: Partial<EnvironmentSpec> = {},
) =>
  inEnvironment({
    services: [service('orders', { isPublic: true })],
    gateway: GATEWAY,
    settings: { RELEASE_HASH: 'cdd01ef066bc6cf2' },
    requiredHeader: { name: 'X-Release-Hash', setting: 'RELEASE_HASH', ...header },
    ...part,
  });

const UNHEARD = ['redis-has-a-client', 'required-header-violations-are-heard'];

/** Slips in what is done every day: who is let in, and how many pods a flood gets. */
export const DAILY_ROWS: readonly Misuse[] = [
  {
    fault: 'header with an underscore',
    slip: guarded({ name: 'X_Release_Hash' }),
    errors: ['gateway-required-header-is-a-name', 'required-header-is-a-name'],
    warnings: UNHEARD,
  },
  {
    fault: 'header whose setting nobody has',
    slip: guarded({ setting: 'RELEASE' }),
    errors: ['gateway-required-header-has-a-plain-value', 'required-header-has-a-value'],
    warnings: UNHEARD,
  },
  {
    fault: 'service with another hash than the gateway',
    slip: guarded(
      {},
      { services: [service('orders', { isPublic: true, settings: { RELEASE_HASH: 'cdd01ef066bc6cf3' } })] },
    ),
    errors: ['required-header-services-agree'],
    warnings: UNHEARD,
  },
  {
    fault: 'header that nobody asks for',
    slip: inEnvironment({
      settings: { RELEASE_HASH: 'cdd01ef066bc6cf2' },
      requiredHeader: { name: 'X-Release-Hash', setting: 'RELEASE_HASH' },
    }),
    errors: ['required-header-is-insisted-on'],
    warnings: ['required-header-violations-are-heard'],
  },
  {
    fault: 'header whose alert there is not',
    slip: guarded({ alert: 'HashViolation' }),
    errors: ['required-header-violations-page'],
    warnings: ['redis-has-a-client'],
  },
  {
    fault: 'flood on more pods than there may be',
    slip: inEnvironment({ trafficSpike: { pods: { orders: 7 } } }),
    errors: ['traffic-spike-fits-autoscalers'],
  },
  {
    fault: 'flood on pods that are no number',
    slip: inEnvironment({ trafficSpike: { pods: { orders: Number.NaN } } }),
    errors: ['traffic-spike-fits-autoscalers'],
  },
  {
    fault: 'flood on a service with a slip in its name',
    slip: inEnvironment({ trafficSpike: { pods: { order: 6 } } }),
    errors: ['traffic-spike-names-services'],
  },
];
