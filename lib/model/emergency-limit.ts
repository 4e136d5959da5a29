import { type Check, type Finding, inspect } from '../check';
import { Rate } from '../units';
import type { EnvironmentSpec } from './environment';

/** What the gateway lets through while it is flooded, once somebody applies the manifest that is kept ready. */
export interface EmergencyLimitSpec {
  /** Requests of each client, over all pods of the gateway. @default Rate.perMinute(600), a tenth of what document 001 allows */
  readonly rate?: Rate;
  /** Requests above the rate that are let through at once (whole number, 0 or more). @default 100 */
  readonly burst?: number;
}

const DEFAULTS = { rate: Rate.perMinute(600), burst: 100 } as const satisfies EmergencyLimitSpec;

/** With every choice made. */
export const emergencyLimit = ({ rate = DEFAULTS.rate, burst = DEFAULTS.burst }: EmergencyLimitSpec) => ({
  name: 'emergency',
  rate,
  burst,
});

/** Limits of clients by their addresses that are no wider than that of the emergency. */
function narrower({ gateway, emergencyLimit: spec = {} }: EnvironmentSpec): string[] {
  const { rate, burst } = emergencyLimit(spec);
  return (gateway?.limits ?? [])
    .filter((limit) => (limit.key ?? 'client-address') === 'client-address')
    .filter((limit) => limit.rate.isAtMost(rate) || (limit.burst ?? 0) < burst)
    .map((limit) => `${limit.name} ${limit.rate} burst ${limit.burst ?? 0}`);
}

/** What is said about the emergency, beside what is said about every limit. */
export const EMERGENCY_LIMIT_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'emergency-limit-has-a-gateway',
    prop: 'emergencyLimit',
    holds: ({ emergencyLimit, gateway }) => emergencyLimit === undefined || gateway !== undefined,
    rule: 'must be left out without a gateway, which is what it limits',
    received: ({ emergencyLimit: { rate, burst } = {} }) => [rate ?? DEFAULTS.rate, burst ?? DEFAULTS.burst],
    remedy: 'declare the gateway',
  },
  {
    id: 'emergency-limit-is-tighter',
    prop: 'emergencyLimit',
    holds: (environment) => environment.emergencyLimit === undefined || narrower(environment).length === 0,
    rule: ({ emergencyLimit: spec = {} }) => {
      const { rate, burst } = emergencyLimit(spec);
      return `must be below the gateway's own limits in rate, and not above in burst: ${rate} burst ${burst} takes their place`;
    },
    received: narrower,
    remedy: 'lower rate and burst',
  },
];

/** Everything that is wrong with the limit that is kept ready. */
export const inspectEmergencyLimit = (path: string, environment: EnvironmentSpec): Finding[] =>
  inspect(path, environment, EMERGENCY_LIMIT_CHECKS);
