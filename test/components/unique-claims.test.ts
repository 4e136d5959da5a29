import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UNIQUE_RULES } from '../../lib/config/admission/unique-claim';
import type { UniqueClaim } from '../../lib/model';

/** The rules as OPA, which Gatekeeper evaluates them with, understands them. */
const available = spawnSync('opa', ['version']).status === 0;
const describeWith = available ? describe : describe.skip;

type Content = Readonly<Record<string, unknown>>;

const object = (name: string, spec: object, namespace = 'shop') => ({ metadata: { name, namespace }, spec });

const autoscaler = (name: string, target: string, apiVersion = 'apps/v1', kind = 'Deployment') =>
  object(name, { scaleTargetRef: { apiVersion, kind, name: target } });

const ingress = (name: string, host: string, ...paths: readonly string[]) =>
  object(name, { rules: [{ host, http: { paths: paths.map((path) => ({ path })) } }] });

const byName = (...objects: readonly ReturnType<typeof object>[]): Content =>
  Object.fromEntries(objects.map((one) => [one.metadata.name, one]));

const AUTOSCALERS = {
  shop: { 'autoscaling/v2': { HorizontalPodAutoscaler: byName(autoscaler('a', 'api'), autoscaler('b', 'web')) } },
  other: { 'autoscaling/v2': { HorizontalPodAutoscaler: byName(autoscaler('z', 'far')) } },
};

const INGRESSES = {
  shop: { 'networking.k8s.io/v1': { Ingress: byName(ingress('a', 'x.example.com', '/', '/b')) } },
};

describeWith('opa', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unique-claims-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  function violations(claim: UniqueClaim, namespace: object, reviewed: object): string[] {
    const { rego, constraintKind, compared } = UNIQUE_RULES[claim];
    const rule = write('rule.rego', rego);
    const data = write('data.json', JSON.stringify({ inventory: { namespace } }));
    const input = write(
      'input.json',
      JSON.stringify({ review: { object: reviewed, kind: { group: compared.group } } }),
    );
    const query = `data.${constraintKind.toLowerCase()}.violation`;
    const { stdout, status } = spawnSync('opa', ['eval', '-d', rule, '-d', data, '-i', input, query], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(status).toBe(0);
    return JSON.parse(stdout).result[0].expressions[0].value.map(({ msg }: { msg: string }) => msg);
  }

  test.each(Object.entries(UNIQUE_RULES))('%s is sound Rego', (_, { rego }) => {
    expect(spawnSync('opa', ['check', '--strict', write('checked.rego', rego)]).status).toBe(0);
  });

  const taken = 'Deployment api is moved by a already: two autoscalers would undo one another';

  test.each<[string, ReturnType<typeof object>, string[]]>([
    ['the one that has the claim', autoscaler('a', 'api'), []],
    ['a second one', autoscaler('c', 'api'), [taken]],
    ['a second one by another version', autoscaler('c', 'api', 'apps/v1beta1'), [taken]],
    ['one that is moved over', autoscaler('b', 'api'), [taken]],
    ['one of another kind of that name', autoscaler('c', 'api', 'argoproj.io/v1alpha1', 'Rollout'), []],
    ['one of what another namespace scales', autoscaler('c', 'far'), []],
  ])('autoscalers: %s', (_, reviewed, expected) => {
    expect(violations('autoscaler-target', AUTOSCALERS, reviewed)).toEqual(expected);
  });

  test.each<[string, ReturnType<typeof object>, number]>([
    ['the one that has the claim', ingress('a', 'x.example.com', '/'), 0],
    ['a second one', ingress('c', 'x.example.com', '/', '/b'), 2],
    ['another path of the host', ingress('c', 'x.example.com', '/c'), 0],
    ['another host', ingress('c', 'y.example.com', '/'), 0],
    ['one without rules', object('c', { defaultBackend: {} }), 0],
  ])('Ingresses: %s', (_, reviewed, expected) => {
    expect(violations('ingress-host', INGRESSES, reviewed)).toHaveLength(expected);
  });
});
