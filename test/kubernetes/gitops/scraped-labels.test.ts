import { parse } from 'yaml';
import { PLATFORMS } from '../../../apps';
import { kedaQuery } from '../../../lib/config/keda-query';
import { isMeasured } from '../../../lib/config/metric-query';
import { analysisPlan } from '../../../lib/model/rollout/analysis';
import type { Manifest } from '../../support/manifests';
import { ENVIRONMENTS, everyOutput } from '../../support/platforms';

/** Whoever asks Prometheus asks by labels, and the only ones there are, beside the programs' own, are those that scraping makes. */
const emitted = everyOutput();

const objects = ENVIRONMENTS.flatMap((environment) => emitted.objects(environment));

const byKind = (kind: string): Manifest[] => objects.filter((object) => object.kind === kind);

/** Jobs that the emitted Prometheus scrapes annotated pods with, one for each environment. */
const jobs: readonly Manifest[] = byKind('Application')
  .filter(({ metadata }) => metadata.name === 'kube-prometheus-stack')
  .map(({ spec }) => spec.source.helm.valuesObject.prometheus.prometheusSpec.additionalScrapeConfigs)
  .map((configs) => configs.find((config: Manifest) => config.job_name === 'pods'));

const rules = (job: Manifest): Manifest[] => job.relabel_configs;

const madeBy = (job: Manifest): string[] =>
  rules(job).flatMap(({ target_label }) => (target_label?.startsWith('__') === false ? [target_label] : []));

/** Labels that each of them makes. */
const made = jobs.map(madeBy).reduce((common, labels) => common.filter((label) => labels.includes(label)));

/** Labels that the programs themselves put on what autoscalers ask for, and the bounds of buckets. */
const own = new Set([
  'le',
  ...PLATFORMS.flatMap(({ environments }) => environments)
    .flatMap(({ services }) => services.flatMap(({ scaling }) => scaling.metrics))
    .filter(isMeasured)
    .flatMap((use) => [use.metric.labels ?? {}, use.on === 'external' ? (use.selector ?? {}) : {}])
    .flatMap(Object.keys),
]);

const matched = (query: string): string[] =>
  [...query.matchAll(/([A-Za-z_]\w*)\s*(?:=~|!~|!=|=)"/g)].map(([, label = '']) => label);
const grouped = (query: string): string[] =>
  [...query.matchAll(/by \(([^<>()]*)\)/g)].flatMap(([, labels = '']) => labels.split(/,\s*/));

const strange = (labels: readonly string[]): string[] =>
  [...new Set(labels)].filter((label) => !own.has(label) && !made.includes(label));

test('each environment scrapes annotated pods, in one way', () => {
  expect(jobs).toHaveLength(ENVIRONMENTS.length);
  expect(new Set(jobs.map((job) => JSON.stringify(job))).size).toBe(1);
  expect(made).toEqual(expect.arrayContaining(['namespace', 'pod']));
});

test('the version of a series is the label that Argo Rollouts gives its pods', () => {
  const { versionLabel, namespaceLabel } = analysisPlan({ metrics: [] });
  expect(versionLabel).toBe('rollouts_pod_template_hash');
  for (const job of jobs) {
    expect(rules(job)).toContainEqual({
      source_labels: ['__meta_kubernetes_pod_label_rollouts_pod_template_hash'],
      regex: '(.+)',
      target_label: versionLabel,
    });
    expect(rules(job)).toContainEqual({
      source_labels: ['__meta_kubernetes_namespace'],
      target_label: namespaceLabel,
    });
  }
});

test('analyses select versions and namespaces by labels that scraping makes', () => {
  const queries = byKind('AnalysisTemplate').flatMap(({ spec }) =>
    spec.metrics.flatMap(({ provider }: Manifest): string[] =>
      provider.prometheus ? [provider.prometheus.query] : [],
    ),
  );
  const places = queries.flatMap((query) => [...query.matchAll(/(\w+)="\{\{args\.(\w+)\}\}"/g)]);
  expect(new Set(places.map(([, , argument]) => argument))).toEqual(new Set(['version', 'namespace']));
  expect(strange(places.map(([, label = '']) => label))).toEqual([]);
});

test('the adapter finds objects by labels that scraping makes', () => {
  const configs = byKind('ConfigMap').filter(({ metadata }) => metadata.name === 'metric-adapter-rules');
  const found = configs
    .flatMap(({ data }) => Object.values<string>(data).map((text) => parse(text)))
    .flatMap((config) => config.rules)
    .flatMap((rule) => [
      ...Object.keys(rule.resources.overrides ?? {}),
      ...matched(rule.seriesQuery),
      ...matched(rule.metricsQuery),
      ...grouped(rule.metricsQuery),
    ]);
  expect(found).toEqual(expect.arrayContaining(['namespace', 'pod']));
  expect(strange(found)).toEqual([]);
});

test('KEDA would ask by labels that scraping makes, were it to measure the same', () => {
  const queries = PLATFORMS.flatMap(({ environments }) => environments).flatMap(({ namespace, services }) =>
    services.flatMap(({ name, scaling }) => {
      const target = { apiVersion: 'apps/v1', kind: 'Deployment', name };
      return scaling.metrics.filter(isMeasured).map((metric) => kedaQuery(metric, { namespace, target }));
    }),
  );
  const found = queries.flatMap((query) => [...matched(query), ...grouped(query)]);
  expect(found).toEqual(expect.arrayContaining(['namespace', 'pod']));
  expect(strange(found)).toEqual([]);
});
