import type { LoadProfile, LoadTestSpec, LoadThresholds, ServiceSpec } from '../../model';
import { addresses, addressIn, answered, iteration, opening, optionsLines } from './script-text';

/** Users that k6 keeps ready for a rate: as many as are waiting if answers take half a second; and four times as many at most. */
export const readyUsers = (perSecond: number, answerSeconds = 0.5) => {
  const preAllocatedVUs = Math.max(1, Math.ceil(perSecond * answerSeconds));
  return { preAllocatedVUs, maxVUs: preAllocatedVUs * 4 };
};

function loadOptions(load: LoadProfile) {
  if ('stages' in load) {
    return { stages: load.stages.map(({ during, users }) => ({ duration: `${during}`, target: users })) };
  }
  if ('users' in load) return { vus: load.users, duration: `${load.during}` };
  const { perSecond, during } = load;
  return {
    scenarios: {
      load: {
        executor: 'constant-arrival-rate',
        rate: perSecond,
        timeUnit: '1s',
        duration: `${during}`,
        ...readyUsers(perSecond),
      },
    },
  };
}

/** Thresholds in k6's words. */
export function thresholds({ mean, p95, p99, failed, checks, perSecond }: LoadThresholds) {
  const times = [
    ...(mean === undefined ? [] : [`avg<=${mean.inMillis}`]),
    ...(p95 === undefined ? [] : [`p(95)<${p95.inMillis}`]),
    ...(p99 === undefined ? [] : [`p(99)<${p99.inMillis}`]),
  ];
  return {
    ...(times.length === 0 ? {} : { http_req_duration: times }),
    ...(failed === undefined ? {} : { http_req_failed: [`rate<${failed.toRatio()}`] }),
    ...(checks === undefined ? {} : { checks: [`rate>=${checks.toRatio()}`] }),
    ...(perSecond === undefined ? {} : { http_reqs: [`rate>${perSecond}`] }),
  };
}

/** A rate that k6 could not keep was not tested. */
const generated = (load: LoadProfile) => ('perSecond' in load ? { dropped_iterations: ['count<1'] } : {});

/** A described test as a k6 script. Services are reached by their names, as in a Compose stack or from beside their pods. */
export function describedScript(test: LoadTestSpec, services: readonly ServiceSpec[]): string {
  const { name, purpose, load, requests, pause, headers = {}, expectedHeaders = {} } = test;
  const lines = [
    ...opening([`${name}: ${purpose}`], pause !== undefined),
    ...addresses(
      requests.map(({ service }) => service),
      addressIn(services, (service) => service.name),
    ),
    '',
    ...optionsLines({ ...loadOptions(load), thresholds: { ...thresholds(test.thresholds), ...generated(load) } }),
    '',
    ...answered(expectedHeaders),
    '',
    ...iteration(requests, headers, pause === undefined ? undefined : pause.inMillis / 1000),
  ];
  return `${lines.join('\n')}\n`;
}
