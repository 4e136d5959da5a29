import type {
  Resources,
  ScalingMetric,
  ScalingPolicy,
  VerticalContainerPolicy,
  VerticalPolicy,
} from '../../../lib/model';
import { inspectVertical, VERTICAL_CHECKS } from '../../../lib/model/scaling/vertical-checks';
import { VERTICAL_CONTAINER_CHECKS } from '../../../lib/model/scaling/vertical-container-checks';
import { Cpu, Memory, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const cpuShare: ScalingMetric = { on: 'cpu', utilization: Percent.of(70) };
const memoryShare: ScalingMetric = { on: 'memory', utilization: Percent.of(80) };
const ofContainer = (container: string): ScalingMetric => ({
  on: 'container',
  container,
  resource: 'cpu',
  utilization: Percent.of(60),
});

const scaling = (min: number, ...metrics: ScalingMetric[]): ScalingPolicy => ({ min, max: 10, metrics });

const all = (...resources: ('cpu' | 'memory')[]): VerticalContainerPolicy => ({ container: '*', resources });
const app = (policy: Partial<VerticalContainerPolicy> = {}): VerticalContainerPolicy => ({
  container: 'app',
  resources: ['cpu', 'memory'],
  ...policy,
});

const requesting = (cpu: Cpu, memory: Memory): Resources => {
  const amounts = { cpu, memory, ephemeralStorage: Memory.gib(1) };
  return { requests: amounts, limits: amounts };
};

const bounds = {
  min: { cpu: Cpu.millis(100), memory: Memory.mib(128) },
  max: { cpu: Cpu.millis(2000), memory: Memory.gib(4) },
};

interface Row {
  readonly it: string;
  readonly vertical: Partial<VerticalPolicy>;
  readonly scaling?: ScalingPolicy;
  readonly resources?: Resources;
  readonly version?: string;
  readonly finds?: readonly string[];
}

const CONTEST = ['vertical-leaves-scaled-resources-alone'];
const OUTSIDE = ['vertical-requests-are-within-bounds'];

const ROWS: readonly Row[] = [
  { it: 'recommends only', vertical: { mode: 'Off' } },
  { it: 'sets requests of new pods', vertical: { mode: 'Initial' } },
  { it: 'evicts', vertical: { mode: 'Recreate' } },
  {
    it: 'does what nobody knows',
    vertical: { mode: 'Sometimes' as unknown as 'Off' },
    finds: ['vertical-mode-exists'],
  },
  { it: 'resizes where it can', vertical: { mode: 'InPlaceOrRecreate' } },
  { it: 'resizes where pods can, from 1.33', vertical: { mode: 'InPlaceOrRecreate' }, version: '1.33' },
  {
    it: 'cannot resize on 1.32',
    vertical: { mode: 'InPlaceOrRecreate' },
    version: '1.32',
    finds: ['vertical-mode-is-known'],
  },
  { it: 'still accepts Auto, and says what it means', vertical: { mode: 'Auto' }, finds: ['vertical-mode-is-current'] },

  {
    it: 'moves memory beside a share of cpu',
    vertical: { mode: 'Recreate', containers: [all('memory')] },
    scaling: scaling(2, cpuShare),
  },
  {
    it: 'moves cpu beside a share of cpu',
    vertical: { mode: 'Recreate', containers: [all('cpu')] },
    scaling: scaling(2, cpuShare),
    finds: CONTEST,
  },
  {
    it: 'moves memory beside a share of memory',
    vertical: { mode: 'Initial', containers: [all('memory')] },
    scaling: scaling(2, memoryShare),
    finds: CONTEST,
  },
  {
    it: 'recommends both beside shares of both',
    vertical: { mode: 'Off', containers: [all('cpu', 'memory')] },
    scaling: scaling(2, cpuShare, memoryShare),
  },
  {
    it: 'moves cpu beside an amount of cpu',
    vertical: { mode: 'Recreate', containers: [all('cpu')] },
    scaling: scaling(2, { on: 'cpu', average: Cpu.millis(500) }),
  },
  {
    it: 'moves both beside requests a second',
    vertical: { mode: 'Recreate', containers: [all('cpu', 'memory')] },
    scaling: scaling(2, { on: 'pods', metric: { name: 'rps', series: 'requests_total' }, average: 100 }),
  },
  {
    it: 'moves cpu of one container, a part of the pod whose share counts',
    vertical: { mode: 'Recreate', containers: [app()] },
    scaling: scaling(2, cpuShare),
    finds: CONTEST,
  },
  {
    it: 'moves cpu of the container whose share counts',
    vertical: { mode: 'Recreate', containers: [app()] },
    scaling: scaling(2, ofContainer('app')),
    finds: CONTEST,
  },
  {
    it: 'moves cpu of another container',
    vertical: { mode: 'Recreate', containers: [app()] },
    scaling: scaling(2, ofContainer('proxy')),
  },
  {
    it: 'moves cpu of all containers, and the share of one counts',
    vertical: { mode: 'Recreate', containers: [all('cpu')] },
    scaling: scaling(2, ofContainer('app')),
    finds: CONTEST,
  },
  {
    it: 'moves cpu of all other containers than the one whose share counts',
    vertical: { mode: 'Recreate', containers: [all('cpu'), app({ resources: ['memory'] })] },
    scaling: scaling(2, ofContainer('app')),
  },

  { it: 'decides over nothing', vertical: { containers: [] }, finds: ['vertical-has-a-container'] },
  { it: 'decides over one container and all others', vertical: { containers: [app(), all('memory')] } },
  { it: 'decides twice', vertical: { containers: [app(), app()] }, finds: ['vertical-containers-are-distinct'] },
  {
    it: 'names no container',
    vertical: { containers: [app({ container: '' })] },
    finds: ['vertical-container-is-named'],
  },
  {
    it: 'names containers by a pattern',
    vertical: { containers: [app({ container: 'app*' })] },
    finds: ['vertical-container-is-named'],
  },
  {
    it: 'controls nothing',
    vertical: { containers: [app({ resources: [] })] },
    finds: ['vertical-controls-a-resource'],
  },
  {
    it: 'controls one thing twice',
    vertical: { containers: [app({ resources: ['cpu', 'cpu'] })] },
    finds: ['vertical-controls-a-resource'],
  },

  { it: 'keeps bounds', vertical: { containers: [app(bounds)] } },
  { it: 'keeps equal bounds', vertical: { containers: [app({ min: bounds.min, max: bounds.min })] } },
  {
    it: 'has crossed bounds of cpu',
    vertical: { containers: [app({ min: { cpu: Cpu.millis(101) }, max: { cpu: Cpu.millis(100) } })] },
    finds: ['vertical-min-is-at-most-max'],
  },
  {
    it: 'has crossed bounds of memory',
    vertical: { containers: [app({ min: { memory: Memory.mib(2) }, max: { memory: Memory.mib(1) } })] },
    finds: ['vertical-min-is-at-most-max'],
  },
  {
    it: 'bounds what it leaves alone from below',
    vertical: { containers: [app({ resources: ['memory'], min: { cpu: Cpu.millis(100) } })] },
    finds: ['vertical-bounds-are-of-controlled-resources'],
  },
  {
    it: 'bounds what it leaves alone from above',
    vertical: { containers: [app({ resources: ['cpu'], max: { memory: Memory.gib(1) } })] },
    finds: ['vertical-bounds-are-of-controlled-resources'],
  },

  {
    it: 'starts at the lower bound',
    vertical: { containers: [app(bounds)] },
    resources: requesting(Cpu.millis(100), Memory.mib(128)),
  },
  {
    it: 'starts at the upper bound',
    vertical: { containers: [app(bounds)] },
    resources: requesting(Cpu.millis(2000), Memory.gib(4)),
  },
  {
    it: 'starts below in cpu',
    vertical: { containers: [app(bounds)] },
    resources: requesting(Cpu.millis(99), Memory.mib(128)),
    finds: OUTSIDE,
  },
  {
    it: 'starts above in cpu',
    vertical: { containers: [app(bounds)] },
    resources: requesting(Cpu.millis(2001), Memory.mib(128)),
    finds: OUTSIDE,
  },
  {
    it: 'starts below in memory',
    vertical: { containers: [app(bounds)] },
    resources: requesting(Cpu.millis(100), Memory.mib(127)),
    finds: OUTSIDE,
  },
  {
    it: 'starts above in memory',
    vertical: { containers: [app(bounds)] },
    resources: requesting(Cpu.millis(100), Memory.mib(4097)),
    finds: OUTSIDE,
  },
  {
    it: 'starts anywhere without bounds',
    vertical: { containers: [app()] },
    resources: requesting(Cpu.millis(1), Memory.mib(1)),
  },
  {
    it: 'starts outside in one of several containers, of which requests are not known',
    vertical: { containers: [app(bounds), all('memory')] },
    resources: requesting(Cpu.millis(1), Memory.mib(1)),
  },

  { it: 'waits for 0 pods', vertical: { minReplicas: 0 }, finds: ['vertical-min-replicas-is-positive'] },
  { it: 'waits for 1 pod', vertical: { minReplicas: 1 } },
  { it: 'waits for as many pods as can be counted', vertical: { minReplicas: 2_147_483_647 } },
  { it: 'waits for one less', vertical: { minReplicas: 2_147_483_646 } },
  {
    it: 'waits for more pods than can be counted',
    vertical: { minReplicas: 2_147_483_648 },
    finds: ['vertical-min-replicas-is-positive'],
  },
  { it: 'waits for half a pod', vertical: { minReplicas: 1.5 }, finds: ['vertical-min-replicas-is-positive'] },
  { it: 'waits for no number', vertical: { minReplicas: Number.NaN }, finds: ['vertical-min-replicas-is-positive'] },
  // C-35: a single pod is never evicted
  {
    it: 'waits for the 2 pods that there never need be',
    vertical: { mode: 'Recreate', containers: [all('memory')] },
    scaling: scaling(1, cpuShare),
    finds: ['vertical-has-pods-to-spare'],
  },
  {
    it: 'evicts the only pod when told so',
    vertical: { mode: 'Recreate', minReplicas: 1, containers: [all('memory')] },
    scaling: scaling(1, cpuShare),
  },
  {
    it: 'has as many pods as it waits for',
    vertical: { mode: 'Recreate', minReplicas: 3, containers: [all('memory')] },
    scaling: scaling(3, cpuShare),
  },
  {
    it: 'has one pod less than it waits for',
    vertical: { mode: 'InPlaceOrRecreate', minReplicas: 3, containers: [all('memory')] },
    scaling: scaling(2, cpuShare),
    finds: ['vertical-has-pods-to-spare'],
  },
  {
    it: 'evicts nothing, so one pod will do',
    vertical: { mode: 'Initial', containers: [all('memory')] },
    scaling: scaling(1, cpuShare),
  },
];

describe('inspectVertical', () => {
  test.each(ROWS)('a policy that $it', ({ vertical, scaling: horizontal, resources, version, finds }) => {
    const policy: VerticalPolicy = { mode: 'Off', containers: [app()], ...vertical };

    expect(ids(inspectVertical('shop/Sizing', policy, horizontal, resources, version))).toEqual(finds ?? []);
  });

  test('every check has a failing row', () => {
    expect([...new Set(ROWS.flatMap(({ finds }) => finds ?? []))].sort()).toEqual(
      [...allIds(VERTICAL_CHECKS, VERTICAL_CONTAINER_CHECKS), ...OUTSIDE].sort(),
    );
  });

  test('warns of what works and refuses the rest', () => {
    const warnings = VERTICAL_CHECKS.filter(({ severity }) => severity === 'warning').map(({ id }) => id);
    expect(warnings).toEqual(['vertical-mode-is-current', 'vertical-has-pods-to-spare']);
  });

  test('names what is contested, and where bounds are wrong', () => {
    const findings = inspectVertical(
      'shop/Sizing',
      { mode: 'Recreate', containers: [app({ ...bounds, max: { cpu: Cpu.millis(50) } })] },
      scaling(2, cpuShare, ofContainer('app')),
      requesting(Cpu.millis(60), Memory.gib(1)),
    );

    expect(findings.map(({ check, prop, received }) => [check, prop, received])).toEqual([
      ['vertical-leaves-scaled-resources-alone', 'containers', 'cpu, cpu of app'],
      ['vertical-min-is-at-most-max', 'containers[0].min and max', 'cpu 100m to 50m'],
      ['vertical-requests-are-within-bounds', 'containers[0].min and max', 'cpu 100m to 50m'],
    ]);
    expect(findings[2]?.rule).toBe('must contain the declared requests, which are cpu 60m');
  });
});
