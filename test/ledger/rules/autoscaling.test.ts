import type { VerticalAutoscaler } from '../../../lib/ledger/facts';
import { autoscalersAndVerticalsAgree } from '../../../lib/ledger/rules/autoscalers-and-verticals-agree';
import { memoryTargetsCanBeLeft } from '../../../lib/ledger/rules/memory-targets-can-be-left';
import { targetsHaveOneAutoscaler } from '../../../lib/ledger/rules/targets-have-one-autoscaler';
import { verticalBoundsFitANode } from '../../../lib/ledger/rules/vertical-bounds-fit-a-node';
import { autoscalerOf, factsWith, groupOf, MIB, requests, shapeOf, verticalOf, workloadOf } from '../pack/facts';
import { only, said, words } from './verdicts';

const app = workloadOf('app', {
  pod: { containers: [{ name: 'main' }, { name: 'side', resources: { requests: { cpu: '500m' } } }] },
});
type Policy = VerticalAutoscaler['policies'][number];
const policy = (more: Partial<Policy> = {}): Policy => ({
  container: '*',
  mode: 'Auto',
  controlled: ['cpu', 'memory'],
  min: {},
  max: {},
  ...more,
});

describe('targets-have-one-autoscaler', () => {
  test('one is fine, and two of one target are not', () => {
    const first = autoscalerOf(app, 1, 2);
    expect(said(targetsHaveOneAutoscaler, factsWith({ autoscalers: [first] }))).toEqual(['holds: Deployment shop/app']);
    expect(said(targetsHaveOneAutoscaler, factsWith({ autoscalers: [first, first] }))).toEqual([
      'broken: Deployment shop/app',
    ]);
    const other = autoscalerOf(workloadOf('app', { namespace: 'other' }), 1, 2);
    expect(said(targetsHaveOneAutoscaler, factsWith({ autoscalers: [first, other] }))).toHaveLength(2);
  });
});

describe('autoscalers-and-verticals-agree', () => {
  const judged = (vertical: Partial<VerticalAutoscaler>, metrics = autoscalerOf(app, 1, 2).metrics) =>
    only(
      autoscalersAndVerticalsAgree,
      factsWith({
        workloads: [app],
        autoscalers: [autoscalerOf(app, 1, 2, { metrics })],
        verticals: [verticalOf(app, vertical)],
      }),
    ).outcome;
  const onMemory = [{ on: 'memory' as const, name: 'memory', utilization: 80, pointer: '/spec/metrics/0' }];
  test.each([
    { it: 'everything is controlled where nothing is said', vertical: {}, expected: 'broken' },
    { it: 'recommendations only', vertical: { mode: 'Off' as const }, expected: 'holds' },
    { it: 'set at creation', vertical: { mode: 'Initial' as const }, expected: 'broken' },
    { it: 'memory only, for all', vertical: { policies: [policy({ controlled: ['memory'] })] }, expected: 'holds' },
    {
      it: 'memory only, for one container',
      vertical: { policies: [policy({ container: 'main', controlled: ['memory'] })] },
      expected: 'broken',
    },
    { it: 'one container set free', vertical: { policies: [policy({ mode: 'Off' })] }, expected: 'holds' },
    {
      it: 'memory only, and pods counted by memory',
      vertical: { policies: [policy({ controlled: ['memory'] })] },
      metrics: onMemory,
      expected: 'broken',
    },
    {
      it: 'an absolute target does not look at requests',
      vertical: {},
      metrics: [{ on: 'cpu' as const, name: 'cpu', value: 0.5, pointer: '/spec/metrics/0' }],
      expected: 'holds',
    },
    {
      it: 'CPU of one container counts as CPU',
      vertical: {},
      metrics: [{ on: 'container' as const, name: 'cpu', utilization: 70, pointer: '/spec/metrics/0' }],
      expected: 'broken',
    },
  ])('$it', ({ vertical, metrics, expected }) => {
    expect(judged(vertical, metrics)).toBe(expected);
  });
});

describe('memory-targets-can-be-left', () => {
  const judged = (request: number, limit: number | undefined) => {
    const shape = shapeOf({
      requests: requests(1, request),
      limits: limit === undefined ? {} : { memoryBytes: limit * MIB },
    });
    const own = workloadOf('app', { shape });
    const metrics = [{ on: 'memory' as const, name: 'memory', utilization: 80, pointer: '/spec/metrics/0' }];
    return words(
      only(
        memoryTargetsCanBeLeft,
        factsWith({ workloads: [own], autoscalers: [autoscalerOf(own, 2, 20, { metrics })] }),
      ),
    );
  };
  test.each([
    { it: 'below', request: 1000, limit: 1499, expected: /^holds/ },
    { it: 'at', request: 1000, limit: 1500, expected: /^holds/ },
    {
      it: 'above',
      request: 1000,
      limit: 1501,
      expected:
        /^broken.*151 % of its request, the target is 80 %; pods that stay above it mean 20 of them for good -> take the memory metric away, or ask for 1001 Mi$/,
    },
    { it: 'without a limit', request: 1000, limit: undefined, expected: /^broken.*without a limit/ },
  ])('$it', ({ request, limit, expected }) => {
    expect(judged(request, limit)).toMatch(expected);
  });
  test('CPU targets are none of its business', () => {
    expect(
      said(memoryTargetsCanBeLeft, factsWith({ workloads: [app], autoscalers: [autoscalerOf(app, 1, 2)] })),
    ).toEqual([]);
  });
});

describe('vertical-bounds-fit-a-node', () => {
  const judged = (policies: readonly Policy[], mode: VerticalAutoscaler['mode'] = 'Recreate') =>
    said(
      verticalBoundsFitANode,
      factsWith({ workloads: [app], verticals: [verticalOf(app, { mode, policies })], nodeGroups: [groupOf('one')] }),
    );
  const upTo = (cpuMillis: number, memoryMib: number) => [policy({ max: { cpuMillis, memoryBytes: memoryMib * MIB } })];
  const [cpu, memory] = ['CPU of VerticalPodAutoscaler shop/app', 'memory of VerticalPodAutoscaler shop/app'];
  test.each([
    {
      it: 'two containers of half a node each',
      policies: upTo(2000, 8000),
      expected: [`holds: ${cpu}`, `holds: ${memory}`],
    },
    { it: 'a millicore more', policies: upTo(2001, 8000), expected: [`broken: ${cpu}`, `holds: ${memory}`] },
    { it: 'a mebibyte more', policies: upTo(2000, 8001), expected: [`holds: ${cpu}`, `broken: ${memory}`] },
    { it: 'no bound', policies: [], expected: [`broken (warning): ${cpu}`, `broken (warning): ${memory}`] },
    {
      it: 'what is not controlled keeps what it asks for',
      policies: [policy({ container: 'side', mode: 'Off' }), ...upTo(3500, 8000)],
      expected: [`holds: ${cpu}`, `holds: ${memory}`],
    },
    {
      it: 'and counts',
      policies: [policy({ container: 'side', mode: 'Off' }), ...upTo(3501, 8000)],
      expected: [`broken: ${cpu}`, `holds: ${memory}`],
    },
    {
      it: 'a resource that it leaves alone',
      policies: [policy({ controlled: ['memory'], max: { memoryBytes: MIB } })],
      expected: [`holds: ${memory}`],
    },
  ])('$it', ({ policies, expected }) => {
    expect(judged(policies)).toEqual(expected);
  });
  test('recommendations only bind nobody', () => {
    expect(judged([], 'Off')).toEqual([]);
  });
});
