import { CHAOS_OBJECT_CHECKS, ChaosExperiment, type ChaosExperimentProps } from '../../../lib/kubernetes';
import type { ChaosExperimentSpec } from '../../../lib/model';
import { Duration, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const common = {
  name: 'lose-a-pod',
  service: 'orders',
  hypothesis: 'Nobody notices',
  days: ['tuesday', 'friday'],
  at: '09:05',
} as const;
const kill: ChaosExperimentSpec = { ...common, action: 'pod-kill' };
const cut: ChaosExperimentSpec = { ...common, action: 'partition', to: 'stock', duration: Duration.minutes(5) };
const delay: ChaosExperimentSpec = {
  ...common,
  action: 'delay',
  to: 'stock',
  duration: Duration.seconds(90),
  latency: Duration.millis(150),
};

const build = (experiment: ChaosExperimentSpec, overrides: Partial<ChaosExperimentProps> = {}) =>
  only(
    manifests((chart) => new ChaosExperiment(chart, 'X', { experiment, namespace: 'shop', ...overrides })),
    'Schedule',
  );

const pods = (name: string) => ({
  namespaces: ['shop'],
  labelSelectors: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': name },
});

test('one pod of one service is deleted, on its days and at its hour, never two at a time', () => {
  const { apiVersion, metadata, spec } = build(kill, { partOf: 'shop' });
  expect(apiVersion).toBe('chaos-mesh.org/v1alpha1');
  expect(metadata).toMatchObject({
    name: 'lose-a-pod',
    namespace: 'shop',
    annotations: { 'headroom.dev/hypothesis': 'Nobody notices' },
    labels: { 'app.kubernetes.io/part-of': 'shop' },
  });
  expect(spec).toEqual({
    schedule: '5 9 * * 2,5',
    startingDeadlineSeconds: 300,
    concurrencyPolicy: 'Forbid',
    historyLimit: 5,
    type: 'PodChaos',
    podChaos: { action: 'pod-kill', gracePeriod: 0, mode: 'one', selector: pods('orders') },
  });
});

test('a share of the pods is whole percent, as text', () => {
  expect(build({ ...kill, share: Percent.of(25) }).spec.podChaos).toMatchObject({ mode: 'fixed-percent', value: '25' });
});

test('a pod that is cut off neither reaches the other service nor is reached, for as long as is said', () => {
  const { type, networkChaos, podChaos } = build(cut).spec;
  expect([type, podChaos]).toEqual(['NetworkChaos', undefined]);
  expect(networkChaos).toEqual({
    action: 'partition',
    mode: 'one',
    selector: pods('orders'),
    direction: 'both',
    target: { mode: 'all', selector: pods('stock') },
    duration: '300s',
  });
});

test('a slow way is slow in one direction', () => {
  expect(build(delay).spec.networkChaos).toMatchObject({
    action: 'delay',
    direction: 'to',
    duration: '90s',
    delay: { latency: '150ms' },
    target: { mode: 'all', selector: pods('stock') },
  });
  expect(build({ ...delay, jitter: Duration.millis(20) }).spec.networkChaos.delay).toEqual({
    latency: '150ms',
    jitter: '20ms',
  });
});

test('no selector leaves the namespace', () => {
  for (const experiment of [kill, cut, delay]) {
    const text = JSON.stringify(build(experiment, { namespace: 'elsewhere' }).spec);
    expect(text).not.toContain('"shop"');
    const selectors = [...text.matchAll(/"selector":\{/g)].length;
    expect([...text.matchAll(/"namespaces":\["elsewhere"\]/g)]).toHaveLength(selectors);
  }
});

const broken: readonly (readonly [check: string, experiment: ChaosExperimentSpec, namespace: string])[] = [
  ['chaos-object-is-named', { ...kill, name: 'Lose' }, 'shop'],
  ['chaos-object-is-named', { ...kill, name: 'a'.repeat(41) }, 'shop'],
  ['chaos-object-spares-kubernetes', kill, 'kube-system'],
  ['chaos-object-spares-kubernetes', kill, 'default'],
  ['chaos-object-has-a-time', { ...kill, at: '24:00' }, 'shop'],
  ['chaos-object-has-a-time', { ...kill, days: [] }, 'shop'],
];

test.each(broken)('%s fails (row %#)', (check, experiment, namespace) => {
  expect(ids(ChaosExperiment.inspect('X', { experiment, namespace }))).toEqual([check]);
  expect(refused(() => build(experiment, { namespace }))).toEqual([check]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(CHAOS_OBJECT_CHECKS));
});
