import {
  daemonSetRelease,
  deploymentRelease,
  rolloutRelease,
  statefulSetRelease,
} from '../../../lib/ledger/facts/release';

const rolling = (maxSurge: unknown, maxUnavailable: unknown) =>
  ({ strategy: { rollingUpdate: { maxSurge, maxUnavailable } } }) as never;

test.each([
  { it: 'as Kubernetes does without a word', spec: {}, at: { 1: [1, 0], 4: [1, 1], 5: [2, 1], 10: [3, 2] } },
  { it: 'with numbers', spec: rolling(2, 1), at: { 1: [2, 1], 10: [2, 1] } },
  { it: 'with shares, surge up and unavailable down', spec: rolling('34%', '34%'), at: { 3: [2, 1], 10: [4, 3] } },
  { it: 'one by one where both come to nothing', spec: rolling(0, '10%'), at: { 3: [0, 1], 10: [0, 1], 20: [0, 2] } },
  { it: 'all at once when they are recreated', spec: { strategy: { type: 'Recreate' } }, at: { 3: [0, 3] } },
])('deployments replace pods $it', ({ spec, at }) => {
  const { surge, unavailable, doubles } = deploymentRelease(spec);
  for (const [pods, expected] of Object.entries(at))
    expect([surge(Number(pods)), unavailable(Number(pods))]).toEqual(expected);
  expect(doubles).toBe(false);
});

test.each([
  { it: 'one by one', spec: {}, expected: [0, 1] },
  {
    it: 'several at once where they may',
    spec: { updateStrategy: { rollingUpdate: { maxUnavailable: '25%' } } },
    expected: [0, 2],
  },
  { it: 'at least one', spec: { updateStrategy: { rollingUpdate: { maxUnavailable: '5%' } } }, expected: [0, 1] },
])('stateful sets replace pods $it', ({ spec, expected }) => {
  const { surge, unavailable } = statefulSetRelease(spec);
  expect([surge(10), unavailable(10)]).toEqual(expected);
});

test.each([
  { it: 'one by one', update: {}, expected: [0, 1] },
  { it: 'by a share that rounds up', update: { maxUnavailable: '15%' }, expected: [0, 2] },
  { it: 'by surge, which rounds up', update: { maxSurge: '15%', maxUnavailable: 0 }, expected: [2, 0] },
])('daemon sets replace pods $it', ({ update, expected }) => {
  const { surge, unavailable } = daemonSetRelease({ updateStrategy: { rollingUpdate: update } } as never);
  expect([surge(10), unavailable(10)]).toEqual(expected);
});

test.each([
  { it: 'blue-green doubles', strategy: { blueGreen: { previewReplicaCount: 1 } }, expected: [10, 0, true] },
  {
    it: 'a canary behind a router doubles',
    strategy: { canary: { trafficRouting: { istio: {} } } },
    expected: [10, 0, true],
  },
  {
    it: 'one that shrinks the stable version does not',
    strategy: { canary: { trafficRouting: { istio: {} }, dynamicStableScale: true } },
    expected: [1, 0, false],
  },
  {
    it: 'unless it sets a scale for the canary',
    strategy: { canary: { trafficRouting: {}, dynamicStableScale: true, steps: [{ setCanaryScale: { weight: 25 } }] } },
    expected: [3, 0, false],
  },
  {
    it: 'a canary without a router is a rolling update',
    strategy: { canary: { maxSurge: '50%', maxUnavailable: 0 } },
    expected: [5, 0, false],
  },
  { it: 'a canary without a word rolls by a quarter', strategy: { canary: {} }, expected: [3, 2, false] },
])('$it', ({ strategy, expected }) => {
  const { surge, unavailable, doubles } = rolloutRelease({ strategy } as never);
  expect([surge(10), unavailable(10), doubles]).toEqual(expected);
});
