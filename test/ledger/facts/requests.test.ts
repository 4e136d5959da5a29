import { bytes, cpuMillis, scaled, seconds } from '../../../lib/ledger/facts/amounts';
import { containerDefaults, NO_DEFAULTS, podAmounts } from '../../../lib/ledger/facts/requests';
import type { Json } from '../../../lib/ledger/source';

const MIB = 1024 ** 2;

const container = (cpu: string, memory: string, more: Record<string, Json> = {}): Json => ({
  resources: { requests: { cpu, memory } },
  ...more,
});
const always = { restartPolicy: 'Always' };

test.each([
  {
    it: 'sums containers',
    pod: { containers: [container('100m', '64Mi'), container('50m', '32Mi')] },
    expected: [150, 96],
  },
  {
    it: 'takes an init container that needs more',
    pod: { containers: [container('100m', '64Mi')], initContainers: [container('300m', '32Mi')] },
    expected: [300, 64],
  },
  {
    it: 'takes the largest of init containers, which run one after another',
    pod: { containers: [container('1m', '1Mi')], initContainers: [container('30m', '9Mi'), container('20m', '10Mi')] },
    expected: [30, 10],
  },
  {
    it: 'adds sidecars to containers',
    pod: { containers: [container('100m', '64Mi')], initContainers: [container('50m', '64Mi', always)] },
    expected: [150, 128],
  },
  {
    it: 'adds all sidecars that started before to an init container',
    pod: {
      containers: [container('10m', '1Mi')],
      initContainers: [container('50m', '1Mi', always), container('20m', '1Mi', always), container('100m', '1Mi')],
    },
    expected: [170, 3],
  },
  {
    it: 'adds sidecars that started before to an init container',
    pod: {
      containers: [container('10m', '1Mi')],
      initContainers: [container('50m', '1Mi', always), container('100m', '1Mi')],
    },
    expected: [150, 2],
  },
  {
    it: 'leaves out sidecars that start after an init container',
    pod: {
      containers: [container('10m', '1Mi')],
      initContainers: [container('100m', '1Mi'), container('50m', '1Mi', always)],
    },
    expected: [100, 2],
  },
  {
    it: 'adds overhead',
    pod: { containers: [container('100m', '64Mi')], overhead: { cpu: '250m', memory: '120Mi' } },
    expected: [350, 184],
  },
  {
    it: 'takes requests of the pod in place of those of containers',
    pod: { containers: [container('100m', '64Mi')], resources: { requests: { cpu: '1' } } },
    expected: [1000, 64],
  },
  {
    it: 'takes a limit for a request that is missing',
    pod: { containers: [{ resources: { limits: { cpu: '2', memory: '1Gi' } } }] },
    expected: [2000, 1024],
  },
  { it: 'takes nothing where nothing is written', pod: { containers: [{}] }, expected: [0, 0] },
])('a pod $it', ({ pod, expected }) => {
  const { requests } = podAmounts(pod, NO_DEFAULTS);
  expect([requests.cpuMillis, requests.memoryBytes / MIB]).toEqual(expected);
});

test('limits are a sum only where every container has one', () => {
  const limited = (limits: Json): Json => ({ resources: { limits } });
  expect(
    podAmounts({ containers: [limited({ cpu: '1', memory: '1Mi' }), limited({ memory: '2Mi' })] }, NO_DEFAULTS).limits,
  ).toEqual({
    memoryBytes: 3 * MIB,
  });
  expect(
    podAmounts({ containers: [limited({ cpu: 1 })], initContainers: [{ ...always }] }, NO_DEFAULTS).limits,
  ).toEqual({});
  expect(podAmounts({ containers: [limited({ cpu: 1 })], initContainers: [{}] }, NO_DEFAULTS).limits).toEqual({
    cpuMillis: 1000,
  });
});

test('a LimitRange fills in what containers leave out, and its own gaps first', () => {
  const range = (item: Json) => containerDefaults({ spec: { limits: [{ type: 'Pod', max: { cpu: '9' } }, item] } });
  const full = range({
    type: 'Container',
    default: { memory: '256Mi' },
    defaultRequest: { cpu: '50m', memory: '128Mi' },
  });
  expect(podAmounts({ containers: [{}, container('1', '1Mi')] }, full)).toEqual({
    requests: { cpuMillis: 1050, memoryBytes: 129 * MIB, ephemeralBytes: 0 },
    limits: { memoryBytes: 512 * MIB },
  });
  expect(range({ type: 'Container', max: { cpu: '2' }, min: { memory: '10Mi' } })).toEqual({
    requests: { cpuMillis: 2000, memoryBytes: 10 * MIB },
    limits: { cpuMillis: 2000 },
  });
});

test('an amount that cannot be read is named and counts as nothing', () => {
  const unreadable: string[] = [];
  const { requests } = podAmounts({ containers: [container('much', '1Mi')] }, NO_DEFAULTS, (name) =>
    unreadable.push(name),
  );
  expect(unreadable).toEqual(['cpu']);
  expect(requests.cpuMillis).toBe(0);
});

test.each([
  ['250m', 250],
  ['1', 1000],
  [2, 2000],
  ['1.5', 1500],
  ['0.1', 100],
  ['1n', 1],
  ['100u', 1],
  ['1e3m', undefined],
  ['1k', 1_000_000],
  ['-1', undefined],
  ['1e2', 100_000],
  ['', undefined],
  ['0.0001', 1],
  [null, undefined],
  ['.5', 500],
  ['5.', 5000],
])('%p of CPU is %p millicores', (written, expected) => {
  expect(cpuMillis(written)).toBe(expected);
});

test.each([
  ['128Mi', 134_217_728],
  ['1Gi', 1_073_741_824],
  ['1G', 1_000_000_000],
  ['512', 512],
  ['1.5Ki', 1536],
  ['100m', 1],
  ['1e6', 1_000_000],
  ['1E', 1e18],
  ['1GB', undefined],
  ['1 Gi', undefined],
])('%p of memory is %p bytes', (written, expected) => {
  expect(bytes(written)).toBe(expected);
});

test.each([
  [2, 10, 2],
  ['25%', 10, 3],
  ['25%', 8, 2],
  ['0%', 10, 0],
  ['100%', 10, 10],
  ['3', 10, 3],
  ['x', 10, undefined],
  [-1, 10, undefined],
  [0.5, 10, undefined],
])('%p of %p pods, rounded up, is %p', (written, pods, expected) => {
  expect(scaled(written, pods, Math.ceil)).toBe(expected);
});

test.each([
  [40, 40],
  ['40', 40],
  ['40s', 40],
  ['1m30s', 90],
  ['500ms', 0.5],
  ['1h', 3600],
  ['soon', undefined],
  ['40 s', undefined],
  [-1, undefined],
])('%p is %p seconds', (written, expected) => {
  expect(seconds(written)).toBe(expected);
});
