import { inspect } from '../../../lib/check';
import { SIDECAR_CHECKS, type SidecarSpec, sidecarPlan, withSidecar } from '../../../lib/model/mesh/sidecar';
import { Cpu, Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const amounts = (cpu: number, mib: number) => ({ cpu: Cpu.millis(cpu), memory: Memory.mib(mib) });
const container = {
  requests: { ...amounts(200, 512), ephemeralStorage: Memory.gib(1) },
  limits: { ...amounts(1000, 1024), ephemeralStorage: Memory.gib(2) },
};

const texts = ({ requests, limits }: typeof container): string[] =>
  [requests, limits].map(({ cpu, memory, ephemeralStorage }) => `${cpu} ${memory} ${ephemeralStorage}`);

describe('a pod with a sidecar', () => {
  test('holds what both hold, and the disk of its container', () => {
    expect(texts(withSidecar(container))).toEqual(['300m 640Mi 1Gi', '1500m 1280Mi 2Gi']);
  });

  test('holds what the sidecar is declared to', () => {
    expect(texts(withSidecar(container, { requests: amounts(50, 64), limits: amounts(2000, 1024) }))).toEqual([
      '250m 576Mi 1Gi',
      '3 2Gi 2Gi',
    ]);
  });

  test('holds the default of what is left out', () => {
    expect(texts(withSidecar(container, { limits: amounts(250, 128) }))).toEqual([
      '300m 640Mi 1Gi',
      '1250m 1152Mi 2Gi',
    ]);
    expect(texts(withSidecar(container, { limits: undefined } as unknown as SidecarSpec))).toEqual(
      texts(withSidecar(container)),
    );
  });
});

describe('a sidecar', () => {
  const rows: readonly [check: string | undefined, it: string, spec: SidecarSpec][] = [
    [undefined, 'nothing', {}],
    ['sidecar-requests-are-set', 'no cpu', { requests: amounts(0, 128) }],
    ['sidecar-requests-are-set', 'no memory', { requests: amounts(100, 0) }],
    [undefined, 'the least cpu', { requests: amounts(1, 128) }],
    ['sidecar-requests-fit-limits', 'more cpu than its limit', { requests: amounts(501, 128) }],
    ['sidecar-requests-fit-limits', 'more memory than its limit', { requests: amounts(100, 257) }],
    [undefined, 'all of its limits', { requests: amounts(500, 256) }],
    [
      'sidecar-memory-holds-its-configuration',
      'little memory',
      { requests: amounts(1, 64), limits: amounts(500, 127) },
    ],
    [undefined, 'enough memory', { requests: amounts(1, 64), limits: amounts(500, 128) }],
  ];

  test.each(rows)('%s: %s', (check, _, spec) => {
    expect(ids(inspect('p', sidecarPlan(spec), SIDECAR_CHECKS))).toEqual(check ? [check] : []);
  });

  test('is warned of little memory, not refused', () => {
    const [finding] = inspect('p', sidecarPlan({ requests: amounts(1, 1), limits: amounts(1, 1) }), SIDECAR_CHECKS);

    expect(finding?.severity).toBe('warning');
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([check]) => check ?? []))].sort()).toEqual(allIds(SIDECAR_CHECKS));
  });
});
