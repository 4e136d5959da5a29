import { type PodSpreadOptions, podSpread, ROLLOUT_VERSION_LABEL } from '../../../lib/kubernetes/workload/pod-spread';

const selector = { app: 'api' };

const constraints = (options: Partial<PodSpreadOptions> = {}) =>
  podSpread({ selector, ...options }).topologySpreadConstraints ?? [];

describe('podSpread', () => {
  test.each<[PodSpreadOptions['spread'], string]>([
    [undefined, 'ScheduleAnyway'],
    ['preferred', 'ScheduleAnyway'],
    ['required', 'DoNotSchedule'],
  ])('%s spreads over zones with %s, over nodes as far as it goes', (spread, zones) => {
    const rows = constraints(spread === undefined ? {} : { spread });
    expect(rows.map(({ topologyKey, whenUnsatisfiable }) => [topologyKey, whenUnsatisfiable])).toEqual([
      ['topology.kubernetes.io/zone', zones],
      ['kubernetes.io/hostname', 'ScheduleAnyway'],
    ]);
  });

  test('each constraint counts the same pods, evenly, on nodes they may use', () => {
    for (const row of constraints()) {
      expect(row).toMatchObject({ maxSkew: 1, labelSelector: { matchLabels: selector }, nodeTaintsPolicy: 'Honor' });
    }
  });

  test('further labels come last, and are never insisted on', () => {
    const rows = constraints({ spread: 'required', over: ['eks.amazonaws.com/capacityType'], versionLabel: 'v' });
    expect(rows.slice(0, 2)).toEqual(constraints({ spread: 'required', versionLabel: 'v' }));
    expect(rows.slice(2)).toEqual([
      {
        topologyKey: 'eks.amazonaws.com/capacityType',
        whenUnsatisfiable: 'ScheduleAnyway',
        maxSkew: 1,
        labelSelector: { matchLabels: selector },
        nodeTaintsPolicy: 'Honor',
        matchLabelKeys: ['v'],
      },
    ]);
  });

  test('versions are told apart only if the workload labels them', () => {
    expect(constraints().map(({ matchLabelKeys }) => matchLabelKeys)).toEqual([undefined, undefined]);
    const keyed = constraints({ versionLabel: ROLLOUT_VERSION_LABEL });
    expect(keyed.map(({ matchLabelKeys }) => matchLabelKeys)).toEqual([
      ['rollouts-pod-template-hash'],
      ['rollouts-pod-template-hash'],
    ]);
  });

  test.each(['preferred', 'required'] as const)(
    'anti-affinity is never required when %s: it would cap the pods',
    (spread) => {
      expect(podSpread({ selector, spread }).affinity).toEqual({
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: selector } },
            },
          ],
        },
      });
    },
  );
});
