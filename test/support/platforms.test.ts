import { ENVIRONMENTS, everyOutput, PLATFORMS, stacksOf } from './platforms';

const output = everyOutput();

test('every environment of every platform is read, by the folder of its manifests', () => {
  const declared = PLATFORMS.flatMap(({ environments }) => environments);
  expect(ENVIRONMENTS).toHaveLength(declared.length);
  for (const environment of ENVIRONMENTS) expect(output.objects(environment).length).toBeGreaterThan(20);
});

test('every stack belongs to one environment, or to a platform as a whole', () => {
  const subjects = [...ENVIRONMENTS, ...PLATFORMS.map(({ name }) => name)];
  const stacks = subjects.flatMap((subject) => stacksOf(output, subject));
  expect([...stacks].sort()).toEqual([...output.stacks].sort());
});

test('an environment has none of the stacks of one whose name is longer', () => {
  const stacks = ['shop-production-data', 'acgs-production-data', 'acgs-production-dr-data', 'acgs-staging-data'];
  expect(stacksOf({ ...output, stacks }, 'acgs/production')).toEqual(['acgs-production-data']);
  expect(stacksOf({ ...output, stacks }, 'acgs/production-dr')).toEqual(['acgs-production-dr-data']);
});
