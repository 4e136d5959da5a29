import type { BlueGreenRolloutProps, CanaryRolloutProps, WebServiceProps } from '../../kubernetes';
import type { EnvironmentSpec, PlatformSpec, ServiceSpec } from '../../model';
import { planService } from './plan-service';

/** What a declared service is made of, by the way it is released. */
export type ServicePlan =
  | { readonly as: 'deployment'; readonly props: WebServiceProps }
  | { readonly as: 'blue-green'; readonly props: BlueGreenRolloutProps }
  | { readonly as: 'canary'; readonly props: CanaryRolloutProps };

/** Behind the gateway, whose nginx balances, the active Service must answer with its pods. */
const activeService = ({ gateway }: EnvironmentSpec, { isPublic }: ServiceSpec): 'headless' | 'cluster-ip' =>
  isPublic && gateway ? 'headless' : 'cluster-ip';

/** A declared service with the way it is released. */
export function planRelease(platform: PlatformSpec, environment: EnvironmentSpec, service: ServiceSpec): ServicePlan {
  const web = planService(platform, environment, service);
  const { rollout } = service;
  if (rollout === undefined) return { as: 'deployment', props: web };
  if (rollout.strategy === 'canary') {
    const { strategy: as, ...release } = rollout;
    return { as, props: { ...web, ...release } };
  }
  const { strategy: as, ...release } = rollout;
  return { as, props: { ...web, activeService: activeService(environment, service), ...release } };
}
