import { Chart, Testing } from 'cdk8s';
import {
  PRIORITY_CLASS_CHECKS,
  PriorityClasses,
  type PriorityClassesProps,
} from '../../../lib/kubernetes/cluster/priority-classes';
import { allIds, refused } from '../../support/findings';
import { manifests } from '../../support/manifests';

const classes = (props: PriorityClassesProps = {}) =>
  manifests((chart) => new PriorityClasses(chart, 'Priorities', props));

const one = (value: number) => ({ classes: { one: { value, description: 'x' } } });

describe('PriorityClasses', () => {
  test('by default what others depend on outranks services, services outrank jobs, and jobs outrank free room', () => {
    const rows = classes().map(({ metadata, value, preemptionPolicy }) => [metadata.name, value, preemptionPolicy]);
    expect(rows).toEqual([
      ['critical', 1_000_000, 'PreemptLowerPriority'],
      ['standard', 100_000, 'PreemptLowerPriority'],
      ['batch', 1_000, 'Never'],
      ['placeholder', -10, 'Never'],
    ]);
  });

  test('a class is the default of a cluster only if it is asked for', () => {
    const defaults = (props: PriorityClassesProps) =>
      classes(props)
        .filter(({ globalDefault }) => globalDefault)
        .map(({ metadata }) => metadata.name);
    expect(defaults({})).toEqual([]);
    expect(defaults({ globalDefault: 'standard' })).toEqual(['standard']);
  });

  test('own classes replace them', () => {
    expect(classes(one(5))).toEqual([
      {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name: 'one' },
        value: 5,
        description: 'x',
        preemptionPolicy: 'PreemptLowerPriority',
        globalDefault: false,
      },
    ]);
  });

  test('they have no namespace, whatever the chart has', () => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
    new PriorityClasses(chart, 'Priorities');
    expect(Testing.synth(chart).filter(({ metadata }) => 'namespace' in metadata)).toEqual([]);
  });

  test.each([-10, 0, 1_000_000_000])('accepts the value %d', (value) => {
    expect(PriorityClasses.inspect('p', one(value))).toEqual([]);
  });

  const broken: [id: string, props: PriorityClassesProps][] = [
    ['priority-class-names-are-free', { classes: { 'system-mine': { value: 1, description: 'x' } } }],
    ['priority-class-names-are-free', { classes: { Mine: { value: 1, description: 'x' } } }],
    ['priority-class-values-are-in-range', one(-11)],
    ['priority-class-values-are-in-range', one(1_000_000_001)],
    ['priority-class-values-are-in-range', one(Number.NaN)],
    ['priority-class-default-exists', { globalDefault: 'usual' }],
    ['priority-class-default-exists', { globalDefault: 'toString' }],
  ];

  test.each(broken)('refuses: %s %j', (id, props) => expect(refused(() => classes(props))).toEqual([id]));

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([id]) => id))].sort()).toEqual(allIds(PRIORITY_CLASS_CHECKS));
  });
});
