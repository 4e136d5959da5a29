import { type CheckArguments, commandOf } from '../../lib/cli';

const given = (line: string): CheckArguments | string => {
  const command = commandOf(line.split(' ').filter((word) => word !== ''));
  return command.name === 'check' ? command.given : command.name === 'wrong' ? command.why : command.name;
};

test('a check has defaults', () => {
  expect(given('check --kubernetes manifests')).toEqual({
    kubernetes: ['manifests'],
    terraform: [],
    likeKubernetes: [],
    likeTerraform: [],
    assumptions: [],
    suppressions: [],
    asOf: undefined,
    format: 'text',
    failOn: 'error',
  });
});

test('everything may be said, paths several times or one after the other', () => {
  expect(
    given(
      'check --kubernetes a b --kubernetes c --terraform=d.json --terraform e f --assumptions g --suppressions h ' +
        '--like-kubernetes i j --like-terraform k --as-of 2027-01-31 --format sarif --fail-on warning',
    ),
  ).toEqual({
    kubernetes: ['a', 'b', 'c'],
    terraform: ['d.json', 'e', 'f'],
    likeKubernetes: ['i', 'j'],
    likeTerraform: ['k'],
    assumptions: ['g'],
    suppressions: ['h'],
    asOf: '2027-01-31',
    format: 'sarif',
    failOn: 'warning',
  });
});

test('numbers are fitted to the same input', () => {
  const words = ['--kubernetes', 'a', '--format', 'json', '--fail-on', 'warning'];
  const [check, fit] = [commandOf(['check', ...words]), commandOf(['fit', ...words])];
  expect([check.name, fit.name]).toEqual(['check', 'fit']);
  expect({ ...fit, name: 'check' }).toEqual(check);
});

test('what is piped in is a path', () => {
  expect(given('check --kubernetes -')).toMatchObject({ kubernetes: ['-'] });
});

test.each([
  ['', 'help'],
  ['--help', 'help'],
  ['check -h', 'help'],
  ['--version', 'version'],
  ['check', 'nothing to check: give --kubernetes or --terraform'],
  ['prove --kubernetes a', 'no command prove'],
  ['--kubernetes a', 'no command: say headroom check, or headroom fit'],
  ['fit', 'nothing to check: give --kubernetes or --terraform'],
  ['fit --kubernetes a --format sarif', 'headroom fit has no findings: say --format text or json'],
  ['check --like-kubernetes a', 'nothing to check: give --kubernetes or --terraform'],
  ['check a --kubernetes b', 'a belongs to no option: say --kubernetes or --terraform before it'],
  ['check --kubernetes a --format xml', '--format must be text, json, sarif, got xml'],
  ['check --kubernetes a --fail-on never', '--fail-on must be error or warning, got never'],
  ['check --kubernetes a --as-of today', '--as-of must be a day such as 2027-01-31, got today'],
  ['check --kubernetes a --as-of 2027-02-30', '--as-of must be a day such as 2027-01-31, got 2027-02-30'],
])('%j is %s', (line, expected) => {
  expect(given(line)).toBe(expected);
});

test.each(['check --kubernetes', 'check --kubernetes a --colour', 'check --format --kubernetes a'])(
  '%j is not understood',
  (line) => {
    expect(commandOf(line.split(' ')).name).toBe('wrong');
  },
);
