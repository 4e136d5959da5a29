import type { NginxProxyProps } from '../../kubernetes';
import { type EnvironmentSpec, emergencyLimit } from '../../model';
import { planGateway } from './plan-gateway';

/** The gateway as it is in an emergency: the same, with one limit for all routes in the place of its own. */
export function planEmergency(platform: string, environment: EnvironmentSpec): NginxProxyProps | undefined {
  const { gateway, emergencyLimit: spec } = environment;
  if (gateway === undefined || spec === undefined) return undefined;
  return { ...planGateway(platform, environment, gateway), limits: [emergencyLimit(spec)] };
}
