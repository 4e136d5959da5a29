import fc from 'fast-check';
import { climb, type ScalingLoad, type ScalingPolicy, type ServiceSpec, scalingLoad } from '../../../lib/model';
import { Percent } from '../../../lib/units';
import { service } from '../../support/environment';

const REQUESTS = { name: 'requests', series: 'shop_requests_total' } as const;
const COUNTED = { eventsPerRequest: { requests: 1 } } as const;

const onRequests = (part: Partial<ScalingPolicy> = {}, average = 100): ServiceSpec =>
  service('orders', { scaling: { min: 2, max: 6, metrics: [{ on: 'pods', metric: REQUESTS, average }], ...part } });

const loadOf = (one: ServiceSpec, spec: Parameters<typeof scalingLoad>[1] = COUNTED, fastest?: number): ScalingLoad => {
  const load = scalingLoad(one, spec, fastest);
  if (load === undefined) throw new Error('no load');
  return load;
};

/** What the controller asks for: the ratio to the target decides, within a tenth nothing happens. */
const desired = (pods: number, perSecond: number, average: number): number => {
  const ratio = perSecond / (pods * average);
  return Math.abs(ratio - 1) <= 0.1 + 1e-9 ? pods : Math.ceil(pods * ratio);
};

describe('scalingLoad', () => {
  test('the first load is just above the tolerance at the minimum, the full one takes it to its maximum', () => {
    expect(loadOf(onRequests())).toMatchObject({ first: 221, full: 600, tolerance: 0.1 });
    expect(loadOf(onRequests({ max: 15 }))).toMatchObject({ first: 221, full: 1541 });
    expect(loadOf(onRequests({ min: 3 }, 10))).toMatchObject({ first: 34, full: 60 });
  });

  test('whatever is declared, the controller does what the loads promise', () => {
    const policies = fc.record({
      min: fc.integer({ min: 1, max: 40 }),
      more: fc.integer({ min: 1, max: 60 }),
      average: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(policies, ({ min, more, average }) => {
        const max = min + more;
        const load = loadOf(onRequests({ min, max }, average));
        expect(desired(min, load.first, average)).toBeGreaterThan(min);
        expect(desired(min, load.first - 1, average)).toBe(min);
        for (let pods = min; pods < max; pods += 1) {
          expect(Math.min(max, desired(pods, load.full, average))).toBe(max);
        }
      }),
    );
  });

  test('events that a request causes several times count as often', () => {
    expect(loadOf(onRequests(), { eventsPerRequest: { requests: 4 } })).toMatchObject({
      first: 56,
      pod: { perSecond: 25 },
    });
  });

  test('the metric that asks for a pod first decides', () => {
    const scaling: ScalingPolicy = {
      min: 2,
      max: 6,
      metrics: [
        { on: 'pods', metric: REQUESTS, average: 600 },
        { on: 'pods', metric: { ...REQUESTS, name: 'tokens' }, average: 200 },
      ],
    };
    const spec = { eventsPerRequest: { requests: 1, tokens: 1 } };
    expect(loadOf(service('auth', { scaling }), spec).pod.perSecond).toBe(200);
  });

  test('on CPU it is what one pod was measured to serve: with more it is at its limit', () => {
    const measured = loadOf(service('orders', { measuredRps: 500 }));
    expect(measured).toMatchObject({ first: 1101, full: 3000, pod: { perSecond: 500, saturates: true } });
    // 800m of 200m, against 70 %
    expect(measured.pod.because).toContain('5.71 times the target of 70%');
  });

  test('where none was measured it is what the fastest of the others serves', () => {
    expect(loadOf(service('orders'), COUNTED, 1729).pod).toMatchObject({ perSecond: 1729, saturates: true });
    expect(scalingLoad(service('orders'), COUNTED)).toBeUndefined();
  });

  test('nothing is promised where a pod at its limit is within the tolerance', () => {
    const { resources } = service('orders');
    const tight = (percent: number) =>
      service('orders', {
        measuredRps: 500,
        resources: { ...resources, limits: { ...resources.limits, cpu: resources.requests.cpu } },
        scaling: { min: 2, max: 6, metrics: [{ on: 'cpu', utilization: Percent.of(percent) }] },
      });
    expect(scalingLoad(tight(91), COUNTED)).toBeUndefined();
    expect(loadOf(tight(90)).first).toBe(1101);
  });

  test.each<[string, ServiceSpec]>([
    ['as many pods at most as at least', onRequests({ min: 6 })],
    ['a direction that is closed', onRequests({ scaleUp: { select: 'Disabled' } })],
    [
      'a metric that no request is known to move',
      service('orders', {
        scaling: { min: 2, max: 6, metrics: [{ on: 'pods', metric: { ...REQUESTS, name: 'jobs' }, average: 5 }] },
      }),
    ],
    [
      'memory',
      service('orders', {
        measuredRps: 5,
        scaling: { min: 2, max: 6, metrics: [{ on: 'memory', utilization: Percent.of(70) }] },
      }),
    ],
  ])('nothing is promised for %s', (_, one) => {
    expect(scalingLoad(one, COUNTED, 100)).toBeUndefined();
  });

  test('a declared tolerance counts instead of a tenth', () => {
    expect(loadOf(onRequests({ scaleUp: { tolerance: Percent.of(50) } })).first).toBe(301);
  });

  test('the container of a sidecar counts as the CPU of the pod does', () => {
    const scaling: ScalingPolicy = {
      min: 2,
      max: 6,
      metrics: [{ on: 'container', container: 'orders', resource: 'cpu', utilization: Percent.of(70) }],
    };
    expect(loadOf(service('orders', { measuredRps: 50, scaling })).first).toBe(111);
  });
});

describe('how long each load is kept', () => {
  test('until it is seen: range of the rate, two looks, stabilization, and a minute', () => {
    // 60 + 30 + 0 + 60 = 150 s
    expect(loadOf(onRequests()).firstSeconds).toBe(180);
    expect(loadOf(onRequests({ scaleUp: { stabilizationSeconds: 120 } })).firstSeconds).toBe(300);
  });

  test.each<[string, Partial<ScalingPolicy>, number]>([
    ['the pace of Kubernetes: 2, 6', {}, 15],
    ['doubling: 2, 4, 8', { scaleUp: { steps: [{ type: 'Percent', change: 100, periodSeconds: 60 }] } }, 120],
    ['one by one', { scaleUp: { steps: [{ type: 'Pods', change: 1, periodSeconds: 30 }] } }, 120],
    [
      'the slower of two',
      {
        scaleUp: {
          select: 'Min',
          steps: [
            { type: 'Pods', change: 1, periodSeconds: 30 },
            { type: 'Percent', change: 100, periodSeconds: 60 },
          ],
        },
      },
      120,
    ],
    [
      'a share of less than a pod is a pod',
      { scaleUp: { steps: [{ type: 'Percent', change: 10, periodSeconds: 10 }] } },
      40,
    ],
  ])('and until the last pod has been asked for at %s', (_, part, seconds) => {
    expect(climb(onRequests(part).scaling)).toBe(seconds);
  });
});
