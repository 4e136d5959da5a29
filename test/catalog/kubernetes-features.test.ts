import { DEFAULT_KUBERNETES_VERSION, EKS_VERSIONS, hasFeature, type KubernetesFeature } from '../../lib/catalog';

describe('hasFeature', () => {
  const rows: readonly (readonly [feature: KubernetesFeature, before: string, from: string])[] = [
    ['native-sidecars', '1.28', '1.29'],
    ['pod-apparmor-field', '1.29', '1.30'],
    ['prestop-sleep', '1.29', '1.30'],
    ['validating-admission-policy', '1.29', '1.30'],
    ['pod-affinity-match-label-keys', '1.30', '1.31'],
    ['service-traffic-distribution', '1.30', '1.31'],
    ['vpa-in-place', '1.32', '1.33'],
    ['hpa-tolerance', '1.34', '1.35'],
    ['statefulset-max-unavailable', '1.34', '1.35'],
  ];

  test.each(rows)('%s is not in %s, and is from %s on', (feature, before, from) => {
    expect([before, from, '1.36'].map((version) => hasFeature(version, feature))).toEqual([false, true, true]);
  });

  test('a patch release counts as its minor, and what is no version has nothing', () => {
    expect(hasFeature('1.35.2', 'hpa-tolerance')).toBe(true);
    expect(hasFeature('latest', 'native-sidecars')).toBe(false);
  });
});

test('the default version is one that EKS offers', () => {
  expect(DEFAULT_KUBERNETES_VERSION).toBe('1.35');
  expect(EKS_VERSIONS.facts.has(DEFAULT_KUBERNETES_VERSION)).toBe(true);
});
