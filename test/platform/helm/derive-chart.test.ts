import { parse } from 'yaml';
import { type ComponentObjects, deriveChart } from '../../../lib/platform/helm/derive-chart';
import { defaultValues, environmentValues } from '../../../lib/platform/helm/values-files';
import { environment } from '../../support/environment';
import type { Manifest } from '../../support/manifests';

const NAMES = ['development', 'staging', 'production'];

const ENVIRONMENTS = NAMES.map((name, at) =>
  environment({ name, registry: `${at + 1}11111111111.dkr.ecr.eu-west-1.amazonaws.com` }),
);

const configMap = (name: string, data: Manifest): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  data,
});

const workload = (kind: string, name: string, spec: Manifest): Manifest => ({
  apiVersion: kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1',
  kind,
  metadata: { name, namespace: 'shop' },
  spec,
});

/** Objects of a component in development, staging and production; none where there is nothing. */
function chart(components: Record<string, readonly (readonly Manifest[] | undefined)[]>) {
  const objects = new Map(
    NAMES.map((name, at) => [
      name,
      Object.entries(components).flatMap(([component, each]): ComponentObjects[] => {
        const own = each[at];
        return own === undefined ? [] : [{ name: component, objects: own }];
      }),
    ]),
  );
  const { templates, values } = deriveChart(ENVIRONMENTS, objects);
  return {
    template: (name: string) => templates.get(name) ?? '',
    defaults: parse(defaultValues(values)) ?? {},
    values: NAMES.map((name) => parse(environmentValues(values, name)) ?? {}),
  };
}

/** A ConfigMap of one key in each environment. */
const settings = (...said: readonly Manifest[]) =>
  chart({ api: said.map((value) => [configMap('api', { setting: value })]) });

test('what all environments say is part of the template, and no value', () => {
  const { template, defaults, values } = settings('same', 'same', 'same');
  expect(template('api')).toContain('setting: same\n');
  expect(template('api')).not.toContain('{{');
  expect([defaults, ...values]).toEqual([{}, {}, {}, {}]);
});

test('what differs is a value that every environment has', () => {
  const { template, defaults, values } = settings('a', 'b', 'b');
  expect(template('api')).toContain('setting: {{ .Values.api.configMap.setting | quote }}\n');
  expect(defaults).toEqual({ api: { configMap: {} } });
  expect(values).toEqual(['a', 'b', 'b'].map((setting) => ({ api: { configMap: { setting } } })));
});

test.each([
  { it: 'a text', said: ['1', '2', '3'], written: '{{ .Values.api.configMap.setting | quote }}' },
  { it: 'a whole number', said: [1000000, 2, 3], written: '{{ int64 .Values.api.configMap.setting }}' },
  { it: 'a share', said: [0.5, 1, 2], written: '{{ toJson .Values.api.configMap.setting }}' },
  { it: 'a truth', said: [true, false, false], written: '{{ toJson .Values.api.configMap.setting }}' },
  { it: 'a list', said: [[1], [], [2]], written: '{{- toYaml .Values.api.configMap.setting | nindent 4 }}' },
  { it: 'things of several types', said: ['1', 1, null], written: '{{ toJson .Values.api.configMap.setting }}' },
])('$it is written as what it is', ({ said, written }) => {
  expect(settings(...said).template('api')).toContain(`setting: ${written}\n`);
});

test('what an environment says of itself is one value in all texts', () => {
  const { template, values } = settings(
    'acgs/development/auth and acgs/development/db',
    'acgs/staging/auth and acgs/staging/db',
    'acgs/production/auth and acgs/production/db',
  );
  expect(template('api')).toContain(
    'setting: "acgs/{{ .Values.environment }}/auth and acgs/{{ .Values.environment }}/db"\n',
  );
  expect(values).toEqual(NAMES.map((environment) => ({ environment })));
});

test('a name within another word is no fact', () => {
  const { values } = settings('predevelopment', 'prestaging', 'preproduction');
  expect(values[0]).toEqual({ api: { configMap: { setting: 'predevelopment' } } });
});

test('text of others is no action, wherever it stands', () => {
  const text = '{{ $labels.service }} of {{{x}}}';
  const { template } = settings(`${text} 1`, `${text} 1`, `${text} 1`);
  expect(template('api')).toContain('"{{ "{{" }} $labels.service }} of {{ "{{" }}{x}}} 1"');
  const differs = settings('up{development}', 'up{staging}', 'up{production}');
  expect(differs.template('api')).toContain('up{{ "{" }}{{ .Values.environment }}}');
});

test('what only some environments have is left out where the values have none', () => {
  const { template, defaults, values } = chart({
    api: [
      [configMap('api', { a: '1' })],
      [configMap('api', { a: '1', b: '2', c: '3' })],
      [configMap('api', { a: '1', b: '2', c: '3' })],
    ],
  });
  expect(template('api')).toContain(
    '  a: "1"\n  {{- with .Values.api.configMap.content }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\n',
  );
  expect(defaults).toEqual({ api: { configMap: { content: {} } } });
  const content = { b: '2', c: '3' };
  expect(values).toEqual([{}, { api: { configMap: { content } } }, { api: { configMap: { content } } }]);
});

test('a member that says nothing is not mistaken for none', () => {
  const { template, values } = chart({
    api: [[workload('Deployment', 'api', { a: 1 })], [workload('Deployment', 'api', { a: 1, b: 0 })], undefined],
  });
  expect(template('api')).toContain('spec: {{- toYaml .Values.api.');
  expect(JSON.stringify(values[1])).toContain('{"a":1,"b":0}');
});

test('items are paired by their names, and those of some stand between those of all', () => {
  const env = (...names: readonly string[]) =>
    workload('Deployment', 'api', { env: names.map((name) => ({ name, value: name })) });
  const { template, values } = chart({ api: [[env('A', 'Z')], [env('A', 'B', 'Z')], [env('A', 'C', 'D', 'Z')]] });
  expect(template('api')).toMatch(
    /name: A\n.*\n +\{\{- with .Values.api.env \}\}\n.*\n +\{\{- end \}\}\n +- name: Z\n/,
  );
  expect(values.map(({ api }) => api?.env?.map(({ name }: Manifest) => name))).toEqual([undefined, ['B'], ['C', 'D']]);
});

test('a component that not all have is behind a switch', () => {
  const { template, values } = chart({
    api: [undefined, [configMap('api', { a: '1' })], [configMap('api', { a: '1' })]],
  });
  expect(template('api')).toMatch(/^\{\{- if .Values.api.enabled \}\}\n---\n(?:.+\n)+\{\{- end \}\}\n$/);
  expect(values.map(({ api }) => api.enabled)).toEqual([false, true, true]);
});

test('what another component has elsewhere follows its switch', () => {
  const rule = (...peers: readonly string[]) =>
    workload('Policy', 'db', { from: ['all', ...peers].map((app) => ({ app })) });
  const api = [configMap('api', {})];
  const { template } = chart({
    api: [undefined, api, api],
    db: [[rule()], [rule('api'), configMap('api-secret', {})], [rule('api'), configMap('api-secret', {})]],
  });
  expect(template('db')).toContain('{{- if .Values.api.enabled }}\n    - app: api\n    {{- end }}\n');
  expect(template('db')).toContain('{{- if .Values.api.enabled }}\n---\n');
});

test('two workloads that exclude one another are one switch', () => {
  const target = (kind: string) => workload('Scaler', 'scaler', { kind, to: 'api' });
  const { template, values } = chart({
    api: [
      [workload('Deployment', 'api', {}), target('Deployment')],
      [workload('Rollout', 'api', {}), target('Rollout')],
      [workload('Rollout', 'api', {}), target('Rollout')],
    ],
  });
  expect(values.map(({ api }) => api)).toEqual([false, true, true].map((enabled) => ({ rollout: { enabled } })));
  expect(template('api')).toContain('{{- if not .Values.api.rollout.enabled }}\n---\napiVersion: apps/v1');
  expect(template('api')).toContain('{{- if .Values.api.rollout.enabled }}\n---\napiVersion: argoproj.io');
  expect(template('api')).toContain(
    'kind: {{ if .Values.api.rollout.enabled }}"Rollout"{{ else }}"Deployment"{{ end }}\n',
  );
});

test('Jobs that are named after what they do are one object, and its name a value', () => {
  const job = (digest: string) => ({
    ...workload('Job', `roles-${digest}`, {}),
    apiVersion: 'batch/v1',
    metadata: { name: `roles-${digest}`, labels: { instance: `roles-${digest}` } },
  });
  const { template, values } = chart({ roles: [[job('1a')], [job('2b')], [job('3c')]] });
  expect(template('roles').match(/kind: Job/g)).toHaveLength(1);
  expect(template('roles')).toContain('instance: "{{ .Values.roles.job.name }}"');
  expect(values.map(({ roles }) => roles)).toEqual(
    ['1a', '2b', '3c'].map((digest) => ({ job: { name: `roles-${digest}` } })),
  );
});

test('the release, the amounts and the bounds of a service are values, though all environments agree', () => {
  const pod = (registry: string) => [
    workload('Deployment', 'api', {
      template: {
        spec: {
          containers: [
            {
              name: 'api',
              image: `${registry}/shop/api:2.0.0`,
              resources: { limits: { cpu: '1' }, requests: { cpu: '1' } },
            },
          ],
        },
      },
    }),
    workload('HorizontalPodAutoscaler', 'api', { minReplicas: 2, maxReplicas: 4 }),
  ];
  const { template, defaults, values } = chart({ api: ENVIRONMENTS.map(({ registry }) => pod(registry)) });
  expect(template('api')).toContain('image: "{{ .Values.registry }}/shop/api:{{ .Values.api.image.tag }}"\n');
  expect(template('api')).toContain('resources: {{- toYaml .Values.api.resources | nindent 12 }}\n');
  expect(template('api')).toContain('minReplicas: {{ int64 .Values.api.replicas.min }}\n');
  expect(defaults.api).toEqual({
    image: { tag: '2.0.0' },
    resources: { limits: { cpu: '1' }, requests: { cpu: '1' } },
    replicas: { min: 2, max: 4 },
  });
  expect(values).toEqual(ENVIRONMENTS.map(({ registry }) => ({ registry })));
});

test('what two components say alike is one value', () => {
  const of = (name: string) => ['1', '2', '3'].map((size) => [workload('Deployment', name, { size })]);
  const { values } = chart({ one: of('one'), two: of('two') });
  expect(values).toEqual(['1', '2', '3'].map((size) => ({ common: { size } })));
});

test('values of one name that differ get names of their own', () => {
  const two = (a: string, b: string) => [workload('Policy', 'api', { rules: [{ port: [a] }, { port: [b] }] })];
  const { template, values } = chart({ api: [two('1', '2'), two('3', '4'), two('5', '6')] });
  const references = [...template('api').matchAll(/\.Values\.[\w.]+/g)].map(([name]) => name);
  expect(new Set(references).size).toBe(2);
  expect(JSON.stringify(values[1])).toMatch(/"3".*"4"/);
});

test('a component called like a value of the chart stands beside it', () => {
  const { template } = chart({
    registry: ENVIRONMENTS.map(({ registry, name }) => [configMap('registry', { registry, size: `${name.length}` })]),
  });
  expect(template('registry')).toContain('registry: "{{ .Values.registry }}"\n');
  expect(template('registry')).toContain('{{ .Values.registryComponent.configMap.size | quote }}');
});

test('a namespace is kept when its release goes', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const { template, defaults } = chart({ namespace: [[namespace], [namespace], [namespace]] });
  expect(template('namespace')).toContain(
    '  {{- if .Values.keepNamespace }}\n  annotations:\n    helm.sh/resource-policy: keep\n  {{- end }}\n',
  );
  expect(defaults).toEqual({ keepNamespace: true });
});
