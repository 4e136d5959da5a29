// Reads a result file of Jest: names on stderr what did not pass, prints `passed failed` on stdout. A skipped test
// counts as a failed one, for in CI everything that tests need is there, but for what MAY_BE_SKIPPED.
import { readFileSync } from 'node:fs';

/** What Debian 12 has not, or has too old: a server, an evaluator of CEL, kubectl, OPA and Helm. They run where they are at hand. */
const MAY_BE_SKIPPED = [
  /^nginx 1\.27\.3 or later /,
  /^what the API server admits /,
  /^kustomize /,
  /^kubectl knows /,
  /^opa /,
  /^charts, rendered by Helm /,
];

const { testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);
const passed = tests.filter(({ status }) => status === 'passed');
const skipped = tests.filter(
  ({ status, fullName }) => status === 'pending' && MAY_BE_SKIPPED.some((name) => name.test(fullName)),
);

for (const { name, message } of broken) console.error(`failed: ${name}\n${message}`);
for (const test of tests) if (!passed.includes(test)) console.error(`${test.status}: ${test.fullName}`);
console.log(passed.length, broken.length + tests.length - passed.length - skipped.length);
