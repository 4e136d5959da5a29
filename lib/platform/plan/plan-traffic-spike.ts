import type { RunbookPlace } from '../../config/runbook/runbook-props';
import type { SpikeRoom, TrafficSpikeRunbookProps } from '../../config/runbook/traffic-spike-runbook';
import { meshPodResources } from '../../kubernetes';
import { webServicePlan } from '../../kubernetes/workload/web-service-props';
import {
  allNodes,
  type EnvironmentSpec,
  emergencyLimit,
  type Footprint,
  footprint,
  onDemandRoom,
  type PlatformSpec,
  type ServiceSpec,
  spikeTargets,
  total,
} from '../../model';
import { DASHBOARDS, environmentAlerts } from '../../telemetry';
import type { Memory } from '../../units';
import { planEmergency } from './plan-emergency';
import { gatewayFootprint } from './plan-gateway';
import { runbookNodes } from './plan-operating';
import { runbookWorkload } from './plan-runbook-workloads';
import { planService } from './plan-service';

/** Alerts that a flood sets off, if they are declared. */
const RINGING: readonly string[] = ['ScalingRequired', 'AutoscalerAtCeiling', 'PodsPending', 'HighLatencyUnderLoad'];

const gib = (memory: Memory): string => `${Math.floor((memory.inBytes * 10) / 2 ** 30) / 10}Gi`;

/** Pods of a service as they are asked for, or as there always are. */
const podsOf = (environment: EnvironmentSpec, { name, scaling }: ServiceSpec): number =>
  spikeTargets(environment).find(({ service }) => service === name)?.pods ?? scaling.min;

/** What pods on the same kind of nodes ask for; those on any are with the gateway. */
function askedOn(platform: PlatformSpec, environment: EnvironmentSpec, nodes: string | undefined): Footprint {
  const { gateway, services } = environment;
  const door =
    gateway === undefined || nodes !== undefined ? [] : [gatewayFootprint(platform.name, environment, gateway)];
  return total([
    ...door,
    ...services
      .filter((service) => service.nodes === nodes)
      .map((service) =>
        footprint(
          podsOf(environment, service),
          meshPodResources(webServicePlan(planService(platform, environment, service))),
        ),
      ),
  ]);
}

/** Nodes on demand at their maximum: spot may have nothing to give. */
function rooms(platform: PlatformSpec, environment: EnvironmentSpec, raised: readonly ServiceSpec[]): SpikeRoom[] {
  const { cluster, zones } = environment;
  return [...new Set(raised.map(({ nodes }) => nodes))].map((nodes) => {
    const groups = allNodes(cluster, zones.length)
      .filter(({ capacity }) => capacity !== 'spot')
      .filter(({ name, taints = [] }) => (nodes === undefined ? taints.length === 0 : name === nodes));
    const { requests } = askedOn(platform, environment, nodes);
    const there = onDemandRoom(groups, zones.length);
    const names = groups.map(({ name }) => name);
    return {
      nodes: runbookNodes(environment).filter(({ name }) => names.includes(name)),
      asked: { cpu: `${requests.cpu}`, memory: gib(requests.memory) },
      there: { cpu: `${there.cpu}`, memory: gib(there.memory) },
      suffices: requests.cpu.isAtMost(there.cpu) && requests.memory.isAtMost(there.memory),
    };
  });
}

/** Pools of every pod, of those more and of the others, by database. */
const connections = (environment: EnvironmentSpec): TrafficSpikeRunbookProps['connections'] =>
  environment.databases.flatMap(({ name, maxConnections }) => {
    const asked = environment.services
      .flatMap((service) =>
        service.connections.map((connection) =>
          connection.to === 'database' && connection.name === name && connection.pool !== undefined
            ? podsOf(environment, service) * (service.processes ?? 1) * connection.pool
            : 0,
        ),
      )
      .reduce((sum, each) => sum + each, 0);
    const pooler = environment.poolers?.find(({ database }) => database === name)?.name;
    return asked === 0 ? [] : [{ database: name, asked, there: maxConnections, ...(pooler && { pooler }) }];
  });

/** The limit that is kept ready, where it is. */
function limit(platform: PlatformSpec, environment: EnvironmentSpec): Pick<TrafficSpikeRunbookProps, 'limit'> {
  const { gateway, emergencyLimit: spec } = environment;
  if (gateway === undefined || spec === undefined || planEmergency(platform.name, environment) === undefined) return {};
  const { rate, burst } = emergencyLimit(spec);
  const folder = `${platform.name}/${environment.name}`;
  return {
    limit: {
      gateway: gateway.name,
      rate: `${rate}`,
      burst,
      apply: `emergency/${folder}/emergency-rate-limiting.yaml`,
      goBack: `kubernetes/${folder}/30-workloads/${gateway.name}.yaml`,
    },
  };
}

/** What a flood of users is met with; nothing where no autoscaler has room. */
export function planTrafficSpike(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  place: RunbookPlace,
): TrafficSpikeRunbookProps | undefined {
  const targets = spikeTargets(environment);
  const raised = targets.flatMap(({ service, pods }) =>
    environment.services.filter(({ name }) => name === service).map((spec) => ({ spec, pods })),
  );
  if (raised.length === 0) return undefined;
  const alerts = environmentAlerts(platform.name, environment).filter(({ alert }) => RINGING.includes(alert));
  return {
    place,
    raised: raised.map(({ spec, pods }) => ({ workload: runbookWorkload(platform, environment, spec), pods })),
    rooms: rooms(
      platform,
      environment,
      raised.map(({ spec }) => spec),
    ),
    connections: connections(environment),
    ...limit(platform, environment),
    alerts: [...new Map(alerts.map((alert) => [alert.alert, alert])).values()].map(({ alert, dashboard }) => ({
      name: alert,
      dashboard: `${place.grafana}/d/${DASHBOARDS[dashboard]}`,
    })),
  };
}
