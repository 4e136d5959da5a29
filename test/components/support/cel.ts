import { spawnSync } from 'node:child_process';
import type { Manifest } from '../../support/manifests';

/** The evaluator is the Python package cel-python; which interpreter has it may be said by PYTHON. */
const PYTHON = process.env.PYTHON ?? 'python3';

const EVALUATE = `
import json, sys, celpy, celpy.celtypes as t
from celpy.adapter import json_to_cel
env = celpy.Environment()
programs = {}
def program(text):
    if text not in programs: programs[text] = env.program(env.compile(text))
    return programs[text]
def run(text, given):
    try: return program(text).evaluate(given)
    except Exception as fault: return fault
def verdict(policy, request):
    given = {key: json_to_cel(request[key]) for key in ('object', 'oldObject', 'request')}
    for condition in policy.get('matchConditions', []):
        met = run(condition['expression'], given)
        if isinstance(met, Exception): return ['error: %s: %s' % (condition['name'], met)]
        if not met: return []
    variables = t.MapType()
    for variable in policy.get('variables', []):
        value = run(variable['expression'], {**given, 'variables': variables})
        if isinstance(value, Exception): return ['error: %s: %s' % (variable['name'], value)]
        variables[t.StringType(variable['name'])] = value
    broken = []
    for validation in policy['validations']:
        holds = run(validation['expression'], {**given, 'variables': variables})
        if isinstance(holds, Exception): broken.append('error: %s: %s' % (validation['message'], holds))
        elif not holds: broken.append(validation['message'])
    return broken
asked = json.load(sys.stdin)
print(json.dumps([verdict(one['policy'], one['request']) for one in asked]))
`;

/** Whether there is an interpreter that can evaluate CEL. */
export const hasCel = spawnSync(PYTHON, ['-c', 'import celpy'], { timeout: 20_000 }).status === 0;

/** What is asked of a policy: an object as it is to be, and as it was. */
export interface Admission {
  readonly policy: Manifest;
  readonly object: Manifest;
  readonly oldObject?: Manifest;
}

/** Messages of the validations that each object breaks, and errors of the expressions themselves. */
export function admit(asked: readonly Admission[]): readonly string[][] {
  const input = asked.map(({ policy, object, oldObject = null }) => ({
    policy: policy.spec,
    request: { object, oldObject, request: { operation: oldObject === null ? 'CREATE' : 'UPDATE' } },
  }));
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', EVALUATE], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
