import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { PLATFORMS } from '../../apps';
import { buildManifests, documents } from '../../lib/platform/documents';
import type { Manifest } from '../support/manifests';
import { findHelm, helm } from './support/helm';

const program = findHelm();
const describeWith = program === undefined ? describe.skip : describe;

const LAYERS = ['20-policies', '30-workloads'] as const;

/** Each chart of each platform, with the layer that it renders. */
const CHARTS = PLATFORMS.flatMap((platform) =>
  platform.chart === undefined
    ? []
    : LAYERS.map((layer) => ({
        platform,
        layer,
        chart: layer === '20-policies' ? `${platform.chart?.name}-policies` : `${platform.chart?.name}`,
      })),
);

const RENDERED = CHARTS.flatMap(({ platform, layer, chart }) =>
  platform.environments.map((environment) => ({
    title: `${chart} in ${environment.name}`,
    platform,
    environment,
    layer,
    chart,
  })),
);

const key = ({ apiVersion, kind, metadata }: Manifest): string =>
  `${apiVersion} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

const byKey = (objects: readonly Manifest[]): Record<string, Manifest> =>
  Object.fromEntries(objects.map((object) => [key(object), object]));

const parse = (text: string): Manifest[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);

describeWith('charts, rendered by Helm', () => {
  const folder = mkdtempSync(join(tmpdir(), 'charts-'));
  const run = (...args: readonly string[]) => helm(program ?? '', args, folder);
  const template = (chart: string, values: string, ...more: readonly string[]) =>
    run('template', chart, join(folder, chart), '--kube-version', '1.36', '--values', values, ...more);
  const valuesOf = (chart: string, environment: string) => join(folder, chart, 'values', `${environment}.yaml`);

  beforeAll(() => {
    for (const [path, text] of documents(PLATFORMS).get('charts') ?? []) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(RENDERED)('$title is what its manifests are', ({ platform, environment, layer, chart }) => {
    const { status, stdout, stderr } = template(
      chart,
      valuesOf(chart, environment.name),
      ...(layer === '20-policies' ? ['--set', 'keepNamespace=false'] : []),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const manifests = buildManifests(platform, environment)
      .filter((component) => component.layer === layer)
      .flatMap(({ objects }) => JSON.parse(JSON.stringify(objects)));
    const objects = parse(stdout);
    expect(objects).toHaveLength(manifests.length);
    expect(byKey(objects)).toEqual(byKey(manifests));
  });

  test.each(RENDERED)('$title passes the strict linter', ({ chart, environment }) => {
    const { status, stdout } = run(
      'lint',
      '--strict',
      join(folder, chart),
      '--values',
      valuesOf(chart, environment.name),
    );
    expect(stdout).toContain('1 chart(s) linted, 0 chart(s) failed');
    expect(status).toBe(0);
  });

  test.each(CHARTS)('$chart is refused without the values of an environment', ({ chart }) => {
    const { status, stderr } = run('template', chart, join(folder, chart), '--kube-version', '1.36');
    expect(status).not.toBe(0);
    expect(stderr).toContain("values don't meet the specifications of the schema");
  });

  test('a namespace stays when its release goes, unless the values say otherwise', () => {
    const namespaces = (...more: readonly string[]) =>
      parse(template('acgs-platform-policies', valuesOf('acgs-platform-policies', 'production'), ...more).stdout)
        .filter(({ kind }) => kind === 'Namespace')
        .map(({ metadata }) => metadata.annotations);
    expect(namespaces()).toEqual([{ 'helm.sh/resource-policy': 'keep' }]);
    expect(namespaces('--set', 'keepNamespace=false')).toEqual([undefined]);
  });

  test.each([
    { it: 'a number as text', set: 'authService.replicas.max=many', says: 'max' },
    { it: 'a negative number', set: 'authService.replicas.min=-1', says: 'min' },
    { it: 'a switch as text', set: 'authService.rollout.enabled=maybe', says: 'enabled' },
    { it: 'a key that no template reads', set: 'authService.replica.max=3', says: 'replica' },
    { it: 'an image tag that would end its quotes', set: 'authService.image.tag=1.0"x', says: 'tag' },
    { it: 'an amount that is none', set: 'authService.resources.limits.memory=lots', says: 'memory' },
    { it: 'a value that is taken away', set: 'authService.replicas.max=null', says: 'max' },
  ])('$it is refused by the schema', ({ set, says }) => {
    const { status, stderr } = template('acgs-platform', valuesOf('acgs-platform', 'production'), '--set', set);
    expect(status).not.toBe(0);
    expect(stderr).toContain(says);
  });

  test('a component that is switched off takes its secret, its routes and what lets it in along', () => {
    const left = parse(
      template('acgs-platform', valuesOf('acgs-platform', 'production'), '--set', 'formalVerification.enabled=false')
        .stdout,
    );
    const whole = parse(template('acgs-platform', valuesOf('acgs-platform', 'production')).stdout);
    const gone = whole.map(key).filter((name) => !left.map(key).includes(name));
    expect(gone.length).toBeGreaterThan(6);
    expect(gone.filter((name) => !name.includes('/formal-verification'))).toEqual([]);
    const letIn = left.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'auth-service');
    expect(JSON.stringify(letIn.spec.ingress)).not.toContain('formal-verification');
  });

  test('the tag of an image is one value', () => {
    const { stdout } = template(
      'acgs-platform',
      valuesOf('acgs-platform', 'production'),
      '--set-string',
      'authService.image.tag=2.1.0',
    );
    const rollout = parse(stdout).find(({ kind, metadata }) => kind === 'Rollout' && metadata.name === 'auth-service');
    expect(rollout.spec.template.spec.containers[0].image).toMatch(/\/acgs\/auth-service:2\.1\.0$/);
  });
});
