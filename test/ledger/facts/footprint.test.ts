import { footprintsOf } from '../../../lib/ledger/facts/footprint';

const MIB = 2 ** 20;
const plain = {
  name: undefined,
  count: 2,
  requests: { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0 },
  limits: {},
  surge: undefined,
  volumes: 0,
  on: [],
  tolerations: [],
  hostNetwork: false,
  apart: false,
};

test('what is not said is nothing', () => {
  expect(footprintsOf('2x')).toEqual([plain]);
  expect(footprintsOf(' none ')).toEqual([]);
});

test('sets stand with semicolons between, each with its name, number and amounts', () => {
  expect(
    footprintsOf(
      'web: 2x cpu=100m,memory=128Mi,memory-limit=512Mi; each-node cpu=50m,ephemeral-storage=1Gi,cpu-limit=1',
    ),
  ).toEqual([
    {
      ...plain,
      name: 'web',
      requests: { cpuMillis: 100, memoryBytes: 128 * MIB, ephemeralBytes: 0 },
      limits: { memoryBytes: 512 * MIB },
    },
    {
      ...plain,
      count: 'each-node',
      requests: { cpuMillis: 50, memoryBytes: 0, ephemeralBytes: 1024 * MIB },
      limits: { cpuMillis: 1000 },
    },
  ]);
});

test('words say where pods go and what comes with them', () => {
  expect(
    footprintsOf(
      '3x surge=1 volumes=2 on=pool=data,ssd,!spot tolerates=dedicated=data:NoSchedule,gpu,old:NoExecute apart host-network',
    ),
  ).toEqual([
    {
      ...plain,
      count: 3,
      surge: 1,
      volumes: 2,
      on: [
        { key: 'pool', operator: 'In', values: ['data'] },
        { key: 'ssd', operator: 'Exists', values: [] },
        { key: 'spot', operator: 'DoesNotExist', values: [] },
      ],
      tolerations: [
        { key: 'dedicated', operator: 'Equal', value: 'data', effect: 'NoSchedule' },
        { key: 'gpu', operator: 'Exists' },
        { key: 'old', operator: 'Exists', effect: 'NoExecute' },
      ],
      hostNetwork: true,
      apart: true,
    },
  ]);
  expect(footprintsOf('1x tolerates=*')?.[0]?.tolerations).toEqual([{ operator: 'Exists' }]);
  expect(footprintsOf('1x surge=0')?.[0]?.surge).toBe(0);
});

test.each([
  '',
  '2',
  'x2',
  '-1x',
  '2x;',
  '1.5x',
  '100000x',
  'Web: 2x',
  'web 2x',
  '2x cpu',
  '2x cpu=',
  '2x cpu=lots',
  '2x cpu=100m,cpu=200m',
  '2x cpu=100m memory=1Gi',
  '2x gpu=1',
  '2x surge=many',
  '2x surge=1 surge=1',
  '2x on=',
  '2x on=!pool=data',
  '2x on=pool=a=b',
  '2x tolerates=a=b:Never',
  '2x tolerates==b',
  '2x aside',
  'none; 2x',
  'each-node; 2x volume=1',
])('"%s" is not taken for half of what it may mean', (text) => {
  expect(footprintsOf(text)).toBeUndefined();
});
