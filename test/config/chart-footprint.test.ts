import { CHART_PODS } from '../../lib/catalog/chart-pods';
import { CHARTS } from '../../lib/catalog/charts';
import { chartFootprint } from '../../lib/config/chart-footprint';

const resources = (cpu: string, memory: string, limit?: string) => ({
  requests: { cpu, memory },
  ...(limit !== undefined && { limits: { memory: limit } }),
});

test('pods are as many as the values say, and ask for what they say', () => {
  expect(
    chartFootprint('cert-manager', {
      replicaCount: 2,
      resources: resources('50m', '128Mi', '512Mi'),
      webhook: { replicaCount: 3, resources: resources('25m', '64Mi') },
      cainjector: { enabled: false },
      startupapicheck: { enabled: false },
    }),
  ).toBe('cert-manager: 2x cpu=50m,memory=128Mi,memory-limit=512Mi; cert-manager-webhook: 3x cpu=25m,memory=64Mi');
});

test('what values leave out is as the chart has it', () => {
  expect(chartFootprint('cert-manager', {})).toBe(
    'cert-manager: 1x; cert-manager-webhook: 1x; cert-manager-cainjector: 1x; cert-manager-startupapicheck: 1x surge=0',
  );
});

test('a chart of definitions alone has none', () => {
  for (const chart of ['istio-base', 'karpenter-crd', 'eck-operator-crds', 'prometheus-operator-crds'] as const)
    expect(chartFootprint(chart, {})).toBe('none');
});

test('containers of one pod add up, and an earlier one counts where it asks for more', () => {
  expect(
    chartFootprint('kube-prometheus-stack', {
      alertmanager: { enabled: false },
      grafana: { enabled: false },
      nodeExporter: { enabled: false },
      kubeStateMetrics: { enabled: false },
      prometheusOperator: { resources: resources('10m', '32Mi') },
      prometheus: {
        prometheusSpec: {
          replicas: 2,
          resources: resources('250m', '2Gi', '3Gi'),
          thanos: { resources: resources('50m', '128Mi', '256Mi') },
          storageSpec: { volumeClaimTemplate: { spec: {} } },
          nodeSelector: { 'headroom.dev/node-group': 'stateful' },
          tolerations: [{ key: 'headroom.dev/node-group', operator: 'Equal', value: 'stateful', effect: 'NoSchedule' }],
        },
      },
    }),
  ).toBe(
    'prometheus-kube-prometheus-stack-prometheus: 2x cpu=300m,memory=2176Mi surge=0 volumes=1 ' +
      'on=headroom.dev/node-group=stateful tolerates=headroom.dev/node-group=stateful:NoSchedule; ' +
      'kube-prometheus-stack-operator: 1x cpu=10m,memory=32Mi',
  );
  expect(
    chartFootprint('velero', {
      resources: resources('100m', '128Mi', '512Mi'),
      initContainers: [{ resources: resources('200m', '64Mi', '128Mi') }],
    }),
  ).toBe('velero: 1x cpu=200m,memory=128Mi,memory-limit=512Mi surge=0');
});

test('a pod has no limit of memory while one of its containers has none', () => {
  const values = (sidecar: object) => ({
    alertmanager: { enabled: false },
    prometheus: { enabled: false },
    nodeExporter: { enabled: false },
    kubeStateMetrics: { enabled: false },
    grafana: { resources: resources('100m', '256Mi', '512Mi'), sidecar: { dashboards: { enabled: true }, ...sidecar } },
  });
  const dashboard = (sidecar: object) => chartFootprint('kube-prometheus-stack', values(sidecar))?.split('; ')[1];
  expect(dashboard({ resources: resources('25m', '96Mi', '192Mi') })).toBe(
    'monitoring-dashboard: 1x cpu=125m,memory=352Mi,memory-limit=704Mi',
  );
  expect(dashboard({})).toBe('monitoring-dashboard: 1x cpu=100m,memory=256Mi');
});

test('agents are on each node, with the taints that they tolerate', () => {
  expect(
    chartFootprint('fluent-bit', { resources: resources('50m', '128Mi'), tolerations: [{ operator: 'Exists' }] }),
  ).toBe('fluent-bit: each-node cpu=50m,memory=128Mi tolerates=*');
  expect(chartFootprint('chaos-mesh', { dashboard: { create: false }, dnsServer: { create: false } })).toBe(
    'chaos-controller-manager: 3x; chaos-daemon: each-node',
  );
  expect(chartFootprint('ztunnel', { resources: resources('200m', '512Mi') })).toBe(
    'ztunnel: each-node cpu=200m,memory=512Mi surge=1 tolerates=*',
  );
});

test('istiod has as many as it may scale to, and a second set while it is upgraded', () => {
  expect(chartFootprint('istiod', { autoscaleMin: 2, autoscaleMax: 4, resources: resources('250m', '1Gi') })).toBe(
    'istiod: 4x cpu=250m,memory=1Gi surge=4',
  );
});

test('Karpenter keeps off the nodes that it makes, one on each node', () => {
  expect(chartFootprint('karpenter', { controller: { resources: resources('250m', '1Gi', '1Gi') } })).toBe(
    'karpenter: 2x cpu=250m,memory=1Gi,memory-limit=1Gi surge=0 on=!karpenter.sh/nodepool tolerates=CriticalAddonsOnly apart',
  );
});

test('volumes count where they are made', () => {
  expect(
    chartFootprint('thanos', {
      query: { replicas: 2 },
      storeGateway: { replicas: 2, persistence: { enabled: true } },
      compact: { enabled: true, persistence: { enabled: false } },
    }),
  ).toBe('thanos-query: 2x; thanos-store-gateway: 2x surge=0 volumes=1; thanos-compact: 1x surge=0');
});

test('nothing is said where a quantity is not understood', () => {
  expect(chartFootprint('velero', { resources: { requests: { cpu: '1e2' } } })).toBeUndefined();
});

test('every chart of the catalog is known', () => {
  expect(Object.keys(CHART_PODS).sort()).toEqual(Object.keys(CHARTS.facts).sort());
});
