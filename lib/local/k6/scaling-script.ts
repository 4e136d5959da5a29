import {
  blueGreenPlan,
  type EnvironmentSpec,
  type LoadRequest,
  type ScalingLoad,
  type ScalingLoadSpec,
  type ServiceSpec,
} from '../../model';
import { Duration } from '../../units';
import { readyUsers } from './described-script';
import { addresses, addressIn, answered, iteration, opening, optionsLines } from './script-text';

/** Time in which the load rises or falls. */
const RAMP = '2m';

/** The Service that leads to the pods which users reach. */
const hostIn =
  (namespace: string) =>
  (service: ServiceSpec): string => {
    const { name, rollout } = service;
    const host = rollout?.strategy === 'blue-green' ? blueGreenPlan({ ...rollout, name }).activeServiceName : name;
    return `${host}.${namespace}.svc`;
  };

const product = (pods: number, { pod, tolerance }: ScalingLoad): string =>
  `${pods} pods x ${pod.perSecond} x ${1 + tolerance} = ${Number((pods * pod.perSecond * (1 + tolerance)).toFixed(1))}`;

/** A reason of several parts, a line each. */
const podLines = (because: string): string[] =>
  `A pod: ${because}.`.split('; ').map((part, index) => (index === 0 ? part : `  ${part}`));

/** The arithmetic, for whoever wonders where the rates come from. */
function reasons(service: ServiceSpec, namespace: string, load: ScalingLoad): string[] {
  const { min, max } = service.scaling;
  const { name, autoscalerName = name } = service;
  return [
    `Makes the autoscaler ${autoscalerName} act: ${min} to ${max} pods of ${name}.`,
    ...podLines(load.pod.because),
    `First load: above ${product(min, load)} (autoscalers ignore ${load.tolerance * 100} %), so ${load.first} requests/s:`,
    `  more than ${min} pods.`,
    `Full load: above ${product(max - 1, load)} and at least ${max} pods x ${load.pod.perSecond}, so ${load.full} requests/s:`,
    `  ${max} pods.`,
    'Each is kept until it is seen (range of the metric, two looks of 15 s, stabilization), and the full one for the',
    'declared pace from the minimum to the maximum. Seats on nodes that must come first take longer.',
    `Watch: kubectl --namespace ${namespace} get hpa ${autoscalerName} --watch`,
    load.pod.saturates
      ? 'Pods are asked for more than they serve until others have come: failures and dropped iterations are no verdict.'
      : 'Run it from where the rate can be kept: dropped iterations fail the run.',
    'Network policies must let it in.',
  ];
}

/** A rate that takes an autoscaler from its minimum to its maximum, as a k6 script. */
export function scalingScript(
  { services, namespace }: EnvironmentSpec,
  service: ServiceSpec,
  spec: ScalingLoadSpec,
  load: ScalingLoad,
): string {
  const own = spec.requests?.[service.name] ?? [{ path: service.health.readinessPath }];
  const requests: LoadRequest[] = own.map((request) => ({ ...request, service: service.name }));
  const iterations = (perSecond: number): number => Math.ceil(perSecond / requests.length);
  const answerSeconds = (spec.answerWithin ?? Duration.millis(500)).inMillis / 1000;
  const lines = [
    ...opening(reasons(service, namespace, load), false),
    ...addresses([service.name], addressIn(services, hostIn(namespace))),
    '',
    ...optionsLines({
      scenarios: {
        scale: {
          executor: 'ramping-arrival-rate',
          startRate: 1,
          timeUnit: '1s',
          ...readyUsers(iterations(load.full) * requests.length, answerSeconds),
          stages: [
            { duration: RAMP, target: iterations(load.first) },
            { duration: `${Duration.seconds(load.firstSeconds)}`, target: iterations(load.first) },
            { duration: RAMP, target: iterations(load.full) },
            { duration: `${Duration.seconds(load.fullSeconds)}`, target: iterations(load.full) },
            { duration: RAMP, target: 0 },
          ],
        },
      },
      ...(load.pod.saturates
        ? {}
        : { thresholds: { http_req_failed: ['rate<0.01'], dropped_iterations: ['count<1'] } }),
    }),
    '',
    ...answered({}),
    '',
    ...iteration(requests, {}, undefined),
  ];
  return `${lines.join('\n')}\n`;
}
