import { chartFootprint } from '../../../lib/config/chart-footprint';
import { clusterServices } from '../../../lib/kubernetes/gitops/cluster-services-plan';
import type { ClusterServicesProps } from '../../../lib/kubernetes/gitops/cluster-services-props';
import { footprintsOf } from '../../../lib/ledger/facts/footprint';
import type { ScalingMetric } from '../../../lib/model';
import type { Manifest } from '../../support/manifests';

const metrics: readonly ScalingMetric[] = [
  { on: 'pods', metric: { name: 'rps', series: 'requests_total' }, average: 100 },
];
const base: ClusterServicesProps = { clusterName: 'shop', region: 'eu-west-1', replicas: 3, metrics };
const applications = [
  { ...base, mesh: 'istio', meshMode: 'ambient' } as const,
  { ...base, externalMetrics: 'keda', nodeAutoscaler: 'karpenter' } as const,
].flatMap(clusterServices);

const footprintOf = (name: string): string | undefined => {
  const found = applications.find((application) => application.name === name);
  return found && chartFootprint(found.chart, found.values);
};

test.each([
  ['argo-rollouts', 'argo-rollouts: 3x cpu=100m,memory=128Mi,memory-limit=512Mi'],
  ['velero', undefined],
  ['istiod', 'istiod: 5x cpu=250m,memory=1Gi,memory-limit=2Gi surge=5'],
  ['istio-cni', 'istio-cni-node: each-node cpu=50m,memory=128Mi,memory-limit=512Mi tolerates=*'],
  ['cluster-autoscaler', 'cluster-autoscaler: 3x cpu=100m,memory=600Mi,memory-limit=600Mi'],
  [
    'cert-manager',
    'cert-manager: 3x cpu=50m,memory=128Mi,memory-limit=512Mi; ' +
      'cert-manager-webhook: 3x cpu=25m,memory=64Mi,memory-limit=128Mi; ' +
      'cert-manager-cainjector: 3x cpu=25m,memory=128Mi,memory-limit=512Mi',
  ],
  [
    'keda',
    'keda-operator: 3x cpu=100m,memory=128Mi,memory-limit=512Mi; ' +
      'keda-operator-metrics-apiserver: 3x cpu=100m,memory=128Mi,memory-limit=512Mi; ' +
      'keda-admission-webhooks: 3x cpu=100m,memory=128Mi,memory-limit=512Mi',
  ],
  [
    'vertical-pod-autoscaler',
    'vertical-pod-autoscaler-recommender: 3x cpu=50m,memory=512Mi,memory-limit=1Gi; ' +
      'vertical-pod-autoscaler-updater: 3x cpu=50m,memory=256Mi,memory-limit=512Mi; ' +
      'vertical-pod-autoscaler-admission-controller: 3x cpu=50m,memory=256Mi,memory-limit=512Mi',
  ],
])('%s says what its values make', (name, expected) => {
  expect(footprintOf(name)).toBe(expected);
});

/** Everything named `requests` or `resources` below values, whichever charts have them. */
const requestsIn = (value: Manifest): Manifest[] =>
  typeof value !== 'object' || value === null
    ? []
    : [...('requests' in value ? [value.requests] : []), ...Object.values(value).flatMap(requestsIn)];

test('the ledger reads every footprint, and no container of any chart is left out of it', () => {
  for (const { name, chart, values } of applications) {
    const sets = footprintsOf(chartFootprint(chart, values) ?? 'unread');
    expect([name, sets === undefined]).toEqual([name, false]);
    const asked = requestsIn(values as Manifest).filter((requests) => typeof requests?.cpu === 'string');
    const millis = (cpu: string) => (cpu.endsWith('m') ? Number(cpu.slice(0, -1)) : 1000 * Number(cpu));
    const sum = asked.reduce((total, { cpu }) => total + millis(cpu), 0);
    expect([name, (sets ?? []).reduce((total, set) => total + set.requests.cpuMillis, 0)]).toEqual([name, sum]);
  }
});
