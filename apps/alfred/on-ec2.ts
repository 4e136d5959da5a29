import type { EnvironmentSpec, InstancesSpec, PlatformSpec, ServiceSpec } from '../../lib/model';
import { Duration, Percent } from '../../lib/units';
import { ALFRED } from '.';
import { SERVICES } from './services';

/** The agent that this example moves: others call it, it calls none of them. */
const MOVED = 'agent-legal';

/** The documents' group, with both of their targets: 1000 is a minute's requests, not a second's. */
const group = (service: ServiceSpec): InstancesSpec => ({
  service,
  instanceTypes: ['m5.large'],
  min: 2,
  max: 10,
  desired: 2,
  healthGrace: Duration.seconds(300),
  cpu: Percent.of(75),
  requestsPerMinute: 1000,
  instanceName: 'Alfred-Agent-Node',
});

/** Others reach it by its public name, as models are reached: no name of the cluster leads out of it. */
const withoutIt = (service: ServiceSpec): ServiceSpec => ({
  ...service,
  connections: service.connections.filter(
    ({ to, ...rest }) => to !== 'service' || !('name' in rest && rest.name === MOVED),
  ),
});

/** Compose has no instances, and no example of this. */
const moved = ({ local: _onOneMachine, ...environment }: EnvironmentSpec): EnvironmentSpec => ({
  ...environment,
  services: environment.services.filter(({ name }) => name !== MOVED).map(withoutIt),
  instances: SERVICES.filter(({ name }) => name === MOVED).map(group),
});

/**
 * Alfred with an agent of production on plain EC2. It is not synthesized with the others: their pods serve the same agent, and
 * a service that runs twice has two autoscalers, each with half of its load. Put it in place of `ALFRED` to have it.
 */
export const ALFRED_ON_EC2: PlatformSpec = {
  ...ALFRED,
  environments: ALFRED.environments.map((environment) =>
    environment.name === 'production' ? moved(environment) : environment,
  ),
};
