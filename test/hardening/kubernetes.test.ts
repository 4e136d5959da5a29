import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findViolations, RULE_IDS } from '../support/hardening';
import { ENVIRONMENTS, everyOutput, PLATFORMS } from '../support/platforms';
import {
  CHECKOV_KUBERNETES_COVERAGE,
  type Coverage,
  KUBE_LINTER_COVERAGE,
  KUBE_SCORE_COVERAGE,
  POLARIS_COVERAGE,
} from './kubernetes-checks';
import { CHECKOV_KUBERNETES, KUBE_LINTER, KUBE_SCORE, POLARIS } from './listed-checks';
import { type Reported, unused, unwaived } from './waiver';
import { KUBERNETES_WAIVERS } from './waivers';

const ROOT = join(__dirname, '../..');
const { objects } = everyOutput();

const found = ENVIRONMENTS.flatMap((environment) =>
  findViolations(objects(environment)).map(
    ({ rule, object }): Reported => ({ check: rule, on: `${environment} ${object}` }),
  ),
);

const TOOLS: [tool: string, listed: readonly string[], coverage: Readonly<Record<string, Coverage>>][] = [
  ['kube-score', KUBE_SCORE, KUBE_SCORE_COVERAGE],
  ['kube-linter', KUBE_LINTER, KUBE_LINTER_COVERAGE],
  ['polaris', POLARIS, POLARIS_COVERAGE],
  ['checkov', CHECKOV_KUBERNETES, CHECKOV_KUBERNETES_COVERAGE],
];

test('every platform in apps/ is among those whose output is read', () => {
  const apps = readdirSync(join(ROOT, 'apps')).filter((name) => existsSync(join(ROOT, 'apps', name, 'index.ts')));
  expect(PLATFORMS.map(({ name }) => name).sort()).toEqual(apps.sort());
});

describe('manifests of every environment', () => {
  test.each(ENVIRONMENTS)('%s: every workload is hardened as the usual linters want it', (environment) => {
    const here = found.filter(({ on }) => on.startsWith(`${environment} `));
    expect(unwaived(here, KUBERNETES_WAIVERS)).toEqual([]);
  });

  test('every waiver is needed', () => {
    expect(unused(found, KUBERNETES_WAIVERS)).toEqual([]);
  });
});

describe('checks of the linters', () => {
  test.each(TOOLS)('%s: each listed check is in the table, and no other', (_tool, listed, coverage) => {
    expect(Object.keys(coverage).sort()).toEqual([...listed].sort());
  });

  test.each(TOOLS)('%s: each check is covered by rules or a test that exist, or says why not', (_tool, _, coverage) => {
    const wrong = Object.entries(coverage).filter(([, how]) => {
      if ('rules' in how) return how.rules.length === 0 || how.rules.some((rule) => !RULE_IDS.includes(rule));
      return 'test' in how ? !existsSync(join(ROOT, how.test)) : how.inapplicable.split(' ').length < 5;
    });
    expect(wrong).toEqual([]);
  });

  test('every rule of ours stands for a check of some tool', () => {
    const named = TOOLS.flatMap(([, , coverage]) =>
      Object.values(coverage).flatMap((how) => ('rules' in how ? how.rules : [])),
    );
    expect(RULE_IDS.filter((rule) => !named.includes(rule))).toEqual([]);
  });
});
