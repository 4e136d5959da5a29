import { everyOutput } from '../support/platforms';
import { brokenAwsRules } from './aws-rule';
import { AWS_RULES, CDK_NAG_COVERAGE } from './aws-rules';
import { CDK_NAG, CHECKOV_AWS } from './listed-checks';
import { unused, unwaived } from './waiver';
import { AWS_WAIVERS } from './waivers';

const { stack, stacks } = everyOutput();

const found = stacks.flatMap((name) => brokenAwsRules(name, stack(name), AWS_RULES));
const ids = AWS_RULES.map(({ id }) => id);

describe('stacks of every environment', () => {
  test.each(stacks)('%s: every resource is hardened as checkov wants it', (name) => {
    const here = found.filter(({ on }) => on.startsWith(`${name} `));
    expect(unwaived(here, AWS_WAIVERS)).toEqual([]);
  });

  test('every waiver is needed', () => {
    expect(unused(found, AWS_WAIVERS)).toEqual([]);
  });
});

describe('rules about AWS', () => {
  test('each has one id', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('each listed check of checkov has one, and none stands for nothing', () => {
    const own = Object.values(CDK_NAG_COVERAGE).flat();
    expect(CHECKOV_AWS.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.filter((id) => !CHECKOV_AWS.includes(id) && !own.includes(id))).toEqual([]);
  });

  test('each name of cdk-nag stands for rules that exist', () => {
    expect(Object.keys(CDK_NAG_COVERAGE).sort()).toEqual([...CDK_NAG].sort());
    expect(
      Object.values(CDK_NAG_COVERAGE)
        .flat()
        .filter((id) => !ids.includes(id)),
    ).toEqual([]);
  });
});
