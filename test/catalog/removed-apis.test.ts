import { REMOVED_APIS } from '../../lib/catalog';

const minorOf = (version: string) => Number(version.split('.')[1]);

test('an API version of a kind is removed once', () => {
  const all = REMOVED_APIS.facts.flatMap(({ apiVersion, kinds }) => kinds.map((kind) => `${apiVersion} ${kind}`));
  expect(new Set(all).size).toBe(all.length);
});

test('removals are in the order of the minors that made them', () => {
  const minors = REMOVED_APIS.facts.map(({ since }) => minorOf(since));
  expect(minors).toEqual([...minors].sort((one, other) => one - other));
});

test('what is to be written instead is not removed itself', () => {
  const gone = REMOVED_APIS.facts.flatMap(({ apiVersion, kinds }) => kinds.map((kind) => `${apiVersion} ${kind}`));
  const instead = REMOVED_APIS.facts.flatMap((one) => one.kinds.map((kind) => `${one.instead} ${kind}`));
  expect(instead.filter((one) => gone.includes(one))).toEqual([]);
});

test.each([
  ['1.16', 'extensions/v1beta1', 'Deployment'],
  ['1.22', 'networking.k8s.io/v1beta1', 'Ingress'],
  ['1.25', 'policy/v1beta1', 'PodDisruptionBudget'],
  ['1.26', 'autoscaling/v2beta2', 'HorizontalPodAutoscaler'],
  ['1.29', 'flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema'],
])('%s removed %s of %s', (since, apiVersion, kind) => {
  const found = REMOVED_APIS.facts.filter((one) => one.apiVersion === apiVersion && one.kinds.includes(kind));
  expect(found.map((one) => one.since)).toEqual([since]);
});
