import { type EnvironmentSpec, inspectTrafficSpike, spikeTargets, TRAFFIC_SPIKE_CHECKS } from '../../lib/model';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';

const spiking = (pods: Readonly<Record<string, number>>): EnvironmentSpec => environment({ trafficSpike: { pods } });

/** `orders` has 2 to 6 pods. */
const broken: [check: string, declared: EnvironmentSpec][] = [
  ['traffic-spike-names-services', spiking({ order: 6 })],
  ['traffic-spike-fits-autoscalers', spiking({ orders: 7 })],
  ['traffic-spike-fits-autoscalers', spiking({ orders: 2 })],
  ['traffic-spike-fits-autoscalers', spiking({ orders: 2.5 })],
  ['traffic-spike-fits-autoscalers', spiking({ orders: Number.NaN })],
];

test.each(broken)('%s fails (row %#)', (check, declared) => {
  expect(ids(inspectTrafficSpike('shop/production', declared))).toEqual([check]);
});

test.each([
  ['nothing declared', environment()],
  ['one pod more', spiking({ orders: 3 })],
  ['as many as there may be', spiking({ orders: 6 })],
] satisfies [string, EnvironmentSpec][])('%s is accepted', (_, declared) => {
  expect(inspectTrafficSpike('shop/production', declared)).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(TRAFFIC_SPIKE_CHECKS));
});

test('without a declaration what users reach goes to its maximum, and what cannot move stays', () => {
  const scaling = (min: number, max: number) => ({ scaling: { ...service('x').scaling, min, max } });
  const services = [
    service('orders', { isPublic: true, ...scaling(2, 6) }),
    service('stock', scaling(2, 6)),
    service('fixed', { isPublic: true, ...scaling(3, 3) }),
  ];
  expect(spikeTargets(environment({ services }))).toEqual([{ service: 'orders', pods: 6 }]);
  expect(spikeTargets(spiking({ orders: 4 }))).toEqual([{ service: 'orders', pods: 4 }]);
});
