import type { Manifest } from './manifests';
import { publishedTypeFaults } from './published-types';

const container = { name: 'orders', image: 'shop/orders:1.0.0', ports: [{ containerPort: 8080 }] };

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders', labels: { app: 'orders' } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'orders' } },
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
    template: { metadata: { labels: { app: 'orders' } }, spec: { containers: [container] } },
  },
};

const deployment = (changes: object): Manifest => ({ ...DEPLOYMENT, spec: { ...DEPLOYMENT.spec, ...changes } });
const pod = (changes: object): Manifest => deployment({ template: { spec: { containers: [container], ...changes } } });

const AUTOSCALER = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'orders' },
  spec: {
    minReplicas: 2,
    maxReplicas: 6,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    behavior: { scaleUp: { tolerance: '0.05', policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
  },
};

const VERTICAL = {
  apiVersion: 'autoscaling.k8s.io/v1',
  kind: 'VerticalPodAutoscaler',
  metadata: { name: 'orders' },
  spec: {
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
    updatePolicy: { updateMode: 'Off' },
    resourcePolicy: { containerPolicies: [{ containerName: '*', minAllowed: { cpu: '100m' } }] },
  },
};

const secret = (spec: object): Manifest => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: 'orders' },
  spec: {
    refreshInterval: '900s',
    secretStoreRef: { kind: 'SecretStore', name: 'aws' },
    target: { name: 'orders', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    ...spec,
  },
});

const GOOD: readonly Manifest[] = [
  DEPLOYMENT,
  AUTOSCALER,
  VERTICAL,
  secret({ dataFrom: [{ extract: { key: 'shop/orders' } }] }),
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'orders' }, data: { 'nginx.conf': 'events {}' } },
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: 'aws' },
    spec: { provider: { aws: { service: 'SecretsManager', region: 'us-west-2' } } },
  },
  { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['orders.yaml'] },
];

const BAD: readonly { readonly it: string; readonly object: Manifest; readonly fault: RegExp }[] = [
  {
    it: 'a misspelt field',
    object: deployment({ replicaz: 3 }),
    fault: /^Deployment orders: "replicaz": 3,? .*replicaz/,
  },
  {
    it: 'a text for a number',
    object: deployment({ replicas: '3' }),
    fault: /^Deployment orders: "replicas": "3",? .*not assignable to type 'number'/,
  },
  {
    it: 'nothing where something belongs',
    object: deployment({ replicas: null }),
    fault: /^Deployment orders: "replicas": null,? .*Type 'null' is not assignable/,
  },
  {
    it: 'a misspelt field deep inside a pod',
    object: pod({ containers: [{ ...container, securityContext: { readOnlyRootFileSystem: true } }] }),
    fault: /^Deployment orders: "readOnlyRootFileSystem": true .*readOnlyRootFileSystem/,
  },
  {
    it: 'a number for the value of a variable',
    object: pod({ containers: [{ ...container, env: [{ name: 'PORT', value: 8080 }] }] }),
    fault: /^Deployment orders: "value": 8080 .*not assignable to type 'string'/,
  },
  {
    it: 'a field in the wrong place',
    object: pod({ minReadySeconds: 10 }),
    fault: /^Deployment orders: "minReadySeconds": 10 .*minReadySeconds/,
  },
  {
    it: 'a missing field',
    object: deployment({ selector: undefined }),
    fault: /^Deployment orders: "spec": .*selector/,
  },
  {
    it: 'a kind that its group does not have',
    object: { ...DEPLOYMENT, kind: 'Deploymentt' },
    fault: /^Deploymentt orders: .*has no exported member 'Deploymentt'/,
  },
  {
    it: 'a version that its group does not have',
    object: { ...DEPLOYMENT, apiVersion: 'apps/v1beta1' },
    fault: /^Deployment orders: .*Cannot find module 'kubernetes-types\/apps\/v1beta1'/,
  },
  {
    it: 'a group nobody knows',
    object: { ...DEPLOYMENT, apiVersion: 'app/v1' },
    fault: /^Deployment orders: no type is known for app\/v1$/,
  },
  {
    it: 'a misspelt field beside a newer one',
    object: { ...AUTOSCALER, spec: { ...AUTOSCALER.spec, behavior: { scaleUp: { tollerance: '0.05' } } } },
    fault: /^HorizontalPodAutoscaler orders: "tollerance": "0.05" .*tollerance/,
  },
  {
    it: 'a mode that a custom kind does not have',
    object: { ...VERTICAL, spec: { ...VERTICAL.spec, updatePolicy: { updateMode: 'Auto' } } },
    fault: /^VerticalPodAutoscaler orders: "updateMode": "Auto" .*not assignable/,
  },
  {
    it: 'neither of two forms',
    object: {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: { name: 'orders' },
      spec: {},
    },
    fault: /^Issuer orders: "spec": \{\} .*is not assignable/,
  },
  {
    it: 'a misspelt field of a custom kind',
    object: secret({ refreshIntervall: '900s' }),
    fault: /^ExternalSecret orders: "refreshIntervall": "900s" .*refreshIntervall/,
  },
];

test('objects as their types describe them have no faults', () => {
  expect(publishedTypeFaults(GOOD)).toEqual([]);
});

describe('among good objects, the compiler finds', () => {
  const faults = publishedTypeFaults([
    ...GOOD,
    ...BAD.map(({ object }, index) => ({ ...object, metadata: { ...object.metadata, name: `orders-${index}` } })),
  ]);

  test.each(BAD.map((row, index) => ({ ...row, index })))('$it', ({ fault, index }) => {
    const found = faults.filter((text) => text.split(':')[0]?.endsWith(` orders-${index}`));
    expect(found.map((text) => text.replace(/ orders-\d+:/, ' orders:'))).toEqual([expect.stringMatching(fault)]);
  });

  test('nothing else', () => {
    expect(faults).toHaveLength(BAD.length);
  });
});

test('no object, no fault', () => {
  expect(publishedTypeFaults([])).toEqual([]);
});
