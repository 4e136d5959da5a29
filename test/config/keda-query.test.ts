import fc from 'fast-check';
import { kedaQuery, podNames } from '../../lib/config/keda-query';
import { adapterConfig } from '../../lib/config/metric-adapter';
import type { MeasuredMetric } from '../../lib/config/metric-query';
import type { CustomMetric, ObjectReference } from '../../lib/model';
import { Percent } from '../../lib/units';

const target: ObjectReference = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'rag' };
const place = { namespace: 'alfred', target };
const requests: CustomMetric = { name: 'rps', series: 'requests_total' };
const depth: CustomMetric = { name: 'depth', series: 'queue_depth', kind: 'gauge' };
const slow: CustomMetric = { name: 'p99', series: 'took_seconds_bucket', kind: 'quantile', quantile: Percent.of(99) };
const ingress: ObjectReference = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' };

const PODS = '{namespace="alfred",pod=~"rag-[0-9]+"}';

describe('what KEDA asks Prometheus', () => {
  test.each<{ it: string; use: MeasuredMetric; expected: string }>([
    {
      it: 'adds the rates of all pods, which the autoscaler divides by their number',
      use: { on: 'pods', metric: requests, average: 500 },
      expected: `sum(rate(requests_total${PODS}[1m]))`,
    },
    {
      it: 'adds the mean of each pod, where the declaration combines by mean',
      use: { on: 'pods', metric: { ...requests, combine: 'avg', windowSeconds: 90 }, average: 500 },
      expected: `sum(avg(rate(requests_total${PODS}[90s])) by (pod))`,
    },
    {
      it: 'adds the greatest value of each pod',
      use: { on: 'pods', metric: { ...depth, combine: 'max' }, average: 5 },
      expected: `sum(max(queue_depth${PODS}) by (pod))`,
    },
    {
      it: 'keeps declared labels, in a fixed order and with their quotes',
      use: { on: 'pods', metric: { ...depth, labels: { status: '"x"', path: '/a\\b' } }, average: 5 },
      expected: 'sum(queue_depth{path="/a\\\\b",status="\\"x\\"",namespace="alfred",pod=~"rag-[0-9]+"})',
    },
    {
      it: 'adds the quantiles of all pods, with nothing for those without requests',
      use: { on: 'pods', metric: slow, average: 0.05 },
      expected:
        `sum(histogram_quantile(0.99, sum(rate(took_seconds_bucket${PODS}[1m])) by (le, pod)) > -Inf) or ` +
        `0 * count(histogram_quantile(0.99, sum(rate(took_seconds_bucket${PODS}[1m])) by (le, pod)))`,
    },
    {
      it: 'takes the number of one object as it is',
      use: { on: 'object', metric: requests, object: ingress, target: { value: 2000 } },
      expected: 'sum(rate(requests_total{namespace="alfred",ingress="shop"}[1m]))',
    },
    {
      it: 'takes an external number from any namespace',
      use: {
        on: 'external',
        metric: { ...depth, combine: 'max' },
        selector: { vhost: 'b', queue: 'tasks' },
        target: { average: 30 },
      },
      expected: 'max(queue_depth{queue="tasks",vhost="b"})',
    },
    {
      it: 'takes an external quantile as it is',
      use: { on: 'external', metric: slow, target: { value: 0.05 } },
      expected:
        'sum(histogram_quantile(0.99, sum(rate(took_seconds_bucket{}[1m])) by (le)) > -Inf) or ' +
        '0 * count(histogram_quantile(0.99, sum(rate(took_seconds_bucket{}[1m])) by (le)))',
    },
  ])('$it', ({ use, expected }) => {
    expect(kedaQuery(use, place)).toBe(expected);
  });

  test('is the expression of the adapter with its places filled in', () => {
    const use: MeasuredMetric = { on: 'external', metric: { ...requests, combine: 'avg' }, target: { value: 1 } };
    const [rule] = adapterConfig([use]).externalRules;
    const filled = rule?.metricsQuery.replace('<<.Series>>', 'requests_total').replace('<<.LabelMatchers>>', '');

    expect(kedaQuery(use, place)).toBe(filled);
  });
});

const named = (kind: string, name: string): ObjectReference => ({ apiVersion: 'apps/v1', kind, name });

/** As Prometheus reads it: anchored at both ends. */
const matches = (reference: ObjectReference, pod: string): boolean =>
  new RegExp(`^(?:${podNames(reference)})$`).test(pod);

describe('the pods of a workload', () => {
  test.each([
    ['Deployment', 'api', 'api-7c9d8b6f5d-x2kqz', true],
    ['Deployment', 'api', 'api-5-x2kqz', true],
    ['Rollout', 'api', 'api-7c9d8b6f5d-x2kqz', true],
    ['StatefulSet', 'api', 'api-0', true],
    ['StatefulSet', 'api', 'api-12', true],
    ['Deployment', 'shop.api', 'shop.api-7c9d8b6f5d-x2kqz', true],
    ['Deployment', 'shop.api', 'shop-api-7c9d8b6f5d-x2kqz', false],
    ['StatefulSet', 'shop.api', 'shop-api-0', false],
    ['Deployment', 'api', 'api-v2-7c9d8b6f5d-x2kqz', false],
    ['Deployment', 'api', 'api-cleanup-x2kqz', false],
    ['Deployment', 'api', 'api-7c9d8b6f5d-x2kq', false],
    ['Deployment', 'api', 'api-7c9d8b6f5d-x2kqzz', false],
    ['Deployment', 'api', 'api-7c9d8b6f5d66-x2kqz', false],
    ['Deployment', 'api', 'my-api-7c9d8b6f5d-x2kqz', false],
    ['Deployment', 'api', 'api-0', false],
    ['StatefulSet', 'api', 'api-v2-0', false],
    ['StatefulSet', 'api', 'api-7c9d8b6f5d-x2kqz', false],
  ])('%s %s has %s: %p', (kind, name, pod, expected) => {
    expect(matches(named(kind, name), pod)).toBe(expected);
  });

  test('of a kind that is not known have names that are not known', () => {
    expect(podNames(named('Ring', 'api'))).toBeUndefined();
    expect(
      kedaQuery(
        { on: 'pods', metric: requests, average: 1 },
        { namespace: 'a', target: { apiVersion: 'example.com/v1', kind: 'Ring', name: 'rag.x' } },
      ),
    ).toBe('sum(rate(requests_total{namespace="a",pod=~"rag\\\\.x-.+"}[1m]))');
  });

  const GENERATED = [...'bcdfghjklmnpqrstvwxz2456789'];
  const generated = (minLength: number, maxLength: number) =>
    fc.array(fc.constantFrom(...GENERATED), { minLength, maxLength }).map((letters) => letters.join(''));

  /** The API server keeps 58 characters and appends five. */
  test('are all found, however long the name is', () => {
    const name = fc.integer({ min: 1, max: 63 }).map((length) => 'a'.repeat(length));
    fc.assert(
      fc.property(name, generated(1, 10), generated(5, 5), (workload, hash, suffix) => {
        expect(matches(named('Deployment', workload), `${`${workload}-${hash}-`.slice(0, 58)}${suffix}`)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [46, `${'a'.repeat(46)}-bbbbbbbbbb-zzzzz`, true],
    [46, `${'a'.repeat(46)}-v2-bbbb-zzzzz`, false],
    [47, `${'a'.repeat(47)}-bbbbbbbbbbzzzzz`, true],
    [47, `${'a'.repeat(47)}-bbbbbbbbb-zzzzz`, true],
    [63, `${'a'.repeat(58)}zzzzz`, true],
    [63, `${'a'.repeat(57)}bzzzzz`, false],
  ])('of a name of %p characters: %s is one: %p', (length, pod, expected) => {
    expect(matches(named('Deployment', 'a'.repeat(length)), pod)).toBe(expected);
  });
});
