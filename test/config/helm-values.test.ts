import { resourceValues, spreadValues } from '../../lib/config/helm-values';
import { Cpu, Memory } from '../../lib/units';

describe('resourceValues', () => {
  test('allows bursts of CPU, and memory up to its own limit', () => {
    const room = { cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(512) };
    expect(resourceValues(room)).toEqual({
      requests: { cpu: '50m', memory: '128Mi' },
      limits: { cpu: '250m', memory: '512Mi' },
    });
  });

  test('reserves all memory unless a limit is given', () => {
    const { limits } = resourceValues({ cpu: Cpu.millis(200), memory: Memory.gib(1) });
    expect(limits).toEqual({ cpu: '1', memory: '1Gi' });
  });
});

test('spreadValues prefers other zones and other nodes, and holds nothing back', () => {
  expect(spreadValues({ app: 'istiod' })).toEqual([
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: 'istiod' } },
    },
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: 'istiod' } },
    },
  ]);
});
