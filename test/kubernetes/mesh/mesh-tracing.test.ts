import { MESH_TRACING_CHECKS, MeshTracing, type MeshTracingProps } from '../../../lib/kubernetes';
import { Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const props: MeshTracingProps = { name: 'tracing', provider: 'traces', sampling: Percent.of(1) };
const build = (overrides: Partial<MeshTracingProps> = {}) =>
  manifests((chart) => new MeshTracing(chart, 'Tracing', { ...props, ...overrides }));

test.each([
  [Percent.of(1), 1],
  [Percent.of(0.25), 0.25],
  [Percent.of(100), 100],
])('sidecars trace %s of the requests that come without a decision', (sampling, expected) => {
  expect(only(build({ sampling }), 'Telemetry', 'tracing').spec).toEqual({
    tracing: [{ providers: [{ name: 'traces' }], randomSamplingPercentage: expected }],
  });
});

const rows: readonly (readonly [it: string, given: Partial<MeshTracingProps>, expected: readonly string[]])[] = [
  ['takes what is sound', {}, []],
  ['refuses a name in capitals', { name: 'Tracing' }, ['mesh-tracing-names-are-dns-labels']],
  ['refuses a provider with a dot', { provider: 'a.b' }, ['mesh-tracing-names-are-dns-labels']],
  ['refuses no share', { sampling: Percent.of(0) }, ['mesh-tracing-samples-a-share']],
  ['takes the smallest share', { sampling: Percent.of(0.01) }, []],
  ['refuses more than all', { sampling: Percent.of(100.01) }, ['mesh-tracing-samples-a-share']],
];

test.each(rows)('%s', (_, given, expected) => {
  expect(ids(MeshTracing.inspect('Tracing', { ...props, ...given }))).toEqual(expected);
  expect(refused(() => build(given))).toEqual(expected);
});

test('every check has a failing row', () => {
  expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(MESH_TRACING_CHECKS));
});
