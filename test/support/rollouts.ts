import { Chart, Testing } from 'cdk8s';
import { setTargetVersion } from '../../lib/kubernetes';
import { BlueGreenRollout } from '../../lib/kubernetes/rollout/blue-green-rollout';
import { CanaryRollout } from '../../lib/kubernetes/rollout/canary-rollout';
import type { BlueGreenRolloutProps, CanaryRolloutProps } from '../../lib/kubernetes/rollout/rollout-props';
import type { AnalysisSpec, SuccessRateMetric } from '../../lib/model/rollout/analysis';
import { Percent } from '../../lib/units';
import type { Manifest } from './manifests';
import { scaling } from './web-service';

export const successRate: SuccessRateMetric = {
  name: 'success-rate',
  measures: 'success-rate',
  atLeast: Percent.of(99),
};

export const health: AnalysisSpec = { metrics: [successRate] };

/** Props as callers without `exactOptionalPropertyTypes` give them. */
export type Loose<P> = { readonly [K in keyof P]?: P[K] | undefined };

const web = {
  name: 'api',
  image: 'registry.example.com/shop/api:1.4.0',
  port: 8080,
  scaling,
  ingressFrom: [],
  priorityClassName: 'standard',
} as const;

export const blueGreen: BlueGreenRolloutProps = {
  ...web,
  smokeTest: { paths: ['/health'] },
  after: health,
};

export const canary: CanaryRolloutProps = {
  ...web,
  mesh: 'sidecar',
  traffic: { through: 'istio' },
  smokeTest: { paths: ['/health'] },
  analysis: health,
};

const { smokeTest: _smokeTest, mesh: _mesh, ...rest } = canary;

export const balanced: CanaryRolloutProps = {
  ...rest,
  traffic: { through: 'alb', host: 'api.example.com' },
  ingressFrom: [{ cidr: '10.0.0.0/20' }],
};

/** What `build` adds to a chart with a namespace, which aliases need. */
function objects(build: (chart: Chart) => void, version?: string): Manifest[] {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'shop', disableResourceNameHashes: true });
  if (version !== undefined) setTargetVersion(chart, version);
  build(chart);
  return Testing.synth(chart);
}

export const synthBlueGreen = (props: Loose<BlueGreenRolloutProps> = {}, version?: string): Manifest[] =>
  objects((chart) => new BlueGreenRollout(chart, 'Api', { ...blueGreen, ...props } as BlueGreenRolloutProps), version);

export const synthCanary = (props: Loose<CanaryRolloutProps> = {}, version?: string): Manifest[] =>
  objects((chart) => new CanaryRollout(chart, 'Api', { ...canary, ...props } as CanaryRolloutProps), version);

export const synthBalanced = (props: Loose<CanaryRolloutProps> = {}, version?: string): Manifest[] =>
  objects((chart) => new CanaryRollout(chart, 'Api', { ...balanced, ...props } as CanaryRolloutProps), version);

/** A Rollout as the Deployment that its pods could be of, so that what knows only that can read it. */
export const asDeployment = ({ metadata, spec }: Manifest): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    ...(spec.replicas === undefined ? {} : { replicas: spec.replicas }),
    selector: spec.selector,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
    template: spec.template,
  },
});

/** The Jobs of the analyses, as Argo Rollouts would make them. */
export const jobs = (manifests: readonly Manifest[]): Manifest[] =>
  manifests
    .filter(({ kind }) => kind === 'AnalysisTemplate')
    .flatMap(({ metadata, spec }) =>
      spec.metrics.flatMap(({ provider: { job } }: Manifest) =>
        job === undefined
          ? []
          : [
              {
                apiVersion: 'batch/v1',
                kind: 'Job',
                metadata: { ...job.metadata, name: metadata.name, namespace: metadata.namespace },
                spec: job.spec,
              },
            ],
      ),
    );

/** The same objects without the words that excuse them from linters. */
export const unexcused = (manifests: readonly Manifest[]): Manifest[] =>
  manifests.map(({ metadata, ...object }) => {
    const { annotations = {} } = metadata;
    const kept = Object.entries(annotations).filter(([key]) => !key.startsWith('ignore-check.kube-linter.io/'));
    return { ...object, metadata: { ...metadata, annotations: Object.fromEntries(kept) } };
  });

/** What linters are asked about: analyses as the Jobs that they make. */
export const linted = (manifests: readonly Manifest[]): Manifest[] => [
  ...manifests.filter(({ kind }) => kind !== 'AnalysisTemplate'),
  ...jobs(manifests),
];
