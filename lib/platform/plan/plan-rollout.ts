import type { BlueGreenRolloutProps, CanaryRolloutProps, WebServiceProps } from '../../kubernetes';
import {
  cachedReference,
  type EnvironmentSpec,
  imageFor,
  type PlatformSpec,
  type RolloutSpec,
  retriesOf,
  type ServiceSpec,
} from '../../model';
import { planService } from './plan-service';

/** What a declared service is made of, by the way it is released. */
export type ServicePlan =
  | { readonly as: 'deployment'; readonly props: WebServiceProps }
  | { readonly as: 'blue-green'; readonly props: BlueGreenRolloutProps }
  | { readonly as: 'canary'; readonly props: CanaryRolloutProps };

/** Behind the gateway, whose nginx balances, the active Service must answer with its pods. */
const activeService = ({ gateway }: EnvironmentSpec, { isPublic }: ServiceSpec): 'headless' | 'cluster-ip' =>
  isPublic && gateway ? 'headless' : 'cluster-ip';

/** The image that its smoke test runs comes from where the environment's others do. */
function withTestImage(environment: EnvironmentSpec, rollout: RolloutSpec): RolloutSpec {
  const { smokeTest } = rollout;
  if (smokeTest === undefined) return rollout;
  const image =
    smokeTest.image === undefined ? imageFor(environment, 'curl') : cachedReference(environment, smokeTest.image);
  return image === undefined ? rollout : { ...rollout, smokeTest: { ...smokeTest, image } };
}

/** A declared service with the way it is released. */
export function planRelease(platform: PlatformSpec, environment: EnvironmentSpec, service: ServiceSpec): ServicePlan {
  const web = planService(platform, environment, service);
  const rollout = service.rollout && withTestImage(environment, service.rollout);
  if (rollout === undefined) return { as: 'deployment', props: web };
  if (rollout.strategy === 'canary') {
    const { strategy: as, ...release } = rollout;
    const retries = rollout.traffic.through === 'istio' ? retriesOf(environment, service) : undefined;
    return { as, props: { ...web, ...release, ...(retries && { retries }) } };
  }
  const { strategy: as, ...release } = rollout;
  return { as, props: { ...web, activeService: activeService(environment, service), ...release } };
}
