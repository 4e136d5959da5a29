import { canaryPlan, type EnvironmentSpec } from '../../model';

/** Services at which requests end up in a mesh: of a canary, those of its two versions. */
export const meshHosts = ({ mesh, services }: EnvironmentSpec): string[] =>
  mesh === undefined
    ? []
    : services.flatMap(({ name, rollout }) => {
        if (rollout?.strategy !== 'canary') return [name];
        const { stableServiceName, canaryServiceName } = canaryPlan({ ...rollout, name });
        return [stableServiceName, canaryServiceName];
      });
